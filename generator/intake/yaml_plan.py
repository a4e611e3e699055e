"""One patient's plan from a YAML file, checked against the library it will be printed from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.errors import PlanError
from generator.intake.against import checked_plan
from generator.library import Library, read_yaml
from generator.model import Plan


def load_plan(path: Path, library: Library, now: datetime) -> Plan:
    """Read a plan; raises :class:`PlanError` with every problem, each with line and column."""
    text, problems = read_yaml(path)
    if text is None:
        raise PlanError(problems)
    plan, problems = checked_plan(text.data, text.problem, library, now)
    if plan is None:
        raise PlanError(problems)
    return plan
