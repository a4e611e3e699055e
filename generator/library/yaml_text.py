"""YAML as text with line numbers: no guessing, no repeats, no tricks.

``yaml.safe_load`` reads ``12:30`` as 750 and ``no`` as False and keeps the last of two
equal keys. Here every scalar stays text for the model to type, and whatever could
surprise an editor (a key twice, an anchor, a tag, a tab, a text that a ``#`` cuts short)
is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.errors import Problem
from generator.library.places import shown, where
from generator.library.yaml_words import Mark, explained
from generator.model import Location

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
_COMMENT = re.compile(r"[ \t]+#")


_HAS_A_MEANING = (
    "at the start of a text means something to YAML that is not used here; put the text in quotes"
)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A file's data (mappings, lists and text), and where each piece of it stands."""

    shown: str
    data: dict[str, Any]
    marks: dict[Location, tuple[int, int]]

    def problem(self, location: Location, message: str) -> Problem:
        """A problem at a place of this file, or at the nearest place above it."""
        at = location
        while at and at not in self.marks:
            at = at[:-1]
        line, column = self.marks.get(at, (1, 1))
        return Problem(self.shown, line, column, where(self.data, location), message)


def read_yaml(path: Path) -> tuple[YamlText | None, list[Problem]]:
    """Read one file whose root is a mapping; all its problems, or its data."""
    name = shown(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, [Problem(name, 0, 0, "", f"cannot be read: {reason}")]
    return parse_yaml(name, raw)


def parse_yaml(name: str, raw: bytes) -> tuple[YamlText | None, list[Problem]]:
    """As :func:`read_yaml`, of a file's content; ``name`` is what problems call it."""
    if len(raw) > MAX_BYTES:
        return None, [Problem(name, 0, 0, "", f"is over {MAX_BYTES:,} bytes; split it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        return None, [Problem(name, line, column, "", message)]
    return _Reader(name, text).read()


class _Refused(Exception):
    """Reading cannot go on after this problem."""

    def __init__(self, mark: Mark | None, message: str) -> None:
        self.mark, self.message = mark, message
        super().__init__(message)


@dataclass
class _Reader:
    shown: str
    text: str
    marks: dict[Location, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> tuple[YamlText | None, list[Problem]]:
        data: Any = None
        try:
            data = self._document(yaml.parse(self.text, Loader=yaml.CSafeLoader))
        except _Refused as refused:
            self._add(refused.mark, refused.message)
        except yaml.MarkedYAMLError as error:
            self._add(*explained(error, self.text))
        except yaml.reader.ReaderError as error:
            self._control_character(error)
        if self.problems or not isinstance(data, dict):
            return None, self.problems
        return YamlText(self.shown, data, self.marks), []

    def _document(self, events: Iterator[yaml.Event]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(event.start_mark, "a second document starts here; keep one")
            elif isinstance(event, yaml.NodeEvent):
                data = self._node(event, events, ())
                if not isinstance(data, dict):
                    what = "a list" if isinstance(data, list) else "plain text"
                    raise _Refused(event.start_mark, f"is {what}; 'key: value' lines are wanted")
        if not documents:
            raise _Refused(None, "is empty; write the file or remove it")
        return data

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], at: Location) -> Any:
        self._refuse_tricks(event)
        if len(at) > MAX_DEPTH:
            message = f"is nested more than {MAX_DEPTH} levels deep; look for a bracket too many"
            raise _Refused(event.start_mark, message)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, at)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, at)
        return self._scalar(event, at) if isinstance(event, yaml.ScalarEvent) else None

    def _refuse_tricks(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(event.start_mark, f"'&' or '*' {_HAS_A_MEANING}")
        if getattr(event, "tag", None):
            raise _Refused(event.start_mark, f"'!' {_HAS_A_MEANING}")

    def _scalar(self, event: yaml.ScalarEvent, at: Location) -> str:
        """The text; YAML would take what follows `` #`` after it for a comment, and drop it."""
        end = event.end_mark
        if end and not event.style and _COMMENT.match(self.text, end.index):
            message = (
                "the line is cut off at ' #'; put the whole text in quotes, "
                "or a comment on a line of its own"
            )
            self._add(end, message, at)
        return event.value

    def _mapping(self, events: Iterator[yaml.Event], at: Location) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(event.start_mark, "a key must be a plain word; put a text in quotes")
            key = str(self._node(event, events, at))
            value = self._node(next(events), events, (*at, key))
            if key in mapping:
                self._add(event.start_mark, f"'{key}' is written twice; keep one", (*at, key))
                continue
            mapping[key] = value
            self.marks[(*at, key)] = _position(event.start_mark)
        return mapping

    def _sequence(self, events: Iterator[yaml.Event], at: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            place = (*at, len(items))
            self.marks[place] = _position(event.start_mark)
            items.append(self._node(event, events, place))
        return items

    def _add(self, mark: Mark | None, message: str, at: Location = ()) -> None:
        line, column = _position(mark)
        self.problems.append(Problem(self.shown, line, column, where({}, at), message))

    def _control_character(self, error: yaml.reader.ReaderError) -> None:
        """The parser counts bytes of UTF-8; people and editors count characters."""
        before = self.text.encode()[: error.position].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the control character U+{ord(self.text[len(before)]):04X}; remove it"
        self.problems.append(Problem(self.shown, line, column, "", message))


def _position(mark: Mark | None) -> tuple[int, int]:
    """Counted from 1; (0, 0) when the parser does not know."""
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
