"""The timeline in words: what a patient reads, on days when reading it wrong is easy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from generator.intake import flags, load_plan, plan_facts, timeline
from generator.library import Library, load_library
from generator.markup import load_labels
from generator.markup.plan_parts import PlanView
from generator.markup.plan_view import OwnPages, plan_view
from tests.conftest import NOW, REPO
from tests.plans import LONGER, STOP, plan_of, problems_of

See = Callable[..., PlanView]
TOO_LATE = "This had passed when this was printed. Take none now. Call us now."


@pytest.fixture
def see(library: Library) -> See:
    """The view of the example plan with changes."""

    def view(now: datetime = NOW, **changed: Any) -> PlanView:
        plan = plan_of(library, now, **changed)
        facts = plan_facts(library, plan.model_copy(update={"overrides": ()}))
        procedure = library.procedures[plan.procedure, "en"]
        own = OwnPages(plan, procedure, timeline(library, plan, now), facts, ())
        return plan_view(own, library.clinic, load_labels(library.templates, "en", "US"))

    return view


def lines(view: PlanView) -> list[str]:
    return [
        f"{day.day} | {step.time} | {step.text}".replace("\u00a0", " ")
        for day in view.days
        for step in day.steps
    ]


def at(surgery: str, arrival: str) -> dict[str, str]:
    return {"surgery_at": surgery, "arrival_at": arrival}


def test_a_plan_day_by_day(see: See) -> None:
    assert lines(see()) == [
        "From now on |  | Do not shave.",
        "Thursday, March 11, 2027 |  | Examplamine: take none after this day.",
        "Sunday, March 14, 2027 |  | Wash with soap.",
        "Monday, March 15, 2027 |  | Wash with soap.",
        "Monday, March 15, 2027 | 11:30 PM | Last food.",
        "Tuesday, March 16, 2027 | 3:30 AM | Last clear liquid.",
        "Tuesday, March 16, 2027 | 5:30 AM | Come to us",
        "Tuesday, March 16, 2027 | 7:30 AM | Your operation",
    ]


def test_the_last_dose_of_each_stopped_medicine_stands_in_its_place(see: See) -> None:
    medicines = [
        {**STOP, "name": "Fictol", "when": "12 hours before"},
        {**STOP, "name": "Inventin", "when": "last dose 2027-03-15"},
        {**STOP, "name": "Madeupol", "action": "continue", "when": "as usual"},
    ]
    monday = [line for line in lines(see(medicines=medicines)) if line.startswith("Monday")]
    assert monday == [
        "Monday, March 15, 2027 |  | Wash with soap.",
        "Monday, March 15, 2027 |  | Inventin: take none after this day.",
        "Monday, March 15, 2027 | 7:30 PM | Fictol: take none after this time.",
        "Monday, March 15, 2027 | 11:30 PM | Last food.",
    ]
    assert "Madeupol" not in str(see(medicines=medicines).days)


def test_a_last_dose_has_passed_from_its_time_on(see: See) -> None:
    medicines = [{**STOP, "when": "12 hours before"}]
    for hour, passed in ((19, False), (20, True)):
        view = see(now=datetime(2027, 3, 15, hour, tzinfo=NOW.tzinfo), medicines=medicines)
        (step,) = (s for day in view.days for s in day.steps if "Examplamine" in s.text)
        assert step.passed == view.medicines[0].passed == (TOO_LATE if passed else "")


def test_where_to_read_of_medicines_with_a_sip_stands_on_the_day_and_no_day_is_made_up(
    see: See,
) -> None:
    when = "At 10 PM the evening before your operation"
    view = see(medicines=[{**STOP, "action": "sip", "when": when}])
    said = "Medicines with a sip of water: see the list of your medicines."
    assert f"Tuesday, March 16, 2027 |  | {said}" in lines(view)
    assert view.medicines[0].lines == (when,)
    assert said not in str(see().days)


def test_a_time_between_coming_and_the_operation_stands_between_them(see: See) -> None:
    shown = lines(see(arrival_at="2027-03-15T20:00"))
    assert [line.split(" | ")[1] for line in shown[-3:]] == ["8:00 PM", "11:30 PM", "7:30 AM"]


def test_before_arrival_and_before_surgery_are_two_anchors(see: See) -> None:
    earlier = lines(see(arrival_at="2027-03-16T04:00"))
    assert "Tuesday, March 16, 2027 | 2:00 AM | Last clear liquid." in earlier
    assert "Monday, March 15, 2027 | 11:30 PM | Last food." in earlier


def test_midnight_names_the_night(see: See) -> None:
    shown = lines(see(**at("2026-12-09T08:00", "2026-12-09T06:00")))
    assert (
        "Tuesday, December 8, 2026 | 12 midnight, the night of Tuesday, December 8 to "
        "Wednesday, December 9 | Last food." in shown
    )


def test_noon_is_called_noon(see: See) -> None:
    view = see(**at("2026-12-09T14:00", "2026-12-09T12:00"))
    assert (view.arrival.time, view.arrival.text) == ("12 noon", "Wednesday, December 9, 2026")


def test_the_morning_the_clocks_go_forward(see: See) -> None:
    view = see(**at("2027-03-14T07:30", "2027-03-14T05:30"))
    assert "Saturday, March 13, 2027 | 10:30 PM | Last food." in lines(view)
    said = "The clocks go forward on Sunday, March 14, 2027. These times count that in."
    assert view.clocks == said


def test_the_morning_the_clocks_go_back(see: See) -> None:
    now = datetime(2026, 10, 20, tzinfo=NOW.tzinfo)
    view = see(now=now, **at("2026-11-01T07:30", "2026-11-01T02:30"))
    assert "Sunday, November 1, 2026 | 12:30 AM | Last food." in lines(view)
    assert (
        "Sunday, November 1, 2026 | 1:30 AM, before the clocks go back | Last clear liquid."
        in lines(view)
    )
    assert "go back on Sunday, November 1, 2026" in str(view.clocks)


def test_an_arrival_that_comes_twice_wants_its_offset(library: Library) -> None:
    now = datetime(2026, 10, 20, tzinfo=NOW.tzinfo)
    said = problems_of(library, now, **at("2026-11-01T07:30", "2026-11-01T01:30"))
    assert said == [
        "arrival_at: 2026-11-01T01:30 comes twice: the clocks are put back then; write "
        "2026-11-01T01:30-04:00 for the first, 2026-11-01T01:30-05:00 for the second"
    ]


def test_a_leap_day(see: See) -> None:
    shown = lines(see(**at("2028-03-01T07:30", "2028-03-01T05:30")))
    assert "Tuesday, February 29, 2028 | 11:30 PM | Last food." in shown


def test_what_has_passed_is_flagged(library: Library, see: See) -> None:
    late = datetime(2027, 3, 16, 2, tzinfo=NOW.tzinfo)
    passed = [step.text for day in see(now=late).days for step in day.steps if step.passed]
    assert passed == [
        "Examplamine: take none after this day.",
        "Wash with soap.",
        "Wash with soap.",
        "Last food.",
    ]
    assert flags(library, plan_of(library, late), late) == (
        "the time of wash has passed",
        "the time of food has passed",
        "the day of the last dose of medicine 1 has passed",
    )
    assert flags(library, plan_of(library), NOW) == ()


@pytest.mark.parametrize(
    ("when", "flagged"),
    [
        ("56 days before", False),
        ("8 weeks before", False),
        ("57 days before", True),
        ("last dose 2027-01-18", False),
        ("last dose 2027-01-17", True),
    ],
)
def test_a_stop_of_more_than_eight_weeks_is_looked_at(
    when: str, flagged: bool, library: Library
) -> None:
    medicines = [{**STOP, "when": "4 days before"}, {**STOP, "name": "Fictol", "when": when}]
    said = "medicine 2 is stopped more than 8 weeks before the operation"
    assert flags(library, plan_of(library, medicines=medicines), NOW) == (said,) * flagged


@pytest.mark.parametrize(
    ("allergy", "action", "flagged"),
    [
        ("EXAMPLAMINE", "continue", True),
        ("Examplamine (a rash)", "continue", True),
        ("fictol", "sip", True),
        ("Fict", "continue", False),
        ("Examplamine", "stop", False),
        ("Samplicillin", "continue", False),
    ],
)
def test_an_allergy_to_a_medicine_of_the_plan_is_looked_at(
    allergy: str, action: str, flagged: bool, library: Library
) -> None:
    name = "Fictol Forte" if allergy.startswith(("f", "F")) else "Examplamine"
    when = "4 days before" if action == "stop" else "as usual"
    taken = {**STOP, "name": name, "action": action, "when": when}
    other = {**STOP, "name": "Madeupol", "action": "continue", "when": "as usual"}
    plan = plan_of(library, medicines=[other, taken], allergies=["Dust", allergy])
    said = "allergy 2 is medicine 2 on this plan; ask who decided it"
    assert flags(library, plan, NOW) == (said,) * flagged


def test_a_handout_about_another_operation_is_looked_at() -> None:
    library = load_library(REPO)
    plan = load_plan(REPO / "content" / "examples" / "plan.yaml", library, NOW)
    both = plan.model_copy(update={"handouts": ("hip-replacement", "amputation")})
    said = "handout amputation is not about the operation of this plan"
    assert flags(library, both, NOW) == (said,)
    overview = plan.model_copy(update={"handouts": ("hip-replacement", "orthopedic-oncology")})
    assert flags(library, overview, NOW) == flags(library, plan, NOW) == ()


def test_a_handout_about_no_operation_goes_with_any(library: Library) -> None:
    assert flags(library, plan_of(library, handouts=["sample", "other"]), NOW) == ()


OVERRIDE = {**LONGER, "value": "10 hours"}


@pytest.mark.parametrize(
    ("fact", "value", "flagged"),
    [
        ("fasting-food", "24 hours", False),
        ("fasting-food", "25 hours", True),
        ("fasting-food", "1441 minutes", True),
        ("washing", "3 days", False),
        ("lifting", "30 hours", False),
    ],
)
def test_an_override_of_more_than_a_day_is_looked_at(
    fact: str, value: str, flagged: bool, library: Library
) -> None:
    plan = plan_of(library, overrides=[{**OVERRIDE, "fact": fact, "value": value}])
    said = "override 1 is longer than 24 hours"
    assert flags(library, plan, NOW) == (said,) * flagged


def test_an_override_is_counted_and_its_reason_printed(see: See) -> None:
    view = see(overrides=[OVERRIDE])
    assert "Monday, March 15, 2027 | 9:30 PM | Last food." in lines(view)
    (step,) = (s for day in view.days for s in day.steps if s.text == "Last food.")
    assert [note.replace("\u00a0", " ") for note in step.notes] == [
        "Changed for you: 10 hours before, not 8 hours. Your stomach empties slowly. "
        "(Dr. A. Example)"
    ]


def test_an_override_of_words_is_printed_with_its_label(see: See) -> None:
    changed = {**OVERRIDE, "fact": "lifting", "value": "not for 9 weeks", "reason": "Your eyes."}
    view = see(overrides=[changed])
    assert view.changes == ("Lifting: not for 9 weeks. Your eyes. (Dr. A. Example)",)


def test_a_later_arrival_needs_a_reason_that_is_printed(library: Library, see: See) -> None:
    late = {"arrival_at": "2027-03-16T06:45"}
    assert "override arrival-lead with a reason" in problems_of(library, NOW, **late)[0]
    lead = {**OVERRIDE, "fact": "arrival-lead", "value": "45 minutes", "reason": "You live near."}
    view = see(**late, overrides=[lead])
    assert view.changes == ("Time to come: 45 minutes. You live near. (Dr. A. Example)",)


def test_medicines_say_how_long_before_and_the_last_dose(see: See) -> None:
    def said(when: str) -> tuple[str, ...]:
        (medicine,) = see(
            **at("2026-12-09T07:30", "2026-12-09T05:30"), medicines=[{**STOP, "when": when}]
        ).medicines
        return tuple(line.replace("\u00a0", " ") for line in medicine.lines)

    assert said("5 days before") == (
        "5 days before your operation",
        "Last dose: Thursday, December 3, 2026",
    )
    assert said("2 weeks before")[1] == "Last dose: Tuesday, November 24, 2026"
    assert said("1 day before")[1] == "Last dose: Monday, December 7, 2026"
    assert said("last dose 2026-12-01") == ("Last dose: Tuesday, December 1, 2026",)
    assert said("24 hours before") == (
        "24 hours before your operation",
        "Last dose before 7:30 AM, Tuesday, December 8, 2026",
    )


def test_dates_in_free_text_are_written_out(see: See) -> None:
    view = see(notes=["Blood test on 2027-03-10T09:00.", "Call 555-0100 before 2027-03-01."])
    assert [note.replace("\u00a0", " ") for note in view.notes] == [
        "Blood test on Wednesday, March 10, 2027, 9:00 AM.",
        "Call 555-0100 before Monday, March 1, 2027.",
    ]


def test_the_rules_of_the_shipped_clinic_name_their_sources() -> None:
    clinic = load_library(REPO).clinic
    known = {source.id for source in clinic.sources}
    for rule in clinic.plan.timeline:
        assert (rule.source or clinic.facts[str(rule.fact)].source) in known
