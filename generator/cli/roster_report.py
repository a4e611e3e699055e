"""How a roster was understood: what to tell about the file, its rows, and those refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.cli.context import Settings
    from generator.intake import Roster


def report_roster(settings: Settings, roster: Roster) -> None:
    """Say what a person should look at: what is noticed of the file, and of rows."""
    for notice in roster.notices:
        settings.say(f"note: {notice}")
    for row in roster.rows:
        for flag in row.flags:
            settings.say(f"look at row {row.number} (record {row.plan.patient.record_id}): {flag}")


def report_going_on(settings: Settings, roster: Roster) -> None:
    """As :func:`report_roster`; then every problem of refused rows: others go on without them."""
    report_roster(settings, roster)
    for problem in roster.problems:
        settings.say(str(problem))
    if roster.refused:
        refused, rows = len(roster.refused), len(roster.rows)
        settings.say(f"{refused} refused, {rows} go on.")
