"""The timeline of a plan: what to do when, from the clinic's rules and the plan's own overrides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.intake.clock import before, clock_change, day_before
from generator.intake.medicines import last_dose
from generator.library import Library
from generator.model import Fact, Override, Plan, Rule

TIMES, DAYS = frozenset({"minutes", "hours"}), frozenset({"days", "weeks"})
"""Units that give a time of day, and those that give a day. A month has no one length."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``at`` is a time of the clinic's zone; without one it is for the whole
    ``day``; without a day it holds from now on. ``past``: it was over when the plan was made.
    """

    rule: Rule
    day: date | None
    at: datetime | None = None
    override: Override | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Dose:
    """The last dose of a medicine, the plan's ``number``th from 1: no later than on a ``day``, or
    ``at`` a time of the clinic's zone. ``past``: that was over when the plan was made."""

    number: int
    medicine: str
    day: date
    at: datetime | None
    past: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """All steps in the order of time, and the last doses in the order of the plan. ``clock_change``
    is the day on which the clocks are moved between the first time and the operation, and by how
    much."""

    steps: tuple[Step, ...]
    doses: tuple[Dose, ...]
    clock_change: tuple[date, timedelta] | None = None


def plan_facts(library: Library, plan: Plan) -> dict[str, Fact]:
    """The named facts as they hold for a plan: the clinic's, its handouts', its own overrides."""
    facts = library.clinic.all_facts
    for name in plan.handouts:
        if name in library.definitions:
            facts |= library.definitions[name].facts
    for override in plan.overrides:
        if override.fact in facts:
            facts[override.fact] = _overridden(facts[override.fact], override, library)
    return facts


def timeline(library: Library, plan: Plan, now: datetime) -> Timeline:
    """The dated steps of a plan whose times are placed in the clinic's zone."""
    facts = plan_facts(library, plan)
    overrides = {override.fact: override for override in plan.overrides}
    rules = library.clinic.plan.timeline
    steps = [step for rule in rules for step in _steps(rule, plan, facts, overrides, now)]
    steps.sort(key=_order)
    doses = tuple(_doses(plan, now))
    timed = [*(step.at for step in steps), *(dose.at for dose in doses), plan.arrival_at]
    first = min(filter(None, timed), key=datetime.timestamp)
    return Timeline(tuple(steps), doses, clock_change(first, plan.surgery_at))


def length_of(fact: Fact) -> timedelta:
    """The length of a fact that counts minutes, hours, days or weeks."""
    return timedelta(**{str(fact.unit): fact.number or 0})


def _overridden(fact: Fact, override: Override, library: Library) -> Fact:
    if override.number is None:
        said = dict.fromkeys(library.clinic.languages, override.value)
        return fact.model_copy(update={"number": None, "unit": None, "text": said})
    number, unit = override.number
    return fact.model_copy(update={"number": number, "unit": unit, "text": None})


def _steps(
    rule: Rule,
    plan: Plan,
    facts: dict[str, Fact],
    overrides: dict[str, Override],
    now: datetime,
) -> Iterator[Step]:
    if rule.fact is None:
        yield Step(rule, None)
        return
    override = overrides.get(rule.fact)
    fact = facts[rule.fact]
    anchor = plan.arrival_at if rule.before == "arrival" else plan.surgery_at
    if fact.unit in TIMES:
        at = before(anchor, length_of(fact))
        yield Step(rule, at.date(), at, override, at.timestamp() < now.timestamp())
        return
    days = length_of(fact).days
    for count in range(days, 0, -1) if rule.every_day else (days,):
        day = day_before(anchor, count)
        yield Step(rule, day, None, override, day < now.date())


def _doses(plan: Plan, now: datetime) -> Iterator[Dose]:
    for number, medicine in enumerate(plan.medicines, start=1):
        if last := last_dose(medicine, plan.surgery_at):
            late = last.at.timestamp() < now.timestamp() if last.at else last.day < now.date()
            yield Dose(number, medicine.name, last.day, last.at, late)


def _order(step: Step) -> tuple[date, float]:
    """From now on first; a whole day before the times in it."""
    return step.day or date.min, step.at.timestamp() if step.at else 0.0
