"""The options of ``handouts review approve`` and ``withdraw``."""

from __future__ import annotations

import click

from generator.cli.completing import complete_languages
from generator.cli.helping import SIGNER, option
from generator.cli.moment import Moment

BY = option("--by", required=True, metavar="NAME", section=SIGNER, help="Who signs.")
ROLE = option(
    "--role",
    required=True,
    metavar="ROLE",
    section=SIGNER,
    help="In what role, such as 'Orthopedic surgeon'.",
)
CREDENTIAL = option(
    "--credential",
    metavar="LETTERS",
    section=SIGNER,
    help="Letters after the name, such as MD.",
)
LANG = option(
    "--lang",
    metavar="LANGUAGE",
    section=SIGNER,
    shell_complete=complete_languages,
    help="The language; needed when there is more than one.",
)
ON = option(
    "--on",
    type=Moment(day_only=True),
    metavar="DATE",
    show_default="today",
    section=SIGNER,
    help="The day of signing, when it was signed on paper.",
)
YES = option("--yes", is_flag=True, help="Do not ask; for scripts.")
VALID_MONTHS = option(
    "--valid-months",
    type=click.IntRange(1, 36),
    metavar="N",
    show_default="the clinic's review interval",
    section=SIGNER,
    help="How many months it holds.",
)
NOTE = option("--note", metavar="TEXT", section=SIGNER, help="Kept with the entry.")
ONLY_LANG = option(
    "--lang",
    metavar="LANGUAGE",
    show_default="every language",
    section=SIGNER,
    shell_complete=complete_languages,
    help="Only this language.",
)
REASON = option(
    "--note",
    required=True,
    metavar="REASON",
    section=SIGNER,
    help="Why; recall lists show it.",
)
