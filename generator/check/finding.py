"""One finding: where, how bad, by which rule, what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class Severity(IntEnum):
    """An error has to be mended; a warning looked at; a note is good to know."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``path:line:column: severity rule: message``; line and column count from 1."""

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity.word} {self.rule}: {self.message}"

    @property
    def annotation(self) -> str:
        """The same as a workflow command of GitHub's, which shows it beside the line."""
        level = "notice" if self.severity is Severity.NOTE else self.severity.word
        values = {"file": self.path, "line": self.line, "col": self.column, "title": self.rule}
        said = ",".join(f"{key}={_escaped(str(value), 'value')}" for key, value in values.items())
        return f"::{level} {said}::{_escaped(self.message, 'message')}"


def _escaped(text: str, place: Literal["value", "message"]) -> str:
    """What GitHub's commands would read as their own marks."""
    for mark in "%\r\n" if place == "message" else "%\r\n:,":
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text
