"""Every error says why it comes and what to do; ``docs/errors.md`` is what the code says."""

from __future__ import annotations

import re

import pytest

from generator.compose.read_codes import UnreadableCopy
from generator.errors import (
    ExitCode,
    HandoutsError,
    MachineError,
    NoRun,
    OutputError,
    PlanError,
)
from generator.review.before import RevisionError
from tests import errors, raised
from tests.conftest import REPO, Run
from tests.errors import codes, messages, page, why

PAGE = errors.PAGE.read_text()
RAISED = [error for error in errors.errors() if messages(error)]


def test_the_page_is_what_the_code_says() -> None:
    assert page() == PAGE, "run: make errors"


@pytest.mark.parametrize("error", RAISED, ids=lambda error: error.__name__)
def test_every_error_says_why_it_comes_and_what_to_do(error: type[HandoutsError]) -> None:
    cause, cure = why(error.__doc__)
    assert len(cause.split()) > 3
    assert len(cure.split()) > 3


@pytest.fixture
def undescribed() -> type[HandoutsError]:
    class Undescribed(OutputError):
        """Nobody says what to do about it."""

    return Undescribed


def test_an_error_that_does_not_is_found(undescribed: type[HandoutsError]) -> None:
    with pytest.raises(ValueError, match="after 'Cure:' what to do then"):
        why(undescribed.__doc__)


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_says_when_it_comes_and_what_to_do(code: ExitCode) -> None:
    cause, _ = why(codes()[code])
    readme = (REPO / "README.md").read_text()
    assert f"| {code.value} | {code.name} | {cause.rstrip('.')} |".lower() in readme.lower()
    assert f"\n## {code.value} {code.name}\n" in PAGE


def test_what_is_raised_is_on_the_page() -> None:
    """A message of each kind of place: a constructor, a call's text, a check of the words."""
    for said in (
        "no handout is called 'hip-replacement'",
        "there is no run to resume; leave out --resume",
        "Error: --from and --to go together",
        "is the same patient on the same day",
        "| `'…' is written twice` | `keep one` |",
        "CUPS is missing. Install it with: make system-libraries",
        "this is a bug in the handout press: …",
        "others can read the password file …. Run: chmod 600 …",
        "the machine ran out of memory; run again with fewer --jobs",
    ):
        assert said in PAGE, said


def test_what_a_user_sees_is_found_by_its_words(run: Run) -> None:
    """Messages of real commands, each searched for as a user would: by a few words of it."""
    for arguments, words in (
        (("build", "nothing"), "no handout is called"),
        (("build", "other", "-o", "content"), "choose another folder with -o"),
        (("plan", "content/examples/plan.yaml"), "these words may not go to a patient yet"),
        (("review", "log", "nothing"), "no handout is called"),
        (("print", "nowhere.pdf", "--printer", "x"), "is no file. Name a PDF, or one of"),
        (("batch", "content/examples/plan.yaml", "--from", "3"), "--from and --to go together"),
        (("verify", "content/clinic.yaml"), "is not a manifest of a run"),
    ):
        assert words in run(*arguments).err
        assert words in PAGE


def test_no_sentence_of_ours_is_left_half_made() -> None:
    lines = re.findall(r"^(?:handouts|Error): .*$", PAGE, re.MULTILINE)
    assert len(lines) > 80
    for line in lines:
        assert "None" not in line, line
        assert "……" not in line, line
        assert ": ." not in line, line
        assert "?." not in line, line


@pytest.mark.parametrize("kind", errors.problems())
def test_every_message_about_a_file_says_what_to_do(kind: str) -> None:
    for line in errors.problems()[kind]:
        assert "; " in line or "must be " in line, line


@pytest.mark.parametrize("error", [NoRun, UnreadableCopy, RevisionError, MachineError])
def test_words_that_stand_where_they_are_raised_say_what_to_do(error: type[HandoutsError]) -> None:
    for line in messages(error):
        assert re.search(r"; |\. [A-Z]|it is damaged|cannot be read: |at that time", line), line


def test_calls_are_read_with_the_names_that_they_use() -> None:
    texts = {text for call in raised.calls() for texts in call.texts for text in texts}
    assert "its journal is damaged in its first line; choose another folder with -o" in texts
    assert "… packets were removed during the run; run again with --resume" in texts


def test_a_plan_s_problem_is_a_plan_s() -> None:
    (said,) = messages(PlanError)
    assert said == "roster.csv:8:0: row 7, record EX-000123, side: is missing; add left or right"
