"""Bad days of a machine: each ends with a sentence and its exit code, and nothing half-written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import ExitCode
from tests.conftest import REPO, TODAY, Run
from tests.rosters import many
from tests.test_batch import BATCH, made, manifest, packets, sound, start, until

__all__ = ["start"]

Start = Callable[..., "subprocess.Popen[str]"]
PLAN = ("plan", "content/examples/plan.yaml", "--allow-unreviewed")


def test_sigterm_ends_a_run_as_ctrl_c_does(run: Run, folder: Path, start: Start) -> None:
    many(folder / "r.csv", 40)
    program = start()
    until(lambda: made(folder) >= 2)
    program.send_signal(signal.SIGTERM)
    _, said = program.communicate(timeout=20)
    assert program.returncode == 128 + signal.SIGTERM
    assert "each of them is whole. To go on, run the same command with --resume." in said
    assert not list((folder / "run").rglob(".*"))
    many(folder / "r.csv", 3)
    assert run(*BATCH, "--resume").code == ExitCode.OK
    sound(folder, 3)


def test_an_output_that_is_removed_during_a_run(folder: Path, start: Start) -> None:
    many(folder / "r.csv", 40)
    program = start()
    until(lambda: made(folder) >= 2)
    shutil.move(folder / "run", folder / "gone")
    shutil.rmtree(folder / "gone")
    _, said = program.communicate(timeout=60)
    assert program.returncode == ExitCode.OUTPUT
    assert "run: somebody removed it during the run; run the command again." in said
    assert not (folder / "run" / "manifest.json").exists()


def test_packets_that_are_removed_during_a_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder / "r.csv", 3)
    add = "generator.run.journal.Journal.add"
    from generator.run.journal import Entry, Journal

    note = Journal.add

    def add_and_remove(journal: Journal, entry: Entry) -> None:
        note(journal, entry)
        if entry.row == 1:
            (folder / "run" / "packets" / f"{entry.id}.pdf").unlink()

    monkeypatch.setattr(add, add_and_remove)
    ended = run(*BATCH)
    assert ended.code == ExitCode.OUTPUT
    assert "1 packets were removed during the run; run again with --resume" in ended.err
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert run(*BATCH, "--resume").code == ExitCode.OK
    sound(folder, 3)


def test_a_cache_without_space_costs_time_alone(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "cache"))
    many(folder / "r.csv", 2)
    assert run(*BATCH).code == ExitCode.OK
    sound(folder, 2)


def test_a_corrupt_fragment_is_laid_out_anew(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "cache"))
    many(folder / "r.csv", 2)
    run(*BATCH)
    before = packets(folder)
    entries = list((tmp_path / "cache").iterdir())
    for number, entry in enumerate(entries):
        entry.write_bytes(entry.read_bytes()[: number * 7] + b"\xff" * 40)
    assert entries
    for file in (folder / "run" / "packets").iterdir():
        file.unlink()
    assert run(*BATCH, "--resume").code == ExitCode.OK
    assert packets(folder) == before


def test_a_clock_that_is_set_back_changes_no_packet(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH)
    before = packets(folder)
    os.utime(folder / "run" / "journal", (0, 0))
    ended = run("--as-of", "2026-11-20", *BATCH, "--resume")
    assert ended.code == ExitCode.OK, ended.err
    assert packets(folder) == before
    assert manifest(folder)["made_on"] == "2026-11-20"


@pytest.mark.parametrize("arguments", [("list",), (*PLAN, "--json"), ("build", "--json")])
def test_results_that_nobody_reads_to_the_end(arguments: tuple[str, ...], folder: Path) -> None:
    line = [sys.executable, "-m", "generator", "--library", ".", "--as-of", TODAY.isoformat()]
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [*line, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert ended.returncode == ExitCode.OUTPUT
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


def test_the_two_writers_of_one_packet_do_not_mix(folder: Path, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "generator", "--library", ".", "--as-of", TODAY.isoformat()]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    both = [
        subprocess.Popen(
            [*line, *PLAN, "-o", str(tmp_path / "out")],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    assert [program.wait(60) for program in both] == [0, 0]
    (made_once,) = (tmp_path / "out").iterdir()
    assert made_once.read_bytes().rstrip().endswith(b"%%EOF")
