"""What an editor is told in place of each of pydantic's errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.errors import nearest
from generator.model.nothing import says_none

A_DATE = "a date as year-month-day (2026-12-08)"
A_LOCAL_TIME = "a date and a 24-hour time in the clinic's time zone (2026-12-08T07:30)"
A_COUNTRY = "a country's two-letter code such as US"


@dataclass(frozen=True, slots=True)
class _Case:
    """One of pydantic's errors, with what its wording needs."""

    model: type[BaseModel]
    name: str
    context: dict[str, Any]
    at: Any

    @property
    def shown(self) -> str:
        return quoted(self.at)


def worded(model: type[BaseModel], error: ErrorDetails, at: Any) -> str:
    """What is wrong with the value ``at`` of a ``model``, and what to do."""
    name = str(error["loc"][-1]) if error["loc"] else ""
    wording = _WORDINGS.get(error["type"])
    return wording(_Case(model, name, error.get("ctx", {}), at)) if wording else error["msg"]


def _unknown_key(case: _Case) -> str:
    known = _keys(case.model)
    if case.name in known:
        return f"'{case.name}' does not belong here; move or remove it"
    near = nearest(case.name, known)
    hint = f" (did you mean '{near}'?)" if near else ""
    return f"'{case.name}' is not a known key{hint}; mend or remove it"


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


def _wants_text(case: _Case) -> str:
    said = _wants("a text")(case)
    if isinstance(case.at, Mapping):
        return f"{said}; put a text that holds ': ' or starts with '{{' in quotes"
    if isinstance(case.at, list):
        return f"{said}; put a text that starts with '[' or '- ' in quotes"
    return said


def _wants_list(case: _Case) -> str:
    said = _wants("a list (lines starting with '- ')")(case)
    none = isinstance(case.at, str) and says_none(case.at)
    return f"{said}; write [] if there are none" if none else said


_NUMBER, _YES_NO = _wants("a whole number"), _wants("yes or no")
_MAPPING = _wants("'key: value' lines")

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
    "string_type": _wants_text,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_type": _NUMBER,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "list_type": _wants_list,
    "tuple_type": _wants_list,
    "date_type": _wants(A_DATE),
    "datetime_type": _wants(A_LOCAL_TIME),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}


def quoted(value: Any) -> str:
    """A value as a message names it: short, and never empty."""
    if isinstance(value, Mapping):
        return "'key: value' lines"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return "nothing" if not text else f"'{text[:40]}{'…' if len(text) > 40 else ''}'"


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key that can appear anywhere below a model, for 'did you mean'."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}
