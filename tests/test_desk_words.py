"""What the desk says: all of it in Spanish too, and the core's messages in a nurse's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file

from generator.intake import checked_plan
from generator.library import Library, load_library
from generator.recall.earlier import ANOTHER, ANOTHER_OPERATION, OTHER_DAY, OTHER_SIDE
from generator.web.core_flags import core_flags
from generator.web.core_words import core_words
from generator.web.plan.data import at_field, plan_data
from generator.web.said import pattern_of, said_in
from generator.web.words import labels_of
from tests.conftest import NOW, REPO

WEB = REPO / "generator" / "web"
HOSTILE = "guard.py"
"""Answers to requests that no page of the desk makes, in English for whoever sends them."""


def written() -> Iterator[str]:
    """Every text that the desk's pages and modules say, and those of dates and states."""
    trimmed = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for name, _, message, _, _ in extract_from_dir(
        WEB,
        method_map=[("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")],
        options_map={"**.html": trimmed},
        keywords={"_": None, "Refusal": (2,)},
    ):
        if name != HOSTILE:
            yield message if isinstance(message, str) else message[0]
    labels = REPO / "generator" / "markup" / "labels.py"
    for _, text, _, _ in extract_from_file("python", labels, keywords={"self": None}):
        yield str(text)


def test_everything_that_the_desk_says_is_there_in_spanish_and_nothing_else() -> None:
    spanish = labels_of("es", "US").messages
    assert spanish is not None
    assert set(written()) - set(spanish) == set(), "add these to generator/web/locale/es.po"
    assert set(spanish) - set(written()) == set(), "nobody says these any more"


def test_a_translation_fills_in_the_same_parts() -> None:
    for english, spanish in (labels_of("es", "US").messages or {}).items():
        assert sorted(re.findall(r"\{\w+\}", spanish)) == sorted(re.findall(r"\{\w+\}", english))


@pytest.mark.parametrize("page", sorted((WEB / "pages").glob("*.html")), ids=lambda page: page.name)
def test_no_page_says_anything_that_is_not_marked_for_translation(page: Path) -> None:
    text = re.sub(r"block room %\}[\w ]*", "", page.read_text())
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<!doctype html>", "", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", " ", text)
    assert set(re.findall(r"[^\W\d_]{2,}", shown)) == set()


EARLIER = (ANOTHER_OPERATION, *OTHER_SIDE.values(), OTHER_DAY, ANOTHER)
ELSEWHERE = {
    "'{name}' is missing; add it",
    "'side' is missing: {procedure} is done on one side; add left or right",
    "must be a date as year-month-day (2026-12-08), not {value}",
    "{cell} can be read in more than one way; write {how}, or declare the clinic's format in "
    "clinic.yaml (intake, roster, dates)",
    "{handout} was never signed, so there are no signed words to compare with",
    "a clinician",
    "the plan says '{here}' for {fact}, but handouts/{name} prints '{there}' ({place}); leave "
    "that handout out, or let the block give way to the plan ('gives_way: true')",
    "prepared_by and checked_by are the same person",
    "the time of {rule} has passed",
    "the day of the last dose of medicine {number} has passed",
    *EARLIER,
    "medicine {number} is stopped more than 8 weeks before the operation",
    "override {number} is longer than 24 hours",
    "handout {name} is not about the operation of this plan",
    "allergy {number} is medicine {medicine} on this plan; ask who decided it",
}
"""What the core says of a file or a row that was dropped, of a sign-off or of what is out already,
and not of a form."""

