"""The parts that come as extras: each is optional, and installed by one command."""

from __future__ import annotations

from collections.abc import Iterator

from generator.doctor.finding import Finding
from generator.errors import installing, lacking

EXTRAS = {
    "xlsx": ("rosters as XLSX", ("openpyxl", "defusedxml")),
    "desk": ("the desk", ("starlette", "uvicorn", "watchfiles", "python_multipart")),
    "cluster": ("runs on a cluster", ("distributed",)),
}
"""What each extra is for, and what it brings. A face that is an extra has a line of its own."""


def parts() -> Iterator[Finding]:
    """Each extra: here, or how to get it."""
    for extra, (what, modules) in EXTRAS.items():
        if missing := lacking(*modules):
            cure = installing(f"handout-press[{extra}]")
            yield Finding(what, f"{missing} is not here", cure, optional=True)
        else:
            yield Finding(what, ", ".join(modules), optional=True)
