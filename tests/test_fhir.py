"""FHIR R4: the example is the plan it says it is; every rule refuses in its own words."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import PlanError
from generator.intake import load_plan
from generator.intake.against import checked_plan
from generator.intake.fhir import read_fhir
from generator.intake.fhir.source import MAX_BYTES
from generator.library import load_library
from generator.model import Clinic
from tests.conftest import NOW, REPO
from tests.fhir import (
    BUNDLE,
    DECISION,
    GONE,
    IPS,
    RECORD_NUMBER,
    SCT,
    changed,
    clinic,
    example,
    one,
    problems,
    read,
)

EXAMPLES = int(os.environ.get("HANDOUTS_FUZZ", "400"))
REAL = sorted((Path(__file__).parent / "fhir" / "real").glob("*.*json"))
ROW = "row 1 (record EX-000123), "
PATIENT = {"reference": "Patient/p1"}
PRIVATE = ("Testa", "Exampleperson", "1961")
"""What no message may say."""


def text(said: str) -> dict[str, Any]:
    return {"text": said}


def coded(system: str, code: str, display: str = "") -> dict[str, Any]:
    coding = {"system": system, "code": code}
    return {"coding": [{**coding, "display": display} if display else coding]}


def test_the_example_is_the_plan_of_the_other_example() -> None:
    library = load_library(REPO)
    (entry,) = read_fhir(BUNDLE, clinic()).entries
    assert entry.problems == ()
    assert (entry.number, entry.record_id) == (1, "EX-000123")
    assert entry.data["surgery_at"] == "2027-03-16T07:30-04:00"
    plan, wrong = checked_plan(entry.data, entry.place, library, NOW)
    assert wrong == []
    wanted = load_plan(REPO / "content" / "examples" / "plan.yaml", library, NOW)
    assert plan == wanted


def ndjson(bundle: dict[str, Any]) -> str:
    return "\n".join(json.dumps(entry["resource"]) for entry in bundle["entry"]) + "\n"


def test_ndjson_is_the_same_and_names_lines(tmp_path: Path) -> None:
    assert one(tmp_path, ndjson(example())).data == one(tmp_path, example()).data
    (said,) = problems(tmp_path, ndjson(changed({"p1.birthDate": GONE})))
    assert said == f":1:1: {ROW}Patient/p1, birthDate: is missing; add it to the record"
    entry = one(tmp_path, ndjson(example()))
    places = [
        entry.place(("medicines", 1, "dose"), "x"),
        entry.place(("patient", "language"), "x"),
        entry.place(("arrival_at",), "x"),
        entry.place(("side",), "x"),
        entry.place((), "x"),
    ]
    assert [(p.line, p.where.removeprefix(ROW)) for p in places] == [
        (5, "MedicationRequest/m2, medicines 2 dose"),
        (1, "Patient/p1, patient language"),
        (3, "Appointment/a1, arrival_at"),
        (2, "ServiceRequest/sr1, side"),
        (2, "ServiceRequest/sr1"),
    ]


SR, MR = "ServiceRequest/sr1", "MedicationRequest/m1"
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    # the patient
    "name-none": (
        {"p1.name": []},
        "Patient/p1, name: has no name that is in use (official, usual); add it to the record",
    ),
    "name-only-old": (
        {"p1.name.0.use": "old"},
        "Patient/p1, name: has no name that is in use (official, usual); add it to the record",
    ),
    "name-two-official": (
        {"p1.name.1.use": "official"},
        "Patient/p1, name: has 2 official names; say which is in use (use, period)",
    ),
    "name-without-given": (
        {"p1.name.0.given": GONE},
        "Patient/p1, name: has no given name, and no text; add it to the record",
    ),
    "number-none": (
        {"p1.identifier": []},
        f"Patient/p1, identifier: has no record number of the system {RECORD_NUMBER}; "
        "add it to the record",
    ),
    "number-social-security": (
        {"p1.identifier.0.type": coded("http://terminology.hl7.org/CodeSystem/v2-0203", "SS")},
        f"Patient/p1, identifier: has no record number of the system {RECORD_NUMBER}; "
        "add it to the record",
    ),
    "number-of-social-security-system": (
        {"p1.identifier.0.system": "http://hl7.org/fhir/sid/us-ssn"},
        f"Patient/p1, identifier: has no record number of the system {RECORD_NUMBER}; "
        "add it to the record",
    ),
    "birth-date-missing": (
        {"p1.birthDate": GONE},
        "Patient/p1, birthDate: is missing; add it to the record",
    ),
    "birth-date-partial": (
        {"p1.birthDate": "1961-03"},
        "Patient/p1, birthDate: is no full date (year-month-day); complete it in the record",
    ),
    "birth-date-impossible": (
        {"p1.birthDate": "1961-02-30"},
        "Patient/p1, birthDate: is no full date (year-month-day); complete it in the record",
    ),
    "language-none": (
        {"p1.communication": GONE},
        "Patient/p1, communication: has no communication.language; add it to the record",
    ),
    "language-without-code": (
        {"p1.communication.0.language": text("English")},
        "Patient/p1, communication: the language has no code (such as en); add it to the record",
    ),
    "language-two": (
        {
            "p1.communication": [
                {"language": coded("urn:ietf:bcp:47", "en")},
                {"language": coded("urn:ietf:bcp:47", "es")},
            ]
        },
        "Patient/p1, communication: has several languages and not one that is preferred; "
        "mark the one to print",
    ),
    "deceased": (
        {"p1.deceasedBoolean": True},
        "Patient/p1, deceased: the patient has died; nothing is printed",
    ),
    "deceased-on": (
        {"p1.deceasedDateTime": "2026-12-01"},
        "Patient/p1, deceased: the patient has died; nothing is printed",
    ),
    "inactive": (
        {"p1.active": False},
        "Patient/p1, active: is false: this record is not in use; find the one that is",
    ),
    "replaced": (
        {"p1.link": [{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]},
        "Patient/p1, link: this record was replaced by another; use that one",
    ),
    "patient-misshapen": (
        {"p1.name.0.family": 5},
        "Patient/p1, name.1.family: has not the form that FHIR R4 gives it; mend it",
    ),
    "modifier-extension": (
        {"p1.modifierExtension": [{"url": "https://example.org/x", "valueBoolean": True}]},
        "Patient/p1: has modifierExtension, which may change what it says; "
        "ask who exported the record",
    ),
    # the order
    **{
        f"status-{status}": (
            {"sr1.status": status},
            f"{SR}, status: is {status}; only an active order is printed",
        )
        for status in ("revoked", "completed", "entered-in-error", "draft", "on-hold", "unknown")
    },
    "status-odd": (
        {"sr1.status": "Testa Exampleperson 1961"},
        f"{SR}, status: is of no kind that FHIR knows; only an active order is printed",
    ),
    **{
        f"intent-{intent}": (
            {"sr1.intent": intent},
            f"{SR}, intent: is {intent}, which is no order; only orders are printed",
        )
        for intent in ("proposal", "plan", "option", "directive")
    },
    "not-to-be-done": (
        {"sr1.doNotPerform": True},
        f"{SR}, doNotPerform: is true: the operation is not to be done; nothing is printed for it",
    ),
    "order-without-intent": (
        {"sr1.intent": GONE},
        f"{SR}: 'intent' is missing; add it",
    ),
    # the time
    **{
        f"appointment-{status}": (
            {"a1.status": status},
            f"Appointment/a1, status: is {status}, and not booked: the order has no time; book it",
        )
        for status in (
            *("pending", "proposed", "waitlist", "cancelled", "noshow"),
            *("fulfilled", "entered-in-error"),
        )
    },
    "appointment-without-start": (
        {"a1.start": GONE},
        "Appointment/a1, start: has no time; add its start",
    ),
    "appointment-of-a-day": (
        {"a1.start": "2027-03-16"},
        "Appointment/a1, start: has no time of day; add it",
    ),
    "appointment-of-another": (
        {"a1.participant.0.actor": {"reference": "Patient/p2"}},
        "Appointment/a1, participant: is of another patient; mend the record",
    ),
    "appointment-based-on-nothing": (
        {"a1.basedOn.0.reference": "ServiceRequest/sr9"},
        "Appointment/a1, basedOn: basedOn refers to ServiceRequest/sr9, which is not in the file; "
        "export it as well",
    ),
    "time-without-offset": (
        {"sr1.occurrenceDateTime": "2027-03-16T07:30:00"},
        f"{SR}, occurrenceDateTime: has no offset from UTC, which FHIR asks for; mend it",
    ),
    "time-with-seconds": (
        {"sr1.occurrenceDateTime": "2027-03-16T07:30:15-04:00"},
        f"{SR}, occurrenceDateTime: has seconds, and no patient comes to the second; mend it",
    ),
    "time-impossible": (
        {"sr1.occurrenceDateTime": "2027-02-30T07:30:00-04:00"},
        f"{SR}, occurrenceDateTime: is no date and time that exists; mend it",
    ),
    "time-odd": (
        {"sr1.occurrenceDateTime": "16 March"},
        f"{SR}, occurrenceDateTime: is no date and time as FHIR has them; mend it",
    ),
    "time-of-no-year": (
        {"sr1.occurrenceDateTime": "0001-01-01T07:30:00+14:00"},
        f"{SR}, occurrenceDateTime: is in a year that cannot be meant; mend it",
    ),
    "no-time-of-surgery": (
        {"sr1.occurrenceDateTime": "2027-03-16"},
        f"{SR}, occurrence: has no time: no time of day says when the operation begins; "
        "add one to the order",
    ),
    # the code
    "code-unmapped": (
        {"sr1.code": coded(SCT, "52734008", "Hip replacment")},
        f"{SR}, code: the operation's code (SNOMED 52734008) is not in the clinic's map; "
        "the nearest there: 'Hip replacement' (hip-replacement), 'Hip arthroplasty' "
        "(hip-replacement), SNOMED 52734007 (hip-replacement); "
        "add it to content/clinic.yaml (intake, codes), or mend the order",
    ),
    "code-none": (
        {"sr1.code": GONE},
        f"{SR}, code: the operation's code is not in the clinic's map; "
        "add it to content/clinic.yaml (intake, codes), or mend the order",
    ),
    "code-that-could-be-anything": (
        {"sr1.code": coded("https://example.org/x", "Exampleperson, Testa", "x" * 5000)},
        f"{SR}, code: the operation's code is not in the clinic's map; "
        "add it to content/clinic.yaml (intake, codes), or mend the order",
    ),
    "code-of-two-procedures": (
        {"sr1.code.text": "amputation"},
        f"{SR}, code: the codes mean hip-replacement (SNOMED 52734007) and amputation (the text "
        "'Amputation'); mend the order, or the map in content/clinic.yaml",
    ),
    # the side
    "side-contradicts-code": (
        {"sr1.code.text": "Hip replacement", "sr1.code.coding.0.display": "RIGHT hip"},
        f"{SR}, side: the places contradict each other: right ({SR} code), left ({SR} bodySite); "
        "find out which side it is",
    ),
    "side-contradicts-in-body-site": (
        {"sr1.bodySite.0.text": "bilateral hips"},
        f"{SR}, side: the places contradict each other: left ({SR} bodySite), "
        f"both ({SR} bodySite); find out which side it is",
    ),
    # the medicines
    "medicine-without-decision": (
        {"m1.extension": GONE},
        f"{MR}, extension: has no decision what to do before surgery; "
        "ask the prescriber, and record one",
    ),
    "medicine-with-two-decisions": (
        {"m1.extension": [{"url": DECISION, "extension": []}] * 2},
        f"{MR}, extension: has several decisions; ask the prescriber, and record one",
    ),
    "decision-without-when": (
        {"m1.extension.0.extension.1": {"url": "other"}},
        f"{MR}, extension: the decision has no 'when'; add it",
    ),
    "decision-with-two-actions": (
        {"m1.extension.0.extension.1.url": "action"},
        f"{MR}, extension: the decision has a part twice; keep one",
    ),
    "decision-of-nobody": (
        {"m2.requester": GONE},
        "MedicationRequest/m2, extension: the decision has no 'decidedBy'; add it",
    ),
    "medicine-not-to-be-given": (
        {"m1.doNotPerform": True},
        f"{MR}, doNotPerform: is true: a medicine that is not to be given has no place in a plan; "
        "take it out",
    ),
    "medicine-on-hold": (
        {"m1.status": "on-hold"},
        f"{MR}, status: is on-hold: it is not known whether the patient takes it; find out",
    ),
    "medicine-without-name": (
        {"m1.medicationCodeableConcept": {}},
        f"{MR}, medication: has no name (text or display); add it to the record",
    ),
    "medicine-of-no-kind": (
        {"m1.medicationCodeableConcept": GONE},
        f"{MR}, medication: has no name (text or display); add it to the record",
    ),
    "medicine-with-a-modifier": (
        {"m2.contained.0.modifierExtension": [{"url": "https://example.org/x"}]},
        "Medication/med: has modifierExtension, which may change what it says; "
        "ask who exported the record",
    ),
    "medicine-with-an-id-that-could-be-anything": (
        {"m1.id": "Testa Exampleperson", "m1.dosageInstruction": []},
        "MedicationRequest (resource 4), dosage: has no dose (text, or doseQuantity); add it",
    ),
    "medicine-dangling": (
        {"m2.medicationReference.reference": "Medication/m9"},
        "MedicationRequest/m2, medicationReference: medicationReference refers to Medication/m9, "
        "which is not in the file; export it as well",
    ),
    "medicine-contained-nowhere": (
        {"m2.medicationReference.reference": "#m9"},
        "MedicationRequest/m2, medicationReference: medicationReference is no reference that can "
        "be followed; export the record with plain ones",
    ),
    "medicine-is-a-person": (
        {"m2.medicationReference.reference": "Practitioner/dr-a"},
        "MedicationRequest/m2, medicationReference: medicationReference is no Medication; "
        "mend the record",
    ),
    "medicine-entered-in-error": (
        {"m2.contained.0.status": "entered-in-error"},
        "Medication/med, status: was entered in error, and is in use; mend the record",
    ),
    "medicine-without-dose": (
        {"m1.dosageInstruction": []},
        f"{MR}, dosage: has no dose (text, or doseQuantity); add it",
    ),
    "medicine-with-an-unclear-dose": (
        {"m2.dosageInstruction.0.doseAndRate.0.doseQuantity.comparator": "<"},
        "MedicationRequest/m2, dosage: has no dose (text, or doseQuantity); add it",
    ),
    "medicine-misshapen": (
        {"m1.dosageInstruction": "5 mg"},
        f"{MR}, dosageInstruction: has not the form that FHIR R4 gives it; mend it",
    ),
    "medicine-of-nobody": (
        {"m1.subject": {"reference": "Patient?identifier=123-45-6789"}},
        f"{MR}: does not say whose it is, so it may be this patient's; add the patient to it",
    ),
    "no-medicines": (
        {"m1": GONE, "m2": GONE, "m3": GONE},
        f"{SR}, medicines: the record says nothing of medicines that the patient takes; add them, "
        "or a MedicationStatement no-known-medications",
    ),
    "all-medicines-stopped": (
        {"m1.status": "stopped", "m2.status": "cancelled", "m3.status": "not-taken"},
        f"{SR}, medicines: the record says nothing of medicines that the patient takes; add them, "
        "or a MedicationStatement no-known-medications",
    ),
    "medicines-and-none": (
        {"m3.medicationCodeableConcept": coded(IPS, "no-known-medications")},
        "MedicationStatement/m3: says that there are no medicines, and there are; mend the record",
    ),
    # the allergies
    "no-allergies": (
        {"al1": GONE},
        f"{SR}, allergies: the record says nothing of allergies; add them, or an "
        "AllergyIntolerance no-known-allergies",
    ),
    "allergy-refuted": (
        {"al1.verificationStatus.coding.0.code": "refuted"},
        f"{SR}, allergies: the record says nothing of allergies; add them, or an "
        "AllergyIntolerance no-known-allergies",
    ),
    "allergy-resolved": (
        {"al1.clinicalStatus.coding.0.code": "resolved"},
        f"{SR}, allergies: the record says nothing of allergies; add them, or an "
        "AllergyIntolerance no-known-allergies",
    ),
    "allergy-none-to-drugs-alone": (
        {"al1.code": coded(SCT, "409137002")},
        f"{SR}, allergies: the record says nothing of allergies; add them, or an "
        "AllergyIntolerance no-known-allergies",
    ),
    "allergy-without-name": (
        {"al1.code": {}},
        "AllergyIntolerance/al1, code: has no name (text or display); add it to the record",
    ),
    # the people
    "surgeon-none": (
        {"sr1.performer": []},
        f"{SR}, performer: nobody is named as the surgeon; add a performer to the order",
    ),
    "surgeon-is-an-organization": (
        {"sr1.performer.0": {"reference": "Organization/o1", "display": "Example Valley"}},
        f"{SR}, performer: nobody is named as the surgeon; add a performer to the order",
    ),
    "surgeon-two": (
        {"sr1.performer": [{"reference": f"Practitioner/dr-{x}"} for x in "ab"]},
        f"{SR}, performer: there are 2; name the surgeon alone",
    ),
    "surgeon-dangling": (
        {"sr1.performer.0.reference": "Practitioner/dr-x"},
        f"{SR}, performer: performer refers to Practitioner/dr-x, which is not in the file; "
        "export it as well",
    ),
    "surgeon-nameless": (
        {"dr-a.name": []},
        "Practitioner/dr-a, name: has no name that is in use; add it to the record",
    ),
    "location-none": (
        {"sr1.locationReference": GONE, "a1.participant.2.actor": {"display": "Room 3"}},
        f"{SR}, location: no place is named to come to; add a locationReference to the order",
    ),
    "location-dangling": (
        {"sr1.locationReference.0.reference": "https://example.org/fhir/Location/other"},
        f"{SR}, locationReference: locationReference refers to Location/other, which is not in "
        "the file; export it as well",
    ),
    "escort-two": (
        {
            "a1.participant.0.type": [
                coded("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "ESC")
            ]
        },
        "Appointment/a1, participant: there are 2; name one escort",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named(case: str, tmp_path: Path) -> None:
    changes, said = REFUSED[case]
    found = problems(tmp_path, changed(changes))
    unnumbered = case.startswith("number-") or case in {"patient-misshapen", "modifier-extension"}
    assert found == [("row 1, " if unnumbered else ROW) + said]
    assert not any(private in "".join(found) for private in PRIVATE)


def test_all_that_is_wrong_comes_in_one_go(tmp_path: Path) -> None:
    wrong = {"p1.birthDate": GONE, "m1.extension": GONE, "al1": GONE, "sr1.performer": []}
    assert len(problems(tmp_path, changed(wrong))) == 4


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("Patient/p9", "subject refers to Patient/p9, which is not in the file; export it as well"),
        (
            "https://other.example/fhir/Patient/p1",
            "subject refers to Patient/p1, which is not in the file; export it as well",
        ),
        (
            "urn:uuid:0b2f4f5c-6a8e-4f2b-9d7c-5f1f5c1c1c1c",
            "subject refers to urn:uuid:0b2f4f5c-6a8e-4f2b-9d7c-5f1f5c1c1c1c, which is not in the "
            "file; export it as well",
        ),
        (
            "Patient?family=Exampleperson",
            "subject is no reference that can be followed; export the record with plain ones",
        ),
        ("Location/main", "subject is a Location and no Patient; mend the order"),
    ],
)
def test_an_order_of_nobody(reference: str, said: str, tmp_path: Path) -> None:
    found = problems(tmp_path, changed({"sr1.subject.reference": reference}))
    assert found == [f"row 1, {SR}, subject: {said}"]


@pytest.mark.parametrize(
    "reference",
    [
        *("Patient/p1", "https://example.org/fhir/Patient/p1", "Patient/p1/_history/2"),
        "https://example.org/fhir/Patient/p1/_history/2",
    ],
)
def test_references_of_every_form_are_followed(reference: str, tmp_path: Path) -> None:
    assert one(tmp_path, changed({"sr1.subject.reference": reference})).problems == ()


def test_references_by_urn_are_followed(tmp_path: Path) -> None:
    bundle = example()
    urns = {
        f"{e['resource']['resourceType']}/{e['resource']['id']}": f"urn:uuid:{n:032x}"
        for n, e in enumerate(bundle["entry"])
    }
    written = json.dumps(bundle)
    for name, urn in urns.items():
        written = written.replace(f'"https://example.org/fhir/{name}"', f'"{urn}"')
        written = written.replace(f'"reference": "{name}"', f'"reference": "{urn}"')
    assert one(tmp_path, written).data == one(tmp_path, bundle).data


def name_of(folder: Path, *names: dict[str, Any]) -> dict[str, str]:
    patient = one(folder, changed({"p1.name": list(names)})).data["patient"]
    return {key: patient[key] for key in patient if "name" in key or key == "suffix"}


def test_names_by_the_rules_of_fhir(tmp_path: Path) -> None:
    usual = {"use": "usual", "given": ["Una", "Q."], "family": "Usual", "suffix": ["Jr."]}
    unnamed = {"given": ["Nona"], "family": "None"}
    ended = {"use": "official", "given": ["X"], "family": "Y", "period": {"end": "2027-03-15"}}
    later = {**ended, "period": {"start": "2028"}}
    parts = {"given_name": "Una Q.", "family_name": "Usual", "suffix": "Jr."}
    assert name_of(tmp_path, unnamed, ended, later, usual) == parts
    assert name_of(tmp_path, unnamed, {"use": "maiden", "family": "Z"}) == {
        "given_name": "Nona",
        "family_name": "None",
    }
    current = {**ended, "period": {"end": "2027-03"}}
    assert name_of(tmp_path, usual, current) == {"given_name": "X", "family_name": "Y"}
    assert name_of(tmp_path, {"text": "Testa E."}) == {"name": "Testa E."}


def test_a_record_number_by_type_where_the_system_is_not_set(tmp_path: Path) -> None:
    own = clinic(record_id_system=None)
    assert one(tmp_path, example(), own).record_id == "EX-000123"
    kind = coded("http://terminology.hl7.org/CodeSystem/v2-0203", "MR")
    two = [{"type": kind, "value": "EX-1"}, {"type": kind, "value": "EX-2"}]
    (said,) = problems(tmp_path, changed({"p1.identifier": two}), own)
    assert said == (
        "row 1, Patient/p1, identifier: has 2 different record numbers; say in "
        "content/clinic.yaml which system is yours (intake, fhir, record_id_system)"
    )
    licence = {**two[0], "type": {"coding": [*kind["coding"], {"code": "DL"}]}}
    old = {**two[0], "use": "old"}
    bundle = changed({"p1.identifier": [licence, old, two[1]]})
    assert one(tmp_path, bundle, own).record_id == "EX-2"


def test_the_clinics_own_number_of_several(tmp_path: Path) -> None:
    kind = coded("http://terminology.hl7.org/CodeSystem/v2-0203", "MR")
    own = {"system": RECORD_NUMBER, "value": "EX-1"}
    ended = {**own, "value": "EX-2", "period": {"end": "2020"}}
    elsewhere = {"type": kind, "system": "https://example.org/other", "value": "EX-3"}
    other = {"value": "EX-4"}
    bundle = changed({"p1.identifier": [other, elsewhere, ended, own]})
    assert one(tmp_path, bundle).data["patient"]["record_id"] == "EX-1"
    bundle = changed({"p1.identifier": [other, elsewhere]})
    for clinics in (clinic(), clinic(record_id_system=None)):
        assert one(tmp_path, bundle, clinics).record_id == "EX-3"


def test_a_language_without_a_system(tmp_path: Path) -> None:
    bundle = changed({"p1.communication.0.language": {"coding": [{"code": "en"}]}})
    assert one(tmp_path, bundle).data["patient"]["language"] == "en"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-US", "en"), ("EN-gb", "en"), ("fr-CA", "fr-CA"), ("vi", "vi")],
)
def test_languages_are_matched(tag: str, language: str, tmp_path: Path) -> None:
    changes = {"p1.communication.0.language.coding.0.code": tag}
    assert one(tmp_path, changed(changes)).data["patient"]["language"] == language


def test_one_preferred_language_of_two(tmp_path: Path) -> None:
    spoken = [
        {"language": coded("urn:ietf:bcp:47", "vi")},
        {"language": coded("urn:ietf:bcp:47", "en"), "preferred": True},
    ]
    data = one(tmp_path, changed({"p1.communication": spoken})).data
    assert data["patient"]["language"] == "en"


PROCEDURE: dict[str, Any] = {
    "resourceType": "Procedure",
    "id": "pr",
    "status": "preparation",
    "code": {"text": "Hip arthroplasty"},
    "subject": PATIENT,
    "performedDateTime": "2027-03-16T07:30:00-04:00",
    "bodySite": [{"text": "hip, left"}],
    "performer": [
        {"actor": {"display": "Dr. N. Example"}},
        {"function": {"coding": [{"code": "304292004"}]}, "actor": {"display": "Dr. S. Example"}},
    ],
    "location": {"display": "Example Valley"},
}


def test_a_procedure_in_preparation_is_an_order(tmp_path: Path) -> None:
    data = one(tmp_path, changed({"sr1": GONE, "a1": GONE}, PROCEDURE)).data
    assert (data["surgery_at"], data["arrival_at"]) == (
        *("2027-03-16T07:30-04:00", "2027-03-16T05:30-04:00"),
    )
    assert (data["side"], data["surgeon"], data["location"]) == (
        *("left", "Dr. S. Example", "Example Valley"),
    )
    assert "escort" not in data
    assert "prepared_by" not in data


@pytest.mark.parametrize(
    "status",
    ["in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"],
)
def test_a_procedure_that_is_over_is_refused(status: str, tmp_path: Path) -> None:
    (said,) = problems(tmp_path, changed({"sr1": GONE}, {**PROCEDURE, "status": status}))
    message = f"is {status}; only a Procedure in preparation is an order"
    assert said == f"{ROW}Procedure/pr, status: {message}"


def test_a_procedure_based_on_an_order_is_one_with_it(tmp_path: Path) -> None:
    based = {**PROCEDURE, "basedOn": [{"reference": SR}], "performer": [], "location": None}
    assert one(tmp_path, changed({}, based)).data == one(tmp_path, example()).data
    (said,) = problems(tmp_path, changed({}, {**based, "status": "not-done"}))
    assert said.startswith(f"{ROW}Procedure/pr, status: is not-done")
    (said,) = problems(tmp_path, changed({}, {**based, "subject": {"reference": "Patient/p2"}}))
    assert said.startswith(f"row 1, {SR}, subject: subject refers to Patient/p2") or "pr" in said
    other = {**based, "performedDateTime": "2027-03-16T08:30:00-04:00"}
    (said,) = problems(tmp_path, changed({}, other))
    assert said == (
        f"{ROW}{SR}, occurrence: {SR} occurrenceDateTime and Procedure/pr performedDateTime say "
        "different times; find out which is right"
    )
    nowhere = {**PROCEDURE, "basedOn": [{"reference": "ServiceRequest/x"}]}
    (said,) = problems(tmp_path, changed({"sr1": GONE}, nowhere))
    assert said == (
        f"{ROW}Procedure/pr, basedOn: basedOn refers to ServiceRequest/x, which is not in the "
        "file; export it as well"
    )


def test_two_orders_are_two_rows_in_the_files_order(tmp_path: Path) -> None:
    entries = read(tmp_path, changed({"sr1.status": "revoked"}, PROCEDURE)).entries
    assert [(e.number, bool(e.problems)) for e in entries] == [(1, True), (2, False)]


def test_an_appointment_is_not_taken_for_another_order(tmp_path: Path) -> None:
    """Without basedOn it is the order's only when there is one order, and one appointment."""
    free = {"a1.basedOn": GONE, "a1.start": "2027-03-16T05:00:00-04:00"}
    assert one(tmp_path, changed(free)).data["arrival_at"] == "2027-03-16T05:00-04:00"
    first, second = read(tmp_path, changed(free, PROCEDURE)).entries
    assert first.data["arrival_at"] == second.data["arrival_at"] == "2027-03-16T05:30-04:00"
    reason = {**free, "a1.reasonReference": [{"reference": SR}]}
    first, second = read(tmp_path, changed(reason, PROCEDURE)).entries
    assert first.data["arrival_at"] == "2027-03-16T05:00-04:00"
    assert second.data["arrival_at"] == "2027-03-16T05:30-04:00"


