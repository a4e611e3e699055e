"""A plan's own pages for whoever prints them and whoever shows them on a screen: one source."""

from __future__ import annotations

from datetime import datetime

from generator.intake import plan_facts, timeline
from generator.library import Library
from generator.markup.labels import Labels, load_labels
from generator.markup.plan_parts import PlanView
from generator.markup.plan_view import OwnPages, plan_view
from generator.model import Plan


def own_pages(
    library: Library,
    plan: Plan,
    now: datetime,
    language: str,
    tail_heights: tuple[float, ...] = (),
) -> OwnPages:
    """What a plan's own pages are made of, at a time, in a language; in the patient's where the
    operation has no words in that one."""
    languages = (language, plan.patient.language)
    wanted = (library.procedure_key(plan.procedure, one) for one in languages)
    key = next(key for key in wanted if key in library.procedures)
    unchanged = plan_facts(library, plan.model_copy(update={"overrides": ()}))
    dated = timeline(library, plan, now)
    return OwnPages(plan, library.procedures[key], dated, unchanged, tail_heights)


def own_view(library: Library, plan: Plan, now: datetime, labels: Labels) -> PlanView:
    """What a plan's own pages say, for a screen: word for word what they print."""
    return plan_view(own_pages(library, plan, now, labels.language), library.clinic, labels)


def screen_labels(library: Library, language: str, reader: str) -> Labels:
    """The words of a plan's pages in the language of a screen, or in the patient's where the clinic
    does not write in that one."""
    clinic = library.clinic
    written = language if language in clinic.languages else reader
    return load_labels(library.templates, written, clinic.country)
