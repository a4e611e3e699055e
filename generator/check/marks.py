"""Braces and asterisks that mark nothing, and that a patient would read.

Rule: ``stray-mark``.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked
from generator.model.inline import stray_marks


def marks(looked: Looked) -> Iterator[Finding]:
    """A finding for each text that holds one."""
    for written in looked.written:
        for passage in written.passages:
            if stray := stray_marks(passage.text):
                message = (
                    f"holds {' '.join(stray)}, which prints as it stands; a fact is {{its-name}} "
                    "without spaces, strong words are **so**"
                )
                at = passage.location
                yield written.file.finding(at, Severity.WARNING, "stray-mark", message)
