"""What a plan may change of the clinic's rules for one patient: each value, and their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from generator.errors import Problem, nearest
from generator.intake.entry import Place
from generator.intake.timeline import DAYS, TIMES, Step, timeline
from generator.library import Library
from generator.model import Fact, Override, Plan


def override_problems(
    library: Library, override: Override, index: int, place: Place
) -> Iterator[Problem]:
    """What is wrong with one override: of what no plan can change, or to what cannot be."""
    clinic = library.clinic
    if override.fact not in clinic.facts:
        if override.fact in clinic.all_facts:
            message = f"a plan cannot change {override.fact}; it is the clinic's, in clinic.yaml"
        else:
            near = nearest(override.fact, clinic.facts)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(clinic.facts)}"
            message = f"there is no fact '{override.fact}'; {hint}"
        yield place(("overrides", index, "fact"), message)
        return
    fact = clinic.facts[override.fact]
    if message := _wrong_value(override, fact):
        yield place(("overrides", index, "value"), message)
    if override.fact not in clinic.plan.dated and fact.label is None:
        message = f"{override.fact} has no 'label' in clinic.yaml, so it cannot be named on a plan"
        yield place(("overrides", index, "fact"), f"{message}; add one")


def _wrong_value(override: Override, fact: Fact) -> str:
    number, said = override.number, f"{fact.number} {fact.unit}"
    if fact.number is not None:
        if number is None or number[1] not in {fact.unit, *TIMES, *DAYS}:
            return f"must be a number and a unit, such as '{said}'"
        if number[1] not in _units_like(str(fact.unit)):
            units = " or ".join(sorted(_units_like(str(fact.unit))))
            return f"must count {units}, as the clinic's rule does ('{said}'); mend it"
        if fact.unit in TIMES | DAYS and not number[0]:
            return "is no time at all; write how long, or remove the override"
    if (number and number == (fact.number, fact.unit)) or override.value in (
        fact.text or {}
    ).values():
        return "is what the clinic's own rule says; remove the override"
    return ""


def _units_like(unit: str) -> frozenset[str]:
    """The units that may stand for one: a step at a time of day does not become one for a day.
    Nobody means two days without water."""
    return next((units for units in (TIMES, DAYS) if unit in units), frozenset({unit}))


def out_of_order(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    """Steps that overrides, each of them right by itself, put into another order than the clinic's
    rules have for the same plan: after "nothing more" would come a last meal."""
    own = _timed(library, plan.model_copy(update={"overrides": ()}))
    changed = _timed(library, plan)
    ordered = sorted((rule for rule in own if rule in changed), key=lambda rule: _moment(own[rule]))
    for before, after in combinations(ordered, 2):
        if _moment(own[before]) < _moment(own[after]) and (
            _moment(changed[after]) < _moment(changed[before])
        ):
            yield _swapped(changed[before], changed[after], plan, place)


def _timed(library: Library, plan: Plan) -> dict[str, Step]:
    """The steps with a time of day, by their rule."""
    steps = timeline(library, plan, plan.arrival_at).steps
    return {step.rule.id: step for step in steps if step.at}


def _moment(step: Step) -> float:
    return step.at.timestamp() if step.at else 0.0


def _swapped(before: Step, after: Step, plan: Plan, place: Place) -> Problem:
    said = f"puts {after.rule.id} before {before.rule.id}, and the clinic's rules have it after"
    override = after.override or before.override
    if before.override and after.override:
        cure = "mend one of the two overrides"
        override = max(before.override, after.override, key=plan.overrides.index)
    else:
        other = before if after.override else after
        cure = f"override {other.rule.fact} as well, or mend this one"
    index = plan.overrides.index(override) if override else 0
    return place(("overrides", index, "value"), f"{said}; {cure}")
