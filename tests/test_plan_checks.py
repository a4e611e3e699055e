"""What a plan is refused for: contradictions, doses that are misread, days that cannot be."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.intake.medicines import has_unit, misread
from generator.library import Library, load_library
from generator.model import Medicine
from tests.conftest import NOW
from tests.plans import STOP, plan_of, problems_of

OVERRIDE = {"reason": "Your stomach empties slowly.", "decided_by": "Dr. A. Example"}
CLEAR = {**OVERRIDE, "fact": "fasting-clear-liquids", "value": "4 hours"}
FOOD = {**OVERRIDE, "fact": "fasting-food", "value": "10 hours"}


def medicine(**changed: str) -> dict[str, Any]:
    return {"medicines": [{**STOP, "when": "4 days before", **changed}]}


A_STOP = "is how a stop is written, but the action is another; mend the action, or say it in words"
STOPS_NOTHING = "stops nothing; write how long before, or mend the action"
ANOTHER_PHONE = (
    "which is neither the contact's number nor one in clinic.yaml (phones); give one of those, or "
    "make it the contact's"
)
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "born-tomorrow": (
        {"patient__birth_date": "2026-11-24"},
        "patient, birth_date: is after the day on which this is printed; mend it",
    ),
    "very-old": (
        {"patient__birth_date": "1906-03-15"},
        "patient, birth_date: makes the patient over 120 years old; mend it",
    ),
    "surgery-over": (
        {"surgery_at": "2026-11-22T07:30", "arrival_at": "2026-11-22T05:30"},
        "surgery_at: is in the past; mend it, or give the day to print for with --as-of",
    ),
    "arrival-after-surgery": (
        {"arrival_at": "2027-03-16T07:31"},
        "arrival_at: is after surgery_at; mend the one that is wrong",
    ),
    "at-the-end-of-the-calendar": (
        {"surgery_at": "9999-12-31T23:59-14:00"},
        (
            "surgery_at: must be a date and a 24-hour time in the clinic's time zone "
            "(2026-12-08T07:30), not '9999-12-31T23:59-14:00'"
        ),
    ),
    "letters-without-a-glyph": (
        {"patient__given_name": "Testa ꮾ", "surgeon": "Dr. 测试 Example"},
        (
            "patient, given_name: no font of ours has U+ABBE (cherokee small letter wv); "
            "write it another way"
        ),
    ),
    "arrival-days-before": (
        {"arrival_at": "2027-03-15T07:30"},
        "arrival_at: is a day or more before surgery_at; mend the wrong one",
    ),
    "arrival-too-late": (
        {"arrival_at": "2027-03-16T06:30"},
        (
            "arrival_at: is 60 minutes before surgery_at, but arrival-lead in clinic.yaml is "
            "90 minutes; mend it, or override arrival-lead with a reason"
        ),
    ),
    "time-skipped": (
        {"arrival_at": "2027-03-14T02:30", "surgery_at": "2027-03-14T07:30"},
        "arrival_at: 2027-03-14T02:30 does not exist: the clocks are put forward then; mend it",
    ),
    "name-holds-a-digit": (
        {"patient__family_name": "1961-03-07"},
        ("patient, family_name: holds a digit, and a name does not; has a column been shifted?"),
    ),
    "name-missing": ({"patient__given_name": None}, "patient: 'given_name' is missing; add it"),
    "name-twice": (
        {"patient__name": "Testa Exampleperson"},
        "patient, given_name: is there as well as 'name'; keep the parts, or the whole",
    ),
    "stop-without-a-day": (
        medicine(when="before surgery"),
        (
            "medicine 1, when: must say from when: '5 days before', '12 hours before' or "
            "'last dose 2027-03-10', not 'before surgery'"
        ),
    ),
    "stop-on-no-day": (
        medicine(when="last dose 2027-02-30"),
        (
            "medicine 1, when: must say from when: '5 days before', '12 hours before' or "
            "'last dose 2027-03-10', not 'last dose 2027-02-30'"
        ),
    ),
    "stop-after-surgery": (
        medicine(when="last dose 2027-03-17"),
        "medicine 1, when: the last dose is after the operation; mend the date",
    ),
    "stop-on-the-day-of-surgery": (
        medicine(when="last dose 2027-03-16"),
        (
            "medicine 1, when: the last dose is on the day of the operation; "
            "say how many hours before, or mend the date"
        ),
    ),
    "stop-after-arrival": (
        medicine(when="1 hour before"),
        (
            "medicine 1, when: the last dose is after arrival_at, when the patient is here "
            "already; mend the one that is wrong"
        ),
    ),
    "stop-no-days-before": (medicine(when="0 days before"), f"medicine 1, when: {STOPS_NOTHING}"),
    "stop-no-hours-before": (
        medicine(when="00 hours before"),
        f"medicine 1, when: {STOPS_NOTHING}",
    ),
    "dose-without-a-unit": (
        medicine(dose="5"),
        "medicine 1, dose: has no unit; write it with one, such as 5 mg or 1 tablet",
    ),
    "dose-of-signs": (
        medicine(dose="1/2 - 1"),
        "medicine 1, dose: has no unit; write it with one, such as 5 mg or 1 tablet",
    ),
    "continue-until-a-stop": (
        medicine(action="continue", when="5 days before"),
        f"medicine 1, when: {A_STOP}",
    ),
    "sip-as-a-stop": (
        medicine(action="sip", when="12 hours before surgery"),
        f"medicine 1, when: {A_STOP}",
    ),
    "ask-as-a-stop": (
        medicine(action="ask", when="Last dose 2027-03-10"),
        f"medicine 1, when: {A_STOP}",
    ),
    "continue-says-stop": (
        medicine(action="continue", when="stop 1 week before your operation."),
        f"medicine 1, when: {A_STOP}",
    ),
    "action-missing": (
        {"medicines": [{"name": "A", "dose": "5 mg", "when": "as usual", "decided_by": "Dr. A"}]},
        "medicine 1: 'action' is missing; add it",
    ),
    "two-actions": (
        {
            "medicines": [
                {**STOP, "when": "4 days before"},
                {**STOP, "name": "EXAMPLAMINE", "action": "continue", "when": "as usual"},
            ]
        },
        "medicine 2: is listed twice, and not with the same action; ask who decided it",
    ),
    "the-same-twice": (
        {"medicines": [{**STOP, "when": "4 days before"}, {**STOP, "when": "4 days before"}]},
        "medicine 2: is listed twice; give each medicine one entry",
    ),
    "dose-misread": (
        medicine(dose="1.0 mg"),
        "medicine 1, dose: '1.0' is often misread (ISMP); write no zero after the point: 1 mg",
    ),
    "date-in-figures": (
        {"notes": ["Blood test on 12/8/26."]},
        "note 1: a date in figures can be read in two ways; write it as 2026-12-08",
    ),
    "another-phone": (
        {"notes": ["For questions call (555) 555-0199."]},
        (
            "note 1: says to call (555) 555-0199, which is neither the contact's number nor one "
            "in clinic.yaml (phones); give one of those, or make it the contact's"
        ),
    ),
    "another-phone-for-a-medicine": (
        medicine(action="ask", when="Call 555-0199 first"),
        f"medicine 1, when: says to call 555-0199, {ANOTHER_PHONE}",
    ),
    "another-phone-in-the-location": (
        {"location": "Main entrance, NY 00000-1234, 555 0199"},
        f"location: says to call 555 0199, {ANOTHER_PHONE}",
    ),
    "another-phone-in-a-reason": (
        {"overrides": [{**FOOD, "reason": "Ask at 555-0199."}]},
        f"override 1, reason: says to call 555-0199, {ANOTHER_PHONE}",
    ),
    "contact-without-a-number": (
        {"contact": {"name": "Nurse B. Example", "phone": "ask at desk"}},
        "contact, phone: must be a telephone number such as 555-0100, and this is not",
    ),
    "contact-is-the-emergency-number": (
        {"contact": {"name": "Nurse B. Example", "phone": "911"}},
        "contact, phone: is the emergency number; give the number at which the contact answers",
    ),
    "no-allergy-beside-one": (
        {"allergies": ["Samplicillin", "none"]},
        (
            "allergy 2: is no allergy; if none are known write [] (in a roster: none), "
            "else remove it"
        ),
    ),
    "no-medicine": (
        medicine(name="N/A"),
        (
            "medicine 1, name: is no medicine; if there are none write [] (in a roster: none), "
            "else remove it"
        ),
    ),
    "override-of-nothing": (
        {"overrides": [{**FOOD, "fact": "fasting-fod"}]},
        "override 1, fact: there is no fact 'fasting-fod'; did you mean 'fasting-food'?",
    ),
    "override-of-a-phone": (
        {"overrides": [{**FOOD, "fact": "phone-office", "value": "555-0199"}]},
        "override 1, fact: a plan cannot change phone-office; it is the clinic's, in clinic.yaml",
    ),
    "override-in-words": (
        {"overrides": [{**FOOD, "value": "longer"}]},
        "override 1, value: must be a number and a unit, such as '8 hours'",
    ),
    "override-of-months": (
        {"overrides": [{**FOOD, "value": "2 months"}]},
        "override 1, value: must be a number and a unit, such as '8 hours'",
    ),
    "override-of-hours-in-days": (
        {"overrides": [{**FOOD, "value": "2 days"}]},
        (
            "override 1, value: must count hours or minutes, as the clinic's rule does "
            "('8 hours'); mend it"
        ),
    ),
    "override-of-days-in-hours": (
        {"overrides": [{**FOOD, "fact": "washing", "value": "36 hours"}]},
        (
            "override 1, value: must count days or weeks, as the clinic's rule does "
            "('2 days'); mend it"
        ),
    ),
    "override-with-nothing": (
        {"overrides": [{**FOOD, "value": "0 hours"}]},
        "override 1, value: is no time at all; write how long, or remove the override",
    ),
    "override-out-of-order": (
        {"overrides": [{**FOOD, "value": "3 hours"}]},
        (
            "override 1, value: puts liquids before food, and the clinic's rules have it after; "
            "override fasting-clear-liquids as well, or mend this one"
        ),
    ),
    "override-changes-nothing": (
        {"overrides": [{**FOOD, "value": "8 hours"}]},
        "override 1, value: is what the clinic's own rule says; remove the override",
    ),
    "override-twice": (
        {"overrides": [FOOD, FOOD]},
        "override 2: changes a fact a second time; give each fact one entry",
    ),
    "override-without-reason": (
        {"overrides": [{k: v for k, v in FOOD.items() if k != "reason"}]},
        "override 1: 'reason' is missing; add it",
    ),
    "override-against-a-handout": (
        {"overrides": [CLEAR]},
        (
            "override 1: the plan says '4 hours' for fasting-clear-liquids, but handouts/sample "
            "prints '2 hours' (sample-operation, block main-points, item 2); leave that handout "
            "out, or let the block give way to the plan ('gives_way: true')"
        ),
    ),
    "driving-against-a-handout": (
        {"overrides": [{**OVERRIDE, "fact": "driving", "value": "not for 6 weeks"}]},
        (
            "override 1: the plan says 'not for 6 weeks' for driving, but handouts/sample prints "
            "'until your surgeon says you may' (sample-operation, block careful, paragraph 1); "
            "leave that handout out, or let the block give way to the plan ('gives_way: true')"
        ),
    ),
    "surgeon-too-long": (
        {"surgeon": "A" * 201},
        "surgeon: is too long: at most 200 characters; shorten it or split it",
    ),
    "surgeon-with-a-control-character": (
        {"surgeon": "Dr. A\u2029"},
        "surgeon: holds the invisible or unassigned character U+2029; remove it",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_plan_is_refused(case: str, library: Library) -> None:
    changed, said = WRONG[case]
    first, *others = problems_of(library, **changed)
    assert first == said
    assert all("sample-topic" in other for other in others)


def test_the_oldest_patient_is_no_slip(library: Library) -> None:
    assert plan_of(library, patient__birth_date="1906-03-17")


def test_two_strengths_of_one_medicine_may_have_one_action(library: Library) -> None:
    stop = {**STOP, "when": "4 days before"}
    plan = plan_of(library, medicines=[stop, {**stop, "dose": "2 mg"}])
    assert len(plan.medicines) == 2


@pytest.mark.parametrize(
    "when",
    [
        "Take it 2 hours before your operation",
        "the last dose is in the evening",
        "As usual, until 3 days before",
    ],
)
def test_words_that_speak_of_hours_or_doses_are_no_stop(when: str, library: Library) -> None:
    assert plan_of(library, **medicine(action="sip", when=when))


@pytest.mark.parametrize(
    "note",
    [
        "Call 555-0123, or 555-0100.",
        "Call 555-0123 on 2027-03-15T09:00.",
        "Take it 1-0-1-0, from 8.00 - 10.00.",
        "1 Sample Street, Exampleton, NY 00000-1234",
    ],
)
def test_what_is_no_other_number_to_call_is_left_alone(note: str, library: Library) -> None:
    contact = {"name": "Nurse B. Example", "phone": "555-0123, extension 4"}
    assert plan_of(library, notes=[note], contact=contact)


NOTHING = (
    *("NKDA", "NKA", "N.K.D.A.", "N/A", "n/a", "nil", "None", "no", "-", "--", "?", "None known"),
    *("No known allergies", "no known drug allergies", "Ninguna", "Sin alergias", "无"),
)


@pytest.mark.parametrize("said", NOTHING)
def test_none_is_no_allergy(said: str, library: Library) -> None:
    (problem,) = problems_of(library, allergies=[said])
    assert problem.startswith("allergy 1: is no allergy; if none are known write []")


@pytest.mark.parametrize("said", ["Nilotinib", "Nickel", "Latex", "Nuts", "Known: Samplicillin"])
def test_an_allergy_is_not_taken_for_none(said: str, library: Library) -> None:
    assert plan_of(library, allergies=[said])


def test_overrides_that_keep_the_order_of_the_timeline_are_in_order(folder: Path) -> None:
    library = giving_way(folder)
    both = [{**CLEAR, "value": "10 hours"}, {**FOOD, "value": "14 hours"}]
    assert plan_of(library, overrides=both)
    assert plan_of(library, overrides=[{**CLEAR, "value": "6 hours"}])  # food and liquids at once


def test_two_overrides_may_not_change_the_order_either(folder: Path) -> None:
    both = [{**CLEAR, "value": "9 hours"}, {**FOOD, "value": "10 hours"}]
    assert problems_of(giving_way(folder), overrides=both) == [
        "override 2, value: puts liquids before food, and the clinic's rules have it after; "
        "mend one of the two overrides"
    ]


def test_an_override_is_not_blamed_for_the_order_of_an_early_arrival(folder: Path) -> None:
    """Liquids are counted from the arrival: here the clinic's own rules put them before food."""
    early = "2027-03-15T20:00"
    assert plan_of(giving_way(folder), arrival_at=early, overrides=[{**CLEAR, "value": "4 hours"}])


