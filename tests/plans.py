"""Plans for tests: the example of the tests' own library, changed where a test wants it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.intake.against import checked_plan
from generator.library import Library, read_yaml
from generator.model import Plan
from tests.conftest import NOW, REPO

STOP = {"name": "Examplamine", "dose": "5 mg", "action": "stop", "decided_by": "Dr. A. Example"}
LONGER = {
    "fact": "fasting-food",
    "value": "11 hours",
    "reason": "Your stomach empties slowly.",
    "decided_by": "Dr. A. Example",
}
"""An override of a rule of the tests' own clinic."""


def example_plan(folder: Path, language: str) -> Path:
    """The shipped example, for a patient who reads another language; returns its file."""
    text = (REPO / "content" / "examples" / "plan.yaml").read_text()
    file = folder / f"plan-{language}.yaml"
    file.write_text(text.replace("language: en", f"language: {language}"))
    return file


def problems_of(library: Library, now: datetime = NOW, **changed: Any) -> list[str]:
    """What is wrong with a changed plan: ``place: message``."""
    return [
        f"{p.where}: {p.message}".removeprefix(": ") for p in _checked(library, now, changed)[1]
    ]


def plan_of(library: Library, now: datetime = NOW, **changed: Any) -> Plan:
    """A changed plan that is in order; ``patient__language`` reaches into the patient."""
    plan, problems = _checked(library, now, changed)
    assert plan is not None, [str(problem) for problem in problems]
    return plan


def _checked(
    library: Library, now: datetime, changed: dict[str, Any]
) -> tuple[Plan | None, list[Problem]]:
    text, _ = read_yaml(library.folder / "content" / "examples" / "plan.yaml")
    assert text is not None
    for name, value in changed.items():
        inside, _, key = name.rpartition("__")
        place = text.data[inside] if inside else text.data
        place.pop(key, None)
        if value is not None:
            place[key] = value
    return checked_plan(text.data, text.problem, library, now)
