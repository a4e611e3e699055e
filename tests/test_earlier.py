"""A packet of the same record that is out already is said before another one is given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ExitCode
from generator.recall import Register, register
from generator.recall.register import DamagedPrinting, Entry
from tests.conftest import Run
from tests.rosters import row, write

PLAN = "content/examples/plan.yaml"
LEFT = (
    "a packet of this record for the LEFT side on 2027-03-16 was printed on 2026-11-23; get it "
    "back, unless both operations are planned"
)
OTHER_DAY = (
    "a packet of this record for an operation on 2027-03-16 was printed on 2026-11-23; get it back"
)
ANOTHER = "another packet of this record was printed on 2026-11-23; get it back"
BATCH = ("batch", "r.csv", "--jobs", "1", "--allow-unreviewed")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of this test's own."""
    monkeypatch.setenv(register.FOLDER, str(tmp_path / "register"))
    return tmp_path / "register"


def edit(folder: Path, old: str, new: str, name: str = PLAN) -> None:
    file = folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def said(run: Run, *command: str) -> list[str]:
    """What somebody is asked to look at, each without its place."""
    ended = run(*command)
    assert ended.code == ExitCode.OK, ended.err
    lines = (line for line in ended.err.splitlines() if line.startswith("look at "))
    return [line.partition(": ")[2] for line in lines]


def plan(run: Run, *before: str) -> list[str]:
    return said(run, *before, "plan", PLAN, "--allow-unreviewed")


def test_a_corrected_side_tells_of_the_packet_for_the_other(run: Run, folder: Path) -> None:
    assert plan(run) == []
    edit(folder, "side: left", "side: right")
    assert plan(run) == [LEFT]
    edit(folder, "side: right", "side: left")
    assert plan(run) == [LEFT.replace("LEFT", "RIGHT")]


def test_the_very_same_plan_printed_again_is_nothing_to_look_at(run: Run, folder: Path) -> None:
    assert plan(run) == plan(run) == []
    assert folder


def test_a_day_that_was_moved_and_what_else_was_changed(run: Run, folder: Path) -> None:
    plan(run)
    edit(folder, "Main entrance", "Back entrance")
    assert plan(run) == [ANOTHER]
    edit(folder, "2027-03-16T", "2027-03-18T")
    assert plan(run) == [OTHER_DAY]


def test_another_operation_is_named(run: Run, folder: Path, kept: Path) -> None:
    plan(run)
    (file,) = kept.iterdir()
    file.write_text(file.read_text().replace("sample-operation", "other-operation"))
    edit(folder, "Main entrance", "Back entrance")
    assert plan(run) == [LEFT.replace("the LEFT side", "other-operation")]


def test_what_is_over_and_what_is_another_clinics_is_passed_over(run: Run, folder: Path) -> None:
    plan(run)
    edit(folder, "2027-03-16T", "2027-05-18T")
    assert plan(run, "--as-of", "2027-03-17") == []
    edit(folder, "name: Test Clinic", "name: Another Test Clinic", "content/clinic.yaml")
    edit(folder, "side: left", "side: right")
    assert plan(run) == []


def test_a_damaged_register_stops_no_packet(run: Run, folder: Path, kept: Path) -> None:
    plan(run)
    (file,) = kept.iterdir()
    (kept / "20260101T000000-00000000.json").write_text("{")
    no_time = file.read_text().replace("2026-11-23T00:00:00-05:00", "0001-01-01T00:00:00")
    (kept / "20260101T000000-00000001.json").write_text(no_time)
    edit(folder, "side: left", "side: right")
    assert plan(run) == [LEFT]


def test_an_entry_of_an_older_version_says_no_plan(run: Run, folder: Path, kept: Path) -> None:
    plan(run)
    (file,) = kept.iterdir()
    data = json.loads(file.read_text())
    del data["packets"][0]["plan"]
    file.write_text(json.dumps(data))
    assert plan(run) == []
    edit(folder, "side: left", "side: right")
    assert plan(run) == [LEFT]


def flags(folder: Path, name: str) -> dict[str, list[str]]:
    read: dict[str, Any] = json.loads((folder / name / "manifest.json").read_text())
    return {packet["record_id"]: packet["flags"] for packet in read["packets"]}


def test_a_row_that_was_changed_is_flagged_and_one_that_is_kept_is_not(
    run: Run, folder: Path
) -> None:
    write(folder / "r.csv", row(1), row(2))
    assert said(run, *BATCH, "-o", "run") == []
    write(folder / "r.csv", row(1, side="right"), row(2))
    assert said(run, *BATCH, "-o", "run", "--dry-run") == [LEFT]
    assert said(run, *BATCH, "-o", "run", "--resume") == [LEFT]
    assert flags(folder, "run") == {"EX-000001": [LEFT], "EX-000002": []}


def test_the_same_roster_in_another_folder_is_nothing_to_look_at(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1), row(2))
    assert said(run, *BATCH, "-o", "run") == said(run, *BATCH, "-o", "again") == []


def test_two_operations_of_one_roster_know_of_each_other(run: Run, folder: Path) -> None:
    later = {"side": "right", "surgery_at": "2027-05-18T07:30", "arrival_at": "2027-05-18T05:30"}
    write(folder / "r.csv", row(1), row(1, **later))
    assert said(run, *BATCH, "-o", "run") == said(run, *BATCH, "-o", "run", "--resume") == []


def test_a_roster_is_looked_up_before_anything_is_printed(run: Run, folder: Path) -> None:
    plan(run)
    write(folder / "r.csv", row(1), row(2, record_id="EX-000123", side="right"))
    assert said(run, "intake", "r.csv") == [LEFT]
    plans = json.loads(run("intake", "r.csv", "--json").out)["plans"]
    assert [one["flags"] for one in plans] == [[], [LEFT]]


def test_the_register_is_read_once_for_a_whole_roster(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    entries = Register.entries

    def counted(self: Register) -> Iterator[Entry | DamagedPrinting]:
        read.append(1)
        return entries(self)

    monkeypatch.setattr(Register, "entries", counted)
    write(folder / "r.csv", *(row(number) for number in range(1, 6)))
    said(run, "intake", "r.csv")
    assert len(read) == 1