def giving_way(folder: Path) -> Library:
    """The tests' own library, where each block that names clear liquids gives way to a plan."""
    for file in (folder / "content").rglob("en.yaml"):
        text = file.read_text()
        for kind in ("summary", "table", "text", "steps", "list"):
            text = text.replace(f"    kind: {kind}\n", f"    kind: {kind}\n    gives_way: true\n")
        file.write_text(text)
    return load_library(folder)


def test_an_escort_is_asked_for_where_the_clinic_wants_one(folder: Path) -> None:
    file = folder / "content" / "clinic.yaml"
    file.write_text(file.read_text().replace("plan:\n", "plan:\n  escort: required\n"))
    library = load_library(folder)
    assert problems_of(library) == [
        "'escort' is missing: the clinic asks who takes each patient home; add it"
    ]
    assert plan_of(library, escort="Your son, 555-0199"), "who has a number of their own"


def test_two_handouts_may_not_say_two_things(folder: Path) -> None:
    file = folder / "handouts" / "other" / "handout.yaml"
    file.write_text(
        file.read_text()
        + "facts:\n  fasting-clear-liquids: {number: 3, unit: hours, source: test-guideline}\n"
    )
    said = problems_of(load_library(folder), handouts=["sample", "other"])
    assert said == [
        "handout 2: handouts/other says '3 hours' for fasting-clear-liquids, and handouts/sample "
        "says '2 hours'; make them agree in handout.yaml, or leave one out"
    ]


