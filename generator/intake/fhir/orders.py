"""The orders of a file: which there are, whom they are for, and whether they still stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.intake.fhir.found import Finding, Found, Refusal, refusal
from generator.intake.fhir.record import Record
from generator.intake.fhir.references import dangling, plain, raw_reference, references
from generator.model import Clinic, fhir
from generator.model.fhir_types import Reference

_ORDERS = {"order", "original-order", "reflex-order", "filler-order", "instance-order"}


@dataclass(frozen=True, slots=True)
class Order:
    """A ServiceRequest with the Procedures planned upon it, or a Procedure alone."""

    parts: tuple[Found, ...]

    @property
    def main(self) -> Found:
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class Case:
    """One order of one patient, and where everything about it is looked up.

    ``day`` is that of the operation as far as it is known, for names that have ended. ``visit`` is
    the order's Appointment. ``origins`` learns which resource a place in the plan comes from.
    """

    record: Record
    clinic: Clinic
    order: Order
    patient: Found
    day: str
    visit: Found | None
    origins: dict[tuple[str | int, ...], Found]

    @property
    def requests(self) -> list[tuple[Found, fhir.ServiceRequest]]:
        return [(f, self.record.typed(f, fhir.ServiceRequest)) for f in self._of("ServiceRequest")]

    @property
    def procedures(self) -> list[tuple[Found, fhir.Procedure]]:
        return [
            (found, self.record.typed(found, fhir.Procedure)) for found in self._of("Procedure")
        ]

    @property
    def appointment(self) -> fhir.Appointment | None:
        return self.record.typed(self.visit, fhir.Appointment) if self.visit else None

    def _of(self, type_: str) -> Iterator[Found]:
        return (found for found in self.order.parts if found.type == type_)


def orders_of(record: Record) -> list[Order]:
    """All orders in the file's order; a Procedure is one with the ServiceRequest it is based on."""
    together: dict[Found, list[Found]] = {}
    for found in record.of_type("ServiceRequest"):
        together[found] = [found]
    for found in record.of_type("Procedure"):
        bases = (record.resolve(reference, found) for reference in references(found, "basedOn"))
        base = next((base for base in bases if base in together), found)
        together.setdefault(base, []).append(found)
    orders = [Order(tuple(parts)) for parts in together.values()]
    return sorted(orders, key=lambda order: min(part.number for part in order.parts))


def patient_of(record: Record, order: Order) -> Found:
    """The patient whom an order is for; raises :class:`Refusal`."""
    patients = [_subject(record, part) for part in order.parts]
    if len(set(patients)) > 1:
        names = " and ".join(part.name for part in order.parts)
        raise refusal(order.main, f"{names} are of two patients; mend the record", "subject")
    return patients[0]


def refuse_fallen(record: Record, order: Order) -> None:
    """Raise :class:`Refusal` for an order that does not stand, or does not stand any more."""
    findings: list[Finding] = []
    for part in order.parts:
        try:
            fallen = (
                _request(record, part) if part.type == "ServiceRequest" else _plan(record, part)
            )
            findings += [Finding(part, message, where) for where, message in fallen]
        except Refusal as refused:
            findings += refused.findings
    if findings:
        raise Refusal(*findings)


def _subject(record: Record, found: Found) -> Found:
    reference = Reference(reference=raw_reference(found.data.get("subject")) or None)
    patient = record.follow(reference, found, "subject")
    if patient.type != "Patient":
        message = f"subject is a {patient.type} and no Patient; mend the order"
        raise refusal(found, message, "subject")
    return patient


def _request(record: Record, found: Found) -> Iterator[tuple[str, str]]:
    request = record.typed(found, fhir.ServiceRequest)
    if request.status != "active":
        yield "status", f"is {plain(request.status)}; only an active order is printed"
    if request.intent not in _ORDERS:
        yield "intent", f"is {plain(request.intent)}, which is no order; only orders are printed"
    if request.do_not_perform:
        yield "doNotPerform", "is true: the operation is not to be done; nothing is printed for it"


def _plan(record: Record, found: Found) -> Iterator[tuple[str, str]]:
    procedure = record.typed(found, fhir.Procedure)
    if procedure.status != "preparation":
        message = f"is {plain(procedure.status)}; only a Procedure in preparation is an order"
        yield "status", message
        return
    for based in procedure.based_on:
        said = based.reference or ""
        if record.resolve(said, found) is None and not said.startswith("CarePlan/"):
            yield "basedOn", dangling("basedOn", said)
