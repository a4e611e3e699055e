"""What can be printed: a handout's definition, its sign-offs, and all of it assembled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model, each_once
from generator.model.clinic import Fact
from generator.model.fields import Day, LanguageTag, Line, PictureFile, Slug, Translated, Version
from generator.model.ledger import SignOff
from generator.model.rules import PlanRules
from generator.model.words import Procedure, RuleException, Topic


class Written(Model):
    by: Line
    role: Line
    on: Day


class Part(Model):
    """One entry of a handout's contents: a procedure or a topic, by id."""

    procedure: Slug | None = None
    topic: Slug | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Part:
        if self.procedure and self.topic:
            raise ValueError(
                "names both a 'procedure' and a 'topic'; keep one, or make two entries"
            )
        if not self.name:
            raise ValueError("names no 'procedure' and no 'topic'; add one")
        return self

    @property
    def kind(self) -> Literal["procedure", "topic"]:
        return "procedure" if self.procedure else "topic"

    @property
    def name(self) -> str:
        return self.procedure or self.topic or ""


class HandoutDefinition(Model):
    """``handouts/<id>/handout.yaml``."""

    title: Translated
    audience: Translated
    version: Version
    written: Written
    contents: Annotated[tuple[Part, ...], Field(min_length=1, max_length=30)]
    versions: dict[LanguageTag, Version] = Field(
        default_factory=dict, description="of translations that have a version of their own"
    )
    facts: dict[Slug, Fact] = Field(
        default_factory=dict, description="named facts of clinic.yaml that differ in this handout"
    )
    exceptions: tuple[RuleException, ...] = Field(
        default=(), description="rules of 'check' that do not hold here, and why; never printed"
    )

    @model_validator(mode="after")
    def _each_once(self) -> HandoutDefinition:
        names = [part.name for part in self.contents]
        each_once("contents", names, "'{}' is named twice; name each page once")
        return self


class PictureEntry(Model):
    """One entry of ``content/figures/figures.yaml``."""

    file: PictureFile
    creator: Line
    license: Line


class PictureList(Model):
    """``content/figures/figures.yaml``: every picture, who made it, and by what right we use it."""

    figures: dict[Slug, PictureEntry]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the library: where it lies, and the SHA-256 of what is in it."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Section:
    """A procedure or topic of a handout, with the id it is filed under."""

    id: str
    words: Procedure | Topic


@dataclass(frozen=True, slots=True)
class Handout:
    """A handout in one language with all that its pages say: what a clinician signs.

    ``facts`` and ``pictures`` are those that its words refer to, by name. ``rules`` are what the
    plans say that it is given out with, and ``rule_facts`` what they count with. ``translates``
    is the same handout in the language that it was first written in, if this is another.
    """

    id: str
    language: str
    definition: HandoutDefinition
    sections: tuple[Section, ...]
    facts: Mapping[str, Fact]
    pictures: Mapping[str, Picture]
    rules: PlanRules
    rule_facts: Mapping[str, Fact]
    signoffs: tuple[SignOff, ...]
    translates: Handout | None = None

    @property
    def title(self) -> str:
        return self.definition.title[self.language]

    @property
    def version(self) -> str:
        return self.definition.versions.get(self.language, self.definition.version)
