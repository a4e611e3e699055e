"""One patient's plan from a YAML file, checked against the library it will be printed from."""

from __future__ import annotations

from pathlib import Path

from generator.errors import PlanError
from generator.intake.against import against
from generator.library import Library, read_yaml
from generator.model import Invalid, Plan, read


def load_plan(path: Path, library: Library) -> Plan:
    """Read a plan; raises :class:`PlanError` with every problem, each with line and column."""
    text, problems = read_yaml(path)
    if text is None:
        raise PlanError(problems)
    try:
        plan = read(Plan, text.data)
    except Invalid as invalid:
        raise PlanError(text.problem(v.location, v.message) for v in invalid.violations) from None
    if found := list(against(library, plan, text.problem)):
        raise PlanError(found)
    return plan
