"""What a page says, piece by piece, as a reader meets it: facts filled in, marks taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.check.reading import Split, split
from generator.model import Block, Glossary, Location, Words
from generator.model.blocks import DefinitionBlock
from generator.model.inline import runs
from generator.model.walk import texts

RUNNING = frozenset({"purpose", "paragraphs", "meaning", "caption", "intro"})
"""Running text: what stands at its end without a mark is a sentence all the same."""
LABELS = frozenset({"title", "columns", "rows", "term", "alt"})
"""Headings and labels; they are not read as sentences. An alt text is heard by few."""
GAP = "\N{HORIZONTAL ELLIPSIS}"
"""Stands for a fact in what the editor wrote out."""


@dataclass(frozen=True)
class Passage:
    """One text with its place in the file. ``role`` is the key that it stands under.

    ``own`` is the text without the facts that it names: what the editor wrote out.
    """

    location: Location
    text: str
    own: str
    role: str
    block: Block | None

    @cached_property
    def split(self) -> Split:
        return split(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What counts for the reading level.

        An item of a list without a closing mark is a fragment ("Pen and paper for notes"), and
        does not count: formulas for sentences say nothing of it.
        """
        if self.role in LABELS:
            return ()
        return self.split.all if self.role in RUNNING else self.split.sentences

    @property
    def is_label(self) -> bool:
        return self.role in LABELS


def passages(words: Words, facts: Mapping[str, str]) -> tuple[Passage, ...]:
    """Every text of a page, in reading order; ``facts`` are as they are printed."""
    return tuple(_passages(words, facts))


def meanings(glossary: Glossary) -> Iterator[Passage]:
    """Every meaning of a glossary."""
    for index, term in enumerate(glossary.terms):
        yield Passage(("terms", index, "meaning"), term.meaning, term.meaning, "meaning", None)


def defined_terms(words: Words) -> frozenset[str]:
    """The terms that a page's definition blocks explain."""
    blocks = (block for block in words.blocks if isinstance(block, DefinitionBlock))
    return frozenset(entry.term for block in blocks for entry in block.terms)


def _passages(words: Words, facts: Mapping[str, str]) -> Iterator[Passage]:
    for location, text in texts(words):
        block = words.blocks[int(location[1])] if location[0] == "blocks" else None
        own = "".join(GAP if run.kind == "fact" else run.text for run in runs(text))
        yield Passage(location, _plain(text, facts), own, _role(location), block)


def _role(location: Location) -> str:
    """The last key that is a name: ``paragraphs`` for ``blocks, 2, paragraphs, 0``."""
    return next(str(step) for step in reversed(location) if isinstance(step, str))


def _plain(text: str, facts: Mapping[str, str]) -> str:
    return "".join(
        facts.get(run.text, run.text) if run.kind == "fact" else run.text for run in runs(text)
    )
