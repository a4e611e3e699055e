"""Signing, withdrawing and the board, as their users meet them on the command line."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import icalendar
import pytest

from generator.errors import ExitCode
from generator.library import load_library
from generator.signoff import State, standing
from tests.conftest import TODAY, Run
from tests.rosters import many
from tests.signing import sign
from tests.translated import translate

WHO = ("--by", "A. Sampleton", "--role", "Test surgeon", "--credential", "MD")
APPROVE = ("review", "approve", "sample", *WHO)
PLAN = "content/examples/plan.yaml"
TOPIC = "content/topics/sample-topic/en.yaml"


def rewrite(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def state(folder: Path, handout: str = "sample", language: str = "en") -> State:
    library = load_library(folder)
    return standing(library.handout(handout, language), TODAY, library.clinic.review).state


def test_approving_shows_what_is_signed_and_signs_it(run: Run, folder: Path) -> None:
    result = run(*APPROVE, "--yes")
    assert result.code == 0
    assert "Sample operation (sample, en), version 1.0" in result.err
    assert "pages; words sha256:" in result.err
    assert "Nobody has signed this handout before; read all of it." in result.err
    assert "Signed by A. Sampleton, MD, Test surgeon, on 2026-11-23" in result.err
    assert "it will stand until 2028-11-23" in result.err
    assert result.out == "signed: en, version 1.0, by A. Sampleton\n"
    assert state(folder) is State.STANDS
    (entry,) = load_library(folder).signoffs["sample"]
    assert (entry.by, entry.role, entry.credential) == ("A. Sampleton", "Test surgeon", "MD")


def test_everything_that_can_be_said_is_kept(run: Run, folder: Path) -> None:
    said = ("--on", "2026-11-20", "--valid-months", "6", "--note", "After the meeting")
    assert run(*APPROVE, *said, "--yes").code == 0
    (entry,) = load_library(folder).signoffs["sample"]
    assert entry.on == date(2026, 11, 20)
    assert (entry.valid_months, entry.note) == (6, "After the meeting")


def test_whoever_says_no_has_signed_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = io.StringIO("n\n")
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)
    result = run(*APPROVE)
    assert result.code == 130
    assert "Sign these words? [y/N]" in result.err
    assert state(folder) is State.DRAFT


def test_a_script_has_to_say_yes(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    result = run(*APPROVE)
    assert result.code == ExitCode.USAGE
    assert "add --yes in a script" in result.err
    assert state(folder) is State.DRAFT


REFUSED = [
    (("--on", "2026-11-24"), "is after today"),
    (("--on", "2026-10-01"), "is before the last entry of the ledger (2026-11-01)"),
    (("--by", "R. Sampleton 2"), "--by holds a digit"),
    (("--by", " "), "--by"),
    (("--role", "x" * 201), "--role"),
    (("--note", "a\u2029b"), "--note holds the invisible or unassigned character U+2029"),
]


@pytest.mark.parametrize(("more", "message"), REFUSED)
def test_what_cannot_be_signed_is_refused_in_words(
    run: Run, folder: Path, more: tuple[str, ...], message: str
) -> None:
    sign(folder)
    before = (folder / "handouts" / "sample" / "signoffs.yaml").read_bytes()
    result = run(*APPROVE, *more, "--yes")
    assert result.code == ExitCode.SIGN_OFF
    assert message in result.err
    assert (folder / "handouts" / "sample" / "signoffs.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "more",
    [
        ("--valid-months", "0"),
        ("--valid-months", "37"),
        ("--lang", "es"),
    ],
)
def test_options_that_mean_nothing(run: Run, more: tuple[str, ...]) -> None:
    assert run(*APPROVE, *more, "--yes").code == ExitCode.USAGE


@pytest.mark.parametrize("said", ["20.11.2026", "2026-11-31", "2026-11-20T07:30", "today", ""])
def test_a_day_of_signing_is_asked_for_as_it_is_written(run: Run, said: str) -> None:
    result = run(*APPROVE, "--on", said, "--yes")
    wanted = f"Invalid value for '--on': write it as 2026-12-08, not '{said}'\n"
    assert (result.code, result.err.endswith(wanted)) == (ExitCode.USAGE, True)


def test_an_unknown_handout(run: Run) -> None:
    result = run("review", "approve", "sampel", *WHO, "--yes")
    assert result.code == ExitCode.USAGE
    assert "no handout is called 'sampel'" in result.err


def test_new_words_need_a_new_version(run: Run, folder: Path) -> None:
    sign(folder)
    rewrite(folder, TOPIC, "two handouts", "some handouts")
    result = run(*APPROVE, "--yes")
    assert result.code == ExitCode.SIGN_OFF
    assert "the words changed, but the version did not: 1.0 was signed by R. Sampleton" in (
        result.err
    )
    assert "Raise 'version' in handouts/sample/handout.yaml" in result.err
    rewrite(folder, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    assert run(*APPROVE, "--yes").code == 0
    assert state(folder) is State.STANDS


def test_versions_only_grow(run: Run, folder: Path) -> None:
    rewrite(folder, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.10"')
    sign(folder)
    rewrite(folder, "handouts/sample/handout.yaml", 'version: "1.10"', 'version: "1.9"')
    result = run(*APPROVE, "--yes")
    assert result.code == ExitCode.SIGN_OFF
    assert "version 1.9 is lower than 1.10" in result.err


def test_the_same_person_signs_the_same_words_once_a_day(run: Run) -> None:
    assert run(*APPROVE, "--yes").code == 0
    again = run(*APPROVE, "--yes")
    assert again.code == ExitCode.SIGN_OFF
    assert "signed these words on the same day already" in again.err
    later = run("--as-of", "2027-11-23", *APPROVE, "--yes")
    assert later.code == 0
    assert "Not a word changed since version 1.0, signed by A. Sampleton on 2026-11-23." in (
        later.err
    )
    assert "it will stand until 2029-11-23" in later.err


def ask_for_two(folder: Path) -> None:
    rewrite(
        folder,
        "content/clinic.yaml",
        "{interval_months: 24}",
        "{interval_months: 24, signatures: [{roles: [Test surgeon]}, {roles: [Test editor]}]}",
    )


def test_two_people_sign_where_the_clinic_asks_for_it(run: Run, folder: Path) -> None:
    ask_for_two(folder)
    first = run(*APPROVE, "--yes")
    assert first.code == 0
    assert "still needed after that: Test editor" in first.err
    assert state(folder) is State.DRAFT
    same = run(*APPROVE, "--yes")
    assert same.code == ExitCode.SIGN_OFF
    assert "Another person has to sign as well: Test editor" in same.err
    porter = run("review", "approve", "sample", "--by", "P. Testa", "--role", "Porter", "--yes")
    assert porter.code == ExitCode.SIGN_OFF
    assert "Roles that do: Test surgeon, Test editor" in porter.err
    second = ("review", "approve", "sample", "--by", "B. Testa", "--role", "Test editor", "--yes")
    assert run(*second).code == 0
    assert state(folder) is State.STANDS


def test_with_several_languages_the_one_is_named(run: Run, folder: Path) -> None:
    translate(folder)
    approve = ("review", "approve", "other", *WHO, "--yes")
    missing = run(*approve)
    assert missing.code == ExitCode.USAGE
    assert "--lang is needed: it is written in en, es" in missing.err


def test_a_translation_says_what_it_translates(folder: Path) -> None:
    translate(folder)
    sign(folder, "other", language="es")
    entry = load_library(folder).signoffs["other"][0]
    assert entry.translates
    assert entry.translates.language == "en"


def test_a_withdrawal_takes_effect_at_once(run: Run, folder: Path) -> None:
    sign(folder)
    assert run("plan", PLAN).code == 0
    why = ("--note", "The fasting time is wrong", "--yes")
    result = run("review", "withdraw", "sample", *WHO, *why)
    assert result.code == 0
    assert result.out == "withdrawn: en, version 1.0, by A. Sampleton\n"
    assert "handouts recall sample" in result.err
    refused = run("plan", PLAN)
    assert refused.code == ExitCode.SIGN_OFF
    assert "sample (en): withdrawn" in refused.err
    again = run("review", "withdraw", "sample", *WHO, *why)
    assert again.code == ExitCode.SIGN_OFF
    assert "withdrawn already, by A. Sampleton on 2026-11-23: The fasting time is wrong" in (
        again.err
    )


def test_a_withdrawal_needs_a_reason(run: Run) -> None:
    result = run("review", "withdraw", "sample", *WHO, "--yes")
    assert result.code == ExitCode.USAGE
    assert "--note" in result.err


def test_a_withdrawal_is_of_every_language_if_none_is_named(run: Run, folder: Path) -> None:
    translate(folder)
    sign(folder, "other")
    sign(folder, "other", language="es")
    one = ("review", "withdraw", "other", *WHO, "--note", "Wrong", "--yes")
    assert run(*one, "--lang", "es").code == 0
    assert (state(folder, "other"), state(folder, "other", "es")) == (
        State.STANDS,
        State.WITHDRAWN,
    )
    assert run(*one).out == "withdrawn: en, version 1.0, by A. Sampleton\n"
    assert state(folder, "other") is State.WITHDRAWN


def test_the_board_has_the_most_urgent_first(run: Run, folder: Path) -> None:
    sign(folder, "other", valid_months=1)
    result = run("review", "status")
    first, sample = result.out.splitlines()[1:]
    assert first.split()[:4] == ["sample", "en", "1.0", "draft"]
    assert "2026-12-01" in sample
    assert "R. Sampleton, Test surgeon" in sample
    assert "1 of 2 may not go to a patient." in result.err
    late = run("--as-of", "2026-12-02", "review", "status")
    assert late.out.splitlines()[1].split()[:4] == ["other", "en", "1.0", "overdue"]


@pytest.mark.parametrize(
    ("within", "listed"),
    [("7d", ["sample"]), ("8d", ["sample", "other"]), ("2w", ["sample", "other"])],
)
def test_the_board_can_be_asked_what_is_due(
    run: Run, folder: Path, within: str, listed: list[str]
) -> None:
    sign(folder, "other", valid_months=1)
    result = run("review", "status", "--due-within", within)
    assert [line.split()[0] for line in result.out.splitlines()[1:]] == listed


@pytest.mark.parametrize("within", ["60", "d", "-1d", "2 months", "99999d"])
def test_a_span_is_in_days_or_weeks(run: Run, within: str) -> None:
    result = run("review", "status", "--due-within", within)
    assert result.code == ExitCode.USAGE
    assert "such as 60d or 8w" in result.err


def test_nothing_due(run: Run, folder: Path) -> None:
    for handout in ("sample", "other"):
        sign(folder, handout)
    result = run("review", "status", "--due-within", "60d", "--strict")
    assert result.code == 0
    assert result.out == "Everything stands, and nothing is due in that time.\n"


def test_strict_fails_when_anything_does_not_stand(run: Run, folder: Path) -> None:
    sign(folder)
    assert run("review", "status").code == 0
    assert run("review", "status", "--strict").code == ExitCode.SIGN_OFF


def test_the_board_for_programs(run: Run, folder: Path) -> None:
    sign(folder, valid_months=1)
    draft, signed = json.loads(run("review", "status", "--json").out)
    assert draft["state"] == "draft"
    assert draft["missing"] == ["a clinician"]
    assert signed["state"] == "stands"
    assert (signed["due"], signed["days_left"]) == ("2026-12-01", 8)
    assert signed["signed"] == [
        {"by": "R. Sampleton", "role": "Test surgeon", "credential": "MD", "on": "2026-11-01"}
    ]


def test_the_log_shows_every_entry(run: Run, folder: Path) -> None:
    sign(folder)
    sign(folder, action="withdraw", note="Wrong hour", on="2026-11-02")
    result = run("review", "log", "sample")
    lines = result.out.splitlines()
    assert lines[1].split()[:4] == ["2026-11-01", "approve", "en", "1.0"]
    assert lines[2].endswith("Wrong hour")
    assert "today: withdrawn" in result.err
    assert "The ledger is whole." in result.err
    said = json.loads(run("review", "log", "sample", "--json").out)
    assert said["head"] == said["entries"][1]["seal"]
    assert said["entries"][1]["previous"] == said["entries"][0]["seal"]


def test_a_log_of_nothing(run: Run) -> None:
    assert run("review", "log", "sample").out == "Nobody has signed this handout yet.\n"


def test_the_calendar_is_one_that_calendars_read(run: Run, folder: Path) -> None:
    sign(folder)
    (event,) = icalendar.Calendar.from_ical(run("review", "calendar").out).walk("VEVENT")
    assert event.decoded("dtstart") == date(2028, 11, 1)
    assert str(event["summary"]) == "Review due: Sample operation (en)"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger").days == -60


def test_the_calendar_as_a_file(run: Run, folder: Path) -> None:
    sign(folder)
    assert run("review", "calendar", "-o", "reviews.ics").out == "reviews.ics\n"
    first = (folder / "reviews.ics").read_bytes()
    run("review", "calendar", "-o", "reviews.ics")
    assert (folder / "reviews.ics").read_bytes() == first
    assert first.startswith(b"BEGIN:VCALENDAR\r\n")


def test_one_character_in_a_shared_topic(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly the handouts that hold it fall, nothing is laid out, and restoring it restores."""
    for handout in ("sample", "other"):
        sign(folder, handout)
    assert run("plan", PLAN, "--no-cache").code == 0
    many(folder / "roster.csv", 1)
    assert run("batch", "roster.csv", "-o", "first", "--jobs", "1").code == 0
    rewrite(folder, TOPIC, "two handouts", "two handout5")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a page was laid out")

    with monkeypatch.context() as patch:
        patch.setattr("generator.assembly.fragments.print_pdf", never)
        for command in (("plan", PLAN), ("batch", "roster.csv", "-o", "second", "--jobs", "1")):
            result = run(*command)
            assert result.code == ExitCode.SIGN_OFF
            assert "sample (en): changed since sign-off" in result.err
    assert not (folder / "second").exists()
    rewrite(folder, TOPIC, "two handout5", "two handouts")
    assert run("plan", PLAN).code == 0
    rewrite(folder, "content/procedures/sample-operation/en.yaml", "the surgeon looks", "she looks")
    assert (state(folder), state(folder, "other")) == (State.CHANGED, State.STANDS)


