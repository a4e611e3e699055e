"""Clinics for tests: invented ones, each begun over the shipped library or over a copy of it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.own import Answers, begin
from tests.conftest import NOW, REPO

FASTING = "content/topics/fasting/en.yaml"
SAID = {
    "name": "Sample Clinic",
    "address": "2 Sample Street, Exampleton",
    "office_phone": "555-0142",
    "nights_phone": "555-0143",
    "emergency_phone": "911",
    "country": "US",
    "time_zone": "America/New_York",
}
OPTIONS = tuple(
    part for name, said in SAID.items() for part in (f"--{name.replace('_', '-')}", said)
)


def clock(time_zone: str) -> datetime:
    return NOW.astimezone(ZoneInfo(time_zone))


def clinic(folder: Path, **said: Any) -> Path:
    """A clinic's own library, begun in a folder."""
    begin(folder, Answers(**{**SAID, **said}), clock)
    return folder


def shipped_copy(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped library that a test may change, as an update of the program would."""
    for owner in ("content", "handouts", "templates"):
        shutil.copytree(REPO / owner, folder / owner)
    patch.setattr("generator.library.find.BUILT_IN", folder)
    return folder


def rewrite(file: Path, old: str, new: str) -> None:
    """Change what stands in a file."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
