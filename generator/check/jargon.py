"""Rule ``jargon-undefined``: a word of the glossary that a handout uses and does not define.

A definition block defines it; so do the page of the operation that it names, a sentence that says
what it is ("A limb is an arm or a leg."), and a table whose row it begins. Words in the glossary's
``plain`` list need no definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked, Page
from generator.check.passages import Passage
from generator.check.reading import words
from generator.model import Glossary, GlossaryTerm, Handout, Procedure

RULE = "jargon-undefined"
EXPLAINS = frozenset({"term", "alt"})


_BEFORE = re.compile(r"(?:^|[.!?]\s+)(?:an? |una? |el |la |los |las )?$", re.IGNORECASE)
_SAYS = (
    "(?:is|are|means|removes|replaces|rebuilds|treats|tries"
    "|es|son|significa|quiere decir|quita|reemplaza|reconstruye|trata)"
)
_IS = re.compile(rf"\s+{_SAYS}\b")
_WHICH_IS = re.compile(
    rf",\s+(?:which|that|que)\s+{_SAYS}\b|,\s+in which\b|,\s+en (?:la|el) que\b"
    rf"|\.\s+(?:That|This|It|Esto|Eso) {_SAYS}\b|\.\s+(?:Significa|Quiere decir)\b"
)
_CALLED = re.compile(
    r"\b(?:This|That|It) is (?:also )?called (?:an? )?$"
    r"|\b(?:[Ss]e|[Tt]ambién se) llama (?:una? |el |la )?$"
)
"""English and Spanish; in another language a definition block has to say what a word means."""


class Lexicon:
    """A glossary, ready to be looked for in a text."""

    def __init__(self, glossary: Glossary) -> None:
        self._terms: Mapping[str, GlossaryTerm] = dict(glossary.names())
        self._plain = {word.lower() for word in glossary.plain}

    def used(self, text: str) -> dict[str, str]:
        """The terms that a text uses, each with the words that it is used by."""
        found: dict[str, str] = {}
        for match in self._pattern.finditer(text):
            if term := self.term(match[0]):
                found.setdefault(term, match[0])
        return found

    def explained_by(self, name: str) -> Iterator[str]:
        """The terms that the meaning of a name explains: of "soft tissue", tissue as well."""
        spoken = words(name)
        for start in range(len(spoken)):
            if term := self.term(" ".join(spoken[start:])):
                yield term

    def said_in_place(self, text: str) -> Iterator[str]:
        """The terms that a text itself says the meaning of."""
        for match in self._pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            begins = _BEFORE.search(before) and _IS.match(after)
            if (term := self.term(match[0])) and (
                begins or _WHICH_IS.match(after) or _CALLED.search(before)
            ):
                yield term

    def term(self, said: str) -> str | None:
        """The glossary's name for what was said, in any of its forms."""
        name = re.sub(r"\s+", " ", said.lower())
        for form in (name, name.removesuffix("s"), name.removesuffix("es")):
            if form in self._terms:
                return self._terms[form].term
        return None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Longer names first: a bone graft is not a graft. Plain words are passed over."""
        names = sorted({*self._terms, *self._plain}, key=len, reverse=True)
        listed = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
        return re.compile(rf"(?<!\w)(?:{listed})(?:s|es)?(?!\w)", re.IGNORECASE)


def jargon(looked: Looked) -> Iterator[Finding]:
    """Each undefined term once a page, with the handouts that leave the reader without it."""
    lexicons = {name: Lexicon(glossary) for name, glossary in looked.library.glossaries.items()}
    explained = {
        (handout.id, handout.language): _explained(looked, handout, lexicons[handout.language])
        for handout in looked.handouts
        if handout.language in lexicons
    }
    for page in looked.pages:
        if page.language not in lexicons:
            continue
        for term, (passage, said) in _first_uses(page, lexicons[page.language]).items():
            lacking = [h for h in page.handouts if term not in explained[h, page.language]]
            if lacking:
                message = f"'{said}' is not defined in {_listed(lacking)}; {_HOW}"
                yield page.finding(passage.location, Severity.WARNING, RULE, message, says=said)


_HOW = "add it to 'Words you may hear', or use a plain word"


def _first_uses(page: Page, lexicon: Lexicon) -> dict[str, tuple[Passage, str]]:
    found: dict[str, tuple[Passage, str]] = {}
    for passage in page.passages:
        if passage.role in EXPLAINS or _begins_a_row(passage):
            continue
        for term, said in lexicon.used(passage.text).items():
            found.setdefault(term, (passage, said))
    return found


def _explained(looked: Looked, handout: Handout, lexicon: Lexicon) -> set[str]:
    """The glossary's terms that a handout's own pages explain."""
    said: set[str] = set()
    in_place: set[str] = set()
    for page in looked.pages_of(handout):
        for passage in page.passages:
            in_place |= set(lexicon.said_in_place(passage.text))
        said |= page.defined
        if isinstance(page.words, Procedure):
            said |= {page.words.name, *page.words.other_names}
    return in_place | {term for name in said for term in lexicon.explained_by(name)}


def _begins_a_row(passage: Passage) -> bool:
    return passage.role == "rows" and passage.location[-1] == 0


def _listed(handouts: list[str]) -> str:
    if len(handouts) <= 3:
        return " or ".join(handouts)
    return f"{len(handouts)} handouts ({', '.join(handouts)})"
