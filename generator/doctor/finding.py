"""One thing that was looked for: found, or lacking with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``cure`` is the command or the step that mends it, and None when nothing is lacking.

    What is ``optional`` may lack: everything else works without it.
    """

    what: str
    found: str
    cure: str | None = None
    optional: bool = False

    @property
    def ok(self) -> bool:
        return self.cure is None or self.optional

    @property
    def state(self) -> str:
        if self.cure is None:
            return "ok"
        return "optional" if self.optional else "to mend"
