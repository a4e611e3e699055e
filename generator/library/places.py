"""Names places for people: a file from where they stand, a part of it by id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.model import Location


def where(data: Any, location: Location) -> str:
    """A place by id, for people: ``block washing-night, item 2``."""
    names: list[str] = []
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        if isinstance(step, str):
            names.append(step)
        elif isinstance(data, dict) and isinstance(data.get("id"), str):
            names[-1] = f"{_one_of(names[-1])} {data['id']}"
        else:
            names[-1] = f"{_one_of(names[-1])} {step + 1}"
    return ", ".join(names)


def _one_of(key: str) -> str:
    """What one entry of a list is called."""
    return {"allergies": "allergy", "contents": "contents, entry"}.get(key, key.removesuffix("s"))


def shown(path: Path) -> str:
    """A path as its user would name it: from the current folder where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
