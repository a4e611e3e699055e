"""What TAB offers, asked as the shells ask it; that it is quick, and never an error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from generator.cli.completing import library_of
from generator.cli.main import COMMANDS, handouts
from generator.library import find_library
from tests.conftest import REPO

VARIABLE = "_HANDOUTS_COMPLETE"


def offered(line: str, *, kind: str = "plain") -> list[str]:
    """What is offered for the last word of a line."""
    words = line.split(" ")
    found = ShellComplete(handouts, {}, "handouts", VARIABLE).get_completions(words[:-1], words[-1])
    return [item.value for item in found if item.type == kind]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with plans, rosters and other things in it."""
    for name in ("monday.yaml", "roster.csv", "photo.png", "ward/night.xlsx", "notes.txt", "a.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    return tmp_path


def test_commands_and_options() -> None:
    assert offered("") == list(COMMANDS)
    assert offered("re") == ["review", "recall"]
    assert offered("review ") == ["status", "approve", "withdraw", "log", "calendar"]
    assert offered("batch --pr") == ["--print-run", "--prepared-by", "--printer"]
    assert offered("build --paper ") == ["a4", "letter"]
    assert "topic" in offered("schema ")


def test_behind_a_slip_in_a_command_the_commands_are_offered() -> None:
    assert offered("reviw ") == list(COMMANDS)


@pytest.mark.parametrize(
    "line",
    ["build ", "check ", "check --pemat ", "recall ", "diff ", "review log ", "review approve "],
)
def test_handouts(line: str) -> None:
    assert offered(f"{line}h") == ["hip-replacement"]
    assert len(offered(line)) == len([*(REPO / "handouts").iterdir()])


def test_a_handout_that_is_named_already_is_not_offered_again() -> None:
    assert "hip-replacement" not in offered("build hip-replacement ")


@pytest.mark.parametrize(
    "line", ["build --lang ", "plan --fallback ", "serve --fallback ", "review log x --lang "]
)
def test_languages(line: str) -> None:
    assert offered(line) == ["ar", "en", "es", "zh-Hans"]


def test_catalogs_and_revisions() -> None:
    assert {"es", "vi", "ko"} <= set(offered("i18n update "))
    assert offered("diff hip-replacement --since l") == ["last-signoff"]


def test_the_library_is_the_one_on_the_line_or_in_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(f"--library {folder} build ") == ["other", "sample"]
    monkeypatch.setenv("HANDOUTS_LIBRARY", str(folder))
    assert offered("build ") == ["other", "sample"]


def test_without_either_it_is_the_one_that_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    assert library_of(click.Context(handouts)) == find_library(None)


@pytest.mark.usefixtures("here")
def test_files_of_the_right_kind_come_first() -> None:
    assert offered("plan ") == ["monday.yaml"]
    assert offered("batch ") == ["monday.yaml", "roster.csv"]
    assert offered("batch ward/") == ["ward/night.xlsx"]
    assert offered("batch ./r") == ["./roster.csv"]
    assert offered("whatis ") == ["a.pdf", "photo.png"]
    assert offered("print a") == ["amputation", "a.pdf"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("line", ["plan n", "plan nowhere/", "plan ward", "batch ~nobody/"])
def test_where_no_file_fits_the_shell_offers_its_own(line: str) -> None:
    assert offered(line) == []
    assert offered(line, kind="file") == [line.split(" ")[1]]


def test_a_name_that_a_shell_would_have_to_quote_is_left_to_the_shell(here: Path) -> None:
    (here / "two words.csv").touch()
    assert offered("batch ", kind="file") == [""]


def lpstat(folder: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "bin" / "lpstat"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


@pytest.mark.parametrize("line", ["print x --printer ", "batch r.csv --printer "])
def test_printers(here: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lpstat(here, "echo Ward3; echo Office", monkeypatch)
    assert offered(line) == ["Office", "Ward3"]
    assert offered(f"{line}W") == ["Ward3"]


@pytest.mark.parametrize("does", ["echo Ward3; exit 1", "exec sleep 30"])
def test_when_cups_does_not_answer_none_are_offered(
    here: Path, does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.completing._PATIENCE", 0.2)
    lpstat(here, does, monkeypatch)
    assert offered("print x --printer ") == []


def test_without_cups_none_are_offered(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here))
    assert offered("print x --printer ") == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "line", ["build ", "build --lang ", "plan --encrypt-to x ", "i18n update "]
)
def test_a_library_that_is_not_there_is_no_error(line: str) -> None:
    assert offered(f"--library nowhere {line}x") == []


def ask(shell: str, words: str, *, imports: bool = False) -> subprocess.CompletedProcess[str]:
    """The program, as the completion of a shell calls it."""
    given = {VARIABLE: shell, "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    code = (
        "import sys; sys.argv[0] = 'handouts'; from generator.cli import main\n"
        "try: main()\n"
        f"finally: {imports} and print(*{{n.split('.')[0] for n in sys.modules}}, file=sys.stderr)"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPO,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_imports_click_alone() -> None:
    asked = ask("bash_complete", "handouts build hip", imports=True)
    assert (asked.returncode, asked.stdout) == (0, "plain,hip-replacement\n")
    imported = set(asked.stderr.split())
    assert "click" in imported
    assert not imported & {"pydantic", "yaml", "weasyprint", "jinja2", "babel", "rich", "pikepdf"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_each_shell_is_documented_and_works(shell: str) -> None:
    documented = (REPO / "docs" / "completion.md").read_text()
    assert f"{VARIABLE}={shell}_source handouts" in documented
    asked = ask(f"{shell}_source", "")
    assert asked.returncode == 0
    assert re.search(rf"{VARIABLE}={shell}_complete", asked.stdout)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_itself_completes(tmp_path: Path) -> None:
    program = tmp_path / "handouts"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n')
    program.chmod(0o755)
    script = (
        f'eval "$({VARIABLE}=bash_source handouts)"\n'
        "COMP_WORDS=(handouts build hip); COMP_CWORD=2; _handouts_completion handouts hip build\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    said = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=REPO,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "hip-replacement\n", said.stderr
