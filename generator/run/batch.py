"""A run: every packet that is not done yet, made by workers and written by one process.

The one process writes each packet whole, then notes it in the journal. So a killed worker
leaves nothing behind, and a killed run leaves a journal that tells where to go on.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.assembly import Packet
from generator.compose import Lock
from generator.errors import NoRun
from generator.output import sweep_halves, write_whole
from generator.run.journal import Entry, Journal
from generator.run.worker import Failure, Job, Setup
from generator.run.workers import Crew, Died, workers

PACKETS = "packets"
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


class _Queue:
    """Jobs in their order, and those again whose worker died, a limited number of times."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._waiting = deque(jobs)
        self._tried: Counter[str] = Counter()

    def take(self) -> Job | None:
        return self._waiting.popleft() if self._waiting else None

    def give_back(self, job: Job) -> None:
        self._waiting.appendleft(job)

    def again(self, job: Job) -> bool:
        """Queue a job once more; False when it has had all its tries."""
        self._tried[job.id] += 1
        if self._tried[job.id] < TRIES:
            self._waiting.append(job)
        return self._tried[job.id] < TRIES


@dataclass(slots=True)
class Batch:
    """One run into one folder."""

    folder: Path
    journal: Journal
    setup: Setup
    jobs: int
    cluster: str | None = None
    lock: Lock | None = None

    def run(self, wanted: Sequence[Job], report: Report) -> Outcome:
        """Make what is missing or stale, and leave what is right."""
        self._refuse_another_roster(wanted)
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
        outcome = Outcome(tuple(self.journal.entries[job.id] for job in wanted), kept)
        self._refuse_gaps(outcome)
        return outcome

    def _refuse_gaps(self, outcome: Outcome) -> None:
        """A manifest lists no packet that somebody removed while the run was going on."""
        gone = [e for e in outcome.entries if not e.error and not self.file(e.id).exists()]
        if gone:
            why = f"{len(gone)} packets were removed during the run; run again with --resume"
            raise NoRun(self.folder, why)

    def file(self, id: str) -> Path:
        """Where a packet is."""
        return self.folder / PACKETS / f"{id}.pdf"

    def _made(self, missing: Sequence[Job], crew: Crew) -> Iterator[Entry]:
        queue = _Queue(missing)
        for job, answer in crew.work(queue):
            if not isinstance(answer, Died):
                yield self._written(job, answer)
            elif not queue.again(job):
                message = "its worker was ended twice by the system, perhaps for want of memory"
                yield Entry(job.id, job.row, job.fingerprint, error=message)

    def _written(self, job: Job, made: Packet | Failure) -> Entry:
        if isinstance(made, Failure):
            return Entry(job.id, job.row, job.fingerprint, error=made.message)
        pdf = self.lock.locked(made.pdf) if self.lock else made.pdf
        write_whole(self.file(job.id), pdf)
        digest = hashlib.sha256(pdf).hexdigest()
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

    def _refuse_another_roster(self, wanted: Sequence[Job]) -> None:
        """Packets of rows that are gone are removed; of a run without one row left, none."""
        known = self.journal.entries
        if known and not any(job.id in known for job in wanted):
            why = "not one row of this roster is of the run in it; choose another folder with -o"
            raise NoRun(self.folder, why)

    def _sweep(self, wanted: set[str]) -> None:
        """Remove what a killed run left half-written, and packets of rows that are no more."""
        sweep_halves(self.folder)
        folder = self.folder / PACKETS
        for half in folder.glob(".*"):
            half.unlink(missing_ok=True)
        for file in folder.glob("?" * 12 + ".pdf"):
            if file.stem not in wanted:
                file.unlink(missing_ok=True)
