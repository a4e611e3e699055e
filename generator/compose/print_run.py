"""One file for the printer, written packet by packet: memory does not grow with their number.

A printer needs no tags, so pages come without them; and what several packets share is written
once. To find it, each object is known by the digest of its content; the digests of a patient's
own objects are forgotten again after a while.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Object

from generator.compose.metadata import run_metadata
from generator.compose.pdf_file import PdfFile
from generator.compose.stamps import REPRINT_AT, artifact, form_of, place
from generator.press import Printed
from generator.signoff import PrintedWords

PACKETS_A_NODE = 50
_PAGE_KEYS = ("/MediaBox", "/Resources", "/Contents")


class PrintRun:
    """Writes pages to a stream as they come; :meth:`finish` makes it a PDF that says which
    ``words`` and ``packets``, by their ids, are in it."""

    def __init__(
        self,
        stream: BinaryIO,
        title: str,
        words: Sequence[PrintedWords] = (),
        packets: Sequence[str] = (),
    ) -> None:
        self._file = PdfFile(stream)
        self._said = title, words, packets
        self._root = self._file.reserve()
        self._nodes: list[tuple[int, int]] = []
        self._node, self._count = self._file.reserve(), 0
        self._kids: list[int] = []
        self._size = (612.0, 792.0)
        self.pages = 0

    def add(
        self, content: bytes, pages: range | None = None, reprint: Printed | None = None
    ) -> None:
        """Append a file's pages, or a range of them; ``reprint`` is stamped on each."""
        with pikepdf.open(io.BytesIO(content)) as pdf:
            every = list(pdf.pages)
            form = form_of(pdf, reprint.pdf) if reprint else None
            chosen = every if pages is None else [every[index] for index in pages]
            box = chosen[-1].mediabox
            self._size = float(box[2]), float(box[3])
            self._append([page.obj for page in chosen], form, pdf)

    def add_empty_back(self) -> None:
        """Append a page with nothing on it, of the size of the page before."""
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page(page_size=self._size)
            self._append([page.obj], None, pdf)

    def finish(self) -> None:
        """Write the page tree, the catalogue and the table of objects."""
        self._close_node()
        kids = " ".join(f"{number} 0 R" for number, _ in self._nodes)
        tree = f"<</Type/Pages/Kids[{kids}]/Count {self.pages}>>"
        self._file.write(self._root, tree.encode())
        said, catalog = self._file.reserve(), self._file.reserve()
        xmp = run_metadata(*self._said)
        self._file.write_stream(said, b"/Type/Metadata/Subtype/XML", xmp)
        root = f"<</Type/Catalog/Pages {self._root} 0 R/Metadata {said} 0 R>>"
        self._file.write(catalog, root.encode())
        info = self._file.reserve()
        title = pikepdf.String(self._said[0]).unparse()
        self._file.write(info, b"<</Title " + title + b">>")
        self._file.close(catalog, info)

    def _append(self, pages: Sequence[Object], form: Object | None, pdf: pikepdf.Pdf) -> None:
        node = self._file.reserve()
        kids = []
        for page in pages:
            if form is not None:
                _stamp(pdf, page, form)
            copied = {key: page[key] for key in _PAGE_KEYS if key in page}
            number = self._file.reserve()
            said = b"".join(
                key.encode() + b" " + self._file.copied(value) for key, value in copied.items()
            )
            parent = f"/Parent {node} 0 R".encode()
            self._file.write(number, b"<</Type/Page" + parent + said + b">>")
            kids.append(number)
        self._file.forget_copies()
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self._file.write(
            node,
            f"<</Type/Pages/Parent {self._node} 0 R/Kids[{listed}]/Count {len(kids)}>>".encode(),
        )
        self._kids.append(node)
        self._count += len(kids)
        self.pages += len(kids)
        if len(self._kids) == PACKETS_A_NODE:
            self._close_node()
            self._node, self._kids, self._count = self._file.reserve(), [], 0

    def _close_node(self) -> None:
        kids = " ".join(f"{kid} 0 R" for kid in self._kids)
        node = f"<</Type/Pages/Parent {self._root} 0 R/Kids[{kids}]/Count {self._count}>>"
        self._file.write(self._node, node.encode())
        self._nodes.append((self._node, self._count))


def _stamp(pdf: pikepdf.Pdf, page: Object, form: Object) -> None:
    if REPRINT_AT in page:
        resources = Dictionary(dict(page.Resources.items()))
        forms = dict(page.Resources.XObject.items())
        resources.XObject = Dictionary(forms | {"/HandoutReprint": form})
        page.Resources = resources
        at = [float(side) for side in page[REPRINT_AT]]
        drawn = pdf.make_stream(artifact(place("HandoutReprint", at)))
        page.Contents = Array([*page.Contents, drawn])
