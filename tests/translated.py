"""Gives the tests' own library a second language."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import write_po

from generator.markup.catalog import extract

_ENGLISH = re.compile(r"""\{en: ("[^"]*"|[^{}"]*)\}""")


def translate(folder: Path) -> None:
    """Write clinic, topic and the handout ``other`` as Spanish too, in the same words."""
    clinic = folder / "content" / "clinic.yaml"
    text = clinic.read_text().replace("languages: [en]", "languages: [en, es]")
    clinic.write_text(_ENGLISH.sub(r"{en: \1, es: \1}", text))
    definition = folder / "handouts" / "other" / "handout.yaml"
    definition.write_text(_ENGLISH.sub(r"{en: \1, es: \1}", definition.read_text()))
    topic = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    topic.with_name("es.yaml").write_text(topic.read_text())


def label(folder: Path, language: str = "es") -> None:
    """Write a catalog of labels for a language, each the English one in brackets."""
    templates = folder / "templates"
    catalog = extract(templates)
    for message in catalog:
        if message.id:
            message.string = f"[{message.id}]"
    with (templates / "locale" / f"{language}.po").open("wb") as stream:
        write_po(stream, catalog)
