"""Plain data as YAML that a person goes on writing: one thing a line, quotes where YAML needs them.

Data are mappings, lists and text, as :func:`generator.library.read_yaml` gives them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = re.compile(
    r"(?=.*[^\W\d_])([^\W\d_]|\d+[ -])[\w /+(),.'-]*[\w).]|[A-Za-z]|https://[!-~]+"
    r"|\d{4}-\d\d-\d\d(T\d\d:\d\d)?|\d+-[\d-]+"
)
"""Letters, or a number and what it counts; dates and telephone numbers as people write them."""
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_NUMBERS = frozenset({"interval_months", "warning_days", "every_day", "large_print"})
"""Keys whose values an editor is to see as numbers or as yes and no."""


def block(data: Mapping[str, Any]) -> str:
    """A mapping, each key on a line of its own."""
    return "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, str):
            yield f"{indent}{key}: {_scalar(key, value)}"
        elif _fits(key, value):
            yield f"{indent}{key}: {_flow(value)}"
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _mapping(value, indent + "  ")
        else:
            yield f"{indent}{key}:"
            yield from _list(value, indent + "  ")


def _list(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield f"{indent}- {_scalar('', item)}"
            continue
        first, *rest = _mapping(item, indent + "  ")
        yield f"{indent}- {first.strip()}"
        yield from rest


def _fits(key: str, value: Any) -> bool:
    """Whether it is short, and better seen at a glance."""
    if isinstance(value, dict):
        return "unit" in value and all(isinstance(part, str) for part in value.values())
    return key in {"languages", "handouts"}


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        parts = (f"{k}: {v if k == 'number' else _scalar(k, v)}" for k, v in value.items())
        return f"{{{', '.join(parts)}}}"
    return f"[{', '.join(_scalar('', item) for item in value)}]"


def _scalar(key: str, text: str) -> str:
    if key in _NUMBERS or (_PLAIN.fullmatch(text) and text.lower() not in _WORDS):
        return text
    return json.dumps(text, ensure_ascii=False)
