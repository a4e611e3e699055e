"""What a new clinic's library takes over from the shipped one, as it is written there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import ContentError
from generator.library import CLINIC, read_yaml, shipped_library

PLAN = "content/examples/plan.yaml"


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped clinic and its invented patient, as plain data."""

    folder: Path
    clinic: dict[str, Any]
    plan: dict[str, Any]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.clinic["languages"])


def shipped() -> Shipped:
    """Read from the copy inside the program."""
    folder = shipped_library()
    return Shipped(folder, _data(folder / CLINIC), _data(folder / PLAN))


def _data(file: Path) -> dict[str, Any]:
    text, problems = read_yaml(file)
    if text is None:
        raise ContentError(problems)
    return text.data
