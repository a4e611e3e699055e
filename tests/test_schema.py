"""Editors complete and check YAML by the schemas that lie beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.cli.schema_command import KINDS
from generator.library import SCHEMAS
from tests.conftest import REPO, Run

FILES = sorted(
    path for folder in ("content", "handouts") for path in (REPO / folder).rglob("*.yaml")
)


def test_the_command_offers_every_kind_of_file() -> None:
    assert set(KINDS) == set(SCHEMAS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_beside_the_content_are_the_models(run: Run, kind: str) -> None:
    printed = run("schema", kind).out
    assert (REPO / "content" / "schemas" / f"{kind}.json").read_text() == printed
    assert json.loads(printed)["additionalProperties"] is False


def test_there_is_no_schema_of_a_kind_that_is_gone() -> None:
    assert {path.stem for path in (REPO / "content" / "schemas").iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(REPO)))
def test_every_file_names_its_schema_in_its_first_line(file: Path) -> None:
    first = file.read_text().splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    schema = (file.parent / named[1]).resolve()
    assert schema.parent == REPO / "content" / "schemas"
    shelf = file.parent.parent.name
    of_shelves = {"procedures": "procedure", "topics": "topic"}
    assert schema.stem == of_shelves.get(shelf, file.stem.partition(".")[0])


def test_there_are_files_to_look_at() -> None:
    assert len(FILES) > 30
