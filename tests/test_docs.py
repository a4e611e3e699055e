"""What the README claims is compared with the code."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli.main import COMMANDS, handouts
from generator.errors import ExitCode
from generator.signoff import State
from tests.conftest import REPO, Run
from tests.rosters import many
from tests.test_whatis import code_of, edit

README = (REPO / "README.md").read_text()
REVIEW = (REPO / "docs" / "review.md").read_text()


def test_the_table_of_exit_codes_is_the_enum() -> None:
    rows = re.findall(r"^\| (\d) \| ([A-Z_]+) \|", README, re.MULTILINE)
    assert [(int(code), name) for code, name in rows] == [(c.value, c.name) for c in ExitCode]


def test_the_table_of_commands_is_the_command_line() -> None:
    assert sorted(re.findall(r"^\| `handouts (\w+)", README, re.MULTILINE)) == sorted(COMMANDS)


def test_the_map_shows_the_rooms_in_their_order() -> None:
    from tests.test_architecture import ROOMS

    text = (REPO / "ARCHITECTURE.md").read_text()
    rooms = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", text, re.MULTILINE)
    assert tuple(rooms) == ROOMS


def test_the_two_commands_are_on_the_first_screen() -> None:
    first_screen = README.splitlines()[:20]
    assert any(line.startswith("make handouts") for line in first_screen)
    assert any(line.startswith("make test") for line in first_screen)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (REPO / link).exists()


BATCH = ("batch", "r.csv", "-o", "run", "--allow-unreviewed")


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("build", "other"),
        ("plan", "content/examples/plan.yaml", "--allow-unreviewed"),
        ("doctor",),
        ("intake", "r.csv"),
        ("cache", "info"),
        (*BATCH, "--dry-run"),
        (*BATCH, "--print-run"),
        (*BATCH, "--only", "1"),
        ("verify", "run"),
        ("shred", ".", "--older-than", "0h", "--yes"),
        ("i18n", "status"),
    ],
    ids=" ".join,
)
def test_every_json_key_is_documented(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    many(folder / "r.csv", 1)
    if command[0] in {"verify", "shred"} or "--only" in command:
        run(*BATCH)
    result = json.loads(run(*command, "--json").out)
    assert result
    entries = result if isinstance(result, list) else [result]
    keys = {key for entry in entries for key in entry}
    assert all(f"`{key}`" in README for key in keys)


def test_every_json_key_of_reviews_is_documented(run: Run, folder: Path) -> None:
    """Of a handout that is signed, given out, changed and withdrawn."""
    sign = (*("--by", "A. Sampleton"), "--role", "Test surgeon", "--yes")

    def said(*command: str) -> dict[str, object]:
        result = json.loads(run(*command, "--json").out)
        return {" ".join(command[:2] if command[0] == "review" else command[:1]): result}

    results = said("review", "approve", "sample", *sign)
    assert run("plan", "content/examples/plan.yaml").code == 0
    code, words = code_of(folder), "content/procedures/sample-operation/en.yaml"
    edit(folder, words, "surgeon looks.", "surgeon looks twice.")
    results |= said("diff", "sample")
    results |= said("review", "withdraw", "sample", "--note", "a test", *sign)
    results |= said("recall") | said("whatis", code)
    results |= said("review", "log", "sample") | said("review", "status")
    rows = {
        name: re.findall(rf"^\| .*`{name}`.* \| (.+) \|$", REVIEW, re.MULTILINE) for name in results
    }
    for name, result in results.items():
        row = "".join(rows[name] + rows["review log"] * ("entry" in keys_below(result)))
        assert {key for key in keys_below(result) if f"`{key}`" not in row} == set(), name


def keys_below(value: object) -> set[str]:
    """Every key of a result."""
    if isinstance(value, list):
        return set().union(*map(keys_below, value))
    return set(value).union(*map(keys_below, value.values())) if isinstance(value, dict) else set()


def test_every_state_is_documented() -> None:
    listed = re.search(r"`state`\s+\((`[^)]*`)\)", README)
    assert listed
    assert re.findall(r"`([^`]+)`", listed[1]) == list(State)


def commands_without_json(group: click.Group, *names: str) -> Iterator[str]:
    """What takes no ``--json``, by the commands themselves."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from commands_without_json(command, *names, name)
        elif not any("--json" in option.opts for option in command.params):
            yield " ".join((*names, name))


def test_the_commands_without_json_are_named() -> None:
    listed = re.search(r"All but (`[^.]*`)\s+take\s+`--json`", README)
    assert listed
    assert sorted(re.findall(r"`([^`]+)`", listed[1])) == sorted(commands_without_json(handouts))


def commands_of_the_readme() -> list[str]:
    """Every ``handouts`` that the README has its reader type; ``make`` is what CI types."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = (line for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith("handouts ")]


def test_the_readme_has_commands_to_try() -> None:
    assert len(commands_of_the_readme()) >= 4


@pytest.mark.parametrize("line", commands_of_the_readme())
def test_a_command_of_the_readme_works_as_it_stands_there(line: str, tmp_path: Path) -> None:
    (tmp_path / "content").symlink_to(REPO / "content")
    program = [sys.executable, "-m", "generator", "--library", str(REPO), "--as-of", "2027-03-01"]
    done = subprocess.run(
        [*program, *shlex.split(line)[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_key_of_the_manifest_is_documented(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    run(*BATCH, "--print-run")
    manifest = json.loads((folder / "run" / "manifest.json").read_text())
    (packet,) = manifest["packets"]
    keys = {*manifest, *packet, *packet["handouts"][0], *manifest["print_run"]}
    assert all(f"`{key}`" in README for key in keys - {"manifest", "packets"})


def test_the_makefile_writes_a_schema_for_every_kind() -> None:
    from generator.cli.schema_command import KINDS

    line = re.search(r"^SCHEMAS := (.*)$", (REPO / "Makefile").read_text(), re.MULTILINE)
    assert line
    assert tuple(line[1].split()) == KINDS


def test_the_program_names_itself() -> None:
    assert handouts.name == "handouts"


def test_every_option_of_the_desk_is_in_its_page() -> None:
    from generator.cli.serve_command import command

    text = (REPO / "docs" / "desk.md").read_text()
    options = [name for option in command.params for name in option.opts]
    assert len(options) >= 10
    assert [name for name in options if f"`{name}" not in text and f" {name}" not in text] == []
