"""The manifest's records: what became of each row of a roster, and of which words."""

from __future__ import annotations

from generator.assembly import PacketMaker
from generator.assembly.given import words_of
from generator.intake import Refused, Roster, Row
from generator.run.batch import Outcome
from generator.run.journal import Entry, Journal
from generator.run.manifest import Record, Words


def record_of(row: Row, entry: Entry, maker: PacketMaker) -> Record:
    """What a row came to."""
    patient = row.plan.patient
    return Record(
        id=entry.id,
        row=row.number,
        record_id=patient.record_id,
        language=patient.language,
        surgery_on=row.plan.surgery_at.date().isoformat(),
        handouts=tuple(
            Words(handout.id, handout.version, state.digest, state.state, handout.language)
            for handout, state in words_of(row.plan, maker)
        ),
        pages=entry.pages,
        status="failed" if entry.error else "done",
        sha256=entry.sha256,
        error=entry.error,
        flags=row.flags,
    )


def refusal_of(row: Refused, code: str) -> Record:
    """A row for which nothing was laid out; ``code`` is its opaque id."""
    problems = "; ".join(f"{problem.where}: {problem.message}" for problem in row.problems)
    return Record(
        id=code,
        row=row.number,
        record_id=row.record_id,
        language="",
        surgery_on="",
        handouts=(),
        pages=0,
        status="refused",
        error=problems,
    )


def records_of(
    roster: Roster, outcome: Outcome, journal: Journal, maker: PacketMaker
) -> list[Record]:
    """What became of each row, in the roster's order."""
    pairs = zip(roster.rows, outcome.entries, strict=True)
    made = [record_of(row, entry, maker) for row, entry in pairs]
    ids = ((row, journal.id_of(f"refused row {row.number}")) for row in roster.refused)
    return sorted((*made, *(refusal_of(*one) for one in ids)), key=lambda record: record.row)
