"""The short code on each copy: which handout, which version, which language, which words.

It is what a patient's old copy is known by. It stands on the last page of a handout as letters and
as a small square code: ``HP1:<handout>:<version>:<language>:<20 hexadecimal digits>``, the last
being the first digits of the words' digest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.signoff.state import State

FORMAT = "HP1"
DIGITS = 20
"""80 bits: two different texts with the same ones cannot be made, not even on purpose."""
_PARTS = {
    "handout": r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "version": r"\d+(?:\.\d+)*",
    "language": r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*",
    "digest": rf"[0-9a-f]{{{DIGITS}}}",
}
_MISREAD = str.maketrans("oil", "011")
"""Letters that no digest has, and the figures that they are taken for."""
_WHOLE = re.compile(f"^{FORMAT}:" + ":".join(f"({part})" for part in _PARTS.values()) + "$")


class NoWordsCode(ValueError):
    """A text that is no such code, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class WordsCode:
    """``digest`` is the beginning of the words' digest, without ``sha256:``."""

    handout: str
    version: str
    language: str
    digest: str

    def __str__(self) -> str:
        return ":".join((FORMAT, self.handout, self.version, self.language, self.digest))

    def names(self, digest: str) -> bool:
        """Whether this is the code of the words with that digest."""
        return digest.removeprefix("sha256:").startswith(self.digest)


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """The words of pages that were printed, and where they stood on that day: pages whose words
    did not stand are marked, each of them. ``until`` is the day of the operation that they are for,
    where it is known; they have to stand until then."""

    code: WordsCode
    state: State
    until: date | None = None


def words_code(handout: str, version: str, language: str, digest: str) -> WordsCode:
    """The code of words, by their full digest."""
    return WordsCode(handout, version, language, digest.removeprefix("sha256:")[:DIGITS])


def is_words_code(text: str) -> bool:
    """Whether a square code that was read is one of these; a page has another for its sheet."""
    return _WHOLE.match(text) is not None


def read_words_code(typed: str) -> WordsCode:
    """A code as somebody typed it, with blanks or in capitals; raises :class:`NoWordsCode`."""
    text = re.sub(r"\s+", "", typed)
    prefix, *parts = text.split(":")
    if prefix.upper() != FORMAT:
        raise NoWordsCode(f"it does not begin with '{FORMAT}:'")
    if len(parts) != len(_PARTS):
        raise NoWordsCode(
            f"it has {len(parts)} parts after '{FORMAT}:', not {len(_PARTS)}: "
            "the handout, its version, its language and 20 letters and figures"
        )
    handout, version, language, digest = parts
    read = (handout.lower(), version, language, digest.lower().translate(_MISREAD))
    for (name, pattern), part in zip(_PARTS.items(), read, strict=True):
        if not re.fullmatch(pattern, part):
            raise NoWordsCode(_wrong(name, part))
    return WordsCode(*read)


def _wrong(name: str, part: str) -> str:
    if name != "digest":
        return f"'{part}' is no {name}"
    if len(part) != DIGITS:
        return f"its last part has {len(part)} letters and figures, not {DIGITS}"
    return f"its last part has '{re.sub('[0-9a-f]', '', part)[0]}'; there are only 0-9 and a-f"
