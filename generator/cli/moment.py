"""Days and times on the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

_DAY, _TIME = "%Y-%m-%d", "%Y-%m-%dT%H:%M"


class Moment(click.DateTime):
    """A day; a time of a day as well, unless it is ``day_only``."""

    def __init__(self, *, day_only: bool = False) -> None:
        super().__init__([_DAY] if day_only else [_DAY, _TIME])
        self.day_only = day_only

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            wanted = "2026-12-08" if self.day_only else "2026-12-08 or 2026-12-08T07:30"
            self.fail(f"write it as {wanted}, not '{value}'", param, ctx)
