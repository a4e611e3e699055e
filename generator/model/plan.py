"""One patient's plan. Everything clinical in it was entered by a person; nothing has a default."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from generator.model.base import Model, each_once, violated
from generator.model.fields import Day, LanguageTag, Line, LocalTime, PersonName, Slug, Text
from generator.model.medicine import Medicine
from generator.model.nothing import naming
from generator.model.telephone import Telephone


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


Side = Annotated[Literal["left", "right", "both"], BeforeValidator(_lower)]

Allergy = Annotated[Line, AfterValidator(naming("allergy", "if none are known"))]


class Patient(Model):
    """FHIR's Patient, as little of it as a page needs."""

    record_id: Line
    given_name: PersonName | None = None
    family_name: PersonName | None = None
    suffix: PersonName | None = None
    name: PersonName | None = Field(
        default=None, description="the whole name, where the record does not part it"
    )
    birth_date: Day
    language: LanguageTag
    large_print: bool = False

    @model_validator(mode="after")
    def _has_one_name(self) -> Patient:
        parts = {"given_name": self.given_name, "family_name": self.family_name}
        for part, value in parts.items():
            if self.name is None and value is None:
                raise violated((), f"'{part}' is missing; add it")
            if self.name is not None and value is not None:
                raise violated((part,), "is there as well as 'name'; keep the parts, or the whole")
        return self

    @property
    def full_name(self) -> str:
        parts = (self.given_name, self.family_name, self.suffix)
        return self.name or " ".join(part for part in parts if part)


class Contact(Model):
    name: Line
    phone: Telephone


class Override(Model):
    """For this patient a named fact of the clinic's has another value, for a reason."""

    fact: Slug
    value: Line = Field(description="'4 hours', or words where the fact is words")
    reason: Line = Field(description="printed on the plan, so in the patient's language")
    decided_by: Line

    @property
    def number(self) -> tuple[int, str] | None:
        """The number and its unit (``hours``), or None for words."""
        found = re.fullmatch(r"(\d{1,4}) (minute|hour|day|week|month|year)s?", self.value)
        return (int(found[1]), f"{found[2]}s") if found else None


class Plan(Model):
    """The roster's columns for one patient, as a YAML file."""

    UNQUOTED: ClassVar[tuple[tuple[str | None, ...], ...]] = (
        *(("patient", name) for name in ("record_id", "given_name", "family_name", "suffix")),
        *(("patient", name) for name in ("name", "birth_date")),
        *(("medicines", None, name) for name in ("name", "dose")),
        ("contact", "phone"),
        *((name,) for name in ("allergies", "notes", "escort")),
    )

    patient: Patient
    procedure: Slug
    side: Side | None = None
    surgeon: Line
    arrival_at: LocalTime
    surgery_at: LocalTime
    location: Line
    handouts: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=20)]
    medicines: Annotated[tuple[Medicine, ...], Field(max_length=40)] = Field(
        description="an empty list ([]) says that the patient takes none"
    )
    allergies: Annotated[tuple[Allergy, ...], Field(max_length=40)] = Field(
        description="an empty list ([]) says that none are known"
    )
    contact: Contact
    escort: Line | None = Field(default=None, description="who takes the patient home")
    notes: Annotated[tuple[Text, ...], Field(max_length=12)] = ()
    overrides: Annotated[tuple[Override, ...], Field(max_length=12)] = Field(
        default=(), description="where the clinic's rules do not hold for this patient, and why"
    )
    prepared_by: Line
    checked_by: Line

    @property
    def overridden(self) -> frozenset[str]:
        """The names of the facts that have another value for this patient."""
        return frozenset(override.fact for override in self.overrides)

    @model_validator(mode="after")
    def _each_once(self) -> Plan:
        each_once("handouts", self.handouts, "is named twice; name each handout once")
        facts = [override.fact for override in self.overrides]
        each_once("overrides", facts, "changes a fact a second time; give each fact one entry")
        return self

    @model_validator(mode="after")
    def _medicines_agree(self) -> Plan:
        first: dict[str, Medicine] = {}
        for index, medicine in enumerate(self.medicines):
            other = first.setdefault(medicine.name.casefold(), medicine)
            if other is medicine:
                continue
            if (other.action, other.when) != (medicine.action, medicine.when):
                message = "is listed twice, and not with the same action; ask who decided it"
                raise violated(("medicines", index), message)
            if other.dose == medicine.dose:
                message = "is listed twice; give each medicine one entry"
                raise violated(("medicines", index), message)
        return self
