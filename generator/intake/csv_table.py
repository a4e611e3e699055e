"""A CSV roster: whatever a spreadsheet program writes, read once and for certain, or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from generator.errors import PlanError, Problem
from generator.intake.cells import Cells, entries, head_of, known_columns
from generator.intake.columns import COLUMNS
from generator.intake.entry import Read
from generator.library import shown
from generator.model import Clinic, RosterFormat

MAX_BYTES, MAX_ROWS = 20_000_000, 20_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ",;\t"


def read_csv(path: Path, clinic: Clinic) -> Read:
    """Read a roster; raises :class:`PlanError` for a file that is none."""
    name = shown(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(name, f"cannot be read: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise _refused(name, f"is over {MAX_BYTES:,} bytes; split it")
    text, notices = _decoded(name, raw)
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise _refused(name, "holds a NUL character; save it again as 'CSV UTF-8'", line)
    return Read(entries(_rows(name, text, clinic.intake.roster)), notices)


def _decoded(name: str, raw: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        if raw.startswith(_UTF16):
            return raw.decode("utf-16"), ()
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        if raw.startswith(_UTF16) or b"\0" in raw:
            raise _refused(name, "is broken UTF-16; save it as 'CSV UTF-8'", line) from None
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        message = "is neither UTF-8 nor Windows-1252; save it as 'CSV UTF-8'"
        raise _refused(name, message, line) from None
    notice = f"{name} is not UTF-8 (line {line}) and was read as Windows-1252; look at the accents"
    return text, (notice,)


def _rows(name: str, text: str, declared: RosterFormat) -> Iterator[Cells]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text, declared), strict=True
    )
    line, head, number = 1, None, 0
    try:
        for texts in reader:
            began, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in texts):
                continue
            if head is None:
                head = head_of(name, texts, declared, began)
                continue
            number += 1
            if number > MAX_ROWS:
                raise _refused(name, f"has over {MAX_ROWS:,} rows; split it", began)
            yield Cells(head, number, began, texts)
    except csv.Error as error:
        message = f"cannot be read as CSV ({error}); look for a quote that is not closed"
        raise _refused(name, message, line) from None
    if head is None:
        message = f"is empty; its first line must name the columns: {', '.join(COLUMNS)}"
        raise _refused(name, message)


def _separator(text: str, declared: RosterFormat) -> str:
    """What separates the cells: the one by which the first line names the most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(separator: str) -> int:
        try:
            return known_columns(next(csv.reader([first], delimiter=separator), []), declared)
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=known)


def _refused(name: str, message: str, line: int = 0) -> PlanError:
    return PlanError([Problem(name, line, 1 if line else 0, "", message)])
