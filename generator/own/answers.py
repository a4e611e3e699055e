"""What a clinic says of itself when its library is begun, and why an answer is not taken.

The model judges, so that a file is never begun that would be refused when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.errors import UsageError
from generator.library import UnsafePicture, read_picture
from generator.model import Clinic, Invalid, Location, read
from generator.own.clinic_data import clinic_data
from generator.own.hours import OFFICE_HOURS
from generator.own.shipped import Shipped

NEEDED = (
    *("name", "address", "office_phone", "nights_phone", "emergency_phone"),
    *("country", "time_zone"),
)
"""Only the clinic can know these."""

DEFAULTS = {"languages": "en", "colour": "#0b4f5c", "accent": "#7a3b00"}
_LETTER = frozenset({"US", "CA", "MX"})
_SUFFIXES = (".svg", ".png")


@dataclass(frozen=True, slots=True)
class Answers:
    """Each as it was said; ``office_hours`` by language, ``logo`` is a file of the clinic's."""

    name: str
    address: str
    office_phone: str
    nights_phone: str
    emergency_phone: str
    country: str
    time_zone: str
    paper: str = ""
    languages: tuple[str, ...] = ("en",)
    colour: str = DEFAULTS["colour"]
    accent: str = DEFAULTS["accent"]
    office_hours: Mapping[str, str] = field(default_factory=dict)
    logo: Path | None = None

    @property
    def sheet(self) -> str:
        """The paper, or what is usual in the country."""
        return self.paper or ("letter" if self.country in _LETTER else "a4")

    @property
    def said(self) -> dict[str, Any]:
        """What the model is to judge, as in ``clinic.yaml``."""
        hours = {tag: self.office_hours.get(tag, OFFICE_HOURS.get(tag)) for tag in self.languages}
        return {
            "name": self.name,
            "address": self.address,
            "phones": {
                "office": {
                    "number": self.office_phone,
                    "hours": {tag: text for tag, text in hours.items() if text is not None},
                },
                "nights": {"number": self.nights_phone},
                "emergency": {"number": self.emergency_phone},
            },
            "time_zone": self.time_zone,
            "country": self.country,
            "paper": self.sheet,
            "languages": list(self.languages),
            "brand": {"logo": "clinic-logo", "primary": self.colour, "accent": self.accent},
        }


class AnswersRefused(UsageError):
    """What was said of a new clinic is not what its file may hold.

    Cure: give the options that are named again, as the message says.
    """

    def __init__(self, refused: Mapping[str, str]) -> None:
        lines = "\n".join(f"  --{name.replace('_', '-')} {why}" for name, why in refused.items())
        super().__init__(f"nothing was written, because of what was said of the clinic:\n{lines}")


def refusals(answers: Answers, shipped: Shipped) -> dict[str, str]:
    """By option: why its answer is not taken."""
    if unspoken := dict(_languages(answers, shipped)):
        return unspoken  # nothing else can be judged without the clinic's languages
    found = dict(_hours(answers)) | dict(_logo(answers.logo))
    try:
        read(Clinic, clinic_data(answers.said, shipped))
    except Invalid as invalid:
        for violation in invalid.violations:
            found.setdefault(_option(violation.location), violation.message)
    return found


def _languages(answers: Answers, shipped: Shipped) -> Iterator[tuple[str, str]]:
    if not answers.languages:
        yield "languages", f"names no language; there are: {', '.join(shipped.languages)}"
    for tag in answers.languages:
        if tag not in shipped.languages:
            has = ", ".join(shipped.languages)
            message = (
                f"names '{tag}', in which the shipped library has no words; begin with some of "
                f"{has}, and add it later (docs/languages.md)"
            )
            yield "languages", message


def _hours(answers: Answers) -> Iterator[tuple[str, str]]:
    for tag in answers.office_hours:
        if tag not in answers.languages:
            yield "office_hours", f"names '{tag}', which is not one of the clinic's languages"
    for tag in answers.languages:
        if tag not in {*answers.office_hours, *OFFICE_HOURS}:
            yield "office_hours", f"is needed in '{tag}': {tag}=…"


def _logo(logo: Path | None) -> Iterator[tuple[str, str]]:
    if logo is None:
        return
    if logo.suffix not in _SUFFIXES:
        yield "logo", f"must name an .svg or a .png file, not '{logo.name}'"
        return
    try:
        read_picture(logo)
    except UnsafePicture as unsafe:
        yield "logo", f"{logo.name} {unsafe}"


def _option(location: Location) -> str:
    """The option that an answer came by."""
    match location:
        case ("phones", str(which), "hours", *_):
            return f"{which}_hours"
        case ("phones", str(which), *_):
            return f"{which}_phone"
        case ("brand", "primary"):
            return "colour"
        case ("brand", str(which)):
            return which
    return str(location[0])
