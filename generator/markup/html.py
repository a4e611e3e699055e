"""The templates, in a sandbox: strict, escaping, and blind to everything but the view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.bounds import bounded
from generator.errors import TemplateError
from generator.library import Layers
from generator.markup.scripts import set_apart
from generator.markup.stylesheet import stylesheet
from generator.markup.view import Document

DOCUMENT_TEMPLATE, TEXT_TEMPLATE = "base.html", "handout.txt"
_MANY_LINES = re.compile(r"\n{4,}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as HTML, and the stylesheet that it is laid out with."""

    html: str
    css: str


@cache
def environment(templates: Layers | Path) -> ImmutableSandboxedEnvironment:
    """The environment of a library's templates; a template sees no file but its neighbours.

    Of two templates of one name the upper one counts: the library has seen that it is listed.
    """
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(root) for root in Layers.of(templates).roots]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(document: Document, templates: Layers | Path) -> Rendered:
    """The document as HTML; raises :class:`TemplateError` naming template and line."""
    edition, brand = document.edition, document.clinic.brand
    css = stylesheet(templates, brand, edition.large_print, booklet=edition.booklet)
    with bounded(DOCUMENT_TEMPLATE), _worded(templates, DOCUMENT_TEMPLATE):
        template = environment(templates).get_template(DOCUMENT_TEMPLATE)
        html = template.render(document=document, _=document.labels)
    return Rendered(set_apart(html, document.language, document.direction), css)


def render_text(document: Document, templates: Layers | Path) -> str:
    """A handout as plain text; raises :class:`TemplateError` naming template and line."""
    with bounded(TEXT_TEMPLATE), _worded(templates, TEXT_TEMPLATE):
        plain = environment(templates).overlay(autoescape=False).get_template(TEXT_TEMPLATE)
        text = plain.render(document=document, _=document.labels)
    return _MANY_LINES.sub("\n\n\n", text).strip() + "\n"


@contextmanager
def _worded(templates: Layers | Path, document: str) -> Iterator[None]:
    """Whatever a template does wrong, as an error that names its file and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise TemplateError(error.name or document, error.lineno, str(error.message)) from None
    except (JinjaError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as e:
        name, line = _place(e, templates, document)
        message = str(e) or type(e).__name__
        if isinstance(e, UndefinedError):
            message += "; templates see only what generator/markup/view.py holds"
        raise TemplateError(name, line, message) from None


def _place(error: BaseException, templates: Layers | Path, document: str) -> tuple[str, int | None]:
    """The innermost template line that an error came through."""
    name, line, trace = document, None, error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if template := Layers.of(templates).name_of(file):
            name, line = template, trace.tb_lineno
        trace = trace.tb_next
    return name, line
