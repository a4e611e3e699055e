"""Pages that are the same for everybody, laid out once and kept.

A fragment's key is the digest of everything its pages depend on: the HTML and the stylesheet,
in which words, facts, labels, template, clinic and sign-off all show; the pictures; the engine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from generator.assembly.versions import engine
from generator.cache import Cache
from generator.library import Library
from generator.markup import Document, Rendered, render
from generator.press import Printed, print_pdf


@dataclass(frozen=True, slots=True)
class Fragments:
    """Lays out documents without a patient, or finds them in the cache."""

    library: Library
    cache: Cache

    def get(self, name: str, document: Document, *, tagged: bool = True) -> Printed:
        """The document's pages. ``name`` is what errors call it."""
        rendered = render(document, self.library.templates)
        key = self._key(rendered, tagged)
        if (kept := self.cache.get(key)) is not None:
            return _unpacked(kept)
        printed = print_pdf(name, rendered.html, rendered.css, self.library.pictures, tagged=tagged)
        self.cache.put(key, _packed(printed))
        return printed

    def key(self, document: Document, *, tagged: bool = True) -> str:
        """The digest of everything that the document's pages depend on."""
        return self._key(render(document, self.library.templates), tagged)

    def once(self, name: str, document: Document) -> Printed:
        """Pages that nobody will ask for again: laid out untagged, and not kept."""
        rendered = render(document, self.library.templates)
        pictures = self.library.pictures
        return print_pdf(name, rendered.html, rendered.css, pictures, tagged=False)

    def patients(self, document: Document) -> Printed:
        """A patient's own pages: laid out anew, never kept, and not quoted in errors."""
        rendered = render(document, self.library.templates)
        return print_pdf("packet", rendered.html, rendered.css, self.library.pictures, private=True)

    def _key(self, rendered: Rendered, tagged: bool) -> str:
        digest = hashlib.sha256(engine().encode())
        for part in (rendered.css, rendered.html, str(tagged)):
            digest.update(f"{len(part)}:{part}".encode())
        for name, picture in self.library.pictures.items():
            if f'"figure:{name}"' in rendered.html:
                digest.update(f"{name}={picture.digest};".encode())
        return digest.hexdigest()


def _packed(printed: Printed) -> bytes:
    head = json.dumps({"pages": printed.pages, "slots": printed.slots, "on": printed.on})
    return head.encode() + b"\n" + printed.pdf


def _unpacked(kept: bytes) -> Printed:
    head, _, pdf = kept.partition(b"\n")
    said = json.loads(head)
    slots = {name: tuple(at) for name, at in said["slots"].items()}
    return Printed(pdf, said["pages"], slots, said["on"])