def test_a_block_that_gives_way_is_no_contradiction(folder: Path) -> None:
    for file in (folder / "content").rglob("en.yaml"):
        text = file.read_text()
        text = text.replace("    kind: table\n", "    kind: table\n    gives_way: true\n")
        file.write_text(text)
    text_file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    text_file.write_text(
        text_file.read_text().replace("    kind: text\n", "    kind: text\n    gives_way: true\n")
    )
    said = problems_of(load_library(folder), handouts=["sample", "other"], overrides=[CLEAR])
    assert [problem.split(" prints ")[0] for problem in said] == [
        "override 1: the plan says '4 hours' for fasting-clear-liquids, but handouts/sample"
    ]


def test_a_slip_of_the_day_is_not_one_with_another_day(library: Library) -> None:
    earlier = datetime(2026, 11, 1, 5, tzinfo=NOW.tzinfo)
    times = {"surgery_at": "2026-11-22T07:30", "arrival_at": "2026-11-22T05:30"}
    assert plan_of(library, earlier, **times)


MISREAD = {
    "U": "10 U",
    "u": "10u at night",
    "IU": "1,000 IU",
    "QD": "5 mg QD",
    "q.d.": "5 mg q.d.",
    "QOD": "5 mg QOD",
    "1.0": "1.0 mg",
    "2.00": "2.00 mg",
    ".5": ".5 mg",
    ",5": ",5 mg",
    "µg": "5 µg",
    "μg": "5 μg",
    "ug": "5 ug",
    "D/C": "D/C today",
    "cc": "5 cc",
    "HS": "5 mg HS",
    "qhs": "5 mg qhs",
    "BID": "5 mg BID",
    "t.i.d.": "5 mg t.i.d.",
    "prn": "5 mg prn",
    "SC": "5 mg SC",
    "SQ": "5 mg SQ",
    "per os": "5 mg per os",
    "po": "5 mg po",
    "OD": "one drop OD",
    "AS": "one drop AS",
    "5mg": "5mg",
    "10000": "10000 units",
    ">": "> 5 mg",
    "@": "5 mg @ night",
    "+": "5 mg + 2 mg",
    "x3d": "5 mg x3d",
    "TIW": "5 mg TIW",
}
FINE = (
    *("5 mg tablet", "0.5 mg", "10 mg", "1,000 units", "10,000 units", "1 tablet as needed"),
    *("2.5 mg/5 mL", "half a tablet", "one puff, twice a day", "10 mL", "1 in the morning"),
    *(
        "1%",
        "0.5 %",
        "5 毫克",
        "½ tableta",
        "20 mcg",
        "1.05 mg",
        "100 mg at bedtime",
        "2 drops in the left eye",
        "500 mg daily",
    ),
)


def given(dose: str = "5 mg", name: str = "Examplamine") -> Medicine:
    return Medicine(
        name=name, dose=dose, action="continue", when="as usual", decided_by="Dr. A. Example"
    )


@pytest.mark.parametrize("written", MISREAD)
def test_what_ismp_has_seen_misread_is_found(written: str) -> None:
    found = [shown for _, shown, _ in misread(given(MISREAD[written]))]
    assert any(written.strip(".") in shown for shown in found), found


@pytest.mark.parametrize("dose", FINE)
def test_a_plain_dose_is_left_alone(dose: str) -> None:
    assert list(misread(given(dose))) == []
    assert has_unit(given(dose))


def test_the_last_dose_may_be_as_late_as_the_arrival(library: Library) -> None:
    assert plan_of(library, **medicine(when="2 hours before"))
    assert plan_of(library, **medicine(when="last dose 2027-03-15"))


def test_a_medicine_has_its_whole_name() -> None:
    assert [field for field, *_ in misread(given(name="HCTZ"))] == ["name"]
    assert list(misread(given(name="Vitamin B12 & D"))) == []
