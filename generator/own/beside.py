"""What stays a clinic's own beside a page whose override is taken back, and has to be looked at."""

from __future__ import annotations

import re
from pathlib import Path

from generator.library import parse_yaml
from generator.own.overridable import Overridable, is_page

_SECTION = re.compile(r"content/(?P<kind>procedure|topic)s/(?P<id>[^/]+)/[^/]+\.yaml")
_DEFINITION = re.compile(r"handouts/[^/]+/handout\.yaml")


def languages_beside(file: Overridable, gone: set[str]) -> tuple[str, ...]:
    """The same page in other languages, where it stays overridden."""
    names = sorted(file.layers.overrides - gone) if is_page(file.file) else ()
    return tuple(name for name in names if Path(name).parent == Path(file.file).parent)


def definitions_beside(file: Overridable, gone: set[str]) -> tuple[str, ...]:
    """The definitions of the handouts that hold the page, where they stay overridden: their version
    is that of the clinic's words."""
    page = _SECTION.fullmatch(file.file)
    names = filter(_DEFINITION.fullmatch, sorted(file.layers.overrides - gone)) if page else ()
    return tuple(name for name in names if page and _holds(file.layers.own / name, page))


def _holds(definition: Path, page: re.Match[str]) -> bool:
    """Whether a handout names a page; one that cannot be read names none."""
    if not definition.is_file():
        return False
    text, _ = parse_yaml(definition.name, definition.read_bytes())
    contents = text.data.get("contents") if text else None
    return isinstance(contents, list) and {page["kind"]: page["id"]} in contents
