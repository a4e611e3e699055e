"""Many patients at once: each row becomes a plan, or is refused; look-alikes are flagged.

A row is named by its number and record id, never by a patient's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from generator.errors import PlanError, Problem
from generator.intake.against import checked_plan
from generator.intake.entry import Entry, Read
from generator.intake.timeline import flags
from generator.intake.yaml_plan import load_plan
from generator.library import Library, shown
from generator.model import Clinic, Plan


@dataclass(frozen=True, slots=True)
class Row:
    """One patient's row: its number (from 1), the plan in it, and what a person should look at."""

    number: int
    plan: Plan
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that makes no plan, and why."""

    number: int
    record_id: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A file as it was understood. ``notices`` are about the file as a whole."""

    rows: tuple[Row, ...]
    refused: tuple[Refused, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for row in self.refused for problem in row.problems)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who prepared and who checked, where a roster does not say it; which sheet to read."""

    prepared_by: str | None = None
    checked_by: str | None = None
    sheet: str | None = None


def load_roster(path: Path, library: Library, now: datetime, hands: Hands | None = None) -> Roster:
    """Read a CSV, XLSX or FHIR roster; raises :class:`PlanError` for a file that is none."""
    hands = hands or Hands()
    read = _door(path)(path, library.clinic, hands)
    if not read.entries:
        message = "has no rows; add one for each patient"
        raise PlanError([Problem(shown(path), 0, 0, "", message)])
    pile = _Pile()
    for entry in read.entries:
        pile.add(_filled(entry, hands), library, now)
    return pile.roster(read.notices)


def read_plans(path: Path, library: Library, now: datetime, hands: Hands) -> Roster:
    """A roster, or one patient's YAML plan as a roster of one."""
    if path.suffix.lower() in {".yaml", ".yml"}:
        plan = load_plan(path, library, now)
        return Roster((Row(1, plan, flags(library, plan, now)),))
    return load_roster(path, library, now, hands)


def _door(path: Path) -> Callable[[Path, Clinic, Hands], Read]:
    match path.suffix.lower():
        case ".xlsx" | ".xlsm" | ".xls":
            from generator.intake.xlsx_table import read_xlsx

            return lambda file, clinic, hands: read_xlsx(file, clinic, hands.sheet)
        case ".json" | ".ndjson":
            from generator.intake.fhir import read_fhir

            return lambda file, clinic, _: read_fhir(file, clinic)
        case ".yaml" | ".yml":
            message = "is one patient's plan, not a roster; print it with: handouts plan"
            raise PlanError([Problem(shown(path), 0, 0, "", message)])
    from generator.intake.csv_table import read_csv

    return lambda file, clinic, _: read_csv(file, clinic)


def _filled(entry: Entry, hands: Hands) -> Entry:
    for name, value in (("prepared_by", hands.prepared_by), ("checked_by", hands.checked_by)):
        if value and name not in entry.data:
            entry.data[name] = value
    return entry


@dataclass(slots=True)
class _Pile:
    """The rows as they come: plans, what is wrong with each, and what each says of the others."""

    plans: dict[int, Plan] = field(default_factory=dict)
    places: dict[int, Entry] = field(default_factory=dict)
    wrong: dict[int, list[Problem]] = field(default_factory=dict)
    flags: dict[int, list[str]] = field(default_factory=dict)

    def add(self, entry: Entry, library: Library, now: datetime) -> None:
        self.places[entry.number] = entry
        problems = list(entry.problems)
        if not problems:
            plan, problems = checked_plan(entry.data, entry.place, library, now)
            if plan:
                self.plans[entry.number] = plan
                self.flags[entry.number] = [*entry.flags, *flags(library, plan, now)]
        self.wrong[entry.number] = problems

    def roster(self, notices: tuple[str, ...]) -> Roster:
        self._twice(lambda plan: (plan.patient.record_id, plan.surgery_at.date()), _SAME_DAY)
        self._look_alikes()
        rows = tuple(
            Row(number, plan, tuple(self.flags[number]))
            for number, plan in self.plans.items()
            if not self.wrong[number]
        )
        refused = tuple(
            Refused(number, self.places[number].record_id, tuple(problems))
            for number, problems in self.wrong.items()
            if problems
        )
        return Roster(rows, refused, notices)

    def _twice(self, key: Callable[[Plan], object], message: str) -> None:
        for numbers in _groups(self.plans, key):
            for number in numbers:
                other = next(n for n in numbers if n != number)
                place = self.places[number].place
                at = ("patient", "record_id")
                self.wrong[number].append(place(at, message.format(row=other)))

    def _look_alikes(self) -> None:
        """Flag rows that are easily taken for one another; refuse two persons under one id."""
        self._two_persons()
        for numbers in _groups(self.plans, lambda p: (_family(p), p.patient.birth_date)):
            for number in numbers:
                others = [n for n in numbers if self._record(n) != self._record(number)]
                if others:
                    listed = " and ".join(map(str, others))
                    message = f"has the family name and birth date of row {listed}"
                    self.flags[number].append(f"{message}; compare the record numbers")

    def _two_persons(self) -> None:
        for numbers in _groups(self.plans, lambda p: p.patient.record_id):
            persons: dict[tuple[str, date], int] = {}
            for number in numbers:
                persons.setdefault(_person(self.plans[number]), number)
            if len(persons) > 1:
                self._refuse_persons(numbers, list(persons.values()))

    def _refuse_persons(self, numbers: list[int], firsts: list[int]) -> None:
        for number in numbers:
            person = _person(self.plans[number])
            other = next(n for n in firsts if _person(self.plans[n]) != person)
            message = (
                f"is that of row {other} as well, which has another name or birth date; "
                "find out whose it is"
            )
            place = self.places[number].place
            self.wrong[number].append(place(("patient", "record_id"), message))

    def _record(self, number: int) -> str:
        return self.plans[number].patient.record_id


_SAME_DAY = "is the same patient on the same day as row {row}; remove one of them"


def _groups(plans: dict[int, Plan], key: Callable[[Plan], object]) -> Iterator[list[int]]:
    """The numbers of rows that share a key, where there are two or more."""
    together: dict[object, list[int]] = {}
    for number, plan in plans.items():
        together.setdefault(key(plan), []).append(number)
    return (numbers for numbers in together.values() if len(numbers) > 1)


def _person(plan: Plan) -> tuple[str, date]:
    return " ".join(plan.patient.full_name.casefold().split()), plan.patient.birth_date


def _family(plan: Plan) -> str:
    name = plan.patient.family_name or plan.patient.full_name.split()[-1]
    return name.casefold()
