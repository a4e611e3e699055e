"""``handouts whatis``: which words a copy has, and whether they stand today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_copies
from generator.cli.context import Settings, print_json
from generator.cli.options import JSON
from generator.errors import ExitCode

if TYPE_CHECKING:
    from generator.model import SignOff
    from generator.review.whatis import Known
    from generator.signoff import WordsCode


@helping.command(
    "whatis",
    short_help="Say which words a copy has, and whether they stand today.",
    epilog=helping.examples("handouts whatis scan.pdf", "handouts whatis photo.jpg --json"),
)
@click.argument("copy", metavar="FILE|CODE", shell_complete=complete_copies)
@JSON
@click.pass_context
def command(ctx: click.Context, /, copy: str, as_json: bool) -> None:
    """Say which words a copy has, and whether they may still be followed.

    FILE is a PDF of ours, a scan or a photograph (PDF, PNG, JPEG, TIFF) of the last page of a
    handout; CODE is what stands there beside the square code. Exits with 5 when any of it does
    not stand today.
    """
    from generator.review.whatis import what_is

    settings: Settings = ctx.obj
    codes = tuple(_codes(copy))
    library = settings.load()
    found = [what_is(library, code, settings.today(library)) for code in codes]
    if as_json:
        print_json([_as_data(known) for known in found])
    else:
        click.echo("\n\n".join("\n".join(_lines(known)) for known in found))
    if not all(known.stands for known in found):
        ctx.exit(ExitCode.SIGN_OFF)


def _codes(copy: str) -> Iterator[WordsCode]:
    from generator.library import shown
    from generator.signoff import NoWordsCode, read_words_code

    file = Path(copy)
    if file.is_file():
        from generator.compose.read_codes import codes_in

        yield from map(read_words_code, codes_in(file, shown(file)))
        return
    try:
        yield read_words_code(copy)
    except NoWordsCode as error:
        message = f"'{copy}' is no file, and no code: {error}."
        raise click.BadParameter(message, param_hint="FILE|CODE") from None


def _lines(known: Known) -> Iterator[str]:
    code = known.code
    title = known.handout.title if known.handout else code.handout
    yield f"{title} ({code.handout}, {code.language}), version {code.version}"
    for entry in known.approvals:
        yield f"  Signed by {_person(entry)}, on {entry.on}."
    yield f"  {known.verdict}"


def _person(entry: SignOff) -> str:
    return ", ".join(filter(None, (entry.by, entry.credential, entry.role)))


def _as_data(known: Known) -> dict[str, Any]:
    code, now, withdrawn = known.code, known.now, known.withdrawn
    return {
        "code": str(code),
        "handout": code.handout,
        "version": code.version,
        "language": code.language,
        "known": known.handout is not None,
        "current": known.current,
        "stands": known.stands,
        "state": str(now.state) if now and known.current else None,
        "due": now.due.isoformat() if now and now.due and known.current else None,
        "signed": [
            {"by": e.by, "credential": e.credential, "role": e.role, "on": e.on.isoformat()}
            for e in known.approvals
        ],
        "withdrawn": (
            {"by": withdrawn.by, "on": withdrawn.on.isoformat(), "note": withdrawn.note}
            if withdrawn
            else None
        ),
        "verdict": known.verdict,
    }
