"""What the core says of a plan, in the words of the desk and in its language.

The core speaks of columns and files, and in English. A nurse at a form reads of fields: what the
core says is recognised by its pattern here and said again. What is not known stays as it was,
which is better than silence.
"""

from __future__ import annotations

import re
from functools import cache

from generator.markup import Labels
from generator.web.core_flags import core_flags
from generator.web.core_words import core_words
from generator.web.words import labels_of


def said_in(labels: Labels, message: str) -> str:
    """A message of the core in the desk's own words."""
    for pattern, said in _patterns(labels.language):
        if found := pattern.fullmatch(message):
            return said.format(**found.groupdict())
    return message


def pattern_of(message: str) -> re.Pattern[str]:
    """What recognises a message; a part that comes twice is the same both times."""
    parts, seen, made = re.split(r"\{(\w+)\}", message), set[str](), ""
    for text, name in zip(parts[::2], [*parts[1::2], ""], strict=True):
        made += re.escape(text)
        if name:
            made += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(made)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The known messages, those with the fewest parts to fill in first."""
    unfilled = labels_of(language, "US").unfilled
    words = {**core_words(unfilled), **core_flags(unfilled)}
    known = sorted(words.items(), key=lambda one: (one[0].count("{"), -len(one[0])))
    return tuple((pattern_of(message), said) for message, said in known)
