"""Exceptions that a file explains: the finding becomes a note that quotes the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.check.finding import Finding, Severity
from generator.check.looked import File, Looked
from generator.check.rules import RULES
from generator.library import shown
from generator.model import Location, RuleException

UNUSED = "exception-unused"


@dataclass(frozen=True, slots=True)
class _Exception:
    """One exception with its place, and the lines of the file that it covers."""

    file: File
    index: int
    said: RuleException
    lines: range

    def covers(self, finding: Finding) -> bool:
        same = finding.rule == self.said.rule and finding.path == shown(self.file.path)
        return same and finding.line in self.lines


def explained(looked: Looked, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those that are explained as notes; and a finding for each idle exception."""
    exceptions = tuple(_exceptions(looked))
    idle = set(range(len(exceptions)))
    for finding in findings:
        number = next((n for n, one in enumerate(exceptions) if one.covers(finding)), None)
        if number is None:
            yield finding
            continue
        idle.discard(number)
        message = f"{finding.message}. Explained: {exceptions[number].said.why}"
        yield replace(finding, severity=Severity.NOTE, message=message)
    for number in sorted(idle):
        if looked.is_own(exceptions[number].file):
            yield _idle(exceptions[number])


def _idle(one: _Exception) -> Finding:
    rule = one.said.rule
    known = any(rule == entry.id for entry in RULES)
    what = f"nothing here breaks '{rule}'" if known else f"there is no rule '{rule}'"
    message = f"{what}; remove this exception"
    return one.file.finding(("exceptions", one.index), Severity.WARNING, UNUSED, message)


def _exceptions(looked: Looked) -> Iterator[_Exception]:
    for page in looked.pages:
        ids = [block.id for block in page.words.blocks]
        for index, said in enumerate(page.words.exceptions):
            at: Location = ("blocks", ids.index(said.block)) if said.block else ()
            yield _Exception(page.file, index, said, _lines(page.file, at))
    for handout in looked.handouts:
        file = looked.definition(handout)
        for index, said in enumerate(handout.definition.exceptions):
            yield _Exception(file, index, said, _lines(file, ()))


def _lines(file: File, at: Location) -> range:
    """The lines from a place to the next that is not inside it."""
    marks = file.text.marks
    start = marks[at][0] if at else 1
    after = [line for place, (line, _) in marks.items() if place[: len(at)] != at and line > start]
    return range(start, min(after, default=1_000_000) if at else 1_000_000)
