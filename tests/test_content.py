"""The words that ship: every fact of the seed is printed, and nothing claims a review."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import yaml

from generator.library import Library, load_library
from generator.model import Paper
from generator.pipeline import Order, build, packet
from generator.review import standings
from generator.signoff import State
from tests.conftest import NOW, REPO, TODAY
from tests.plans import plan_of, problems_of

HANDOUTS = {
    "amputation",
    "hip-replacement",
    "kyphoplasty-vertebroplasty",
    "limb-salvage",
    "orthopedic-implants",
    "orthopedic-oncology",
    "palliative-surgery",
    "rotationplasty",
    "soft-tissue-resection",
}
TOPICS = {
    "day-of-surgery",
    "fasting",
    "getting-ready",
    "going-home",
    "medicines-before-surgery",
    "questions-to-ask",
    "washing",
    "when-to-call",
    "wound-care",
}
SEED = yaml.safe_load((REPO / "tests" / "seed_facts.yaml").read_text())


@pytest.fixture(scope="session")
def shipped() -> Library:
    return load_library(REPO)


@pytest.fixture(scope="session")
def printed(shipped: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of every page of every handout and of the example packet, by id."""
    order = Order(tmp_path_factory.mktemp("out"), NOW)
    wanted = [(name, "en") for name in shipped.ids()]
    files = {made.id: made.path for made in build(shipped, wanted, order)}
    plan = REPO / "content" / "examples" / "plan.yaml"
    files["packet"] = packet(shipped, plan, order, allow_unreviewed=True).path
    return {name: pages(path) for name, path in files.items()}


def pages(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_nine_handouts_and_nine_topics_are_there(shipped: Library) -> None:
    assert set(shipped.ids()) == HANDOUTS
    assert {name for name, _ in shipped.topics} == TOPICS


def test_everything_that_ships_is_a_draft(shipped: Library) -> None:
    assert {where.state for _, where in standings(shipped, TODAY)} == {State.DRAFT}
    assert not any(shipped.signoffs.values())


MILKS = {"fasting-light-meal": 2, "fasting-infant-formula": 3, "fasting-breast-milk": 4}
"""The rows of the fasting page that are about milk."""


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-Hans"])
def test_plan_and_fasting_page_call_each_kind_of_milk_the_same(
    language: str, shipped: Library
) -> None:
    """ "Last milk" at the hour of a light meal would stop breast milk by another hour."""
    facts, rules = shipped.clinic.facts, shipped.clinic.plan.timeline
    said = {rule.fact: rule.text[language] for rule in rules}
    said |= {name: (facts[name].label or {})[language] for name in list(MILKS)[1:]}
    page = shipped.topics["fasting", language]
    (table,) = (block for block in page.blocks if block.kind == "table")
    for fact, row in MILKS.items():
        words = [word[:6] for word in table.rows[row][0].casefold().split() if word != "de"]
        assert [word for word in words if word not in said[fact].casefold()] == [], fact


@pytest.mark.parametrize("fact", list(MILKS)[1:])
def test_a_plan_can_say_another_time_for_a_baby_s_milk(fact: str, shipped: Library) -> None:
    changed = {"fact": fact, "value": "7 hours", "reason": "As agreed.", "decided_by": "Dr. A"}
    plan = plan_of(shipped, overrides=[changed])
    assert plan.overridden == {fact}
    (problem,) = problems_of(shipped, overrides=[{**changed, "value": "0 hours"}])
    assert "is no time at all" in problem


@pytest.mark.parametrize("handout", sorted(HANDOUTS))
def test_every_fact_of_the_seed_is_in_its_handout(
    handout: str, printed: dict[str, list[str]]
) -> None:
    text = " ".join(printed[handout])
    missing = [fact["seed"] for fact in SEED[handout] if fact["prints"] not in text]
    assert SEED[handout]
    assert not missing


def test_every_page_names_the_clinic_its_number_and_its_review(
    shipped: Library, printed: dict[str, list[str]]
) -> None:
    for name, texts in printed.items():
        for number, text in enumerate(texts, start=1):
            assert shipped.clinic.name in text
            assert f"Page {number} of {len(texts)}" in text
            if "Your own plan" not in text:
                assert "Not reviewed by a clinician as printed here." in text, (name, number)
                assert "DRAFT no clinician has approved these words yet" in text


def test_the_sources_reviewer_is_never_named_as_ours(printed: dict[str, list[str]]) -> None:
    for texts in printed.values():
        text = " ".join(texts)
        assert text.count("Maurie Markman") == text.count(
            "Their page was reviewed by Maurie Markman, MD, President, Medicine & Science."
        )
        assert "Reviewed by" not in text


def test_the_doubtful_sentence_of_the_seed_is_not_ours(
    shipped: Library, printed: dict[str, list[str]]
) -> None:
    words = shipped.procedures["amputation", "en"]
    assert any("MRI" in note and "pathologist" in note for note in words.editor_notes)
    text = " ".join(printed["amputation"])
    assert not any(note[:40] in text for note in words.editor_notes)


def test_the_citys_phone_is_not_ours(printed: dict[str, list[str]]) -> None:
    assert not any("855-680" in text for texts in printed.values() for text in texts)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_whom_to_call_is_one_page_to_keep_by_the_phone(
    paper: Paper, shipped: Library, tmp_path: Path
) -> None:
    order = Order(tmp_path, NOW, paper)
    made = next(iter(build(shipped, [("hip-replacement", "en")], order)))
    (page,) = [text for text in pages(made.path) if "Keep this page by the phone" in text]
    assert "Call the emergency number at once" in page
    assert "need to change a visit" in page


def test_an_opening_page_is_not_half_empty(printed: dict[str, list[str]]) -> None:
    for name in HANDOUTS:
        assert "The main points" in printed[name][0], name
