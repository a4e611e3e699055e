"""Reads the whole library and answers for it. All problems of all files come in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ContentError, UnknownHandout, UnknownLanguage
from generator.library.beneath import Overridden, check_beneath, layers_of, overridden, spoken
from generator.library.check_handouts import check_handouts
from generator.library.closed import ways_out
from generator.library.cross_check import cross_check
from generator.library.find import CLINIC
from generator.library.layers import Layers
from generator.library.meanings import explained
from generator.library.pictures import figure_lists, stored_pictures, twice
from generator.library.shelf import Shelf
from generator.library.yaml_text import YamlText
from generator.model import (
    Clinic,
    FigureBlock,
    Glossary,
    Handout,
    HandoutDefinition,
    Picture,
    Procedure,
    Section,
    SignOff,
    SignOffLedger,
    Topic,
    Words,
)
from generator.model.blocks import CallBlock
from generator.model.inline import fact_names
from generator.model.walk import texts

PROCEDURES, TOPICS = "content/procedures", "content/topics"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that can be printed, checked and whole. Build it with :func:`load_library`."""

    layers: Layers
    clinic: Clinic
    procedures: Mapping[tuple[str, str], Procedure]
    topics: Mapping[tuple[str, str], Topic]
    definitions: Mapping[str, HandoutDefinition]
    signoffs: Mapping[str, tuple[SignOff, ...]]
    pictures: Mapping[str, Picture]
    glossaries: Mapping[str, Glossary] = field(default_factory=dict)
    files: Mapping[str, YamlText] = field(default_factory=dict, repr=False)
    """Every file that was read, by its path in the library: it knows the line of each part."""
    overridden: tuple[Overridden, ...] = ()
    """The files of the clinic's that stand in the place of shipped ones."""
    fallback: str | None = None
    """The language to print a handout in that is not written in its reader's."""

    @property
    def folder(self) -> Path:
        """The clinic's own; what is beneath it is found through ``layers``."""
        return self.layers.own

    @property
    def templates(self) -> Layers:
        return self.layers.within("templates")

    @property
    def logo(self) -> Picture:
        return self.pictures[self.clinic.brand.logo]

    def ids(self) -> tuple[str, ...]:
        return tuple(self.definitions)

    def languages(self, handout: str) -> tuple[str, ...]:
        """The languages a handout is written in, in the clinic's order."""
        titles = self._definition(handout).title
        return tuple(language for language in self.clinic.languages if language in titles)

    def handout(self, handout: str, language: str) -> Handout:
        """A handout with all its words; raises for an unknown id or language."""
        definition = self._definition(handout)
        if language not in self.languages(handout):
            raise UnknownLanguage(handout, language, self.languages(handout))
        sections = tuple(self._sections(definition, language))
        original = self.languages(handout)[0]
        facts = {**self.clinic.all_facts, **definition.facts}
        return Handout(
            id=handout,
            language=language,
            definition=definition,
            sections=sections,
            facts={name: facts[name] for name in sorted(_facts_used(sections))},
            pictures={name: self.pictures[name] for name in sorted(_pictures_used(sections))},
            rules=self.clinic.plan,
            rule_facts={name: facts[name] for name in sorted(self.clinic.plan.facts)},
            signoffs=self.signoffs.get(handout, ()),
            translates=None if language == original else self.handout(handout, original),
        )

    def handout_for(self, handout: str, reader: str) -> Handout:
        """A handout in the language of its reader, or else in the fallback's."""
        return self.handout(handout, self._language_for(reader, self.languages(handout)))

    def procedure_key(self, procedure: str, reader: str) -> tuple[str, str]:
        """Of ``procedures``, the key for a reader: in their language, or else in the fallback's."""
        written = [language for name, language in self.procedures if name == procedure]
        return procedure, self._language_for(reader, written)

    def _language_for(self, reader: str, written: Collection[str]) -> str:
        if self.fallback in written and reader not in written:
            return self.fallback or reader
        return reader

    def _definition(self, handout: str) -> HandoutDefinition:
        if handout not in self.definitions:
            raise UnknownHandout(handout, self.definitions)
        return self.definitions[handout]

    def _sections(self, definition: HandoutDefinition, language: str) -> Iterator[Section]:
        for part in definition.contents:
            shelf: Mapping[tuple[str, str], Procedure | Topic]
            shelf = self.procedures if part.kind == "procedure" else self.topics
            yield Section(part.name, shelf[part.name, language])


def load_library(folder: Path, fallback: str | None = None) -> Library:
    """Read and cross-check a library; raises :class:`ContentError` with every problem."""
    if out := ways_out(folder):
        raise ContentError(out)
    layers = layers_of(folder)
    shelf = Shelf(layers)
    clinic = shelf.one(CLINIC, Clinic)
    shelf.languages = clinic.model.languages if clinic else ()
    figures = figure_lists(shelf)
    procedures = shelf.by_language(PROCEDURES, Procedure)
    topics = shelf.by_language(TOPICS, Topic)
    definitions = spoken(shelf.by_id("handouts", "handout.yaml", HandoutDefinition), layers, clinic)
    ledgers = shelf.by_id("handouts", "signoffs.yaml", SignOffLedger, optional=True)
    glossaries = shelf.glossaries(Glossary)
    written = {"procedure": shelf.written[PROCEDURES], "topic": shelf.written[TOPICS]}
    known = None if figures is None else {name for item in figures for name in item.model.figures}
    problems = [
        *shelf.problems,
        *(check_beneath(layers, clinic) if clinic else ()),
        *twice(figures or ()),
        *cross_check(clinic, known, [*procedures.items(), *topics.items()], glossaries),
        *check_handouts(clinic, written, definitions, ledgers),
    ]
    stored = stored_pictures(layers, figures or (), problems)
    if problems or not clinic:
        raise ContentError(problems)
    meanings = {language: item.model for language, item in glossaries.items()}
    return Library(
        layers=layers,
        clinic=clinic.model,
        procedures={key: explained(item.model, meanings, key) for key, item in procedures.items()},
        topics={key: explained(item.model, meanings, key) for key, item in topics.items()},
        definitions={key: item.model for key, item in definitions.items()},
        signoffs={key: item.model.signoffs for key, item in ledgers.items()},
        pictures=stored,
        glossaries=meanings,
        files=shelf.files,
        overridden=overridden(layers, clinic.model),
        fallback=fallback,
    )


def _facts_used(sections: tuple[Section, ...]) -> set[str]:
    used = {name for s in sections for _, text in texts(s.words) for name in fact_names(text)}
    for block in _blocks(sections):
        if isinstance(block, CallBlock):
            used |= {name for p in block.phones for name in (f"phone-{p}", f"{p}-hours")}
    return used


def _pictures_used(sections: tuple[Section, ...]) -> set[str]:
    return {block.figure for block in _blocks(sections) if isinstance(block, FigureBlock)}


def _blocks(sections: tuple[Section, ...]) -> Iterator[object]:
    words: Iterator[Words] = (section.words for section in sections)
    return (block for w in words for block in w.blocks)
