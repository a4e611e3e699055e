"""``handouts review``: where everything stands, who signed what, signing and withdrawing."""

from __future__ import annotations

import click

from generator.cli.review_board import calendar, log, status
from generator.cli.review_sign import approve, withdraw


@click.group("review", epilog="Example: handouts review status --due-within 60d")
def command() -> None:
    """Sign handouts off, take sign-offs back, and see where each stands."""


for subcommand in (status, approve, withdraw, log, calendar):
    command.add_command(subcommand)
