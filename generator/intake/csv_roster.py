"""Many patients' plans from a CSV roster: one row a patient, the columns of the plan.

A list is separated by ``;`` and a medicine's parts by ``|``. A row is named in errors by its
number and record id, never by a patient's name.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import PlanError, Problem
from generator.intake.against import against
from generator.library import Library, shown
from generator.model import Invalid, Plan, read

PATIENT = ("record_id", "given_name", "family_name", "birth_date", "language", "large_print")
COLUMNS = (
    *PATIENT,
    *("procedure", "side", "surgeon", "arrival_at", "surgery_at", "location", "handouts"),
    *("medicines", "allergies", "contact", "escort", "notes", "prepared_by", "checked_by"),
)
MEDICINE = ("name", "dose", "action", "when", "decided_by")
MAY_BE_EMPTY = frozenset({"large_print", "side", "escort", "notes"})
NONE = "none"
"""What a cell says that holds a list with nothing in it; an empty cell may be a forgotten one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One patient's row: its number (the first below the head is 1), and the plan in it."""

    number: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row as it stands in the file."""

    file: str
    number: int
    line: int
    cells: dict[str, str]
    columns: Sequence[str]

    def problem(self, location: Sequence[str | int], message: str) -> Problem:
        name = next((str(step) for step in location if step in self.columns), "")
        column = self.columns.index(name) + 1 if name else 1
        where = f"row {self.number}"
        if record := self.cells.get("record_id", "").strip()[:40]:
            where += f" (record {record})"
        inside = [str(step + 1) for step in location if isinstance(step, int)]
        part = str(location[-1]) if inside and isinstance(location[-1], str) else ""
        named = " ".join(filter(None, [name, *inside, part if part != name else ""]))
        return Problem(
            self.file, self.line, column, ", ".join(filter(None, [where, named])), message
        )


def load_roster(path: Path, library: Library) -> tuple[Row, ...]:
    """Read a roster; raises :class:`PlanError` with every problem of every row."""
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for cells in _read(path):
        found = list(_row(cells, library, rows))
        problems += found
        if not found:
            plan = rows[-1].plan
            key = (plan.patient.record_id, str(plan.surgery_at))
            first = seen.setdefault(key, cells.number)
            if first != cells.number:
                message = f"is the same patient and operation as row {first}; remove one of them"
                problems.append(cells.problem(("record_id",), message))
    if not rows and not problems:
        problems = [Problem(shown(path), 0, 0, "", "has no rows; add one for each patient")]
    if problems:
        raise PlanError(problems)
    return tuple(rows)


def _row(cells: _Cells, library: Library, rows: list[Row]) -> Iterator[Problem]:
    empty = [name for name in COLUMNS if name not in MAY_BE_EMPTY and not cells.cells[name].strip()]
    for name in empty:
        cure = (
            f"write {NONE} if there are none"
            if name in {"medicines", "allergies"}
            else "fill it in"
        )
        yield cells.problem((name,), f"is empty; {cure}")
    if empty:
        return
    try:
        plan = read(Plan, _data(cells.cells))
    except Invalid as invalid:
        yield from (cells.problem(v.location, v.message) for v in invalid.violations)
        return
    found = list(against(library, plan, cells.problem))
    yield from found
    if not found:
        rows.append(Row(cells.number, plan))


def _data(cells: dict[str, str]) -> dict[str, Any]:
    """A row's cells in the shape of a plan."""
    filled = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    data: dict[str, Any] = {name: filled[name] for name in filled if name not in PATIENT}
    data["patient"] = {name: filled[name] for name in PATIENT if name in filled}
    data["medicines"] = [
        dict(zip(MEDICINE, _split(medicine, "|"), strict=False))
        | ({"too many parts": ""} if medicine.count("|") >= len(MEDICINE) else {})
        for medicine in _list(filled["medicines"])
    ]
    for name in ("allergies", "handouts"):
        data[name] = _list(filled[name])
    data["notes"] = _split(filled["notes"], ";") if "notes" in filled else []
    data["contact"] = dict(zip(("name", "phone"), _split(filled["contact"], "|"), strict=False))
    return data


def _list(cell: str) -> list[str]:
    return [] if cell.casefold() == NONE else _split(cell, ";")


def _split(cell: str, separator: str) -> list[str]:
    return [part.strip() for part in cell.split(separator)]


def _read(path: Path) -> Iterator[_Cells]:
    """The rows of a file; raises :class:`PlanError` when it is not a roster at all."""
    name = shown(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PlanError([Problem(name, 0, 0, "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = "is not UTF-8; save it as 'CSV UTF-8'"
        raise PlanError([Problem(name, line, 1, "", message)]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, columns = 1, None
    try:
        for number, cells in enumerate(row for row in reader if any(c.strip() for c in row)):
            if columns is None:
                columns = _columns(name, [cell.strip() for cell in cells])
            else:
                yield _checked(name, number, line, columns, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"cannot be read as CSV ({error}); look for a quote that is not closed"
        raise PlanError([Problem(name, reader.line_num, 1, "", message)]) from None
    if columns is None:
        message = f"is empty; its first line must name the columns: {', '.join(COLUMNS)}"
        raise PlanError([Problem(name, 0, 0, "", message)])


def _columns(name: str, columns: list[str]) -> list[str]:
    problems = []
    for index, column in enumerate(columns):
        near = difflib.get_close_matches(column, COLUMNS, 1)
        hint = f"did you mean '{near[0]}'?" if near else "remove it"
        if column not in COLUMNS:
            message = f"there is no column '{column[:40]}'; {hint}"
            problems.append(Problem(name, 1, index + 1, "", message))
        elif column in columns[:index]:
            message = f"the column '{column}' is there twice; remove one"
            problems.append(Problem(name, 1, index + 1, "", message))
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        message = f"these columns are missing: {', '.join(missing)}"
        problems.append(Problem(name, 1, 1, "", message))
    if problems:
        raise PlanError(problems)
    return columns


def _checked(file: str, number: int, line: int, columns: list[str], cells: list[str]) -> _Cells:
    if len(cells) != len(columns):
        message = (
            f"has {len(cells)} cells but there are {len(columns)} columns; "
            "put a text that holds a comma in double quotes"
        )
        raise PlanError([Problem(file, line, 1, f"row {number}", message)])
    return _Cells(file, number, line, dict(zip(columns, cells, strict=True)), columns)
