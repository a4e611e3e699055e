"""Rosters at the desk: read, run, stopped, gone on with; nothing is kept longer than needed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from generator.intake import Hands
from generator.web import Desk
from generator.web.roster.runs import RUNNER, Runs, _paths
from tests.conftest import NOW, REPO
from tests.cups import QUEUE, own_cups, spooled
from tests.desk import OpenDesk, open_desk, told
from tests.rosters import many, row, write
from tests.signing import sign, signed_copy


def test_a_roster_is_read_run_and_removed(tmp_path: Path) -> None:
    roster = (REPO / "content" / "examples" / "roster.csv").read_bytes()
    roster = roster.replace(b"1961-03-07", b"1961-33-07", 1)
    with open_desk(REPO, tmp_path / "desk", "--allow-unreviewed") as desk:
        place = desk.drop("/batch/read", "roster.csv", roster).headers["location"]
        page = desk.get(place).text
        assert "Rows in order: 2. Refused: 1." in page
        assert re.search(
            r'class="wrong"><span class="at">1961-33-07</span><span class="error">', page
        )
        assert desk.post(f"{place}/start", [("print_run", "1")]).status == 303
        finished(desk, place)
        assert "Packets done: 2." in desk.get(place).text
        kept = {file.name for file in (tmp_path / "desk" / "desk" / "runs").glob("*/*")}
        assert kept == {"packets", "print-run.pdf", "manifest.json", "manifest.csv", "journal"}
        assert desk.get(f"{place}/files/print-run.pdf").body.startswith(b"%PDF")
        assert desk.get(f"{place}/files/manifest.csv").body.count(b"\r\n") == 4
        assert desk.get(f"{place}/files/journal").status == 404
        assert desk.post(f"{place}/remove").status == 303
        assert list((tmp_path / "desk" / "desk" / "runs").iterdir()) == []


@pytest.mark.parametrize("manifest", ['{"manifest": 1, "packets": []}', "no manifest"])
def test_a_run_of_another_version_is_said_to_be_one_and_can_be_removed(
    tmp_path: Path, manifest: str
) -> None:
    """Its roster went when it was over, not after a day; and nothing of it is missing."""
    with open_desk(REPO, tmp_path / "desk", "--allow-unreviewed") as desk:
        place = dropped(desk, 2)
        assert desk.post(f"{place}/start", [("print_run", "1")]).status == 303
        finished(desk, place)
        (folder,) = (tmp_path / "desk" / "desk" / "runs").iterdir()
        (folder / "manifest.json").write_text(manifest)
        assert told(desk.get(f"{place}/progress"))["phase"] == "unreadable"
        page = desk.get(place).text
        assert "This run was made by another version of the program" in page
        assert "Stopped" not in page
        assert "Its roster was removed" not in page
        assert "<td>of another version</td>" in desk.get("/batch").text
        assert desk.get(f"{place}/files/print-run.pdf").status == 404
        assert desk.post(f"{place}/start").status == desk.post(f"{place}/print").status == 409
        assert desk.post(f"{place}/remove").status == 303
        assert not folder.exists()


PRINT = (("printer", QUEUE), ("copies", "1"))


@pytest.fixture(scope="module")
def cups() -> Iterator[Path]:
    with own_cups() as folder:
        yield folder


def test_packets_whose_words_were_withdrawn_are_not_printed_or_downloaded(
    cups: Path, tmp_path: Path
) -> None:
    library = signed_copy(tmp_path / "library")
    roster = write(tmp_path / "r.csv", row(1), row(2, side="")).read_bytes()
    printer = {"CUPS_SERVER": str(cups / "cups.sock")}
    with open_desk(library, tmp_path / "desk", **printer) as desk:
        place = desk.drop("/batch/read", "roster.csv", roster).headers["location"]
        assert desk.post(f"{place}/start", [("print_run", "1")]).status == 303
        finished(desk, place)
        run, table = f"{place}/files/print-run.pdf", f"{place}/files/manifest.csv"
        assert desk.get(run).status == 200
        assert "print-run.pdf" in desk.get(place).text
        assert desk.post(f"{place}/print", PRINT).status == 303
        sent = len(spooled(cups))
        clinic = library / "content" / "clinic.yaml"
        text = clinic.read_text()
        clinic.write_text(f"{text}\nnonsense: 1\n")
        page = desk.get(place).text
        assert "The library has a mistake in it, so nobody knows whether these words stand." in page
        assert "Remove this run" in page
        assert "The library has a mistake in it." in desk.post(f"{place}/print", PRINT).text
        clinic.write_text(text)
        sign(library, action="withdraw", note="The hour is wrong", on="2027-02-15")
        page = desk.get(place).text
        assert "These packets cannot be printed any more" in page
        assert "Sample operation (en): withdrawn" in page
        assert "print-run.pdf" not in page
        assert desk.get(run).status == 409
        assert "Words in these packets do not stand" in desk.post(f"{place}/print", PRINT).text
        assert desk.get(table).status == 200
        assert len(spooled(cups)) == sent


def test_a_run_with_a_packet_that_was_replaced_is_not_printed_or_downloaded(
    tmp_path: Path,
) -> None:
    library = signed_copy(tmp_path / "library")
    roster = many(tmp_path / "r.csv", 2).read_bytes()
    with open_desk(library, tmp_path / "desk") as desk:
        place = desk.drop("/batch/read", "roster.csv", roster).headers["location"]
        desk.post(f"{place}/start", [("print_run", "1")])
        finished(desk, place)
        run = f"{place}/files/print-run.pdf"
        assert desk.get(run).status == 200
        mended = roster.replace(b"left", b"right", 1)
        other = desk.drop("/batch/read", "r.csv", mended).headers["location"]
        desk.post(f"{other}/start", [("print_run", "1")])
        finished(desk, other)
        page = desk.get(place).text
        assert "<li>EX-000001: there is a newer packet</li>" in page
        assert "EX-000002" not in page
        assert "print-run.pdf" not in page
        assert desk.get(run).status == 409
        said = desk.post(f"{place}/print", PRINT).text
        assert "Some of these packets were replaced, or come too late." in said
        assert "print-run.pdf" in desk.get(other).text
        assert desk.get(f"{other}/files/print-run.pdf").status == 200


def test_a_roster_says_which_of_its_patients_have_a_packet_for_the_other_side(
    tmp_path: Path,
) -> None:
    roster = many(tmp_path / "r.csv", 2).read_bytes()
    library = signed_copy(tmp_path / "library")
    with open_desk(library, tmp_path / "desk") as desk:
        place = desk.drop("/batch/read", "roster.csv", roster).headers["location"]
        desk.post(f"{place}/start")
        finished(desk, place)
        mended = roster.replace(b"left", b"right", 1)
        page = desk.get(desk.drop("/batch/read", "r.csv", mended).headers["location"]).text
        said = '<span class="flag">A packet for the LEFT side (2027-03-16) was printed on'
        assert page.count(said) == page.count('class="flag"') == 1


def finished(desk: OpenDesk, place: str) -> None:
    """Wait until a run is over."""
    until = time.monotonic() + 120
    while told(desk.get(f"{place}/progress"))["phase"] != "done":
        assert time.monotonic() < until
        time.sleep(0.2)


def dropped(desk: OpenDesk, rows: int) -> str:
    """A roster of so many rows on the desk; answers its page."""
    lines = (REPO / "content" / "examples" / "roster.csv").read_text().splitlines()
    more = [lines[1].replace("EX-000123", f"EX-9{n:05}") for n in range(rows)]
    roster = "\n".join([lines[0], *more]).encode()
    return desk.drop("/batch/read", "roster.csv", roster).headers["location"]


def test_a_run_starts_once_keeps_its_wishes_and_says_that_it_broke_off(tmp_path: Path) -> None:
    wishes = [("duplex", "1"), ("separators", "1"), ("print_run", "1"), ("sort", "location")]
    with open_desk(REPO, tmp_path / "desk", "--allow-unreviewed") as desk:
        place = dropped(desk, 40)
        with ThreadPoolExecutor(4) as hands:
            found = [*hands.map(lambda _: desk.post(f"{place}/start", wishes).status, range(4))]
        assert sorted(found) == [303, 409, 409, 409]
        assert desk.process
        (runner,) = filter(is_runner, psutil.Process(desk.process.pid).children())
        until = time.monotonic() + 60
        while not told(desk.get(f"{place}/progress"))["done"] and time.monotonic() < until:
            time.sleep(0.1)
        runner.kill()
        while told(desk.get(f"{place}/progress"))["phase"] == "running":
            assert time.monotonic() < until
            time.sleep(0.1)
        page = desk.get(place).text
        assert "The run broke off." in page
        assert "Go on" in page
        for wish in ('name="duplex" value="1" checked', 'value="location" selected'):
            assert wish in page


def is_runner(process: psutil.Process) -> bool:
    """Whether a run is made there; the desk has other children, which end at any moment."""
    with contextlib.suppress(psutil.Error):
        return "generator.web.roster.runner" in process.cmdline()
    return False


def test_a_run_that_was_removed_outside_is_not_there_any_more(tmp_path: Path) -> None:
    with open_desk(REPO, tmp_path / "desk") as desk:
        place = dropped(desk, 2)
        shutil.rmtree(tmp_path / "desk" / "desk" / "runs" / place.rpartition("/")[2])
        assert place not in desk.get("/batch").text
        assert desk.get(place).status == 404
        assert desk.post(f"{place}/remove").status == 404


def test_an_unused_roster_goes_while_the_desk_stays_open(tmp_path: Path) -> None:
    runs = Runs(Desk(REPO, lambda _: NOW, folder=tmp_path))
    old, new = (runs.new("roster.csv", b"record_id\n", Hands()) for _ in range(2))
    old.begun -= 90_000
    for file in old.folder.iterdir():
        os.utime(file, (time.time() - 90_000,) * 2)
    assert runs.all() == (new,)
    assert not old.folder.exists()


def test_a_long_roster_is_shown_in_part(tmp_path: Path) -> None:
    with open_desk(REPO, tmp_path / "desk") as desk:
        page = desk.get(dropped(desk, 230)).text
    assert "Rows in order: 230. Refused: 0." in page
    assert "This page shows the first 200 of each." in page
    assert page.count('<th scope="row"') == page.count('<tr class="own">') == 200


def test_a_row_in_order_shows_medicines_allergies_and_what_is_changed(tmp_path: Path) -> None:
    changed = "fasting-food | 11 hours | Your stomach empties slowly. | Dr. A. Example"
    medicines = "Examplamine | 5 mg | stop | 7 days before | Dr. A. Example"
    file = write(
        tmp_path / "r.csv",
        row(1, medicines=medicines, overrides=changed, surgery_at="2027-03-16T07:00"),
        row(2, medicines="none", allergies="none"),
        row(3, medicines="Fictol | 5 mg | stop | soon | Dr. A. Example"),
    )
    with open_desk(signed_copy(tmp_path / "library"), tmp_path / "desk") as desk:
        page = desk.get(desk.drop("/batch/read", "r.csv", file.read_bytes()).headers["location"])
    one, two = (
        " ".join(re.sub(r"<[^>]*>", " ", text).split())
        for text in re.findall(r'<tr class="own">.*?</tr>', page.text, re.DOTALL)
    )
    for said in (
        "Examplamine 5 mg · Stop: 7 days before your operation · Last dose: Monday, March 8, 2027",
        "Allergies Samplicillin",
        "Monday, March 15, 2027 8:00 PM: Last food. "
        "Changed for you: 11 hours before, not 8 hours. Your stomach empties slowly.",
    ):
        assert said in one, one
    assert two == "Medicines Takes no medicines Allergies No known allergies"


def test_a_roster_that_nobody_runs_is_removed_after_a_day(tmp_path: Path) -> None:
    roster = (REPO / "content" / "examples" / "roster.csv").read_bytes()
    with open_desk(REPO, tmp_path / "desk") as desk:
        for _ in range(2):
            assert desk.drop("/batch/read", "roster.csv", roster).status == 303
        old, new = (tmp_path / "desk" / "desk" / "runs").iterdir()
        desk.close()
        for place in (old, *old.iterdir()):
            os.utime(place, (time.time() - 86_500,) * 2)
        desk.open()
        until = time.monotonic() + 10
        while old.exists() and time.monotonic() < until:
            time.sleep(0.1)
        page = desk.get("/batch").text
        assert old.name not in page
        assert new.name in page
        assert not old.exists()


def test_no_other_program_that_lies_about_makes_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk may be opened in any folder, and Python looks into it first."""
    (tmp_path / "yaml.py").write_text("raise SystemExit(7)")
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "__init__.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", "")
    place = _paths()
    line = [*RUNNER, "--help"]
    env = {**os.environ, "PYTHONPATH": place}
    ended = subprocess.run(line, input="{}", env=env, text=True, capture_output=True, check=False)
    assert ended.returncode != 7


def test_a_roster_that_cannot_be_removed_does_not_keep_the_others(tmp_path: Path) -> None:
    runs = Runs(Desk(REPO, lambda _: NOW, folder=tmp_path))
    both = [runs.new("roster.csv", b"record_id\n", Hands()) for _ in range(2)]
    for run in both:
        run.begun -= 90_000
        for file in run.folder.iterdir():
            os.utime(file, (time.time() - 90_000,) * 2)
    stuck = both[0].folder / "roster.csv"
    stuck.unlink()
    stuck.mkdir()
    runs.all()
    assert stuck.exists()
    assert not both[1].folder.exists()
