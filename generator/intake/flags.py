"""What the person who prints a plan has to look at: nothing that is wrong for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.intake.timeline import TIMES, Timeline, timeline
from generator.library import Library
from generator.model import Plan

LONGEST_STOP = 56
"""Days without a medicine. Hardly any is stopped for longer before an operation; more is mostly a
slip of the pen: weeks for days, or another month."""
LONGEST_WAIT = timedelta(hours=24)
"""Without food, or water; the clinic's rules count in a few hours."""


def flags(library: Library, plan: Plan, now: datetime) -> tuple[str, ...]:
    """What lies in the past already, what is unusual, and a check that was none."""
    dated = timeline(library, plan, now)
    found = [*_past(dated), *_long_stops(dated, plan), *_long_waits(library, plan)]
    found += [*_allergies(plan), *_handouts(library, plan)]
    if plan.prepared_by.casefold() == plan.checked_by.casefold():
        found.append("prepared_by and checked_by are the same person")
    return tuple(dict.fromkeys(found))


def _past(dated: Timeline) -> Iterator[str]:
    for step in dated.steps:
        if step.past:
            yield f"the time of {step.rule.id} has passed"
    for dose in dated.doses:
        if dose.past:
            yield f"the day of the last dose of medicine {dose.number} has passed"


def _long_stops(dated: Timeline, plan: Plan) -> Iterator[str]:
    for dose in dated.doses:
        if (plan.surgery_at.date() - dose.day).days - 1 > LONGEST_STOP:
            yield f"medicine {dose.number} is stopped more than 8 weeks before the operation"


def _long_waits(library: Library, plan: Plan) -> Iterator[str]:
    for number, override in enumerate(plan.overrides, start=1):
        if library.clinic.facts[override.fact].unit in TIMES and override.number:
            count, unit = override.number
            if timedelta(**{unit: count}) > LONGEST_WAIT:
                yield f"override {number} is longer than 24 hours"


def _allergies(plan: Plan) -> Iterator[str]:
    """Allergies to what the plan lets a patient take, by the words of their names."""
    for number, allergy in enumerate(plan.allergies, start=1):
        for other, medicine in enumerate(plan.medicines, start=1):
            one, two = _words(allergy), _words(medicine.name)
            if medicine.action != "stop" and (one in two or two in one):
                yield f"allergy {number} is medicine {other} on this plan; ask who decided it"


def _handouts(library: Library, plan: Plan) -> Iterator[str]:
    """Handouts about operations of which none is the plan's; many are about none at all. Where the
    clinic has codes for operations, what has none is an overview."""
    operations = library.clinic.intake.operations
    for name in plan.handouts:
        about = {part.procedure for part in library.definitions[name].contents if part.procedure}
        if (about & operations if operations else about) and plan.procedure not in about:
            yield f"handout {name} is not about the operation of this plan"


def _words(text: str) -> str:
    words = re.findall(r"\w+", text.casefold())
    return f" {' '.join(words)} "
