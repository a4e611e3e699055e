"""What every door hands on: one patient's data as it was read, and how to name its places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import Problem

Place = Callable[[tuple[str | int, ...], str], Problem]
"""Makes a problem of a place in the plan and what is wrong there; each format knows its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One patient's plan, not yet checked: ``data`` has the shape of a Plan, every value text.

    ``number`` counts from 1 in the order of the file. ``problems`` are those that the door found
    itself; an entry with any is refused. ``flags`` are for a person to look at. ``cells`` are what
    a table's row says, by column, as it was read.
    """

    number: int
    record_id: str
    data: dict[str, Any]
    place: Place
    problems: tuple[Problem, ...] = ()
    flags: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as its door read it: an entry for each patient, and what to tell about the file."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()
