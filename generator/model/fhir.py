"""What we read of FHIR R4, and nothing else: no address, no SSN, no diagnosis ever gets in.

The names are FHIR's own (``birth_date`` is ``birthDate``). Elements that are not named here are
ignored; those that are named must have FHIR's form. https://hl7.org/fhir/R4/resourcelist.html
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


class Communication(Element):
    language: CodeableConcept
    preferred: Boolean = False


class Link(Element):
    type: str | None = None


class Patient(Element):
    active: Boolean = True
    identifier: tuple[Identifier, ...] = ()
    name: tuple[HumanName, ...] = ()
    birth_date: str | None = None
    deceased_boolean: Boolean = False
    deceased_date_time: str | None = None
    communication: tuple[Communication, ...] = ()
    link: tuple[Link, ...] = ()


class ServiceRequest(Element):
    status: str
    intent: str
    do_not_perform: Boolean = False
    code: CodeableConcept = CodeableConcept()
    body_site: tuple[CodeableConcept, ...] = ()
    occurrence_date_time: str | None = None
    occurrence_period: Period = Period()
    performer: tuple[Reference, ...] = ()
    location_reference: tuple[Reference, ...] = ()
    patient_instruction: str | None = None


class ProcedurePerformer(Element):
    function: CodeableConcept = CodeableConcept()
    actor: Reference


class Procedure(Element):
    status: str
    based_on: tuple[Reference, ...] = ()
    code: CodeableConcept = CodeableConcept()
    body_site: tuple[CodeableConcept, ...] = ()
    performed_date_time: str | None = None
    performed_period: Period = Period()
    performer: tuple[ProcedurePerformer, ...] = ()
    location: Reference | None = None


class Participant(Element):
    type: tuple[CodeableConcept, ...] = ()
    actor: Reference = Reference()
    status: str | None = None


class Appointment(Element):
    status: str
    start: str | None = None
    based_on: tuple[Reference, ...] = ()
    reason_reference: tuple[Reference, ...] = ()
    patient_instruction: str | None = None
    participant: tuple[Participant, ...] = ()


class Medicated(Element):
    """What MedicationRequest and MedicationStatement have in common."""

    status: str
    extension: tuple[Extension, ...] = ()
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None


class MedicationRequest(Medicated):
    intent: str
    do_not_perform: Boolean = False
    requester: Reference | None = None
    dosage_instruction: tuple[Dosage, ...] = ()


class MedicationStatement(Medicated):
    dosage: tuple[Dosage, ...] = ()


class Medication(Element):
    status: str | None = None
    code: CodeableConcept = CodeableConcept()


class AllergyIntolerance(Element):
    clinical_status: CodeableConcept = CodeableConcept()
    verification_status: CodeableConcept = CodeableConcept()
    code: CodeableConcept = CodeableConcept()


class Named(Element):
    """A Practitioner or a RelatedPerson."""

    name: tuple[HumanName, ...] = ()


class PractitionerRole(Element):
    practitioner: Reference | None = None


class Location(Element):
    name: str | None = None
    description: str | None = None


class Agent(Element):
    type: CodeableConcept = CodeableConcept()
    who: Reference


class Provenance(Element):
    target: tuple[Reference, ...] = ()
    agent: tuple[Agent, ...] = ()
