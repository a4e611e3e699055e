"""Whether a ledger is as the program wrote it: entries in their order, none changed, none gone."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.library.shelf import Shelved
from generator.library.signed_words import fault, names_kept
from generator.model import Location, SignOff, SignOffLedger
from generator.model.ledger import first_link, head_of

RESTORE = "restore the file from a backup or from version control"


def check_ledger(handout: str, ledger: Shelved[SignOffLedger]) -> Iterator[Problem]:
    """Every way in which a ledger is not what was written, each with its message."""
    entries = ledger.model.signoffs
    for index in range(len(entries)):
        if message := _link(handout, entries, index):
            at = ("signoffs", index, "previous") if entries[index].previous else ("signoffs", index)
            yield _problem(ledger, at, message)
        if index and entries[index].on < entries[index - 1].on:
            message = "is dated before the entry above it; entries are only ever added at the end"
            yield _problem(ledger, ("signoffs", index, "on"), message)
    if message := _head(handout, ledger.model):
        yield _problem(ledger, ("head",), message)
    yield from _words(ledger)


def _problem(ledger: Shelved[SignOffLedger], at: Location, message: str) -> Problem:
    return ledger.file.problem(at, f"{message}; {RESTORE}")


def _link(handout: str, entries: tuple[SignOff, ...], index: int) -> str | None:
    """What is wrong with the entry's hold on the one before it."""
    carried, before = entries[index].previous, entries[index - 1] if index else None
    if carried is None:
        return "was not written by 'handouts review': it has no digest of the entry before it"
    if carried == (before.seal if before else first_link(handout)):
        return None
    if before is None:
        return "the first entry does not begin this handout's ledger; entries before it are gone"
    if before.previous == carried:
        return "the entry before this one was put in, or written twice"
    return _misplaced(handout, entries, carried)


def _misplaced(handout: str, entries: tuple[SignOff, ...], carried: str) -> str:
    """What is wrong with an entry that follows one which it was not written after."""
    places = {entry.seal: number for number, entry in enumerate(entries, start=1)}
    if carried == first_link(handout):
        return "this was the first entry; another was put before it, or they were reordered"
    if carried in places:
        return f"this entry was written right after entry {places[carried]}; the order was changed"
    return "the entry before this one was changed after it was written, or one between is gone"


def _head(handout: str, ledger: SignOffLedger) -> str | None:
    """What is wrong with the digest of the last entry, which stands at the end of the file."""
    entries = ledger.signoffs
    if ledger.head is None:
        return "the digest of the last entry, 'head', is gone" if entries else None
    if ledger.head == head_of(handout, entries):
        return None
    if not entries:
        return "every entry was taken out"
    if ledger.head in {entry.seal for entry in entries} | {entries[-1].previous}:
        return "an entry was added at the end by hand; entries are written by 'handouts review'"
    return "the last entry was changed after it was written, or entries after it are gone"


def _words(ledger: Shelved[SignOffLedger]) -> Iterator[Problem]:
    """The words that were signed are kept beside the ledger, and none without an entry."""
    folder, signed = ledger.path.parent, set()
    for index, entry in enumerate(ledger.model.signoffs):
        if entry.action == "approve" and entry.digest not in signed:
            signed.add(entry.digest)
            if message := fault(folder, entry.digest):
                yield _problem(ledger, ("signoffs", index, "digest"), message)
    for digest_of_none in names_kept(folder, signed):
        message = (
            f"signed/{digest_of_none} belongs to no entry: an entry is gone, or an approval was "
            "broken off; remove it, or"
        )
        yield ledger.file.problem((), f"{message} {RESTORE}")
