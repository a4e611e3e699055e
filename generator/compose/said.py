"""Reads what a file says of its words, the codes and where each stood on the day of printing, and
which packets are in it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

import pikepdf

from generator.compose.review_metadata import CODE, PACKET, STOOD
from generator.signoff import NoWordsCode, PrintedWords, State, read_words_code


def words_said(pdf: pikepdf.Pdf) -> tuple[PrintedWords, ...]:
    """The words that a file of ours names in its XMP, none if it is not ours.

    What it does not say of where they stood is taken as that they did: its pages may be unmarked.
    """
    said = _fields(pdf)
    codes, stood = said[CODE], said[STOOD]
    found = []
    for text, state in zip_longest(codes, stood[: len(codes)]):
        with contextlib.suppress(NoWordsCode):
            known = State(state) if state in set(State) else State.STANDS
            found.append(PrintedWords(read_words_code(text), known))
    return tuple(dict.fromkeys(found))


def packets_said(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """The opaque ids of the packets that a file of ours holds, none if it does not say so."""
    return tuple(dict.fromkeys(_fields(pdf)[PACKET]))


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
