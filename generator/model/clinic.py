"""The clinic: its name, phones, brand, and the facts that recur, each in one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Location, Model, each_once, violated
from generator.model.beneath import Beneath
from generator.model.fields import Colour, Country, LanguageTag, Line, Slug, TimeZone, Translated
from generator.model.review import ReviewRules
from generator.model.rules import IntakeSettings, PlanRules
from generator.model.telephone import Telephone, dialled
from generator.model.words import Source

Paper = Literal["a4", "letter"]
Unit = Literal[
    "minutes", "hours", "days", "weeks", "months", "years", "pounds", "inches", "fahrenheit"
]


class Phone(Model):
    number: Telephone
    hours: Translated = Field(description="when this number answers, in words, by language")

    @property
    def dial(self) -> str:
        """What a telephone is given."""
        return dialled(self.number)


class Phones(Model):
    office: Phone
    nights: Phone
    emergency: Phone


Font = Literal["Atkinson Hyperlegible", "Noto Sans", "Lexend", "Source Sans 3"]
"""The faces of Latin letters; a test compares them with those that :mod:`generator.fonts` has."""


class Brand(Model):
    """What a clinic's pages look like. It is no part of the words: a sign-off outlives it."""

    logo: Slug = Field(description="the id of a picture listed in content/figures/figures.yaml")
    primary: Colour
    accent: Colour
    font: Font = Field(
        default="Atkinson Hyperlegible",
        description="the face of Latin letters; what it lacks is set in Noto Sans",
    )


class Fact(Model):
    """One named fact: a number with its unit, or a phrase by language.

    Content refers to it as ``{name}``, so that two pages cannot disagree.
    """

    number: Annotated[int, Field(ge=0, le=100_000)] | None = None
    unit: Unit | None = None
    text: Translated | None = None
    source: Slug = Field(description="the id of one of this file's sources, or 'clinic'")
    label: Translated | None = Field(
        default=None, description="what it is about; needed where a plan may say otherwise"
    )
    note: Line | None = Field(default=None, description="for editors; never printed")

    @model_validator(mode="after")
    def _one_value(self) -> Fact:
        if (self.number is None) != (self.unit is None):
            raise ValueError("a number needs a unit, and a unit needs a number; add the other")
        if (self.number is None) == (self.text is None):
            raise ValueError(
                "has both a number and a text, or neither; give 'number' and 'unit', or 'text'"
            )
        return self


class Clinic(Model):
    """``content/clinic.yaml``."""

    name: Line
    address: Line
    phones: Phones
    time_zone: TimeZone
    country: Country = Field(description="ISO 3166 code; decides how dates are written")
    paper: Paper
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1)]
    review: ReviewRules
    feedback: Translated = Field(description="how a reader tells the clinic what to mend")
    brand: Brand
    sources: tuple[Source, ...] = ()
    facts: dict[Slug, Fact] = Field(default_factory=dict)
    plan: PlanRules = PlanRules()
    intake: IntakeSettings = IntakeSettings()
    beneath: Beneath | None = Field(
        default=None, description="the library that this one stands on, and what it overrides"
    )

    @model_validator(mode="after")
    def _languages_once(self) -> Clinic:
        each_once("languages", self.languages, "'{}' is named twice; name each language once")
        return self

    @model_validator(mode="after")
    def _facts_have_sources(self) -> Clinic:
        known = {source.id for source in self.sources} | {"clinic"}
        for location, source in self._sourced():
            if source not in known:
                message = f"there is no source '{source}' in this file; add it or write 'clinic'"
                raise violated((*location, "source"), message)
        return self

    def _sourced(self) -> Iterator[tuple[Location, str]]:
        yield from ((("facts", name), fact.source) for name, fact in self.facts.items())
        for index, rule in enumerate(self.plan.timeline):
            if rule.source:
                yield ("plan", "timeline", index), rule.source
        for index, thing in enumerate(self.plan.bring):
            yield ("plan", "bring", index), thing.source
        for index, codes in enumerate(self.intake.codes):
            yield ("intake", "codes", index), codes.source

    @model_validator(mode="after")
    def _rules_count_time(self) -> Clinic:
        for index, rule in enumerate(self.plan.timeline):
            if rule.fact:
                self._length(("plan", "timeline", index, "fact"), rule.fact)
                if rule.every_day and self.facts[rule.fact].unit != "days":
                    message = (
                        f"'every_day' needs a fact in days, and {rule.fact} is none; name another"
                    )
                    raise violated(("plan", "timeline", index, "every_day"), message)
        if self.plan.arrival_lead:
            self._length(("plan", "arrival_lead"), self.plan.arrival_lead)
        return self

    def _length(self, location: Location, name: str) -> None:
        if name not in self.facts:
            raise violated(location, f"there is no fact '{name}' in this file; add it")
        if self.facts[name].unit not in {"minutes", "hours", "days", "weeks"}:
            message = f"the fact '{name}' is no number of minutes, hours, days or weeks; mend it"
            raise violated(location, message)

    @property
    def all_facts(self) -> dict[str, Fact]:
        """The named facts, and those that every clinic has: its name, phones and hours."""

        def said(text: Translated | str) -> Fact:
            by_language = dict.fromkeys(self.languages, text) if isinstance(text, str) else text
            return Fact(text=by_language, source="clinic")

        own = {"clinic-name": said(self.name)}
        for name, phone in self.phones:
            own[f"phone-{name}"] = said(phone.number)
            own[f"{name}-hours"] = said(phone.hours)
        return {**self.facts, **own}
