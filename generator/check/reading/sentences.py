"""Sentences and words of a text, as the formulas for reading level count them.

A sentence ends with its mark. Dots of abbreviations, initials and decimals end nothing. What is
left at the end without a mark is a fragment; whether it counts, the caller decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ABBREVIATIONS = (
    *("Dr", "Mr", "Mrs", "Ms", "St", "Jr", "Sr", "Prof", "No", "Fig", "vs", "approx", "Inc"),
    *("Dra", "Sra", "Srta", "Ud", "Uds", "Vd", "Vds", "pág", "núm", "aprox"),
)
_NO_END = re.compile(
    rf"\b(?:{'|'.join(_ABBREVIATIONS)})\.(?=\s)"  # Dr. Example
    r"|\b(?:e\.g|i\.e|p\.ej|cf|viz)\."
    r"|(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)"  # a.m., M.D.
    r"|\b[A-Z]\.(?=\s[A-Z])"  # A. Example
    r"|(?<=[a-z]\.[a-zA-Z])\.(?=\s+[^A-ZÁÉÍÓÚÑ¿¡])"  # 5 p.m. and
    r"|(?<=\d)[.](?=\d)",
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？؟]+")  # those marks are meant
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_HELD = "\x00"


@dataclass(frozen=True, slots=True)
class Split:
    """The sentences of a text in order, and what is left at its end without a closing mark."""

    sentences: tuple[str, ...]
    fragment: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.sentences, self.fragment) if self.fragment else self.sentences


def split(text: str) -> Split:
    """The sentences of one paragraph or item."""
    held = _NO_END.sub(lambda found: found[0].replace(".", _HELD), text)
    found: list[str] = []
    start = 0
    for end in _END.finditer(held):
        found.append(held[start : end.end()])
        start = end.end()
    parts = [part.replace(_HELD, ".").strip() for part in (*found, held[start:])]
    return Split(tuple(part for part in parts[:-1] if words(part)), _said(parts[-1]))


def words(text: str) -> tuple[str, ...]:
    """The words of a text. One with hyphens or an apostrophe is one word, and so is a figure."""
    return tuple(_WORD.findall(text))


def _said(text: str) -> str:
    return text if words(text) else ""
