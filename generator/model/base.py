"""The frozen base of every domain object, and the one place that speaks to pydantic.

``read`` turns plain data (text, lists and mappings) into an object, or into *all* the
violations at once, worded for an editor rather than for a programmer.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

Location = tuple[str | int, ...]


class Model(BaseModel):
    """Frozen, and closed: a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong at one place of the data; ``location`` is the path of keys and indices."""

    location: Location
    message: str


class Invalid(Exception):
    """The data do not fit the model; holds every violation found."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        super().__init__("; ".join(violation.message for violation in violations))


def read(model: type[M], data: Mapping[str, Any]) -> M:
    """Type ``data`` as ``model``; raises :class:`Invalid` with all violations."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [_violation(model, e, data) for e in error.errors() if not _is_echo(e, error)]
        raise Invalid(tuple(found)) from None


def _is_echo(one: ErrorDetails, error: ValidationError) -> bool:
    """Pydantic calls a list whose entries all failed too short as well."""
    return one["type"] == "too_short" and any(
        len(other["loc"]) > len(one["loc"]) and other["loc"][: len(one["loc"])] == one["loc"]
        for other in error.errors()
    )


def violated(location: Location, message: str) -> PydanticCustomError:
    """What a model's own check raises to say at which of its parts something is wrong."""
    return PydanticCustomError("violated", "{message}", {"message": message, "location": location})


def _violation(model: type[Model], error: ErrorDetails, data: Any) -> Violation:
    inside = error.get("ctx", {}).get("location", ())
    location, at = _follow((*error["loc"], *inside), data)
    return Violation(location, _message(model, error, at))


def _follow(loc: Location, data: Any) -> tuple[Location, Any]:
    """The part of pydantic's location that exists in the data (union tags do not)."""
    path: list[str | int] = []
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            continue
        path.append(step)
    return tuple(path), data


@dataclass(frozen=True, slots=True)
class _Case:
    """One of pydantic's errors, with what its wording needs."""

    model: type[Model]
    name: str
    context: dict[str, Any]
    at: Any

    @property
    def shown(self) -> str:
        return _shown(self.at)


def _message(model: type[Model], error: ErrorDetails, at: Any) -> str:
    name = str(error["loc"][-1]) if error["loc"] else ""
    wording = _WORDINGS.get(error["type"])
    return wording(_Case(model, name, error.get("ctx", {}), at)) if wording else error["msg"]


def _unknown_key(case: _Case) -> str:
    known = _keys(case.model)
    if case.name in known:
        return f"'{case.name}' does not belong here; move or remove it"
    nearest = _nearest(case.name, known)
    return f"'{case.name}' is not a known key{nearest}; mend or remove it"


def _unknown_kind(case: _Case) -> str:
    return f"kind '{case.context['tag']}' is not known; kinds are {case.context['expected_tags']}"


def _wants(wanted: str) -> Callable[[_Case], str]:
    return lambda case: f"must be {wanted}, not {case.shown}"


def _empty(case: _Case) -> str:
    named = "" if case.name.isdigit() else f"'{case.name}' "
    return f"{named}is empty; fill it in or remove the line"


def _too_long(case: _Case) -> str:
    most = case.context["max_length"]
    if isinstance(case.at, str):
        return f"is too long: at most {most} characters; shorten it or split it"
    return f"has too many entries: at most {most}; split it"


_TEXT, _NUMBER, _YES_NO = _wants("a text"), _wants("a whole number"), _wants("yes or no")
_LIST = _wants("a list (lines starting with '- ')")
_MAPPING = _wants("a mapping ('key: value' lines)")

_WORDINGS: dict[str, Callable[[_Case], str]] = {
    "missing": lambda case: f"'{case.name}' is missing; add it",
    "extra_forbidden": _unknown_key,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": lambda _: "'kind' is missing; say what kind of block this is",
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "literal_error": lambda case: f"must be {case.context['expected']}, not {case.shown}",
    "greater_than_equal": lambda case: f"must be at least {case.context['ge']}, not {case.shown}",
    "less_than_equal": lambda case: f"must be at most {case.context['le']}, not {case.shown}",
    "value_error": lambda case: str(case.context["error"]),
    "string_type": _TEXT,
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return "nothing" if not text else f"'{text[:40]}{'…' if len(text) > 40 else ''}'"


def _keys(model: type[Model]) -> set[str]:
    """Every key that can appear anywhere below a model, for 'did you mean'."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


def _nearest(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""
