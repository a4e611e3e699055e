"""What we read of FHIR R4, and nothing else: no address, no SSN, no diagnosis ever gets in.

The names are FHIR's own, written Python's way. Elements that are not named here are ignored;
those that are named must have FHIR's form. https://hl7.org/fhir/R4/resourcelist.html
"""

from __future__ import annotations

from generator.model.fhir_types import (
    Boolean,
    CodeableConcept,
    Dosage,
    Element,
    Extension,
    HumanName,
    Identifier,
    Period,
    Reference,
)


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
