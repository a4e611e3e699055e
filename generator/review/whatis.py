"""Which words a copy has, and whether they stand today: for the patient with an old paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.library import Library
from generator.model import Handout, SignOff
from generator.signoff import Standing, State, WordsCode, digest, standing


@dataclass(frozen=True, slots=True)
class Known:
    """A copy, and what the library knows of its words.

    ``handout`` is what the library has now under that name, if anything; ``current``: the copy has
    just these words and this version; ``approvals`` are those of the copy's words, and
    ``withdrawn`` the first withdrawal after the last of them. ``now`` is where the library's
    words stand.
    """

    code: WordsCode
    handout: Handout | None = None
    current: bool = False
    approvals: tuple[SignOff, ...] = ()
    withdrawn: SignOff | None = None
    now: Standing | None = None

    @property
    def stands(self) -> bool:
        """Whether the copy may still be followed."""
        return self.current and self.now is not None and self.now.stands

    @property
    def state(self) -> State | None:
        """Where the copy's words stand, in one word; None when the library has no such handout."""
        if self.now is None:
            return None
        if self.withdrawn:
            return State.WITHDRAWN
        return self.now.state if self.current else State.CHANGED

    @property
    def verdict(self) -> str:
        """What somebody at the desk has to know, in one or two sentences."""
        if self.handout is None or self.now is None:
            return "This library has no such handout. Is it another clinic's?"
        if self.stands:
            return f"These are the words in use. They hold until {self.now.due}."
        return f"Do not use this copy: {self.why}."

    @property
    def why(self) -> str:
        """Why the copy may not be followed, without a full stop; empty when it may."""
        if self.handout is None or self.now is None:
            return "this library has no such handout"
        if self.stands:
            return ""
        if self.withdrawn:
            why = f"its words were withdrawn on {self.withdrawn.on}. {self.withdrawn.note}"
        elif self.current:
            why = self._why(self.now)
        elif self.approvals:
            why = f"its words are old. {self._instead(self.now)}"
        else:
            why = "nobody has signed its words in this library. It is a draft, or not from here"
        return why.rstrip(".")

    def _why(self, now: Standing) -> str:
        """Why words that are in the library do not stand."""
        return {
            State.DRAFT: f"its words still need a signature ({', '.join(now.missing)})",
            State.CHANGED: "other words were signed after these",
            State.OUT_OF_DATE: "the words that it was translated from have changed",
            State.OVERDUE: f"its review holds until {now.due}",
        }[now.state]

    def _instead(self, now: Standing) -> str:
        if now.stands:
            newer = now.signatures[-1]
            return f"Version {newer.version}, signed on {newer.on}, has taken their place"
        return f"What the library has in their place stands as '{now.state}'"


def what_is(library: Library, code: WordsCode, on: date) -> Known:
    """What the library knows of the words with this code, on a day."""
    if code.handout not in library.ids() or code.language not in library.languages(code.handout):
        return Known(code)
    handout = library.handout(code.handout, code.language)
    entries = [entry for entry in handout.signoffs if entry.language == code.language]
    named = [entry for entry in entries if entry.action == "approve" and code.names(entry.digest)]
    approvals = tuple(entry for entry in named if entry.version == code.version)
    now = standing(handout, on, library.clinic.review)
    last = max((entries.index(entry) for entry in approvals), default=len(entries))
    withdrawals = (entry for entry in entries[last:] if entry.action == "withdraw")
    current = code.names(digest(handout)) and code.version == handout.version
    withdrawn = now.withdrawn if current else next(withdrawals, None)
    return Known(code, handout, current, approvals, withdrawn, now)
