"""What is looked at: handouts of a library, and their pages with all that the rules need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.check.finding import Finding, Severity
from generator.check.passages import Passage, defined_terms, meanings, passages
from generator.library import Library, YamlText, shown
from generator.model import Fact, Glossary, Handout, Location, Procedure, Topic


@dataclass(frozen=True)
class File:
    """A file of the library that findings point into."""

    text: YamlText
    path: Path

    def finding(
        self, at: Location, severity: Severity, rule: str, message: str, *, says: str = ""
    ) -> Finding:
        """A finding at a place, and as near as can be at the words that it is about."""
        problem = self.text.problem(at, message)
        line, column = self._words(at, says) or (problem.line, problem.column)
        named = f"{problem.where}: {message}" if problem.where else message
        return Finding(shown(self.path), line, column, severity, rule, named)

    def _words(self, at: Location, says: str) -> tuple[int, int] | None:
        """Where the words stand in the file, between the mark of their place and the next."""
        if not says or at not in self.text.marks:
            return None
        start = self._offset(*self.text.marks[at])
        after = [self._offset(*m) for place, m in self.text.marks.items() if place[: len(at)] != at]
        end = min((offset for offset in after if offset > start), default=len(self._source))
        pattern = r"[\s*\\]+".join(map(re.escape, says.split()))
        found = re.compile(pattern).search(self._source, start, end)
        if not found:
            return None
        before = self._source[: found.start()]
        return before.count("\n") + 1, found.start() - before.rfind("\n")

    @cached_property
    def _source(self) -> str:
        return self.path.read_text(encoding="utf-8-sig")

    def _offset(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column - 1

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer(r"\n", self._source))]


@dataclass(frozen=True)
class Written:
    """The texts of one file that somebody wrote there, in one language."""

    language: str
    file: File
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Page:
    """A procedure or a topic in one language, as the rules look at it."""

    kind: str
    id: str
    language: str
    words: Procedure | Topic
    file: File
    passages: tuple[Passage, ...]
    handouts: tuple[str, ...]
    """The handouts, of those that are looked at, that hold it."""

    @property
    def written(self) -> Written:
        """Without the meanings that it has from the glossary, which are looked at there."""
        own = (p for p in self.passages if p.location in self.file.text.marks)
        return Written(self.language, self.file, tuple(own))

    @property
    def defined(self) -> frozenset[str]:
        return defined_terms(self.words)

    def finding(
        self, at: Location, severity: Severity, rule: str, message: str, *, says: str = ""
    ) -> Finding:
        return self.file.finding(at, severity, rule, message, says=says)


@dataclass(frozen=True)
class Looked:
    """Everything that is looked at: some handouts of a library in all their languages."""

    library: Library
    handouts: tuple[Handout, ...]
    whole: bool
    """Whether all of the library is looked at, so that what nobody uses can be told."""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Each page once, though nine handouts may share it."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for handout in self.handouts:
            for part in handout.definition.contents:
                found.setdefault((part.kind, part.name, handout.language), []).append(handout.id)
        if self.whole:
            for key in (*self._keys("procedure"), *self._keys("topic")):
                found.setdefault(key, [])
        return tuple(self._page(key, tuple(names)) for key, names in sorted(found.items()))

    @property
    def written(self) -> Iterator[Written]:
        """Every file of words: the pages, and the glossaries when all is looked at."""
        yield from (page.written for page in self.pages)
        for language, glossary in self.library.glossaries.items() if self.whole else ():
            file = self.file(f"content/glossary.{language}.yaml")
            yield Written(language, file, tuple(meanings(glossary)))

    def page(self, kind: str, name: str, language: str) -> Page:
        return self._by_key[kind, name, language]

    def pages_of(self, handout: Handout) -> tuple[Page, ...]:
        """A handout's pages in their order."""
        parts = handout.definition.contents
        return tuple(self.page(part.kind, part.name, handout.language) for part in parts)

    def glossary(self, language: str) -> Glossary | None:
        return self.library.glossaries.get(language)

    def file(self, path: str) -> File:
        """A file by its path in the library."""
        return File(self.library.files[path], self.library.layers.find(path))

    @property
    def files(self) -> Iterator[File]:
        """The definitions and pages that are looked at."""
        yield from (self.definition(handout) for handout in self.handouts)
        yield from (page.file for page in self.pages)

    def is_own(self, file: File) -> bool:
        """Whether the clinic can mend a file: one from beneath is there for other clinics too."""
        return not self.library.layers.is_beneath(file.path)

    def definition(self, handout: Handout) -> File:
        return self.file(f"handouts/{handout.id}/handout.yaml")

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], Page]:
        return {(page.kind, page.id, page.language): page for page in self.pages}

    def _keys(self, kind: str) -> Iterator[tuple[str, str, str]]:
        shelf: Mapping[tuple[str, str], Procedure | Topic]
        shelf = self.library.procedures if kind == "procedure" else self.library.topics
        return ((kind, name, language) for name, language in shelf)

    def _page(self, key: tuple[str, str, str], handouts: tuple[str, ...]) -> Page:
        kind, name, language = key
        shelf: Mapping[tuple[str, str], Procedure | Topic]
        shelf = self.library.procedures if kind == "procedure" else self.library.topics
        words = shelf[name, language]
        file = self.file(f"content/{kind}s/{name}/{language}.yaml")
        said = passages(words, printed(self.library.clinic.all_facts, language))
        return Page(kind, name, language, words, file, said, handouts)


def looked_at(library: Library, ids: Sequence[str]) -> Looked:
    """The handouts named, or all of them, in all their languages."""
    handouts = tuple(
        library.handout(name, language)
        for name in ids or library.ids()
        for language in library.languages(name)
    )
    return Looked(library, handouts, whole=not ids)


def printed(facts: Mapping[str, Fact], language: str) -> dict[str, str]:
    """The facts near enough to how they are printed: the same number of words.

    The true units by language are the business of the page's labels, which cost more to load
    than all the rules to run.
    """
    return {name: _said(fact, language) for name, fact in facts.items()}


def _said(fact: Fact, language: str) -> str:
    if fact.text:
        return fact.text.get(language, "")
    return f"{fact.number} {fact.unit}"
