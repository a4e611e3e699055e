"""Between the form's flat fields and the shape of a plan, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.errors import Problem
from generator.intake import Place
from generator.web.plan.fields import LISTS, NAMES, PATIENT, SAID_EMPTY

FORM = "form"
DIGITS = 4
"""Of a row's number; a form has no ten thousand rows."""
NONE = "none."
"""Before the name of a list, in a form: it is known to be empty."""


def plan_data(fields: Sequence[tuple[str, str]], procedure: str) -> dict[str, Any]:
    """A form's fields in the shape of a plan, every value text; what is empty is left out.

    A list without rows stays out as well, unless the form says that it is empty.
    """
    said = [(name, value.strip()) for name, value in fields if value.strip()]
    one = dict(said)
    data: dict[str, Any] = {"procedure": procedure, "patient": {}}
    for name in (*PATIENT, *NAMES, "contact.name", "contact.phone"):
        if name in one:
            group, _, own = name.partition(".")
            data.setdefault(group, {})[own] = one[name]
    for name in SINGLE:
        if name in one:
            data[name] = one[name]
    data["handouts"] = [value for name, value in said if name == "handouts"]
    numbers = row_numbers(said)
    for name in LISTS:
        rows = [row for number in numbers[name] if (row := _row(f"{name}.{number}", one))]
        if rows or f"{NONE}{name}" in one or name not in SAID_EMPTY:
            data[name] = rows
    data.setdefault("contact", {})
    return data


SINGLE = (
    *("side", "surgery_at", "arrival_at", "location", "surgeon", "escort"),
    *("prepared_by", "checked_by"),
)


def _row(at: str, one: Mapping[str, str]) -> Any:
    """A row that somebody filled in: its text, or its parts."""
    prefix = f"{at}."
    parts = {key[len(prefix) :]: value for key, value in one.items() if key.startswith(prefix)}
    return one.get(at, parts)


def form_fields(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A plan's data as the fields of a form."""
    return list(_flat("", data))


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(f"{prefix}.{name}" if prefix else str(name), part)
    elif prefix == "handouts":
        yield from (("handouts", str(one)) for one in value)
    elif isinstance(value, list | tuple):
        if not value and prefix in SAID_EMPTY:
            yield f"{NONE}{prefix}", "yes"
        for number, part in enumerate(value):
            yield from _flat(f"{prefix}.{number}", part)
    elif isinstance(value, bool):
        yield from [(prefix, "yes")] if value else ()
    elif value is not None and prefix != "procedure":
        yield prefix, str(value)


def contradicting(fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The lists that a form says are empty, and that have rows all the same."""
    numbers, said = row_numbers(fields), {name for name, value in fields if value.strip()}
    return tuple(name for name in SAID_EMPTY if numbers[name] and f"{NONE}{name}" in said)


def row_numbers(fields: Sequence[tuple[str, str]], *, empty: bool = False) -> dict[str, list[int]]:
    """For each list the numbers of its rows in the form, where rows may have been left empty;
    those as well, if ``empty`` ones are asked for."""
    numbers: dict[str, set[int]] = {name: set() for name in LISTS}
    for field, value in fields:
        name, _, rest = field.partition(".")
        number = rest.partition(".")[0]
        if (
            name in numbers
            and (empty or value.strip())
            and number.isdecimal()
            and len(number) <= DIGITS
        ):
            numbers[name].add(int(number))
    return {name: sorted(found) for name, found in numbers.items()}


def at_field(fields: Sequence[tuple[str, str]] = ()) -> Place:
    """Names the places of problems by the fields of the form."""
    numbers = row_numbers(fields)

    def place(location: tuple[str | int, ...], message: str) -> Problem:
        match location:
            case (str(name), int(row), *rest) if row < len(numbers.get(name, ())):
                location = (name, numbers[name][row], *rest)
        at = ".".join(map(str, location))
        if message.startswith("'") and " is missing" in message:
            own, _, said = message[1:].partition("'")
            at, message = (f"{at}.{own}" if at else own), said.strip()
        if at.startswith("handouts."):
            at = "handouts"
        return Problem(FORM, 0, 0, at, message)

    return place
