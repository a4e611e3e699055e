"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.completing import complete_languages, complete_printers
from generator.cli.helping import PAGES, PRINTER, ROSTER, WORDS, option

if TYPE_CHECKING:
    from generator.cache import Cache
    from generator.compose import Lock

OUTPUT = option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    metavar="DIR",
    help="The folder to print into.",
)
JSON = option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
NO_CACHE = option("--no-cache", is_flag=True, help="Lay every page out anew; keep and use nothing.")
ALLOW_UNREVIEWED = option(
    "--allow-unreviewed",
    is_flag=True,
    section=WORDS,
    help="Print words that no sign-off covers; the mark stays on every page.",
)
FALLBACK = option(
    "--fallback",
    metavar="LANGUAGE",
    section=WORDS,
    shell_complete=complete_languages,
    help="Print what is not written in a patient's language in this one, with a notice.",
)
PAPER = option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    show_default="the clinic's",
    section=PAGES,
    help="The size of the paper.",
)
DUPLEX = option(
    "--duplex",
    is_flag=True,
    section=PAGES,
    help="For both sides of the paper: a packet ends on a back.",
)
BOOKLET = option(
    "--booklet",
    is_flag=True,
    section=PAGES,
    help="Two half pages on each side of the paper, to be folded in the middle.",
)
TO_PRINTER = option(
    "--printer",
    metavar="NAME",
    section=PRINTER,
    shell_complete=complete_printers,
    help="Send it to this CUPS queue.",
)
COPIES = option(
    "--copies",
    type=click.IntRange(1, 99),
    default=1,
    metavar="N",
    section=PRINTER,
    help="How many.",
)
PREPARED_BY = option(
    "--prepared-by",
    metavar="NAME",
    section=ROSTER,
    help="Who prepared the plans, where the file does not say.",
)
CHECKED_BY = option(
    "--checked-by",
    metavar="NAME",
    section=ROSTER,
    help="Who checked the plans, where the file does not say.",
)
SHEET = option(
    "--sheet",
    metavar="NAME",
    show_default="the first",
    section=ROSTER,
    help="The sheet of a spreadsheet.",
)


def _lock(ctx: click.Context, _: click.Parameter, file: Path | None) -> Lock | None:
    if ctx.resilient_parsing:  # a TAB; nobody waits for a password
        return None
    from generator.compose.lock import read_lock

    return read_lock(file) if file else None


ENCRYPT_TO = option(
    "--encrypt-to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PASSWORD-FILE",
    callback=_lock,
    help="Lock what names patients with the password in this file's first line (AES-256).",
)


def cache_for(no_cache: bool) -> Cache:
    """The usual cache, or one that keeps nothing."""
    from generator.cache import Cache, usual_cache

    return Cache(None) if no_cache else usual_cache()
