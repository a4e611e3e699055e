"""``handouts list``: what can be printed, in which languages, and where each stands."""

from __future__ import annotations

import click

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON


@helping.command(
    "list",
    short_help="Show what can be printed, and where each handout stands.",
    epilog=helping.examples("handouts list", "handouts list --json"),
)
@JSON
@click.pass_obj
def command(settings: Settings, /, as_json: bool) -> None:
    """Show what can be printed and where each handout stands."""
    from generator.review import standings

    library = settings.load()
    found = list(standings(library, settings.today(library)))
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
                }
                for handout, where in found
            ]
        )
        return
    rows = [(h.id, h.language, h.version, where.state.value, h.title) for h, where in found]
    print_table(("HANDOUT", "LANGUAGE", "VERSION", "STATE", "TITLE"), rows)
    unsigned = sum(not where.stands for _, where in found)
    if unsigned:
        settings.say(
            f"\n{unsigned} of {len(found)} may not go to a patient yet: no clinician's sign-off "
            "stands for these words."
        )
