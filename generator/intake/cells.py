"""Rows of cells as every table has them: the clinic's own columns and dates made ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import PlanError, Problem
from generator.intake.columns import COLUMNS, DATES, OPTIONAL, TIMES, incomplete, plan_data
from generator.intake.dates import iso, looks_like_date, said
from generator.intake.entry import Entry
from generator.model import RosterFormat

__all__ = ["Cells", "Head", "head_of", "iso", "known_columns", "letters", "refused", "trimmed"]

KNOWN = tuple(dict.fromkeys((*COLUMNS, *OPTIONAL)))
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


@dataclass(frozen=True, slots=True)
class Head:
    """A table's first row. ``names`` are our columns, in the order in which they stand.

    ``width`` counts nameless cells at the end as well. A spreadsheet has no ``separator``.
    """

    file: str
    names: tuple[str, ...]
    width: int
    format: RosterFormat
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it stands in the file; ``number`` counts patients, ``line`` lines or rows."""

    head: Head
    number: int
    line: int
    texts: Sequence[str]

    @property
    def record_id(self) -> str:
        """What names the row in messages; empty where it may be a name or a birth date."""
        names = self.head.names[: len(self.texts)]
        text = self.texts[names.index("record_id")].strip()[:40] if "record_id" in names else ""
        whole = self._fits or not (looks_like_date(text) or set(text) & set(_SEPARATORS))
        certain = any(map(str.isdigit, text)) and whole
        return text if certain and text.isprintable() else ""

    def problem(self, location: Sequence[str | int], message: str) -> Problem:
        """A problem at a place of the plan, in the cell from which it came."""
        name = next((str(step) for step in location if step in KNOWN), "")
        inside = [str(step + 1) for step in location if isinstance(step, int)]
        part = str(location[-1]) if inside and isinstance(location[-1], str) else ""
        named = " ".join(filter(None, [name, *inside, part if part != name else ""]))
        names = self.head.names
        return self._problem(names.index(name) + 1 if name in names else 0, named, message)

    def problem_in(self, column: int, message: str) -> Problem:
        """A problem in a cell, by its column's number."""
        names = self.head.names
        return self._problem(column, names[column - 1] if column <= len(names) else "", message)

    def entry(self, problems: Sequence[Problem] = ()) -> Entry:
        """The row as a plan's data, or with all that is wrong with its cells."""
        found = [*problems, *self._misfits()]
        cells = {n: text.strip() for n, text in zip(self.head.names, self.texts, strict=False)}
        if not found:
            found = [*self._convert(cells), *incomplete(cells, self.problem)]
        data = {} if found else plan_data(cells)
        return Entry(self.number, self.record_id, data, self.problem, tuple(found), cells=cells)

    @property
    def _fits(self) -> bool:
        """Whether every cell stands in its own column, as it always does in a spreadsheet."""
        return not self.head.separator or len(self.texts) == self.head.width

    def _misfits(self) -> Iterator[Problem]:
        """Cells that belong to no column; in text each may have shifted those behind it."""
        named, there = len(self.head.names), len(trimmed(self.texts))
        if not self._fits:
            separator = _SEPARATORS[self.head.separator]
            cure = f"put a text that holds {separator} in double quotes"
            counted = f"has {len(self.texts)} cells but there are {self.head.width} columns"
            yield self._problem(0, "", f"{counted}; {cure}")
        elif there > named:
            counted = f"has {there} cells but there are {named} columns"
            message = f"{counted}; move or remove what stands right of the last one"
            yield self._problem(there, "", message)

    def _convert(self, cells: dict[str, str]) -> Iterator[Problem]:
        for name in (*DATES, *TIMES):
            try:
                cells[name] = iso(cells[name], self.head.format, private=name in DATES)
            except ValueError as error:
                yield self.problem((name,), str(error))

    def _problem(self, column: int, named: str, message: str) -> Problem:
        row = f"row {self.number}" + (f" (record {self.record_id})" if self.record_id else "")
        shown = column and not self.head.separator
        cell = f"cell {letters(column)}{self.line}" if shown else ""
        where = ", ".join(filter(None, [row, cell, named]))
        return Problem(self.head.file, self.line, column or 1, where, message)


def head_of(
    file: str, cells: Sequence[str], declared: RosterFormat, line: int = 1, separator: str = ""
) -> Head:
    """The columns by our names; raises :class:`PlanError` for unknown, missing or double ones."""
    ours = _ours(declared.columns)
    named = trimmed(cells)
    names = [ours.get(_folded(cell), "") for cell in named]
    problems = []
    if any(name in KNOWN for name in names):  # else it may be a patient's row, and is not quoted
        for index, cell in enumerate(named):
            if wrong := _wrong(cell, names[: index + 1], ours):
                problems.append(Problem(file, line, index + 1, "", wrong))
    if missing := [name for name in COLUMNS if name not in names and name not in OPTIONAL]:
        message = f"these columns are missing: {', '.join(missing)}"
        problems.append(Problem(file, line, 1, "", message))
    if problems:
        raise PlanError(problems)
    return Head(file, tuple(names), len(cells), declared, separator)


def known_columns(cells: Sequence[str], declared: RosterFormat) -> int:
    """How many cells of a first row name a column."""
    ours = _ours(declared.columns)
    return sum(_folded(cell) in ours for cell in cells)


def trimmed(texts: Sequence[str]) -> list[str]:
    """Without the empty cells at the end."""
    last = max((index for index, text in enumerate(texts, start=1) if text.strip()), default=0)
    return list(texts[:last])


def letters(column: int) -> str:
    """A column's letters in a spreadsheet, from 1: ``A``, ``Z``, ``AA``."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def refused(file: str, message: str, line: int = 0) -> PlanError:
    """A file that is no roster at all."""
    return PlanError([Problem(file, line, 1 if line else 0, "", message)])


def _wrong(cell: str, names: Sequence[str], ours: Mapping[str, str]) -> str:
    """What is wrong with a column's name, the last of ``names`` by ours; empty if nothing is."""
    name = names[-1]
    if name in KNOWN:
        return f"the column '{name}' is there twice; remove one" if name in names[:-1] else ""
    if name:
        return f"clinic.yaml maps {said(cell)} to {said(name)}, which is no column; mend it there"
    if not cell.strip():
        return "this column has no name; give it one, or remove it"
    near = difflib.get_close_matches(_folded(cell), ours, 1)
    hint = f"did you mean '{near[0]}'?" if near else "remove it, or map it in clinic.yaml"
    return f"there is no column {said(cell)}; {hint}"


def _ours(columns: Mapping[str, str]) -> dict[str, str]:
    """Our column by each name that it may have, folded."""
    theirs = {_folded(name): _folded(target) for name, target in columns.items()}
    return {name: name for name in KNOWN} | theirs


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
