"""Which countries there are, by their two letters: ISO 3166-1, as it comes with the time zones."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from generator.errors import MachineError, installing

_KOSOVO = "XK"
"""Has no code in ISO 3166-1 yet; CLDR, banks and customs write it so."""


@cache
def countries() -> frozenset[str]:
    """The codes, read once from the package of time zones; raises :class:`MachineError`."""
    try:
        table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    except (ImportError, OSError):
        cure = f"Install it with: {installing('tzdata')}"
        raise MachineError("The package tzdata is missing", cure) from None
    lines = (line for line in table.splitlines() if line and not line.startswith("#"))
    return frozenset({_KOSOVO, *(line.split("\t")[0] for line in lines)})
