"""Everything in its order, from the ground up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from generator.doctor.finding import Finding
from generator.doctor.folders import folders, free_space
from generator.doctor.fonts import brand_face, fonts, letters
from generator.doctor.libraries import engine, libraries
from generator.doctor.machine import clock, output, python, time_zones
from generator.doctor.parts import parts
from generator.doctor.printers import printers
from generator.errors import ContentError, HandoutsError
from generator.library import Library
from generator.model.fields import zone


def examine(load: Callable[[], Library], source: str, now: datetime) -> Iterator[Finding]:
    """Each thing that printing needs or may use.

    ``load`` reads the library, ``source`` says who named it; ``now`` is the machine's time.
    """
    yield python()
    found = tuple(libraries())
    yield from found
    if all(finding.ok for finding in found):
        yield engine()
    yield from fonts()
    yield from parts()
    yield from (output(), clock(now), time_zones())
    yield from folders()
    yield from free_space()
    yield from printers()
    yield from _library(load, source, now)


def _library(load: Callable[[], Library], source: str, now: datetime) -> Iterator[Finding]:
    try:
        library = load()
    except ContentError as error:
        found = f"{source}: {len(error.problems)} problems"
        yield Finding("library", found, "'handouts list' names them")
        return
    except HandoutsError as error:
        yield Finding("library", source, str(error))
        return
    clinic = library.clinic
    count = f"{len(library.ids())} handouts"
    yield Finding("library", f"{source}: {library.folder}, {count}, {clinic.name}")
    there = now.astimezone(zone(clinic.time_zone))
    yield Finding("time at the clinic", f"{there:%Y-%m-%d %H:%M}, {clinic.time_zone}")
    yield brand_face(library)
    yield from letters(library)
