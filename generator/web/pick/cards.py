"""The cards to pick from: every handout with the words by which somebody would look for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.library import Library
from generator.markup import Labels, language_name
from generator.model import Procedure
from generator.signoff import State, standing


@dataclass(frozen=True, slots=True)
class Badge:
    """A language that a handout is written in, and where its words stand."""

    language: str
    name: str
    state: State
    mark: str


@dataclass(frozen=True, slots=True)
class Card:
    """One handout. ``words`` is all that a search looks at, folded; ``procedures`` are those a
    patient's plan can be made for."""

    id: str
    title: str
    language: str
    badges: tuple[Badge, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    words: str
    procedures: tuple[str, ...]

    @property
    def state(self) -> State:
        """The state of the language that it shows first."""
        return self.badges[0].state


def cards(library: Library, labels: Labels, on: date) -> tuple[Card, ...]:
    """Every handout in the library's order, as it stands on a day."""
    return tuple(_card(library, name, labels, on) for name in library.ids())


def folded(text: str) -> str:
    """Lower-case letters without their accents: what somebody in a hurry types."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _card(library: Library, name: str, labels: Labels, on: date) -> Card:
    languages = library.languages(name)
    shown = labels.language if labels.language in languages else languages[0]
    badges = tuple(_badge(library, name, language, labels, on) for language in languages)
    definition = library.definitions[name]
    about = tuple(part.procedure for part in definition.contents if part.procedure)
    known = [library.procedures[one, tag] for one in about for tag in languages]
    codes = tuple(dict.fromkeys(_codes(library, name)))
    names = tuple(dict.fromkeys(other for one in known for other in _names(one)))
    searched = (name, *definition.title.values(), *names, *codes)
    return Card(
        name,
        definition.title[shown],
        shown,
        badges,
        tuple(o for name in about for o in library.procedures[name, shown].other_names),
        codes,
        folded(" ".join(searched)),
        about,
    )


def _badge(library: Library, name: str, language: str, labels: Labels, on: date) -> Badge:
    where = standing(library.handout(name, language), on, library.clinic.review)
    return Badge(
        language, language_name(labels, language), where.state, labels.state(where.state)[0]
    )


def _names(procedure: Procedure) -> Iterator[str]:
    yield procedure.name
    yield from procedure.other_names
    yield procedure.body_part


def _codes(library: Library, name: str) -> Iterator[str]:
    for entry in library.clinic.intake.codes:
        if name in entry.handouts:
            yield from (*entry.cpt, *entry.snomed, *entry.icd10pcs, *entry.local)
