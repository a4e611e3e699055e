"""What the desk says of a form as it stands: what is wrong, its timeline, what may be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.assembly import PacketMaker
from generator.errors import SignOffError
from generator.intake import checked_plan
from generator.markup import Labels, own_view, screen_labels
from generator.model import Plan
from generator.pipeline import refuse_unsigned
from generator.web.desk import Desk
from generator.web.plan.data import at_field, contradicting, plan_data
from generator.web.said import said_in

Fields = Sequence[tuple[str, str]]
_ANYBODY: Mapping[str, Any] = {
    "patient": {"record_id": "-", "given_name": "-", "family_name": "-"},
    "contact": {"name": "-", "phone": "000-0000"},
    **dict.fromkeys(("surgeon", "location", "escort", "prepared_by", "checked_by"), "-"),
    **dict.fromkeys(("medicines", "allergies", "notes"), ()),
}
"""What no date depends on, while it is not filled in. Nothing of it is ever shown."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the timeline in words, and its steps: the time, and what to do."""

    day: str
    steps: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A form as it stands. ``problems`` are by field; without any there is a ``plan``."""

    plan: Plan | None
    problems: tuple[tuple[str, str], ...]
    days: tuple[Day, ...] = ()


def look(desk: Desk, fields: Fields, procedure: str, labels: Labels) -> Look:
    """What is wrong with a form, and what becomes of its times."""
    library, now = desk.stock.fresh(), desk.stock.moment()
    data = plan_data(fields, procedure)
    plan, problems = checked_plan(data, at_field(fields), library, now)
    found = [(problem.where, said_in(labels, problem.message)) for problem in problems]
    _ = labels
    both = _("Either there are none, or there are these: mark one of the two.")
    found += [(name, both) for name in contradicting(fields)]
    plan, said = None if found else plan, tuple(dict.fromkeys(found))
    dated = plan or _sketch(desk, data)
    if dated is None:
        return Look(plan, said)
    return Look(plan, said, _days(desk, dated, labels))


def unsigned(plan: Plan, maker: PacketMaker) -> tuple[tuple[str, str], ...]:
    """The handouts of a plan that may not go to a patient, and why. For the layout's thread."""
    try:
        refuse_unsigned([plan], maker, allow_unreviewed=False)
    except SignOffError as error:
        return error.unsigned
    return ()


def _sketch(desk: Desk, data: Mapping[str, Any]) -> Plan | None:
    """A plan of which only the dates count, as soon as there are any."""
    library, now = desk.stock.known(), desk.stock.moment()
    language = data["patient"].get("language", library.clinic.languages[0])
    patient = {**_ANYBODY["patient"], "birth_date": now.date().isoformat(), "language": language}
    kept = ("procedure", "side", "surgery_at", "arrival_at", "handouts", "overrides")
    sketch = {**_ANYBODY, **{name: data[name] for name in kept if name in data}, "patient": patient}
    rules = sketch.get("overrides", ())
    sketch["overrides"] = [{**rule, "reason": "-"} for rule in rules if isinstance(rule, dict)]
    plan = checked_plan(sketch, at_field(), library, now)[0]
    if plan is None and "side" not in sketch:  # no date depends on it
        plan = checked_plan({**sketch, "side": "left"}, at_field(), library, now)[0]
    return plan


def _days(desk: Desk, plan: Plan, labels: Labels) -> tuple[Day, ...]:
    """The timeline in the desk's language, or in the patient's if the clinic has none there."""
    library = desk.stock.known()
    own = screen_labels(library, labels.language, plan.patient.language)
    return tuple(
        Day(one.day, tuple((step.time, step.text, bool(step.passed)) for step in one.steps))
        for one in own_view(library, plan, desk.stock.moment(), own).days
    )
