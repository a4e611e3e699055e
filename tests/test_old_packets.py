"""A packet that a newer one has replaced, or whose operation is over, is not printed again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from generator.compose.said import said_of
from generator.errors import ExitCode
from generator.recall import register
from tests.conftest import Run
from tests.cups import QUEUE, own_cups, spooled
from tests.rosters import row, write

PLAN = "content/examples/plan.yaml"
SENT = ("--printer", QUEUE)
BATCH = ("batch", "r.csv", "-o", "run", "--jobs", "1", "--allow-unreviewed")
NEWER = (
    "record {record}: a newer packet for the RIGHT side, operation on 2027-03-16, was printed on "
    "2026-11-23"
)


@pytest.fixture(scope="module")
def cups() -> Iterator[Path]:
    with own_cups() as folder:
        yield folder


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of this test's own."""
    monkeypatch.setenv(register.FOLDER, str(tmp_path / "register"))
    return tmp_path / "register"


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / PLAN
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def made(run: Run) -> str:
    """The file of the example's packet."""
    (packet,) = json.loads(run("plan", PLAN, "--allow-unreviewed", "--json").out)
    return str(packet["file"])


def said(folder: Path, file: str) -> tuple[str, ...]:
    with pikepdf.open(folder / file) as pdf:
        return said_of(pdf).packets


def test_a_packet_a_print_run_and_a_reprint_say_which_packets_they_hold(
    run: Run, folder: Path
) -> None:
    packet = made(run)
    assert said(folder, packet) == (Path(packet).stem.removeprefix("packet-"),)
    write(folder / "r.csv", row(1), row(2))
    run(*BATCH, "--print-run")
    assert run(*BATCH, "--only", "2").code == ExitCode.OK
    first, second = (
        one["id"] for one in json.loads((folder / "run/manifest.json").read_text())["packets"]
    )
    assert said(folder, f"run/packets/{first}.pdf") == (first,)
    assert said(folder, "run/print-run.pdf") == (first, second)
    assert said(folder, "run/reprint-1.pdf") == (second,)
    run("build", "sample")
    assert said(folder, "out/sample.en.pdf") == ()


def test_a_packet_that_a_newer_one_has_replaced(cups: Path, run: Run, folder: Path) -> None:
    left = made(run)
    assert run("print", left, *SENT).code == ExitCode.OK
    edit(folder, "side: left", "side: right")
    right = made(run)
    before = len(spooled(cups))
    ended = run("print", left, *SENT)
    assert ended.code == ExitCode.SIGN_OFF
    assert f"in {left} are pages that are not to be given out any more" in ended.err
    assert NEWER.format(record="EX-000123") in ended.err
    assert len(spooled(cups)) == before
    assert run("print", right, *SENT).code == ExitCode.OK
    edit(folder, "side: right", "side: left")
    assert made(run) == left
    assert run("print", left, *SENT).code == ExitCode.OK
    assert run("print", right, *SENT).code == ExitCode.SIGN_OFF


def test_a_packet_whose_operation_is_over(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    file = made(run)
    assert folder
    on_the_day = run("--as-of", "2027-03-16T23:59", "print", file, *SENT)
    assert on_the_day.code == ExitCode.OK
    late = run("--as-of", "2027-03-17", "print", file, *SENT)
    assert late.code == ExitCode.SIGN_OFF
    assert "record EX-000123: its operation was on 2027-03-16" in late.err


def test_a_newer_packet_whose_operation_is_over_or_another_one_replaces_none(
    cups: Path, run: Run, folder: Path, kept: Path
) -> None:
    assert cups
    edit(folder, "2027-03-16T", "2027-05-18T")
    late = made(run)
    edit(folder, "2027-05-18T", "2027-03-16T")
    made(run)
    assert run("print", late, *SENT).code == ExitCode.SIGN_OFF
    assert run("--as-of", "2027-03-17", "print", late, *SENT).code == ExitCode.OK
    for file in kept.iterdir():
        if SOON in file.read_text():
            file.write_text(file.read_text().replace("sample-operation", "another-operation"))
    assert run("print", late, *SENT).code == ExitCode.OK


SOON = '"surgery_on": "2027-03-16"'


def test_what_the_register_does_not_know_is_printed(
    cups: Path, run: Run, folder: Path, kept: Path
) -> None:
    assert cups
    left = made(run)
    for file in kept.iterdir():
        file.unlink()
    edit(folder, "side: left", "side: right")
    made(run)
    (kept / "20260101T000000-00000000.json").write_text("{")
    assert run("print", left, *SENT).code == ExitCode.OK
    assert run("--as-of", "2027-03-17", "print", left, *SENT).code == ExitCode.OK


def test_only_the_row_that_was_replaced_is_not_printed_again(
    cups: Path, run: Run, folder: Path
) -> None:
    write(folder / "r.csv", row(1), row(2))
    assert run(*BATCH, "--print-run").code == ExitCode.OK
    assert run(*BATCH, "--only", "1").code == ExitCode.OK
    edit(folder, "EX-000123", "EX-000001")
    edit(folder, "side: left", "side: right")
    made(run)
    before = len(spooled(cups))
    for command, called in (
        ((*BATCH, "--only", "1", *SENT), "row 1"),
        ((*BATCH, "--from", "1", "--to", "8", *SENT), "sheets 1 to 8"),
        (("print", "run/print-run.pdf", *SENT), "run/print-run.pdf"),
    ):
        ended = run(*command)
        assert ended.code == ExitCode.SIGN_OFF, command
        assert f"in {called} are pages" in ended.err
        assert NEWER.format(record="EX-000001") in ended.err
        assert "EX-000002" not in ended.err
    assert len(spooled(cups)) == before
    assert run(*BATCH, "--only", "2").code == ExitCode.OK
    assert run("--as-of", "2027-03-17", *BATCH, "--only", "2").code == ExitCode.SIGN_OFF


def test_the_same_roster_made_in_another_folder_replaces_nothing(
    cups: Path, run: Run, folder: Path
) -> None:
    assert cups
    write(folder / "r.csv", row(1))
    assert run(*BATCH, "--print-run").code == ExitCode.OK
    assert run("batch", "r.csv", "-o", "again", "--allow-unreviewed").code == ExitCode.OK
    assert run("print", "run/print-run.pdf", *SENT).code == ExitCode.OK


def test_two_operations_of_one_roster_do_not_replace_each_other(run: Run, folder: Path) -> None:
    later = {"side": "right", "surgery_at": "2027-05-18T07:30", "arrival_at": "2027-05-18T05:30"}
    write(folder / "r.csv", row(1), row(1, **later))
    assert run(*BATCH).code == ExitCode.OK
    assert run(*BATCH, "--only", "1").code == run(*BATCH, "--only", "2").code == ExitCode.OK
