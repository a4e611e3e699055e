"""What no file can see alone: names that lead nowhere, and files that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.errors import Problem, nearest
from generator.library.meanings import unexplained
from generator.library.shelf import Shelved
from generator.library.yaml_text import YamlText
from generator.model import (
    Clinic,
    FigureBlock,
    Glossary,
    Location,
    Model,
    Source,
    Words,
)
from generator.model.inline import fact_names
from generator.model.walk import texts

Pages = Sequence[tuple[tuple[str, str], Shelved[Words]]]
"""Every procedure and topic that could be read, by id and language."""


def cross_check(
    clinic: Shelved[Clinic] | None,
    known: set[str] | None,
    pages: Pages,
    glossaries: Mapping[str, Shelved[Glossary]],
) -> list[Problem]:
    """All problems between the files of ``content/``; what could not be read is left out.

    ``known`` are the names of the figures; None when they could not be read.
    """
    found: list[Iterable[Problem]] = [_sources_agree(clinic, pages, glossaries)]
    if clinic:
        found += [_untranslated(clinic), _logo(clinic, known)]
        found += [_language(clinic.model, language, item) for (_, language), item in pages]
        facts = frozenset(clinic.model.all_facts)
        found += [_facts(facts, item) for _, item in pages]
        found += [_language(clinic.model, language, item) for language, item in glossaries.items()]
    for _, item in pages:
        found += [_sources(item), _pictures(known, item)]
    found += [unexplained(item, glossaries.get(language)) for (_, language), item in pages]
    return [problem for problems in found for problem in problems]


def _untranslated(clinic: Shelved[Clinic]) -> Iterator[Problem]:
    model = clinic.model
    wanted: dict[Location, Mapping[str, str]] = {("feedback",): model.feedback}
    wanted |= {("phones", name, "hours"): phone.hours for name, phone in model.phones}
    for name, fact in model.facts.items():
        said = {"text": fact.text, "label": fact.label}
        wanted |= {("facts", name, key): text for key, text in said.items() if text}
    rules, bring = model.plan.timeline, model.plan.bring
    wanted |= {("plan", "timeline", i, "text"): rule.text for i, rule in enumerate(rules)}
    wanted |= {("plan", "bring", i, "text"): thing.text for i, thing in enumerate(bring)}
    for location, by_language in wanted.items():
        for language in model.languages:
            if language not in by_language:
                yield clinic.file.problem(location, f"has no text in '{language}'; add it")


def _logo(clinic: Shelved[Clinic], known: set[str] | None) -> Iterator[Problem]:
    logo = clinic.model.brand.logo
    if known is not None and logo not in known:
        yield clinic.file.problem(("brand", "logo"), unknown("picture", logo, known))


def _language(clinic: Clinic, language: str, item: Shelved[Model]) -> Iterator[Problem]:
    if language not in clinic.languages:
        listed = ", ".join(clinic.languages)
        message = (
            f"'{language}' is not a language of the clinic ({listed}); rename the file or add it"
        )
        yield Problem(item.file.shown, 0, 0, "", message)


def _facts(known: frozenset[str], item: Shelved[Words]) -> Iterator[Problem]:
    for location, text in texts(item.model):
        for name in sorted(fact_names(text) - known):
            yield item.file.problem(location, unknown("fact", name, known))


def _sources(item: Shelved[Words]) -> Iterator[Problem]:
    known = {source.id for source in item.model.sources}
    for index, block in enumerate(item.model.blocks):
        for number, name in enumerate(block.sources or ()):
            if name not in known:
                location = ("blocks", index, "sources", number)
                yield item.file.problem(location, unknown("source", name, known))


def _pictures(known: set[str] | None, item: Shelved[Words]) -> Iterator[Problem]:
    for index, block in enumerate(item.model.blocks):
        if isinstance(block, FigureBlock) and known is not None and block.figure not in known:
            location = ("blocks", index, "figure")
            yield item.file.problem(location, unknown("picture", block.figure, known))


def _sources_agree(
    clinic: Shelved[Clinic] | None, pages: Pages, glossaries: Mapping[str, Shelved[Glossary]]
) -> Iterator[Problem]:
    """One source, one description: the first file to name it sets the wording."""
    first: dict[str, tuple[Source, str]] = {}
    items: list[tuple[tuple[Source, ...], YamlText]]
    items = [(clinic.model.sources, clinic.file)] if clinic else []
    items += [(item.model.sources, item.file) for _, item in pages]
    items += [(item.model.sources, item.file) for item in glossaries.values()]
    for sources, file in items:
        for index, source in enumerate(sources):
            agreed, named = first.setdefault(source.id, (source, file.shown))
            if agreed != source:
                differing = ", ".join(k for k, v in source if v != getattr(agreed, k))
                message = f"has another {differing} than in {named}; make the two alike"
                yield file.problem(("sources", index), message)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """That there is none of that name, and which there are."""
    names = sorted(known)
    near = nearest(name, names)
    hint = f"did you mean '{near}'?" if near else f"known: {', '.join(names) or 'none'}"
    return f"there is no {kind} '{name}'; {hint}"
