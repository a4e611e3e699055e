"""``handouts intake``: how a plan or a roster is understood, without printing anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_rosters
from generator.cli.context import Settings, print_json, print_table
from generator.cli.intake_plans import said_of
from generator.cli.options import CHECKED_BY, FALLBACK, JSON, PREPARED_BY, SHEET
from generator.cli.roster_report import report_roster
from generator.errors import PlanError

if TYPE_CHECKING:
    from generator.intake import Roster, Row
    from generator.library import Library

COLUMNS = ("ROW", "RECORD", "PROCEDURE", "SIDE", "COME AT", "OPERATION AT", "LANGUAGE", "HANDOUTS")


@helping.command(
    "intake",
    short_help="Show a plan or roster as it is understood; print nothing.",
    epilog=helping.examples("handouts intake roster.csv", "handouts intake plan.yaml --json"),
)
@click.argument(
    "roster",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    shell_complete=complete_rosters,
)
@SHEET
@FALLBACK
@PREPARED_BY
@CHECKED_BY
@JSON
@click.pass_obj
def command(
    settings: Settings, /, roster: Path, fallback: str | None, as_json: bool, **hands: Any
) -> None:
    """Show the plans in ROSTER as they are understood; print nothing.

    ROSTER is a YAML plan, a CSV or XLSX file, or FHIR R4 as JSON or NDJSON. Beneath the
    table stands what each patient's pages will say of medicines, allergies and rules changed for
    them. Patients go by their record number alone; --json has everything, names too.
    """
    from generator.intake import Hands, read_plans
    from generator.recall import usual_register
    from generator.recall.earlier import flagged

    library = settings.load(fallback)
    read = read_plans(roster, library, settings.now(library), Hands(**hands))
    read = flagged(read, usual_register(), library.clinic.name, settings.today(library))
    report_roster(settings, read)
    if as_json:
        print_json(_json(read, library, settings))
    elif read.rows:
        print_table(COLUMNS, [_cells(row) for row in read.rows])
        for said in said_of(read.rows, library, settings.now(library)):
            click.echo(f"\n{said}")
    if read.refused:
        raise PlanError(read.problems)


def _cells(row: Row) -> tuple[str, ...]:
    plan = row.plan
    times = (f"{time:%Y-%m-%d %H:%M}" for time in (plan.arrival_at, plan.surgery_at))
    patient = plan.patient
    return (
        *(str(row.number), patient.record_id, plan.procedure, (plan.side or "-").upper()),
        *(*times, patient.language, ", ".join(plan.handouts)),
    )


def _json(read: Roster, library: Library, settings: Settings) -> dict[str, Any]:
    return {
        "plans": [_plan(row, library, settings) for row in read.rows],
        "refused": [
            {
                "row": row.number,
                "record_id": row.record_id,
                "problems": [str(problem) for problem in row.problems],
            }
            for row in read.refused
        ],
        "notices": list(read.notices),
    }


def _plan(row: Row, library: Library, settings: Settings) -> dict[str, Any]:
    from generator.intake import timeline

    dated = timeline(library, row.plan, settings.now(library))
    return {
        "row": row.number,
        "flags": list(row.flags),
        "plan": row.plan.model_dump(mode="json"),
        "timeline": [
            {
                "rule": step.rule.id,
                "day": step.day.isoformat() if step.day else None,
                "at": step.at.isoformat() if step.at else None,
                "passed": step.past,
            }
            for step in dated.steps
        ],
        "last_doses": [
            {
                "medicine": dose.number,
                "day": dose.day.isoformat(),
                "at": dose.at.isoformat() if dose.at else None,
                "passed": dose.past,
            }
            for dose in dated.doses
        ],
    }
