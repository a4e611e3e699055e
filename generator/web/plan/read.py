"""Fills the form from what a clinic has already: a YAML plan, a FHIR bundle, a roster's row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from generator.errors import PlanError, Problem
from generator.intake import Entry, checked_plan, read_entries
from generator.private import scratch_folder
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.plan.data import form_fields

KINDS = (".yaml", ".yml", ".json", ".ndjson", ".csv", ".xlsx")
MOST_ENTRIES = 60
"""Patients to choose from on one page; a longer roster is a batch."""


@dataclass(frozen=True, slots=True)
class Found:
    """One patient of a file that was dropped, as the fields of the form."""

    number: int
    record_id: str
    procedure: str
    name: str
    fields: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def found_in(desk: Desk, name: str, content: bytes) -> tuple[Found, ...]:
    """The patients in a file. It is on the disk only while it is read."""
    kind = PurePath(name).suffix.lower()
    if kind not in KINDS:
        raise Refusal(422, "The desk reads YAML, FHIR (JSON), CSV and XLSX files.")
    library = desk.stock.fresh()
    with scratch_folder() as folder:
        file = folder / f"dropped{kind}"
        file.write_bytes(content)
        try:
            entries = read_entries(file, library)
        except PlanError as error:
            raise PlanError(replace(one, path=name) for one in error.problems) from None
    if len(entries) > MOST_ENTRIES:
        raise Refusal(422, "This is a long roster. Drop it in 'A roster' instead.")
    return tuple(_found(desk, entry, name) for entry in entries)


def _found(desk: Desk, entry: Entry, file: str) -> Found:
    problems = list(entry.problems)
    if not problems:
        checked = checked_plan(entry.data, entry.place, desk.stock.known(), desk.stock.moment())
        problems = checked[1]
    fields = tuple(form_fields(entry.data))
    one = dict(fields)
    parts = (one.get(f"patient.{part}", "") for part in ("name", "given_name", "family_name"))
    procedure = str(entry.data.get("procedure", ""))
    name, placed = " ".join(filter(None, parts)), (replace(one, path=file) for one in problems)
    return Found(entry.number, entry.record_id, procedure, name, fields, tuple(placed))
