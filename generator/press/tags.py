"""Mends what WeasyPrint's tags and pages lack, just before the file is written.

After it a PDF can be bound together with others: header cells have their scope, what runs on
every page is an artifact, a link says where it leads by page and not by a name that another
file may have too, and a page's drawing leaves no state behind. Lines lose their own element each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from generator.press.arabic import name_letters
from generator.press.figures import mend_figures
from generator.press.ids import index_ids
from generator.press.pieces import is_columns, join_lines, join_pages, mend_entry
from generator.press.slots import is_stamp

SCOPES = {"row": "/Row", "col": "/Column"}
_PRINTED = 4
"""The annotation flag without which PDF/UA takes a link for one that is not there on paper."""
_PLAIN = frozenset({"Type", "S", "K", "Pg", "P"})

Finisher = Callable[[Any, pydyf.PDF], None]


def finisher(prefix: str) -> Finisher:
    """A finisher for ``write_pdf``; the ids of header cells will start with ``prefix``."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        objects = {thing.reference: thing for thing in pdf.objects}
        pages = [objects[reference] for reference in pdf.page_references]
        stamps = set()
        for reference, page in zip(pdf.page_references, document.pages, strict=True):
            for box in _boxes(page._page_box):  # noqa: SLF001  # WeasyPrint shows its boxes nowhere else
                _mend_header(box, prefix)
                _mend_link(box)
                if is_stamp(getattr(box, "element", None)):
                    stamps.add(reference)
        name_letters(pdf, objects)
        _resolve_destinations(pdf, objects, pages)
        for page in pages:
            objects[page["Contents"]].stream.insert(0, b"q")
            objects[page["Contents"]].stream.append(b"Q")
            del page["TrimBox"], page["BleedBox"]
        if root := pdf.catalog.get("StructTreeRoot"):
            mend_figures(objects)
            _Tree(objects, pages, stamps).tidy(objects[root], document.pages)
            index_ids(pdf, objects[root])

    return finish


def _boxes(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _mend_header(box: Any, prefix: str) -> None:
    """Give a header cell its scope (PDF/UA-1, 7.5), and cells ids that no other file has."""
    mark = getattr(box, "mark", None)
    if mark is None:
        return
    if mark["S"] == "/TH":
        mark["A"]["Scope"] = SCOPES[box.element.get("scope", "col")]
        mark["ID"] = pydyf.String(prefix + mark["ID"].string)
    if "Headers" in mark["A"]:
        headers = (pydyf.String(prefix + header.string) for header in mark["A"]["Headers"])
        mark["A"]["Headers"] = pydyf.Array(headers)


def _mend_link(box: Any) -> None:
    """Describe a link by its words; WeasyPrint puts the target's id there."""
    link = getattr(box, "link_annotation", None)
    if link is not None:
        link["F"] = _PRINTED
        link["Contents"] = pydyf.String(" ".join("".join(box.element.itertext()).split()))


def _resolve_destinations(pdf: pydyf.PDF, objects: Any, pages: list[Any]) -> None:
    names = pdf.catalog.pop("Names", {}).get("Dests", {}).get("Names", [])
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for page in pages:
        for reference in page.get("Annots", ()):
            link = objects[reference]
            if "Dest" in link:
                link["Dest"] = places[link["Dest"].string]


@dataclass
class _Tree:
    """The structure tree of one file while it is put in order."""

    objects: dict[bytes, Any]
    pages: list[Any]
    stamps: set[bytes]
    owners: dict[bytes, dict[int, bytes]] = field(default_factory=dict)
    joined: dict[bytes, bytes] = field(default_factory=dict)

    def tidy(self, root: Any, laid_out: list[Any]) -> None:
        """Collapse the tree, turn what it does not reach into artifacts, map content anew."""
        (whole,) = root["K"]
        self._splice_parts(self.objects[whole])
        self._collapse(whole)
        join_pages(self.objects, whole, self.pages, laid_out)
        self._adopt(whole)
        mapping = self.objects[root["ParentTree"]]
        of_links = mapping["Nums"][2 * len(self.pages) :]
        of_links[1::2] = (self.joined.get(link, link) for link in of_links[1::2])
        mapping["Nums"] = pydyf.Array()
        for number, page in enumerate(self.pages):
            owners = self.owners.get(page.reference, {})
            if page.reference in self.stamps:
                _unmark(self.objects[page["Contents"]].stream)
                del page["StructParents"]
                continue
            count = self._artifacts(self.objects[page["Contents"]].stream, owners)
            owned = (owners.get(mcid, b"null") for mcid in range(count))
            mapping["Nums"] += [number, pydyf.Array(owned)]
        mapping["Nums"] += of_links
        root["ParentTreeNextKey"] = len(mapping["Nums"]) // 2

    def _splice_parts(self, whole: Any) -> None:
        """WeasyPrint starts a part anew on each page; the whole file is one, without stamps."""
        kids = pydyf.Array()
        for reference in whole["K"]:
            element = self.objects[reference]
            if element["Pg"] not in self.stamps:
                kids.extend(element["K"] if element["S"] == "/Part" else [reference])
        whole["K"] = kids

    def _collapse(self, reference: bytes) -> None:
        element = self.objects[reference]
        kids = pydyf.Array()
        columns = is_columns(self.objects, element)
        for kid in element["K"]:
            child = None if isinstance(kid, int) else self.objects[kid]
            if child is None or "S" not in child:
                kids.append(kid)
                continue
            self._collapse(kid)
            if self._says_nothing(child, element) or columns:
                kids.extend(child["K"])
                child.clear()  # to free it would put pydyf's table of objects out of step
            else:
                kids.append(kid)
        element["K"] = kids
        mend_entry(self.objects, element)
        self.joined |= join_lines(self.objects, element)

    def _says_nothing(self, child: Any, parent: Any) -> bool:
        bare = child["S"] in {"/Span", "/NonStruct"} and child.keys() <= _PLAIN
        return bare and child["Pg"] == parent.get("Pg")

    def _adopt(self, reference: bytes) -> None:
        """Children know their parent, and marked content knows its element."""
        element = self.objects[reference]
        for kid in element["K"]:
            if isinstance(kid, int):
                self.owners.setdefault(element["Pg"], {})[kid] = reference
            elif isinstance(kid, dict):
                self.owners.setdefault(kid["Pg"], {})[kid["MCID"]] = reference
            elif "S" in self.objects[kid]:
                self.objects[kid]["P"] = reference
                self._adopt(kid)

    def _artifacts(self, stream: list[Any], owners: dict[int, bytes]) -> int:
        """Content that no element holds runs on every page; returns how many marks there are."""
        count = 0
        for index, operator in enumerate(stream):
            if operator == b"BDC":
                mark = stream[index - 1]["MCID"]
                count = max(count, mark + 1)
                if mark not in owners:
                    stream[index - 2 : index + 1] = [b"/Artifact", b"BMC", b""]
        return count


def _unmark(stream: list[Any]) -> None:
    """Take away all marks: a stamp is marked as a whole where it is drawn."""
    kept: list[Any] = []
    for operator in stream:
        if operator in (b"BDC", b"BMC"):
            del kept[-2 if operator == b"BDC" else -1 :]
        elif operator != b"EMC":
            kept.append(operator)
    stream[:] = kept
