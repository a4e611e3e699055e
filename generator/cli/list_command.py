"""``handouts list``: what can be printed, in which languages, and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON

if TYPE_CHECKING:
    from generator.library import Library


@helping.command(
    "list",
    short_help="Show what can be printed, and where each handout stands.",
    epilog=helping.examples("handouts list", "handouts list --json"),
)
@JSON
@click.pass_obj
def command(settings: Settings, /, as_json: bool) -> None:
    """Show what can be printed and where each handout stands."""
    from generator.library import origin
    from generator.review import standings

    library = settings.load()
    found = list(standings(library, settings.today(library)))
    come_from = [origin(library, handout.id, handout.language) for handout, _ in found]
    if as_json:
        print_json(
            [
                {
                    "id": handout.id,
                    "language": handout.language,
                    "title": handout.title,
                    "version": handout.version,
                    "state": where.state,
                    "digest": where.digest,
                    "due": where.due.isoformat() if where.due else None,
                    "from": whose,
                }
                for (handout, where), whose in zip(found, come_from, strict=True)
            ]
        )
        return
    columns: tuple[str, ...] = ("HANDOUT", "LANGUAGE", "VERSION", "STATE", "TITLE")
    rows: list[tuple[str, ...]]
    rows = [(h.id, h.language, h.version, where.state.value, h.title) for h, where in found]
    if library.layers.beneath:
        columns = (*columns, "FROM")
        rows = [(*row, whose) for row, whose in zip(rows, come_from, strict=True)]
    print_table(columns, rows)
    unsigned = sum(not where.stands for _, where in found)
    if unsigned:
        settings.say(
            f"\n{unsigned} of {len(found)} may not go to a patient yet: no clinician's sign-off "
            "stands for these words."
        )
    _say_what_changed_beneath(settings, library)


def _say_what_changed_beneath(settings: Settings, library: Library) -> None:
    """An update never touches the clinic's files; somebody has to look whether they still fit."""
    stale = [entry.file for entry in library.overridden if entry.stale]
    for file in stale:
        settings.say(f"{file}: the shipped file changed since this one took its place.")
    if stale:
        settings.say(f"What changed: handouts override {stale[0]} --diff")
