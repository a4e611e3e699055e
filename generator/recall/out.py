"""The packets of a clinic that are out, as the register has them, by record."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Plan
from generator.recall.given import Given
from generator.recall.register import Entry, Register
from generator.signoff import PrintedWords, State, words_code

SIDES = {"left": "the LEFT side", "right": "the RIGHT side", "both": "BOTH SIDES"}
"""How a side is named to whoever prints."""


@dataclass(frozen=True, slots=True)
class Out:
    """A packet that was printed, for the last time on a day; a newer one has a higher ``order``."""

    given: Given
    printed_on: date
    order: tuple[float, float]

    @property
    def names(self) -> frozenset[str]:
        """The packet's id, and that of its plan: another run calls the same plan otherwise."""
        return frozenset({self.given.packet, self.given.plan} - {""})


Outs = Mapping[str, Sequence[Out]]
"""What is out, by record id, the newest first."""


def plan_id(plan: Plan, key: bytes) -> str:
    """An opaque name for a plan: the same plan has the same on this machine, and it tells
    nothing, not even to somebody who guesses the plan."""
    return hmac.new(key, plan.model_dump_json().encode(), hashlib.sha256).hexdigest()[:12]


def packets_out(register: Register, clinic: str) -> Outs:
    """Each packet of a clinic once, by record id, the newest first. Damaged files of the register
    are passed over: ``handouts recall`` names them."""
    found: dict[str, list[Out]] = defaultdict(list)
    seen: set[str] = set()
    for out in sorted(_all(register, clinic), key=lambda one: one.order, reverse=True):
        if out.given.packet not in seen:
            seen.add(out.given.packet)
            found[out.given.record_id].append(out)
    return found


def words_given(out: Outs, packets: Collection[str]) -> list[PrintedWords]:
    """The words of these packets, by id, and the days of their operations, as far as they are
    known."""
    return [
        PrintedWords(
            words_code(words.id, words.version, words.language, words.digest),
            State(words.state) if words.state in set(State) else State.STANDS,
            one.given.surgery_on,
        )
        for others in out.values()
        for one in others
        if one.given.packet in packets
        for words in one.given.handouts
    ]


def _all(register: Register, clinic: str) -> list[Out]:
    found: list[Out] = []
    for entry in register.entries():
        if isinstance(entry, Entry) and entry.printing.clinic == clinic:
            with contextlib.suppress(OSError, ValueError, OverflowError):  # gone, or no time
                day, order = entry.printing.printed_at.date(), entry.order
                found += [Out(given, day, order) for given in entry.printing.packets]
    return found
