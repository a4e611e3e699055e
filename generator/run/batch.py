"""A run: every packet that is not done yet, made by workers and written by one process.

The one process writes each packet whole, then notes it in the journal. So a killed worker
leaves nothing behind, and a killed run leaves a journal that tells where to go on.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

from generator.assembly import Packet
from generator.output import write_whole
from generator.run.journal import Entry, Journal
from generator.run.worker import Failure, Job, Setup
from generator.run.workers import Workers, workers

PACKETS = "packets"
AHEAD = 3
"""Jobs handed out for each worker: enough that none waits, few enough to hold in memory."""

TRIES = 2
"""A row whose worker was killed is tried once more; then it is the row that kills."""

Report = Callable[[int, int, int], None]
"""Told after each packet: how many are done, how many of them failed, how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: what each job came to, and how many packets were there already."""

    entries: tuple[Entry, ...]
    kept: int

    @property
    def failed(self) -> int:
        return sum(1 for entry in self.entries if entry.error)


@dataclass(slots=True)
class Batch:
    """One run into one folder."""

    folder: Path
    journal: Journal
    setup: Setup
    jobs: int
    cluster: str | None = None

    def run(self, wanted: Sequence[Job], report: Report) -> Outcome:
        """Make what is missing or stale, and leave what is right."""
        self._sweep({job.id for job in wanted})
        missing = [job for job in wanted if not self._stands(job)]
        kept = len(wanted) - len(missing)
        failed = 0
        report(kept, 0, len(wanted))
        if missing:
            with workers(self.setup, min(self.jobs, len(missing)), self.cluster) as crew:
                for done, entry in enumerate(self._made(missing, crew), start=kept + 1):
                    self.journal.add(entry)
                    failed += bool(entry.error)
                    report(done, failed, len(wanted))
        return Outcome(tuple(self.journal.entries[job.id] for job in wanted), kept)

    def file(self, id: str) -> Path:
        """Where a packet is."""
        return self.folder / PACKETS / f"{id}.pdf"

    def _made(self, missing: Iterable[Job], crew: Workers) -> Iterable[Entry]:
        waiting = deque((job, 1) for job in missing)
        running: dict[Future[Packet | Failure], tuple[Job, int]] = {}
        while waiting or running:
            while waiting and len(running) < AHEAD * crew.count:
                job, attempt = waiting.popleft()
                running[crew.submit(job)] = job, attempt
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job, attempt = running.pop(future)
                if future.exception() is not None and attempt < TRIES:
                    waiting.append((job, attempt + 1))
                else:
                    yield self._written(job, future)

    def _written(self, job: Job, future: Future[Packet | Failure]) -> Entry:
        if future.exception() is not None:
            message = "its worker was ended twice by the system, perhaps for want of memory"
            return Entry(job.id, job.row, job.fingerprint, error=message)
        made = future.result()
        if isinstance(made, Failure):
            return Entry(job.id, job.row, job.fingerprint, error=made.message)
        write_whole(self.file(job.id), made.pdf)
        digest = hashlib.sha256(made.pdf).hexdigest()
        return Entry(job.id, job.row, job.fingerprint, made.pages, made.own, digest)

    def _stands(self, job: Job) -> bool:
        """Whether a packet is there, whole, and made from what is there now."""
        entry = self.journal.entries.get(job.id)
        if entry is None or entry.error or entry.fingerprint != job.fingerprint:
            return False
        try:
            content = self.file(job.id).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == entry.sha256

    def _sweep(self, wanted: set[str]) -> None:
        """Remove what a killed run left half-written, and packets of rows that are no more."""
        folder = self.folder / PACKETS
        for half in folder.glob(".*"):
            half.unlink(missing_ok=True)
        for file in folder.glob("?" * 12 + ".pdf"):
            if file.stem not in wanted:
                file.unlink(missing_ok=True)
