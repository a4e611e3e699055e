"""``handouts print``: send a PDF, or a handout, to a printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.completing import complete_languages, complete_printable, complete_printers
from generator.cli.context import Settings, print_json
from generator.cli.options import BOOKLET, COPIES, DUPLEX, JSON, PAPER
from generator.cli.print_gate import refuse_old
from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.library import Library
    from generator.model import Paper
    from generator.pipeline import Order

BOOKLET_FILE = ".booklet.pdf"
"""How the names of files end in which two pages are on each side."""


@helping.command(
    "print",
    short_help="Send a file or a handout to a printer.",
    epilog=helping.examples(
        "handouts print hip-replacement --printer Ward3 --duplex",
        "handouts print tonight/print-run.pdf --printer Ward3 --copies 2",
    ),
)
@click.argument("what", metavar="PDF|ID", shell_complete=complete_printable)
@helping.option(
    "--printer",
    metavar="NAME",
    required=True,
    section=helping.PRINTER,
    shell_complete=complete_printers,
    help="The CUPS queue; 'lpstat -e' lists them.",
)
@helping.option(
    "--lang",
    metavar="LANGUAGE",
    show_default="the handout's first",
    section=helping.WORDS,
    shell_complete=complete_languages,
    help="The handout's language.",
)
@PAPER
@DUPLEX
@BOOKLET
@COPIES
@JSON
@click.pass_obj
def command(
    settings: Settings,
    /,
    what: str,
    printer: str,
    lang: str | None,
    paper: Paper | None,
    duplex: bool,
    booklet: bool,
    copies: int,
    as_json: bool,
) -> None:
    """Send a PDF file, or the handout named ID, to a printer's queue.

    A booklet, also one in a file that build made, is printed on both sides and turned over its
    short edge.

    The job is named after the file or the handout, never after a patient.
    """
    from generator.pipeline import Order
    from generator.private import scratch_folder
    from generator.run import Spool, send

    library = settings.load()
    folded = booklet or what.endswith(BOOKLET_FILE)
    spool = Spool(printer, paper or library.clinic.paper, duplex, copies, folded)
    with scratch_folder() as folder:
        order = Order(folder, settings.now(library), paper, booklet=booklet)
        if what.endswith(".pdf"):
            file = Path(what)
            _refuse(settings, library, file)
        else:
            file = _built(library, what, lang, order)
        job = send(file, file.stem, spool)
    if as_json:
        print_json({"job": job, "printer": printer})
    else:
        click.echo(f"{what}: sent to {printer} as {job}")


def _refuse(settings: Settings, library: Library, file: Path) -> None:
    """A file that is not there, or whose pages are not to be given out any more."""
    from generator.library import shown

    name = shown(file)
    if not file.is_file():
        listed = ", ".join(library.ids())
        raise UsageError(f"{name} is no file. Name a PDF, or one of: {listed}.")
    if not refuse_old(library, [file], name, settings.today(library)):
        settings.say(
            f"handouts: {name} does not say which words it has; whether they stand is not known."
        )


def _built(library: Library, name: str, lang: str | None, order: Order) -> Path:
    from generator.pipeline import build

    language = lang or library.languages(name)[0]
    return next(build(library, [(name, language)], order)).path
