"""The threat model is what is tested: each of its lines names a test, and each test exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.bounds import MEGABYTES, SECONDS, Bounds
from tests.conftest import REPO

TEXT = (REPO / "docs" / "security.md").read_text()
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
LINES = [
    line
    for line in TEXT.splitlines()
    if line.startswith("| ") and not re.match(r"\| (could try|what happens|who|---)", line)
]
THREATS = LINES[LINES.index(next(line for line in LINES if "`{{ 7*7 }}`" in line)) :]


def functions_of(file: Path) -> set[str]:
    nodes = ast.walk(ast.parse(file.read_text()))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("line", THREATS, ids=lambda line: line[2:50])
def test_each_line_names_tests_that_exist(line: str) -> None:
    named = NAMED.findall(line)
    assert named, "a line of the threat model without a test is a hope"
    for file, name in named:
        assert name in functions_of(REPO / "tests" / file), f"{file}::{name} is not there"


def test_there_are_many_lines() -> None:
    assert len(THREATS) >= 40


def test_the_bounds_are_those_of_the_program() -> None:
    usual = Bounds()
    assert f"`{SECONDS}` ({usual.seconds:g})" in TEXT
    assert f"`{MEGABYTES}` ({usual.megabytes})" in TEXT


@pytest.mark.parametrize("name", ["docs/security.md", "docs/privacy.md", "SECURITY.md"])
def test_links_lead_somewhere(name: str) -> None:
    file = REPO / name
    for link in re.findall(r"\]\(([^)#:]+)\)", file.read_text()):
        assert (file.parent / link).exists(), link


def test_nobody_is_invented_to_report_to() -> None:
    assert not re.search(r"[\w.]+@[\w.]+|https?://", (REPO / "SECURITY.md").read_text())
