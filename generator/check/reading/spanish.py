"""Syllables of Spanish words: the spelling says them, so there are rules and no list."""

from __future__ import annotations

import re
from functools import cache

_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
_VOWELS = re.compile(r"(?:[aeiouáéíóúüàèò]|y(?![aeiouáéíóú]))+")
_STRONG = re.compile(r"[aeoáéóíúàèò]")
"""Each is a syllable of its own; a weak vowel (i, u) beside one is not, unless it is accented."""


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, by the rules of the Real Academia's spelling; at least one.

    Figures, and abbreviations in capitals, count as one, as in English.
    """
    if any(character.isdigit() for character in word) or (word.isupper() and len(word) > 1):
        return 1
    runs = _VOWELS.findall(_SILENT_U.sub("", word.lower()))
    return sum(max(len(_STRONG.findall(run)), 1) for run in runs) or 1
