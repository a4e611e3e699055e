"""What changed since the last sign-off, in lines for the person who is to sign again."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Handout
from generator.review.approval import last_approval
from generator.signoff import digest


def changed_since_signed(handout: Handout) -> Iterator[str]:
    """The changed sentences, or one line when there are none or nothing was signed before."""
    last = last_approval(handout)
    if last is None:
        yield "  Nobody has signed this handout before; read all of it."
        return
    signed = f"version {last.version}, signed by {last.by} on {last.on}"
    if last.digest == digest(handout):
        yield f"  Not a word changed since {signed}."
        return
    yield f"  Changed since {signed}."
