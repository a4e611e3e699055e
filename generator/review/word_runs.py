"""A changed sentence word by word, to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+|\s+|[^\w\s]")
"""A word, a space, a sign; where words are not set apart, a character."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """A stretch of a changed sentence."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_runs(before: str, after: str) -> tuple[WordRun, ...]:
    """What stayed, what went, what came: in this order where one took the place of the other."""
    return tuple(_runs(_WORD.findall(before), _WORD.findall(after)))


def _runs(old: list[str], new: list[str]) -> Iterator[WordRun]:
    gone = come = ""
    for what, i, k, j, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[i:k]), "".join(new[j:m])
        if what != "equal" or (gone and come and removed.isspace() and k < len(old)):
            gone, come = gone + removed, come + added
            continue
        yield from _changed(gone, come)
        gone = come = ""
        yield WordRun("same", removed)
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[WordRun]:
    if gone:
        yield WordRun("removed", gone)
    if come:
        yield WordRun("added", come)
