"""A roster as the desk understood it: a row for each patient, each problem at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from generator.errors import PlanError, Problem, SignOffError
from generator.intake import Entry, Row, load_roster, read_entries
from generator.markup import Labels, PlanView, own_view, screen_labels
from generator.pipeline import packet_maker, refuse_unsigned
from generator.recall import usual_register
from generator.recall.earlier import flagged
from generator.web.desk import Desk
from generator.web.plan.data import form_fields
from generator.web.roster.run import Run

COLUMNS = (
    *("record_id", "name", "birth_date", "language", "procedure", "side", "arrival_at"),
    *("surgery_at", "handouts"),
)
SHOWN = 200
"""Rows of each kind on the page; the manifest has all of them."""
_NAMES = {"given_name", "family_name", "suffix", "name"}
_PLACE = re.compile(r"(?:row \d+[^)]*\)?, )?(?P<column>[a-z_]+)\b")


@dataclass
class Line:
    """A row: its cells by column, what is wrong in each, and elsewhere, and what to look at;
    beneath them, what its patient's own pages say."""

    number: int
    cells: Mapping[str, str]
    wrong: dict[str, list[str]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    flags: tuple[str, ...] = ()
    own: PlanView | None = None

    @property
    def refused(self) -> bool:
        return bool(self.wrong or self.others)


@dataclass(frozen=True, slots=True)
class Understood:
    """A roster as it was read. ``unsigned`` are handouts that may not go to a patient."""

    lines: tuple[Line, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsigned: tuple[tuple[str, str], ...] = ()

    @property
    def refused(self) -> int:
        return sum(line.refused for line in self.lines)

    @property
    def sound(self) -> int:
        return len(self.lines) - self.refused

    @property
    def shown(self) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The rows that a page shows: those that are refused, and those that are in order."""
        refused = [line for line in self.lines if line.refused]
        sound = [line for line in self.lines if not line.refused]
        return tuple(refused[:SHOWN]), tuple(sound[:SHOWN])


def understood(desk: Desk, run: Run, labels: Labels) -> Understood:
    """Read a run's roster as the run itself will; to be shown in the desk's language."""
    library, now = desk.stock.fresh(), desk.stock.moment()
    if run.roster is None:
        return Understood()
    try:
        entries = read_entries(run.roster, library)
        roster = load_roster(run.roster, library, now, run.hands)
        roster = flagged(roster, usual_register(), library.clinic.name, now.date())
    except PlanError as error:
        return Understood(problems=error.problems)
    lines = {entry.number: Line(entry.number, _cells(entry)) for entry in entries}
    for row in roster.rows:
        lines[row.number].flags = row.flags
    for number, own in _own(desk, roster.rows[:SHOWN], labels):
        lines[number].own = own
    for refused in roster.refused:
        for problem in refused.problems:
            _put(lines[refused.number], problem)
    whole = tuple(lines[number] for number in sorted(lines))
    return Understood(whole, roster.notices, unsigned=_unsigned(desk, roster.rows))


def _own(desk: Desk, rows: tuple[Row, ...], labels: Labels) -> Iterator[tuple[int, PlanView]]:
    """What the own pages of rows say, by their numbers; in the desk's language or the patient's."""
    library, now = desk.stock.known(), desk.stock.moment()
    words = cache(partial(screen_labels, library, labels.language))
    for row in rows:
        yield row.number, own_view(library, row.plan, now, words(row.plan.patient.language))


def _put(line: Line, problem: Problem) -> None:
    """A problem at its cell, or beside the row when it has none on the page."""
    found = _PLACE.match(problem.where)
    column = found["column"] if found else ""
    column = "name" if column in _NAMES else column
    place = f"{problem.line}:{problem.column}" if problem.line else ""
    if column in COLUMNS:
        line.wrong.setdefault(column, []).append(problem.message)
    else:
        where = problem.where.rpartition("), ")[2]
        line.others.append(": ".join(filter(None, (place, where, problem.message))))


def _cells(entry: Entry) -> Mapping[str, str]:
    fields: dict[str, list[str]] = {}
    for name, value in form_fields(entry.data):
        fields.setdefault(name.removeprefix("patient."), []).append(value)
    said = {name: "; ".join(values) for name, values in fields.items()} or dict(entry.cells)
    said["record_id"] = entry.record_id
    parts: Any = (said.get(part) for part in ("given_name", "family_name", "suffix"))
    return said | {
        "name": said.get("name") or " ".join(filter(None, parts)),
        "procedure": str(entry.data.get("procedure") or said.get("procedure", "")),
        "arrival_at": said.get("arrival_at", "").replace("T", " "),
        "surgery_at": said.get("surgery_at", "").replace("T", " "),
    }


def _unsigned(desk: Desk, rows: tuple[Row, ...]) -> tuple[tuple[str, str], ...]:
    maker = packet_maker(desk.stock.known(), desk.order())
    try:
        refuse_unsigned((row.plan for row in rows), maker, allow_unreviewed=False)
    except SignOffError as error:
        return error.unsigned
    return ()
