"""Texts as templates see them: facts filled in, everything escaped, nothing else to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.model.inline import Run, runs

KEEP_TOGETHER = 24
"""A fact up to so many characters ("2 hours", a phone number) is never split across lines."""

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Inline:
    """A text for ``{{ … }}``: prints as escaped HTML; ``str()`` is the bare text."""

    parts: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)

    def __html__(self) -> Markup:
        return Markup("").join(_html(part) for part in self.parts)


def _html(run: Run) -> Markup:
    together = run.kind == "fact" and len(run.text) <= KEEP_TOGETHER
    html = escape(run.text.replace(" ", NO_BREAK_SPACE) if together else run.text)
    return Markup("<strong>{}</strong>").format(html) if run.strong else html


def inline(text: str, facts: Mapping[str, str]) -> Inline:
    """The text with its facts filled in from ``facts`` (name to printed value)."""
    return Inline(
        tuple(
            Run(run.kind, facts[run.text] if run.kind == "fact" else run.text, run.strong)
            for run in runs(text)
        )
    )