@pytest.mark.parametrize(
    ("months", "code"), [(4, ExitCode.SIGN_OFF), (5, 0)], ids=["runs out before", "holds"]
)
def test_a_handout_has_to_stand_on_the_day_of_surgery_too(
    run: Run, folder: Path, months: int, code: int
) -> None:
    """The example's operation is on 16 March 2027."""
    sign(folder, valid_months=months)
    result = run("plan", PLAN)
    assert result.code == code
    if code:
        assert "its review holds until 2027-03-01" in result.err
        assert "is on 2027-03-16" in result.err
        marked = run("plan", PLAN, "--allow-unreviewed", "--json")
        assert json.loads(marked.out)[0]["state"] == "overdue"


def test_check_names_what_is_due(run: Run, folder: Path) -> None:
    sign(folder, valid_months=1)
    result = run("check")
    assert result.code == 0
    assert (
        "handouts/sample/handout.yaml:1:1: warning review-due: en, version 1.0: "
        "its review is due in 8 days, on 2026-12-01"
    ) in result.out
    assert "handouts/other/handout.yaml:1:1: note review-state:" in result.out
    assert run("check", "--strict").code == ExitCode.CONTENT
    assert run("check", "other", "--strict").code == 0


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-10-01", None),
        ("2026-10-02", "its review is due in 60 days, on 2026-12-01"),
        ("2026-11-30", "its review is due in 1 day, on 2026-12-01"),
        ("2026-12-01", "its review is due today, on 2026-12-01"),
        ("2026-12-02", "its review ran out on 2026-12-01"),
    ],
)
def test_the_warning_period(run: Run, folder: Path, day: str, says: str | None) -> None:
    sign(folder, on="2025-12-01", valid_months=12)
    found = run("--as-of", day, "check", "sample").out
    assert says in found if says else "review-due" not in found


def test_check_for_programs(run: Run, folder: Path) -> None:
    sign(folder, valid_months=1)
    found = json.loads(run("check", "sample", "--json").out)
    (due,) = (finding for finding in found if finding["rule"] == "review-due")
    assert (due["severity"], due["line"]) == ("warning", 1)
