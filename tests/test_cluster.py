"""The same run on a Dask cluster: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import ExitCode
from tests.conftest import REPO, TODAY, Run
from tests.rosters import many
from tests.test_batch import packets, sound, until


class Cluster:
    """A scheduler and its workers on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.workers = folder, list[subprocess.Popen[bytes]]()
        file = folder / "scheduler.json"
        self._scheduler = self._start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        )
        until(file.exists)
        self.address = str(json.loads(file.read_text())["address"])

    def hire(self) -> None:
        self.workers.append(
            self._start(
                "worker",
                self.address,
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--local-directory",
                str(self._folder),
            )
        )

    def count(self) -> int:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return len(client.nthreads())

    def stop(self) -> None:
        for program in (*self.workers, self._scheduler):
            program.kill()
            program.wait()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
            env={**os.environ, "PYTHONPATH": str(REPO)},
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("dask"))
    running.hire()
    running.hire()
    until(lambda: running.count() == 2)
    yield running
    running.stop()


def command(folder: Path, cluster: Cluster) -> list[str]:
    line = [sys.executable, "-m", "generator", "--library", str(folder)]
    batch = ["batch", "r.csv", "-o", "run", "--allow-unreviewed", "--cluster", cluster.address]
    return [*line, "--as-of", TODAY.isoformat(), *batch]


def test_a_cluster_makes_the_run_and_a_killed_worker_loses_nothing(
    folder: Path, cluster: Cluster
) -> None:
    many(folder / "r.csv", 16)
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    with subprocess.Popen(command(folder, cluster), cwd=folder, env=environment) as program:
        until(lambda: len(list((folder / "run" / "packets").glob("*.pdf"))) >= 3)
        cluster.workers[0].kill()
        assert program.wait(120) == ExitCode.OK
    sound(folder, 16)
    assert len(packets(folder)) == 16


def test_a_worker_with_another_library_is_refused(
    run: Run, folder: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder / "r.csv", 1)
    monkeypatch.setattr("generator.batches.library_digest", lambda _: "another")
    ended = run("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--cluster", cluster.address)
    assert ended.code == ExitCode.PARTIAL
    assert "the library is not the one that the run began with" in ended.err


def test_an_address_where_nobody_listens(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    begun = time.monotonic()
    ended = run(
        "batch", "r.csv", "-o", "run", "--allow-unreviewed", "--cluster", "tcp://127.0.0.1:9"
    )
    assert ended.code == ExitCode.OUTPUT
    assert "the cluster at tcp://127.0.0.1:9 cannot be used" in ended.err
    assert "Is the scheduler running there?" in ended.err
    assert time.monotonic() - begun < 30
