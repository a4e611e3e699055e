"""Who makes the packets: processes of this machine, or a Dask cluster.

Either takes jobs and gives back, in any order, what became of each. A worker that dies takes
nothing with it but the job that it was at, and that comes back as :class:`Died`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import ForkServerProcess
from typing import Protocol

from generator.assembly import Packet
from generator.bounds import too_much
from generator.errors import ClusterError, ExitCode
from generator.run.worker import Failure, Job, Setup, make, serve

AHEAD = 2
"""Jobs that a worker has at once, so that it need not wait for the next one."""

FITS_THE_PIPE = 16_384
"""Bytes of a job that never block: a pipe holds 64 kB, and a worker may be busy answering."""


PATIENCE = 3
"""A packet is several renders; its worker may take so many times what one of them may."""

LOOK = 1.0
"""Seconds between two looks at the clock while all workers are busy."""


class Died(Exception):
    """The worker of a job was ended, by the system or by hand."""


class Jobs(Protocol):
    """What is still to be done; :meth:`take` gives the next job, or None when there is none."""

    def take(self) -> Job | None: ...
    def give_back(self, job: Job) -> None: ...


Answer = tuple[Job, Packet | Failure | Died]


class Crew(Protocol):
    """Workers of one kind or another."""

    def work(self, jobs: Jobs) -> Iterator[Answer]:
        """Do all jobs, also those that are given back meanwhile; answers as they come."""

    def stop(self) -> None:
        """Let the workers go at once."""


@dataclass(slots=True)
class _Worker:
    """A process with a pipe of its own: no lock is shared, so none can stay locked."""

    process: ForkServerProcess
    pipe: Connection
    has: deque[Job] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)
    overdue: bool = False


class _Pool:
    """Processes of this machine, forked from one that has everything loaded."""

    def __init__(self, setup: Setup, count: int) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["generator.run.preload"])
        self._setup = setup
        self._workers = [self._hired() for _ in range(count)]

    def work(self, jobs: Jobs) -> Iterator[Answer]:
        while True:
            for worker in self._workers:
                self._fill(worker, jobs)
            busy = {worker.pipe: worker for worker in self._workers if worker.has}
            if not busy:
                return
            for pipe in wait_for(list(busy), LOOK):
                worker = next(worker for at, worker in busy.items() if at is pipe)
                yield self._answer(worker, jobs)
            self._end_the_overdue()

    def stop(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def _end_the_overdue(self) -> None:
        """Kill workers that are at one packet for too long; what they had is answered for."""
        latest = time.monotonic() - PATIENCE * self._setup.bounds.seconds
        for worker in self._workers:
            if worker.has and worker.since < latest and not worker.pipe.poll():
                worker.overdue = True
                worker.process.kill()

    def _hired(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(self._setup, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _fill(self, worker: _Worker, jobs: Jobs) -> None:
        while len(worker.has) < AHEAD and (job := jobs.take()) is not None:
            content = pickle.dumps(job)
            if worker.has and len(content) > FITS_THE_PIPE:
                jobs.give_back(job)
                return
            if not worker.has:
                worker.since = time.monotonic()
            worker.has.append(job)
            with contextlib.suppress(OSError):  # it died; its answer will say so
                worker.pipe.send_bytes(content)

    def _answer(self, worker: _Worker, jobs: Jobs) -> Answer:
        job = worker.has.popleft()
        try:
            answer: Packet | Failure = worker.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            for waiting in worker.has:
                jobs.give_back(waiting)
            worker.pipe.close()
            worker.process.kill()
            worker.process.join()
            self._workers[self._workers.index(worker)] = self._hired()
            return job, self._why_it_died(worker)
        worker.since = time.monotonic()
        return job, answer

    def _why_it_died(self, worker: _Worker) -> Failure | Died:
        """A worker ends itself, or is ended, when a packet takes too much: no second try."""
        if worker.overdue or worker.process.exitcode == ExitCode.LAYOUT:
            return Failure(too_much(self._setup.bounds))
        return Died()


class _Cluster:
    """Workers of a Dask cluster. They have the library and the press; nothing else of ours."""

    def __init__(self, setup: Setup, address: str) -> None:
        from distributed import Client

        try:
            self._client = Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            why = f"{str(error) or type(error).__name__}. Is the scheduler running there?"
            raise ClusterError(address, why) from None
        self._count = sum(self._client.nthreads().values())
        if not self._count:
            self._client.close()
            raise ClusterError(address, "it has no workers. Start some with: dask worker")
        self._setup = setup
        self._executor = self._client.get_executor(pure=False, retries=2)

    def work(self, jobs: Jobs) -> Iterator[Answer]:
        running: dict[Future[Packet | Failure], Job] = {}
        while True:
            while len(running) < AHEAD * self._count and (job := jobs.take()) is not None:
                running[self._executor.submit(make, self._setup, job)] = job
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                yield job, Died() if future.exception() else future.result()

    def stop(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.close(timeout=2)


@contextmanager
def workers(setup: Setup, count: int, cluster: str | None) -> Iterator[Crew]:
    """Workers for a run; they are gone when it ends, however it ends."""
    crew: Crew = _Cluster(setup, cluster) if cluster else _Pool(setup, count)
    try:
        yield crew
    finally:
        crew.stop()
