"""One entry of a catalog of labels: whether it can be printed."""

from __future__ import annotations

from string import Formatter

from babel.messages.catalog import Message


def is_translated(message: Message) -> bool:
    """Whether a catalog's entry can be printed: translated, by a person, with all its values."""
    if not message.id or not message.string or message.fuzzy:
        return False
    return _values(str(message.id)) == _values(str(message.string))


def _values(text: str) -> set[str | None] | None:
    """The names in braces; None for a text whose braces are broken."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
