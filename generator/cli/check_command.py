"""``handouts check``: what an editor has to mend, or to know of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from generator.cli.context import Settings, print_json
from generator.cli.options import JSON
from generator.errors import ExitCode

if TYPE_CHECKING:
    from generator.check import Finding


@click.command("check", epilog="Example: handouts check hip-replacement")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--strict", is_flag=True, help="Exit with 3 for warnings as well as for errors.")
@JSON
@click.pass_context
def command(ctx: click.Context, /, ids: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Look the handouts named ID over, or all of them: reviews that are due.

    A file that cannot be read at all ends every command; this one then says no more than that.
    """
    from generator.check import reviews
    from generator.check.finding import Severity
    from generator.review import board

    settings: Settings = ctx.obj
    library = settings.load()
    for name in ids:
        library.languages(name)
    found = sorted(reviews(library, board(library, settings.today(library), ids)))
    _report(settings, found, as_json)
    worst = max((finding.severity for finding in found), default=Severity.NOTE)
    if worst >= (Severity.WARNING if strict else Severity.ERROR):
        ctx.exit(ExitCode.CONTENT)


def _report(settings: Settings, found: list[Finding], as_json: bool) -> None:
    if as_json:
        keys = ("path", "line", "column", "rule", "message")
        print_json(
            [
                {"severity": finding.severity.word} | {key: getattr(finding, key) for key in keys}
                for finding in found
            ]
        )
        return
    for finding in found:
        click.echo(str(finding))
    counts = Counter(finding.severity.word for finding in found)
    said = ", ".join(f"{n} {word}{'s' if n != 1 else ''}" for word, n in counts.most_common())
    settings.say(said or "Nothing to mend.")
