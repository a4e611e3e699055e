"""``handouts check``: what an editor has to mend, or to know of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_handouts
from generator.cli.context import Settings, print_json, table
from generator.cli.options import JSON
from generator.errors import ExitCode

if TYPE_CHECKING:
    from generator.check import Finding, Looked
    from generator.library import Library


@helping.command(
    "check",
    short_help="Look words over: reading level, jargon, structure, sources.",
    epilog=helping.examples(
        "handouts check",
        "handouts check hip-replacement --strict",
        "handouts check --pemat hip-replacement",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_handouts)
@helping.option("--strict", is_flag=True, help="Exit with 3 for warnings as well as for errors.")
@helping.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="'github' prints annotations for a pull request.",
)
@helping.option(
    "--pemat",
    metavar="ID",
    shell_complete=complete_handouts,
    help="Print the PEMAT-P sheet of this handout instead.",
)
@JSON
@click.pass_context
def command(
    ctx: click.Context,
    /,
    ids: tuple[str, ...],
    strict: bool,
    style: str,
    pemat: str | None,
    as_json: bool,
) -> None:
    """Look the handouts named ID over, or all of them: reading level, words, structure, sources.

    Exits with 3 when there is an error to mend. Each rule is explained in docs/rules.md. A file
    that cannot be read at all ends every command; this one then says no more than that.
    """
    from generator.check import Severity, looked_at

    if pemat and (ids or style != "text"):
        raise click.UsageError("--pemat prints one handout's sheet: name no ID and no --format")
    if as_json and style != "text":
        raise click.UsageError("--json and --format are two forms of the result: choose one")
    settings: Settings = ctx.obj
    library = settings.load()
    on = looked_at(library, (pemat,) if pemat else ids)
    found = _look(settings, library, on, (pemat,) if pemat else ids)
    if pemat:
        _print_sheets(on, found, as_json)
        return
    _report(found, style, as_json)
    if not as_json:
        _summarise(settings, on, found)
    worst = max((finding.severity for finding in found), default=Severity.NOTE)
    if worst >= (Severity.WARNING if strict else Severity.ERROR):
        ctx.exit(ExitCode.CONTENT)


def _look(
    settings: Settings, library: Library, on: Looked, ids: tuple[str, ...]
) -> tuple[Finding, ...]:
    from generator.check import look_over
    from generator.review import board

    return look_over(on, board(library, settings.today(library), ids))


def _report(found: Sequence[Finding], style: str, as_json: bool) -> None:
    """The findings, on standard output."""
    if as_json:
        print_json([_entry(finding) for finding in found])
        return
    for finding in found:
        click.echo(finding.annotation if style == "github" else str(finding))


def _entry(finding: Finding) -> dict[str, Any]:
    keys = ("path", "line", "column", "rule", "message")
    return {"severity": finding.severity.word} | {key: getattr(finding, key) for key in keys}


def _summarise(settings: Settings, on: Looked, found: Sequence[Finding]) -> None:
    """What it came to, for the person at the terminal."""
    from generator.check import summary

    if found:
        settings.say("\n" + table(summary.RULE_COLUMNS, summary.by_rule(found)))
    settings.say("\n" + table(summary.HANDOUT_COLUMNS, summary.by_handout(on)))
    settings.say(f"\n{summary.in_words(found)}")


def _print_sheets(on: Looked, found: Sequence[Finding], as_json: bool) -> None:
    """One sheet for each language of the handout."""
    from generator.check import pemat

    said = [(handout, pemat.answers(on, handout, found)) for handout in on.handouts]
    if as_json:
        print_json([pemat.entry(handout, answers) for handout, answers in said])
        return
    click.echo("\n\n".join(pemat.sheet(handout, answers) for handout, answers in said))
