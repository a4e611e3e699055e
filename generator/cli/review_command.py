"""``handouts review``: where everything stands, who signed what, signing and withdrawing."""

from __future__ import annotations

from generator.cli import helping
from generator.cli.review_board import calendar, log, status
from generator.cli.review_sign import approve, withdraw


@helping.group(
    "review",
    short_help="Sign words off, take sign-offs back, see what is due.",
    epilog=helping.examples(
        "handouts review status",
        "handouts review log hip-replacement",
    ),
)
def command() -> None:
    """Sign handouts off, take sign-offs back, and see where each stands."""


for subcommand in (status, approve, withdraw, log, calendar):
    command.add_command(subcommand)
