"""What the rows of a roster say of each other: patients entered twice, or easily confused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from generator.model import Plan

SAME_DAY = "is the same patient on the same day as row {row}; remove one of them"
TWO_PERSONS = (
    "is that of row {row} as well, which has another name or birth date; find out whose it is"
)


def contradicting(plans: Mapping[int, Plan]) -> Iterator[tuple[list[int], str]]:
    """Rows of which not all can be right, by number, and what to say of each (``{row}`` is
    another of them)."""
    for numbers in _groups(plans, lambda p: (p.patient.record_id, p.surgery_at.date())):
        yield numbers, SAME_DAY
    for numbers in _groups(plans, lambda p: p.patient.record_id):
        first = _person(plans[numbers[0]])
        others = [number for number in numbers if _person(plans[number]) != first]
        for number in others:
            yield [numbers[0], number], TWO_PERSONS


def look_alikes(plans: Mapping[int, Plan]) -> Iterator[tuple[int, list[int]]]:
    """Rows with the family name and birth date of other patients' rows: twins, or a mix-up."""

    def record(number: int) -> str:
        return plans[number].patient.record_id

    for numbers in _groups(plans, lambda p: (_family(p), p.patient.birth_date)):
        for number in numbers:
            if others := [other for other in numbers if record(other) != record(number)]:
                yield number, others


def _groups(plans: Mapping[int, Plan], key: Callable[[Plan], object]) -> Iterator[list[int]]:
    """The numbers of rows that share a key, where there are two or more."""
    together: dict[object, list[int]] = {}
    for number, plan in plans.items():
        together.setdefault(key(plan), []).append(number)
    return (numbers for numbers in together.values() if len(numbers) > 1)


def _person(plan: Plan) -> tuple[str, date]:
    return " ".join(plan.patient.full_name.casefold().split()), plan.patient.birth_date


def _family(plan: Plan) -> str:
    name = plan.patient.family_name or plan.patient.full_name.split()[-1]
    return name.casefold()
