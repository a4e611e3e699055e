"""The way of a roster: many plans through the same stages, then manifest and print run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from generator.assembly import PacketMaker
from generator.assembly.given import given
from generator.compose import Lock
from generator.errors import ExtraMissing, NoRun, PlanError, lacking
from generator.intake import Hands, Roster, Row, load_roster
from generator.library import Library, library_digest, refuse_inside
from generator.pipeline import Order, packet_maker, refuse_unsigned
from generator.recall import Printing
from generator.recall.earlier import flagged
from generator.recall.out import packets_out
from generator.recall.replaced import refuse_old_packets
from generator.review.old_words import refuse_old_words
from generator.run import (
    Batch,
    Job,
    Journal,
    Manifest,
    Range,
    Record,
    Setup,
    chosen_records,
    print_run,
    read_manifest,
    records_of,
    reprint,
    words_in,
    write_manifest,
)
from generator.run.batch import Report
from generator.run.manifest import JSON_NAME, PrintedFile

Sort = Literal["roster", "surgery_at", "family_name", "record_id", "location"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class RunOrder:
    """How a roster is to be run."""

    jobs: int
    resume: bool = False
    cluster: str | None = None
    allow_unreviewed: bool = False
    print_run: bool = False
    separators: bool = False
    sort: Sort = "roster"
    hands: Hands | None = None
    lock: Lock | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to."""

    folder: Path
    manifest: Manifest
    kept: int

    @property
    def failed(self) -> tuple[Record, ...]:
        """Rows without a packet: refused before layout, or failed in it."""
        return tuple(record for record in self.manifest.packets if record.status != "done")


def check(library: Library, file: Path, order: Order, run: RunOrder) -> tuple[Roster, PacketMaker]:
    """Validate every row and the sign-off of every handout, before a page is laid out.

    Raises :class:`PlanError` when there is no row that can be printed.
    """
    refuse_inside(library.layers, order.output)
    if run.cluster and lacking("distributed"):
        raise ExtraMissing("Dask is missing", "cluster")
    roster = load_roster(file, library, order.now, run.hands)
    if not roster.rows:
        raise PlanError(roster.problems)
    maker = packet_maker(library, order)
    refuse_unsigned((row.plan for row in roster.rows), maker, run.allow_unreviewed)
    return flagged(roster, order.register, library.clinic.name, order.on), maker


def batch(
    library: Library,
    file: Path,
    order: Order,
    run: RunOrder,
    report: Report,
    understood: Callable[[Roster], None] = lambda _: None,
) -> Ran:
    """Make every row's packet, then the manifest, and the print run when it is asked for.

    ``understood`` is told how the roster was read before the first page is laid out. Rows that
    are refused stand in the manifest as well; the others go on.
    """
    roster, maker = check(library, file, order, run)
    understood(roster)
    rows = roster.rows
    with closing(Journal(order.output, resume=run.resume)) as journal:
        reprints = _taken_back(order.output / JSON_NAME)
        digest = library_digest(library.folder)
        setup = Setup(library.folder, digest, order.cache.folder, maker.wanted, library.fallback)
        batch_run = Batch(order.output, journal, setup, run.jobs, run.cluster, run.lock)
        jobs = [_job(row, journal, maker, run.lock) for row in rows]
        key = order.register.key()
        packets = tuple(given(job.plan, job.id, key, maker) for job in jobs)
        printing = Printing(library.clinic.name, order.now, packets)
        noted = order.register.note(printing)
        outcome = batch_run.run(jobs, report)
        failed = {entry.id for entry in outcome.entries if entry.error}
        order.register.correct(noted, printing.without(failed))
        records, printed = records_of(roster, outcome, journal, maker), None
        if run.print_run:
            printed, records = _printed(rows, records, order, run, maker)
        manifest = Manifest(
            order.on.isoformat(), _digest(file), order.duplex, tuple(records), printed, reprints
        )
        write_manifest(order.output, manifest)
    return Ran(order.output, manifest, outcome.kept)


def print_again(
    library: Library, roster: Path, order: Order, wanted: Range, lock: Lock | None = None
) -> PrintedFile:
    """Print a part of a finished run a second time, marked as such, and note it."""
    refuse_inside(library.layers, order.output)
    manifest = read_manifest(order.output / JSON_NAME)
    if manifest.roster != _digest(roster):
        raise NoRun(
            order.output,
            f"this run was not made from {roster.name} as it is now; "
            "name the roster that it was made from",
        )
    chosen = chosen_records(order.output, manifest, wanted)
    refuse_old_words(library, words_in(chosen), order.on, str(wanted))
    out, ids = packets_out(order.register, library.clinic.name), [record.id for record in chosen]
    refuse_old_packets(out, ids, order.on, str(wanted))
    with closing(Journal(order.output, resume=True)):
        stamp = packet_maker(library, order).reprint_stamp
        made = reprint(order.output, manifest, wanted, order.on.isoformat(), stamp, lock)
        write_manifest(order.output, manifest.with_reprint(made))
    return made


def _job(row: Row, journal: Journal, maker: PacketMaker, lock: Lock | None) -> Job:
    code = journal.id_of(row.plan.model_dump_json())
    fingerprint = maker.fingerprint(row.plan) + journal.mark_of(lock)
    return Job(code, row.number, row.plan, fingerprint)


def _printed(
    rows: Sequence[Row], records: Sequence[Record], order: Order, run: RunOrder, maker: PacketMaker
) -> tuple[PrintedFile, list[Record]]:
    """Write the print run in the order asked for; the manifest stays in the roster's."""
    keys = {row.number: _sort_key(row, run.sort) for row in rows}
    printable = [record for record in records if record.row in keys]
    printed, placed = print_run(
        order.output,
        sorted(printable, key=lambda record: keys[record.row]),
        duplex=order.duplex,
        on=order.on.isoformat(),
        separators=maker.separators if run.separators else None,
        lock=run.lock,
    )
    by_id = {record.id: record for record in placed}
    return printed, [by_id.get(record.id, record) for record in records]


def _sort_key(row: Row, sort: Sort) -> tuple[str, int]:
    plan = row.plan
    keys = {
        "roster": "",
        "surgery_at": plan.surgery_at.isoformat(),
        "family_name": (plan.patient.family_name or plan.patient.full_name).casefold(),
        "record_id": plan.patient.record_id,
        "location": plan.location.casefold(),
    }
    return keys[sort], row.number


def _taken_back(file: Path) -> tuple[PrintedFile, ...]:
    """Remove the manifest of a run that goes on; the second copies that it noted stay noted."""
    if not file.exists():
        return ()
    reprints = read_manifest(file).reprints
    file.unlink()
    return reprints


def _digest(roster: Path) -> str:
    return hashlib.sha256(roster.read_bytes()).hexdigest()
