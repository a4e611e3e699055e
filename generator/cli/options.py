"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.cache import Cache
    from generator.compose import Lock

OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="The folder to print into.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
NO_CACHE = click.option(
    "--no-cache", is_flag=True, help="Lay every page out anew; keep and use nothing."
)
ALLOW_UNREVIEWED = click.option(
    "--allow-unreviewed",
    is_flag=True,
    help="Print words that no sign-off covers; the mark stays on every page.",
)
FALLBACK = click.option(
    "--fallback",
    metavar="LANGUAGE",
    help="Print what is not written in a patient's language in this one, with a notice.",
)
DUPLEX = click.option(
    "--duplex", is_flag=True, help="For both sides of the paper: a packet ends on a back."
)
BOOKLET = click.option(
    "--booklet",
    is_flag=True,
    help="Two half pages on each side of the paper, to be folded in the middle.",
)
PRINTER = click.option("--printer", metavar="NAME", help="Send it to this CUPS queue.")
COPIES = click.option(
    "--copies", type=click.IntRange(1, 99), default=1, show_default=True, help="How many."
)
PREPARED_BY = click.option(
    "--prepared-by", metavar="NAME", help="Who prepared the plans, where the file does not say."
)
CHECKED_BY = click.option(
    "--checked-by", metavar="NAME", help="Who checked the plans, where the file does not say."
)
SHEET = click.option("--sheet", metavar="NAME", help="The sheet of a spreadsheet; else the first.")


def _lock(_: click.Context, __: click.Parameter, file: Path | None) -> Lock | None:
    from generator.compose.lock import read_lock

    return read_lock(file) if file else None


ENCRYPT_TO = click.option(
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
