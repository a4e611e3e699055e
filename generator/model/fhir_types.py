"""The data types of FHIR R4, as much of them as we read.

https://hl7.org/fhir/R4/datatypes.html
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Strict
from pydantic.alias_generators import to_camel

from generator.model.base import Model

Boolean = Annotated[bool, Strict()]
Number = Annotated[Decimal, Strict()]
Texts = tuple[str | None, ...]
"""FHIR leaves a null where a text has only an extension."""


class Element(Model):
    """``birth_date`` is FHIR's ``birthDate``; elements that are not named are ignored."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel)


class Coding(Element):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class CodeableConcept(Element):
    coding: tuple[Coding, ...] = ()
    text: str | None = None

    def codes(self, *systems: str) -> frozenset[str]:
        """The codes that are of one of these systems; without any, all."""
        of = (c for c in self.coding if not systems or c.system in systems)
        return frozenset(c.code for c in of if c.code)

    @property
    def texts(self) -> tuple[str, ...]:
        """What a person reads: the text, then the displays."""
        said = (self.text, *(coding.display for coding in self.coding))
        return tuple(text.strip() for text in said if text and text.strip())


class Period(Element):
    start: str | None = None
    end: str | None = None


class Reference(Element):
    reference: str | None = None
    type: str | None = None
    display: str | None = None


class Identifier(Element):
    use: str | None = None
    type: CodeableConcept = CodeableConcept()
    system: str | None = None
    value: str | None = None
    period: Period = Period()


class HumanName(Element):
    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: Texts = ()
    prefix: Texts = ()
    suffix: Texts = ()
    period: Period = Period()


class Quantity(Element):
    value: Number | None = None
    comparator: str | None = None
    unit: str | None = None
    code: str | None = None


class DoseAndRate(Element):
    dose_quantity: Quantity | None = None


class Dosage(Element):
    text: str | None = None
    dose_and_rate: tuple[DoseAndRate, ...] = ()


class Part(Element):
    """One part of a complex extension."""

    url: str
    value_code: str | None = None
    value_string: str | None = None


class Extension(Element):
    url: str
    extension: tuple[Part, ...] = ()
