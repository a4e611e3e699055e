"""Gives the tests' own library a second language."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import write_po

from generator.markup.catalog import extract

_ENGLISH = re.compile(r"""\{en: ("[^"]*"|[^{}"]*)\}""")


def translate(folder: Path, language: str = "es", handout: str = "other") -> None:
    """Write clinic, words and a handout in another language too, in the same words."""
    clinic = folder / "content" / "clinic.yaml"
    text = clinic.read_text().replace("languages: [en]", f"languages: [en, {language}]")
    both = rf"{{en: \1, {language}: \1}}"
    clinic.write_text(_ENGLISH.sub(both, text))
    definition = folder / "handouts" / handout / "handout.yaml"
    definition.write_text(_ENGLISH.sub(both, definition.read_text()))
    for words in (folder / "content" / "topics").glob("*/en.yaml"):
        words.with_name(f"{language}.yaml").write_text(words.read_text())


def label(folder: Path, language: str = "es") -> None:
    """Write a catalog of labels for a language, each the English one in brackets."""
    templates = folder / "templates"
    catalog = extract(templates)
    for message in catalog:
        if message.id:
            message.string = f"[{message.id}]"
    with (templates / "locale" / f"{language}.po").open("wb") as stream:
        write_po(stream, catalog)