FIELDS = {
    "patient.record_id": "EX-000123",
    "patient.given_name": "Testa",
    "patient.family_name": "Exampleperson",
    "patient.birth_date": "1961-03-07",
    "patient.language": "en",
    "side": "left",
    "surgery_at": "2027-03-16T07:30",
    "arrival_at": "2027-03-16T05:30",
    "location": "Main entrance",
    "surgeon": "Dr. A. Example",
    "handouts": "hip-replacement",
    "none.medicines": "yes",
    "none.allergies": "yes",
    "contact.name": "Nurse B. Example",
    "contact.phone": "555-0123",
    "prepared_by": "Nurse B. Example",
    "checked_by": "Nurse C. Example",
}
STOPPED = {
    "medicines.0.name": "Examplamine",
    "medicines.0.dose": "5 mg",
    "medicines.0.action": "stop",
    "medicines.0.when": "5 days before",
    "medicines.0.decided_by": "Dr. A. Example",
}


NOON_TWICE = {"surgery_at": "2027-11-07T01:30", "arrival_at": "2027-11-07T00:30"}
RULE = {
    "overrides.0.fact": "fasting-clear-liquids",
    "overrides.0.value": "4 hours",
    "overrides.0.reason": "A slow stomach",
    "overrides.0.decided_by": "Dr. A. Example",
}
TWICE = {**STOPPED, **{name.replace("0", "1", 1): value for name, value in STOPPED.items()}}
CASES: list[tuple[dict[str, str], str, str]] = [
    ({"surgeon": ""}, "surgeon", "Fill this in."),
    ({"side": ""}, "side", "Choose the side."),
    ({"handouts": ""}, "handouts", "Fill this in."),
    (
        {"patient.birth_date": "7.3.61"},
        "patient.birth_date",
        "This is no date. Write year, month and day: 2026-12-08.",
    ),
    (
        {"patient.birth_date": "2027-01-08"},
        "patient.birth_date",
        "This day has not come yet.",
    ),
    (
        {"patient.birth_date": "1861-12-08"},
        "patient.birth_date",
        "The patient would be over 120 years old.",
    ),
    (
        {"patient.given_name": "Testa 2"},
        "patient.given_name",
        "There is a digit in this name. Is it in the right field?",
    ),
    (
        {"patient.name": "Testa Exampleperson"},
        "patient.given_name",
        "Give the whole name, or its parts, and not both.",
    ),
    (
        {"location": "Main\u200bentrance"},
        "location",
        "There is a character in it that nobody can see (U+200B). Type it anew.",
    ),
    ({"location": "x" * 201}, "location", "This is too long: at most 200 characters."),
    (
        {f"notes.{n}": "Bring it." for n in range(13)},
        "notes",
        "At most 12 of them.",
    ),
    (
        {"surgery_at": "tomorrow"},
        "surgery_at",
        "This is no date with a time. Write it as 2026-12-08T07:30.",
    ),
    (
        {"surgery_at": "2026-03-16T07:30", "arrival_at": "2026-03-16T05:30"},
        "surgery_at",
        "This time has passed.",
    ),
    (
        {
            "surgery_at": "2026-03-16T07:30",
            "arrival_at": "2026-03-16T05:30",
            "patient.birth_date": "2026-04-01",
        },
        "patient.birth_date",
        "This is after the day of the operation.",
    ),
    (
        {"surgery_at": "2027-03-14T02:30"},
        "surgery_at",
        "There is no such time: the clocks are put forward then.",
    ),
    (
        NOON_TWICE,
        "surgery_at",
        "This time comes twice: the clocks are put back then. Write 2027-11-07T01:30-04:00 for the "
        "first, 2027-11-07T01:30-05:00 for the second.",
    ),
    (
        {"arrival_at": "2027-03-16T08:30"},
        "arrival_at",
        "This is after the operation. One of the two times is wrong.",
    ),
    (
        {"arrival_at": "2027-03-14T07:00"},
        "arrival_at",
        "This is a day or more before the operation. One of the two times is wrong.",
    ),
    (
        {"contact.phone": "ask at desk"},
        "contact.phone",
        "This is no telephone number. Write one such as 555-0100.",
    ),
    (
        {"contact.phone": "911"},
        "contact.phone",
        "This is the emergency number. Give the number at which this person answers.",
    ),
    (
        {"notes.0": "Call 555-9999 before you come."},
        "notes.0",
        "555-9999 is neither the number above nor one of the clinic's. Give one of those.",
    ),
    (
        {"escort": "On 12/8/26 your son"},
        "escort",
        "A date in figures can be read in two ways. Write it as 2026-12-08.",
    ),
    ({"handouts": "amputation"}, "handouts", "Choose a handout about this operation."),
    (
        {**STOPPED, "medicines.0.when": "soon"},
        "medicines.0.when",
        "From when? Write '5 days before', '12 hours before' or 'last dose 2027-03-10'.",
    ),
    (
        {**STOPPED, "medicines.0.action": "continue"},
        "medicines.0.when",
        "This is how a stop is written. Choose to stop it, or say it in other words.",
    ),
    (
        {**STOPPED, "medicines.0.when": "last dose 2027-03-16"},
        "medicines.0.when",
        "The last dose would be on the day of the operation. Say how many hours before.",
    ),
    (
        {**STOPPED, "medicines.0.when": "1 hour before"},
        "medicines.0.when",
        "The last dose would be after the time to come. One of the two is wrong.",
    ),
    (
        {**STOPPED, "medicines.0.when": "0 days before"},
        "medicines.0.when",
        "This stops nothing. Say how long before, or choose another thing to do.",
    ),
    (
        {**STOPPED, "medicines.0.dose": "5"},
        "medicines.0.dose",
        "Write the unit as well, such as 5 mg or 1 tablet.",
    ),
    (
        {**STOPPED, "medicines.0.when": "last dose 2027-03-20"},
        "medicines.0.when",
        "The last dose would be after the operation.",
    ),
    (
        {**STOPPED, "medicines.0.dose": ".5 mg"},
        "medicines.0.dose",
        "'.5' is often misread. Write a zero before the point: 0.5 mg.",
    ),
    (TWICE, "medicines.1", "This medicine is listed twice."),
    (
        {**TWICE, "medicines.1.when": "9 days before"},
        "medicines.1",
        "This medicine is listed twice, with two different things to do. Ask who decided it.",
    ),
    (
        {**RULE, "overrides.0.value": "a while"},
        "overrides.0.value",
        "Write a number and a unit, such as '2 hours'.",
    ),
    (
        {"none.allergies": "", "allergies.0": "NKDA"},
        "allergies.0",
        "This is no allergy. If none are known, mark 'No known allergies' instead.",
    ),
    (
        {**STOPPED, "medicines.0.name": "none"},
        "medicines.0.name",
        "This is no medicine. If there are none, mark 'Takes no medicines' instead.",
    ),
    (
        {**RULE, "overrides.0.value": "2 days"},
        "overrides.0.value",
        "Count as the clinic's rule does: '2 hours'.",
    ),
    (
        {**RULE, "overrides.0.value": "0 hours"},
        "overrides.0.value",
        "Write how long, or take this rule out.",
    ),
    (
        {**RULE, "overrides.0.value": "7 hours"},
        "overrides.0.value",
        "This puts clear-liquids before light-meal, and it comes after. "
        "Add a rule for fasting-light-meal as well, or change this one.",
    ),
    (
        {
            **RULE,
            "overrides.0.value": "5 hours",
            **{name.replace("0", "1", 1): value for name, value in RULE.items()},
            "overrides.1.fact": "fasting-light-meal",
            "overrides.1.value": "4 hours",
        },
        "overrides.1.value",
        "This puts clear-liquids before light-meal, and it comes after. Change one of the rules.",
    ),
    (
        {**RULE, "overrides.0.value": "2 hours"},
        "overrides.0.value",
        "That is what the clinic's own rule says.",
    ),
    (
        {**RULE, **{name.replace("0", "1", 1): value for name, value in RULE.items()}},
        "overrides.1",
        "This rule is listed twice.",
    ),
]


