"""The ledger of a handout: who approved, or withdrew, exactly which words, and when.

Each entry carries the digest of the one before it, and the ledger that of its last. So an entry
that is changed, moved, taken out or put in shows.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model
from generator.model.canonical import canonical, digest_of
from generator.model.fields import Day, Digest, LanguageTag, Line, PersonName, Version


class Translates(Model):
    """The words that a translation was made of."""

    language: LanguageTag
    digest: Digest


class SignOff(Model):
    """One entry: a named person approved, or withdrew, exact words."""

    action: Literal["approve", "withdraw"]
    language: LanguageTag
    version: Version
    digest: Digest
    translates: Translates | None = Field(
        default=None, description="of a translation: the words that it was made of"
    )
    by: PersonName
    role: Line
    credential: Line | None = None
    on: Day
    valid_months: Annotated[int, Field(ge=1, le=36)] | None = Field(
        default=None, description="how long it holds; the clinic's review interval if not said"
    )
    note: Line | None = Field(default=None, description="of a withdrawal: the reason")
    previous: Digest | None = Field(
        default=None, description="the digest of the entry before; the program writes it"
    )

    @model_validator(mode="after")
    def _reason(self) -> SignOff:
        if self.action == "withdraw" and not self.note:
            raise ValueError("a withdrawal needs its reason; add 'note'")
        return self

    @property
    def seal(self) -> str:
        """The digest of this entry, which the next one carries."""
        return digest_of(canonical(self.model_dump(mode="json", exclude_none=True)))

    @property
    def person(self) -> str:
        """The name as far as it tells people apart: ``Dr. A. Example`` is ``dr a example``."""
        letters = "".join(c if c.isalpha() else " " for c in self.by.casefold())
        return " ".join(letters.split())


class SignOffLedger(Model):
    """``handouts/<id>/signoffs.yaml``: append-only, written by the program."""

    signoffs: tuple[SignOff, ...]
    head: Digest | None = Field(default=None, description="the digest of the last entry")


def first_link(handout: str) -> str:
    """What the first entry of a handout's ledger carries: its ledger is no other's."""
    return digest_of(canonical({"ledger of": handout}))


def head_of(handout: str, entries: tuple[SignOff, ...]) -> str:
    """The digest that the next entry has to carry."""
    return entries[-1].seal if entries else first_link(handout)
