"""``make stress``: every fault many times over, each run resumed, and every packet looked at.

Not a test of pytest's: it takes a quarter of an hour. It ends with a table: fault, times tried,
and what was lost, doubled, half-written or leaked; with 1 when anything but the tries is not 0.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import psutil

from tests.conftest import REPO
from tests.proof import leaks, roster

SMALL = "size=400k"


@dataclass
class Row:
    """One line of the table."""

    fault: str
    tried: int = 0
    lost: int = 0
    doubled: int = 0
    half_written: int = 0
    leaked: int = 0

    @property
    def wrong(self) -> int:
        return self.lost + self.doubled + self.half_written + self.leaked


Fault = Callable[[Path, float], None]
"""Begins a run in a folder, and spoils it after so many seconds."""


def main() -> int:
    """Try every fault as often as asked, then the wrong-patient proof; 1 if any came out wrong."""
    parser = argparse.ArgumentParser(prog="stress")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--patients", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  # moments, not secrets
    print(f"seed {options.seed}")
    table = [Row(name) for name in FAULTS]
    with tempfile.TemporaryDirectory(prefix="stress-") as name:
        folder = Path(name) / "library"
        shutil.copytree(REPO / "tests" / "library", folder)
        shutil.copytree(REPO / "templates", folder / "templates")
        roster(folder / "r.csv", options.rows)
        seconds = _whole_run(folder)
        for number in range(options.kills):
            row = table[number % len(table)]
            after = chance.uniform(0, seconds)
            FAULTS[row.fault](folder, after)
            done = len(list((folder / "run" / "packets").glob("*.pdf")))
            row.half_written += _halves(folder)
            _resume(folder, row)
            _account(folder, options.rows, row)
            print(f"{row.fault} after {after:.1f} s, {done} done: {row}", flush=True)
            _unmount(folder)
            shutil.rmtree(folder / "run", ignore_errors=True)
        table.append(_proof(folder, options.patients))
    _show(table)
    return min(sum(row.wrong for row in table), 1)


def _show(table: list[Row]) -> None:
    names = ("FAULT", "TRIED", "LOST", "DOUBLED", "HALF WRITTEN", "LEAKED")
    print(f"\n{names[0]:44}" + "".join(f"{name:>14}" for name in names[1:]))
    for row in table:
        figures = (row.tried, row.lost, row.doubled, row.half_written, row.leaked)
        print(f"{row.fault:44}" + "".join(f"{figure:14}" for figure in figures))


def _proof(folder: Path, patients: int) -> Row:
    """One run with print run, duplex and separators; every word of every page is looked at."""
    row = Row(f"wrong patient, in {patients:,} packets", tried=patients)
    roster(folder / "r.csv", patients)
    more = ("--print-run", "--separators", "--duplex", "--sort", "family_name")
    row.lost += bool(_command(folder, *more))
    for leak in leaks(folder / "run"):
        print(leak)
        row.leaked += 1
    return row


def _resume(folder: Path, row: Row) -> None:
    row.tried += 1
    code = _command(folder, "--resume" if (folder / "run" / "journal").exists() else "")
    if code:
        print(f"resume ended with {code}")
        row.lost += 1


def _account(folder: Path, rows: int, row: Row) -> None:
    """Count what is wrong with a finished run."""
    file = folder / "run" / "manifest.json"
    listed = json.loads(file.read_text())["packets"] if file.exists() else []
    files = {file.stem: file for file in (folder / "run" / "packets").glob("*.pdf")}
    numbers = [packet["row"] for packet in listed]
    ids = {packet["id"] for packet in listed}
    row.lost += len(set(range(1, rows + 1)) - set(numbers)) + len(ids - set(files))
    row.doubled += len(numbers) - len(set(numbers)) + len(set(files) - ids)
    row.half_written += _halves(folder)
    for packet in listed:
        if packet["id"] not in files or not _whole(files[packet["id"]], packet):
            row.half_written += 1
    row.leaked += len(list(leaks(folder / "run"))) if listed else 0


def _whole(file: Path, packet: dict[str, object]) -> bool:
    if hashlib.sha256(file.read_bytes()).hexdigest() != packet["sha256"]:
        return False
    with pikepdf.open(file) as pdf:
        return len(pdf.pages) == packet["pages"]


def _halves(folder: Path) -> int:
    """Packets under their final name that are no whole PDF."""
    files = (folder / "run" / "packets").glob("*.pdf")
    return sum(not file.read_bytes().rstrip().endswith(b"%%EOF") for file in files)


def _line(folder: Path, *more: str) -> list[str]:
    batch = ("batch", "r.csv", "-o", "run", "--allow-unreviewed")
    line = [sys.executable, "-m", "generator", "--library", str(folder), "--as-of", "2026-11-23"]
    return [*line, *batch, *filter(None, more)]


def _environment(folder: Path) -> dict[str, str]:
    own = {name: str(folder.parent / name) for name in ("cache", "register")}
    places = {"HANDOUTS_CACHE": own["cache"], "HANDOUTS_REGISTER": own["register"]}
    return {**os.environ, **places, "PYTHONPATH": str(REPO)}


def _command(folder: Path, *more: str) -> int:
    ended = subprocess.run(
        _line(folder, *more),
        cwd=folder,
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return ended.returncode


def _whole_run(folder: Path) -> float:
    begun = time.monotonic()
    assert _command(folder) == 0
    shutil.rmtree(folder / "run")
    return time.monotonic() - begun


def _begun(folder: Path, after: float) -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        _line(folder),
        cwd=folder,
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    return program


def _main_killed(folder: Path, after: float) -> None:
    program = _begun(folder, after)
    program.kill()
    program.wait()


def _all_killed(folder: Path, after: float) -> None:
    program = _begun(folder, after)
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def _worker_killed(folder: Path, after: float) -> None:
    program = _begun(folder, after)
    for child in psutil.Process(program.pid).children(recursive=True):
        if not child.children():
            child.kill()
            break
    program.wait()


def _asked_to_stop(folder: Path, after: float) -> None:
    program = _begun(folder, after)
    program.terminate()
    program.wait()


def _removed(folder: Path, after: float) -> None:
    program = _begun(folder, after)
    if (folder / "run").exists():
        (folder / "run").rename(folder / "gone")
        shutil.rmtree(folder / "gone", ignore_errors=True)
    program.wait()


def _disk_full(folder: Path, _: float) -> None:
    """On a small file system of its own; where nobody may mount, an ordinary run."""
    (folder / "run").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", SMALL, "tmpfs", str(folder / "run")]
    subprocess.run(mount, check=False, capture_output=True)
    _begun(folder, 0).wait()
    subprocess.run(
        ["mount", "-o", "remount,size=500m", str(folder / "run")], check=False, capture_output=True
    )


def _unmount(folder: Path) -> None:
    if (folder / "run").is_mount():
        subprocess.run(["umount", str(folder / "run")], check=True)


FAULTS: dict[str, Fault] = {
    "main process killed": _main_killed,
    "all processes killed": _all_killed,
    "one worker killed": _worker_killed,
    "asked to stop (SIGTERM)": _asked_to_stop,
    "output removed": _removed,
    "disk full": _disk_full,
}


if __name__ == "__main__":
    sys.exit(main())