def strict() -> Library:
    """The library of a clinic that asks for an escort, and for two hours before the operation."""
    library = load_library(REPO)
    rules = {"escort": "required", "arrival_lead": "fasting-clear-liquids"}
    plan = library.clinic.plan.model_copy(update=rules)
    return replace(library, clinic=library.clinic.model_copy(update={"plan": plan}))


def problems_of(
    changed: dict[str, str], operation: str = "hip-replacement", library: Library | None = None
) -> dict[str, str]:
    fields = [(name, value) for name, value in {**FIELDS, **changed}.items() if value]
    data = plan_data(fields, operation)
    _, problems = checked_plan(data, at_field(fields), library or load_library(REPO), NOW)
    return {problem.where: problem.message for problem in problems}


@pytest.mark.parametrize(("changed", "field", "said"), CASES)
def test_what_is_wrong_with_a_plan_is_said_in_plain_words(
    changed: dict[str, str], field: str, said: str
) -> None:
    found = problems_of(changed)
    assert field in found, found
    assert said_in(labels_of("en", "US"), found[field]) == said
    spanish = said_in(labels_of("es", "US"), found[field])
    assert spanish not in {said, found[field]}


def test_a_side_where_there_is_none_is_said() -> None:
    changed = {"handouts": "orthopedic-oncology"}
    found = problems_of(changed, "orthopedic-oncology")
    assert said_in(labels_of("en", "US"), found["side"]) == "This operation has no side."


