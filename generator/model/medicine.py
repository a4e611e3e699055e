"""One medicine of a plan, and what the prescriber decided about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from generator.model.base import Model, violated
from generator.model.fields import Line, read_day
from generator.model.nothing import naming

_BEFORE = re.compile(r"(\d{1,3}) (hour|day|week)s? before", re.IGNORECASE)
_LAST_DOSE = re.compile(r"last dose (?:on )?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_LIKE_A_STOP = re.compile(
    r"(?:stop\w* )?\d+ (?:hour|day|week)s? before(?: (?:the |your )?(?:surgery|operation))?\.?"
    r"|(?:stop\w* .*)?last dose .*\d{4}-\d{2}-\d{2}.*",
    re.IGNORECASE,
)
"""A stop as it is written, or nearly: after "Keep taking:" either is read as the other."""


@dataclass(frozen=True, slots=True)
class StopBefore:
    """To be stopped so many hours, or whole days, before the operation."""

    number: int
    unit: Literal["hours", "days"]


@dataclass(frozen=True, slots=True)
class LastDose:
    """To be stopped after the dose of a day."""

    on: date


class Medicine(Model):
    """What a patient takes, and what to do with it before the operation."""

    name: Annotated[Line, AfterValidator(naming("medicine", "if there are none"))]
    dose: Line
    action: Literal["continue", "stop", "sip", "ask"] = Field(
        description="continue as usual; stop; take with a sip of water; ask before taking it"
    )
    when: Line = Field(
        description="for 'stop': '5 days before', or 'last dose 2027-03-10'; else in words"
    )
    decided_by: Line = Field(description="who decided it")

    @model_validator(mode="after")
    def _stops_on_a_date(self) -> Medicine:
        if self.action == "stop" and self.stop is None:
            message = (
                "must say from when: '5 days before', '12 hours before' or 'last dose 2027-03-10', "
                f"not '{self.when[:40]}'"
            )
            raise violated(("when",), message)
        if isinstance(self.stop, StopBefore) and self.stop.number == 0:
            raise violated(("when",), "stops nothing; write how long before, or mend the action")
        return self

    @model_validator(mode="after")
    def _says_no_stop_of_another_action(self) -> Medicine:
        if self.action != "stop" and _LIKE_A_STOP.fullmatch(self.when):
            message = (
                "is how a stop is written, but the action is another; "
                "mend the action, or say it in words"
            )
            raise violated(("when",), message)
        return self

    @property
    def stop(self) -> StopBefore | LastDose | None:
        """When it is stopped; None when it is not."""
        if self.action != "stop":
            return None
        if found := _BEFORE.fullmatch(self.when):
            number, unit = int(found[1]), found[2].lower()
            if unit == "hour":
                return StopBefore(number, "hours")
            return StopBefore(number * (7 if unit == "week" else 1), "days")
        if (found := _LAST_DOSE.fullmatch(self.when)) and (day := read_day(found[1])):
            return LastDose(day)
        return None
