"""Whether words may go to a patient: the digest of a handout's words, and where it stands.

A sign-off is bound to the digest. Change a comma, and it no longer stands.
"""

from generator.signoff.signed import SignedWords, unsealed
from generator.signoff.standing import Standing, add_months, holds_until, standing, standing_over
from generator.signoff.state import State, worst
from generator.signoff.words import digest, words_of

__all__ = [
    "SignedWords",
    "Standing",
    "State",
    "add_months",
    "digest",
    "holds_until",
    "standing",
    "standing_over",
    "unsealed",
    "words_of",
    "worst",
]
