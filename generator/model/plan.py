"""One patient's plan. Everything clinical in it was entered by a person; nothing has a default."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model, each_once, violated
from generator.model.fields import Day, LanguageTag, Line, LocalTime, Slug, Text


class Medicine(Model):
    """One medicine and what the prescriber decided about it."""

    name: Line
    dose: Line
    action: Literal["continue", "stop", "sip", "ask"] = Field(
        description="continue as usual; stop; take with a sip of water; ask before taking it"
    )
    when: Line = Field(description="from when, or until when, in words")
    decided_by: Line = Field(description="who decided it")


class Patient(Model):
    """FHIR's Patient, as little of it as a page needs."""

    record_id: Line
    given_name: Line
    family_name: Line
    birth_date: Day
    language: LanguageTag
    large_print: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Contact(Model):
    name: Line
    phone: Line


class Plan(Model):
    """The roster's columns for one patient, as a YAML file."""

    patient: Patient
    procedure: Slug
    side: Literal["left", "right"] | None = None
    surgeon: Line
    arrival_at: LocalTime
    surgery_at: LocalTime
    location: Line
    handouts: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=20)]
    medicines: tuple[Medicine, ...] = Field(
        description="an empty list ([]) says that the patient takes none"
    )
    allergies: tuple[Line, ...] = Field(description="an empty list ([]) says that none are known")
    contact: Contact
    escort: Line | None = Field(default=None, description="who takes the patient home")
    notes: tuple[Text, ...] = ()
    prepared_by: Line
    checked_by: Line

    @model_validator(mode="after")
    def _in_order(self) -> Plan:
        if self.arrival_at > self.surgery_at:
            raise violated(("arrival_at",), "is after surgery_at; mend the one that is wrong")
        if self.patient.birth_date > self.surgery_at.date():
            raise violated(("patient", "birth_date"), "is after the day of surgery; mend it")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Plan:
        each_once("handouts", self.handouts, "is named twice; name each handout once")
        names = [medicine.name.casefold() for medicine in self.medicines]
        each_once("medicines", names, "is listed twice; give each medicine one entry")
        return self
