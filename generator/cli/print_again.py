"""A part of a run printed a second time, and files sent to a printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.context import print_json, print_table

if TYPE_CHECKING:
    from generator.library import Library
    from generator.pipeline import Order


def print_sheets_again(
    library: Library, roster: Path, order: Order, options: dict[str, Any]
) -> None:
    """Print the sheets or the row asked for again, marked as such."""
    from generator.batches import print_again
    from generator.library import shown
    from generator.run import Range

    wanted = Range(options["first"] or 0, options["last"] or 0, options["only"] or 0)
    made = print_again(library, roster, order, wanted, options["encrypt_to"])
    file = order.output / made.file
    if options["printer"]:
        send_all(library, [file], options)
    if options["as_json"]:
        print_json({"file": shown(file), "sheets": made.sheets, "pages": made.pages})
    else:
        rows = [(made.what, str(made.sheets), str(made.pages), shown(file))]
        print_table(("REPRINT", "SHEETS", "PAGES", "FILE"), rows)


def send_all(library: Library, files: list[Path], options: dict[str, Any]) -> None:
    """Send files to the printer that the options name."""
    from generator.run import Spool, send

    paper = library.clinic.paper
    spool = Spool(options["printer"], paper, options["duplex"], options["copies"])
    for file in files:
        send(file, file.stem, spool)
