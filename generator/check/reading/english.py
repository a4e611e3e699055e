"""Syllables of English words: a few rules, and a list of the common words that break them.

The free lists of pronunciations are wrapped in packages under another licence than ours, or
fetched at run time, so the count is our own. A test compares it with the CMU Pronouncing
Dictionary: every word of our library, and the dictionary as a whole.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_PARTS = re.compile(r"[-/–]")
_NOT_LETTERS = re.compile(r"[^a-z]")
_VOWELS = re.compile(r"(?:[aeiou]|y(?![aeiou]))+")
_SILENT = tuple(
    re.compile(pattern)
    for pattern in (
        r"[^aeiouyl]e$|[aeiouy]le$",  # take, whole; but: table, knee
        r"(?:[^aeiouylcghjsxz]|[aeiouy]l|(?<![cs])h)es$",  # takes, wholes; but: doses, tables
        r"(?:[^aeiouldt]|[aeiouyl]l)ed$",  # washed, called; but: treated, handled
        r"[^aeiouyl]e(?=(?:ly|less|ness|ments?|ful|fully|some|ty)$)",  # safely, movement
        r"^(?:some|every|there|where|home|life|time|note|wide|guide)(?=[a-z]{3})",  # sometimes
        r"[gq]ues?$|icall(?=y$)",  # fatigue, medically
    )
)
"""Written vowels that are not spoken."""

_APART = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![tcsgln])i[ao]|(?<=[cs])iat|(?<=[ln])iat",  # diabetes, radio; but: special, action
        r"(?<![tcsgxn])ien(?!d)|scien|iet|(?<![tcsg])iu",  # science, quiet, medium
        r"[^aeiou]i(?:er|est)$",  # easier
        r"(?<![qg])ua|(?<=[^aeiouyq])u(?:ou|it[yi]|ent|ence)",  # usual, fluent
        r"[aeou]ing|[^aeiouw]y(?=[aeiou])|eing",  # doing, trying
        r"[aiy]sms?$|thms?$",  # organism, rhythm
        r"creat|react|e(?:um|ous|o[lr])",  # create, museum
    )
)
"""Written together, spoken apart."""

EXCEPTIONS = {
    word: int(count)
    for line in (Path(__file__).with_suffix(".txt")).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for count, *words in [line.split()]
    for word in words
}
"""Syllables of words that the rules count wrong."""


@cache
def syllables(word: str) -> int:
    """How many syllables a word has when it is read aloud; at least one.

    A word with hyphens is the sum of its parts. Figures, and abbreviations in capitals, count as
    one, as Flesch has it.
    """
    if any(character.isdigit() for character in word) or (word.isupper() and len(word) > 1):
        return 1
    return sum(_part(part) for part in _PARTS.split(word) if part) or 1


def _part(word: str) -> int:
    spoken = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    letters = _NOT_LETTERS.sub("", spoken)
    if (known := EXCEPTIONS.get(letters)) is not None:
        return known
    found = len(_VOWELS.findall(letters))
    found -= sum(len(pattern.findall(letters)) for pattern in _SILENT)
    found += sum(len(pattern.findall(letters)) for pattern in _APART)
    return max(found, 1)
