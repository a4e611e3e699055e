"""A part of a run printed a second time, and files sent to a printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.context import Settings, print_json, print_table
from generator.cli.print_gate import refuse_old

if TYPE_CHECKING:
    from generator.library import Library
    from generator.pipeline import Order


def print_sheets_again(
    settings: Settings, library: Library, roster: Path, order: Order, options: dict[str, Any]
) -> None:
    """Print the sheets or the row asked for again, marked as such."""
    from generator.batches import print_again
    from generator.library import shown
    from generator.run import Range

    wanted = Range(options["first"] or 0, options["last"] or 0, options["only"] or 0)
    made = print_again(library, roster, order, wanted, options["encrypt_to"])
    file = order.output / made.file
    if options["printer"]:
        send_all(settings, [file], options)
    if options["as_json"]:
        print_json({"file": shown(file), "sheets": made.sheets, "pages": made.pages})
    else:
        rows = [(made.what, str(made.sheets), str(made.pages), shown(file))]
        print_table(("REPRINT", "SHEETS", "PAGES", "FILE"), rows)


def send_all(settings: Settings, files: list[Path], options: dict[str, Any]) -> None:
    """Send files to the printer that the options name, if their pages may still be given out: a
    night is long, and somebody may have withdrawn words meanwhile."""
    from generator.library import shown
    from generator.run import Spool, send

    library, folder = settings.load(), shown(files[0].parent) if files else ""
    refuse_old(library, files, folder, settings.today(library))
    paper = library.clinic.paper
    spool = Spool(options["printer"], paper, options["duplex"], options["copies"])
    for file in files:
        send(file, file.stem, spool)
