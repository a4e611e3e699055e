"""The library as it is at this moment: read again as soon as somebody saves a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from generator.errors import ContentError
from generator.library import Layers, Library, library_stamp, load_library
from generator.model.fields import zone

Stamp = tuple[tuple[str, int, int], ...]


@dataclass
class Stock:
    """One library's folder."""

    folder: Path
    fallback: str | None
    clock: Callable[[Library], datetime]
    mark: str = ""
    """What tells this state of the library from any other, for the addresses of pictures."""
    _library: Library | None = None
    _problems: ContentError | None = None
    _stamp: Stamp = ()
    _lock: Lock = field(default_factory=Lock)

    def fresh(self) -> Library:
        """The library, looked at on the disk; raises :class:`ContentError` while it is broken."""
        with self._lock:
            stamp = library_stamp(self.folder)
            if stamp != self._stamp:
                self._read(stamp)
        return self.known()

    def known(self) -> Library:
        """As :meth:`fresh`, without looking at the disk: what the watch has seen counts."""
        if self._problems:
            raise ContentError(self._problems.problems)  # one of its own for each who asks
        return self._library or self.fresh()

    def moment(self) -> datetime:
        """The time to act on, in the clinic's zone."""
        return self.clock(self._library or self.known())

    @property
    def layers(self) -> Layers | None:
        """Where its files are, also while they are broken; None before they were read once."""
        return self._library.layers if self._library else None

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's clock, also while its files are broken."""
        return zone(self._library.clinic.time_zone if self._library else "UTC")

    @property
    def country(self) -> str:
        """The clinic's, also while its files are broken."""
        return self._library.clinic.country if self._library else "US"

    @property
    def colour(self) -> str:
        """The brand's first one: dark enough to carry white, or be written in on it."""
        return self._library.clinic.brand.primary if self._library else "#0b4f5c"

    @property
    def clinic_name(self) -> str:
        return self._library.clinic.name if self._library else ""

    def _read(self, stamp: Stamp) -> None:
        try:
            self._library, self._problems = load_library(self.folder, self.fallback), None
        except ContentError as error:
            self._problems = error
        self._stamp = stamp
        self.mark = hashlib.sha256(repr(stamp).encode()).hexdigest()[:12]
