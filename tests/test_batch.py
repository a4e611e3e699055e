"""Runs: whole packets or none, taken up again after anything, every row accounted for."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
import pytest

from generator.batches import Ran
from generator.cli.run_report import files_to_print
from generator.errors import ExitCode
from generator.run import read_manifest
from tests.conftest import REPO, TODAY, Result, Run
from tests.rosters import many, row, write

BATCH = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--jobs", "2")


def hears_ctrl_c() -> None:
    """In a shell's background a program would not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a run in a process of its own, to be killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*more: str) -> subprocess.Popen[str]:
        line = [sys.executable, "-m", "generator", "--library", str(folder)]
        program = subprocess.Popen(
            [*line, "--as-of", TODAY.isoformat(), *BATCH, *more],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(REPO)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hears_ctrl_c,  # noqa: PLW1509  # one call, before anything runs
        )
        started.append(program)
        return program

    yield begin
    for program in started:
        program.kill()
        program.communicate()


def manifest(folder: Path) -> dict[str, Any]:
    read = json.loads((folder / "run" / "manifest.json").read_text())
    assert isinstance(read, dict)
    return read


def packets(folder: Path) -> dict[str, str]:
    """Each file that is there, and its digest."""
    files = (folder / "run" / "packets").iterdir()
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def text(file: Path) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(file.read_bytes())) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def sound(folder: Path, rows: int) -> None:
    """No packet is lost, doubled, truncated, stale, or anybody else's."""
    read = manifest(folder)
    assert [packet["row"] for packet in read["packets"]] == list(range(1, rows + 1))
    assert {packet["status"] for packet in read["packets"]} == {"done"}
    expected = {f"{packet['id']}.pdf": packet["sha256"] for packet in read["packets"]}
    assert packets(folder) == expected
    assert len(expected) == rows
    with (folder / "r.csv").open() as stream:
        for cells, packet in zip(csv.DictReader(stream), read["packets"], strict=True):
            said = text(folder / "run" / "packets" / f"{packet['id']}.pdf")
            assert said.count(f"Record {cells['record_id']}") == packet["pages"]


def test_a_run_makes_every_packet_and_accounts_for_it(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 3)
    ended = run(*BATCH, "--json")
    assert ended.code == ExitCode.OK, ended.err
    sound(folder, 3)
    assert json.loads(ended.out) == {
        "packets": 3,
        "failed": 0,
        "kept": 0,
        "pages": 21,
        "sheets": None,
        "manifest": "run/manifest.json",
        "print_run": None,
    }
    first = manifest(folder)["packets"][0]
    assert first["record_id"] == "EX-000001"
    (words,) = first["handouts"]
    assert words["id"] == "sample"
    assert words["state"] == "draft"
    assert words["digest"].startswith("sha256:")
    names = {file.name for file in (folder / "run").iterdir()}
    assert names == {"journal", "manifest.csv", "manifest.json", "packets"}
    for file in (folder / "run").rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file
        assert not any(name in file.name for name in ("Testa", "Sample", "EX-"))
    journal = (folder / "run" / "journal").read_text()
    assert not any(word in journal for word in ("Inventedname", "EX-0000", "1961-03"))


