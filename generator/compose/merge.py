"""Puts tagged files one after the other: pages, structure, parent tree, ids, outline, links."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object


class Merger:
    """Adds files to a document and keeps its structure whole."""

    def __init__(self, pdf: pikepdf.Pdf, title: str, language: str) -> None:
        self.pdf = pdf
        self._document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=Array(), T=title, Lang=language)
        )
        self._numbers = Array()
        self._next_key = 0
        self._ids: list[Object] = []
        self._outline: list[Object] = []

    def add(self, title: str, language: str, content: bytes) -> None:
        """Append a file's pages as one part of the document."""
        with pikepdf.open(io.BytesIO(content)) as source:
            first = len(self.pdf.pages)
            self.pdf.add_pages_from(source)
            added = list(self.pdf.pages)[first:]
            part = adopt(self.pdf, source, [page.obj for page in added])
            part.S, part.T, part.Lang, part.P = Name.Part, title, language, self._document
            self._document.K.append(part)
            tree = self.pdf.copy_foreign(source.Root.StructTreeRoot)
            self._next_key = renumber([page.obj for page in added], tree, self._next_key)
            self._numbers.extend(tree.ParentTree.Nums)
            self._ids += list(ids_of(tree))
            self._outline += list(outline_of(self.pdf, source, [page.obj for page in added]))

    def finish(self) -> None:
        """Write the trees into the document."""
        tree = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self._document]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=self._numbers)),
                ParentTreeNextKey=self._next_key,
            )
        )
        self._document.P = tree
        set_ids(self.pdf, tree, self._ids)
        self.pdf.Root.StructTreeRoot = tree
        set_outline(self.pdf, self._outline)


def adopt(pdf: pikepdf.Pdf, source: pikepdf.Pdf, pages: Sequence[Object]) -> Object:
    """Copy a file's structure after its pages; returns the element of the whole file."""
    where = {page.obj.objgen: pages[index] for index, page in enumerate(source.pages)}
    for page, copied in zip(source.pages, pages, strict=True):
        for link, copy in zip(
            page.obj.get("/Annots", Array()), copied.get("/Annots", Array()), strict=True
        ):
            if "/Dest" in link:
                copy.Dest = _destination(link.Dest, where)
    return pdf.copy_foreign(source.Root.StructTreeRoot).K[0]


def renumber(pages: Sequence[Object], tree: Object, first: int) -> int:
    """Give pages and links keys of the parent tree from ``first`` on; returns the next free one."""
    for page in pages:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + first
        for link in page.get("/Annots", Array()):
            if "/StructParent" in link:
                link.StructParent = int(link.StructParent) + first
    numbers = tree.ParentTree.Nums
    for index in range(0, len(numbers), 2):
        numbers[index] = int(numbers[index]) + first
    return first + len(numbers) // 2


def ids_of(tree: Object) -> Iterator[Object]:
    """The leaves of a tree of ids; each file has one at most."""
    if "/IDTree" in tree:
        yield from tree.IDTree.Kids


def set_ids(pdf: pikepdf.Pdf, tree: Object, leaves: list[Object]) -> None:
    """Write the tree of ids; the ids of one file have a prefix of their own, so leaves sort."""
    if leaves:
        ordered = sorted(leaves, key=lambda leaf: bytes(leaf.Limits[0]))
        tree.IDTree = pdf.make_indirect(Dictionary(Kids=Array(ordered)))


def outline_of(pdf: pikepdf.Pdf, source: pikepdf.Pdf, pages: Sequence[Object]) -> Iterator[Object]:
    """A file's bookmarks of the first level, with all beneath them, leading to ``pages``."""
    if "/Outlines" not in source.Root:
        return
    where = {page.obj.objgen: pages[index] for index, page in enumerate(source.pages)}
    copy = pdf.copy_foreign(source.Root.Outlines)
    originals, copies = _entries(source.Root.Outlines), _entries(copy)
    for original, entry in zip(list(originals), list(copies), strict=True):
        entry.Dest = _destination(original.Dest, where)
    yield from siblings(copy)


def set_outline(pdf: pikepdf.Pdf, entries: list[Object]) -> None:
    """Write the outline: ``entries`` are the bookmarks of its first level, in order."""
    if not entries:
        return
    outline = pdf.Root.get("/Outlines")
    if outline is None:
        outline = pdf.Root.Outlines = pdf.make_indirect(Dictionary())
    for before, entry, after in zip([None, *entries], entries, [*entries[1:], None], strict=False):
        entry.Parent = outline
        for key, neighbour in (("/Prev", before), ("/Next", after)):
            if neighbour is not None:
                entry[key] = neighbour
            elif key in entry:
                del entry[key]
    outline.First, outline.Last = entries[0], entries[-1]
    outline.Count = sum(1 + max(0, int(entry.get("/Count", 0))) for entry in entries)


def _entries(outline: Object) -> Iterator[Object]:
    for entry in siblings(outline):
        yield entry
        yield from _entries(entry)


def siblings(parent: Object) -> Iterator[Object]:
    """The bookmarks right beneath an outline or a bookmark."""
    entry = parent.get("/First")
    while entry is not None:
        after = entry.get("/Next")
        yield entry
        entry = after


def _destination(place: Object, where: dict[tuple[int, int], Object]) -> Array:
    return Array([where[place[0].objgen], *list(place)[1:]])
