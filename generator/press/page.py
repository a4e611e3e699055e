"""Lays out HTML as pages, checks them, and writes a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator.bounds import bounded
from generator.errors import LayoutError, MachineError
from generator.fonts import faces as fonts
from generator.model import Picture
from generator.press.languages import say_languages
from generator.press.slots import Rectangle

if TYPE_CHECKING:
    from weasyprint import Document as LaidOut

SCHEME = "figure:"
PDF_VARIANT = "pdf/ua-1"
CURE_FOR_PANGO = "Install it with: make system-libraries; 'handouts doctor' names the packages"


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, how many pages it has, and the places that they keep free.

    ``on`` is the first page, from 0, that has a slot.
    """

    pdf: bytes
    pages: int
    slots: Mapping[str, Rectangle]
    on: Mapping[str, int]


@dataclass
class _Log(logging.Handler):
    """Whatever WeasyPrint has to say. It only logs what for us is an error."""

    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    __hash__ = logging.Handler.__hash__


def picture_address(name: str, _: Picture) -> str:
    """The address at which a page that is printed finds a picture of the library."""
    return f"{SCHEME}{name}"


def print_pdf(
    name: str,
    html: str,
    css: str,
    pictures: Mapping[str, Picture],
    *,
    private: bool = False,
    tagged: bool = True,
) -> Printed:
    """Lay out and write a document. ``name`` is what errors call it.

    ``private`` says that the page is a patient's: errors then quote none of its text.
    ``tagged=False`` is for stamps, which a screen reader passes over.

    Raises :class:`LayoutError` with every finding: what WeasyPrint logged, text past a
    margin, a face that is not ours, a character that no face of ours has; or that it took
    more than a render may. Raises :class:`ExtraMissing` for letters of an optional font.
    """
    weasyprint = _weasyprint()
    from generator.press.fetcher import PictureFetcher
    from generator.press.layout_check import findings, refuse_missing_face
    from generator.press.slots import find_slots
    from generator.press.tags import finisher

    variant = PDF_VARIANT if tagged else None
    identifier = hashlib.sha256((css + html).encode()).hexdigest()[:16]
    with _listening() as log, bounded(name), _giving_up_as_a_layout_error(name):
        sheet, log.messages[:] = _stylesheet(css)
        source = weasyprint.HTML(string=html, url_fetcher=PictureFetcher(pictures, SCHEME))
        laid_out: LaidOut = source.render(
            stylesheets=[sheet], font_config=_font_configuration(), pdf_variant=variant
        )
        pdf = laid_out.write_pdf(
            finisher=finisher(f"{identifier}-"),
            pdf_variant=variant,
            pdf_identifier=identifier.encode(),
        )
    refuse_missing_face(name, log.messages)
    if found := list(findings(laid_out, log.messages, private=private)):
        raise LayoutError(name, found)
    slots, on = find_slots(laid_out)
    return Printed(pdf, len(laid_out.pages), slots, on)


@lru_cache(maxsize=8)
def _stylesheet(css: str) -> tuple[Any, list[str]]:
    """A stylesheet, parsed once for many documents, and what was logged at parsing it."""
    from generator.press.fetcher import PictureFetcher

    with _listening() as log:
        sheet = _weasyprint().CSS(string=css, url_fetcher=PictureFetcher({}, SCHEME))
    return sheet, log.messages


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@contextmanager
def _giving_up_as_a_layout_error(name: str) -> Iterator[None]:
    """WeasyPrint ends in all kinds of exceptions on CSS or text that it cannot lay out."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        what = f"the layout engine gave up ({type(error).__name__}); take back the last change"
        raise LayoutError(name, [f"{what} to the words or the stylesheet"]) from error


def _weasyprint() -> ModuleType:
    """WeasyPrint, which takes a second to import and needs Pango on the machine."""
    fonts.use_only_our_fonts()
    try:
        weasyprint = import_weasyprint()
    except OSError as error:
        raise MachineError(f"Pango is missing ({error})", CURE_FOR_PANGO) from None
    say_languages()
    return weasyprint


def preload() -> None:
    """Import all that pages need, for processes that are forked from this one."""
    with contextlib.suppress(OSError, MachineError):
        _weasyprint()
        importlib.import_module("generator.press.layout_check")


def import_weasyprint() -> ModuleType:
    """The import alone; it raises :class:`OSError` on a machine without Pango."""
    return importlib.import_module("weasyprint")


@contextmanager
def _listening() -> Iterator[_Log]:
    """Collect WeasyPrint's log records, and keep them from being printed a second time."""
    logger, log = logging.getLogger("weasyprint"), _Log()
    before = logger.propagate, list(logger.handlers)
    logger.propagate, logger.handlers = False, [log]
    try:
        yield log
    finally:
        logger.propagate, logger.handlers = before