def appointment(**more: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(
        e["resource"] for e in example()["entry"] if e["resource"]["id"] == "a1"
    )
    return {**found, "id": "a2", **more}


def test_of_two_appointments_the_booked_one_counts(tmp_path: Path) -> None:
    cancelled = appointment(status="cancelled", start="2027-03-16T05:00:00-04:00")
    assert one(tmp_path, changed({}, cancelled)).data == one(tmp_path, example()).data
    assert problems(tmp_path, changed({}, appointment())) == [
        f"{ROW}Appointment/a1: Appointment/a1 and Appointment/a2 are both booked for this order; "
        "keep one"
    ]


def test_an_appointments_start_is_what_the_clinic_says(tmp_path: Path) -> None:
    surgery = clinic(appointment_start="surgery")
    (said,) = problems(tmp_path, example(), surgery)
    assert said == (
        f"{ROW}{SR}, occurrence: {SR} occurrenceDateTime and Appointment/a1 start say different "
        "times; find out which is right"
    )
    (said,) = problems(tmp_path, changed({"sr1.occurrenceDateTime": "2027-03-17"}), surgery)
    assert said == (
        f"{ROW}{SR}, occurrence: {SR} occurrenceDateTime and Appointment/a1 start say different "
        "times; find out which is right"
    )
    at = {"sr1.occurrenceDateTime": "2027-03", "a1.start": "2027-03-16T11:30:00.000Z"}
    entry = one(tmp_path, changed(at), surgery)
    assert entry.place(("surgery_at",), "x").where == f"{ROW}Appointment/a1, surgery_at"
    place = one(tmp_path, example()).place(("surgery_at",), "x")
    assert place.where == f"{ROW}{SR}, surgery_at"
    data = entry.data
    assert data["surgery_at"] == "2027-03-16T11:30+00:00"
    assert data["arrival_at"] == "2027-03-16T09:30+00:00"
    (said,) = problems(tmp_path, example(), clinic(appointment_start=None))
    assert said == (
        f"{ROW}Appointment/a1, start: content/clinic.yaml does not say which time an "
        "Appointment's start is; add to it (intake, fhir) appointment_start: arrival, or surgery"
    )


def test_the_time_to_come_is_the_clinics_rule_or_missing(tmp_path: Path) -> None:
    bundle = changed({"a1": GONE})
    period = {"start": "2027-03-14T03:30:00-04:00"}
    spring = changed({"a1": GONE, "sr1.occurrenceDateTime": GONE, "sr1.occurrencePeriod": period})
    assert one(tmp_path, bundle).data["arrival_at"] == "2027-03-16T05:30-04:00"
    assert one(tmp_path, spring).data["arrival_at"] == "2027-03-14T01:30-04:00"
    (said,) = problems(tmp_path, bundle, clinic(lead=False))
    assert said == (
        f"{ROW}{SR}, occurrence: nothing says when the patient comes; add an Appointment whose "
        "start is that time, or a rule to content/clinic.yaml (plan, arrival_lead)"
    )


@pytest.mark.parametrize(
    ("code", "procedure"),
    [
        (coded("http://www.ama-assn.org/go/cpt", "27130"), "hip-replacement"),
        (coded("https://example.org/codes", "AMP"), "amputation"),
        (coded("http://hl7.org/fhir/sid/icd-10-pcs", "LS-LEFT"), "limb-salvage"),
        (coded("http://www.cms.gov/Medicare/Coding/ICD10", "LS-LEFT"), "limb-salvage"),
        (text("  hip   ARTHROPLASTY "), "hip-replacement"),
        (coded("https://example.org/codes", "other", "amputation"), "amputation"),
    ],
)
def test_codes_are_mapped(code: dict[str, Any], procedure: str, tmp_path: Path) -> None:
    data = one(tmp_path, changed({"sr1.code": code})).data
    assert (data["procedure"], data["handouts"]) == (procedure, [procedure])


def test_a_code_of_another_system_is_another_code(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, changed({"sr1.code": coded("https://example.org/x", "27130")}))
    assert "code (local code 27130) is not in the clinic's map" in said


@pytest.mark.parametrize(
    ("changes", "side"),
    [
        ({"sr1.bodySite": []}, None),
        ({"sr1.bodySite": [coded(SCT, "24028007")]}, "right"),
        ({"sr1.bodySite": [coded(SCT, "51440002")]}, "both"),
        ({"sr1.bodySite": [coded(SCT, "1:272741003=24028007")]}, "right"),
        ({"sr1.bodySite": [text("both hips, BILATERAL")]}, "both"),
        ({"sr1.bodySite": [text("hip of a right-handed patient, leftover")]}, None),
        ({"sr1.bodySite": [], "sr1.code.coding.0.display": "Right hip"}, "right"),
        (
            {
                "sr1.bodySite": [],
                "sr1.code": coded("http://hl7.org/fhir/sid/icd-10-pcs", "LS-LEFT"),
            },
            "left",
        ),
    ],
)
def test_sides_from_every_place(changes: dict[str, Any], side: str | None, tmp_path: Path) -> None:
    entry = one(tmp_path, changed(changes))
    assert entry.problems == ()
    assert entry.data.get("side") == side


def test_the_map_may_contradict_the_body_site(tmp_path: Path) -> None:
    code = coded("http://hl7.org/fhir/sid/icd-10-pcs", "LS-LEFT")
    (said,) = problems(tmp_path, changed({"sr1.code": code, "sr1.bodySite": [text("Right leg")]}))
    assert said == (
        f"{ROW}{SR}, side: the places contradict each other: left (content/clinic.yaml), right "
        f"({SR} bodySite); find out which side it is"
    )


@pytest.mark.parametrize("number", ["0.10", "2.50", "10", "0.0005", "1e2"])
def test_a_dose_keeps_its_digits(number: str, tmp_path: Path) -> None:
    written = json.dumps(example()).replace('"value": 10', f'"value": {number}')
    written = written.replace('"unit": "mg tablet"', '"code": "mg tablet"')
    shown = {"1e2": "100"}.get(number, number)
    assert one(tmp_path, written).data["medicines"][1]["dose"] == f"{shown} mg tablet"


@pytest.mark.parametrize(
    "dosage",
    [
        [text("5 mg"), {}],
        [text(" ")],
        [{"doseAndRate": [{}]}],
        [{"doseAndRate": [{"doseQuantity": {"value": 5}}]}],
        [{"doseAndRate": [{"doseQuantity": {"value": 10**30, "unit": "mg"}}]}],
        [{"doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}] * 2}],
    ],
)
def test_a_dose_that_is_not_whole_is_refused(dosage: list[dict[str, Any]], tmp_path: Path) -> None:
    found = problems(tmp_path, changed({"m1.dosageInstruction": dosage}))
    assert found == [f"{ROW}{MR}, dosage: has no dose (text, or doseQuantity); add it"]


def test_a_decision_among_other_extensions(tmp_path: Path) -> None:
    (own,) = example()["entry"][3]["resource"]["extension"]
    other = {"url": "https://example.org/other", "extension": [{"url": "action"}]}
    bundle = changed({"m1.extension": [other, own]})
    assert one(tmp_path, bundle).data == one(tmp_path, example()).data


def test_what_is_not_taken_is_left_out(tmp_path: Path) -> None:
    over = {"m1.status": "completed", "m2.intent": "proposal"}
    entry = one(tmp_path, changed(over))
    assert [m["name"] for m in entry.data["medicines"]] == ["Testastatin"]
    assert entry.place(("medicines", 0), "x").where == f"{ROW}MedicationStatement/m3, medicines 1"


def test_a_dose_of_several_parts_is_told_whole(tmp_path: Path) -> None:
    doses = [text("5 mg in the morning"), text("10 mg at night")]
    data = one(tmp_path, changed({"m1.dosageInstruction": doses})).data
    assert data["medicines"][0]["dose"] == "5 mg in the morning; 10 mg at night"


def test_that_there_are_none_has_to_be_said(tmp_path: Path) -> None:
    none = {"m1": GONE, "m2": GONE}
    said = {**none, "m3.medicationCodeableConcept": coded(IPS, "no-known-medications")}
    assert one(tmp_path, changed(said)).data["medicines"] == []
    unknown = {**none, "m3.medicationCodeableConcept": coded(IPS, "no-medication-info")}
    (message,) = problems(tmp_path, changed(unknown))
    assert "the record says nothing of medicines" in message
    for code in (coded(IPS, "no-known-allergies"), coded(SCT, "716186003")):
        assert one(tmp_path, changed({"al1.code": code})).data["allergies"] == []
    more = {
        "resourceType": "AllergyIntolerance",
        "id": "al2",
        "patient": PATIENT,
        "code": coded(SCT, "716186003"),
    }
    (message,) = problems(tmp_path, changed({}, more))
    assert message == (
        f"{ROW}AllergyIntolerance/al2: says that no allergies are known, and there are; "
        "mend the record"
    )


def test_what_the_clinic_has_to_say(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, example(), clinic(contact=None))
    assert said == (
        f"{ROW}{SR}, contact: content/clinic.yaml names nobody to call; add it "
        "(intake, fhir, contact)"
    )
    (said,) = problems(tmp_path, example(), clinic(medicine_decision=None))
    assert said == (
        f"{ROW}{SR}, medicines: content/clinic.yaml does not say which extension holds what to do "
        "with a medicine; add it (intake, fhir, medicine_decision)"
    )


def test_a_surgeon_by_role_display_or_appointment(tmp_path: Path) -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "role",
        "practitioner": {"reference": "Practitioner/dr-b"},
    }
    by_role = changed({"sr1.performer": [{"reference": "PractitionerRole/role"}]}, role)
    assert one(tmp_path, by_role).data["surgeon"] == "Dr. B. Example"
    shown = {"reference": "Practitioner/not-here", "display": "Dr. Z. Example"}
    by_display = changed({"sr1.performer": [shown]})
    assert one(tmp_path, by_display).data["surgeon"] == "Dr. Z. Example"
    visitor = {"actor": {"reference": "Practitioner/dr-b"}, "status": "accepted"}
    by_visit = changed({"sr1.performer": [], "a1.participant.1": visitor})
    data = one(tmp_path, by_visit).data
    assert data["surgeon"] == "Dr. B. Example"
    assert "escort" not in data
    declined = changed({"sr1.performer": [], "a1.participant.1": {**visitor, "status": "declined"}})
    assert "nobody is named as the surgeon" in problems(tmp_path, declined)[0]


def test_an_escort_by_the_record_of_the_relative(tmp_path: Path) -> None:
    bundle = changed({"a1.participant.1.actor": {"reference": "RelatedPerson/r1"}})
    assert one(tmp_path, bundle).data["escort"] == "Tim Exampleperson"


def test_a_location_of_the_appointment(tmp_path: Path) -> None:
    bundle = changed({"sr1.locationReference": GONE, "main.description": GONE})
    assert one(tmp_path, bundle).data["location"] == "Example Valley Hospital"


def test_notes_and_signers(tmp_path: Path) -> None:
    told = changed({"a1.patientInstruction": "Come by taxi.", "pr1.agent.1.who": {"display": "E."}})
    data = one(tmp_path, told).data
    assert data["notes"] == ["Bring your walking frame.", "Come by taxi."]
    assert (data["prepared_by"], data["checked_by"]) == ("Nurse C. Example", "E.")
    data = one(tmp_path, changed({"pr1.target.0.reference": "Patient/p1"})).data
    assert not {"prepared_by", "checked_by"} & set(data)
    both = coded("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author")
    assert "prepared_by" not in one(tmp_path, changed({"pr1.agent.1.type": both})).data


def test_a_record_of_two_patients(tmp_path: Path) -> None:
    """Nothing of one patient gets into the plan of the other."""
    written = json.dumps(example())
    for own, other in (("EX-000123", "EX-000456"), ("Examplamine", "Other"), ("p1", "p2")):
        written = written.replace(own, other)
    second = json.loads(written)
    again = {r: r + "-b" for r in ("sr1", "a1", "m1", "m2", "m3", "al1", "pr1", "r1")}
    written = json.dumps(second)
    for own, other in again.items():
        written = written.replace(f'"{own}"', f'"{other}"').replace(f"/{own}", f"/{other}")
    bundle = example()
    shared = ("dr-a", "dr-b", "nurse-c", "nurse-d", "main")
    added = [e for e in json.loads(written)["entry"] if e["resource"]["id"] not in shared]
    bundle["entry"] = [*added, *bundle["entry"]]
    first, last = read(tmp_path, bundle).entries
    assert (first.number, first.record_id) == (1, "EX-000456")
    assert [m["name"] for m in first.data["medicines"]] == ["Other", "Samplopril", "Testastatin"]
    assert last.data == one(tmp_path, example()).data


def test_notices(tmp_path: Path) -> None:
    more = [{"resourceType": "Observation", "id": f"o{n}"} for n in range(2)]
    odd = {"resourceType": "Testa Exampleperson"}
    stranger = {
        "resourceType": "AllergyIntolerance",
        "id": "al2",
        "patient": {"reference": "Patient/p7"},
        "code": text("Other"),
    }
    idle = {"resourceType": "Patient", "id": "p8"}
    found = read(tmp_path, changed({}, *more, odd, stranger, idle))
    assert found.notices == (
        "ignored 3 resources: 2 Observation, 1 unknown type",
        "left out, as their patients are not in the file: 1 AllergyIntolerance",
        "1 patient of the file without an order",
    )
    assert found.entries[0].data["allergies"] == ["Samplicillin"]


WHOLE: dict[str, tuple[Any, str]] = {
    "empty": (" \n", "is empty; export it again"),
    "no-json": ("<Bundle/>", ":1:1: is no JSON: Expecting value; export it again"),
    "cut-off": (
        '{"resourceType": "Bundle",\n "entry": [',
        ":2:12: is no JSON: Expecting value; export it again",
    ),
    "ndjson-cut-off": (
        '{"resourceType": "Patient"}\n{"resourceType": "Pat',
        ":2:18: is no JSON: Unterminated string starting at; export it again",
    ),
    "no-resource": (
        '{"a": 1}',
        "is no FHIR resource (it has no resourceType); export it again",
    ),
    "a-list": ("[]", "is no FHIR resource (it has no resourceType); export it again"),
    "ndjson-of-numbers": (
        '{"resourceType": "Patient"}\n5',
        ":2:1: is no FHIR resource (it has no resourceType); export it again",
    ),
    "entry-without-type": (
        {"resourceType": "Bundle", "entry": [{"resource": {}}]},
        "entry 1 is no FHIR resource (it has no resourceType); export it again",
    ),
    "entry-of-text": (
        {"resourceType": "Bundle", "entry": ["x"]},
        "entry 1 is no Bundle entry; export it again",
    ),
    "entries-no-list": (
        {"resourceType": "Bundle", "entry": 5},
        "is no FHIR Bundle (its entry is no list); export it again",
    ),
    "bundle-in-bundle": (
        {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle"}}]},
        "entry 1 is a Bundle inside another; unpack it",
    ),
    "no-orders": (
        {"resourceType": "Bundle"},
        "holds no ServiceRequest and no Procedure; export the orders as well",
    ),
    "history": (
        {"resourceType": "Bundle", "type": "history"},
        "is a Bundle of type history; export the records as they are now",
    ),
    "one-page": (
        {"resourceType": "Bundle", "link": [{"relation": "next", "url": "https://x"}]},
        "is one page of several (it has a link 'next'); fetch all into one file",
    ),
    "twice": (
        '{"resourceType": "Patient", "id": "a"}\n{"resourceType": "Patient", "id": "a"}',
        ":2:1: holds Patient/a twice; export it again, each resource once",
    ),
    "key-twice": (
        '{"resourceType": "Patient", "resourceType": "Bundle"}',
        "has the same key 'resourceType' twice in one object; export it again",
    ),
    "not-a-number": (
        '{"resourceType": "Patient", "x": NaN}',
        "holds NaN or Infinity, which JSON does not know; export it again",
    ),
    "too-large-a-number": (
        '{"resourceType": "Patient", "x": 1e99999999999999999999}',
        "holds a number that is too large; export it again",
    ),
    "half-a-character": (
        '{"resourceType": "Patient", "x": ["\\ud83d"]}',
        "holds half a character (a lone surrogate); export it again",
    ),
    "nested": (
        '{"resourceType": "Patient", "x": ' + "[" * 200 + "]" * 200 + "}",
        "is nested too deeply; export it again",
    ),
    "nested-beyond-python": ("[" * 100_000, "is nested too deeply; export it again"),
    "not-utf-8": (
        b'{"resourceType":\n "\xff"}',
        ":2:1: is not UTF-8, as FHIR has to be; export it again",
    ),
    "utf-16": ("{}".encode("utf-16"), ":1:1: is not UTF-8, as FHIR has to be; export it again"),
    "huge": (b" " * (MAX_BYTES + 1), "is over 50,000,000 bytes; split it"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_file_that_is_no_record_is_refused_whole(case: str, tmp_path: Path) -> None:
    data, said = WHOLE[case]
    assert problems(tmp_path, data) == [said]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read: No such file"):
        read_fhir(tmp_path / "none.json", clinic())


OTHERS: dict[str, tuple[dict[str, Any], str, str]] = {
    "stu3-type": ({"resourceType": "ProcedureRequest"}, "STU3", "the type ProcedureRequest"),
    "dstu2-type": ({"resourceType": "MedicationOrder"}, "DSTU2", "the type MedicationOrder"),
    "r5-type": ({"resourceType": "RequestOrchestration"}, "R5", "the type RequestOrchestration"),
    "stu3-allergy": (
        {"resourceType": "AllergyIntolerance", "clinicalStatus": "active"},
        *("STU3", "clinicalStatus as a code"),
    ),
    "stu3-verification": (
        {"resourceType": "AllergyIntolerance", "verificationStatus": "confirmed"},
        *("STU3", "verificationStatus as a code"),
    ),
    "stu3-requester": (
        {"resourceType": "MedicationRequest", "requester": {"agent": {}}},
        *("STU3", "requester.agent"),
    ),
    "stu3-context": ({"resourceType": "MedicationRequest", "context": {}}, "STU3", "context"),
    "stu3-procedure": ({"resourceType": "Procedure", "context": {}}, "STU3", "context"),
    "stu3-not-done": ({"resourceType": "Procedure", "notDone": True}, "STU3", "notDone"),
    "stu3-taken": ({"resourceType": "MedicationStatement", "taken": "y"}, "STU3", "taken"),
    "stu3-animal": ({"resourceType": "Patient", "animal": {}}, "STU3", "animal"),
    "r5-medication": ({"resourceType": "MedicationRequest", "medication": {}}, "R5", "medication"),
    "r5-statement": (
        {"resourceType": "MedicationStatement", "status": "recorded"},
        *("R5", "status recorded"),
    ),
    "r5-allergy": (
        {"resourceType": "AllergyIntolerance", "type": {"text": "x"}},
        *("R5", "type as an object"),
    ),
    "r5-code": (
        {"resourceType": "ServiceRequest", "code": {"concept": {"text": "x"}}},
        *("R5", "code.concept"),
    ),
    "r5-instruction": (
        {"resourceType": "ServiceRequest", "patientInstruction": []},
        *("R5", "patientInstruction as a list"),
    ),
    "r5-procedure": (
        {"resourceType": "Procedure", "occurrenceDateTime": "2027"},
        *("R5", "occurrenceDateTime"),
    ),
    "r5-appointment": ({"resourceType": "Appointment", "subject": {}}, "R5", "subject"),
    "r5-category": (
        {"resourceType": "Procedure", "category": []},
        *("R5", "category as a list"),
    ),
    "r5-profile": (
        {
            "resourceType": "Patient",
            "meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/Patient|5.0.0"]},
        },
        *("R5", "that release in meta.profile"),
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_other_releases_are_refused_by_name(case: str, tmp_path: Path) -> None:
    resource, release, mark = OTHERS[case]
    name = f"{resource['resourceType']}/other"
    said = f"is FHIR {release} and not R4 ({name} has {mark}); export it as R4 (4.0.1)"
    assert problems(tmp_path, changed({}, {**resource, "id": "other"})) == [said]


def test_r4_profiles_are_no_other_release(tmp_path: Path) -> None:
    profiles = [
        "http://hl7.org/fhir/StructureDefinition/Patient|4.0.1",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|5.0.1",
    ]
    assert one(tmp_path, changed({"p1.meta": {"profile": profiles}})).problems == ()


def everything(found: Any) -> None:
    """Every pair is a plan's data, or a refusal that names its place; and no text of it leaks."""
    for number, entry in enumerate(found.entries, start=1):
        assert entry.number == number
        assert bool(entry.problems) != bool(entry.data)
        for problem in entry.problems:
            assert problem.where.startswith(f"row {number}")
            assert problem.message
            assert not any(private in str(problem) for private in PRIVATE)


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_real_records_become_plans_or_named_refusals(file: Path) -> None:
    found = read_fhir(file, clinic(record_id_system=None))
    assert len(found.entries) == 30
    everything(found)
    assert {problem.message for entry in found.entries for problem in entry.problems} == {
        "is completed; only a Procedure in preparation is an order"
    }


SOCIAL_SECURITY = re.compile(r"999-\d{2}-\d{4}")
AHEAD = {'"status": "completed"': '"status": "preparation"'}
SAYS = {  # what is wrong with these records when their Procedures are still to come
    "synthea-deceased.json": {"the patient has died", "is false: this record is not in use"},
    "synthea-living.json": {
        "the operation's code (SNOMED",
        "has no decision what to do before surgery",
        "has seconds, and no patient comes to the second",
        "nobody is named as the surgeon",
        "no place is named to come to",
    },
}


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_real_records_with_their_procedures_to_come(file: Path, tmp_path: Path) -> None:
    written = file.read_text()
    assert SOCIAL_SECURITY.search(written)
    for old, new in AHEAD.items():
        assert old in written
        written = written.replace(old, new)
    found = read(tmp_path, written, clinic(record_id_system=None))
    everything(found)
    said = [str(problem) for entry in found.entries for problem in entry.problems]
    assert not any(SOCIAL_SECURITY.search(message) for message in said)
    for part in SAYS[file.name]:
        assert any(part in message for message in said), part


def test_there_are_real_records() -> None:
    assert REAL


KEYS = st.sampled_from(
    sorted(
        {
            key
            for entry in example()["entry"]
            for key in (*entry["resource"], "reference", "coding", "use", "period", "contained")
        }
    )
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(
        [
            *("#", "#med", "Patient/p1", "Patient/", "//", "Patient", "2027-03-16T24:00:00Z"),
            *("active", "preparation", "2027", "9999-12-31T23:59:00-14:00", "Bundle", "\0"),
        ]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner),
    max_leaves=6,
)


def spots(data: Any) -> list[tuple[Any, Any]]:
    """Every place in the data that can be changed."""
    found: list[tuple[Any, Any]] = []
    stack = [data]
    while stack:
        inside = stack.pop()
        keys = list(inside) if isinstance(inside, dict) else range(len(inside))
        found += [(inside, key) for key in keys]
        stack += [inside[key] for key in keys if isinstance(inside[key], dict | list)]
    return found


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The example with some of its parts changed, taken out, doubled or exchanged."""
    bundle = example()
    for _ in range(draw(st.integers(1, 4))):
        places = spots(bundle["entry"])
        if not places:
            break
        inside, key = places[draw(st.integers(0, len(places) - 1))]
        match draw(st.integers(0, 3)):
            case 0:
                inside[key] = draw(JSON)
            case 1:
                del inside[key]
            case 2:
                other, of = places[draw(st.integers(0, len(places) - 1))]
                inside[key] = json.loads(json.dumps(other[of]))
            case _ if isinstance(inside, list):
                inside.append(inside[key])
            case _:
                inside[draw(KEYS)] = json.loads(json.dumps(inside[key]))
    return bundle


CLINICS = [clinic(), clinic(appointment_start="surgery", record_id_system=None), clinic(lead=False)]
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def fuzzed(folder: Path, data: Any, own: Clinic) -> None:
    try:
        found = read(folder, data, own)
    except PlanError:
        return
    for entry in found.entries:
        assert bool(entry.problems) != bool(entry.data)
        if entry.data:
            checked_plan(entry.data, entry.place, LIBRARY, NOW)


LIBRARY = load_library(REPO)


@FUZZ
@given(bundle=mutated(), own=st.sampled_from(CLINICS))
def test_a_broken_example_is_refused_and_nothing_worse(
    bundle: dict[str, Any], own: Clinic, tmp_path: Path
) -> None:
    fuzzed(tmp_path, bundle, own)


@FUZZ
@given(resources=st.lists(st.dictionaries(KEYS | st.just("resourceType"), JSON), max_size=4))
def test_any_json_is_refused_and_nothing_worse(
    resources: list[dict[str, Any]], tmp_path: Path
) -> None:
    order = {"resourceType": "ServiceRequest", "status": "active", "intent": "order"}
    entries = [{"resource": {**order, **resource}} for resource in resources]
    fuzzed(tmp_path, {"resourceType": "Bundle", "entry": entries}, CLINICS[0])


@FUZZ
@given(raw=st.binary(max_size=60) | st.text(max_size=60) | JSON)
def test_anything_is_refused_and_nothing_worse(raw: Any, tmp_path: Path) -> None:
    fuzzed(tmp_path, raw, CLINICS[0])
