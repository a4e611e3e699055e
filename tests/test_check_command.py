"""``handouts check`` as it is used: lines, tables, JSON, annotations, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.check.finding import Finding, Severity
from generator.errors import ExitCode
from tests.checking import OTHER, TOPIC, text_block, write_page
from tests.conftest import REPO, Run

LINE = re.compile(
    r"^(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (error|warning|note) [a-z-]+: .+$"
)
CLEAN = "You rest."
WARNS = "To know more, click here."
FAILS = "Take it b.i.d. with food."


def test_our_own_library_is_clean(run: Run) -> None:
    result = run("--library", str(REPO), "check", "--strict")
    assert result.code == 0
    assert "0 errors" not in result.err
    assert not re.search(r" (warning|error) ", result.out)


def test_every_line_has_its_place_and_its_rule(run: Run, folder: Path) -> None:
    write_page(folder, text_block(FAILS))
    lines = run("check").out.splitlines()
    assert lines
    for line in lines:
        found = LINE.match(line)
        assert found, line
        text = (folder / found["path"]).read_text().splitlines()[int(found["line"]) - 1]
        assert 1 <= int(found["column"]) <= len(text)
    (line,) = (line for line in lines if "abbreviation" in line)
    assert line.startswith(f"{TOPIC}:9:18: error abbreviation: block only, paragraph 1: 'b.i.d.' ")


@pytest.mark.parametrize(
    ("text", "strict", "code"),
    [
        (CLEAN, "", 0),
        (CLEAN, "--strict", 0),
        (WARNS, "", 0),
        (WARNS, "--strict", ExitCode.CONTENT),
        (FAILS, "", ExitCode.CONTENT),
        (FAILS, "--strict", ExitCode.CONTENT),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",), ("--format", "github")])
def test_the_exit_code(
    run: Run, folder: Path, text: str, strict: str, code: int, form: tuple[str, ...]
) -> None:
    write_page(folder, text_block(text))
    assert run("check", "other", *form, *filter(None, [strict])).code == code


def test_the_tables_go_to_the_terminal_and_not_into_the_result(run: Run, folder: Path) -> None:
    write_page(folder, text_block(WARNS))
    result = run("check", "other")
    assert re.search(r"^link-text +0 +1 +0$", result.err, re.MULTILINE)
    assert re.search(r"^other +en +\d+ +\d+ +FK -?[\d.]+, SMOG [\d.]+", result.err, re.MULTILINE)
    assert "1 warning" in result.err
    assert "RULE" not in result.out


def test_json_is_the_same_in_other_words(run: Run, folder: Path) -> None:
    write_page(folder, text_block(FAILS))
    result = run("check", "--json")
    entries = json.loads(result.out)
    assert "HANDOUT" not in result.err
    shown = ["{path}:{line}:{column}: {severity} {rule}: {message}".format(**e) for e in entries]
    assert shown == run("check").out.splitlines()
    page = (REPO / "docs" / "rules.md").read_text()
    assert all(f"`{key}`" in page for key in entries[0])


def test_annotations_for_github(run: Run, folder: Path) -> None:
    write_page(folder, text_block(FAILS))
    lines = run("check", "other", "--format", "github").out.splitlines()
    levels = {line.partition(" ")[0] for line in lines}
    assert levels <= {"::error", "::warning", "::notice"}
    (line,) = (line for line in lines if line.startswith("::error"))
    place = f"file={TOPIC},line=9,col=18,title=abbreviation"
    assert line.startswith(f"::error {place}::block only, paragraph 1: 'b.i.d.' is not clear")


def test_githubs_own_marks_are_escaped() -> None:
    finding = Finding("a,b:c.yaml", 1, 2, Severity.NOTE, "purpose", "50%\nof it, and: more")
    assert finding.annotation == (
        "::notice file=a%2Cb%3Ac.yaml,line=1,col=2,title=purpose::50%25%0Aof it, and: more"
    )


def test_json_and_annotations_are_two_formats(run: Run) -> None:
    assert run("check", "--json", "--format", "github").code == ExitCode.USAGE


def test_an_unknown_handout_is_named(run: Run) -> None:
    result = run("check", "nobody")
    assert result.code == ExitCode.USAGE
    assert "no handout is called 'nobody'" in result.err


def test_a_file_that_cannot_be_read_says_so_and_no_more(run: Run, folder: Path) -> None:
    (folder / OTHER).write_text("title: [\n")
    result = run("check")
    assert result.code == ExitCode.CONTENT
    assert result.out == ""
    assert "Traceback" not in result.err
