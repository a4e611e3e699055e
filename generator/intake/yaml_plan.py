"""One patient's plan from a YAML file, checked against the library it will be printed from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.errors import PlanError, Problem
from generator.library import Library, YamlText, read_yaml
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
    if found := list(_against(library, plan, text)):
        raise PlanError(found)
    return plan


def _against(library: Library, plan: Plan, text: YamlText) -> Iterator[Problem]:
    language = plan.patient.language
    if language not in library.clinic.languages:
        listed = ", ".join(library.clinic.languages)
        message = f"'{language}' is not a language of the clinic; there are: {listed}"
        yield text.problem(("patient", "language"), message)
        return
    yield from _handouts(library, plan, text)
    yield from _procedure(library, plan, text)


def _handouts(library: Library, plan: Plan, text: YamlText) -> Iterator[Problem]:
    language, about = plan.patient.language, set()
    for index, name in enumerate(plan.handouts):
        at = ("handouts", index)
        if name not in library.ids():
            listed = ", ".join(library.ids())
            yield text.problem(at, f"there is no handout '{name}'; there are: {listed}")
            return
        about |= {part.procedure for part in library.definitions[name].contents}
        if language not in library.languages(name):
            listed = ", ".join(library.languages(name))
            yield text.problem(at, f"'{name}' is not written in '{language}', only in: {listed}")
    if (plan.procedure, language) in library.procedures and plan.procedure not in about:
        message = f"none of them is about {plan.procedure}; name one that is, or mend the procedure"
        yield text.problem(("handouts",), message)


def _procedure(library: Library, plan: Plan, text: YamlText) -> Iterator[Problem]:
    procedure = library.procedures.get((plan.procedure, plan.patient.language))
    if procedure is None:
        names = sorted({name for name, _ in library.procedures})
        message = f"there is no procedure '{plan.procedure}'; there are: {', '.join(names)}"
        yield text.problem(("procedure",), message)
    elif procedure.side == "required" and plan.side is None:
        message = f"'side' is missing: {plan.procedure} is done on one side; add left or right"
        yield text.problem((), message)
    elif procedure.side == "none" and plan.side is not None:
        message = f"{plan.procedure} has no side; remove the line, or mend the procedure"
        yield text.problem(("side",), message)
