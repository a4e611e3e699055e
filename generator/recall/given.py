"""What is noted of packets that are given out: record ids, words and days; no names."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class GivenWords:
    """A handout of a packet: which words it had. ``state`` is where they stood at printing."""

    id: str
    language: str
    version: str
    digest: str
    state: str


@dataclass(frozen=True, slots=True)
class Given:
    """One packet: whose record it belongs to, for which operation, and what was in it. ``plan`` is
    the opaque id of its plan; entries of an older version have none."""

    packet: str
    record_id: str
    procedure: str
    side: str
    surgery_on: date
    handouts: tuple[GivenWords, ...]
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """Packets that were printed in one go, for one clinic."""

    clinic: str
    printed_at: datetime
    packets: tuple[Given, ...]

    @property
    def last_surgery(self) -> date:
        return max((given.surgery_on for given in self.packets), default=self.printed_at.date())

    def without(self, packets: set[str]) -> Printing:
        """The printing without those packets."""
        kept = tuple(given for given in self.packets if given.packet not in packets)
        return Printing(self.clinic, self.printed_at, kept)

    def as_data(self) -> dict[str, Any]:
        """What is written: plain values."""
        packets = [
            {**asdict(given), "surgery_on": given.surgery_on.isoformat()} for given in self.packets
        ]
        return {
            "register": FORMAT,
            "clinic": self.clinic,
            "printed_at": self.printed_at.isoformat(),
            "packets": packets,
        }


def _words(data: dict[str, Any]) -> GivenWords:
    return GivenWords(**{name: str(value) for name, value in data.items()})


def printing_of(data: dict[str, Any]) -> Printing:
    """A printing from what was written; raises ``ValueError``, ``KeyError`` or ``TypeError``
    for anything else."""
    if data["register"] != FORMAT:
        raise ValueError("it was written by another version of the press")
    packets = tuple(
        Given(
            packet=str(given["packet"]),
            record_id=str(given["record_id"]),
            procedure=str(given["procedure"]),
            side=str(given["side"]),
            surgery_on=date.fromisoformat(given["surgery_on"]),
            handouts=tuple(_words(words) for words in given["handouts"]),
            plan=str(given.get("plan", "")),
        )
        for given in data["packets"]
    )
    return Printing(str(data["clinic"]), datetime.fromisoformat(data["printed_at"]), packets)
