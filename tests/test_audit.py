"""The bill of materials lists all that an installed press brings along."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.audit import UNKNOWN, licence, main, parts, sbom
from tests.conftest import REPO
from tests.test_architecture import DOORS

LOCK = (REPO / "requirements.lock").read_text()


def test_every_part_is_the_locked_one() -> None:
    locked = dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", LOCK, re.MULTILINE))
    listed = {
        part["purl"].removeprefix("pkg:pypi/").partition("@")[0] for part in sbom()["components"]
    }
    assert listed <= set(locked)
    assert len(listed) > 25
    assert {"weasyprint", "pikepdf", "pydantic", "pypdfium2", "distributed", "openpyxl"} <= listed
    assert not listed & {"pytest", "mypy", "ruff"}


def test_every_part_declares_a_licence() -> None:
    assert [part.name for part in parts() if licence(part) == UNKNOWN] == []


def test_no_door_is_forgotten() -> None:
    names = {part.name.lower().replace("-", "").replace("_", "") for part in parts()}
    called = {"yaml": "pyyaml", "pil": "pillow", "zxingcpp": "zxingcpp", "pydanticcore": ""}
    for door in DOORS:
        folded = door.lower().replace("_", "")
        assert called.get(folded, folded) in names | {""}


def test_what_was_not_looked_for_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("tests.audit.find_spec", lambda _: None)
    monkeypatch.setattr("sys.argv", ["audit", "--output", f"{tmp_path}/sbom.json"])
    assert main() == 0
    assert "known holes were NOT looked for" in capsys.readouterr().out
