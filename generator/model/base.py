"""The frozen base of every domain object; with ``wordings``, all that speaks to pydantic.

``read`` turns plain data (text, lists and mappings) into an object, or into *all* the
violations at once, worded for an editor rather than for a programmer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.model.wordings import quoted, worded

Location = tuple[str | int, ...]


class Model(BaseModel):
    """Frozen, and closed: a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    UNQUOTED: ClassVar[tuple[tuple[str | None, ...], ...]] = ()
    """Places that no message quotes, because they name a patient; None is any index."""


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


def each_once(place: str, names: Sequence[str], message: str) -> None:
    """Refuse the second of two equal names in the list at ``place``; a model's own check."""
    for index, name in enumerate(names):
        if name in names[:index]:
            raise violated((place, index), message.format(name))


def violated(location: Location, message: str) -> PydanticCustomError:
    """What a model's own check raises to say at which of its parts something is wrong."""
    return PydanticCustomError("violated", "{message}", {"message": message, "location": location})


def _violation(model: type[Model], error: ErrorDetails, data: Any) -> Violation:
    inside = error.get("ctx", {}).get("location", ())
    location, at = _follow((*error["loc"], *inside), data)
    message = worded(model, error, at)
    if isinstance(at, str) and at and _is_unquoted(model, location):
        message = message.replace(f", not {quoted(at)}", ", and this is not")
    return Violation(location, message)


def _is_unquoted(model: type[Model], location: Location) -> bool:
    """Whether a place is, holds, or lies in one that is not quoted."""
    return any(
        all(part in (None, step) for part, step in zip(place, location, strict=False))
        for place in model.UNQUOTED
    )


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
