"""Pairs what was said before with what is said now: sentence with sentence, block with block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.review.said import Group, Said

Pair = tuple[Said | None, Said | None]
_ALIKE = 0.4
"""From here on, two sentences are one that was changed."""
_SAME_BLOCK = 0.6
_MANY = 2500
"""Pairs to try at most; beyond, sentences are paired in their order."""


def aligned(old: Sequence[Said], new: Sequence[Said]) -> Iterator[Pair]:
    """Every sentence once: with its counterpart, or with None."""
    matcher = SequenceMatcher(None, [s.key for s in old], [s.key for s in new], autojunk=False)
    for what, i, k, j, m in matcher.get_opcodes():
        if what == "equal":
            yield from zip(old[i:k], new[j:m], strict=True)
        else:
            yield from _replaced(old[i:k], new[j:m])


def pairs_of_groups(
    old: Sequence[Group], new: Sequence[Group]
) -> Iterator[tuple[Group | None, Group | None, bool]]:
    """Each page or block with its counterpart, in the order that they have now, and whether it
    was moved; what is gone comes where it was."""
    known = _counterparts(old, new)
    stay = _in_order([g.key for g in old if g.key in known], list(known))
    before = {known[g.key]: g for g in old if g.key in known}
    left = list(old)
    for group in new:
        if (was := before.get(group.key)) is None:
            yield None, group, False
            continue
        if was.key in stay:
            for gone in left[: left.index(was)]:
                if gone.key not in known:
                    yield gone, None, False
            left = left[left.index(was) + 1 :]
        yield was, group, was.key not in stay
    yield from ((gone, None, False) for gone in left if gone.key not in known)


def _counterparts(old: Sequence[Group], new: Sequence[Group]) -> dict[str, str]:
    """The key that each group has now, by the one it had, in the order of now."""
    keys = {group.key for group in old}
    known = {group.key: group.key for group in new if group.key in keys}
    strange = [group for group in new if group.key not in keys]
    for group in (g for g in old if g.key not in known):
        alike = [(_likeness(group, other), other.key) for other in strange]
        best = max(alike, default=(0.0, ""))
        if best[0] >= _SAME_BLOCK:
            known[group.key] = best[1]
            strange = [other for other in strange if other.key != best[1]]
    place = {group.key: index for index, group in enumerate(new)}
    return dict(sorted(known.items(), key=lambda pair: place[pair[1]]))


def _likeness(one: Group, other: Group) -> float:
    a, b = ([said.text for said in group.everything()] for group in (one, other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The keys that keep their order: all but as few as can be."""
    place = {key: index for index, key in enumerate(old)}
    longest: dict[str, list[str]] = {}
    for key in new:
        before = [row for last, row in longest.items() if place[last] < place[key]]
        longest[key] = [*_longest(before), key]
    return set(_longest(list(longest.values())))


def _longest(rows: list[list[str]]) -> list[str]:
    return max(rows, key=len) if rows else []


def _replaced(old: Sequence[Said], new: Sequence[Said]) -> Iterator[Pair]:
    """Sentences that were put in the place of others: the most alike are pairs, in order."""
    if len(old) == len(new) == 1 and _of_a_kind(old[0], new[0]):
        yield old[0], new[0]
        return
    i = j = 0
    for a, b in [*_best(old, new), (len(old), len(new))]:
        yield from ((one, None) for one in old[i:a])
        yield from ((None, one) for one in new[j:b])
        if a < len(old):
            yield old[a], new[b]
        i, j = a + 1, b + 1


def _best(old: Sequence[Said], new: Sequence[Said]) -> list[tuple[int, int]]:
    """The pairs, in order, that are most alike together."""
    if len(old) * len(new) > _MANY:
        return list(zip(range(len(old)), range(len(new)), strict=False))
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])] * (len(new) + 1)
    for i, one in enumerate(old):
        row = best[:1]
        for j, other in enumerate(new):
            score, pairs = best[j]
            alike = _alike(one, other)
            taken = (score + alike, [*pairs, (i, j)]) if alike else (0.0, [])
            row.append(max(taken, best[j + 1], row[j], key=lambda way: way[0]))
        best = row
    return best[-1][1]


def _alike(old: Said, new: Said) -> float:
    """From 0 to 1; 0 as well for sentences that have next to nothing in common."""
    if not _of_a_kind(old, new):
        return 0.0
    if old.field.startswith("="):
        return 1.0
    ratio = SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()
    if " " not in old.text or " " not in new.text:
        ratio = SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _of_a_kind(old: Said, new: Said) -> bool:
    """A value is no counterpart of another value, or of a sentence."""
    values = old.field.startswith("="), new.field.startswith("=")
    return old.field == new.field if any(values) else True
