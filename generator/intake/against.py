"""What a plan has to agree with: the library that it will be printed from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.errors import Problem
from generator.library import Library
from generator.model import Plan

Place = Callable[[tuple[str | int, ...], str], Problem]
"""Makes a problem of a place in the plan and what is wrong there; each format knows its own."""


def against(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    """Every way in which a plan does not fit the library."""
    language = plan.patient.language
    if language not in library.clinic.languages:
        listed = ", ".join(library.clinic.languages)
        message = f"'{language}' is not a language of the clinic; there are: {listed}"
        yield place(("patient", "language"), message)
        return
    yield from _handouts(library, plan, place)
    yield from _procedure(library, plan, place)


def _handouts(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    language, about = plan.patient.language, set()
    for index, name in enumerate(plan.handouts):
        at = ("handouts", index)
        if name not in library.ids():
            listed = ", ".join(library.ids())
            yield place(at, f"there is no handout '{name}'; there are: {listed}")
            return
        about |= {part.procedure for part in library.definitions[name].contents}
        if language not in library.languages(name):
            listed = ", ".join(library.languages(name))
            yield place(at, f"'{name}' is not written in '{language}', only in: {listed}")
    if (plan.procedure, language) in library.procedures and plan.procedure not in about:
        message = f"none of them is about {plan.procedure}; name one that is, or mend the procedure"
        yield place(("handouts",), message)


def _procedure(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    procedure = library.procedures.get((plan.procedure, plan.patient.language))
    if procedure is None:
        names = sorted({name for name, _ in library.procedures})
        message = f"there is no procedure '{plan.procedure}'; there are: {', '.join(names)}"
        yield place(("procedure",), message)
    elif procedure.side == "required" and plan.side is None:
        message = f"'side' is missing: {plan.procedure} is done on one side; add left or right"
        yield place((), message)
    elif procedure.side == "none" and plan.side is not None:
        message = f"{plan.procedure} has no side; remove the line, or mend the procedure"
        yield place(("side",), message)
