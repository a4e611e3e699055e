"""Problems as values: what a person has to mend, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a person has to mend.

    ``path`` is the file as the user would name it; ``line`` and ``column`` count
    from 1, and 0 means that the problem is the whole file's. ``where`` names the
    place by id ("block what-to-expect, item 2"), never by a patient's name.
    """

    path: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return ": ".join(part for part in (place, self.where, self.message) if part)
