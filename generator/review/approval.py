"""Signing: what is proposed is checked against the rules before anybody is asked to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.errors import ReviewRefused
from generator.library import Library, add_entry
from generator.model import Handout, Invalid, SignOff, read
from generator.model.ledger import head_of
from generator.review.refusals import (
    refuse_day,
    refuse_left_behind,
    refuse_role,
    refuse_twice,
    refuse_version,
)
from generator.signoff import Standing, digest, standing, words_of


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as they say themselves."""

    by: str
    role: str
    credential: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """When it is signed and for how long; ``today`` is the clinic's."""

    today: date
    on: date
    valid_months: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An approval that may be signed: what it says, and where the handout will stand by it."""

    handout: Handout
    entry: SignOff
    before: Standing
    after: Standing

    @property
    def last(self) -> SignOff | None:
        """The approval before this one, in this language."""
        return last_approval(self.handout)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A sign-off that may be taken back: of a handout with the ledger as it will be by then."""

    handout: Handout
    entry: SignOff


def propose(library: Library, handout: Handout, signer: Signer, terms: Terms) -> Proposal:
    """An approval of a handout's words as they are now; raises :class:`ReviewRefused`."""
    source = handout.translates
    entry = _entry(
        handout,
        signer,
        terms,
        {
            "action": "approve",
            "version": handout.version,
            "digest": digest(handout),
            "translates": {"language": source.language, "digest": digest(source)}
            if source
            else None,
            "valid_months": terms.valid_months,
            "note": terms.note,
        },
    )
    rules = library.clinic.review
    before = standing(handout, terms.today, rules)
    refuse_left_behind(library, handout)
    refuse_role(entry, rules)
    refuse_version(handout, entry)
    refuse_twice(handout, entry, before)
    signed = replace(handout, signoffs=(*handout.signoffs, entry))
    return Proposal(handout, entry, before, standing(signed, terms.today, rules))


def sign(library: Library, proposal: Proposal) -> SignOff:
    """Write the approval into the ledger, and keep the words beside it."""
    handout, entry = proposal.handout, proposal.entry
    return add_entry(
        library.folder,
        handout.id,
        _plain(entry),
        entry.previous or "",
        words_of(handout),
        handout.pictures,
    )


def withdrawals(
    library: Library, handouts: Iterable[Handout], signer: Signer, terms: Terms
) -> tuple[Withdrawal, ...]:
    """Entries that take sign-offs back at once, one for each language of a handout that is not
    withdrawn already; raises :class:`ReviewRefused`."""
    made: list[Withdrawal] = []
    already: list[SignOff] = []
    for handout in handouts:
        here = replace(handout, signoffs=(*handout.signoffs, *(one.entry for one in made)))
        where = standing(here, terms.today, library.clinic.review)
        if where.own_withdrawal:
            already.append(where.own_withdrawal)
            continue
        last = last_approval(here)
        about = {
            "action": "withdraw",
            "version": last.version if last else here.version,
            "digest": last.digest if last else where.digest,
            "note": terms.note,
        }
        made.append(Withdrawal(here, _entry(here, signer, terms, about)))
    if not made:
        last = already[-1]
        raise ReviewRefused(
            f"it is withdrawn already, by {last.by} on {last.on}: {last.note}. Nothing was written."
        )
    return tuple(made)


def withdraw(library: Library, withdrawal: Withdrawal) -> SignOff:
    """Write a withdrawal into the ledger."""
    entry = withdrawal.entry
    return add_entry(library.folder, withdrawal.handout.id, _plain(entry), entry.previous or "")


def last_approval(handout: Handout) -> SignOff | None:
    """The latest approval of a handout in its language, of whatever words."""
    approvals = [
        entry
        for entry in handout.signoffs
        if entry.language == handout.language and entry.action == "approve"
    ]
    return approvals[-1] if approvals else None


def _entry(handout: Handout, signer: Signer, terms: Terms, about: Mapping[str, Any]) -> SignOff:
    """A sound entry at the end of the ledger, not written yet."""
    said = {
        "language": handout.language,
        "by": signer.by,
        "role": signer.role,
        "credential": signer.credential,
        "on": terms.on.isoformat(),
        "previous": head_of(handout.id, handout.signoffs),
        **about,
    }
    try:
        entry = read(SignOff, {name: value for name, value in said.items() if value is not None})
    except Invalid as invalid:
        wrong = [_option(violation.location, violation.message) for violation in invalid.violations]
        raise ReviewRefused("\n".join(wrong)) from None
    refuse_day(handout, entry, terms.today)
    return entry


def _option(location: tuple[str | int, ...], message: str) -> str:
    name = str(location[0]).replace("_", "-") if location else "note"
    return f"--{name} {message}"


def _plain(entry: SignOff) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_none=True, exclude={"previous"})
