"""A spreadsheet's package before it is read: what to refuse, and what the reader would not tell.

A reader of values alone passes over formulas without one, hidden rows and merged cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from generator.intake.cells import letters, refused

MAX_FILE, MAX_UNPACKED, MAX_MEMBERS = 20_000_000, 100_000_000, 1_000
MAX_RATIO, RATIO_FROM = 200, 10_000_000
MAX_CELLS, MAX_COLUMNS, MAX_ROW, MAX_MERGED = 2_000_000, 200, 1_048_576, 1_000
_OLE = b"\xd0\xcf\x11\xe0"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(rf"{_REFERENCE.pattern}:{_REFERENCE.pattern}")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells made one."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Marks:
    """What a walk through a sheet finds; an XML parser's target. Cells are (row, column)."""

    hidden: set[int] = field(default_factory=set)
    without_value: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    _cells: int = 0
    _at: tuple[int, int] = (0, 0)
    _seen: set[str] = field(default_factory=set)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag.removeprefix(_MAIN):
            case "row":
                self._enter_row(attributes)
            case "c":
                self._enter_cell(attributes)
            case "f" | "v" | "is" as part:
                self._seen.add(part)
            case "mergeCell":
                self._merge(attributes["ref"])

    def data(self, text: str) -> None:
        if "v" in self._seen and text.strip():
            self._seen.add("value")

    def end(self, tag: str) -> None:
        if tag != f"{_MAIN}c":
            return
        if self._seen & {"f", "v", "is"}:
            self.last_row = self._at[0]
            self.last_column = max(self.last_column, self._at[1])
        stored = self._seen >= {"v", "text"} or "value" in self._seen
        if "f" in self._seen and not stored:
            self.without_value.add(self._at)
        self._seen.clear()

    def close(self) -> Marks:
        return self

    def _enter_row(self, attributes: Mapping[str, str]) -> None:
        row = int(attributes.get("r", self._at[0] + 1))
        if not self._at[0] < row <= MAX_ROW:
            raise ValueError("rows out of order")
        self._at = (row, 0)
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden.add(row)

    def _enter_cell(self, attributes: Mapping[str, str]) -> None:
        row, column = self._at
        at = _place(attributes["r"]) if "r" in attributes else (row, column + 1)
        self._cells += 1
        if at[0] != row or at[1] <= column or self._cells > MAX_CELLS:
            raise ValueError("cells out of order, or too many")
        self._at = at
        self._seen = {"text"} if attributes.get("t") == "str" else set()

    def _merge(self, reference: str) -> None:
        found = _RANGE.fullmatch(reference)
        if not found or len(self.merged) >= MAX_MERGED:
            raise ValueError("merged cells nowhere, or too many")
        first, last = map(_place, reference.split(":"))
        self.merged.append(Merged(reference, *first, *last))


def refuse_unsafe(name: str, stream: IO[bytes]) -> None:
    """Refuse, before it is unpacked, what holds macros, is encrypted, or far too much."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if stream.read(4) == _OLE:
        raise refused(name, "is an old or an encrypted spreadsheet; save it as .xlsx, unprotected")
    if size > MAX_FILE:
        raise refused(name, f"is over {MAX_FILE:,} bytes; split it")
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise refused(name, "is no spreadsheet; save it as .xlsx, or as CSV") from None
    if any("vbaproject" in member.filename.lower() for member in members):
        raise refused(name, "holds macros; save it as .xlsx")
    unpacked = sum(member.file_size for member in members)
    squeezed = unpacked > RATIO_FROM and unpacked > MAX_RATIO * size
    if unpacked > MAX_UNPACKED or squeezed or len(members) > MAX_MEMBERS:
        raise refused(name, "would unpack to far too much for a roster; make it anew")


def marks_of(name: str, sheet: IO[bytes]) -> Marks:
    """Walk through a sheet's XML; raises of many kinds when it is broken."""
    from defusedxml import ElementTree

    parser = ElementTree.DefusedXMLParser(target=Marks())
    while chunk := sheet.read(1 << 16):
        parser.feed(chunk)
    marks: Marks = parser.close()
    if marks.last_column > MAX_COLUMNS:
        column = letters(marks.last_column)
        message = f"has something in column {column}, and a roster ends long before; remove it"
        raise refused(name, message)
    return marks


def _place(reference: str) -> tuple[int, int]:
    """``D7`` as (7, 4)."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError("no place in a sheet")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
