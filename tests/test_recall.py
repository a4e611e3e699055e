"""The register of what was given out, and whom to call when its words no longer stand."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from generator.errors import ExitCode
from generator.recall import register
from tests.conftest import Run
from tests.rosters import row, write
from tests.signing import sign
from tests.translated import label, translate

PLAN = "content/examples/plan.yaml"
SURGERY = "2027-03-16"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of this test's own."""
    monkeypatch.setenv(register.FOLDER, str(tmp_path / "register"))
    return tmp_path / "register"


@pytest.fixture
def given(run: Run, folder: Path, kept: Path) -> Path:
    """The example packet, given out with its words signed off."""
    sign(folder)
    assert run("plan", PLAN).code == ExitCode.OK
    assert len(list(kept.iterdir())) == 1
    return folder


@pytest.mark.usefixtures("given")
def test_while_the_words_stand_nobody_is_called(run: Run) -> None:
    result = run("recall", "--strict")
    assert result.code == ExitCode.OK
    assert result.out == "Nobody has to be called.\n"


def test_nothing_was_ever_given_out(run: Run, kept: Path) -> None:
    assert run("recall").out == "Nobody has to be called.\n"
    assert not kept.exists()


def test_changed_words_and_the_same_put_back(run: Run, given: Path) -> None:
    edit(given, "content/clinic.yaml", "555-0111", "555-0199")
    result = run("recall")
    assert result.code == ExitCode.OK
    header, line, _, count = result.out.splitlines()
    assert header.split()[:3] == ["SURGERY", "RECORD", "HANDOUT"]
    assert line.split()[:6] == [SURGERY, "EX-000123", "sample", "1.0", "en", "2026-11-23"]
    assert "its words have changed; the library has version 1.0 now" in line
    assert count == "1 patient to call."
    edit(given, "content/clinic.yaml", "555-0199", "555-0111")
    assert "Nobody" in run("recall").out


def test_newer_signed_words_are_not_the_ones_at_the_kitchen_table(run: Run, given: Path) -> None:
    edit(given, "content/clinic.yaml", "555-0111", "555-0199")
    edit(given, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    sign(given, on="2026-11-20")
    assert "the library has version 1.1 now" in run("recall").out


def test_withdrawn_words(run: Run, given: Path) -> None:
    sign(given, action="withdraw", note="The hour is wrong", on="2026-11-22")
    result = run("recall", "--strict")
    assert result.code == ExitCode.SIGN_OFF
    assert "withdrawn on 2026-11-22: The hour is wrong" in result.out


def test_a_review_that_was_shortened_runs_out_before_the_operation(run: Run, given: Path) -> None:
    edit(given, "content/clinic.yaml", "interval_months: 24", "interval_months: 2")
    assert "its review holds until 2027-01-01 only" in run("recall").out


def test_a_handout_that_is_gone_can_be_recalled(run: Run, given: Path) -> None:
    (given / "handouts" / "sample").rename(given.parent / "gone")
    result = run("recall", "sample")
    assert result.code == ExitCode.OK
    assert "it is not in the library any more" in result.out
    assert run("recall", "never-there").code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("time", "listed"),
    [
        ("2027-03-15", True),
        ("2027-03-16", True),
        ("2027-03-16T23:59", True),
        ("2027-03-17", False),
    ],
)
def test_until_the_day_of_the_operation(run: Run, given: Path, time: str, listed: bool) -> None:
    edit(given, "content/clinic.yaml", "555-0111", "555-0199")
    assert ("EX-000123" in run("--as-of", time, "recall").out) is listed


