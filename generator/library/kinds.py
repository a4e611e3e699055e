"""The kinds of files a library holds, by the name that ``handouts schema`` takes."""

from __future__ import annotations

from generator.model import (
    Clinic,
    Glossary,
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
    "glossary": Glossary,
    "handout": HandoutDefinition,
    "plan": Plan,
    "procedure": Procedure,
    "signoffs": SignOffLedger,
    "topic": Topic,
}
