"""What somebody may have meant by a name that there is not: a slip of the pen costs no search."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like another; None where none is near enough."""
    close = difflib.get_close_matches(name.lower(), tuple(known), n=1)
    return close[0] if close else None