def test_a_handout_that_the_patient_cannot_read_is_said() -> None:
    found = problems_of({"patient.language": "ar", "handouts": "amputation"}, "amputation")
    assert said_in(labels_of("en", "US"), found["handouts"]) == (
        "The handout 'amputation' is not written in the patient's language. It is in: en, es."
    )


def test_what_a_strict_clinic_asks_for_is_said() -> None:
    found = problems_of({"arrival_at": "2027-03-16T06:30"}, library=strict())
    english = labels_of("en", "US")
    assert said_in(english, found["escort"]) == (
        "Fill this in: the clinic asks who takes each patient home."
    )
    assert said_in(english, found["arrival_at"]) == (
        "This is 60 minutes before the operation; the clinic asks for 2 hours. Change it, or add "
        "a rule for this patient with a reason."
    )


def test_every_message_that_is_said_anew_is_one_that_the_core_says() -> None:
    """Whoever words a message differently in the core is told that the desk has to follow."""
    said = {message for changed, _, _ in CASES for message in problems_of(changed).values()}
    said |= set(problems_of({"handouts": "orthopedic-oncology"}, "orthopedic-oncology").values())
    said |= set(problems_of({"arrival_at": "2027-03-16T06:30"}, library=strict()).values())
    said |= set(
        problems_of({"patient.language": "ar", "handouts": "amputation"}, "amputation").values()
    )
    unheard = {
        message
        for message in {**core_words(str), **core_flags(str)}
        if not any(pattern_of(message).fullmatch(one) for one in said)
    }
    assert unheard == ELSEWHERE


@pytest.mark.parametrize("message", EARLIER)
def test_what_is_out_already_is_said_in_a_nurses_words(message: str) -> None:
    said = message.format(procedure="other-operation", day="2027-03-16", printed="2027-03-03")
    english, spanish = (said_in(labels_of(language, "US"), said) for language in ("en", "es"))
    side = re.search(r"(LEFT|RIGHT|BOTH) ", said)
    assert not side or side[0] in english
    assert "printed on 2027-03-03." in english
    assert spanish.startswith("El 2027-03-03 se imprimió")
    assert ("2027-03-16" in spanish) is ("2027-03-16" in english) is ("2027-03-16" in said)


def test_a_message_that_nobody_knows_stays_as_it_is() -> None:
    assert said_in(labels_of("es", "US"), "something quite new") == "something quite new"
