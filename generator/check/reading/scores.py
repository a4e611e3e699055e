"""The formulas, each from its publication; pure numbers in, pure numbers out.

Flesch ease: Flesch, R. (1948), "A new readability yardstick". Flesch-Kincaid grade: Kincaid, J. P.
et al. (1975), Naval Technical Training, Research Branch Report 8-75. SMOG: McLaughlin, G. H.
(1969), "SMOG grading: a new readability formula". Fernández Huerta, J. (1959), "Medidas sencillas
de lecturabilidad", with the constants as legible.es gives them. Szigriszt Pazos, F. (1993); its
INFLESZ scale for texts to patients: Barrio-Cantalejo, I. M. et al. (2008).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

SMOG_NEEDS = 30
"""Sentences. McLaughlin's formula was fitted to 30; with fewer it is an estimate."""
LONG_WORD = 3
"""Syllables from which SMOG counts a word."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas count. Counts of several texts can be added."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    long_words: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.long_words + other.long_words,
        )

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def syllables_a_word(self) -> float:
        return self.syllables / self.words

    @property
    def smog_is_estimate(self) -> bool:
        return self.sentences < SMOG_NEEDS


def count(sentences: Iterable[Iterable[str]], syllables: Callable[[str], int]) -> Counts:
    """The counts of sentences that are given as their words."""
    total = Counts()
    for sentence in sentences:
        lengths = [syllables(word) for word in sentence]
        if lengths:
            long = sum(length >= LONG_WORD for length in lengths)
            total += Counts(1, len(lengths), sum(lengths), long)
    return total


def flesch_kincaid(counts: Counts) -> float:
    """The grade of a school in the United States; English."""
    return 0.39 * counts.words_a_sentence + 11.8 * counts.syllables_a_word - 15.59


def flesch_ease(counts: Counts) -> float:
    """0 (very hard) to 100 (very easy), and beyond; English."""
    return 206.835 - 1.015 * counts.words_a_sentence - 84.6 * counts.syllables_a_word


def smog(counts: Counts) -> float:
    """The grade of a school in the United States; English."""
    return 1.0430 * sqrt(counts.long_words * SMOG_NEEDS / counts.sentences) + 3.1291


def fernandez_huerta(counts: Counts) -> float:
    """0 (very hard) to 100 (very easy); Spanish."""
    return 206.84 - 60 * counts.syllables_a_word - 1.02 * counts.words_a_sentence


def szigriszt_pazos(counts: Counts) -> float:
    """0 (very hard) to 100 (very easy); Spanish. INFLESZ names its bands, :func:`inflesz`."""
    return 206.835 - 62.3 * counts.syllables_a_word - counts.words_a_sentence


def inflesz(score: float) -> str:
    """The band of a score on the INFLESZ scale."""
    bands = ((40, "very hard"), (55, "somewhat hard"), (65, "normal"), (80, "fairly easy"))
    return next((name for below, name in bands if score < below), "very easy")
