"""When the last dose of a stopped medicine is, and what a medicine of a plan may not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.errors import Problem
from generator.intake.clock import before, day_before
from generator.intake.entry import Place
from generator.model import LastDose, Medicine, Plan


@dataclass(frozen=True, slots=True)
class Stopped:
    """The last dose: on a day, or no later than a time of the clinic's zone."""

    day: date
    at: datetime | None = None


def last_dose(medicine: Medicine, surgery_at: datetime) -> Stopped | None:
    """The last dose of a medicine that is stopped; None for the others.

    "Stop 5 days before" leaves five whole days without it: the last dose is on the day before
    those. "12 hours before" is elapsed time.
    """
    stop = medicine.stop
    if stop is None:
        return None
    if isinstance(stop, LastDose):
        return Stopped(stop.on)
    if stop.unit == "hours":
        at = before(surgery_at, timedelta(hours=stop.number))
        return Stopped(at.date(), at)
    return Stopped(day_before(surgery_at, stop.number + 1))


def medicine_problems(plan: Plan, place: Place) -> Iterator[Problem]:
    """Doses that are misread or lack their unit, and last doses that come too late."""
    for index, medicine in enumerate(plan.medicines):
        for field, written, instead in misread(medicine):
            message = f"'{written}' is often misread (ISMP); write {instead}"
            yield place(("medicines", index, field), message)
        if not has_unit(medicine):
            message = "has no unit; write it with one, such as 5 mg or 1 tablet"
            yield place(("medicines", index, "dose"), message)
        if message := _too_late(medicine, plan):
            yield place(("medicines", index, "when"), message)


def has_unit(medicine: Medicine) -> bool:
    """Whether a dose says of what: a number alone is taken as milligrams by one and as tablets by
    another."""
    return any(letter.isalpha() or letter == "%" for letter in medicine.dose)


def _too_late(medicine: Medicine, plan: Plan) -> str:
    last, surgery = last_dose(medicine, plan.surgery_at), plan.surgery_at.date()
    if last and isinstance(medicine.stop, LastDose) and last.day > surgery:
        return "the last dose is after the operation; mend the date"
    if last and isinstance(medicine.stop, LastDose) and last.day == surgery:
        return (
            "the last dose is on the day of the operation; "
            "say how many hours before, or mend the date"
        )
    if last and last.at and last.at.timestamp() > plan.arrival_at.timestamp():
        return (
            "the last dose is after arrival_at, when the patient is here already; "
            "mend the one that is wrong"
        )
    return ""


_WHOLE_NAME = "the medicine's whole name"


@dataclass(frozen=True, slots=True)
class _Misread:
    pattern: re.Pattern[str]
    instead: str


def _words(written: str, instead: str, *, any_case: bool = True) -> _Misread:
    pattern = rf"(?<![\w.])(?:{written})(?![\w])"
    return _Misread(re.compile(pattern, re.IGNORECASE if any_case else 0), instead)


_MISREAD = (
    _Misread(re.compile(r"(?<![\d,.])\d+\.0+(?![\d.])"), "no zero after the point: 1 mg"),
    _Misread(re.compile(r"(?<![\d.])[.,]\d+"), "a zero before the point: 0.5 mg"),
    _Misread(re.compile(r"(?<![\d,.])\d{5,}(?![\d,.])"), "commas in large numbers: 10,000 units"),
    _Misread(re.compile(r"\d\s?(?:U|u|IU|iu|I\.U\.|i\.u\.)(?![\w])"), "the word units"),
    _words(r"U|IU", "the word units", any_case=False),
    _Misread(re.compile(r"[µμ]g"), "mcg"),
    _Misread(re.compile(r"(?<![A-Za-z])ug(?![A-Za-z])"), "mcg"),
    _words(r"q\.?\s?d\.?|q1d|o\.?d\.?", "daily"),
    _words(r"q\.?o\.?d\.?", "every other day"),
    _words(r"q\.?h\.?s\.?|qn|h\.?s\.?", "at bedtime"),
    _words(r"q6pm", "every evening at 6 PM"),
    _words(r"b\.?i\.?d\.?", "twice a day"),
    _words(r"t\.?i\.?d\.?", "three times a day"),
    _words(r"q\.?i\.?d\.?", "four times a day"),
    _words(r"t\.?i\.?w\.?|b\.?i\.?w\.?", "how many times a week"),
    _words(r"p\.?r\.?n\.?", "when needed"),
    _words(r"d/c", "stop or discharge, whichever is meant"),
    _words(r"i/d", "one daily"),
    _words(r"c\.?c\.?", "mL"),
    _words(r"a\.d\.|a\.s\.|a\.u\.", "the ear or eye in words"),
    _words(r"AD|AS|AU|OD|OS|OU", "the ear or eye in words", any_case=False),
    _words(r"s\.?c\.?|s\.?q\.?|sub q", "under the skin"),
    _words(r"per os|p\.o\.|po", "by mouth"),
    _words(r"IN|i\.n\.|NAS", "in the nose", any_case=False),
    _words(r"ss|ssi|ssri", "the words in full"),
    _words(r"MS|MSO4|MgSO4", _WHOLE_NAME, any_case=False),
    _words(
        r"AZT|CPZ|DPT|DTO|HCl|HCT|HCTZ|MTX|PTU|TAC|TNK|ZnSO4|ARA A",
        _WHOLE_NAME,
        any_case=False,
    ),
    _Misread(re.compile(r"[<>≤≥]"), "less than, or more than"),
    _Misread(re.compile(r"[@&+°]"), "the word"),
    _Misread(re.compile(r"\d(?:mg|mcg|mL|ml|g|kg|units?)(?![A-Za-z])"), "a space before the unit"),
    _Misread(re.compile(r"(?<![A-Za-z])x\s?\d+\s?d(?![A-Za-z])"), "for how many days, in words"),
)
"""From ISMP's List of Error-Prone Abbreviations, Symbols, and Dose Designations. Latin words for
how often (b.i.d., t.i.d., p.r.n.) are not all on it, but no patient reads them."""


def misread(medicine: Medicine) -> Iterator[tuple[str, str, str]]:
    """Each field of a medicine that is written so that it is known to be misread: the field, how
    it is written, and what to write instead."""
    texts = {"name": medicine.name, "dose": medicine.dose, "when": medicine.when}
    for field, text in texts.items():
        if field != "when" or medicine.stop is None:
            yield from ((field, *found) for found in _found(text, only_names=field == "name"))


def _found(text: str, *, only_names: bool) -> Iterator[tuple[str, str]]:
    for rule in _MISREAD:
        if only_names and rule.instead != _WHOLE_NAME:
            continue
        for found in rule.pattern.finditer(text):
            yield found[0].strip(), rule.instead
