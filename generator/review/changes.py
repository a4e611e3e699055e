"""What changed between two states of a handout, sentence by sentence.

Two handouts with different digests always differ here as well, and two with the same never do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.markup import Labels
from generator.model import Handout
from generator.review.align import aligned, pairs_of_groups
from generator.review.flat import flat
from generator.review.said import At, Group, Said
from generator.signoff import digest

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence or value that is another now; ``before`` is None for what was added, and
    ``after`` for what was removed. ``place`` is for people.

    ``old`` and ``new`` say where the sentence stands, where it is one of the pages' texts, and
    ``section`` and ``block`` on which page and in which block of it; ``part`` is the key of the
    group that it is in.
    """

    place: str
    before: str | None
    after: str | None
    moved: bool = False
    old: At | None = None
    new: At | None = None
    section: str | None = None
    block: str | None = None
    part: str = ""

    @property
    def kind(self) -> Kind:
        if self.moved:
            return "moved"
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def changes(before: Handout, after: Handout, labels: Labels) -> tuple[Change, ...]:
    """Every change, in reading order; ``labels`` are those of the handouts' language."""
    old_digest, new_digest = digest(before), digest(after)
    if old_digest == new_digest:
        return ()
    old, new = (flat(handout, _printed(handout, labels)) for handout in (before, after))
    found = tuple(_changes(old, new))
    return found or (Change("The words that are signed", old_digest, new_digest),)


def _printed(handout: Handout, labels: Labels) -> dict[str, str]:
    facts = {**handout.facts, **handout.rule_facts}
    return {name: labels.fact(fact) for name, fact in facts.items()}


def _changes(old: Group, new: Group) -> Iterator[Change]:
    """What changed in a group, and in the groups inside it."""
    own = [
        _change(new, *pair)
        for pair in aligned(old.said, new.said)
        if pair[0] is None or pair[1] is None or pair[0].key != pair[1].key
    ]
    yield from own or _divided(old, new)
    for before, after, moved in pairs_of_groups(old.groups, new.groups):
        if before is None or after is None:
            yield from _whole(before, after)
            continue
        if moved:
            yield _placed(after, after.place, _stands(before, old), _stands(after, new), True)
        yield from _changes(before, after)


def _whole(before: Group | None, after: Group | None) -> Iterator[Change]:
    """All of a page or a block that was removed or added."""
    if before:
        yield from (_change(before, one, None) for one in before.said)
    if after:
        yield from (_change(after, None, one) for one in after.said)
    for group in before.groups if before else ():
        yield from _whole(group, None)
    for group in after.groups if after else ():
        yield from _whole(None, group)


def _change(group: Group, old: Said | None, new: Said | None) -> Change:
    """One pair; where both are printed alike, as they are written."""
    before, after = (said.text if said else None for said in (old, new))
    if old and new and before == after:
        before, after = f"{before} (written: {old.raw})", f"{after} (written: {new.raw})"
    about = (new or old or Said("", "", "")).about
    place = f"{group.place}, '{about}'" if about else group.place
    change = _placed(group, place, before, after)
    return replace(change, old=old.at if old else None, new=new.at if new else None)


def _placed(
    group: Group, place: str, before: str | None, after: str | None, moved: bool = False
) -> Change:
    where = group.section, group.block, group.key
    return Change(place, before, after, moved, None, None, *where)


def _divided(old: Group, new: Group) -> Iterator[Change]:
    """The same sentences, but in other paragraphs or entries."""
    before, after = _texts(old.said), _texts(new.said)
    if before != after:
        gone = " / ".join(": ".join(text) for text in before if text not in after)
        come = " / ".join(": ".join(text) for text in after if text not in before)
        yield _placed(new, f"{new.place}, divided otherwise", gone, come)


def _texts(listed: Sequence[Said]) -> list[tuple[str, str]]:
    """The texts that sentences make up, each with the field that it is in."""
    texts: list[tuple[str, str]] = []
    for one in listed:
        if one.opens or not texts:
            texts.append((one.field, one.raw))
        else:
            texts[-1] = (one.field, f"{texts[-1][1]} {one.raw}")
    return texts


def _stands(group: Group, among: Group) -> str:
    """Where a page or a block stands, by the one before it."""
    index = [other.key for other in among.groups].index(group.key)
    return f"stands after {among.groups[index - 1].place}" if index else "stands first"
