"""A FHIR file as entries: the whole story of one order, and all that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.errors import PlanError, Problem
from generator.intake.entry import Entry, Read
from generator.intake.fhir.allergies import allergies
from generator.intake.fhir.codes import mapped
from generator.intake.fhir.found import Finding, Found, Refusal
from generator.intake.fhir.medicines import medicines
from generator.intake.fhir.orders import Case, Order, orders_of, patient_of, refuse_fallen
from generator.intake.fhir.patients import known_record_id, patient, refuse_gone
from generator.intake.fhir.people import contact, escort, location, notes, signers, surgeon
from generator.intake.fhir.places import Places
from generator.intake.fhir.record import Record
from generator.intake.fhir.sides import side
from generator.intake.fhir.source import read_source
from generator.intake.fhir.versions import refuse_other_releases
from generator.intake.fhir.visits import day_of, times, visit_of
from generator.library import shown
from generator.model import Clinic

_READ = {
    *("Patient", "ServiceRequest", "Procedure", "Appointment", "AllergyIntolerance", "Provenance"),
    *("MedicationRequest", "MedicationStatement", "Medication", "Practitioner", "RelatedPerson"),
    *("PractitionerRole", "Location"),
}
_UNCLAIMED = "does not say whose it is, so it may be this patient's; add the patient to it"
Step = Callable[[Case], dict[str, object]]


def read_fhir(path: Path, clinic: Clinic) -> Read:
    """Read a Bundle or NDJSON of FHIR R4; raises :class:`PlanError` for a file that is neither."""
    record = Record(shown(path), read_source(path))
    refuse_other_releases(record.file, record.resources)
    orders = orders_of(record)
    if not orders:
        message = "holds no ServiceRequest and no Procedure; export the orders as well"
        raise PlanError([Problem(record.file, 0, 0, "", message)])
    counts = Counter(patient for order in orders if (patient := _patient(record, order)))
    entries = (
        _entry(record, clinic, number, order, counts) for number, order in enumerate(orders, 1)
    )
    return Read(tuple(entries), tuple(_notices(record, counts)))


def _patient(record: Record, order: Order) -> Found | None:
    try:
        return patient_of(record, order)
    except Refusal:
        return None


def _entry(
    record: Record, clinic: Clinic, number: int, order: Order, counts: Counter[Found]
) -> Entry:
    """An order as a plan's data, or with everything that is wrong with it."""
    known = _patient(record, order)
    record_id = known_record_id(record, known, clinic) if known else ""
    places = Places(record.file, number, record_id, order.main)
    try:
        refuse_fallen(record, order)
        case = Case(record, clinic, order, patient_of(record, order), "", None, places.origins)
        refuse_gone(record, case.patient)
        data = _plan(case, counts[case.patient] == 1)
    except Refusal as refused:
        problems = dict.fromkeys(places.problem(finding) for finding in refused.findings)
        return Entry(number, record_id, {}, places.place, tuple(problems))
    return Entry(number, record_id, data, places.place)


def _plan(case: Case, alone: bool) -> dict[str, Any]:
    """What the record says, in the shape of a plan; raises :class:`Refusal` with all that is wrong.

    Without its Appointment an order is not asked for what the Appointment would say.
    """
    findings = [Finding(found, _UNCLAIMED) for found in case.record.unclaimed]
    steps: tuple[Step, ...] = (patient, _procedure, _side, medicines, allergies, contact, signers)
    try:
        visit = visit_of(case.record, case.order, case.patient, alone)
        case = replace(case, visit=visit, day=day_of(case.order, visit))
        steps = (*steps, times, surgeon, location, escort, notes)
    except Refusal as refused:
        findings += refused.findings
    data: dict[str, Any] = {}
    for step in steps:
        try:
            data |= step(case)
        except Refusal as refused:
            findings += refused.findings
    if findings:
        raise Refusal(*findings)
    return data


def _procedure(case: Case) -> dict[str, object]:
    entry = mapped(case)
    return {"procedure": entry.procedure, "handouts": list(entry.handouts)}


def _side(case: Case) -> dict[str, object]:
    said = side(case)
    return {"side": said} if said else {}


def _notices(record: Record, counts: Counter[Found]) -> Iterator[str]:
    ignored = Counter(found.type for found in record.resources if found.type not in _READ)
    if ignored:
        listed = ", ".join(f"{count} {type_}" for type_, count in ignored.items())
        yield f"ignored {_many(ignored.total(), 'resource')}: {listed}"
    if record.strangers:
        kinds = Counter(found.type for found in record.strangers)
        listed = ", ".join(f"{count} {type_}" for type_, count in kinds.items())
        yield f"left out, as their patients are not in the file: {listed}"
    idle = sum(found not in counts for found in record.of_type("Patient"))
    if idle:
        yield f"{_many(idle, 'patient')} of the file without an order"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
