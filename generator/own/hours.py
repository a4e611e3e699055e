"""When the office answers, for a clinic that has not said so yet: words that are never wrong."""

from __future__ import annotations

OFFICE_HOURS = {
    "en": "during office hours",
    "es": "en horario de oficina",
    "ar": "خلال ساعات العمل",
    "zh-Hans": "办公时间",
}


def office_hours(language: str) -> str | None:
    """None for a language in which the clinic has to say it itself."""
    return OFFICE_HOURS.get(language)
