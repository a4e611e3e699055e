"""A CSV roster: whatever a spreadsheet program writes, read once and for certain, or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from generator.intake.cells import Cells, head_of, known_columns, refused
from generator.intake.columns import COLUMNS
from generator.intake.entry import Read
from generator.library import shown
from generator.model import Clinic, RosterFormat

MAX_BYTES, MAX_ROWS, MAX_CELL = 20_000_000, 20_000, 100_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ",;\t"
_NUL = "holds a NUL character; save it again as 'CSV UTF-8'"


def read_csv(path: Path, clinic: Clinic) -> Read:
    """Read a roster; raises :class:`PlanError` for a file that is none."""
    name = shown(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise refused(name, f"is over {MAX_BYTES:,} bytes; split it")
    text, notices = _decoded(name, raw)
    if (at := text.find("\0")) >= 0:
        raise refused(name, _NUL, _line(text[:at]))
    rows = _rows(name, text, clinic.intake.roster)
    return Read(tuple(row.entry() for row in rows), notices)


def _decoded(name: str, raw: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = "utf-16" if raw.startswith(_UTF16) else "utf-8-sig"
    try:
        return raw.decode(encoding), ()
    except UnicodeDecodeError as error:
        line = _line(raw[: error.start].decode(encoding, "ignore"))
    if encoding == "utf-16":
        raise refused(name, "is broken UTF-16; save it as 'CSV UTF-8'", line)
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line(raw[: error.start].decode("cp1252"))
        message = "is neither UTF-8 nor Windows-1252; save it as 'CSV UTF-8'"
        raise refused(name, message, line) from None
    notice = f"{name} is not UTF-8 (line {line}) and was read as Windows-1252; look at the accents"
    return text, (notice,)


def _rows(name: str, text: str, declared: RosterFormat) -> Iterator[Cells]:
    head, number = None, 0
    separator = _separator(text, declared)
    for line, texts in _read(name, text, separator):
        if head is None:
            head = head_of(name, texts, declared, line, separator)
            continue
        number += 1
        if number > MAX_ROWS:
            raise refused(name, f"has over {MAX_ROWS:,} rows; split it", line)
        yield Cells(head, number, line, texts)
    if head is None:
        message = f"is empty; its first line must name the columns: {', '.join(COLUMNS)}"
        raise refused(name, message)


def _read(name: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line in which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for texts in reader:
            if any(len(cell) > MAX_CELL for cell in texts):
                raise csv.Error(f"a cell has over {MAX_CELL:,} characters")
            if any(cell.strip() for cell in texts):
                yield line, texts
            line = reader.line_num + 1
    except csv.Error as error:
        large = str(error).startswith("field larger")  # in Python's words, with its own limit
        why = f"a cell has over {MAX_CELL:,} characters" if large else error
        message = f"cannot be read as CSV ({why}); look for a quote that is not closed"
        raise refused(name, message, line) from None


def _separator(text: str, declared: RosterFormat) -> str:
    """What separates the cells: the one by which the first row names the most columns."""

    def known(separator: str) -> int:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            first = next((row for row in rows if any(cell.strip() for cell in row)), [])
            return known_columns(first, declared)
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=known)


def _line(before: str) -> int:
    """The line on which a text ends; a line ends as it does for :mod:`csv`."""
    return len(list(io.StringIO(f"{before}|", newline="")))
