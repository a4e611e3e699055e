"""Rules for words and sentences: each looks at one passage and says what it found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.check import english_words as english
from generator.check.finding import Finding, Severity
from generator.check.looked import Looked
from generator.check.passages import Passage
from generator.check.reading import words

Found = Iterator[tuple[Severity, str, str, str]]
"""Severity, rule, message, and the words that it is about."""

LONGEST_SENTENCE = {"en": 15}
LONGEST_ELSEWHERE = 20
"""Words. Fifteen is for English; other languages say the same in more, and this is our own."""
LONGEST_PARAGRAPH = 4
"""Sentences."""

WARNING, ERROR = Severity.WARNING, Severity.ERROR


def wording(looked: Looked) -> Iterator[Finding]:
    """Everything that these rules find, file by file."""
    for written in looked.written:
        for passage in written.passages:
            for severity, rule, message, says in _looked_at(written.language, passage):
                yield written.file.finding(passage.location, severity, rule, message, says=says)


def _looked_at(language: str, passage: Passage) -> Found:
    yield from sentence_length(passage, language)
    yield from paragraph_length(passage)
    yield from abbreviations(passage)
    if language.partition("-")[0] == "en":
        for look in ENGLISH:
            yield from look(passage)


def sentence_length(passage: Passage, language: str) -> Found:
    """Sentences, and items without a closing mark, that are too long."""
    most = LONGEST_SENTENCE.get(language.partition("-")[0], LONGEST_ELSEWHERE)
    for sentence in () if passage.is_label else passage.split.all:
        if (length := len(words(sentence))) > most:
            message = f'"{sentence}" has {length} words, at most {most}; make it two sentences'
            yield WARNING, "sentence-length", message, sentence


def paragraph_length(passage: Passage) -> Found:
    """Paragraphs of too many sentences."""
    length = len(passage.split.all)
    if passage.role in {"paragraphs", "purpose"} and length > LONGEST_PARAGRAPH:
        message = f"has {length} sentences, at most {LONGEST_PARAGRAPH}; make it two paragraphs"
        yield WARNING, "paragraph-length", message, ""


def abbreviations(passage: Passage) -> Found:
    """Abbreviations that readers misread, or do not know."""
    for severity, known in ((ERROR, english.DOSING), (WARNING, english.LATIN)):
        for short, meaning in known.items():
            for found in _abbreviation(short).finditer(passage.own):
                message = f"'{found[0]}' is not clear to every reader; write '{meaning}'"
                yield severity, "abbreviation", message, found[0]


def passive_instruction(passage: Passage) -> Found:
    """Instructions that do not say who is to act."""
    for found in english.PASSIVE.finditer(passage.text):
        if found["subject"].lower() not in english.SURGEONS:
            message = f"'{found['passive']}' does not say who acts; say it to the reader"
            yield WARNING, "passive-instruction", message, found["passive"]


def double_negative(passage: Passage) -> Found:
    """Two negatives that a reader has to undo."""
    for found in english.DOUBLE_NEGATIVE.finditer(passage.text):
        message = f"'{found[0]}' says no twice; say what to do"
        yield WARNING, "double-negative", message, found[0]


def calculation(passage: Passage) -> Found:
    """Sums that the reader has to do; the plan does them."""
    for found in english.CALCULATION.finditer(passage.text):
        message = f"'{found[0]}' has the reader calculate; say the result, or name the plan"
        yield WARNING, "calculation", message, found[0]


def link_text(passage: Passage) -> Found:
    """ "Click here": it is on paper, and says nothing to somebody who listens to a page."""
    for found in english.LINK_TEXT.finditer(passage.text):
        message = f"'{found[0]}' leads nowhere on paper; name the page or the address"
        yield WARNING, "link-text", message, found[0]


def capitals(passage: Passage) -> Found:
    """Words in block capitals, which are hard to read."""
    for found in english.CAPITALS.finditer(passage.own):
        message = f"'{found[0]}' in capitals is hard to read; use **strong** words"
        yield WARNING, "capitals", message, found[0]


def _abbreviation(short: str) -> re.Pattern[str]:
    flags = re.IGNORECASE if short.islower() and "." in short else re.NOFLAG
    return re.compile(rf"(?<![\w.]){re.escape(short)}(?!\w)", flags)


ENGLISH: tuple[Callable[[Passage], Found], ...] = (
    passive_instruction,
    double_negative,
    calculation,
    link_text,
    capitals,
)
