"""Files of the clinic's in the place of shipped ones that are no longer what they were then.

Rule: ``override-stale``.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked
from generator.library import CLINIC
from generator.library.origin import left_behind


def overrides(looked: Looked) -> Iterator[Finding]:
    """A finding for each, at its entry in ``clinic.yaml``; of what is looked at."""
    names = {looked.library.layers.name_of(file.path) for file in looked.files}
    for entry in looked.library.overridden:
        if entry.stale and (looked.whole or entry.file in names):
            message = (
                f"the shipped file changed since {entry.file} took its place; "
                f"look at 'handouts override {entry.file} --diff', then say so with --seen"
            )
            at = ("beneath", "overrides", entry.index, "of")
            yield looked.file(CLINIC).finding(at, Severity.WARNING, "override-stale", message)
    yield from _left_behind(looked)


def _left_behind(looked: Looked) -> Iterator[Finding]:
    """Translations that are still those of the shipped words."""
    library = looked.library
    index = {entry.file: entry.index for entry in library.overridden}
    pairs = {pair for one in looked.handouts for pair in left_behind(library, one.id, one.language)}
    for own, translated in sorted(pairs):
        message = (
            f"{translated} still translates the shipped words, and yours say something else; "
            f"run 'handouts override {translated}' and bring it up to date"
        )
        at = ("beneath", "overrides", index[own], "file")
        yield looked.file(CLINIC).finding(at, Severity.WARNING, "override-stale", message)
