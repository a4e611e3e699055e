"""``handouts doctor``: is everything here that printing needs, and if not, what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON
from generator.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.doctor import Finding


@helping.command(
    "doctor",
    short_help="Say what this machine lacks, and what to do about it.",
    epilog=helping.examples("handouts doctor", "handouts doctor --json"),
)
@JSON
@click.pass_context
def command(ctx: click.Context, /, as_json: bool) -> None:
    """Say what this machine has and lacks, and how to mend it.

    What is optional may lack: everything else works without it. Exits with 8 when something
    that printing needs has to be mended.
    """
    from generator.doctor import examine

    settings: Settings = ctx.obj
    findings = list(examine(settings.load, _source(ctx), datetime.now(UTC)))
    if as_json:
        print_json([_as_data(finding) for finding in findings])
    else:
        print_table(("WHAT", "STATE", "FOUND, AND WHAT TO DO"), list(_rows(findings)))
        settings.say(f"\n{_in_words(findings)}")
    if not all(finding.ok for finding in findings):
        ctx.exit(ExitCode.OUTPUT)


def _source(ctx: click.Context) -> str:
    """Who said which library it is."""
    return {
        ParameterSource.COMMANDLINE: "named by --library",
        ParameterSource.ENVIRONMENT: "named by HANDOUTS_LIBRARY",
    }.get(
        ctx.find_root().get_parameter_source("library") or ParameterSource.DEFAULT,
        "the one that came with the program",
    )


def _rows(findings: Sequence[Finding]) -> Iterator[tuple[str, str, str]]:
    """A row for each finding; what to do has one of its own, to be copied."""
    for finding in findings:
        yield finding.what, finding.state, finding.found
        if finding.cure:
            yield "", "", f"→ {finding.cure}"


def _in_words(findings: Sequence[Finding]) -> str:
    wrong = sum(not finding.ok for finding in findings)
    if wrong:
        return f"{wrong} to mend: do what the line says, and run 'handouts doctor' again."
    return "Everything that printing needs is here."


def _as_data(finding: Finding) -> dict[str, object]:
    keys = ("what", "ok", "found", "cure", "optional")
    return {key: getattr(finding, key) for key in keys}
