"""Many patients at once: each row becomes a plan, or is refused; look-alikes are flagged.

A row is named by its number and record id, never by a patient's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from generator.errors import PlanError, Problem
from generator.intake.against import checked_plan
from generator.intake.entry import Entry, Read
from generator.intake.flags import flags
from generator.intake.look_alikes import contradicting, look_alikes
from generator.intake.yaml_plan import load_plan
from generator.library import Library, read_yaml, shown
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
    read = _read(path, library, hands)
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


def read_entries(path: Path, library: Library) -> tuple[Entry, ...]:
    """What a roster or one patient's YAML plan says, not yet checked; raises :class:`PlanError`."""
    if path.suffix.lower() not in {".yaml", ".yml"}:
        return _read(path, library, Hands()).entries
    text, problems = read_yaml(path)
    if text is None:
        raise PlanError(problems)
    patient = text.data.get("patient")
    record = patient.get("record_id") if isinstance(patient, dict) else None
    return (Entry(1, str(record or ""), text.data, text.problem),)


def _read(path: Path, library: Library, hands: Hands) -> Read:
    read = _door(path)(path, library.clinic, hands)
    if not read.entries:
        message = "has no rows; add one for each patient"
        raise PlanError([Problem(shown(path), 0, 0, "", message)])
    return read


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
        for numbers, message in contradicting(self.plans):
            for number in numbers:
                other = next(n for n in numbers if n != number)
                place = self.places[number].place
                said = message.format(row=other)
                self.wrong[number].append(place(("patient", "record_id"), said))
        for number, others in look_alikes(self.plans):
            listed = " and ".join(map(str, others))
            message = f"has the family name and birth date of row {listed}"
            self.flags[number].append(f"{message}; compare the record numbers")
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
