"""Words that say there is none, where a name is asked for. On a page they would stand as one."""

from __future__ import annotations

import re
from collections.abc import Callable

_NONE = frozenset(
    (
        *("", "no", "none", "nil", "nothing", "na", "nka", "nkda", "nkfa", "noneknown", "nilknown"),
        *("noallergy", "noallergies", "noknownallergy", "noknownallergies", "nodrugallergies"),
        *("noknowndrugallergy", "noknowndrugallergies", "noknownfoodallergies"),
        *("nomedicine", "nomedicines", "nomedication", "nomedications", "nomeds", "nodrugs"),
        *("nada", "ninguna", "ninguno", "sinalergias", "sinalergiasconocidas", "sinmedicinas"),
        *("sinmedicamentos", "لايوجد", "لاشيء", "无", "没有"),
    )
)


def says_none(text: str) -> bool:
    """Whether a text is "none", "N/A", "NKDA", "-" or the like, and names nothing."""
    return re.sub(r"[\W_]", "", text).casefold() in _NONE


def naming(kind: str, where_none: str) -> Callable[[str], str]:
    """What refuses such a text in a list, and says how the list is left empty."""

    def named(text: str) -> str:
        if says_none(text):
            how = f"{where_none} write [] (in a roster: none)"
            raise ValueError(f"is no {kind}; {how}, else remove it")
        return text

    return named
