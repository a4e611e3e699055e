"""Where a handout's facts come from, as its pages say it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.markup.labels import Labels
from generator.markup.view import SourceView
from generator.model import Handout, Source

SOURCES_AT_FOOT = 2
"""More would not fit on one line."""


def sources_of(handout: Handout) -> tuple[Source, ...]:
    """The sources of all sections, each once, in the order of the pages."""
    found = {source.id: source for s in handout.sections for source in s.words.sources}
    return tuple(found.values())


def source_line(sources: Sequence[Source], labels: Labels) -> str:
    """The sources in one line, for the foot of every page; the last page has them all."""
    names = labels.joined(source.short for source in sources[:SOURCES_AT_FOOT])
    if more := len(sources[SOURCES_AT_FOOT:]):
        return labels(
            "Based on: {sources}, and {more} more listed at the end.", sources=names, more=more
        )
    return labels("Based on: {sources}.", sources=names)


def read_together(sources: Sequence[Source], labels: Labels) -> str | None:
    """The day on which all sources were read, if it was one day."""
    days = {source.read for source in sources}
    return labels.day(days.pop()) if len(days) == 1 else None


def source_view(source: Source, labels: Labels) -> SourceView:
    """One source, for the list at the end."""
    by = source.reviewed_by
    return SourceView(
        title=source.title,
        publisher=source.publisher,
        updated=(
            labels.partial_date(source.updated) if source.updated else labels("no date given")
        ),
        read=labels.day(source.read),
        reviewer=f"{by.name}, {by.role}" if by else None,
        url=source.url,
    )
