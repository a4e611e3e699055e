"""Rule ``reading-level``: what is too hard to read, with the hardest sentences.

A block is judged by Flesch-Kincaid (Spanish: Szigriszt-Pazos) once it has enough sentences for a
mean to mean something. A handout is judged by both formulas of its language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked, Page
from generator.check.passages import Passage
from generator.check.reading import Level, Text, hardest, measure, measured_languages
from generator.check.reading.level import Measure, Verdict
from generator.model import Block, Handout

RULE = "reading-level"
UNMEASURED = "reading-unmeasured"
ENOUGH = 4
"""Sentences that a block needs to be judged by itself."""

_SEVERITY = {Verdict.BEYOND: Severity.WARNING, Verdict.FAR: Severity.ERROR}


@dataclass(frozen=True, slots=True)
class Scored:
    """A handout in one language and how hard it is; no level where no formula is known."""

    handout: Handout
    text: Text
    level: Level | None


def scored(looked: Looked) -> tuple[Scored, ...]:
    """Every handout with its level."""
    texts = ((handout, _whole(looked, handout)) for handout in looked.handouts)
    return tuple(Scored(handout, text, measure(text)) for handout, text in texts)


def reading_level(looked: Looked) -> Iterator[Finding]:
    """The blocks and the handouts that are beyond the target."""
    for page in looked.pages:
        yield from _blocks(page)
    for one in scored(looked):
        yield from _handout(looked, one)


@dataclass(frozen=True, slots=True)
class ScoredBlock:
    """A block that has enough sentences to be judged by itself."""

    block: Block
    said: tuple[Passage, ...]
    text: Text
    measure: Measure


def scored_blocks(page: Page) -> Iterator[ScoredBlock]:
    """The blocks of a page, each with how hard it is."""
    for block in page.words.blocks:
        said = tuple(passage for passage in page.passages if passage.block is block)
        text = Text(page.language, _sentences(said), page.defined, met=True)
        if len(text.sentences) >= ENOUGH and (level := measure(text)):
            yield ScoredBlock(block, said, text, level.measures[0])


def _blocks(page: Page) -> Iterator[Finding]:
    for one in scored_blocks(page):
        number = one.measure
        if number.verdict:
            severity, message = _SEVERITY[number.verdict], f"{number}. {_why(one.text)}"
            worst = next(hardest(one.text))[0]
            at = next(passage.location for passage in one.said if worst in passage.sentences)
            yield page.finding(at, severity, RULE, message, says=worst)


def _handout(looked: Looked, one: Scored) -> Iterator[Finding]:
    file, language = looked.definition(one.handout), one.handout.language
    if one.level is None:
        if language.split("-")[0] not in measured_languages():
            message = f"no validated formula is known here for '{language}'; ask a reader"
            yield file.finding(("title", language), Severity.NOTE, UNMEASURED, message)
        return
    for number in one.level.measures:
        if number.verdict:
            message = f"'{language}' as a whole: {number}. {_why(one.text)}"
            yield file.finding(("title", language), _SEVERITY[number.verdict], RULE, message)


def _why(text: Text) -> str:
    listed = "; ".join(f'"{sentence}" ({why})' for sentence, why in hardest(text))
    return f"Hardest: {listed}"


def _whole(looked: Looked, handout: Handout) -> Text:
    pages = looked.pages_of(handout)
    defined = frozenset(term for page in pages for term in page.defined)
    sentences = tuple(s for page in pages for s in _sentences(page.passages))
    return Text(handout.language, sentences, defined)


def _sentences(said: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(sentence for passage in said for sentence in passage.sentences)
