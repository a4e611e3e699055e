"""What a plan says in words: days that are read in two ways, and numbers to call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import Problem
from generator.intake.entry import Place
from generator.library import Library
from generator.model import Location, Plan
from generator.model.telephone import dialled

UNQUOTED = frozenset({"notes", "escort"})
"""Where a date may be anybody's birth date, and no message repeats it."""
OWN = "escort"
"""Who has a telephone number of their own, which the patient knows."""
FEWEST = 6
"""Digits of a telephone number that is not an emergency's; 1-0-1-0 is how often a day."""
_NUMERIC_DATE = re.compile(r"\b\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})\b")
_PHONE = re.compile(r"(?<![\w-])\(?\+?\d[\d ().-]{5,}\d(?![\w-])")
_NO_PHONE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?"  # a day, or a time
    r"|(?<![\d.])\d{1,2}\.\d{2}(?![\d.])"  # a time of day
    r"|\b[A-Z]{2} \d{5}-\d{4}\b"  # a state and its postal code
)


def dates_in_figures(plan: Plan, place: Place) -> Iterator[Problem]:
    """Dates such as 12/8/26, which one reader takes for December and another for August."""
    for location, text in _texts(plan):
        if found := _NUMERIC_DATE.search(text):
            named = "a date in figures" if location[0] in UNQUOTED else f"the date '{found[0]}'"
            message = f"{named} can be read in two ways; write it as 2026-12-08"
            yield place(location, message)


def other_phones(library: Library, plan: Plan, place: Place) -> Iterator[Problem]:
    """A number to call that is neither the clinic's nor the plan's contact's."""
    clinic = library.clinic.phones
    if _digits(plan.contact.phone) == _digits(clinic.emergency.number):
        message = "is the emergency number; give the number at which the contact answers"
        yield place(("contact", "phone"), message)
    numbers = [plan.contact.phone, *(phone.number for _, phone in clinic)]
    known = {_digits(said) for number in numbers for said in (number, dialled(number))}
    for location, text in _texts(plan):
        for found in () if location[0] == OWN else _PHONE.finditer(_NO_PHONE.sub("", text)):
            if len(digits := _digits(found[0])) >= FEWEST and digits not in known:
                message = (
                    f"says to call {found[0]}, which is neither the contact's number nor one in "
                    "clinic.yaml (phones); give one of those, or make it the contact's"
                )
                yield place(location, message)


def _texts(plan: Plan) -> Iterator[tuple[Location, str]]:
    yield from ((("notes", index), note) for index, note in enumerate(plan.notes))
    yield from ((("medicines", i, "when"), one.when) for i, one in enumerate(plan.medicines))
    yield from ((("overrides", i, "reason"), one.reason) for i, one in enumerate(plan.overrides))
    yield ("location",), plan.location
    yield ("escort",), plan.escort or ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
