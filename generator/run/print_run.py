"""The one file that a printing room gets: all packets in order, and ranges of it again.

No sheet ever holds two patients: with ``duplex`` every packet ends on a back, if need be an
empty one, which the packet itself brings along.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from generator.compose import Lock, PrintRun, opened
from generator.errors import NoRun
from generator.output import whole_file, write_whole
from generator.press import Printed
from generator.run.batch import PACKETS
from generator.run.manifest import Manifest, PrintedFile, Record, words_in
from generator.run.verify import verify

NAME = "print-run.pdf"
SEPARATORS_AT_ONCE = 50

Separators = Callable[[Sequence[tuple[str, int]]], Printed]
"""Lays out a separator sheet for each (packet id, pages)."""


@dataclass(frozen=True, slots=True)
class Range:
    """What to print again: sheets of the print run from first to last, or one row's packet."""

    first: int = 0
    last: int = 0
    row: int = 0

    def __str__(self) -> str:
        return f"row {self.row}" if self.row else f"sheets {self.first} to {self.last}"


def print_run(
    folder: Path,
    records: Sequence[Record],
    *,
    duplex: bool,
    on: str,
    separators: Separators | None = None,
    lock: Lock | None = None,
) -> tuple[PrintedFile, tuple[Record, ...]]:
    """Write the print run of the packets that are done, in the order given.

    Returns the file, and the records with the sheets that each packet has in it.
    """
    done = [record for record in records if record.status == "done"]
    sides, placed, sheets = 2 if duplex else 1, [], 0
    path = folder / NAME
    with _file(path, lock) as stream:
        run = PrintRun(stream, "Print run", words_in(done), [record.id for record in done])
        for record, sheet in zip(done, _separators(done, separators), strict=True):
            if sheet is not None:
                run.add(sheet[0].pdf, range(sheet[1], sheet[1] + 1))
                if duplex:
                    run.add_empty_back()
                sheets += 1
            run.add(_packet(folder, record, lock))
            own = record.pages // sides
            placed.append(replace(record, sheets=(sheets + 1, sheets + own)))
            sheets += own
        run.finish()
    return PrintedFile(NAME, _digest(path), sheets, run.pages, on), tuple(placed)


def reprint(
    folder: Path,
    manifest: Manifest,
    wanted: Range,
    on: str,
    stamp: Callable[[str], Printed],
    lock: Lock | None = None,
) -> PrintedFile:
    """Write a range once more, each page marked with the day; ``stamp`` by language.

    Raises :class:`NoRun` when there is no such range, or a packet is not as it was.
    """
    chosen = _chosen(folder, manifest, wanted)
    records = [record for record, _ in chosen]
    ids = [record.id for record in records]
    for what in verify(folder, manifest):
        if any(f"/{name}.pdf" in what for name in ids):
            raise NoRun(folder, what)
    name = f"reprint-{len(manifest.reprints) + 1}.pdf"
    sides = 2 if manifest.duplex else 1
    with _file(folder / name, lock) as stream:
        run = PrintRun(stream, f"Reprint, {wanted}", words_in(records), ids)
        for record, pages in chosen:
            run.add(_packet(folder, record, lock), pages, stamp(record.language))
        run.finish()
    return PrintedFile(name, _digest(folder / name), run.pages // sides, run.pages, on, str(wanted))


def chosen_records(folder: Path, manifest: Manifest, wanted: Range) -> tuple[Record, ...]:
    """The packets of which a range has sheets; raises :class:`NoRun` when there is none."""
    return tuple(record for record, _ in _chosen(folder, manifest, wanted))


def _packet(folder: Path, record: Record, lock: Lock | None) -> bytes:
    name = f"{PACKETS}/{record.id}.pdf"
    return opened(name, (folder / name).read_bytes(), lock)


@contextmanager
def _file(path: Path, lock: Lock | None) -> Iterator[BinaryIO]:
    """A file to write pages to; one that is locked is in memory until it is."""
    if lock is None:
        with whole_file(path) as stream:
            yield stream
        return
    pages = io.BytesIO()
    yield pages
    write_whole(path, lock.locked(pages.getvalue()))


def _chosen(folder: Path, manifest: Manifest, wanted: Range) -> list[tuple[Record, range]]:
    done = [record for record in manifest.packets if record.status == "done"]
    if wanted.row:
        rows = [record for record in done if record.row == wanted.row]
        if not rows:
            raise NoRun(folder, f"there is no packet of row {wanted.row}; the manifest lists them")
        return [(rows[0], range(rows[0].pages))]
    if manifest.print_run is None:
        raise NoRun(folder, "there is no print run yet; make it with --resume --print-run")
    if not 1 <= wanted.first <= wanted.last <= manifest.print_run.sheets:
        last = manifest.print_run.sheets
        raise NoRun(folder, f"the print run has sheets 1 to {last}; --from and --to lie outside")
    chosen = list(_in_range(done, wanted, 2 if manifest.duplex else 1))
    if not chosen:
        why = "has separator sheets alone; give sheets of packets as well"
        raise NoRun(folder, f"what lies from --from to --to {why}")
    return chosen


def _in_range(done: Sequence[Record], wanted: Range, sides: int) -> Iterator[tuple[Record, range]]:
    """The packets with sheets in a range, and their pages there."""
    ordered = sorted((record for record in done if record.sheets), key=lambda r: r.sheets or ())
    for record in ordered:
        first, last = record.sheets or (0, 0)
        begin, end = max(first, wanted.first), min(last, wanted.last)
        if begin <= end:
            yield record, range((begin - first) * sides, (end - first + 1) * sides)


def _separators(
    done: Sequence[Record], make: Separators | None
) -> Iterator[tuple[Printed, int] | None]:
    """Each packet's separator sheet: a file and the page in it."""
    waiting = iter(done)
    while some := list(islice(waiting, SEPARATORS_AT_ONCE)):
        if make is None:
            yield from [None] * len(some)
        else:
            printed = make([(record.id, record.pages) for record in some])
            yield from ((printed, index) for index in range(len(some)))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
