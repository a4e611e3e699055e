"""Other releases of FHIR, told by what only they have: they would be read, but read wrongly.

Only marks that R4 and R4B cannot have. Compared with the R5, R4B and STU3 models of
``fhir.resources`` 8.3.0; https://hl7.org/fhir/R4/diff.html, https://hl7.org/fhir/R5/diff.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.errors import PlanError, Problem
from generator.intake.fhir.found import Found

_PROFILE = re.compile(r"http://hl7\.org/fhir/StructureDefinition/\w+\|(\d)\.\d+(\.\d+)?")
_RELEASES = {"1": "DSTU2", "3": "STU3", "5": "R5", "6": "R6"}
_ONLY = {  # types of resources that are in one release, and not in R4
    **dict.fromkeys(("MedicationOrder", "DiagnosticOrder"), "DSTU2"),
    **dict.fromkeys(("ProcedureRequest", "ReferralRequest", "DeviceComponent"), "STU3"),
    **dict.fromkeys(("RequestOrchestration", "DeviceUsage", "EncounterHistory"), "R5"),
    **dict.fromkeys(("ImagingSelection", "GenomicStudy", "InventoryItem"), "R5"),
    **dict.fromkeys(("MedicationUsage", "Transport"), "R5"),
}
_STU3 = {  # elements that R4 has not
    "Patient": ("animal",),
    "Procedure": ("context", "notDone", "notDoneReason", "definition"),
    "Appointment": ("indication", "incomingReferral"),
    "MedicationRequest": ("context", "definition"),
    "MedicationStatement": ("taken", "reasonNotTaken"),
    "Medication": ("isBrand", "isOverTheCounter"),
    "AllergyIntolerance": ("assertedDate",),
}
_R5 = {
    "ServiceRequest": ("reason", "location", "focus", "bodyStructure"),
    "Procedure": ("occurrenceDateTime", "occurrencePeriod", "focus", "recorded", "reportedBoolean"),
    "Appointment": ("subject", "class", "virtualService", "cancellationReason", "recurrenceId"),
    "MedicationRequest": ("medication", "effectiveDosePeriod", "renderedDosageInstruction"),
    "MedicationStatement": ("medication", "adherence", "renderedDosageInstruction"),
    "AllergyIntolerance": ("participant",),
    "Medication": ("doseForm", "marketingAuthorizationHolder"),
    "Practitioner": ("deceasedBoolean", "deceasedDateTime"),
    "PractitionerRole": ("availability", "characteristic"),
    "Location": ("characteristic", "form"),
    "Provenance": ("authorization", "patient"),
}


def _has(of: type, *steps: str) -> Callable[[Any], bool]:
    """Whether the resource has a value of that kind there."""

    def test(data: Any) -> bool:
        for step in steps:
            data = data.get(step) if isinstance(data, dict) else None
        return isinstance(data, of)

    return test


_SHAPES: tuple[tuple[str, str, str, Callable[[Any], bool]], ...] = (
    ("AllergyIntolerance", "STU3", "clinicalStatus as a code", _has(str, "clinicalStatus")),
    ("AllergyIntolerance", "STU3", "verificationStatus as a code", _has(str, "verificationStatus")),
    ("MedicationRequest", "STU3", "requester.agent", _has(dict, "requester", "agent")),
    ("AllergyIntolerance", "R5", "type as an object", _has(dict, "type")),
    ("ServiceRequest", "R5", "code.concept", _has(dict, "code", "concept")),
    ("ServiceRequest", "R5", "code.reference", _has(dict, "code", "reference")),
    ("ServiceRequest", "R5", "patientInstruction as a list", _has(list, "patientInstruction")),
    ("Appointment", "R5", "patientInstruction as a list", _has(list, "patientInstruction")),
    ("Procedure", "R5", "category as a list", _has(list, "category")),
    ("MedicationStatement", "R5", "category as a list", _has(list, "category")),
    (
        "MedicationStatement",
        "R5",
        "status recorded",
        lambda data: bool(data.get("status") == "recorded"),
    ),
)


def refuse_other_releases(file: str, resources: Iterable[Found]) -> None:
    """Raise :class:`PlanError` at the first resource that is not R4."""
    for found in resources:
        release, mark = _mark(found)
        if release:
            message = (
                f"is FHIR {release} and not R4 ({found.name} has {mark}); export it as R4 (4.0.1)"
            )
            raise PlanError([Problem(file, found.line, 1 if found.line else 0, "", message)])


def _mark(found: Found) -> tuple[str, str]:
    """The release, and what shows it; two empty texts for R4."""
    if found.type in _ONLY:
        return _ONLY[found.type], f"the type {found.type}"
    for release, elements in (("STU3", _STU3), ("R5", _R5)):
        for element in elements.get(found.type, ()):
            if element in found.data:
                return release, element
    for kind, release, mark, test in _SHAPES:
        if kind == found.type and test(found.data):
            return release, mark
    return _profile(found.data)


def _profile(data: dict[str, Any]) -> tuple[str, str]:
    meta = data.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    for profile in profiles if isinstance(profiles, list) else ():
        said = _PROFILE.fullmatch(profile) if isinstance(profile, str) else None
        if said and said[1] in _RELEASES:
            return _RELEASES[said[1]], "that release in meta.profile"
    return "", ""
