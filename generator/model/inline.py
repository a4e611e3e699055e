"""The small language inside a text: ``{fact-name}`` and ``**strong**``, and nothing else.

Any other brace or asterisk is a character like every other, so that content such as
``{{ 7*7 }}`` prints as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\{(?P<fact>[^{}\s]+)\}")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind. A ``fact`` run's text is the fact's name."""

    kind: Literal["text", "strong", "fact"]
    text: str
    strong: bool = False


def runs(text: str, strong: bool = False) -> Iterator[Run]:
    """The runs of a text, in order; facts inside ``**…**`` are strong too."""
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() > end:
            yield Run("strong" if strong else "text", text[end : token.start()], strong)
        if token["strong"] is not None:
            yield from runs(token["strong"], strong=True)
        else:
            yield Run("fact", token["fact"], strong)
        end = token.end()
    if end < len(text):
        yield Run("strong" if strong else "text", text[end:], strong)


def stray_marks(text: str) -> str:
    """The braces and asterisks of a text that mark nothing: of a fact's name that was mistyped,
    most likely. They print as they stand."""
    left = "".join(run.text for run in runs(text) if run.kind != "fact")
    return "".join(dict.fromkeys(re.findall(r"[{}*]", left)))


def fact_names(text: str) -> set[str]:
    """The names of the facts that a text refers to."""
    return {run.text for run in runs(text) if run.kind == "fact"}
