"""Rows of cells as every table has them: the clinic's own columns and dates made ours."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.errors import PlanError, Problem
from generator.intake.columns import COLUMNS, DATES, OPTIONAL, TIMES, incomplete, plan_data
from generator.intake.entry import Entry
from generator.model import RosterFormat
from generator.model.wordings import A_DATE, quoted

_DATE = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "MM/DD/YYYY": "%m/%d/%Y",
    "DD/MM/YYYY": "%d/%m/%Y",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD-MM-YYYY": "%d-%m-%Y",
}
_TIME = {"24-hour": "%H:%M", "12-hour": "%I:%M %p"}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}(:00)?(Z|[+-]\d{2}:\d{2})?)?")
_FIGURES = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


@dataclass(frozen=True, slots=True)
class Head:
    """A table's first row. ``names`` are our columns, in the order in which they stand."""

    file: str
    names: tuple[str, ...]
    format: RosterFormat
    line: int = 1


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it stands in the file. ``cell`` names a place in a spreadsheet (``D7``)."""

    head: Head
    number: int
    line: int
    texts: Sequence[str]
    spreadsheet: bool = False

    @property
    def record_id(self) -> str:
        if "record_id" not in self.head.names[: len(self.texts)]:
            return ""
        text = self.texts[self.head.names.index("record_id")].strip()[:40]
        return text if text.isprintable() else ""

    def problem(self, location: Sequence[str | int], message: str) -> Problem:
        names = self.head.names
        name = next((str(step) for step in location if step in names), "")
        column = names.index(name) + 1 if name else 1
        row = f"row {self.number}" + (f" (record {self.record_id})" if self.record_id else "")
        cell = f"cell {letters(column)}{self.line}" if self.spreadsheet and name else ""
        inside = [str(step + 1) for step in location if isinstance(step, int)]
        part = str(location[-1]) if inside and isinstance(location[-1], str) else ""
        named = " ".join(filter(None, [name, *inside, part if part != name else ""]))
        where = ", ".join(filter(None, [row, cell, named]))
        return Problem(self.head.file, self.line, column, where, message)

    def entry(self, problems: Sequence[Problem] = ()) -> Entry:
        """The row as a plan's data, or with all that is wrong with its cells."""
        found = list(problems)
        names = self.head.names
        if len(self.texts) != len(names):
            message = (
                f"has {len(self.texts)} cells but there are {len(names)} columns; "
                "put a text that holds a comma in double quotes"
            )
            found.append(self.problem((), message))
        if found:
            return self._refused(found)
        cells = {name: text.strip() for name, text in zip(names, self.texts, strict=True)}
        for name in (*DATES, *TIMES):
            try:
                cells[name] = iso(cells[name], self.head.format, private=name in DATES)
            except ValueError as error:
                found.append(self.problem((name,), str(error)))
        found += incomplete(cells, self.problem)
        if found:
            return self._refused(found)
        return Entry(self.number, self.record_id, plan_data(cells), self.problem)

    def _refused(self, problems: Sequence[Problem]) -> Entry:
        return Entry(self.number, self.record_id, {}, self.problem, tuple(problems))


def head_of(file: str, cells: Sequence[str], declared: RosterFormat, line: int = 1) -> Head:
    """The columns by our names; raises :class:`PlanError` for unknown, missing or double ones."""
    ours = _ours(declared.columns)
    names: list[str] = []
    problems: list[Problem] = []
    for index, cell in enumerate(cells, start=1):
        name = ours.get(_folded(cell), "")
        if not name:
            near = difflib.get_close_matches(_folded(cell), ours, 1)
            hint = f"did you mean '{near[0]}'?" if near else "remove it, or map it in clinic.yaml"
            message = f"there is no column {quoted(cell.strip())}; {hint}"
            problems.append(Problem(file, line, index, "", message))
        elif name in names:
            message = f"the column '{name}' is there twice; remove one"
            problems.append(Problem(file, line, index, "", message))
        names.append(name)
    if missing := [name for name in COLUMNS if name not in names and name not in OPTIONAL]:
        message = f"these columns are missing: {', '.join(missing)}"
        problems.append(Problem(file, line, 1, "", message))
    if problems:
        raise PlanError(problems)
    return Head(file, tuple(names), declared, line)


def known_columns(cells: Sequence[str], declared: RosterFormat) -> int:
    """How many cells of a first row name a column."""
    ours = _ours(declared.columns)
    return sum(_folded(cell) in ours for cell in cells)


def iso(text: str, declared: RosterFormat, *, private: bool = False) -> str:
    """A date, or a date and time, in the clinic's format or ours, as ISO 8601.

    Raises :class:`ValueError` for one that could be read in two ways, or is none;
    ``private``: the message then does not quote it. Other text comes back as it is.
    """
    if not text or _ISO.fullmatch(text):
        day, _, time = text.replace("T", " ", 1).partition(" ")
        return f"{day}T{_padded(time)}" if time else day
    said = "this date" if private else quoted(text[:40])
    for pattern in _patterns(declared):
        try:
            moment = datetime.strptime(text.upper(), pattern)  # noqa: DTZ007  # the clinic's wall clock
        except ValueError:
            continue
        return f"{moment:%Y-%m-%dT%H:%M}" if "%M" in pattern else f"{moment:%Y-%m-%d}"
    if _FIGURES.match(text) and declared.dates == "YYYY-MM-DD":
        raise ValueError(
            f"{said} can be read in more than one way; write {A_DATE}, or declare the "
            "clinic's format in clinic.yaml (intake, roster, dates)"
        )
    if _FIGURES.match(text):
        wanted = f"{declared.dates}, times as {declared.times}"
        raise ValueError(f"{said} is no date of the format in clinic.yaml ({wanted}); mend it")
    return text


def letters(column: int) -> str:
    """A column's letters in a spreadsheet, from 1: ``A``, ``Z``, ``AA``."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def entries(rows: Iterator[Cells]) -> tuple[Entry, ...]:
    """Every row as an entry."""
    return tuple(row.entry() for row in rows)


def _padded(time: str) -> str:
    """``7:30:00`` as ``07:30``; an offset stays."""
    clock, offset = re.fullmatch(r"([\d:]+)(.*)", time).groups()  # type: ignore[union-attr]
    hour, minute = clock.split(":")[:2]
    return f"{hour:0>2}:{minute}{offset}"


def _patterns(declared: RosterFormat) -> Iterator[str]:
    day, time = _DATE[declared.dates], _TIME[declared.times]
    yield from (day, f"{day} {time}", f"{day}T{time}", f"{day} {time.replace(' %p', '%p')}")


def _ours(columns: Mapping[str, str]) -> dict[str, str]:
    names = {_folded(name): name for name in (*COLUMNS, *OPTIONAL)}
    return names | {_folded(theirs): ours for theirs, ours in columns.items()}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