def test_a_newer_packet_takes_the_place_of_the_older(run: Run, given: Path) -> None:
    edit(given, "content/clinic.yaml", "555-0111", "555-0199")
    assert "EX-000123" in run("recall").out
    edit(given, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    sign(given, on="2026-11-20")
    edit(given, PLAN, "2027-03-16T", "2027-03-18T")
    assert run("plan", PLAN).code == ExitCode.OK
    assert "Nobody" in run("recall").out


@pytest.mark.usefixtures("kept")
def test_pages_that_a_newer_packet_does_not_have_are_still_with_the_patient(
    run: Run, folder: Path
) -> None:
    for name in ("sample", "other"):
        sign(folder, name)
    edit(folder, PLAN, "[sample]", "[sample, other]")
    assert run("plan", PLAN).code == ExitCode.OK
    edit(folder, PLAN, "[sample, other]", "[sample]")
    edit(folder, PLAN, "2027-03-16T", "2027-03-18T")
    assert run("plan", PLAN).code == ExitCode.OK
    for name in ("sample", "other"):
        sign(folder, name, action="withdraw", on="2026-11-22")
    calls = json.loads(run("--as-of", "2027-03-17", "recall", "--json").out)
    assert {(call["handout"], call["surgery_on"]) for call in calls} == {
        ("sample", "2027-03-18"),
        ("other", "2027-03-18"),
    }
    assert len({call["packet"] for call in calls}) == 2
    assert json.loads(run("--as-of", "2027-03-19", "recall", "--json").out) == []


def test_the_other_side_is_another_operation(run: Run, given: Path) -> None:
    edit(given, PLAN, "side: left", "side: right")
    edit(given, PLAN, "2027-03-16T", "2027-05-18T")
    assert run("plan", PLAN).code == ExitCode.OK
    sign(given, action="withdraw", on="2026-11-22")
    calls = json.loads(run("recall", "--json").out)
    assert [call["surgery_on"] for call in calls] == [SURGERY, "2027-05-18"]


def test_only_some_handouts(run: Run, folder: Path, kept: Path) -> None:
    edit(folder, PLAN, "[sample]", "[sample, other]")
    for name in ("sample", "other"):
        sign(folder, name)
    assert run("plan", PLAN).code == ExitCode.OK
    sign(folder, "other", action="withdraw", on="2026-11-22")
    assert kept.exists()
    assert "Nobody" in run("recall", "sample").out
    assert "other 1.0" in run("recall", "other").out


@pytest.mark.usefixtures("kept")
def test_a_draft_is_recalled_when_its_words_change(run: Run, folder: Path) -> None:
    assert run("plan", PLAN, "--allow-unreviewed").code == ExitCode.OK
    assert "Nobody" in run("recall").out
    edit(folder, "content/clinic.yaml", "555-0111", "555-0199")
    assert "EX-000123" in run("recall").out


@pytest.mark.usefixtures("kept")
def test_a_translation_goes_out_of_date_with_its_source(run: Run, folder: Path) -> None:
    translate(folder)
    label(folder)
    edit(folder, PLAN, "[sample]", "[other]")
    edit(folder, PLAN, "language: en", "language: es")
    sign(folder, "other")
    sign(folder, "other", language="es")
    plan = ("plan", PLAN, "--fallback", "en")
    assert run(*plan).code == ExitCode.PLAN  # no handout of the packet is about the procedure
    edit(folder, PLAN, "[other]", "[other, sample]")
    sign(folder)
    assert run(*plan).code == ExitCode.OK
    edit(folder, "content/topics/sample-topic/en.yaml", "This page is", "This topic is")
    said = json.loads(run("recall", "--json").out)
    assert {(call["handout"], call["language"]) for call in said} == {
        ("other", "es"),
        ("sample", "en"),
    }
    (spanish,) = (call["what"] for call in said if call["language"] == "es")
    assert spanish == "the words that it was translated from have changed"


def test_for_programs(run: Run, given: Path) -> None:
    sign(given, action="withdraw", note="The hour is wrong", on="2026-11-22")
    (call,) = json.loads(run("recall", "--json").out)
    assert set(call) == {
        *("record_id", "surgery_on", "packet", "procedure", "handout", "language"),
        *("version", "digest", "printed_on", "what"),
    }
    assert (call["record_id"], call["surgery_on"]) == ("EX-000123", SURGERY)


BATCH = ("batch", "r.csv", "-o", "run", "--jobs", "1")


def test_a_batch_is_one_printing_without_the_rows_that_failed(
    run: Run, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(folder)
    monkeypatch.setattr("generator.intake.letters.unprintable", lambda _: "")
    write(folder / "r.csv", row(1), row(2, given_name="ꮾ"), row(3), row(4, side=""))
    assert run(*BATCH).code == ExitCode.PARTIAL
    (file,) = kept.iterdir()
    noted = json.loads(file.read_text())
    assert [packet["record_id"] for packet in noted["packets"]] == ["EX-000001", "EX-000003"]
    made = json.loads((folder / "run/manifest.json").read_text())["packets"]
    done = {packet["id"]: packet["surgery_on"] for packet in made if packet["status"] == "done"}
    assert {packet["packet"]: packet["surgery_on"] for packet in noted["packets"]} == done


def test_a_batch_that_goes_on_lists_each_patient_once(run: Run, folder: Path, kept: Path) -> None:
    sign(folder)
    write(folder / "r.csv", row(1), row(2))
    assert run(*BATCH).code == ExitCode.OK
    assert run(*BATCH, "--resume").code == ExitCode.OK
    assert len(list(kept.iterdir())) == 2
    sign(folder, action="withdraw", on="2026-11-22")
    assert [call["record_id"] for call in json.loads(run("recall", "--json").out)] == [
        "EX-000001",
        "EX-000002",
    ]


def test_a_batch_that_is_killed_has_been_noted(
    run: Run, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    sign(folder)
    write(folder / "r.csv", row(1))
    monkeypatch.setattr("generator.batches.Batch.run", killed)
    assert run(*BATCH).code == 130
    assert len(list(kept.iterdir())) == 1


def test_a_packet_that_is_not_made_is_not_noted(
    run: Run, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(folder)
    monkeypatch.setattr("generator.intake.letters.unprintable", lambda _: "")
    edit(folder, PLAN, "Testa", "ꮾ")
    assert run("plan", PLAN).code == ExitCode.LAYOUT
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize("command", [("plan", PLAN), BATCH])
def test_what_cannot_be_noted_is_not_printed(
    run: Run, folder: Path, kept: Path, command: tuple[str, ...]
) -> None:
    sign(folder)
    write(folder / "r.csv", row(1))
    kept.write_text("a file where the folder would be")
    result = run(*command)
    assert result.code == ExitCode.OUTPUT
    assert "the register of what was given out" in result.err
    assert register.FOLDER in result.err
    assert not list(folder.glob("out/*.pdf"))
    assert not list(folder.glob("run/packets/*.pdf"))


def test_a_damaged_file_is_named_and_the_others_are_read(run: Run, given: Path, kept: Path) -> None:
    (kept / "20260101T000000-00000000.json").write_text("{")
    (kept / "20260101T000000-00000001.json").write_text('{"register": 99}')
    sign(given, action="withdraw", on="2026-11-22")
    result = run("recall")
    assert result.code == ExitCode.OUTPUT
    assert "EX-000123" in result.out
    assert "20260101T000000-00000000.json: it is no printing" in result.err
    assert "it was written by another version of the press" in result.err


def test_the_register_names_nobody_and_only_its_owner_reads_it(given: Path, kept: Path) -> None:
    (file,) = kept.iterdir()
    text = file.read_text() + file.name
    for word in ("Testa", "Exampleperson", "1961", "Examplamine", "Samplicillin", "555-0123"):
        assert word not in text
    assert "EX-000123" not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert given


def test_entries_go_thirty_days_after_the_last_operation(run: Run, given: Path, kept: Path) -> None:
    (file,) = kept.iterdir()
    data = json.loads(file.read_text())
    data["packets"][0]["surgery_on"] = "2020-01-31"
    old = kept / "20200101T000000-00000000.json"
    old.write_text(json.dumps(data))
    assert run("plan", PLAN).code == ExitCode.OK
    assert not old.exists()
    assert file.exists()
    assert given


def test_a_day_that_is_only_tried_out_purges_nothing(run: Run, given: Path, kept: Path) -> None:
    edit(given, PLAN, "2027-03-16T", "2035-03-16T")
    late = ("--as-of", "2035-01-01", "plan", PLAN, "--allow-unreviewed")
    assert run(*late).code == ExitCode.OK
    assert len(list(kept.iterdir())) == 2


def test_another_clinics_packets_are_passed_over_and_counted(run: Run, given: Path) -> None:
    edit(given, "content/clinic.yaml", "name: Test Clinic", "name: Another Test Clinic")
    sign(given, action="withdraw", on="2026-11-22")
    result = run("recall")
    assert result.code == ExitCode.OUTPUT
    assert "of 1 packets in the register nothing is known" in result.err
    late = run("--as-of", "2027-03-17", "recall")
    assert late.code == ExitCode.OK


def test_two_printings_in_one_second_are_put_in_their_order(
    run: Run, given: Path, kept: Path
) -> None:
    (first,) = kept.iterdir()
    edit(given, "content/clinic.yaml", "555-0111", "555-0199")
    assert run("plan", PLAN, "--allow-unreviewed").code == ExitCode.OK
    os.utime(first, (1, 1))
    assert "Nobody" in run("recall").out
    os.utime(first, (4e9, 4e9))
    assert "EX-000123" in run("recall").out
