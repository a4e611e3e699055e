"""What the colours on a page mean: sRGB, by the profile that WeasyPrint brings along."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

PROFILE = "sRGB2014.icc"


@cache
def colour_profile() -> bytes:
    """The International Color Consortium's profile of sRGB (3 kB); WeasyPrint is not imported."""
    package = find_spec("weasyprint")
    (folder,) = (package.submodule_search_locations if package else None) or [""]
    return (Path(folder) / "pdf" / PROFILE).read_bytes()
