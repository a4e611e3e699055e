"""The parts that come as extras: each is optional, and installed by one command."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from generator.doctor.finding import Finding

EXTRAS = {
    "xlsx": ("rosters as XLSX", ("openpyxl", "defusedxml")),
    "desk": ("the desk", ("starlette", "uvicorn", "watchfiles", "python_multipart")),
    "cluster": ("runs on a cluster", ("distributed",)),
}
"""What each extra is for, and what it brings. A face that is an extra has a line of its own."""


def parts() -> Iterator[Finding]:
    """Each extra: here, or how to get it."""
    for extra, (what, modules) in EXTRAS.items():
        lacking = [name for name in modules if importlib.util.find_spec(name) is None]
        if lacking:
            found, cure = f"{lacking[0]} is not here", f"pip install 'handout-press[{extra}]'"
            yield Finding(what, found, cure, optional=True)
        else:
            yield Finding(what, ", ".join(modules), optional=True)
