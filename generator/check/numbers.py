"""Rules for figures: a number says what it counts, and a date cannot be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.english_words import NO_UNITS, NUMBERED
from generator.check.finding import Finding, Severity
from generator.check.looked import Looked
from generator.check.passages import Passage

_NUMBER = re.compile(r"(?<![\w.,/:+-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w|[-/:.,]\d)")
_RANGE = re.compile(r"\s*(?:to|or|and|al?|o|y|[-–])\s*(?=\d)")
_YEARS = range(1900, 2100)
_UNIT = re.compile(r"\s*[%°$€£]|[\s-]*(?P<word>[^\W\d_]+)")
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)\s+$")
_MONEY = re.compile(r"[$€£]\s*$")
_ISO = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?:(?P=mark)(?P<y>\d{4}|\d{2}))?"
    r"(?![\d/]|[.-]\d|\s*(?:hours?|days?|weeks?|months?|mg|ml|cups?|of|tablets?))",
    re.IGNORECASE,
)
_A_DAY = re.compile(r"\b(?:on|by|until|before|after|from|since|dated)\s+$", re.IGNORECASE)
_NAKED = re.compile(r"(?<![\d\w])\.\d+|(?<![\d.])\d+\.0+(?![\d.])")
_FRACTION = re.compile(r"(?<![\d/])\d/\d(?![\d/])|[½⅓⅔¼¾]")

MONTHS = 12
DAYS = 31


def numbers(looked: Looked) -> Iterator[Finding]:
    """Everything that these rules find, file by file."""
    for written in looked.written:
        for passage in written.passages:
            for rule, severity, message, says in _looked_at(passage):
                yield written.file.finding(passage.location, severity, rule, message, says=says)


def _looked_at(passage: Passage) -> Iterator[tuple[str, Severity, str, str]]:
    for says in bare_numbers(passage.own):
        message = f"'{says}' does not say what it counts; write the unit after it"
        yield "number-unit", Severity.WARNING, message, says
    for says in odd_numbers(passage.own):
        message = f"'{says}' is easily misread; write a whole number, or 0.5, or half"
        yield "number-form", Severity.WARNING, message, says
    for says in unclear_dates(passage.own):
        message = f"'{says}' can be read as two days; write the month as a word"
        yield "date-ambiguous", Severity.ERROR, message, says


def bare_numbers(text: str) -> Iterator[str]:
    """The numbers of a text that no unit follows."""
    dates = {found.start() for pattern in (_ISO, _FIGURES) for found in pattern.finditer(text)}
    for found in _NUMBER.finditer(text):
        if found.start() in dates or _RANGE.match(text, found.end()):
            continue
        if not (_has_unit(text, found.end()) or _is_named(text, found)):
            yield found[0]


def _has_unit(text: str, end: int) -> bool:
    unit = _UNIT.match(text, end)
    return bool(unit and (unit["word"] or "").lower() not in NO_UNITS)


def _is_named(text: str, found: re.Match[str]) -> bool:
    """A year, a price, or a number that names: "step 2"."""
    before = text[: found.start()]
    word = _BEFORE.search(before)
    if word and word["word"].lower() in NUMBERED:
        return True
    is_year = found[0].isdigit() and len(found[0]) == 4 and int(found[0]) in _YEARS
    return is_year or bool(_MONEY.search(before))


def odd_numbers(text: str) -> Iterator[str]:
    """Decimals without a leading zero or with a trailing one (ISMP), and fractions."""
    for pattern in (_NAKED, _FRACTION):
        yield from (found[0] for found in pattern.finditer(text))


def unclear_dates(text: str) -> Iterator[str]:
    """Dates in figures alone."""
    yield from (found[0] for found in _ISO.finditer(text))
    for found in _FIGURES.finditer(text):
        first, second = sorted((int(found["a"]), int(found["b"])))
        is_date = 0 < first <= MONTHS and second <= DAYS
        if is_date and (found["y"] or _A_DAY.search(text[: found.start()])):
            yield found[0]
