"""A comparison as data: what is compared, what changed, on which pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.model import Handout, SignOff
from generator.review.before import Before
from generator.review.changes import Change
from generator.signoff import digest


@dataclass(frozen=True, slots=True)
class State:
    """One side of a comparison: which words, and how they are called for people."""

    version: str
    digest: str
    called: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed in a handout. ``entry`` is the approval that it is compared with, if it is.

    ``pages`` are, for each change, its pages before and now, counted from 1; there are none, and
    no ``files``, when nothing changed.
    """

    handout: Handout
    before: State
    after: State
    changes: tuple[Change, ...]
    entry: SignOff | None = None
    pages: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many were changed, added, removed, moved."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ("changed", "added", "removed", "moved")}

    @property
    def summary(self) -> str:
        """``3 changes: 1 changed, 1 added, 1 removed``."""
        total = len(self.changes)
        if not total:
            return "Nothing changed."
        parts = ", ".join(f"{count} {kind}" for kind, count in self.counts.items() if count)
        return f"{total} change{'s' if total > 1 else ''}: {parts}."


def state_before(was: Before) -> State:
    """The words before, called by their sign-off or their revision."""
    handout, entry = was.handout, was.entry
    who = f"signed by {entry.by} on {entry.on}" if entry else f"as of {was.since}"
    called = f"Before: version {handout.version}, {who}"
    return State(handout.version, digest(handout), called)


def state_now(handout: Handout) -> State:
    """The words in the library."""
    called = f"After: version {handout.version}, as it is now"
    return State(handout.version, digest(handout), called)


def ranges(numbers: Iterable[int]) -> str:
    """``1, 2, 5 to 19``, of numbers in their order."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    parts = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run) for run in found)
    return ", ".join(part for some in parts for part in some)
