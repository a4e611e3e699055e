"""The frozen base of every domain object, and the one place that speaks to pydantic.

``read`` turns plain data (text, lists and mappings) into an object, or into *all* the
violations at once, worded for an editor rather than for a programmer.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

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


def _violation(model: type[Model], error: ErrorDetails, data: Any) -> Violation:
    location, at = _follow(error["loc"], data)
    return Violation(location, _message(model, error, at))


def _follow(loc: Location, data: Any) -> tuple[Location, Any]:
    """The part of pydantic's location that exists in the data (union tags do not)."""
    path: list[str | int] = []
    for step in loc:
        if isinstance(data, Mapping) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path), data


def _message(model: type[Model], error: ErrorDetails, at: Any) -> str:
    name, context = str(error["loc"][-1]) if error["loc"] else "", error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"'{name}' is missing; add it"
        case "extra_forbidden":
            return f"'{name}' is not a known key{_nearest(name, _keys(model))}; mend or remove it"
        case "string_too_short" | "too_short":
            return f"'{name}' is empty; fill it in or remove the line"
        case "string_too_long":
            return f"is too long: at most {context['max_length']} characters"
        case "too_long":
            return f"has too many entries: at most {context['max_length']}"
        case "literal_error" | "enum":
            return f"must be one of {context['expected']}, not {_shown(at)}"
        case "union_tag_invalid":
            return f"kind '{context['tag']}' is not known; kinds are {context['expected_tags']}"
        case "union_tag_not_found":
            return "'kind' is missing; say what kind of block this is"
        case "string_type" | "int_parsing" | "bool_parsing" | "int_type" | "bool_type":
            return f"must be {_WANTED[error['type']]}, not {_shown(at)}"
        case "list_type" | "tuple_type":
            return f"must be a list (lines starting with '- '), not {_shown(at)}"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"must be a mapping ('key: value' lines), not {_shown(at)}"
        case "value_error":
            return str(context["error"])
        case "greater_than_equal" | "greater_than":
            return f"must be at least {context.get('ge', context.get('gt'))}, not {_shown(at)}"
        case "less_than_equal" | "less_than":
            return f"must be at most {context.get('le', context.get('lt'))}, not {_shown(at)}"
        case _:
            return error["msg"]


_WANTED = {
    "string_type": "a text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "yes or no",
    "bool_type": "yes or no",
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
