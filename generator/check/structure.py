"""Rules for the shape of a page and of a handout: what PEMAT-P and CDC's index ask of both."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check import english_words as english
from generator.check.finding import Finding, Severity
from generator.check.looked import Looked, Page
from generator.check.reading import split, words
from generator.model import Block, CallBlock, FigureBlock, Handout
from generator.model.blocks import ListBlock, SummaryBlock, TextBlock

LONGEST_PURPOSE = 3
"""Sentences."""
LONGEST_BLOCK = 150
"""Words: about half a page in our print."""
LONGEST_LIST = 10
"""Items."""
NEEDS_SUMMARY = 250
"""Words from which a page needs a summary of its own."""
SHORTEST_ALT = 5
"""Words that an alternative text needs to say anything."""
ACTS = frozenset({"checklist", "call", "questions"})
"""Kinds of blocks that have the reader do something."""
URGENCIES = ("emergency", "same-day", "office-hours")

WARNING = Severity.WARNING


def structure(looked: Looked) -> Iterator[Finding]:
    """What is wrong with the shape of pages and handouts."""
    for page in looked.pages:
        yield from _purpose(page)
        yield from _summary(page)
        yield from _address(page)
        for index, block in enumerate(page.words.blocks):
            yield from _heading(page, index)
            yield from _length(page, index, block)
            yield from _sequence(page, index, block)
            yield from _figure(page, index, block)
    for handout in looked.handouts:
        yield from _handout(looked, handout)


def length(page: Page, block: Block | None = None) -> int:
    """The words of a page, or of one of its blocks."""
    said = (p for p in page.passages if block is None or p.block is block)
    return sum(len(words(passage.text)) for passage in said if passage.role != "alt")


def is_generic(heading: str) -> bool:
    """Whether a heading could stand over anything."""
    return " ".join(words(heading)).lower() in english.GENERIC_HEADINGS


def is_action(block: Block, language: str) -> bool:
    """Whether a block has the reader do something: by its kind or, in English, by its words."""
    if block.kind in ACTS or (block.kind == "steps" and not language.startswith("en")):
        return True
    texts = (*getattr(block, "items", ()), *getattr(block, "paragraphs", ()))
    return any(map(tells_what_to_do, texts))


def tells_what_to_do(text: str) -> bool:
    """Whether a sentence of an English text begins with what to do."""
    said = (sentence.lstrip("* ") for sentence in split(text).all)
    return any(map(english.IMPERATIVE.match, said))


def _purpose(page: Page) -> Iterator[Finding]:
    said = split(page.words.purpose).all
    if len(said) > LONGEST_PURPOSE:
        message = f"has {len(said)} sentences; say what the page is for in {LONGEST_PURPOSE}"
        yield page.finding(("purpose",), WARNING, "purpose", message)
    if found := english.EMPTY_PURPOSE.search(page.words.purpose):
        message = f"'{found[0]}' could stand on any page; say what this one is for"
        yield page.finding(("purpose",), WARNING, "purpose", message, says=found[0])


def _summary(page: Page) -> Iterator[Finding]:
    if any(isinstance(block, SummaryBlock) for block in page.words.blocks):
        return
    if (long := length(page)) > NEEDS_SUMMARY:
        message = f"the page has {long} words and no summary; add a block of the kind 'summary'"
        yield page.finding(("blocks",), WARNING, "summary-missing", message)


def _address(page: Page) -> Iterator[Finding]:
    if page.language != "en" or any(english.SECOND_PERSON.search(p.text) for p in page.passages):
        return
    message = "the page never says 'you'; speak to the reader"
    yield page.finding(("title",), WARNING, "reader-address", message)


def _heading(page: Page, index: int) -> Iterator[Finding]:
    at, heading = ("blocks", index, "title"), page.words.blocks[index].title
    if page.language == "en" and is_generic(heading):
        message = f"'{heading}' could stand over anything; say what the reader finds below"
        yield page.finding(at, WARNING, "heading-generic", message)
    if heading in [block.title for block in page.words.blocks[:index]]:
        message = f"'{heading}' stands over two blocks of this page; give each its own"
        yield page.finding(at, WARNING, "heading-repeated", message)


def _length(page: Page, index: int, block: Block) -> Iterator[Finding]:
    items = len(getattr(block, "items", ()))
    if (long := length(page, block)) > LONGEST_BLOCK and block.kind != "definition":
        message = f"has {long} words, at most {LONGEST_BLOCK}; make it two blocks"
        yield page.finding(("blocks", index), WARNING, "block-length", message)
    if items > LONGEST_LIST:
        message = f"has {items} items, at most {LONGEST_LIST}; make it two lists"
        yield page.finding(("blocks", index, "items"), WARNING, "block-length", message)


def _sequence(page: Page, index: int, block: Block) -> Iterator[Finding]:
    """A sequence that is not written as steps, which are numbered."""
    if page.language != "en" or not isinstance(block, ListBlock | TextBlock):
        return
    key = "items" if isinstance(block, ListBlock) else "paragraphs"
    said = [text.lstrip("* ") for text in getattr(block, key)]
    if sum(bool(english.SEQUENCE.match(text)) for text in said) >= 2:
        message = "tells one thing after the other; make it a block of the kind 'steps'"
        yield page.finding(("blocks", index, key), WARNING, "steps", message)


def _figure(page: Page, index: int, block: Block) -> Iterator[Finding]:
    if not isinstance(block, FigureBlock):
        return
    at = ("blocks", index, "alt")
    if block.alt == block.caption:
        message = "is the caption again; say what is to be seen"
        yield page.finding(at, WARNING, "figure-text", message)
    elif len(words(block.alt)) < SHORTEST_ALT:
        message = f"has under {SHORTEST_ALT} words; say what is to be seen"
        yield page.finding(at, WARNING, "figure-text", message)


def _handout(looked: Looked, handout: Handout) -> Iterator[Finding]:
    file, pages = looked.definition(handout), looked.pages_of(handout)
    blocks = [block for page in pages for block in page.words.blocks]
    at = ("title", handout.language)
    if not any(is_action(block, handout.language) for block in blocks):
        message = f"'{handout.language}': nothing here tells the reader what to do; add steps"
        yield file.finding(at, Severity.ERROR, "action-missing", message)
    urgencies = {block.urgency for block in blocks if isinstance(block, CallBlock)}
    if missing := [urgency for urgency in URGENCIES if urgency not in urgencies]:
        listed = ", ".join(missing)
        message = f"'{handout.language}': no block says when to call ({listed}); add a 'call' block"
        severity = Severity.ERROR if "emergency" in missing else WARNING
        yield file.finding(at, severity, "call-levels", message)
