"""``handouts plan``: print one patient's packet."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.build_command import report
from generator.cli.context import Settings
from generator.cli.options import JSON, OUTPUT


@click.command("plan", epilog="Example: handouts plan content/examples/plan.yaml -o out")
@click.argument("plan", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@OUTPUT
@click.option(
    "--allow-unreviewed",
    is_flag=True,
    help="Print words that no sign-off covers; the mark stays on every page.",
)
@JSON
@click.pass_obj
def command(
    settings: Settings, /, plan: Path, output: Path, allow_unreviewed: bool, as_json: bool
) -> None:
    """Print the packet of the patient whose plan is the file PLAN.

    The packet is the plan's own pages, then the handouts it names. The file's name says
    nothing about the patient.
    """
    from generator.pipeline import Order, packet

    library = settings.load()
    made = packet(library, plan, Order(output, settings.today(library)), allow_unreviewed)
    report([made], as_json)
