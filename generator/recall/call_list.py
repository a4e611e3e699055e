"""Whom to call: packets that are out, with the operation still ahead, whose words are not what
they were, or will not hold until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from generator.library import Library
from generator.model import Handout
from generator.recall.given import Given, GivenWords
from generator.recall.register import DamagedPrinting, Entry, Register
from generator.signoff import Standing, State, standing_over


@dataclass(frozen=True, slots=True)
class Call:
    """One handout of one packet that somebody has to be told about."""

    given: Given
    words: GivenWords
    printed_on: date
    what: str


@dataclass(frozen=True, slots=True)
class CallList:
    """The calls, those with the next operation first; ``damaged`` files of the register may hide
    more, and so may ``foreign`` packets of clinics of another name, with the operation ahead."""

    calls: tuple[Call, ...]
    damaged: tuple[DamagedPrinting, ...] = ()
    foreign: int = 0

    @property
    def records(self) -> tuple[str, ...]:
        """The record ids, each once."""
        return tuple(dict.fromkeys(call.given.record_id for call in self.calls))


_Operation = tuple[str, str, str]
"""A record, a procedure and a side."""


@dataclass(slots=True)
class _Out:
    """The pages that are out, by operation and handout: those of a newer packet take the older
    ones' place, and handouts that it does not have stay out. An operation is on the newest day."""

    latest: dict[tuple[_Operation, str], tuple[Given, GivenWords, date]] = field(
        default_factory=dict
    )
    days: dict[_Operation, date] = field(default_factory=dict)
    damaged: list[DamagedPrinting] = field(default_factory=list)
    foreign: int = 0

    def add(self, given: Given, printed_on: date) -> None:
        """Take in a packet that is newer than all before it."""
        operation = (given.record_id, given.procedure, given.side)
        self.days[operation] = given.surgery_on
        for words in given.handouts:
            self.latest[operation, words.id] = given, words, printed_on

    def pages(self) -> Iterator[tuple[Given, GivenWords, date]]:
        """Each handout that is out, the day of its operation as the newest packet has it."""
        for (operation, _), (given, words, printed_on) in self.latest.items():
            yield replace(given, surgery_on=self.days[operation]), words, printed_on


def call_list(library: Library, register: Register, on: date, only: Iterable[str] = ()) -> CallList:
    """Everybody to call on a day, about any handout or ``only`` about these."""
    out, wanted = _out(register, library.clinic.name, on), set(only)
    judge = _Judge(library, on)
    calls = [
        Call(given, words, printed_on, what)
        for given, words, printed_on in out.pages()
        if given.surgery_on >= on
        if not wanted or words.id in wanted
        if (what := judge.changed(words, given.surgery_on))
    ]
    calls.sort(key=lambda call: (call.given.surgery_on, call.given.record_id, call.words.id))
    return CallList(tuple(calls), tuple(out.damaged), out.foreign)


def handouts_given(register: Register) -> frozenset[str]:
    """The ids of all handouts that the register names, also of those that are gone."""
    entries = (entry for entry in register.entries() if isinstance(entry, Entry))
    packets = (given for entry in entries for given in entry.printing.packets)
    return frozenset(words.id for given in packets for words in given.handouts)


def _out(register: Register, clinic: str, on: date) -> _Out:
    out, entries = _Out(), []
    for entry in register.entries():
        if isinstance(entry, DamagedPrinting):
            out.damaged.append(entry)
        elif entry.printing.clinic != clinic:
            out.foreign += sum(given.surgery_on >= on for given in entry.printing.packets)
        else:
            entries.append(entry)
    for entry in sorted(entries, key=lambda each: each.order):
        for given in entry.printing.packets:
            out.add(given, entry.printing.printed_at.date())
    return out


@dataclass(slots=True)
class _Judge:
    """Says what became of words; remembers what it has looked up."""

    library: Library
    on: date
    _found: dict[tuple[str, str, date], tuple[Handout, Standing] | None] = field(
        default_factory=dict
    )

    def changed(self, words: GivenWords, surgery: date) -> str:
        """What happened to words since they were given out; empty when nothing did."""
        found = self._look_up(words.id, words.language, surgery)
        if found is None:
            return "it is not in the library any more"
        handout, now = found
        if now.state is State.WITHDRAWN and now.withdrawn:
            return f"withdrawn on {now.withdrawn.on}: {now.withdrawn.note}"
        if (words.digest, words.version) != (now.digest, handout.version):
            return f"its words have changed; the library has version {handout.version} now"
        if now.state == words.state:
            return ""
        return {
            State.OVERDUE: f"its review holds until {now.due} only",
            State.OUT_OF_DATE: "the words that it was translated from have changed",
            State.CHANGED: "other words were signed since",
        }.get(now.state, "")

    def _look_up(self, name: str, language: str, surgery: date) -> tuple[Handout, Standing] | None:
        at = (name, language, surgery)
        if at not in self._found:
            self._found[at] = next(self._looked_up(*at), None)
        return self._found[at]

    def _looked_up(
        self, name: str, language: str, surgery: date
    ) -> Iterator[tuple[Handout, Standing]]:
        library = self.library
        if name in library.ids() and language in library.languages(name):
            handout = library.handout(name, language)
            yield handout, standing_over(handout, self.on, surgery, library.clinic.review)
