"""The plan's form, made from the model: which fields there are, of what kind, in what order.

The model's own JSON Schema says what is needed, what it is, and how long it may be. What is added
here are the words and the order in which a nurse asks for them; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.library import Library
from generator.markup import Labels, language_name
from generator.model import Plan
from generator.web.plan.words import choices, one_more, words
from generator.web.words import title_of

LISTS = ("medicines", "allergies", "notes", "overrides")
"""Parts of a plan that have rows; an empty list of the first two has to be said."""
SAID_EMPTY = ("medicines", "allergies")
PATIENT = (
    *("patient.record_id", "patient.given_name", "patient.family_name", "patient.birth_date"),
    *("patient.language", "patient.large_print"),
)
NAMES = ("patient.suffix", "patient.name")
"""What few patients need; out of the way until somebody asks for it."""
OPERATION = ("side", "surgery_at", "arrival_at", "location", "surgeon", "handouts")
MEDICINES = ("medicines", "allergies")
PEOPLE = ("contact.name", "contact.phone", "escort", "notes", "overrides")
HANDS = ("prepared_by", "checked_by")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``name`` is its path in the plan, with dots; ``kind`` is the input's."""

    name: str
    label: str
    kind: str
    required: bool
    most: int = 200
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of the plan: the fields of one row, by their names in it."""

    name: str
    label: str
    one: str
    none: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What is asked for in one go."""

    id: str
    title: str
    fields: tuple[Field | Rows, ...]
    rare: tuple[Field | Rows, ...] = ()


def sections(library: Library, procedure: str, labels: Labels) -> tuple[Section, ...]:
    """The form of a procedure's plan: only what this procedure needs."""
    _ = labels
    made = _Maker(library, procedure, labels)
    return (
        Section(
            "patient",
            _("The patient"),
            tuple(made.fields(*PATIENT)),
            tuple(made.fields(*NAMES)),
        ),
        Section("operation", _("The operation"), tuple(made.fields(*OPERATION))),
        Section("medicines", _("Medicines and allergies"), tuple(made.fields(*MEDICINES))),
        Section("people", _("People to call, and help"), tuple(made.fields(*PEOPLE))),
        Section("hands", _("Who made this plan"), tuple(made.fields(*HANDS))),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    library: Library
    procedure: str
    labels: Labels

    def fields(self, *names: str) -> Iterator[Field | Rows]:
        for name in names:
            if name == "side" and not self._has_side():
                continue
            if name in LISTS:
                yield self._rows(name)
            else:
                yield self._field(name)

    def _has_side(self) -> bool:
        known = (p for (name, _), p in self.library.procedures.items() if name == self.procedure)
        return next(known).side == "required"

    def _field(self, name: str, *, row: bool = False) -> Field:
        schema, required = leaf(name)
        label, hint = words(self.labels)[name]
        if name == "escort":
            required = self.library.clinic.plan.escort == "required"
        options = self._options(name, schema)
        kind = _kind(schema, options)
        own = name.partition(".")[2] if row else name
        needed = required or name in {"side", "patient.given_name", "patient.family_name"}
        return Field(own, label, kind, needed, schema.get("maxLength", 200), hint, options)

    def _rows(self, name: str) -> Rows:
        label, none = words(self.labels)[name]
        one = one_more(self.labels)[name]
        schema = leaf(name)[0]["items"]
        if "properties" in schema:
            names = [f"{name}.{part}" for part in schema["properties"]]
            return Rows(name, label, one, none, tuple(self._field(n, row=True) for n in names))
        most = schema.get("maxLength", 200)
        return Rows(name, label, one, none, (Field("", label, "text", required=True, most=most),))

    def _options(self, name: str, schema: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        if name == "patient.language":
            tags = self.library.clinic.languages
            return tuple((tag, language_name(self.labels, tag)) for tag in tags)
        if name == "handouts":
            language = self.labels.language
            titled = (title_of(self.library, one, language) for one in self.library.ids())
            return tuple(zip(self.library.ids(), titled, strict=True))
        if name == "overrides.fact":
            names = sorted(self.library.clinic.plan.facts)
            return tuple((fact, self._called(fact)) for fact in names)
        return tuple((value, choices(self.labels)[value]) for value in schema.get("enum", ()))

    def _called(self, fact: str) -> str:
        called = self.library.clinic.all_facts[fact].label or {}
        return called.get(self.labels.language, fact)


def _kind(schema: Mapping[str, Any], options: tuple[tuple[str, str], ...]) -> str:
    if schema.get("format") == "date":
        return "date"
    if "T" in schema.get("pattern", ""):
        return "datetime-local"
    if schema.get("type") == "boolean":
        return "checkbox"
    if schema.get("type") == "array":
        return "checkboxes"
    return "choice" if options else "text"


def leaf(name: str) -> tuple[dict[str, Any], bool]:
    """The schema of a field of the plan by its path, and whether a plan must have it."""
    at, required = _schema(), False
    for step in name.split("."):
        at = at.get("items", at)
        at = _followed(at)
        required = step in at.get("required", ())
        at = _followed(at["properties"][step])
    if "items" in at:
        at = {**at, "items": _followed(at["items"])}
    return at, required


@cache
def _schema() -> dict[str, Any]:
    return Plan.model_json_schema()


def _followed(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its reference looked up, and 'or nothing' left out."""
    if "$ref" in schema:
        return _followed(_schema()["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return _followed(next(one for one in schema["anyOf"] if one.get("type") != "null"))
    return schema
