"""Many patients' plans from a CSV roster: one row a patient, the columns of the plan.

A list is separated by ``;`` and a medicine's parts by ``|``. A row is named in errors by its
number and record id, never by a patient's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import PlanError, Problem
from generator.intake.against import against
from generator.intake.csv_text import Cells, read_cells
from generator.library import Library, shown
from generator.model import Invalid, Plan, read

PATIENT = ("record_id", "given_name", "family_name", "birth_date", "language", "large_print")
COLUMNS = (
    *PATIENT,
    *("procedure", "side", "surgeon", "arrival_at", "surgery_at", "location", "handouts"),
    *("medicines", "allergies", "contact", "escort", "notes", "prepared_by", "checked_by"),
)
MEDICINE = ("name", "dose", "action", "when", "decided_by")
CONTACT = ("name", "phone")
MAY_BE_EMPTY = frozenset({"large_print", "side", "escort", "notes"})
NONE = "none"
"""What a cell says that holds a list with nothing in it; an empty cell may be a forgotten one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One patient's row: its number (the first below the head is 1), and the plan in it."""

    number: int
    plan: Plan


def load_roster(path: Path, library: Library) -> tuple[Row, ...]:
    """Read a roster; raises :class:`PlanError` with every problem of every row."""
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for cells in read_cells(path, COLUMNS):
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


def _row(cells: Cells, library: Library, rows: list[Row]) -> Iterator[Problem]:
    empty = [name for name in COLUMNS if name not in MAY_BE_EMPTY and not cells.cells[name].strip()]
    for name in empty:
        cure = (
            f"write {NONE} if there are none"
            if name in {"medicines", "allergies"}
            else "fill it in"
        )
        yield cells.problem((name,), f"is empty; {cure}")
    crowded = list(_crowded(cells))
    yield from crowded
    if empty or crowded:
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


def _crowded(cells: Cells) -> Iterator[Problem]:
    """Parts of a cell that have no place in a plan, and would be lost."""
    for index, medicine in enumerate(_list(cells.cells["medicines"])):
        if (count := len(_split(medicine, "|"))) > len(MEDICINE):
            message = f"has {count} parts; write {' | '.join(MEDICINE)}"
            yield cells.problem(("medicines", index), message)
    if (count := len(_split(cells.cells["contact"], "|"))) > len(CONTACT):
        yield cells.problem(("contact",), f"has {count} parts; write {' | '.join(CONTACT)}")


def _data(cells: dict[str, str]) -> dict[str, Any]:
    """A row's cells in the shape of a plan."""
    filled = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    data: dict[str, Any] = {name: filled[name] for name in filled if name not in PATIENT}
    data["patient"] = {name: filled[name] for name in PATIENT if name in filled}
    data["medicines"] = [
        dict(zip(MEDICINE, _split(medicine, "|"), strict=False))
        for medicine in _list(filled["medicines"])
    ]
    for name in ("allergies", "handouts"):
        data[name] = _list(filled[name])
    data["notes"] = _split(filled["notes"], ";") if "notes" in filled else []
    data["contact"] = dict(zip(CONTACT, _split(filled["contact"], "|"), strict=False))
    return data


def _list(cell: str) -> list[str]:
    return [] if cell.casefold() == NONE else _split(cell, ";")


def _split(cell: str, separator: str) -> list[str]:
    return [part.strip() for part in cell.split(separator)]
