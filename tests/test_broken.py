"""Broken files, each beside the exact message that a person gets for it.

A case is a folder of ``tests/broken/``: the files that it puts in place of the tests' own
library's, and ``expected.txt``. ``pytest --update-expected`` writes the messages anew; read
each as an editor would before you accept it.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.library import SCHEMAS, load_library, read_yaml
from generator.model import Invalid, Location, read
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
    assert len(CASES) >= 120


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


@pytest.mark.parametrize("said", ["12:30", "no", "010", "1e3", "2026-11-23", "~", "0x1F"])
def test_what_yaml_would_make_a_number_or_a_date_of_stays_text(folder: Path, said: str) -> None:
    file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    file.write_text(file.read_text().replace("title: A sample topic", f"title: {said}"))
    assert load_library(folder).topics["sample-topic", "en"].title == said


def test_a_comment_on_a_line_of_its_own_or_after_a_quote_is_none_of_the_text(folder: Path) -> None:
    file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    title = '# what it is called\ntitle: "Pill #2" # quoted'
    file.write_text(file.read_text().replace("title: A sample topic", title))
    assert load_library(folder).topics["sample-topic", "en"].title == "Pill #2"


WRONG: tuple[Any, ...] = (
    *("x", "", "-1", "9" * 5000, "2.5", "x" * 3000, "{", "\u0663"),
    *([], {}, ["x"], {"x": "y"}, [[]], [{}], ["x"] * 200),
)
FILES = {
    "clinic": "content/clinic.yaml",
    "figures": "content/figures/figures.yaml",
    "handout": "handouts/other/handout.yaml",
    "plan": "content/examples/plan.yaml",
    "procedure": "content/procedures/sample-operation/en.yaml",
    "topic": "content/topics/sample-topic/en.yaml",
}


def places(data: Any, at: Location = ()) -> Iterator[Location]:
    """Every key and every entry of a file's data."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in entries:
        yield (*at, step)
        if isinstance(value, dict | list):
            yield from places(value, (*at, step))


def with_value(data: Any, at: Location, value: Any) -> Any:
    """A copy of the data with another value at one place."""
    changed = copy.deepcopy(data)
    inner = changed
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    return changed


@pytest.mark.parametrize("kind", FILES)
def test_whatever_stands_wherever_is_refused_in_our_own_words(kind: str) -> None:
    """Our messages start with a small letter or a quote, and pydantic's with a capital one."""
    text, _ = read_yaml(REPO / "tests" / "library" / FILES[kind])
    assert text
    refused = 0
    for at in places(text.data):
        for value in WRONG:
            try:
                read(SCHEMAS[kind], with_value(text.data, at, value))
            except Invalid as invalid:
                refused += 1
                said = [violation.message for violation in invalid.violations]
                assert all(message[0] == message[0].lower() for message in said), (at, said)
    assert refused > 50
