"""``handouts plan``: print one patient's packet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.build_command import report
from generator.cli.completing import complete_plans
from generator.cli.context import Settings
from generator.cli.options import (
    ALLOW_UNREVIEWED,
    DUPLEX,
    ENCRYPT_TO,
    FALLBACK,
    JSON,
    NO_CACHE,
    OUTPUT,
    cache_for,
)

if TYPE_CHECKING:
    from generator.compose import Lock


@helping.command(
    "plan",
    short_help="Print one patient's packet.",
    epilog=helping.examples(
        "handouts plan plan.yaml",
        "handouts plan plan.yaml --duplex -o ward-3",
        "handouts plan content/examples/plan.yaml --allow-unreviewed",
    ),
)
@click.argument(
    "plan",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    shell_complete=complete_plans,
)
@OUTPUT
@DUPLEX
@FALLBACK
@ALLOW_UNREVIEWED
@ENCRYPT_TO
@NO_CACHE
@JSON
@click.pass_obj
def command(
    settings: Settings,
    /,
    plan: Path,
    output: Path,
    duplex: bool,
    fallback: str | None,
    allow_unreviewed: bool,
    encrypt_to: Lock | None,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Print the packet of the patient whose plan is the file PLAN.

    The packet is the plan's own pages, then the handouts it names. The file's name says
    nothing about the patient.
    """
    from generator.pipeline import Order, packet

    library = settings.load(fallback)
    order = Order(output, settings.now(library), duplex=duplex, cache=cache_for(no_cache))
    made = packet(library, plan, order, allow_unreviewed, encrypt_to)
    report([made], as_json)
    for flag in made.flags:
        settings.say(f"look at the plan: {flag}")