def test_the_report_names_what_the_run_wrote(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However its folder and its manifest are called."""
    monkeypatch.setattr("generator.run.batch.PACKETS", "letters")
    monkeypatch.setattr("generator.run.manifest.JSON_NAME", "account.json")
    many(folder / "r.csv", 1)
    said = json.loads(run(*BATCH, "--json").out)
    assert said["manifest"] == "run/account.json"
    account = read_manifest(folder / said["manifest"])
    assert all(file.is_file() for file in files_to_print(Ran(folder / "run", account, 0)))
    again = run(*BATCH, "--resume").out
    assert again.split()[-1] == "run/letters"


def test_the_table_of_the_manifest_says_the_same_and_no_formula(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1), row(2, record_id="=1+2"))
    run(*BATCH)
    with (folder / "run" / "manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    listed = manifest(folder)["packets"]
    assert [each["id"] for each in table] == [each["id"] for each in listed]
    assert [each["sha256"] for each in table] == [each["sha256"] for each in listed]
    assert [each["record_id"] for each in table] == ["EX-000001", "'=1+2"]


def test_ids_are_opaque_and_no_two_runs_share_them(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH)
    first = set(packets(folder))
    run(*(part if part != "run" else "other" for part in BATCH))
    second = {file.name for file in (folder / "other" / "packets").iterdir()}
    assert len(first | second) == 4
    assert not (folder / "other" / "manifest.json").read_text().count("Exampleperson")


def test_unsigned_words_stop_a_run_before_its_first_page(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    ended = run("batch", "r.csv", "-o", "run")
    assert ended.code == ExitCode.SIGN_OFF
    assert not (folder / "run").exists()


def test_a_dry_run_checks_and_prints_nothing(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    ended = run(*BATCH, "--dry-run")
    assert (ended.code, ended.out) == (
        0,
        "2 rows are in order. Handouts: sample. Nothing was printed.\n",
    )
    assert not (folder / "run").exists()
    assert json.loads(run(*BATCH, "--dry-run", "--json").out) == {
        "rows": 2,
        "handouts": ["sample"],
    }


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--from", "3"], "--from and --to go together"),
        (["--to", "3"], "--from and --to go together"),
        (["--from", "1", "--to", "2", "--only", "1"], "give one"),
        (["--cluster", "tcp://x:1"], "a cluster has its own workers"),
        (["--separators"], "add --print-run"),
    ],
)
def test_options_that_contradict_each_other(
    run: Run, folder: Path, more: list[str], said: str
) -> None:
    many(folder / "r.csv", 1)
    ended = run(*BATCH, *more)
    assert ended.code == ExitCode.USAGE
    assert said in ended.err


def test_a_row_that_cannot_be_laid_out_does_not_stop_the_others(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.intake.letters.unprintable", lambda _: "")
    write(folder / "r.csv", row(1), row(2, given_name="ꮾ"), row(3))
    ended = run(*BATCH)
    assert ended.code == ExitCode.PARTIAL
    assert "row 2 (record EX-000002): packet: page 1, block plan, who: no font" in ended.err
    assert "ꮾ" not in ended.err
    assert ended.err.endswith("Mend what failed, and run the same command with --resume.\n")
    header, line = ended.out.splitlines()
    assert header.split() == ["PACKETS", "KEPT", "FAILED", "PAGES", "SHEETS", "WHERE"]
    assert line.split() == ["2", "0", "1", "14", "-", "run/packets"]
    statuses = [packet["status"] for packet in manifest(folder)["packets"]]
    assert statuses == ["done", "failed", "done"]
    assert "U+ABBE" in manifest(folder)["packets"][1]["error"]
    assert len(packets(folder)) == 2
    write(folder / "r.csv", row(1), row(2), row(3))
    assert run(*BATCH, "--resume").code == ExitCode.OK
    sound(folder, 3)


def test_a_finished_run_is_not_begun_again_by_mistake(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    assert "there is no run to resume" in run(*BATCH, "--resume").err
    run(*BATCH)
    before = packets(folder)
    ended = run(*BATCH)
    assert ended.code == ExitCode.OUTPUT
    assert "run holds an earlier run. To finish that run, add --resume" in ended.err
    assert packets(folder) == before


def resumed(run: Run, *more: str) -> dict[str, Any]:
    read = json.loads(run(*BATCH, "--resume", "--json", *more).out)
    assert isinstance(read, dict)
    return read


def test_only_what_changed_is_made_again(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 3)
    run(*BATCH)
    before = packets(folder)
    assert resumed(run)["kept"] == 3
    assert packets(folder) == before
    write(folder / "r.csv", row(1), row(2, surgeon="Dr. B. Example"), row(3))
    assert resumed(run)["kept"] == 2
    sound(folder, 3)
    assert len(set(packets(folder)) & set(before)) == 2
    write(folder / "r.csv", row(1), row(3))
    assert resumed(run)["kept"] == 2
    assert len(packets(folder)) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "kept"),
    [
        ("content/procedures/sample-operation/en.yaml", "First, the", "At first, the", 0),
        ("content/topics/sample-topic/en.yaml", "two handouts", "some handouts", 0),
        ("templates/plan.html", "<main", "<!-- new --><main", 0),
        ("handouts/other/handout.yaml", "For everybody", "For all", 2),
    ],
)
def test_changed_words_and_looks_make_a_packet_stale(
    run: Run, folder: Path, file: str, old: str, new: str, kept: int
) -> None:
    write(folder / "r.csv", row(1), row(2), row(3, handouts="other; sample"))
    run(*BATCH)
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert resumed(run)["kept"] == kept
    sound(folder, 3)


def test_a_night_has_two_days_and_only_a_review_that_ran_out_matters(
    run: Run, folder: Path
) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH)
    later = ("--as-of", "2026-11-24")
    assert json.loads(run(*later, *BATCH, "--resume", "--json").out)["kept"] == 2


def test_a_packet_is_made_again_when_the_day_of_a_last_dose_has_passed(
    run: Run, folder: Path
) -> None:
    """Its page says so then; here no other step of the plan passes that night."""
    many(folder / "r.csv", 2)
    run("--as-of", "2027-03-10", *BATCH)
    again = (*BATCH, "--resume", "--json")
    assert json.loads(run("--as-of", "2027-03-11", *again).out)["kept"] == 2
    assert json.loads(run("--as-of", "2027-03-12", *again).out)["kept"] == 0


def test_another_roster_does_not_sweep_a_run_away(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH)
    before = packets(folder)
    write(folder / "r.csv", row(7), row(8))
    ended = run(*BATCH, "--resume")
    assert ended.code == ExitCode.OUTPUT
    assert "run: not one row of this roster is of the run in it" in ended.err
    assert packets(folder) == before


@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
def test_a_damaged_packet_is_made_again(run: Run, folder: Path, damage: str) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH)
    before = packets(folder)
    file = folder / "run" / "packets" / min(before)
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-5] if damage == "cut" else b"%PDF other")
    ended = run("verify", "run")
    assert ended.code == ExitCode.OUTPUT
    assert file.name in ended.out
    assert resumed(run)["kept"] == 1
    assert packets(folder) == before
    assert run("verify", "run/manifest.json").code == ExitCode.OK


def test_verify_names_what_is_not_in_the_manifest(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    run(*BATCH, "--print-run")
    (folder / "run" / "packets" / "stray.pdf").write_bytes(b"x")
    (folder / "run" / "print-run.pdf").write_bytes(b"x")
    ended = run("verify", "run", "--json")
    wrong = json.loads(ended.out)["wrong"]
    assert len(wrong) == 2
    assert "packets/stray.pdf: is not in the manifest" in wrong[0]
    assert "print-run.pdf: is not as it was written" in wrong[1]
    assert run("verify", "r.csv").code == ExitCode.OUTPUT


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def made(folder: Path) -> int:
    return len(list((folder / "run" / "packets").glob("*.pdf")))


def test_a_run_that_is_killed_goes_on(
    run: Run, folder: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    many(folder / "r.csv", 16)
    program = start()
    until(lambda: made(folder) >= 4)
    program.kill()
    program.wait()
    assert not (folder / "run" / "manifest.json").exists()
    done = made(folder)
    assert done < 16
    with (folder / "run" / "journal").open("ab") as journal:
        journal.write(b'{"id": "half a li')
    (folder / "run" / "packets" / ".half.pdf.x").write_bytes(b"%PDF")
    kept = resumed(run)["kept"]
    assert done - 2 <= kept <= done
    sound(folder, 16)


def test_a_worker_that_is_killed_loses_nothing(
    folder: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    many(folder / "r.csv", 16)
    program = start()
    until(lambda: made(folder) >= 2)
    killed = 0
    for process in psutil.Process(program.pid).children(recursive=True):
        if "weasyprint" in open_libraries(process):
            process.kill()
            killed += 1
    assert killed
    assert program.wait(90) == ExitCode.OK
    sound(folder, 16)


def open_libraries(process: psutil.Process) -> str:
    """Workers, and the process that they are forked from, have the layout engine loaded."""
    try:
        children = process.children()
        held = [entry.path for entry in process.memory_maps()]
    except psutil.Error:
        return ""
    worker = any("pango" in path for path in held) and not children
    return "weasyprint" if worker else ""


def test_ctrl_c_ends_a_run_at_once_and_says_how_to_go_on(
    run: Run, folder: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    many(folder / "r.csv", 400)
    program = start()
    until(lambda: made(folder) >= 2)
    family = psutil.Process(program.pid).children(recursive=True)
    begun = time.monotonic()
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=20)
    assert time.monotonic() - begun < 10  # 400 packets take longer
    assert program.returncode == 130
    assert "each of them is whole. To go on, run the same command with --resume." in said
    assert "Traceback" not in said
    assert not psutil.wait_procs(family, timeout=30)[1], "workers are left behind"
    write(folder / "r.csv", *(row(number) for number in range(1, 4)))
    assert run(*BATCH, "--resume").code == ExitCode.OK
    sound(folder, 3)


def test_two_runs_in_one_folder_refuse_each_other(
    run: Run, folder: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    many(folder / "r.csv", 20)
    program = start()
    until((folder / "run" / "journal").exists)
    for more in ((), ("--resume",)):
        ended: Result = run(*BATCH, *more)
        assert ended.code == ExitCode.OUTPUT
        assert "another run is writing into run" in ended.err
    assert program.wait(90) == ExitCode.OK
    sound(folder, 20)


def test_a_full_disk_leaves_no_half_packet(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder / "r.csv", 2)

    def full(descriptor: int) -> None:
        if "packets" in str(Path(f"/proc/self/fd/{descriptor}").readlink()):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ended = run(*BATCH)
    assert ended.code == ExitCode.OUTPUT
    assert "could not be written: No space left on device. Nothing was left behind." in ended.err
    assert list((folder / "run" / "packets").iterdir()) == []
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert run(*BATCH, "--resume").code == ExitCode.OK
    sound(folder, 2)


@pytest.mark.parametrize(
    "damage", [b"\xff\xfe{", b"[1]", b'{"id": 5}', b'{"id": "x"', b"[" * 100_000, b"\0" * 64]
)
def test_a_damaged_line_of_the_journal_costs_its_packet_alone(
    damage: bytes, run: Run, folder: Path
) -> None:
    many(folder / "r.csv", 3)
    run(*BATCH)
    before = packets(folder)
    journal = folder / "run" / "journal"
    head, first, *rest = journal.read_bytes().splitlines()
    journal.write_bytes(b"\n".join([head, damage, *rest, b""]))
    assert resumed(run)["kept"] == 2
    assert packets(folder) == before
    sound(folder, 3)
    assert first not in journal.read_bytes().splitlines()[:2]


@pytest.mark.parametrize(
    "head", [b"", b"{}", b'{"journal": 1, "key": "../x"}', b"\xff", b"[" * 100_000, b"[]"]
)
def test_a_journal_without_its_key_is_said(head: bytes, run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    run(*BATCH)
    journal = folder / "run" / "journal"
    journal.write_bytes(b"\n".join([head, *journal.read_bytes().splitlines()[1:], b""]))
    ended = run(*BATCH, "--resume")
    assert ended.code == ExitCode.OUTPUT
    assert "run: its journal is damaged in its first line; choose another folder" in ended.err


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"manifest": 2}',
        b"null",
        b'{"manifest": 2, "packets": 5, "print_run": null, "reprints": []}',
    ],
)
def test_what_is_no_manifest(content: bytes, run: Run, folder: Path) -> None:
    (folder / "manifest.json").write_bytes(content)
    ended = run("verify", "manifest.json")
    assert ended.code == ExitCode.OUTPUT
    assert "is not a manifest of a run" in ended.err


def test_a_manifest_that_leads_out_of_its_folder_is_none(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    run(*BATCH, "--print-run")
    file = folder / "run" / "manifest.json"
    whole = file.read_text()
    for old, new in (('"print-run.pdf"', '"../r.csv"'), ('"id": "', '"id": "../../')):
        file.write_text(whole.replace(old, new, 1))
        assert "is not a manifest of a run" in run("verify", "run").err
    file.write_text(whole)
    assert run("verify", "run").code == ExitCode.OK
