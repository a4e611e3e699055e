"""Rules for what belongs to the words: sources and their dates, phones, figures, pages, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked, Page
from generator.fonts.coverage import absent_face, cure_for, unprintable
from generator.model import FigureBlock
from generator.model.inline import fact_names
from generator.model.walk import texts

_PHONE = re.compile(
    r"(?<![\w-])(?:\+?\d{1,3}[\s.-])?(?:\(\d{3}\)\s*|\d{3}[\s.-])?\d{3}[.-]\d{4}(?![\w-])"
    r"|(?<=[Cc]all )(?:911|999|112|111|988)\b|(?<=[Dd]ial )(?:911|999|112|111|988)\b"
)
_LICENSE = re.compile(
    r"(?:MIT|ISC|Unlicense|0BSD|Apache-2\.0|BSD-[23]-Clause|CC0-1\.0|OFL-1\.1|EUPL-1\.2"
    r"|CC-BY(?:-SA)?-[1-4]\.\d|CC-PDDC|[LA]?GPL-[23]\.\d-(?:only|or-later)|LicenseRef-[\w.-]+)"
    r"|[Pp]ublic domain\b.*"
)
CLINIC, FIGURES = "content/clinic.yaml", "content/figures/figures.yaml"
WARNING, NOTE = Severity.WARNING, Severity.NOTE


def completeness(looked: Looked) -> Iterator[Finding]:
    """What is missing, or is there for nothing."""
    yield from _dates(looked)
    for page in looked.pages:
        yield from _sources(page)
        yield from _phones(looked, page)
        yield from _letters(page)
    if looked.whole:
        yield from _unused_pages(looked)
        yield from _unmapped(looked)
        yield from _unused_facts(looked)
        yield from _figures(looked)


def _sources(page: Page) -> Iterator[Finding]:
    named = {name for block in page.words.blocks for name in block.sources or ()}
    for index, source in enumerate(page.words.sources):
        if source.id not in named:
            message = "no block names this source; name it where its facts stand, or remove it"
            yield page.finding(("sources", index), WARNING, "source-unused", message)


def _dates(looked: Looked) -> Iterator[Finding]:
    """Sources without a date, each at the first file that names it."""
    files = [(page.file, page.words.sources) for page in looked.pages]
    if looked.whole:
        files.insert(0, (looked.file(CLINIC), looked.library.clinic.sources))
    seen: set[str] = set()
    for file, sources in files:
        for index, source in enumerate(sources):
            if source.updated is None and source.id not in seen:
                seen.add(source.id)
                message = "has no 'updated' date; look whether the source shows one"
                yield file.finding(("sources", index), NOTE, "source-date", message)


def _phones(looked: Looked, page: Page) -> Iterator[Finding]:
    """Numbers written out: they are facts of clinic.yaml, and change there."""
    known = {phone.number: f"{{phone-{name}}}" for name, phone in looked.library.clinic.phones}
    for passage in page.passages:
        for found in _PHONE.finditer(passage.own):
            fact = known.get(found[0])
            what = f"write {fact}" if fact else "it is not in clinic.yaml; write {phone-office}"
            message = f"the phone number '{found[0]}' is written out; {what}"
            yield page.finding(
                passage.location, Severity.ERROR, "phone-written-out", message, says=found[0]
            )


def _letters(page: Page) -> Iterator[Finding]:
    """Letters that would come out as boxes; layout would refuse them later."""
    for location, text in texts(page.words):
        if not text.isascii() and (lacking := unprintable(text)):
            if face := absent_face(lacking):
                message = f"letters cannot all be looked at here; to do so, {face.cure}"
                yield page.finding(("title",), NOTE, "letter-missing", message)
                return
            message = f"no font of ours has '{lacking[0]}'; {cure_for(lacking[0])}"
            yield page.finding(location, Severity.ERROR, "letter-missing", message)


def _unused_pages(looked: Looked) -> Iterator[Finding]:
    for page in looked.pages:
        if not page.handouts and looked.is_own(page.file):
            message = f"no handout has this {page.kind}; add it to one, or remove the file"
            yield page.finding(("title",), WARNING, "page-unused", message)


def _unmapped(looked: Looked) -> Iterator[Finding]:
    clinic = looked.library.clinic
    operations, original = clinic.intake.operations, clinic.languages[0]
    for page in looked.pages:
        mapped = page.kind != "procedure" or page.id in operations
        if page.language == original and not mapped and looked.is_own(page.file):
            message = "no code or name in clinic.yaml (intake: codes) leads here; add one"
            yield page.finding(("name",), WARNING, "procedure-unmapped", message)


def _unused_facts(looked: Looked) -> Iterator[Finding]:
    used = set(looked.library.clinic.plan.facts)
    for page in looked.pages:
        used |= {name for _, text in texts(page.words) for name in fact_names(text)}
    for name in looked.library.clinic.facts:
        if name not in used:
            message = "no page and no plan prints this fact; use it, or remove it"
            yield looked.file(CLINIC).finding(("facts", name), WARNING, "fact-unused", message)


def _figures(looked: Looked) -> Iterator[Finding]:
    file, used = looked.file(FIGURES), {looked.library.clinic.brand.logo}
    for page in looked.pages:
        used |= {block.figure for block in page.words.blocks if isinstance(block, FigureBlock)}
    for name, entry in file.text.data["figures"].items() if looked.is_own(file) else ():
        if name not in used:
            message = "no page shows this figure; use it, or remove it"
            yield file.finding(("figures", name), WARNING, "figure-unused", message)
        if not _LICENSE.fullmatch(entry["license"]):
            message = f"'{entry['license']}' is no licence known here; write its SPDX name"
            at = ("figures", name, "license")
            yield file.finding(at, WARNING, "figure-license", message)
