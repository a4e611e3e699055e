"""How hard a text is to read: by which formulas, against which targets, and which sentences.

A language without a validated formula here has no level: nothing is invented.

A long word of a term that the handout defines counts in full once. After that it counts as a word
of two syllables: the reader has met it, and an editor cannot replace it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from generator.check.reading import english, scores, spanish
from generator.check.reading.scores import LONG_WORD, Counts
from generator.check.reading.sentences import words

MET = 2
"""Syllables of a defined term's long word from the second time on."""

_SYLLABLES: dict[str, Callable[[str], int]] = {
    "en": english.syllables,
    "es": spanish.syllables,
}


class Verdict(IntEnum):
    """Within the target, beyond it, or far beyond it."""

    WITHIN = 0
    BEYOND = 1
    FAR = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """One formula's value, with the target and the limit that it is held to, if any."""

    short: str
    name: str
    value: float
    target: float | None = None
    limit: float | None = None
    higher_is_easier: bool = False
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.target is None or self.limit is None:
            return Verdict.WITHIN
        value, target, limit = round(self.value, 1), self.target, self.limit
        if self.higher_is_easier:
            value, target, limit = -value, -target, -limit
        return Verdict.FAR if value > limit else Verdict(value > target)

    def __str__(self) -> str:
        aim = "at least" if self.higher_is_easier else "at most"
        said = [f"target {aim} {self.target:g}"] if self.target is not None else []
        said += [self.note] if self.note else []
        more = f" ({', '.join(said)})" if said else ""
        return f"{self.name} {self.value:.1f}{more}"


@dataclass(frozen=True, slots=True)
class Level:
    """What was counted (with the allowance for defined terms), and all words as they stand."""

    language: str
    counts: Counts
    plain: Counts

    @property
    def measures(self) -> tuple[Measure, ...]:
        return _english(self.counts) if _base(self.language) == "en" else _spanish(self.counts)

    @property
    def plain_measures(self) -> tuple[Measure, ...]:
        """The same without the allowance for terms that the handout defines."""
        return _english(self.plain) if _base(self.language) == "en" else _spanish(self.plain)


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences to measure, in reading order, and the terms that the handout defines.

    ``met``: the reader has met these terms already, as in a block that is judged by itself.
    """

    language: str
    sentences: tuple[str, ...]
    defined: frozenset[str] = frozenset()
    met: bool = False


def measured_languages() -> tuple[str, ...]:
    """The languages that have a formula here."""
    return tuple(_SYLLABLES)


def measure(text: Text) -> Level | None:
    """The level of a text; None without a sentence or without a formula for its language."""
    syllables = _SYLLABLES.get(_base(text.language))
    split = [words(sentence) for sentence in text.sentences]
    if syllables is None or not any(split):
        return None
    known = _long_words(text.defined, syllables)
    allowed = _allowing(syllables, known, set(known) if text.met else set())
    counted = scores.count(split, allowed)
    return Level(text.language, counted, scores.count(split, syllables))


def hardest(text: Text, most: int = 2) -> Iterator[tuple[str, str]]:
    """The hardest sentences, the worst first, each with why: its length, and its long words."""
    syllables = _SYLLABLES[_base(text.language)]
    known = _long_words(text.defined, syllables)
    counted = _allowing(syllables, known, set(known))
    ranked = sorted(text.sentences, key=lambda s: -_weight(words(s), counted))
    for sentence in ranked[:most]:
        said = words(sentence)
        long = dict.fromkeys(
            word for word in said if syllables(word) >= LONG_WORD and _stem(word) not in known
        )
        why = f"{len(said)} words"
        yield sentence, f"{why}; long: {', '.join(long)}" if long else why


def _weight(said: tuple[str, ...], syllables: Callable[[str], int]) -> float:
    """How much a sentence adds to the grade: its length, and the length of its words."""
    if not said:
        return 0.0
    return 0.39 * len(said) + 11.8 * sum(map(syllables, said)) / len(said)


def _allowing(
    syllables: Callable[[str], int], known: frozenset[str], met: set[str]
) -> Callable[[str], int]:
    def counted(word: str) -> int:
        stem, length = _stem(word), syllables(word)
        if stem not in known:
            return length
        if stem in met:
            return min(length, MET)
        met.add(stem)
        return length

    return counted


def _long_words(terms: Iterable[str], syllables: Callable[[str], int]) -> frozenset[str]:
    found = (word for term in terms for word in words(term))
    return frozenset(_stem(word) for word in found if syllables(word) >= LONG_WORD)


def _stem(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s").removesuffix("s")


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def _english(counts: Counts) -> tuple[Measure, ...]:
    few = counts.smog_is_estimate
    note = f"an estimate: {counts.sentences} sentences, and it needs {scores.SMOG_NEEDS}"
    return (
        Measure("FK", "Flesch-Kincaid grade", scores.flesch_kincaid(counts), 6, 8),
        Measure("SMOG", "SMOG grade", scores.smog(counts), note=note)
        if few
        else Measure("SMOG", "SMOG grade", scores.smog(counts), 8, 10),
        Measure("ease", "Flesch ease", scores.flesch_ease(counts)),
    )


def _spanish(counts: Counts) -> tuple[Measure, ...]:
    value = scores.szigriszt_pazos(counts)
    band = f"INFLESZ: {scores.inflesz(value)}"
    return (
        Measure("INFLESZ", "Szigriszt-Pazos", value, 65, 55, higher_is_easier=True, note=band),
        Measure("FH", "Fernández Huerta", scores.fernandez_huerta(counts)),
    )
