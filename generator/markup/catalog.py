"""The catalogs of labels: what the program says on a page, extracted from the program itself.

English is the key. ``templates/locale/handouts.pot`` lists every label; each language has a
``.po`` file of its own, which any translator's program opens.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from generator.errors import UnknownLocale
from generator.library import Layers
from generator.markup.message import is_translated

LOCALE, TEMPLATE = "locale", "handouts.pot"
_KEYWORDS = {"labels": None, "self": None, "_": None}
_JINJA = "jinja2.ext:babel_extract"
_TRIMMED = {"trim_blocks": "true", "lstrip_blocks": "true"}
_HERE = Path(__file__).resolve().parent
_HEAD = (
    b'# Labels of the handout press; English is the key.\nmsgid ""\nmsgstr ""\n'
    b'"Content-Type: text/plain; charset=utf-8\\n"\n'
    b'"Content-Transfer-Encoding: 8bit\\n"\n\n'
)


@dataclass(frozen=True, slots=True)
class CatalogState:
    """How far a language's labels are: of ``total``, those without a translation, and those in
    the file that nothing uses any more."""

    language: str
    total: int
    missing: tuple[str, ...]
    obsolete: tuple[str, ...]


def extract(templates: Layers | Path) -> Catalog:
    """Every label of the program and of a library's templates, each with where it is used."""
    catalog = Catalog(project="handout-press", charset="utf-8", fuzzy=False)
    for place, message in _messages(templates):
        catalog.add(message, locations=[(place, 1)])
    return catalog


def states(templates: Layers | Path, languages: tuple[str, ...]) -> Iterator[CatalogState]:
    """The state of each language's labels; English needs none."""
    wanted = {str(message.id) for message in extract(templates) if message.id}
    for language in languages:
        if language != "en":
            catalog = _read(templates, language)
            done = {str(m.id) for m in catalog if is_translated(m)}
            there = {str(m.id) for m in catalog if m.id}
            yield CatalogState(
                language,
                len(wanted),
                tuple(sorted(wanted - done)),
                tuple(sorted(there - wanted)),
            )


def languages_with_labels(templates: Layers | Path) -> tuple[str, ...]:
    """The languages that have a catalog, besides English."""
    files = map(Path, Layers.of(templates).entries(LOCALE))
    return tuple(sorted(file.stem for file in files if file.suffix == ".po"))


def template_file(templates: Layers | Path) -> bytes:
    """The catalog for translators to begin with; the same labels give the same bytes."""
    return _written(extract(templates))


def updated(templates: Layers | Path, language: str) -> bytes:
    """A language's catalog with the labels that are new, and without those that are gone.

    What is new has no translation yet; nothing is guessed from similar labels.
    """
    catalog = _read(templates, language)
    catalog.update(extract(templates), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return _written(catalog, _head(templates, language))


def _messages(templates: Layers | Path) -> Iterator[tuple[str, str]]:
    for name, file in Layers.of(templates).files().items():
        if file.suffix in {".html", ".txt"}:
            for _, message, _, _ in extract_from_file(_JINJA, file, _KEYWORDS, options=_TRIMMED):
                yield f"templates/{name}", str(message)
    for module in sorted(_HERE.glob("*.py")):
        for _, message, _, _ in extract_from_file("python", module, keywords=_KEYWORDS):
            yield f"generator/markup/{module.name}", str(message)


def _read(templates: Layers | Path, language: str) -> Catalog:
    file = Layers.of(templates).find(f"{LOCALE}/{language}.po")
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        raise UnknownLocale(language) from None
    if not file.exists():
        return Catalog(locale=locale, project="handout-press", fuzzy=False)
    return read_po(io.BytesIO(file.read_bytes()), locale=locale)


def _head(templates: Layers | Path, language: str) -> bytes:
    """What a catalog begins with: who translated it, and whether somebody has looked at it."""
    file = Layers.of(templates).find(f"{LOCALE}/{language}.po")
    if not file.exists():
        return _HEAD
    head, _, _ = file.read_bytes().partition(b"\n\n")
    return head + b"\n\n" if b'msgid ""' in head else _HEAD


def _written(catalog: Catalog, head: bytes = _HEAD) -> bytes:
    """Without dates, which would change a file that says the same."""
    stream = io.BytesIO()
    write_po(stream, catalog, sort_output=True, omit_header=True, width=100, include_lineno=False)
    return head + stream.getvalue()
