"""The glossary of one language: medical words that a reader may meet, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from generator.model.base import Model, each_once, violated
from generator.model.fields import Line, Slug, Text
from generator.model.words import Source


class GlossaryTerm(Model):
    """A medical word, what it means in plain words, and its other forms (plural, spelling)."""

    term: Line
    meaning: Text
    forms: tuple[Line, ...] = Field(
        default=(), description="other forms and names: plurals, the verb, another spelling"
    )
    source: Slug | None = Field(
        default=None, description="the id of one of this file's sources, if the meaning is a fact"
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The term and its other forms, in small letters."""
        return tuple(name.lower() for name in (self.term, *self.forms))


class Glossary(Model):
    """``content/glossary.<language>.yaml``.

    A medical word that a handout uses is defined in one of its definition blocks; ``check`` names
    those that are not. A definition block may leave the meaning out, and has it from here.
    """

    terms: Annotated[tuple[GlossaryTerm, ...], Field(min_length=1)]
    plain: tuple[Line, ...] = Field(
        default=(), description="medical words that every reader knows, and that need no definition"
    )
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _names_once(self) -> Glossary:
        names = [(index, name) for index, term in enumerate(self.terms) for name in term.names]
        seen: set[str] = {word.lower() for word in self.plain}
        for index, name in names:
            if name in seen:
                message = f"'{name}' is in this file already; keep one"
                raise violated(("terms", index), message)
            seen.add(name)
        each_once("plain", self.plain, "'{}' is in the list twice; keep one")
        return self

    @model_validator(mode="after")
    def _sources_are_there(self) -> Glossary:
        known = {source.id for source in self.sources}
        for index, term in enumerate(self.terms):
            if term.source and term.source not in known:
                message = f"there is no source '{term.source}' in this file; add it"
                raise violated(("terms", index, "source"), message)
        return self

    def meaning(self, name: str) -> str | None:
        """What a word means, by any of its forms; None for a word that is not here."""
        return self._meanings.get(name.lower())

    @cached_property
    def _meanings(self) -> dict[str, str]:
        return {name: term.meaning for name, term in self.names()}

    def names(self) -> Iterator[tuple[str, GlossaryTerm]]:
        """Every form of every term, in small letters."""
        return ((name, term) for term in self.terms for name in term.names)
