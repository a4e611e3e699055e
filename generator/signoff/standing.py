"""Where a handout stands on a day, by its ledger, its words and the clinic's rules."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import permutations

from generator.model import Handout, ReviewRules, Signature, SignOff
from generator.signoff.state import State, worst
from generator.signoff.words import digest


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a handout stands, and the signatures that it rests on, if any.

    ``due`` is the last day on which they hold. ``withdrawn`` is the entry that took them back.
    ``missing`` are the roles whose signature the words, as they are now, still need.
    """

    state: State
    digest: str
    signatures: tuple[SignOff, ...] = ()
    due: date | None = None
    withdrawn: SignOff | None = None
    missing: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        return self.state is State.STANDS

    @property
    def own_withdrawal(self) -> SignOff | None:
        """The entry that withdrew it; None when it only fell with what it translates."""
        return self.withdrawn if not self.signatures else None


@dataclass
class _Ledger:
    """What the entries come to, read one after the other.

    A sign-off is complete when every signature that the clinic asks for is there, under the same
    words. It counts until another one is complete, or it is withdrawn.
    """

    rules: ReviewRules
    complete: tuple[SignOff, ...] = ()
    withdrawn: SignOff | None = None
    begun: dict[tuple[object, ...], list[SignOff]] = field(default_factory=dict)

    def read(self, entry: SignOff) -> None:
        if entry.action == "withdraw":
            self.complete, self.withdrawn, self.begun = (), entry, {}
            return
        key = _what(entry)
        self.begun.setdefault(key, []).append(entry)
        if signatures := _signatures(self.begun[key], self.rules):
            self.complete, self.withdrawn = signatures, None
            self.begun = {key: self.begun[key]}


def standing(handout: Handout, on: date, rules: ReviewRules) -> Standing:
    """Where a handout stands on a day, by the entries of its ledger up to that day.

    A translation stands no better than the words it was made of: it is out of date when those
    are not what they were, and withdrawn with them.
    """
    ledger = _Ledger(rules)
    for entry in _entries(handout, on):
        ledger.read(entry)
    here = Standing(State.DRAFT, digest(handout), withdrawn=ledger.withdrawn)
    here = replace(here, missing=_missing(handout, here.digest, ledger))
    if ledger.withdrawn:
        return replace(here, state=State.WITHDRAWN)
    if not ledger.complete:
        return here
    signed = ledger.complete[-1]
    due = min(holds_until(entry, rules) for entry in ledger.complete)
    here = replace(here, signatures=ledger.complete, due=due)
    if (signed.digest, signed.version) != (here.digest, handout.version):
        return replace(here, state=State.CHANGED)
    here = replace(here, state=State.OVERDUE if on > due else State.STANDS)
    return _translated(handout, here, signed, on, rules)


def standing_over(handout: Handout, first: date, last: date, rules: ReviewRules) -> Standing:
    """Where a handout stands on the worse of two days: that of printing, and that of surgery."""
    days = [standing(handout, day, rules) for day in {first, max(first, last)}]
    state = worst(day.state for day in days)
    return next(day for day in days if day.state is state)


def holds_until(entry: SignOff, rules: ReviewRules) -> date:
    """The last day on which a signature holds."""
    return add_months(entry.on, entry.valid_months or rules.interval_months)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _entries(handout: Handout, on: date) -> Iterator[SignOff]:
    return (s for s in handout.signoffs if s.language == handout.language and s.on <= on)


def _what(entry: SignOff) -> tuple[object, ...]:
    """What two people have to have signed to have signed the same."""
    return entry.digest, entry.version, entry.translates


def _signatures(entries: Sequence[SignOff], rules: ReviewRules) -> tuple[SignOff, ...]:
    """The latest entries that give every signature that is asked for, each by another person;
    none when one is missing."""
    latest = {entry.person: entry for entry in entries}
    people = sorted(latest.values(), key=entries.index, reverse=True)
    if not rules.signatures:
        return (people[0],)
    return max(_ways(people, rules), key=lambda w: [entries.index(e) for e in w[::-1]], default=())


def _ways(people: Sequence[SignOff], rules: ReviewRules) -> Iterator[tuple[SignOff, ...]]:
    """The ways to give each person one of the signatures; each in the order of the ledger."""
    for way in permutations(people, len(rules.signatures)):
        if all(e.role in s.roles for e, s in zip(way, rules.signatures, strict=True)):
            yield tuple(sorted(way, key=people.index, reverse=True))


def _missing(handout: Handout, now: str, ledger: _Ledger) -> tuple[str, ...]:
    """The signatures that nobody has given yet under the words as they are now."""
    signed = [
        entry
        for entries in ledger.begun.values()
        for entry in entries
        if (entry.digest, entry.version) == (now, handout.version)
    ]
    wanted = ledger.rules.signatures
    if not wanted:
        return () if signed else ("a clinician",)
    return _lacking(tuple(signed), wanted)


def _lacking(people: tuple[SignOff, ...], wanted: tuple[Signature, ...]) -> tuple[str, ...]:
    """Of the signatures that are wanted, the fewest that these people leave open."""
    if not wanted:
        return ()
    first, rest = wanted[0], wanted[1:]
    ways = [
        _lacking(tuple(other for other in people if other.person != entry.person), rest)
        for entry in people
        if entry.role in first.roles
    ]
    return min([*ways, (first.wanted, *_lacking(people, rest))], key=len)


def _translated(
    handout: Handout, here: Standing, signed: SignOff, on: date, rules: ReviewRules
) -> Standing:
    if handout.translates is None:
        return here
    source = standing(handout.translates, on, rules)
    if source.state is State.WITHDRAWN:
        return replace(here, state=State.WITHDRAWN, withdrawn=source.withdrawn)
    if signed.translates is None or signed.translates.digest != source.digest:
        return replace(here, state=State.OUT_OF_DATE)
    return here
