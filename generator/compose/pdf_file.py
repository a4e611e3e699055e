"""Writes a PDF's objects to a stream, one after the other; those with equal content only once."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections import OrderedDict
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Stream

REMEMBERED = 20_000
"""How many digests are kept: far more than a clinic's handouts have objects."""

GATHERED = 200
"""How many objects without a stream are packed together."""


class PdfFile:
    """A PDF that is being written. ``reserve`` a number, then ``write`` or ``copied`` it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._position = stream, 0
        self._kind, self._where, self._index = array("B", [0]), array("Q", [0]), array("I", [0])
        self._known: OrderedDict[bytes, int] = OrderedDict()
        self._copies: dict[tuple[int, int], int] = {}
        self._gathered: list[tuple[int, bytes]] = []
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._kind.append(0)
        self._where.append(0)
        self._index.append(0)
        return len(self._kind) - 1

    def write(self, number: int, content: bytes) -> None:
        """Write an object that is no stream; many of them are packed together."""
        self._gathered.append((number, content))
        if len(self._gathered) == GATHERED:
            self._pack()

    def write_stream(self, number: int, said: bytes, content: bytes) -> None:
        """Write a stream as it is, for those who read files without knowing PDF."""
        self._kind[number], self._where[number] = 1, self._position
        head = b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, said, len(content))
        self._put(head + content + b"\nendstream\nendobj\n")

    def copied(self, value: Object | object) -> bytes:
        """A value of another file as it stands in this one, with all that it refers to."""
        if not isinstance(value, Object):
            return bytes(Array([value]).unparse())[1:-1]
        if value.is_indirect:
            return b"%d 0 R" % self._number(value)
        return self._direct(value)

    def forget_copies(self) -> None:
        """The next objects are another file's, and their numbers mean something else."""
        self._copies.clear()

    def close(self, catalog: int, info: int) -> None:
        """Write the table of objects."""
        self._pack()
        start, number = self._position, self.reserve()
        self._kind[number], self._where[number] = 1, start
        rows = b"".join(
            kind.to_bytes(1, "big") + where.to_bytes(8, "big") + index.to_bytes(4, "big")
            for kind, where, index in zip(self._kind, self._where, self._index, strict=True)
        )
        said = f"/Type/XRef/W[1 8 4]/Size {len(self._kind)}/Root {catalog} 0 R/Info {info} 0 R"
        self._put_stream(number, said.encode(), rows)
        self._put(b"startxref\n%d\n%%%%EOF\n" % start)

    def _number(self, thing: Object) -> int:
        if thing.objgen not in self._copies:
            self._copies[thing.objgen] = self._once(thing)
        return self._copies[thing.objgen]

    def _once(self, thing: Object) -> int:
        raw = thing.read_raw_bytes() if isinstance(thing, Stream) else None
        said = self._direct(thing)
        digest = hashlib.blake2b(said, digest_size=16)
        if raw is not None:
            digest.update(raw)
        key = digest.digest()
        if (known := self._known.get(key)) is not None:
            self._known.move_to_end(key)
            return known
        number = self._known[key] = self.reserve()
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        if raw is None:
            self.write(number, said)
        else:
            self._kind[number], self._where[number] = 1, self._position
            body = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, said, raw)
            self._put(body)
        return number

    def _direct(self, value: Object) -> bytes:
        if isinstance(value, Array):
            return b"[" + b" ".join(self.copied(item) for item in list(value)) + b"]"
        if isinstance(value, Dictionary | Stream):
            entries = [
                Name(key).unparse() + b" " + self.copied(item)
                for key, item in value.items()
                if key != "/Length"
            ]
            if isinstance(value, Stream):
                entries.append(b"/Length %d" % len(value.read_raw_bytes()))
            return b"<<" + b" ".join(entries) + b">>"
        return bytes(value.unparse())

    def _pack(self) -> None:
        if not self._gathered:
            return
        number, places, body = self.reserve(), [], b""
        for index, (inner, content) in enumerate(self._gathered):
            self._kind[inner], self._where[inner], self._index[inner] = 2, number, index
            places.append(f"{inner} {len(body)}")
            body += content + b"\n"
        head = " ".join(places).encode() + b"\n"
        said = f"/Type/ObjStm/N {len(self._gathered)}/First {len(head)}".encode()
        self._kind[number], self._where[number] = 1, self._position
        self._put_stream(number, said, head + body)
        self._gathered.clear()

    def _put_stream(self, number: int, said: bytes, content: bytes) -> None:
        packed = zlib.compress(content)
        head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n"
        self._put(head % (number, said, len(packed)) + packed + b"\nendstream\nendobj\n")

    def _put(self, content: bytes) -> None:
        self._stream.write(content)
        self._position += len(content)
