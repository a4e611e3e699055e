"""The columns of a roster, and how the cells of a row make a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.errors import Problem

PATIENT = ("record_id", "given_name", "family_name", "birth_date", "language", "large_print")
COLUMNS = (
    *PATIENT,
    *("procedure", "side", "surgeon", "arrival_at", "surgery_at", "location", "handouts"),
    *("medicines", "allergies", "contact", "escort", "notes", "prepared_by", "checked_by"),
)
OPTIONAL = ("overrides", "prepared_by", "checked_by")
"""Columns that a roster need not have."""
MAY_BE_EMPTY = frozenset({"large_print", "side", "escort", "notes", *OPTIONAL})
DATES, TIMES = ("birth_date",), ("arrival_at", "surgery_at")
MEDICINE = ("name", "dose", "action", "when", "decided_by")
OVERRIDE = ("fact", "value", "reason", "decided_by")
CONTACT = ("name", "phone")
LISTS = {"medicines": MEDICINE, "overrides": OVERRIDE}
NONE = "none"
"""What a cell says that holds a list with nothing in it; an empty cell may be a forgotten one."""

At = Callable[[tuple[str | int, ...], str], Problem]


def incomplete(cells: Mapping[str, str], at: At) -> Iterator[Problem]:
    """Cells that are empty and may not be, and parts of cells that a plan has no place for."""
    for name in COLUMNS:
        if name not in MAY_BE_EMPTY and not cells[name]:
            none = name in {"medicines", "allergies"}
            cure = f"write {NONE} if there are none" if none else "fill it in"
            yield at((name,), f"is empty; {cure}")
    for name, parts in LISTS.items():
        for index, entry in enumerate(_list(cells.get(name, ""))):
            if (count := len(_split(entry, "|"))) > len(parts):
                yield at((name, index), f"has {count} parts; write {' | '.join(parts)}")
    if (count := len(_split(cells["contact"], "|"))) > len(CONTACT):
        yield at(("contact",), f"has {count} parts; write {' | '.join(CONTACT)}")


def plan_data(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row's cells in the shape of a plan; what is empty is left out."""
    filled = {name: cell for name, cell in cells.items() if cell}
    data: dict[str, Any] = {name: filled[name] for name in filled if name not in PATIENT}
    data["patient"] = {name: filled[name] for name in PATIENT if name in filled}
    for name, parts in LISTS.items():
        if name in filled:
            data[name] = [_named(entry, parts) for entry in _list(filled[name])]
    for name in ("allergies", "handouts"):
        data[name] = _list(filled[name])
    data["notes"] = _list(filled.get("notes", ""))
    data["contact"] = _named(filled["contact"], CONTACT)
    return data


def _named(entry: str, parts: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(parts, _split(entry, "|"), strict=False))


def _list(cell: str) -> list[str]:
    return [] if cell.casefold() in {"", NONE} else _split(cell, ";")


def _split(cell: str, separator: str) -> list[str]:
    return [part.strip() for part in cell.split(separator)]
