"""The pages for those who change the press name what is there today."""

from __future__ import annotations

import ast
import re

import pytest

from generator.cli.main import COMMANDS
from tests import map as rooms
from tests.conftest import REPO

PAGE = (REPO / "CONTRIBUTING.md").read_text()
INSTALL = (REPO / "docs" / "install.md").read_text()
FOLDERS = "generator|content|handouts|templates|tests|docs|bench|.ci"
PATHS = sorted(set(re.findall(rf"`((?:{FOLDERS})/[^`<>\s]*|[\w.]+\.(?:md|toml|lock))`", PAGE)))
STEPS = re.findall(r"^\| (.+?) \| (`generator/.+?`) \| (`.+?`) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("path", PATHS)
def test_every_path_that_is_named_is_there(path: str) -> None:
    assert (REPO / path).exists()


def test_the_paths_were_seen() -> None:
    assert len(PATHS) > 50


@pytest.mark.parametrize(("says", "files", "names"), STEPS, ids=[step[0][:30] for step in STEPS])
def test_every_step_of_the_walk_names_what_its_files_define(
    says: str, files: str, names: str
) -> None:
    defined: set[str] = set()
    for file in re.findall(r"`([^`]+)`", files):
        tree = ast.parse((REPO / file).read_text())
        kinds = (ast.FunctionDef, ast.ClassDef)
        defined |= {node.name for node in ast.walk(tree) if isinstance(node, kinds)}
    assert set(re.findall(r"`([^`]+)`", names)) <= defined, says


def test_the_walk_goes_from_the_command_line_to_the_file() -> None:
    assert STEPS[0][1] == "`generator/cli/plan_command.py`"
    assert STEPS[-1][2] == "`write_whole`"
    assert len(STEPS) > 12


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "ARCHITECTURE.md", "docs/install.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    file = REPO / page
    links = re.findall(r"\]\(([^)#:]+)\)", file.read_text())
    assert links
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_every_make_target_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPO / "Makefile").read_text(), re.MULTILINE))
    for text in (PAGE, INSTALL, (REPO / "ARCHITECTURE.md").read_text()):
        assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets


def test_the_commands_that_are_named_are_there() -> None:
    named = set(re.findall(r"`handouts ([a-z]+)", PAGE + INSTALL))
    assert named <= set(COMMANDS)


def test_install_says_what_each_part_brings() -> None:
    from tests.test_extras import EXTRAS

    assert set(re.findall(r"^\| `\[(\w+)\]` \|", INSTALL, re.MULTILINE)) == set(EXTRAS)
    assert set(re.findall(r"^\| `\[(\w+)\]` adds", INSTALL, re.MULTILINE)) == set(EXTRAS)


def test_install_names_the_libraries_that_make_installs() -> None:
    packages = re.search(
        r'^packages="(.*)"$', (REPO / ".ci" / "system-libraries").read_text(), re.MULTILINE
    )
    assert packages
    assert all(package in INSTALL for package in packages[1].split())


def test_the_picture_of_the_rooms_is_of_today() -> None:
    assert rooms.TARGET.read_text(encoding="utf-8") == rooms.svg(), "run: make map"


def test_the_picture_leaves_out_nothing_that_it_does_not_imply() -> None:
    leans, drawn = rooms.leans_on(), rooms.needed(rooms.leans_on())

    def reached(name: str) -> set[str]:
        return set(drawn[name]).union(*(reached(other) for other in drawn[name]))

    assert all(leans[name] <= reached(name) for name in leans)
    assert all(drawn[name] <= leans[name] for name in leans)
