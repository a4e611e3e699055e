"""``handouts doctor``: is everything here that printing needs, and if not, what to install."""

from __future__ import annotations

import click

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON
from generator.errors import ContentError, ExitCode, HandoutsError


@helping.command(
    "doctor",
    short_help="Say what this machine lacks, and what to do about it.",
    epilog=helping.examples("handouts doctor", "handouts doctor --json"),
)
@JSON
@click.pass_context
def command(ctx: click.Context, /, as_json: bool) -> None:
    """Say what this machine has and lacks, and how to mend it."""
    from generator.press.doctor import examine

    settings: Settings = ctx.obj
    findings = [*examine(), _library(settings)]
    if as_json:
        print_json(
            [{"what": w, "ok": not cure, "found": f, "cure": cure} for w, f, cure in findings]
        )
    else:
        rows = [(w, "missing" if cure else "ok", cure or f) for w, f, cure in findings]
        print_table(("WHAT", "STATE", "FOUND, OR WHAT TO DO"), rows)
    if any(cure for _, _, cure in findings):
        ctx.exit(ExitCode.OUTPUT)


def _library(settings: Settings) -> tuple[str, str, str | None]:
    try:
        library = settings.load()
    except ContentError as error:
        return "library", "", f"{len(error.problems)} problems; 'handouts list' names them"
    except HandoutsError as error:
        return "library", "", str(error)
    return "library", f"{len(library.ids())} handouts, {library.clinic.name}", None
