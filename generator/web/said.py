"""What the core says of a plan, in the language of the desk.

The core speaks English. Its messages are recognised by their patterns here and said again in the
desk's language; one that is not known stays English, which is better than silence.
"""

from __future__ import annotations

import re
from functools import cache

from generator.markup import Labels


def said_in(labels: Labels, message: str) -> str:
    """A problem's message in the desk's language."""
    if labels.messages is None:
        return message
    for pattern, known in _patterns(tuple(labels.messages)):
        if found := pattern.fullmatch(message):
            return labels(known, **found.groupdict())
    return message


@cache
def _patterns(messages: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The known messages, those with the fewest places to fill first."""
    ordered = sorted(messages, key=lambda message: (message.count("{"), -len(message)))
    return tuple((_pattern(message), message) for message in ordered)


def _pattern(message: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", message)
    texts, names = map(re.escape, parts[::2]), [f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(a + b for a, b in zip(texts, [*names, ""], strict=True)))
