"""All that a handout says, laid out flat: for each page and block its sentences, as printed, and
what else a signature covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.model import Block, CallBlock, Fact, Handout, Location, Rule, Section
from generator.model.canonical import canonical
from generator.model.walk import NOT_TEXT, texts
from generator.review.said import At, Group, PrintedFacts, Said, as_printed, sentences
from generator.signoff.words import NOT_SIGNED

Values = Iterable[tuple[str, Any]]

_CALLED = {
    "own_page": "has its pages to itself",
    "kind": "is shown as",
    "gives_way": "gives way to the patient's plan",
    "lines": "lines to write on",
    "body_part": "body part",
    "other_names": "other names",
    "every_day": "on every day",
}


def flat(handout: Handout, facts: PrintedFacts) -> Group:
    """All of a handout, with the values of its facts as they are printed."""
    language, definition = handout.language, handout.definition
    opening = (
        Said(handout.title, handout.title, "title"),
        Said(definition.audience[language], definition.audience[language], "audience"),
        *_values([("id", handout.id), ("language", language)]),
    )
    kinds = [part.kind for part in definition.contents]
    pages = (_page(s, kind, facts) for s, kind in zip(handout.sections, kinds, strict=True))
    parts = (_sources(handout), _facts(handout, facts), _figures(handout), _plan(handout, facts))
    return Group("handout", "The whole handout", opening, (*pages, *parts))


def _page(section: Section, kind: str, facts: PrintedFacts) -> Group:
    words = section.words
    spoken: dict[int | None, list[Said]] = {}
    subjects: dict[Location, str] = {}
    for location, text in texts(words):
        block = int(location[1]) if location[0] == "blocks" else None
        about = _subject(subjects, location, text, facts)
        spoken.setdefault(block, []).extend(
            _sentences(At(section.id, location), text, facts, about)
        )
    apart = NOT_SIGNED | {"blocks", "title", "purpose", "sources"}
    settings = [
        ("id", section.id),
        ("kind", kind),
        *words.model_dump(mode="json", exclude=apart).items(),
        ("sources", [source.id for source in words.sources]),
    ]
    title = as_printed(words.title, facts).replace("**", "")
    blocks = (
        _block(section.id, title, block, spoken[index], facts)
        for index, block in enumerate(words.blocks)
    )
    own = (*spoken[None], *_values(settings))
    return Group(f"{kind} {section.id}", title, own, tuple(blocks), section.id)


def _block(page: str, title: str, block: Block, spoken: list[Said], facts: PrintedFacts) -> Group:
    values = block.model_dump(mode="json")
    settings = [
        (name, value)
        for name, value in values.items()
        if name in NOT_TEXT or not isinstance(value, str | list | dict)
    ]
    if isinstance(block, CallBlock):
        phones = [f"{facts[f'phone-{p}']} {facts[f'{p}-hours']}" for p in block.phones]
        settings += [("phone", phone) for phone in phones]
    place = f"{title}, '{as_printed(block.title, facts).replace('**', '')}'"
    own = (*spoken, *_values((n, v) for n, v in settings if v is not None))
    return Group(block.id, place, own, section=page, block=block.id)


def _subject(
    subjects: dict[Location, str], location: Location, text: str, facts: PrintedFacts
) -> str:
    """What a row or a term is about: its first text, for those after it."""
    if not {"rows", "terms"} & set(location):
        return ""
    first = subjects.setdefault(location[:-1], text)
    return "" if first is text else as_printed(first, facts)


def _sentences(text_at: At, text: str, facts: PrintedFacts, about: str) -> Iterator[Said]:
    field = " ".join(str(step) for step in text_at.location if isinstance(step, str))
    for start, end in sentences(text):
        raw = text[start:end]
        at = replace(text_at, start=start, end=end)
        yield Said(as_printed(raw, facts), raw, field, start == 0, at, about)


def _values(values: Values) -> Iterator[Said]:
    for name, value in values:
        called = _CALLED.get(name, name)
        raw = canonical({name: value}).decode()
        yield Said(f"{called}: {_worded(value)}", raw, f"={name}")


def _worded(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_worded, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(_worded(v) for v in value.values() if v is not None)
    return str(value)


def _sources(handout: Handout) -> Group:
    listed = dict.fromkeys(s for part in handout.sections for s in part.words.sources)
    values = [(source.id, source.model_dump(mode="json")) for source in listed]
    place = "Where the facts come from"
    return Group("sources", place, tuple(_values(values)))


def _facts(handout: Handout, facts: PrintedFacts) -> Group:
    return Group("facts", "Facts", tuple(_fact_values(handout.facts, facts, handout.language)))


def _fact_values(used: Mapping[str, Fact], facts: PrintedFacts, language: str) -> Iterator[Said]:
    for name, fact in sorted(used.items()):
        written = {"text": fact.text[language]} if fact.text else [fact.number, fact.unit]
        yield Said(f"{name}: {facts[name]}", canonical({name: written}).decode(), f"={name}")


def _figures(handout: Handout) -> Group:
    used = sorted(handout.pictures.items())
    values = [Said(f"{name}: picture {p.digest[:12]}", p.digest, f"={name}") for name, p in used]
    return Group("figures", "Pictures", tuple(values))


def _plan(handout: Handout, facts: PrintedFacts) -> Group:
    language, rules = handout.language, handout.rules
    bring = tuple(Said(t.text[language], t.text[language], "bring") for t in rules.bring)
    values = tuple(_fact_values(handout.rule_facts, facts, language))
    timeline = tuple(_rule(rule, language) for rule in rules.timeline)
    place = "The patient's plan"
    groups = (
        Group("bring", f"{place}, what to bring", bring),
        Group("timeline", place, (), timeline),
    )
    return Group("plan", place, values, groups)


def _rule(rule: Rule, language: str) -> Group:
    text = rule.text[language]
    values = rule.model_dump(mode="json", exclude={"text", "source"}, exclude_none=True)
    own = (Said(text, text, "text"), *_values(values.items()))
    return Group(rule.id, f"The patient's plan, '{text}'", own)
