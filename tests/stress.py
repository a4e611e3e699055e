"""``make stress``: kill a run at a random moment, resume it, and look at every packet; often.

Not a test of pytest's: it takes a quarter of an hour. It ends with 1 when anything is lost,
doubled, truncated or stale.
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
from pathlib import Path

import pikepdf

from tests.conftest import REPO
from tests.rosters import many


def main() -> int:
    """Kill and resume as often as asked; returns the number of runs that came out wrong."""
    parser = argparse.ArgumentParser(prog="stress")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  # moments, not secrets
    print(f"seed {options.seed}")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="stress-") as name:
        folder = Path(name) / "library"
        shutil.copytree(REPO / "tests" / "library", folder)
        shutil.copytree(REPO / "templates", folder / "templates")
        many(folder / "r.csv", options.rows)
        seconds = _whole_run(folder)
        for kill in range(1, options.kills + 1):
            after = chance.uniform(0, seconds)
            everybody = chance.random() < 0.5
            done = _killed(folder, after, everybody=everybody)
            ended = _command(folder, "--resume" if (folder / "run" / "journal").exists() else "")
            found = [
                *([f"resume ended with {ended}"] if ended else []),
                *_faults(folder, options.rows),
            ]
            wrong += bool(found)
            whom = "all" if everybody else "main"
            said = "; ".join(found) or "sound"
            print(f"{kill}: {whom} killed after {after:.1f} s, {done} done: {said}", flush=True)
            shutil.rmtree(folder / "run")
    print(f"{options.kills} kills, {wrong} runs came out wrong")
    return min(wrong, 1)


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


def _killed(folder: Path, after: float, *, everybody: bool) -> int:
    program = subprocess.Popen(
        _line(folder),
        cwd=folder,
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    if everybody:
        os.killpg(program.pid, signal.SIGKILL)
    else:
        program.kill()
    program.wait()
    return len(list((folder / "run" / "packets").glob("*.pdf")))


def _faults(folder: Path, rows: int) -> list[str]:
    """What is wrong with a finished run."""
    listed = json.loads((folder / "run" / "manifest.json").read_text())["packets"]
    files = {file.stem: file for file in (folder / "run" / "packets").iterdir()}
    faults = []
    if [packet["row"] for packet in listed] != list(range(1, rows + 1)):
        faults.append("rows are lost or doubled")
    if len({packet["id"] for packet in listed}) != rows or set(files) != {
        packet["id"] for packet in listed
    }:
        faults.append("files are lost or doubled")
    for packet in listed:
        content = files[packet["id"]].read_bytes()
        if hashlib.sha256(content).hexdigest() != packet["sha256"]:
            faults.append(f"row {packet['row']} is not what the manifest says")
        with pikepdf.open(files[packet["id"]]) as pdf:
            if len(pdf.pages) != packet["pages"]:
                faults.append(f"row {packet['row']} is truncated")
    return faults


if __name__ == "__main__":
    sys.exit(main())
