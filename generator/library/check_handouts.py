"""What is wrong between ``handouts/`` and the rest: pages that are not there, titles, facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.errors import Problem
from generator.library.check_ledger import check_ledger
from generator.library.cross_check import unknown
from generator.library.shelf import Shelved
from generator.model import Clinic, HandoutDefinition, Location, SignOffLedger


def check_handouts(
    clinic: Shelved[Clinic] | None,
    written: Mapping[str, set[tuple[str, str]]],
    definitions: Mapping[str, Shelved[HandoutDefinition]],
    ledgers: Mapping[str, Shelved[SignOffLedger]],
) -> list[Problem]:
    """All problems of ``handouts/``. ``written`` holds the id and language of every page there
    is, by kind, also of those with problems of their own: they are not complained of again.
    """
    found: list[Iterable[Problem]] = []
    for handout in definitions.values():
        found.append(_contents(handout, written))
        if clinic:
            found.append(_titles(clinic.model, handout))
            found.append(_own_facts(clinic.model, handout))
    found += [check_ledger(name, ledger) for name, ledger in ledgers.items()]
    if clinic:
        found.append(_codes(clinic, {name for name, _ in written["procedure"]}, set(definitions)))
    return [problem for problems in found for problem in problems]


def _titles(clinic: Clinic, handout: Shelved[HandoutDefinition]) -> Iterator[Problem]:
    for language in handout.model.title:
        if language not in clinic.languages:
            message = f"'{language}' is not a language of the clinic; remove it or add it there"
            yield handout.file.problem(("title", language), message)
        if language not in handout.model.audience:
            yield handout.file.problem(("audience",), f"has no text in '{language}'; add it")


def _own_facts(clinic: Clinic, handout: Shelved[HandoutDefinition]) -> Iterator[Problem]:
    """A handout's own values of facts: known to the clinic, sourced, and in every language."""
    sources = {source.id for source in clinic.sources} | {"clinic"}
    for name, fact in handout.model.facts.items():
        if name not in clinic.facts:
            yield handout.file.problem(("facts", name), unknown("fact", name, clinic.facts))
        if fact.source not in sources:
            location = ("facts", name, "source")
            yield handout.file.problem(location, unknown("source", fact.source, sources))
        for language in handout.model.title:
            if fact.text and language not in fact.text:
                message = f"has no text in '{language}'; add it"
                yield handout.file.problem(("facts", name, "text"), message)


def _codes(clinic: Shelved[Clinic], procedures: set[str], handouts: set[str]) -> Iterator[Problem]:
    """What the record's codes stand for has to be there."""
    for index, codes in enumerate(clinic.model.intake.codes):
        at: Location = ("intake", "codes", index)
        if codes.procedure not in procedures:
            message = unknown("procedure", codes.procedure, procedures)
            yield clinic.file.problem((*at, "procedure"), message)
        for number, name in enumerate(codes.handouts):
            if name not in handouts:
                location = (*at, "handouts", number)
                yield clinic.file.problem(location, unknown("handout", name, handouts))


def _contents(
    handout: Shelved[HandoutDefinition], written: Mapping[str, set[tuple[str, str]]]
) -> Iterator[Problem]:
    for index, part in enumerate(handout.model.contents):
        location = ("contents", index, part.kind)
        known = {name for name, _ in written[part.kind]}
        if part.name not in known:
            yield handout.file.problem(location, unknown(part.kind, part.name, known))
            continue
        for language in handout.model.title:
            if (part.name, language) not in written[part.kind]:
                message = (
                    f"the handout has a title in '{language}', but {part.kind} '{part.name}' is "
                    f"not written in it; write {part.name}/{language}.yaml or remove the title"
                )
                yield handout.file.problem(location, message)
