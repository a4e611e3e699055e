"""``handouts shred``: remove what was printed for patients some time ago."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON

if TYPE_CHECKING:
    from generator.run.shred import Old

_AGE = re.compile(r"(\d{1,4})([dhw])")
_SECONDS = {"h": 3_600, "d": 86_400, "w": 604_800}


def _age(_: click.Context, __: click.Parameter, text: str) -> int:
    found = _AGE.fullmatch(text)
    if not found:
        raise click.BadParameter(f"'{text}' is no age; write 7d, 12h or 2w")
    return int(found[1]) * _SECONDS[found[2]]


@helping.command(
    "shred",
    short_help="Remove what was printed for patients some time ago.",
    epilog=helping.examples("handouts shred out --older-than 7d"),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@helping.option(
    "--older-than",
    metavar="AGE",
    required=True,
    callback=_age,
    help="Days, hours or weeks since it was printed: 7d, 12h, 2w.",
)
@helping.option("--yes", is_flag=True, help="Do not ask.")
@JSON
@click.pass_obj
def command(settings: Settings, /, folder: Path, older_than: int, yes: bool, as_json: bool) -> None:
    """Remove the packets, print runs, manifests and journals in DIR that are older than AGE.

    It looks in DIR and in the folders in it, and touches only what this program wrote. Each
    file is written over once; what a disk or a backup keeps beside that is out of its reach.
    The register for recalls stays: it names records and no patients, and empties itself.
    """
    from generator.run.shred import found_in, shred

    old = list(found_in(folder, time.time() - older_than))
    if old and not yes:
        settings.say("\n".join(map(_line, old)))
        click.confirm("Remove these for good?", abort=True, err=True)
    removed = [(str(each.folder), _kind(each), shred(each)) for each in old]
    if as_json:
        print_json([{"folder": f, "what": kind, "files": count} for f, kind, count in removed])
    elif removed:
        print_table(("FOLDER", "WHAT", "REMOVED"), [(f, k, str(n)) for f, k, n in removed])
    else:
        click.echo("There is nothing so old.")


def _line(old: Old) -> str:
    return f"{old.folder}: {_kind(old)}, {len(old.files)} files"


def _kind(old: Old) -> str:
    return "run" if old.is_run else "single packets"
