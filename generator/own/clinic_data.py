"""A new clinic as data: its own answers, and the facts and rules that the shipped words stand on.

Facts come with their sources. What is one clinic's decision and nobody else's (how long before an
operation patients come, which codes mean which handout, who has to sign) does not come along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.own.shipped import Shipped

INTERVAL_MONTHS = 12
"""How long a sign-off holds until the clinic says otherwise: shorter than most, to be safe."""


def clinic_data(said: Mapping[str, Any], shipped: Shipped) -> dict[str, Any]:
    """What ``clinic.yaml`` says, in the order of the shipped one."""
    base, languages = shipped.clinic, said["languages"]
    plan = {key: value for key, value in base["plan"].items() if key != "arrival_lead"}
    left_out = {base["plan"].get("arrival_lead")}
    facts = {name: fact for name, fact in base["facts"].items() if name not in left_out}
    used = set(_sources(facts, plan))
    taken = {
        "feedback": base["feedback"],
        "sources": [source for source in base["sources"] if source["id"] in used],
        "facts": facts,
        "plan": plan,
    }
    ours = _spoken(taken, set(languages), set(shipped.languages))
    phones = {
        name: {**phone, "hours": phone.get("hours") or _hours(base, name, languages)}
        for name, phone in said["phones"].items()
    }
    review = {"interval_months": str(INTERVAL_MONTHS), "warning_days": "60"}
    return {**said, "phones": phones, "review": review, **ours, "beneath": {"library": "shipped"}}


def _hours(base: Mapping[str, Any], phone: str, languages: list[str]) -> dict[str, str]:
    hours: dict[str, str] = base["phones"][phone]["hours"]
    return {tag: hours[tag] for tag in languages}


def _sources(facts: Mapping[str, Any], plan: Mapping[str, Any]) -> Iterator[str]:
    for entry in (*facts.values(), *plan.get("timeline", ()), *plan.get("bring", ())):
        if "source" in entry:
            yield entry["source"]


def _spoken(data: Any, wanted: set[str], known: set[str]) -> Any:
    """The same data with the texts of the wanted languages alone, so that nobody finds a
    translation later on that was made of other words."""
    if isinstance(data, list):
        return [_spoken(entry, wanted, known) for entry in data]
    if not isinstance(data, dict):
        return data
    if data and set(data) <= known:
        return {tag: text for tag, text in data.items() if tag in wanted}
    return {key: _spoken(value, wanted, known) for key, value in data.items()}
