"""The machine's answers: from the rules' findings and the blocks that a handout has.

An item that asks for a judgement stays open, for a person to tick.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked, Page
from generator.check.reading import measured_languages, words
from generator.check.structure import is_action, tells_what_to_do
from generator.library import shown
from generator.model import Block, Handout
from generator.model.blocks import StepsBlock, TableBlock

SHORT_HEADING = 6
"""Words that the heading of a column may have."""


class Answer(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"
    NOT_APPLICABLE = "not applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and what it rests on or what the person may look at."""

    answer: Answer
    why: str


BROKEN_BY: Mapping[int, tuple[str, ...]] = {
    3: ("reading-level", "sentence-length", "abbreviation", "double-negative"),
    4: ("jargon-undefined",),
    5: ("passive-instruction",),
    6: ("number-unit", "number-form", "date-ambiguous"),
    7: ("calculation",),
    8: ("block-length", "paragraph-length"),
    9: ("heading-generic", "heading-repeated"),
    17: ("figure-text",),
    21: ("reader-address",),
}
"""Items that findings answer: none of them, and the handout agrees. Explained ones do not count."""

ALSO_BROKEN_BY: Mapping[int, tuple[str, ...]] = {
    1: ("purpose",),
    11: ("summary-missing",),
    20: ("action-missing",),
    22: ("steps",),
}
"""Items that findings deny, though their absence does not prove them."""

KNOWS_ENGLISH = frozenset({5, 7, 9, 21})
"""Items whose rules know no other language: there, a person answers."""

LOOK_AT = {
    1: "Each page opens with what it is for; is it plain at once?",
    2: "Is anything here that this reader does not need?",
    10: "Read the pages in their order, as the patient will.",
    15: "Would a picture help anywhere?",
    16: "Look at each picture beside its words.",
    18: "Look at each picture on paper.",
    24: "Is each sum shown with an example?",
    25: "Does the text say what to do with each table and drawing?",
    26: "Would a picture make anything easier to do?",
}


@dataclass(frozen=True)
class _Material:
    """A handout as the items look at it."""

    language: str
    pages: tuple[Page, ...]
    findings: Sequence[Finding]
    silent: Mapping[int, str]
    """Items that rules say nothing about in this language, and why."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for page in self.pages for block in page.words.blocks)

    def has(self, *kinds: str) -> str:
        """The titles of up to two blocks of these kinds; empty when there are none."""
        return _titles([block for block in self.blocks if block.kind in kinds])


def _titles(blocks: Sequence[Block]) -> str:
    titles = list(dict.fromkeys(f"'{block.title}'" for block in blocks))
    more = f" and {len(titles) - 2} more" if len(titles) > 2 else ""
    return f"{', '.join(titles[:2])}{more}"


def answers(looked: Looked, handout: Handout, findings: Sequence[Finding]) -> dict[int, Said]:
    """An answer to every item, by its number."""
    pages = looked.pages_of(handout)
    files = {shown(page.file.path) for page in pages} | {shown(looked.definition(handout).path)}
    counted = [f for f in findings if f.path in files and f.severity > Severity.NOTE]
    language = handout.language.partition("-")[0]
    material = _Material(language, pages, counted, dict(_silent(looked, handout.language)))
    said = {number: _by_findings(material, number) for number in BROKEN_BY}
    said |= {number: Said(Answer.OPEN, look) for number, look in LOOK_AT.items()}
    said |= {number: answer(material) for number, answer in _BY_BLOCKS.items()}
    said |= {n: _denied(broken) for n in ALSO_BROKEN_BY if (broken := _broken(material, n))}
    said |= {number: Said(Answer.NOT_APPLICABLE, why) for number, why in _idle(material, said)}
    return dict(sorted(said.items()))


def _by_findings(material: _Material, number: int) -> Said:
    if broken := _broken(material, number):
        return _denied(broken)
    if why := material.silent.get(number):
        return Said(Answer.OPEN, why)
    return Said(Answer.AGREE, f"no finding by {', '.join(BROKEN_BY[number])}")


def _broken(material: _Material, number: int) -> list[Finding]:
    rules = {**BROKEN_BY, **ALSO_BROKEN_BY}[number]
    return [finding for finding in material.findings if finding.rule in rules]


def _denied(broken: list[Finding]) -> Said:
    first = broken[0]
    more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
    return Said(Answer.DISAGREE, f"{first.path}:{first.line} {first.rule}{more}")


def _silent(looked: Looked, language: str) -> Iterator[tuple[int, str]]:
    """Items on which the absence of findings says nothing."""
    base = language.partition("-")[0]
    if base not in measured_languages():
        yield 3, "No formula is known for this language; let a reader of it judge."
    if language not in looked.library.glossaries:
        yield 4, "There is no glossary of this language to compare with."
    if base != "en":
        yield from ((n, "The rule for this knows English only.") for n in sorted(KNOWS_ENGLISH))


def _present(*kinds: str) -> Callable[[_Material], Said]:
    def answer(material: _Material) -> Said:
        if found := material.has(*kinds):
            return Said(Answer.AGREE, found)
        return Said(Answer.DISAGREE, f"no block of the kind {' or '.join(kinds)}")

    return answer


def _acts(material: _Material) -> Said:
    if acting := [one for one in material.blocks if is_action(one, material.language)]:
        return Said(Answer.AGREE, _titles(acting))
    return Said(Answer.DISAGREE, "no block tells the reader what to do")


def _steps(material: _Material) -> Said:
    """Steps that the reader takes; what the surgeon does is none of them."""
    found = [block for block in material.blocks if isinstance(block, StepsBlock)]
    if material.language == "en":
        found = [block for block in found if all(map(tells_what_to_do, block.items[:1]))]
    if not found:
        return Said(Answer.DISAGREE, "no block of the kind steps is about what the reader does")
    return Said(Answer.AGREE, _titles(found))


def _tables(material: _Material) -> Said:
    tables = [block for block in material.blocks if isinstance(block, TableBlock)]
    long = [c for table in tables for c in table.columns if len(words(c)) > SHORT_HEADING]
    if long:
        return Said(Answer.DISAGREE, f"'{long[0]}' is long for a heading")
    return Said(Answer.AGREE, f"{len(tables)} with headings of at most {SHORT_HEADING} words")


def _idle(material: _Material, said: Mapping[int, Said]) -> list[tuple[int, str]]:
    """Items that do not apply, and why."""
    text = [passage.text for page in material.pages for passage in page.passages]
    figures, tables = material.has("figure"), material.has("table")
    idle = [(number, "no pictures") for number in (16, 17, 18) if not figures]
    idle += [(19, "no tables")] if not tables else []
    idle += [(25, "no tables or drawings")] if not tables and not figures else []
    idle += [(6, "no numbers")] if not any(re.search(r"\d", one) for one in text) else []
    idle += [(24, "no sums")] if said[7].answer is Answer.AGREE else []
    return idle


_BY_BLOCKS: Mapping[int, Callable[[_Material], Said]] = {
    11: _present("summary"),
    12: _present("warning", "call", "summary"),
    19: _tables,
    20: _acts,
    22: _steps,
    23: _present("checklist", "questions"),
}
