"""The specimen's words, in English or in a language that they are translated into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.library import read_yaml
from generator.model import Fact, Model, PlanRules, Procedure, Topic, read

FOLDER = Path(__file__).with_name("words")
FIGURE = FOLDER / "specimen.svg"


class SpecimenWords(Model):
    """``specimen.yaml`` without its plan."""

    title: str
    audience: str
    procedure: Procedure
    calls: Topic
    long: Topic
    facts: Topic
    rules: PlanRules
    fact_values: dict[str, Fact]

    @property
    def topics(self) -> dict[str, Topic]:
        """The pages after the first one, by id, in their order."""
        named = {"calls": self.calls, "long": self.long, "facts": self.facts}
        return {f"specimen-{name}": topic for name, topic in named.items()}


def specimen_words(language: str) -> tuple[SpecimenWords, dict[str, Any]]:
    """The words in a language, and the data of an invented patient's plan.

    A text that has no translation stays English: it is there to be looked at, not to be read.
    """
    text, problems = read_yaml(FOLDER / "specimen.yaml")
    if text is None:
        raise ValueError(problems)
    data = _said(text.data, {**_phrases(language), "en": language})
    plan = data.pop("plan")
    return read(SpecimenWords, data), plan


def _phrases(language: str) -> dict[str, str]:
    file = FOLDER / f"{language}.json"
    phrases: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return phrases


def _said(value: Any, phrases: dict[str, str]) -> Any:
    """Data with every text, and every name of a language, in another language."""
    if isinstance(value, dict):
        return {phrases.get(key, key): _said(held, phrases) for key, held in value.items()}
    if isinstance(value, list):
        return [_said(held, phrases) for held in value]
    return phrases.get(value, value)
