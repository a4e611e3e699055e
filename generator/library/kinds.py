"""The kinds of files a library holds, by the name that ``handouts schema`` takes."""

from __future__ import annotations

from generator.model import (
    Clinic,
    HandoutDefinition,
    Model,
    PictureList,
    Plan,
    Procedure,
    SignOffLedger,
    Topic,
)

SCHEMAS: dict[str, type[Model]] = {
    "clinic": Clinic,
    "figures": PictureList,
    "handout": HandoutDefinition,
    "plan": Plan,
    "procedure": Procedure,
    "signoffs": SignOffLedger,
    "topic": Topic,
}
