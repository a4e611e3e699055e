"""What may not be said in two ways in one packet: by two handouts, or by a handout and the plan."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.intake.entry import Place
from generator.intake.free_text import other_phones
from generator.intake.overrides import out_of_order, override_problems
from generator.library import Library, where
from generator.model import Fact, Handout, Override, Plan, Section
from generator.model.inline import fact_names
from generator.model.walk import texts


def contradictions(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    """Every value that two parts of the packet state differently, naming both places."""
    language = plan.patient.language
    handouts = [library.handout_for(name, language) for name in plan.handouts]
    yield from _between(handouts, place)
    wrong = False
    for index, override in enumerate(plan.overrides):
        problems = [*override_problems(library, override, index, place)]
        yield from problems or _against_words(override, index, handouts, place)
        wrong = wrong or bool(problems)
    if not wrong:
        yield from out_of_order(library, plan, place)
    yield from other_phones(library, plan, place)


def _between(handouts: list[Handout], place: Place) -> Iterator[Problem]:
    first: dict[str, Handout] = {}
    for index, handout in enumerate(handouts):
        for name, fact in handout.facts.items():
            other = first.setdefault(name, handout)
            if _value(other.facts[name]) != _value(fact):
                message = (
                    f"handouts/{handout.id} says '{_said(fact, handout.language)}' for {name}, and "
                    f"handouts/{other.id} says '{_said(other.facts[name], handout.language)}'; "
                    "make them agree in handout.yaml, or leave one out"
                )
                yield place(("handouts", index), message)


def _against_words(
    override: Override, index: int, handouts: list[Handout], place: Place
) -> Iterator[Problem]:
    """Where a handout of the packet prints the value that the plan overrides."""
    for handout in handouts:
        for section in handout.sections:
            if spot := _stated(section, override.fact):
                fact = handout.facts[override.fact]
                message = (
                    f"the plan says '{override.value}' for {override.fact}, but "
                    f"handouts/{handout.id} prints '{_said(fact, handout.language)}' "
                    f"({section.id}, {spot}); leave that handout out, or let the block give way "
                    "to the plan ('gives_way: true')"
                )
                yield place(("overrides", index), message)


def _stated(section: Section, fact: str) -> str | None:
    """The first place of a section that states a fact and does not give way to a plan."""
    words = section.words
    for location, text in texts(words):
        if fact not in fact_names(text):
            continue
        index = location[1] if location[0] == "blocks" else None
        if isinstance(index, int) and words.blocks[index].gives_way:
            continue
        return where(words.model_dump(), location)
    return None


def _value(fact: Fact) -> tuple[object, ...]:
    return fact.number, fact.unit, tuple((fact.text or {}).items())


def _said(fact: Fact, language: str) -> str:
    return f"{fact.number} {fact.unit}" if fact.text is None else fact.text[language]
