"""A handout as it was signed, made again from the words that were kept with its sign-off."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.model import (
    Fact,
    Handout,
    HandoutDefinition,
    Picture,
    PlanRules,
    Procedure,
    Section,
    Topic,
    read,
)


@dataclass(frozen=True, slots=True)
class SignedWords:
    """What is kept of words that were signed: their canonical JSON, and the figures by name."""

    words: bytes
    figures: Mapping[str, tuple[str, bytes]]
    """Each figure's file name and what is in the file."""


def unsealed(signed: SignedWords, folder: Path, now: Handout, version: str) -> Handout:
    """The handout with the words that were signed.

    Who wrote it, and the like, is taken from ``now``: the signature does not cover it. The
    figures are written into ``folder``, which the caller removes. Raises
    :class:`generator.model.Invalid` for words that this version of the program cannot read.
    """
    said = json.loads(signed.words)
    language = said["language"]
    contents = tuple({part["kind"]: part["id"]} for part in said["sections"])
    definition = read(
        HandoutDefinition,
        {
            "title": {language: said["title"]},
            "audience": {language: said["audience"]},
            "version": version,
            "written": now.definition.written.model_dump(mode="json"),
            "contents": contents,
        },
    )
    return Handout(
        id=said["id"],
        language=language,
        definition=definition,
        sections=tuple(_section(part) for part in said["sections"]),
        facts=_facts(said["facts"], language),
        pictures=dict(_pictures(signed, said["figures"], folder)),
        rules=_rules(said["plan"], language),
        rule_facts=_facts(said["plan"]["facts"], language),
        signoffs=now.signoffs,
        translates=now.translates,
    )


def _section(part: dict[str, Any]) -> Section:
    if part["kind"] == "procedure":
        return Section(part["id"], read(Procedure, part["words"]))
    return Section(part["id"], read(Topic, part["words"]))


def _facts(said: dict[str, dict[str, Any]], language: str) -> dict[str, Fact]:
    return {
        name: read(
            Fact,
            {"text": {language: fact["text"]}, "source": "clinic"}
            if "text" in fact
            else {**fact, "source": "clinic"},
        )
        for name, fact in said.items()
    }


def _rules(plan: dict[str, Any], language: str) -> PlanRules:
    timeline = [
        {
            **rule,
            "text": {language: rule["text"]},
            **({} if "fact" in rule else {"source": "clinic"}),
        }
        for rule in plan["timeline"]
    ]
    bring = [{"text": {language: text}, "source": "clinic"} for text in plan["bring"]]
    return read(PlanRules, {"timeline": timeline, "bring": bring})


def _pictures(signed: SignedWords, digests: dict[str, str], folder: Path) -> Any:
    for name, (file, content) in signed.figures.items():
        path = folder / file
        path.write_bytes(content)
        yield name, Picture(path, digests[name])
