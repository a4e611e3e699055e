"""What a run came to, for a program or for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.context import print_json, print_table

if TYPE_CHECKING:
    from generator.batches import Ran


def files_to_print(ran: Ran) -> list[Path]:
    """The print run, or every packet where there is none."""
    from generator.run.batch import PACKETS

    if ran.manifest.print_run:
        return [ran.folder / ran.manifest.print_run.file]
    done = (record for record in ran.manifest.packets if record.status == "done")
    return [ran.folder / PACKETS / f"{record.id}.pdf" for record in done]


def report_run(ran: Ran, as_json: bool) -> None:
    """Print the run's figures and where its files are."""
    from generator.library import shown
    from generator.run.batch import PACKETS
    from generator.run.manifest import JSON_NAME

    manifest = ran.manifest
    made = len(manifest.packets) - len(ran.failed)
    printed = ran.folder / manifest.print_run.file if manifest.print_run else None
    if as_json:
        print_json(
            {
                "packets": made,
                "failed": len(ran.failed),
                "kept": ran.kept,
                "pages": sum(record.pages for record in manifest.packets),
                "sheets": manifest.print_run.sheets if manifest.print_run else None,
                "manifest": shown(ran.folder / JSON_NAME),
                "print_run": shown(printed) if printed else None,
            }
        )
        return
    pages = sum(record.pages for record in manifest.packets)
    counts = (str(made), str(ran.kept), str(len(ran.failed)), str(pages))
    rows = [(*counts, "-", shown(ran.folder / PACKETS))]
    if printed and manifest.print_run:
        rows = [(*counts, str(manifest.print_run.sheets), shown(printed))]
    print_table(("PACKETS", "KEPT", "FAILED", "PAGES", "SHEETS", "WHERE"), rows)
