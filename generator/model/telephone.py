"""A telephone number as people write it, and as a telephone is given it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from generator.model.fields import Line
from generator.model.wordings import quoted


def dialled(number: str) -> str:
    """What a telephone is given: ``+1-555-0100`` of ``+1 (555) 0100, ask for Ann``."""
    return "-".join(re.findall(r"\+?\d+", re.split(r"[^-+\d\s().]", number)[0]))


def _telephone(number: str) -> str:
    if sum(map(str.isdigit, dialled(number))) < 3:
        raise ValueError(f"must be a telephone number such as 555-0100, not {quoted(number)}")
    return number


Telephone = Annotated[Line, AfterValidator(_telephone)]
"""A line that begins with a number to dial; what comes after it is for the caller."""
