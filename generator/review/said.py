"""What is compared of two handouts: sentences and values, in groups, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Location
from generator.model.inline import runs

PrintedFacts = Mapping[str, str]

_END = re.compile(r"[.!?…؟][*\"'”’»)\]]*(?=\s+(?![a-z]))|[。！？][*\"'”’」』）]*(?!$)")
_GOES_ON = re.compile(r"(?:^|\s)(?:Dr|Mr|Mrs|Ms|St|vs|approx)\.$")
_STRONG = re.compile(r"\*\*[^*]+\*\*")


@dataclass(frozen=True, slots=True)
class At:
    """Where a sentence stands: the page's id, the text's place in it, and from where to where."""

    section: str
    location: Location
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, or one value. ``raw`` is how it is written, ``text`` how it is printed.

    ``field`` names the value, or the field that the sentence is in; ``opens``: a text begins;
    ``about`` is what a table's row or a term is about.
    """

    text: str
    raw: str
    field: str
    opens: bool = True
    at: At | None = None
    about: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.text, self.raw


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together: a handout, a page of it, a block. ``place`` is its name for people.

    ``section`` and ``block`` are the ids of the page and the block, where it is one.
    """

    key: str
    place: str
    said: tuple[Said, ...] = ()
    groups: tuple[Group, ...] = ()
    section: str | None = None
    block: str | None = None

    def everything(self) -> Iterator[Said]:
        """All that is said here and in the groups inside."""
        yield from self.said
        for group in self.groups:
            yield from group.everything()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each sentence of a text goes; strong words are never divided."""
    strong = [token.span() for token in _STRONG.finditer(text)]
    start = 0
    for end in (found.end() for found in _END.finditer(text)):
        if any(a < end < b for a, b in strong) or _GOES_ON.search(text[start:end]):
            continue
        yield start, end
        start = end + len(text[end:]) - len(text[end:].lstrip())
    if start < len(text):
        yield start, len(text)


def as_printed(text: str, facts: PrintedFacts) -> str:
    """A text with its facts filled in; strong words keep their asterisks."""
    printed = ((facts[r.text] if r.kind == "fact" else r.text, r.strong) for r in runs(text))
    return "".join(f"**{t}**" if strong else t for t, strong in printed).replace("****", "")
