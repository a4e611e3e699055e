"""What a plan has to agree with: the day, the clinic's rules, and the library to print from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from generator.errors import Problem
from generator.intake.clock import NoSuchTime, elapsed, placed
from generator.intake.contradictions import contradictions
from generator.intake.entry import Place
from generator.intake.free_text import dates_in_figures
from generator.intake.letters import unprintable_letters
from generator.intake.medicines import medicine_problems
from generator.intake.timeline import DAYS, TIMES, length_of, plan_facts
from generator.library import Library
from generator.model import Invalid, Plan, read
from generator.model.fields import zone

OLDEST = 120
"""Years. Nobody is known to have lived much longer; an older patient is a slip of the pen."""


def checked_plan(
    data: dict[str, Any], place: Place, library: Library, now: datetime
) -> tuple[Plan | None, list[Problem]]:
    """A plan with its times placed in the clinic's zone, or everything that is wrong with it."""
    try:
        plan = read(Plan, data)
    except Invalid as invalid:
        return None, [place(v.location, v.message) for v in invalid.violations]
    placed_plan, problems = _placed(plan, place, library)
    if placed_plan:
        problems += against(library, placed_plan, place, now)
    return (None if problems else placed_plan), problems


def against(library: Library, plan: Plan, place: Place, now: datetime) -> Iterator[Problem]:
    """Every way in which a plan does not fit the day, itself or the library."""
    yield from _days(plan, place, now)
    yield from _arrival(library, plan, place)
    yield from medicine_problems(plan, place)
    yield from dates_in_figures(plan, place)
    yield from unprintable_letters(plan, place)
    if library.clinic.plan.escort == "required" and plan.escort is None:
        yield place((), "'escort' is missing: the clinic asks who takes each patient home; add it")
    language = plan.patient.language
    if language not in library.clinic.languages:
        listed = ", ".join(library.clinic.languages)
        message = f"'{language}' is not a language of the clinic; there are: {listed}"
        yield place(("patient", "language"), message)
        return
    problems = [*_handouts(library, plan, place), *_procedure(library, plan, place)]
    yield from problems or contradictions(library, plan, place)


def _placed(plan: Plan, place: Place, library: Library) -> tuple[Plan | None, list[Problem]]:
    clock, problems, times = zone(library.clinic.time_zone), [], {}
    for name in ("arrival_at", "surgery_at"):
        try:
            times[name] = placed(getattr(plan, name), clock)
        except NoSuchTime as error:
            problems.append(place((name,), str(error)))
    return (None if problems else plan.model_copy(update=times)), problems


def _days(plan: Plan, place: Place, now: datetime) -> Iterator[Problem]:
    born, surgery = plan.patient.birth_date, plan.surgery_at.date()
    if born > min(now.date(), surgery):
        day = "of surgery" if surgery < now.date() else "on which this is printed"
        yield place(("patient", "birth_date"), f"is after the day {day}; mend it")
    elif (
        surgery.year - born.year - ((surgery.month, surgery.day) < (born.month, born.day)) > OLDEST
    ):
        yield place(
            ("patient", "birth_date"), f"makes the patient over {OLDEST} years old; mend it"
        )
    if plan.surgery_at.timestamp() < now.timestamp():
        message = "is in the past; mend it, or give the day to print for with --as-of"
        yield place(("surgery_at",), message)


def _arrival(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    wait = elapsed(plan.arrival_at, plan.surgery_at)
    if wait.total_seconds() < 0:
        yield place(("arrival_at",), "is after surgery_at; mend the one that is wrong")
        return
    if wait.days >= 1:
        yield place(("arrival_at",), "is a day or more before surgery_at; mend the wrong one")
        return
    name = library.clinic.plan.arrival_lead
    if name is None:
        return
    fact = plan_facts(library, plan)[name]
    if fact.unit in TIMES | DAYS and wait < length_of(fact):
        message = (
            f"is {wait.total_seconds() / 60:.0f} minutes before surgery_at, but {name} in "
            f"clinic.yaml is {fact.number} {fact.unit}; mend it, or override {name} with a reason"
        )
        yield place(("arrival_at",), message)


def _handouts(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    language, about = plan.patient.language, set()
    for index, name in enumerate(plan.handouts):
        at = ("handouts", index)
        if name not in library.ids():
            listed = ", ".join(library.ids())
            yield place(at, f"there is no handout '{name}'; there are: {listed}")
            return
        about |= {part.procedure for part in library.definitions[name].contents}
        written = library.languages(name)
        if language not in written and library.fallback not in written:
            listed = ", ".join(written)
            message = (
                f"'{name}' is not written in '{language}', which the patient reads "
                f"(patient, language); handouts/{name} is only in: {listed}. To print it in one "
                "of those, with a notice for the patient: --fallback"
            )
            yield place(at, message)
    known = library.procedure_key(plan.procedure, language) in library.procedures
    if known and plan.procedure not in about:
        message = f"none of them is about {plan.procedure}; name one that is, or mend the procedure"
        yield place(("handouts",), message)


def _procedure(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    procedure = library.procedures.get(library.procedure_key(plan.procedure, plan.patient.language))
    if procedure is None:
        names = sorted({name for name, _ in library.procedures})
        if plan.procedure not in names:
            message = f"there is no procedure '{plan.procedure}'; there are: {', '.join(names)}"
            yield place(("procedure",), message)
    elif procedure.side == "required" and plan.side is None:
        message = f"'side' is missing: {plan.procedure} is done on one side; add left or right"
        yield place((), message)
    elif procedure.side == "none" and plan.side is not None:
        message = f"{plan.procedure} has no side; remove the line, or mend the procedure"
        yield place(("side",), message)
