"""Whether words may go to a patient: the digest of a handout's words, and where it stands.

A sign-off is bound to the digest. Change a comma, and it no longer stands.
"""

from generator.signoff.signed import SignedWords, unsealed
from generator.signoff.standing import Standing, add_months, holds_until, standing, standing_over
from generator.signoff.state import State, worst
from generator.signoff.words import digest, words_of
from generator.signoff.words_code import (
    NoWordsCode,
    PrintedWords,
    WordsCode,
    is_words_code,
    read_words_code,
    words_code,
)

__all__ = [
    "NoWordsCode",
    "PrintedWords",
    "SignedWords",
    "Standing",
    "State",
    "WordsCode",
    "add_months",
    "digest",
    "holds_until",
    "is_words_code",
    "read_words_code",
    "standing",
    "standing_over",
    "unsealed",
    "words_code",
    "words_of",
    "worst",
]
