"""The man page is made from the commands, whole, and in the language of man(7)."""

from __future__ import annotations

import re
import shutil
import subprocess

import click
import pytest

from generator.errors import ExitCode
from tests.conftest import REPO
from tests.manual import PAGE, VARIABLES, escaped, page
from tests.test_help import ALL, LEAVES

TEXT = PAGE.read_text()
MACROS = {".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".BR", ".RS", ".RE", ".nf", ".fi", ".nh", ".ad"}
ESCAPES = r"\\(?:e|-|&|f[BIR]|\((?:aq|ga|ha|ti|->)|\[u2026\]|\")"


def test_the_page_is_what_the_commands_say() -> None:
    assert page() == TEXT, "run: make manual"


@pytest.mark.parametrize("names", LEAVES, ids=" ".join)
def test_every_command_is_there_with_all_its_options(names: tuple[str, ...]) -> None:
    heading = f".SS {escaped(' '.join(('handouts', *names)))}"
    found = [part for part in re.split(r"\n(?=\.S[SH] )", TEXT) if part.startswith(heading)]
    assert found
    for param in ALL[names].params:
        if isinstance(param, click.Option):
            assert any(escaped(param.opts[-1]) in part for part in found), param.opts


def test_every_line_is_roff_that_man_knows() -> None:
    lines = TEXT.splitlines()
    assert TEXT.isascii()
    for line in lines:
        assert not line.startswith("'"), "a request in disguise"
        if line.startswith("."):
            assert line.startswith('.\\"') or line.split()[0] in MACROS, line
        assert "\\" not in re.sub(ESCAPES, "", line), line
        assert not line.endswith(" "), line
        assert line, "an empty line is not man's way to a new paragraph"
    for begin, end in ((".RS 4", ".RE"), (".nf", ".fi")):
        marks = [line for line in lines if line in {begin, end}]
        assert marks == [begin, end] * (len(marks) // 2)


def test_a_text_is_never_taken_for_a_request() -> None:
    assert escaped(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert escaped("'so x\\fB -v") == "\\(aqso x\\efB \\-v"


def test_exit_codes_and_variables_are_those_of_the_code() -> None:
    for code in ExitCode:
        assert f"\n.TP\n\\fB{code.value}\\fR\n" in TEXT
    read = "\n".join(file.read_text() for file in (REPO / "generator").rglob("*.py"))
    named = set(re.findall(r"(?<!_)HANDOUTS_[A-Z_]*[A-Z]", read)) - {"HANDOUTS_COMPLETE"}
    assert named == set(VARIABLES)
    assert all(f"\\fB{name}\\fR" in TEXT for name in VARIABLES)


@pytest.mark.parametrize(
    "command", [("groff", "-man", "-Tutf8", "-ww", "-z"), ("mandoc", "-Tlint", "-Wwarning")]
)
def test_what_formats_it_has_nothing_to_say(command: tuple[str, ...]) -> None:
    """It has no date: it is as old as the commands that it is made from."""
    assert shutil.which(command[0]), f"{command[0]} is missing; install it: make test-libraries"
    ended = subprocess.run([*command, str(PAGE)], capture_output=True, text=True, check=False)
    said = (ended.stdout + ended.stderr).splitlines()
    assert [line for line in said if "missing date" not in line] == []
