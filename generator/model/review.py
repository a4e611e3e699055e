"""The clinic's rules for review: how long a sign-off holds, and whose signatures it needs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.base import Model
from generator.model.fields import Line

Months = Annotated[int, Field(ge=1, le=36)]
"""PIF TICK and UK trusts: three years at most."""


class Signature(Model):
    """One of the signatures that a sign-off needs, by a person in one of these roles."""

    roles: Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]

    @property
    def wanted(self) -> str:
        return " or ".join(self.roles)


class ReviewRules(Model):
    """With no ``signatures``, one person in any role signs. With several, each is another's."""

    interval_months: Months = Field(description="how long a sign-off holds that does not say so")
    warning_days: Annotated[int, Field(ge=0, le=366)] = Field(
        default=60, description="how long before a review is due the program begins to say so"
    )
    signatures: Annotated[tuple[Signature, ...], Field(max_length=4)] = ()
