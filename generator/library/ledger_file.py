"""Adds entries to a ledger: ``handouts/<id>/signoffs.yaml``. Nothing else writes there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ContentError, LedgerBusy, LedgerMoved, OutputNotWritable
from generator.library.check_ledger import check_ledger
from generator.library.layers import Layers
from generator.library.shelf import Shelf, Shelved
from generator.library.signed_words import keep
from generator.model import Picture, SignOff, SignOffLedger, read
from generator.model.ledger import head_of
from generator.output import write_whole

NAME = "signoffs.yaml"
_ONE_LINE = 100_000
"""Wide enough that no value is folded."""
_TOP = """\
# yaml-language-server: $schema=../../content/schemas/signoffs.json
# Who approved exactly which words, and when. Written by 'handouts review', which only ever adds:
# an entry that is changed, moved or taken out by hand is found out, and nothing is printed.
"""


def add_entry(
    library: Path,
    handout: str,
    entry: Mapping[str, Any],
    seen: str,
    words: bytes | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> SignOff:
    """Add an entry, given as plain data without its ``previous``; returns it as it was written.

    ``seen`` is the head of the ledger that the signer was shown; ``words`` and ``pictures`` are
    what is signed. Raises :class:`LedgerMoved` when somebody else has signed since,
    :class:`LedgerBusy` while somebody does, :class:`ContentError` when the ledger is not sound.
    """
    folder = library / "handouts" / handout
    with _alone(folder):
        entries = _read(library, handout)
        if head_of(handout, entries) != seen:
            raise LedgerMoved(handout)
        added = read(SignOff, {**entry, "previous": seen})
        if words is not None:
            keep(folder, added.digest, words, pictures or {})
        write_whole(folder / NAME, _written(handout, (*entries, added)), public=True)
    return added


def _read(library: Path, handout: str) -> tuple[SignOff, ...]:
    """The entries as they are on the disk now; raises when the file is not sound."""
    path = library / "handouts" / handout / NAME
    if not path.exists():
        return ()
    shelf = Shelf(Layers(library))
    ledger: Shelved[SignOffLedger] | None = shelf.take(path, SignOffLedger)
    problems = [*shelf.problems, *(check_ledger(handout, ledger) if ledger else ())]
    if problems or not ledger:
        raise ContentError(problems)
    return ledger.model.signoffs


def _written(handout: str, entries: tuple[SignOff, ...]) -> bytes:
    said = [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
    data = {"signoffs": said, "head": head_of(handout, entries)}
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=_ONE_LINE)
    return (_TOP + text).encode()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a handout's folder: two people who sign at once come one after the other.

    A handout of the library beneath has none here before it is signed the first time.
    """
    try:
        folder.mkdir(exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputNotWritable(folder, error.strerror or str(error)) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerBusy(folder.name) from None
        yield
    finally:
        os.close(descriptor)
