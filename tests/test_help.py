"""Every help text: an example that the real command takes, no line too long, nothing cut off."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli.main import COMMANDS, GROUPS, handouts
from tests.conftest import REPO, Run

FILES = ("plan.yaml", "roster.csv", "scan.pdf", "photo.jpg")
"""What the examples name, and what a parse wants to be there."""


def every(command: click.Command, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all that are in it."""
    yield names, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner, name
            yield from every(inner, *names, name)


ALL = dict(every(handouts))
LEAVES = [names for names, command in ALL.items() if not isinstance(command, click.Group)]


def examples(command: click.Command) -> list[str]:
    """The command lines in the end of a help text; one that ends in a backslash goes on."""
    _, found, listed = (command.epilog or "").partition("Example")
    assert found, f"{command.name} has no example"
    return re.findall(r"^\s*(?:s?: ?)?(handouts .*)$", listed.replace("\\\n", " "), re.MULTILINE)


def parse(command: click.Command, line: list[str]) -> list[str]:
    """What a command line means to click, without running it: the names of its commands."""
    context = handouts.make_context("handouts", line)
    names = []
    while isinstance(command, click.Group):
        name, inner, line = command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        assert name
        assert inner
        names.append(name)
        command, context = inner, inner.make_context(name, line, parent=context)
    return names


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with what the examples name."""
    for name in (*FILES, "tonight/manifest.json", "tonight/print-run.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "content").symlink_to(REPO / "content")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("names", ALL, ids=" ".join)
def test_every_example_is_one_that_the_command_takes(names: tuple[str, ...]) -> None:
    lines = examples(ALL[names])
    assert lines
    shown = [shlex.split(line.partition(" > ")[0])[1:] for line in lines]
    for words in shown:
        assert tuple(parse(handouts, words))[: len(names)] == names
        for word in words:
            if re.fullmatch(r"hip-\w+", word):
                assert (REPO / "handouts" / word).is_dir()


@pytest.mark.usefixtures("clinic")
def test_an_example_that_no_longer_holds_is_found() -> None:
    for wrong in ("build --colour", "review sign x", "batch nowhere.csv", "plan"):
        with pytest.raises(click.UsageError):
            parse(handouts, wrong.split())


@pytest.mark.parametrize("names", ALL, ids=" ".join)
def test_help_fits_80_columns_and_cuts_nothing_off(
    names: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = run(*names, "--help")
    assert said.code == 0
    assert said.out.startswith("Usage: handouts")
    assert max(map(len, said.out.splitlines())) <= 80
    assert "..." not in said.out.replace("]...", "").replace("[ARGS]...", "")
    assert "TEXT" not in said.out.replace("--note TEXT", "")
    assert not re.search(r"INTEGER|<=|>=|\[default: \(", said.out)


@pytest.mark.parametrize("names", LEAVES, ids=" ".join)
def test_every_option_says_what_it_does_and_what_it_is_otherwise(names: tuple[str, ...]) -> None:
    command = ALL[names]
    context = click.Context(command, show_default=True)
    for option in command.params:
        if isinstance(option, click.Option):
            record = option.get_help_record(context)
            assert record
            assert record[1], f"{option.name} has no help"
            assert "if not given" not in record[1], "that is what the default is for"


def test_a_default_is_shown_where_there_is_one(run: Run) -> None:
    said = " ".join(run("batch", "--help").out.split())
    for default in ("[default: out]", "[default: 1; 1 to 99]", "[default: roster]"):
        assert default in said
    assert "[default: one for each core; 1 to 256]" in said


def test_options_stand_in_groups(run: Run) -> None:
    said = run("batch", "--help").out
    headings = re.findall(r"^(\w.*):$", said, re.MULTILINE)
    assert headings == [
        *("The run", "Print a part of it again", "The roster", "Which words", "The pages"),
        *("The printer", "Options"),
    ]
    assert said.index("--only") < said.index("The roster:")


def test_commands_stand_by_who_needs_them(run: Run) -> None:
    said = run("--help").out
    places = [said.index(f"\n{heading}:\n") for heading in GROUPS]
    assert places == sorted(places)
    for names in GROUPS.values():
        for name in names:
            assert re.search(rf"^  {name}  +[A-Z].*\.$", said, re.MULTILINE), name
    assert len(COMMANDS) == len(set(COMMANDS))
