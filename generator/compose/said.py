"""Reads what a file says of its words, the codes and where each stood on the day of printing, and
which packets are in it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pikepdf

from generator.compose.review_metadata import CODE, PACKET, STOOD
from generator.signoff import NoWordsCode, PrintedWords, State, read_words_code


@dataclass(frozen=True, slots=True)
class Said:
    """What a PDF says of itself: its words, where they stood when it was made, and the ids of the
    packets in it; nothing, where it does not say."""

    words: tuple[PrintedWords, ...]
    packets: tuple[str, ...]


def said_of(pdf: pikepdf.Pdf) -> Said:
    """What a file of ours says in its XMP; one of somebody else says nothing."""
    said = _fields(pdf)
    return Said(_words(said[CODE], said[STOOD]), tuple(dict.fromkeys(said[PACKET])))


def _words(codes: Sequence[str], stood: Sequence[str]) -> tuple[PrintedWords, ...]:
    """What is not said of where words stood is taken as that they did: pages may be unmarked."""
    found = []
    for text, state in zip_longest(codes, stood[: len(codes)]):
        with contextlib.suppress(NoWordsCode):
            known = State(state) if state in set(State) else State.STANDS
            found.append(PrintedWords(read_words_code(text), known))
    return tuple(dict.fromkeys(found))


def _fields(pdf: pikepdf.Pdf) -> Mapping[str, list[str]]:
    """Our fields in a file's XMP; other people's XMP may be anything, and says nothing to us."""
    found: dict[str, list[str]] = {CODE: [], STOOD: [], PACKET: []}
    if not isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        return found
    with (
        contextlib.suppress(ValueError, SyntaxError, pikepdf.PdfError),
        pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False, strict=True) as said,
    ):
        found = {name: _list(said.get(name)) for name in found}
    return found


def _list(said: Any) -> list[str]:
    """A field as it was read: a list, one text alone, or nothing."""
    return [said] if isinstance(said, str) else list(said or ())
