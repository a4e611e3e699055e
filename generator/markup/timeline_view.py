"""The timeline in words: days, times of day that cannot be misread, what is different and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from generator.intake import Dose, Step, Timeline
from generator.intake.clock import is_shown_twice
from generator.markup.labels import Labels
from generator.markup.plan_parts import DayView, StepView
from generator.model import Fact, Plan


def days(
    timeline: Timeline, plan: Plan, facts: Mapping[str, Fact], labels: Labels
) -> tuple[DayView, ...]:
    """The steps and last doses by day, and on their days when to come and when the operation is;
    what holds for a whole day comes before the times in it."""
    fixed = ((plan.arrival_at, labels("Come to us")), (plan.surgery_at, labels("Your operation")))
    dated = [
        *((step.at, _step(step, facts, labels)) for step in timeline.steps),
        *((dose.at, _dose(dose, labels)) for dose in timeline.doses),
        *_with_a_sip(plan, labels),
        *((at, _fixed(at, text, labels)) for at, text in fixed),
    ]
    dated.sort(key=lambda one: one[0].timestamp() if one[0] else 0.0)
    by_day: dict[date, list[StepView]] = {}
    for _, (day, view) in dated:
        by_day.setdefault(day, []).append(view)
    return tuple(DayView(_day(day, labels), tuple(steps)) for day, steps in sorted(by_day.items()))


def moment(time: datetime, labels: Labels) -> tuple[date, str]:
    """The day that a reader counts a time to, and how the time is written.

    Midnight belongs to the evening before it and names both days, since "12:00 AM Tuesday" is
    read as either end of the Tuesday.
    """
    if (time.hour, time.minute) == (0, 0):
        morning = time.date()
        evening = morning - timedelta(days=1)
        return evening, labels(
            "12 midnight, the night of {evening} to {morning}",
            evening=labels.day_of_month(evening),
            morning=labels.day_of_month(morning),
        )
    clock = labels.clock(time)
    if is_shown_twice(time):
        when = labels("after") if time.fold else labels("before")
        clock = labels("{time}, {when} the clocks go back", time=clock, when=when)
    return time.date(), clock


def change_of_clocks(timeline: Timeline, labels: Labels) -> str | None:
    """What a reader has to know when the clocks change between the first step and the last."""
    if timeline.clock_change is None:
        return None
    day, moved = timeline.clock_change
    on = labels.weekday(day)
    if moved > timedelta(0):
        return labels("The clocks go forward on {day}. These times count that in.", day=on)
    return labels("The clocks go back on {day}. These times count that in.", day=on)


def _day(day: date, labels: Labels) -> str:
    return labels("From now on") if day == date.min else labels.weekday(day)


def _step(step: Step, facts: Mapping[str, Fact], labels: Labels) -> tuple[date, StepView]:
    day, clock = step.day or date.min, ""
    if step.at:
        day, clock = moment(step.at, labels)
    text = step.rule.text[labels.language]
    missed = labels("This time had passed when this was printed. Did you miss it? Call us.")
    notes = tuple(_notes(step, facts, labels))
    return day, StepView(clock, text, notes, missed if step.past else "")


def _dose(dose: Dose, labels: Labels) -> tuple[date, StepView]:
    """The latest that a medicine may be taken: nobody is told to take it that day."""
    if dose.at:
        day, clock = moment(dose.at, labels)
        text = labels("{medicine}: take none after this time.", medicine=dose.medicine)
        return day, StepView(clock, text, passed=too_late(dose, labels))
    text = labels("{medicine}: take none after this day.", medicine=dose.medicine)
    return dose.day, StepView("", text, passed=too_late(dose, labels))


def _with_a_sip(plan: Plan, labels: Labels) -> Iterator[tuple[None, tuple[date, StepView]]]:
    """Where to read of medicines that are taken in spite of "nothing more", on that day. When each
    is taken is said in words, maybe for another time, so this tells nobody to take them."""
    if any(medicine.action == "sip" for medicine in plan.medicines):
        text = labels("Medicines with a sip of water: see the list of your medicines.")
        yield None, (plan.surgery_at.date(), StepView("", text))


def too_late(dose: Dose | None, labels: Labels) -> str:
    """What to do when the last dose should have been by now: nobody is asked whether they missed
    it, who would take it then."""
    if dose is None or not dose.past:
        return ""
    return labels("This had passed when this was printed. Take none now. Call us now.")


def _fixed(at: datetime, text: str, labels: Labels) -> tuple[date, StepView]:
    day, clock = moment(at, labels)
    return day, StepView(clock, text)


def _notes(step: Step, facts: Mapping[str, Fact], labels: Labels) -> Iterator[str]:
    """That the plan changed this step, from what to what, why, and by whom."""
    override, name = step.override, step.rule.fact
    if override is None or override.number is None or name is None:
        return
    yield labels(
        "Changed for you: {new} before, not {old}. {reason} ({by})",
        new=labels.length(*override.number),
        old=labels.fact(facts[name]),
        reason=labels.dated(override.reason),
        by=override.decided_by,
    )
