"""Why a sign-off is not taken: the day, the role, the version, or a signature given before."""

from __future__ import annotations

from datetime import date

from generator.errors import ReviewRefused
from generator.library import Library
from generator.library.origin import left_behind
from generator.model import Handout, ReviewRules, SignOff
from generator.signoff import Standing


def refuse_day(handout: Handout, entry: SignOff, today: date) -> None:
    """Nobody signs ahead of time, or before what was signed already."""
    if entry.on > today:
        raise ReviewRefused(
            f"--on {entry.on} is after today ({today}); nobody signs ahead of time."
        )
    if handout.signoffs and entry.on < (last := handout.signoffs[-1].on):
        raise ReviewRefused(
            f"--on {entry.on} is before the last entry of the ledger ({last}); entries are only "
            "ever added at the end."
        )


def refuse_role(entry: SignOff, rules: ReviewRules) -> None:
    """Where the clinic lists who signs, nobody else does."""
    roles = [role for signature in rules.signatures for role in signature.roles]
    if roles and entry.role not in roles:
        raise ReviewRefused(
            f"--role '{entry.role}' does not sign in this clinic. Roles that do: "
            f"{', '.join(dict.fromkeys(roles))}. They are listed in clinic.yaml, under review."
        )


def refuse_version(handout: Handout, entry: SignOff) -> None:
    """New words need a new version, and versions only grow."""
    for earlier in handout.signoffs:
        if (earlier.action, earlier.language) != ("approve", entry.language):
            continue
        if earlier.version == entry.version and earlier.digest != entry.digest:
            raise ReviewRefused(
                f"the words changed, but the version did not: {entry.version} was signed by "
                f"{earlier.by} on {earlier.on} with other words. Raise 'version' in "
                f"handouts/{handout.id}/handout.yaml, and sign again."
            )
        if _number(entry.version) < _number(earlier.version):
            raise ReviewRefused(
                f"version {entry.version} is lower than {earlier.version}, which was signed on "
                f"{earlier.on}. Raise 'version' in handouts/{handout.id}/handout.yaml."
            )


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def refuse_left_behind(library: Library, handout: Handout) -> None:
    """A translation of the shipped words is none of the clinic's own."""
    for own, translated in left_behind(library, handout.id, handout.language):
        raise ReviewRefused(
            f"{translated} translates the shipped {own}, and yours says something else. Run "
            f"'handouts override {translated}', bring it up to date, and sign then."
        )


def refuse_twice(handout: Handout, entry: SignOff, before: Standing) -> None:
    """A second signature of one person under the same words says nothing new, except later: then
    it renews a sign-off that was complete."""
    same = ("digest", "version", "translates", "person", "language", "action")
    for earlier in reversed(handout.signoffs):
        if (earlier.language, earlier.action) == (entry.language, "withdraw"):
            return
        if any(getattr(earlier, name) != getattr(entry, name) for name in same):
            continue
        if before.missing:
            raise ReviewRefused(
                f"{entry.by} signed these words on {earlier.on}. Another person has to sign as "
                f"well: {'; '.join(before.missing)}."
            )
        if earlier.on == entry.on:
            raise ReviewRefused(
                f"{entry.by} signed these words on the same day already. Nothing is left to sign."
            )
        return
