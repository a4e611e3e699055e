"""Who makes the packets: processes of this machine, or a Dask cluster.

Both are executors of :mod:`concurrent.futures`, so a run does not know the difference.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Protocol

from generator.assembly import Packet
from generator.errors import ClusterError, MachineError
from generator.run.worker import Failure, Job, Setup, make, prepare


class Workers(Protocol):
    """A number of workers at once, and the way to hand one of them a job."""

    count: int

    def submit(self, job: Job) -> Future[Packet | Failure]:
        """Have one of them make a packet."""


class _Pool:
    """Processes of this machine. One that is killed takes no other's work with it."""

    def __init__(self, setup: Setup, count: int) -> None:
        from pebble import ProcessPool

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["generator.run.preload"])
        self.count, self._setup = count, setup
        self._pool = ProcessPool(
            max_workers=count, initializer=prepare, initargs=(setup,), context=context
        )

    def submit(self, job: Job) -> Future[Packet | Failure]:
        future: Future[Packet | Failure] = self._pool.schedule(make, args=(self._setup, job))
        return future

    def stop(self) -> None:
        self._pool.stop()
        self._pool.join(2)


class _Cluster:
    """Workers of a Dask cluster. They have the library and the press; nothing else of ours."""

    def __init__(self, setup: Setup, address: str) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError:
            cure = "Install it with: pip install 'handout-press[cluster]'"
            raise MachineError("Dask is missing", cure) from None
        try:
            self._client = Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            why = f"{str(error) or type(error).__name__}. Is the scheduler running there?"
            raise ClusterError(address, why) from None
        cores = sum(self._client.nthreads().values())
        if not cores:
            raise ClusterError(address, "it has no workers. Start some with: dask worker")
        self.count, self._setup = cores, setup
        self._executor = self._client.get_executor(pure=False, retries=2)

    def submit(self, job: Job) -> Future[Packet | Failure]:
        future: Future[Packet | Failure] = self._executor.submit(make, self._setup, job)
        return future

    def stop(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.close(timeout=2)


@contextmanager
def workers(setup: Setup, count: int, cluster: str | None) -> Iterator[Workers]:
    """Workers for a run; they are gone when it ends, however it ends."""
    crew = _Cluster(setup, cluster) if cluster else _Pool(setup, count)
    try:
        yield crew
    finally:
        crew.stop()
