"""All that a clinician signs, written down in one way, and the digest of it.

A field that has its default value is left out, so that a new version of the program, which knows
a field more, does not undo the sign-offs of words that never used it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model import Fact, Handout
from generator.model.canonical import canonical, digest_of

FORMAT = 1
NOT_SIGNED = {"editor_notes", "exceptions"}
"""Of procedures and topics; nobody but an editor sees it."""


def digest(handout: Handout) -> str:
    """``sha256:…`` over :func:`words_of`."""
    return digest_of(words_of(handout))


def words_of(handout: Handout) -> bytes:
    """Definition, words, facts and figures, and the clinic's rules for the plans that the
    handout is given out with, as canonical JSON.

    Editors' notes and explained exceptions are not printed and not signed. The version has its
    own place in the ledger, so that new words under an old version can be told apart.
    """
    return canonical(
        {
            "format": FORMAT,
            "id": handout.id,
            "language": handout.language,
            "title": handout.title,
            "audience": handout.definition.audience[handout.language],
            "sections": [
                {
                    "kind": part.kind,
                    "id": section.id,
                    "words": section.words.model_dump(
                        mode="json", exclude=NOT_SIGNED, exclude_defaults=True
                    ),
                }
                for part, section in zip(handout.definition.contents, handout.sections, strict=True)
            ],
            "facts": _said(handout.facts, handout.language),
            "plan": _plan(handout),
            "figures": {name: picture.digest for name, picture in handout.pictures.items()},
        }
    )


def _said(facts: Mapping[str, Fact], language: str) -> dict[str, Any]:
    """The value of each fact, without its source and notes, which are not printed."""
    return {
        name: {"text": fact.text[language]}
        if fact.text
        else {"number": fact.number, "unit": fact.unit}
        for name, fact in facts.items()
    }


def _plan(handout: Handout) -> dict[str, Any]:
    language, rules = handout.language, handout.rules
    timeline = [
        rule.model_dump(mode="json", exclude={"text", "source"}, exclude_defaults=True)
        | {"text": rule.text[language]}
        for rule in rules.timeline
    ]
    bring = [thing.text[language] for thing in rules.bring]
    return {"timeline": timeline, "bring": bring, "facts": _said(handout.rule_facts, language)}
