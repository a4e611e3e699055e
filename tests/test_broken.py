"""Broken files, each beside the exact message that a person gets for it.

A case is a folder of ``tests/broken/``: the files that it puts in place of the tests' own
library's, and ``expected.txt``. ``pytest --update-expected`` writes the messages anew; read
each as an editor would before you accept it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import REPO, Run

BROKEN = REPO / "tests" / "broken"
CASES = sorted(case.name for case in BROKEN.iterdir())
PLAN = Path("content/examples/plan.yaml")


def say(case: Path, folder: Path, run: Run) -> str:
    """Put a case's files in place and ask for what they spoil; the exit code and the message."""
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    asked = ("plan", str(PLAN)) if (case / PLAN).exists() else ("list",)
    result = run(*asked)
    assert not result.out
    return f"exit {result.code}\n{result.err}"


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_refused_in_these_words(
    name: str, folder: Path, run: Run, request: pytest.FixtureRequest
) -> None:
    case = BROKEN / name
    said = say(case, folder, run)
    if request.config.getoption("--update-expected"):
        (case / "expected.txt").write_text(said)
    assert said == (case / "expected.txt").read_text()
    assert "Traceback" not in said


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60


def test_all_problems_of_all_files_come_in_one_go(folder: Path, run: Run) -> None:
    for case in ("key-twice", "clinic-colour-pale", "figure-unknown", "tab"):
        files = shutil.ignore_patterns("expected.txt")
        shutil.copytree(BROKEN / case, folder, dirs_exist_ok=True, ignore=files)
    said = run("list").err.splitlines()
    named = [line.removeprefix("handouts: ").split(":")[0] for line in said[:-1]]
    assert named == sorted(named)
    assert set(named) == {
        "content/clinic.yaml",
        "content/procedures/sample-operation/en.yaml",
        "handouts/other/handout.yaml",
        "content/topics/sample-topic/en.yaml",
    }
    assert said[-1] == "4 problems to mend; nothing was printed."


def test_a_file_that_is_too_large_is_not_read(folder: Path, run: Run) -> None:
    file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    file.write_text("#" * 1_000_001)
    assert "en.yaml: is over 1,000,000 bytes; split it" in run("list").err


def test_a_file_that_cannot_be_read(folder: Path, run: Run) -> None:
    file = folder / "handouts" / "sample" / "handout.yaml"
    file.unlink()
    file.symlink_to(folder / "nowhere")
    assert "handout.yaml: cannot be read: No such file or directory" in run("list").err
