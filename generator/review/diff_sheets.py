"""What a reviewer sees of a comparison: the list of changes, then pages in pairs."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from generator.compose import Placed
from generator.markup import ChangeView, DiffView, Labels, PairView, SideView, WordsView
from generator.press import page_pictures
from generator.review.changes import Change
from generator.review.compared import Compared, ranges
from generator.review.marked_pages import MarkedPages, Side
from generator.review.word_runs import WordRun, word_runs

_DIGEST_SHOWN = 19
"""``sha256:`` and twelve digits."""
_KINDS = {"changed": "Changed", "added": "Added", "removed": "Removed", "moved": "Moved"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages that belong together, from 0, and the numbers of the changes on them."""

    old: int | None
    new: int | None
    changes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A comparison with the pages of both of its sides."""

    compared: Compared
    labels: Labels
    old: MarkedPages
    new: MarkedPages

    def view(self, *, screen: bool) -> DiffView:
        """All of it, with pictures for a screen, and with slots for pages on paper."""
        compared, pairs = self.compared, self.pairs()
        pictures = [
            page_pictures(side.pdf, [page for page in pages if page is not None]) if screen else {}
            for side, pages in (
                (self.old, [pair.old for pair in pairs]),
                (self.new, [pair.new for pair in pairs]),
            )
        ]
        changes = enumerate(compared.changes, start=1)
        return DiffView(
            template="diff.html",
            id=f"diff-{compared.handout.id}",
            language=self.labels.language,
            direction=self.labels.direction,
            title=f"What changed in '{compared.handout.title}'",
            summary=compared.summary,
            sides=tuple(
                f"{state.called} ({state.digest[:_DIGEST_SHOWN]})"
                for state in (compared.before, compared.after)
            ),
            changes=tuple(self._change(number, change) for number, change in changes),
            pairs=tuple(
                self._pair(index, pair, *pictures) for index, pair in enumerate(pairs, start=1)
            ),
            unchanged=self._unchanged(pairs),
        )

    def pairs(self) -> tuple[Pair, ...]:
        """The pages that hold a change, each with its counterpart, in the order of now."""
        found: dict[tuple[int | None, int | None], list[int]] = {}
        for number in range(1, len(self.compared.changes) + 1):
            for pair in zip_longest(self.old.of[number], self.new.of[number]):
                found.setdefault(pair, []).append(number)
        for pair in [pair for pair in found if None in pair]:
            whole = [p for p in found if None not in p and (p[0] == pair[0] or p[1] == pair[1])]
            if whole:
                found[whole[0]] += found.pop(pair)
        order = sorted(found, key=lambda pair: [_last(page) for page in reversed(pair)])
        return tuple(Pair(*pair, tuple(sorted(set(found[pair])))) for pair in order)

    def placed(self) -> Iterator[tuple[str, Placed]]:
        """The page that stands in each slot."""
        for index, pair in enumerate(self.pairs(), start=1):
            if pair.old is not None:
                yield f"before-{index}", Placed(self.old.pdf, pair.old)
            if pair.new is not None:
                yield f"after-{index}", Placed(self.new.pdf, pair.new)

    def numbers(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """For each change its pages before and now, counted from 1."""
        count = range(1, len(self.compared.changes) + 1)
        return tuple((_from_1(self.old.of[n]), _from_1(self.new.of[n])) for n in count)

    def _change(self, number: int, change: Change) -> ChangeView:
        runs = _runs(change)
        pages = [
            f"page {ranges(_from_1(of[number]))} {when}"
            for of, when in ((self.old.of, "before"), (self.new.of, "after"))
            if of[number]
        ]
        return ChangeView(
            number=number,
            kind=_KINDS[change.kind],
            place=change.place,
            before=_words(runs, "added") if change.before is not None else (),
            after=_words(runs, "removed") if change.after is not None else (),
            pages=", ".join(pages),
        )

    def _pair(
        self, index: int, pair: Pair, old: Mapping[int, bytes], new: Mapping[int, bytes]
    ) -> PairView:
        about = f"Change{'s' if len(pair.changes) > 1 else ''} {ranges(pair.changes)}"
        before, after = self.compared.before.called, self.compared.after.called
        return PairView(
            about,
            (
                _side("before", index, before, pair.old, self.old.pages, old),
                _side("after", index, after, pair.new, self.new.pages, new),
            ),
        )

    def _unchanged(self, pairs: Iterable[Pair]) -> str:
        """The pages of now that are not shown."""
        shown = {pair.new for pair in pairs}
        others = [page + 1 for page in range(self.new.pages) if page not in shown]
        return f"Pages without a change: {ranges(others)}." if others else ""


def _side(
    side: Side,
    index: int,
    heading: str,
    page: int | None,
    total: int,
    pictures: Mapping[int, bytes],
) -> SideView:
    if page is None:
        return SideView(side, heading, "It has no such page.")
    caption = f"Page {page + 1} of {total}"
    if not pictures:
        return SideView(side, heading, caption, slot=f"{side}-{index}")
    data = base64.b64encode(pictures[page]).decode("ascii")
    return SideView(side, heading, caption, picture=f"data:image/png;base64,{data}")


def _runs(change: Change) -> tuple[WordRun, ...]:
    """What is to be marked in a changed sentence; where a page stands is told in full."""
    before, after = change.before or "", change.after or ""
    if change.moved:
        return WordRun("removed", before), WordRun("added", after)
    return word_runs(before, after)


def _words(runs: Iterable[WordRun], without: str) -> tuple[WordsView, ...]:
    return tuple(WordsView(run.kind, run.text) for run in runs if run.kind != without)


def _from_1(pages: Iterable[int]) -> tuple[int, ...]:
    return tuple(page + 1 for page in pages)


def _last(page: int | None) -> float:
    """In an order, a page that is not there comes last."""
    return float("inf") if page is None else page
