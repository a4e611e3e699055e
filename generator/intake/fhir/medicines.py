"""The medicines, each with what its prescriber decided; a medicine without is never printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.intake.fhir.found import Finding, Found, Refusal, refusal
from generator.intake.fhir.names import joined, who
from generator.intake.fhir.orders import Case
from generator.intake.fhir.references import plain
from generator.model import fhir
from generator.model.fhir_types import CodeableConcept, Dosage, Extension, Quantity, Reference

ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
"""International Patient Summary: https://hl7.org/fhir/uv/ips/CodeSystem-absent-unknown-uv-ips.html"""
_OVER = {"cancelled", "completed", "stopped", "entered-in-error", "not-taken"}
_TAKEN = {"active", "intended"}
_PROPOSED = {"proposal", "option"}


@dataclass(frozen=True, slots=True)
class _Taken:
    """A medicine that the patient takes, of whichever resource it came."""

    found: Found
    one: fhir.Medicated
    dosage: tuple[Dosage, ...]
    requester: Reference | None = None


def medicines(case: Case) -> dict[str, object]:
    """The plan's ``medicines``; raises :class:`Refusal` with what is wrong with each."""
    taken, none, findings = _sorted(case)
    listed: list[dict[str, str]] = []
    for each in taken:
        try:
            listed.append(_medicine(case, each))
            case.origins["medicines", len(listed) - 1] = each.found
        except Refusal as refused:
            findings += refused.findings
    if findings:
        raise Refusal(*findings)
    if none and listed:
        raise refusal(none, "says that there are no medicines, and there are; mend the record")
    if not none and not listed:
        message = (
            "the record says nothing of medicines that the patient takes; add them, or a "
            "MedicationStatement no-known-medications"
        )
        raise refusal(None, message, "medicines")
    return {"medicines": listed}


def _sorted(case: Case) -> tuple[list[_Taken], Found | None, list[Finding]]:
    """What is taken, who says that nothing is, and what cannot be understood."""
    taken: list[_Taken] = []
    none: Found | None = None
    findings: list[Finding] = []
    for found in case.record.of(case.patient, "MedicationRequest", "MedicationStatement"):
        try:
            each = _typed(case, found)
            concept = each.one.medication_codeable_concept or CodeableConcept()
            if concept.codes(ABSENT):
                none = found if _says_none(each, concept) else none
            elif _is_taken(each):
                taken.append(each)
        except Refusal as refused:
            findings += refused.findings
    return taken, none, findings


def _typed(case: Case, found: Found) -> _Taken:
    if found.type == "MedicationRequest":
        request = case.record.typed(found, fhir.MedicationRequest)
        return _Taken(found, request, request.dosage_instruction, request.requester)
    statement = case.record.typed(found, fhir.MedicationStatement)
    return _Taken(found, statement, statement.dosage)


def _says_none(each: _Taken, concept: CodeableConcept) -> bool:
    stands = each.one.status not in _OVER
    return stands and "no-known-medications" in concept.codes(ABSENT)


def _is_taken(each: _Taken) -> bool:
    """Whether the patient takes it; raises :class:`Refusal` where the record leaves it open."""
    status, one = each.one.status, each.one
    if status in _OVER or (isinstance(one, fhir.MedicationRequest) and one.intent in _PROPOSED):
        return False
    if isinstance(one, fhir.MedicationRequest) and one.do_not_perform:
        message = "is true: a medicine that is not to be given has no place in a plan; take it out"
        raise refusal(each.found, message, "doNotPerform")
    if status not in _TAKEN:
        message = f"is {plain(status)}: it is not known whether the patient takes it; find out"
        raise refusal(each.found, message, "status")
    return True


def _medicine(case: Case, each: _Taken) -> dict[str, str]:
    decided = _decision(case, each)
    return {"name": _name(case, each), "dose": _dose(each), **decided}


def _name(case: Case, each: _Taken) -> str:
    found, concept = each.found, each.one.medication_codeable_concept
    if concept is None and each.one.medication_reference:
        part = "medicationReference"
        found = case.record.follow(each.one.medication_reference, found, part)
        if found.type != "Medication":
            raise refusal(each.found, f"{part} is no Medication; mend the record", part)
        medication = case.record.typed(found, fhir.Medication)
        if medication.status == "entered-in-error":
            raise refusal(found, "was entered in error, and is in use; mend the record", "status")
        concept = medication.code
    if concept is None or not concept.texts:
        raise refusal(found, "has no name (text or display); add it to the record", "medication")
    return concept.texts[0]


def _dose(each: _Taken) -> str:
    doses = [text for text in map(_one_dose, each.dosage) if text]
    if not doses or len(doses) < len(each.dosage):
        raise refusal(each.found, "has no dose (text, or doseQuantity); add it", "dosage")
    return "; ".join(doses)


def _one_dose(dosage: Dosage) -> str:
    if dosage.text and dosage.text.strip():
        return dosage.text.strip()
    quantities = [rate.dose_quantity for rate in dosage.dose_and_rate if rate.dose_quantity]
    return _amount(quantities[0]) if len(quantities) == 1 else ""


def _amount(quantity: Quantity) -> str:
    """The number with the digits that the record has, and its unit; "" for anything else."""
    value, unit = quantity.value, joined((quantity.unit,)) or joined((quantity.code,))
    if value is None or not unit or quantity.comparator or not -9 < value.adjusted() < 9:
        return ""
    return f"{value:f} {unit}"


def _decision(case: Case, each: _Taken) -> dict[str, str]:
    url = case.clinic.intake.fhir.medicine_decision
    if not url:
        message = (
            "content/clinic.yaml does not say which extension holds what to do with a medicine; "
            "add it (intake, fhir, medicine_decision)"
        )
        raise refusal(None, message, "medicines")
    decisions = [extension for extension in each.one.extension if extension.url == url]
    if len(decisions) != 1:
        many = "has several decisions" if decisions else "has no decision what to do before surgery"
        raise refusal(each.found, f"{many}; ask the prescriber, and record one", "extension")
    return dict(_parts(case, each, decisions[0]))


def _parts(case: Case, each: _Taken, decision: Extension) -> Iterator[tuple[str, str]]:
    said = {part.url: joined((part.value_code, part.value_string)) for part in decision.extension}
    if len(said) < len(decision.extension):
        raise refusal(each.found, "the decision has a part twice; keep one", "extension")
    if not said.get("decidedBy") and each.requester:
        said["decidedBy"] = who(case.record, each.requester, each.found, case.day, "requester")
    names = {"action": "action", "when": "when", "decidedBy": "decided_by"}
    for part, name in names.items():
        if not said.get(part):
            raise refusal(each.found, f"the decision has no '{part}'; add it", "extension")
        yield name, said[part]
