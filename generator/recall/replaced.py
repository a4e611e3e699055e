"""Packets that are not printed a second time: a newer one has taken their place, or the operation
is over.

What the register does not know is not asked about: it was printed on another machine, or long ago.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from generator.errors import OldPackets
from generator.recall.out import SIDES, Out, Outs


@dataclass(frozen=True, slots=True)
class Replaced:
    """A packet that is not to be given out any more; ``newer`` is None where its operation is
    over."""

    own: Out
    newer: Out | None

    @property
    def record_id(self) -> str:
        return self.own.given.record_id

    @property
    def why(self) -> str:
        """What happened, for whoever wants to print it."""
        if self.newer is None:
            return f"its operation was on {self.own.given.surgery_on}"
        given, printed = self.newer.given, self.newer.printed_on
        side = f" for {SIDES[given.side]}" if given.side in SIDES else ""
        return f"a newer packet{side}, operation on {given.surgery_on}, was printed on {printed}"


def replaced_packets(out: Outs, packets: Collection[str], on: date) -> tuple[Replaced, ...]:
    """Which of these packets, by id, are not to be given out on a day, and why."""
    asked = set(packets)
    found = [
        Replaced(own, newer)
        for others in out.values()
        for own in others
        if own.given.packet in asked
        if (newer := _newer(own, others, on)) or own.given.surgery_on < on
    ]
    return tuple(sorted(found, key=lambda one: one.record_id))


def refuse_old_packets(out: Outs, packets: Collection[str], on: date, called: str) -> None:
    """Raise :class:`OldPackets` for a file or a part of a run, ``called`` so for people."""
    if found := replaced_packets(out, packets, on):
        raise OldPackets(called, [(f"record {one.record_id}", one.why) for one in found])


def _newer(own: Out, others: Sequence[Out], on: date) -> Out | None:
    """The newest packet of the same record and procedure, whatever its side, that was printed
    after this plan was for the last time, and whose operation is not over."""
    if own.given.surgery_on < on:
        return None
    last = max(one.order for one in others if one.names & own.names)
    return next(
        (
            one
            for one in others
            if one.order > last
            and one.given.procedure == own.given.procedure
            and one.given.surgery_on >= on
        ),
        None,
    )
