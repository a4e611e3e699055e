"""A library of the specimen's words, with brand, name and phones of the clinic that prints it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from generator.errors import PlanError, Problem, UnknownLanguage
from generator.intake import checked_plan
from generator.library import Library
from generator.model import Clinic, HandoutDefinition, Location, Part, Picture, Plan
from generator.model.handout import Written
from generator.specimen.words import FIGURE, SpecimenWords, specimen_words

ID = "specimen"


def stocked(library: Library, language: str, now: datetime) -> tuple[Library, Plan]:
    """The library to print a specimen from, and an invented patient's plan.

    Raises :class:`UnknownLanguage` when the clinic's phones and hours are not in the language.
    """
    if language not in library.clinic.languages:
        raise UnknownLanguage(ID, language, library.clinic.languages)
    words, data = specimen_words(language)
    shelf = replace(
        library,
        clinic=_clinic(library.clinic, words),
        procedures={(ID, language): words.procedure},
        topics={(name, language): topic for name, topic in words.topics.items()},
        definitions={ID: _definition(words, language, now)},
        signoffs={},
        pictures={**library.pictures, ID: _figure()},
        glossaries={},
        fallback=None,
    )
    return shelf, _plan(shelf, data, now)


def _clinic(clinic: Clinic, words: SpecimenWords) -> Clinic:
    sources = words.procedure.sources
    changed = {"facts": words.fact_values, "plan": words.rules, "sources": sources}
    return clinic.model_copy(update=changed)


def _definition(words: SpecimenWords, language: str, now: datetime) -> HandoutDefinition:
    return HandoutDefinition(
        title={language: words.title},
        audience={language: words.audience},
        version="1.0",
        written=Written(by="Nobody", role="nobody", on=now.date()),
        contents=(Part(procedure=ID), *(Part(topic=name) for name in words.topics)),
    )


def _figure() -> Picture:
    return Picture(FIGURE, hashlib.sha256(FIGURE.read_bytes()).hexdigest())


def _problem(location: Location, message: str) -> Problem:
    return Problem("specimen.yaml", 0, 0, ", ".join(map(str, location)), message)


def _plan(shelf: Library, data: dict[str, object], now: datetime) -> Plan:
    plan, problems = checked_plan(data, _problem, shelf, now)
    if plan is None:
        raise PlanError(problems)
    return plan
