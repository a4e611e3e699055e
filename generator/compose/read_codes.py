"""Reads the codes of words from a file: a PDF of ours, a scan, or a photograph of a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import zxingcpp
from PIL import Image, UnidentifiedImageError

from generator.compose.said import Said, said_of
from generator.errors import LockedAtPrinter, UsageError
from generator.press import UnreadablePages, page_count, page_pictures
from generator.signoff import is_words_code

_KIND = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.DataMatrix)
SCAN_DPI = 200
"""A module of the code is half a millimetre, four dots at this."""


DAMAGED = "it is a PDF, but a damaged one; scan the page again, or type the code (HP1:…)"


class UnreadableCopy(UsageError):
    """The file cannot be read, or no code can be seen on it.

    Cure: scan the last page flat, at 200 dots an inch or more, or type the code that stands
    beside the square.
    """

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")


def codes_in(file: Path, shown: str) -> tuple[str, ...]:
    """The codes of the words in a file, each once; ``shown`` is the file's name for people.

    A PDF of ours says them itself; a scan or a photograph is looked at. Raises
    :class:`UnreadableCopy` when it cannot be read, or has no code.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableCopy(shown, f"it cannot be read: {error.strerror}") from None
    if content.lstrip()[:5] == b"%PDF-":
        found = _said_by(content, shown) or tuple(_seen_on(_pages(content, shown)))
    else:
        found = tuple(_seen_on(_picture(content, shown)))
    if not found:
        raise UnreadableCopy(
            shown,
            "no code was found in it. The code is on the last page of each handout; scan that "
            "page flat, at 200 dots an inch or more, or type what stands beside it (HP1:…)",
        )
    return tuple(dict.fromkeys(found))


def _said_by(content: bytes, shown: str) -> tuple[str, ...]:
    """What a PDF says of itself."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return tuple(str(words.code) for words in said_of(pdf).words)
    except pikepdf.PasswordError:
        why = "it is locked with a password; save it without one, or type the code (HP1:…)"
        raise UnreadableCopy(shown, why) from None
    except (pikepdf.PdfError, UnicodeError):
        raise UnreadableCopy(shown, DAMAGED) from None


def said_of_file(file: Path, shown: str) -> Said:
    """What a PDF that is to be printed says it holds.

    Raises :class:`UnreadableCopy`, and :class:`LockedAtPrinter`.
    """
    try:
        with pikepdf.open(file) as pdf:
            return said_of(pdf)
    except pikepdf.PasswordError:
        raise LockedAtPrinter(shown) from None
    except OSError as error:
        raise UnreadableCopy(shown, f"it cannot be read: {error.strerror}") from None
    except (pikepdf.PdfError, UnicodeError):
        raise UnreadableCopy(shown, "it is no PDF that can be read; make it anew") from None


def _pages(content: bytes, shown: str) -> Iterator[Image.Image]:
    """The pages as pictures, the last one first: that is where the code is."""
    try:
        for number in reversed(range(page_count(content))):
            (picture,) = page_pictures(content, [number], SCAN_DPI, small=False).values()
            yield Image.open(io.BytesIO(picture))
    except UnreadablePages:
        raise UnreadableCopy(shown, DAMAGED) from None


def _picture(content: bytes, shown: str) -> Iterator[Image.Image]:
    """Each picture of a picture file; a scanner's TIFF can have many."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                yield picture.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        why = "it is neither a PDF nor a picture that can be read; save it as PNG, JPEG or TIFF"
        raise UnreadableCopy(shown, why) from None


def _seen_on(pictures: Iterator[Image.Image]) -> Iterator[str]:
    for picture in pictures:
        for code in zxingcpp.read_barcodes(picture, _KIND):
            if is_words_code(code.text):
                yield code.text
