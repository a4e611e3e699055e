"""Shredding removes what was printed for patients, in time, and nothing that is not ours."""

from __future__ import annotations

import fcntl
import io
import json
import os
import time
from pathlib import Path

import pytest

from generator.errors import ExitCode
from tests.conftest import Run
from tests.rosters import many
from tests.test_batch import BATCH

DAY = 86_400
SHRED = ("shred", ".", "--older-than", "7d")


@pytest.fixture
def printed(run: Run, folder: Path) -> Path:
    """A run of two and a single packet, beside things that are not ours; all of it old."""
    many(folder / "r.csv", 2)
    run(*BATCH, "--print-run")
    run(*BATCH, "--only", "1")
    run("plan", "content/examples/plan.yaml", "--allow-unreviewed")
    (folder / "run" / "packets" / "holiday.pdf").write_bytes(b"x")
    (folder / "run" / "notes.txt").write_bytes(b"x")
    (folder / "run" / "packets" / ".0123456789ab.pdf.x.half").write_bytes(b"%PDF")
    (folder / "out" / "packet-of-mine.pdf").write_bytes(b"x")
    (folder / "other").mkdir()
    (folder / "other" / "manifest.json").write_text('{"name": "an app"}')
    (folder / "other" / "print-run.pdf").write_bytes(b"x")
    (folder / "run" / "packets" / "abcdefabcdef.pdf").symlink_to(folder / "other" / "print-run.pdf")
    age(folder, 8)
    return folder


def age(folder: Path, days: float) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time(), time.time() - days * DAY))


def left(folder: Path) -> set[str]:
    files = (p for place in ("run", "out", "other") for p in (folder / place).rglob("*"))
    return {str(path.relative_to(folder)) for path in files if not path.is_dir()}


OTHERS = {
    "run/packets/holiday.pdf",
    "run/notes.txt",
    "run/packets/abcdefabcdef.pdf",
    "out/packet-of-mine.pdf",
    "other/manifest.json",
    "other/print-run.pdf",
}


def test_only_what_is_ours_goes(run: Run, printed: Path) -> None:
    ended = run(*SHRED, "--yes", "--json")
    assert ended.code == ExitCode.OK, ended.err
    assert left(printed) == OTHERS
    assert json.loads(ended.out) == [
        {"folder": "out", "what": "single packets", "files": 1},
        {"folder": "run", "what": "run", "files": 8},
    ]
    assert run(*SHRED, "--yes").out == "There is nothing so old.\n"


def test_a_folder_that_is_empty_then_goes_too(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    run(*BATCH)
    age(folder, 8)
    run("shred", "run", "--older-than", "7d", "--yes")
    assert not (folder / "run").exists()


def test_what_is_newer_stays(run: Run, printed: Path) -> None:
    before = left(printed)
    os.utime(printed / "run" / "manifest.csv")
    (single,) = (printed / "out").glob("packet-????????????.pdf")
    os.utime(single)
    assert run(*SHRED, "--yes").out == "There is nothing so old.\n"
    assert left(printed) == before


def test_it_asks_and_no_answer_is_no(
    run: Run, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = left(printed)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ended = run(*SHRED)
    assert ended.code == 130
    assert "run: run, 8 files" in ended.err
    assert "Remove these for good?" in ended.err
    assert left(printed) == before


def test_a_run_that_is_being_made_is_left_alone(run: Run, printed: Path) -> None:
    before = left(printed)
    with (printed / "run" / "journal").open("rb") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        ended = run("shred", "run", "--older-than", "7d", "--yes")
    assert ended.code == ExitCode.OUTPUT
    assert "another run is writing into run" in ended.err
    assert left(printed) == before


@pytest.mark.usefixtures("printed")
def test_what_is_removed_was_written_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def unlink(path: Path) -> None:
        seen.append(path.read_bytes())

    monkeypatch.setattr(Path, "unlink", unlink)
    run(*SHRED, "--yes")
    assert len(seen) == 9
    assert not any(b"%PDF" in content or b"EX-0" in content for content in seen)


@pytest.mark.parametrize("text", ["7", "d", "-1d", "7 days", "1y", ""])
def test_an_age_that_is_none(text: str, run: Run) -> None:
    ended = run("shred", ".", "--older-than", text, "--yes")
    assert ended.code == ExitCode.USAGE
    assert f"'{text}' is no age; write 7d, 12h or 2w" in ended.err


def test_a_folder_that_is_not_there(run: Run) -> None:
    ended = run("shred", "nowhere", "--older-than", "7d", "--yes")
    assert ended.code == ExitCode.OUTPUT
    assert "nowhere: cannot be read: No such file or directory." in ended.err
