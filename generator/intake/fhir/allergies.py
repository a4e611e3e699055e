"""The allergies; that there are none has to be said, and is not concluded from silence."""

from __future__ import annotations

from generator.intake.fhir.codes import SNOMED
from generator.intake.fhir.found import Finding, Found, Refusal, refusal
from generator.intake.fhir.medicines import ABSENT
from generator.intake.fhir.orders import Case
from generator.model import fhir

_REFUTED = {"refuted", "entered-in-error"}
_OVER = {"inactive", "resolved"}
_NONE = {"no-known-allergies", "716186003"}
"""No known allergies: in the International Patient Summary, and in SNOMED CT."""
_PARTLY = {
    *("no-known-medication-allergies", "no-known-food-allergies", "no-allergy-info"),
    *("no-known-environmental-allergies", "409137002", "429625007", "428607008"),
}
"""No known drug, food or environmental allergy, or no information: says nothing of the others."""


def allergies(case: Case) -> dict[str, object]:
    """The plan's ``allergies``; raises :class:`Refusal`."""
    listed: list[str] = []
    none: Found | None = None
    findings: list[Finding] = []
    for found in case.record.of(case.patient, "AllergyIntolerance"):
        try:
            one = case.record.typed(found, fhir.AllergyIntolerance)
            codes = one.code.codes(ABSENT, SNOMED)
            if not _stands(one) or codes & _PARTLY:
                continue
            if codes & _NONE:
                none = found
                continue
            listed.append(_name(found, one))
            case.origins["allergies", len(listed) - 1] = found
        except Refusal as refused:
            findings += refused.findings
    if findings:
        raise Refusal(*findings)
    if none and listed:
        raise refusal(none, "says that no allergies are known, and there are; mend the record")
    if not none and not listed:
        message = (
            "the record says nothing of allergies; add them, or an AllergyIntolerance "
            "no-known-allergies"
        )
        raise refusal(None, message, "allergies")
    return {"allergies": list(dict.fromkeys(listed))}


def _stands(one: fhir.AllergyIntolerance) -> bool:
    return not (one.verification_status.codes() & _REFUTED or one.clinical_status.codes() & _OVER)


def _name(found: Found, one: fhir.AllergyIntolerance) -> str:
    if not one.code.texts:
        raise refusal(found, "has no name (text or display); add it to the record", "code")
    return one.code.texts[0]
