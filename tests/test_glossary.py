"""The glossary: a word is explained once, and printed where a handout uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.library import load_library
from generator.signoff import digest
from tests.checking import TOPIC, found, text_block, write_page

GLOSSARY = "content/glossary.en.yaml"
TERMS = """\
terms:
  - term: Biopsy
    meaning: %s
    forms: [biopsies]
"""
MEANING = "A close look at a small piece of you."
WORDS = "  - {id: words, kind: definition, title: Words you may hear, terms: [{term: biopsies}]}\n"


@pytest.fixture(autouse=True)
def _glossary(folder: Path) -> None:
    (folder / GLOSSARY).write_text(TERMS % MEANING)
    write_page(folder, text_block("You will have a biopsy.") + WORDS)


def test_a_meaning_that_is_left_out_is_the_glossarys(folder: Path) -> None:
    topic = load_library(folder).topics["sample-topic", "en"]
    assert topic.blocks[1].model_dump()["terms"] == ({"term": "biopsies", "meaning": MEANING},)


def test_the_meaning_is_signed_with_the_page(folder: Path) -> None:
    before = digest(load_library(folder).handout("other", "en"))
    (folder / GLOSSARY).write_text(TERMS % "A close look.")
    assert digest(load_library(folder).handout("other", "en")) != before


def test_a_meaning_is_looked_at_where_it_is_written(folder: Path) -> None:
    (folder / GLOSSARY).write_text(TERMS % "A close look, e.g. through a glass.")
    (finding,) = found(folder, "abbreviation")
    assert finding.path.endswith(GLOSSARY)
    assert (finding.line, finding.column) == (3, 28)


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_library(folder)
    return [str(problem) for problem in error.value.problems]


def test_a_word_that_nobody_explains(folder: Path) -> None:
    topic = folder / TOPIC
    topic.write_text(topic.read_text().replace("biopsies", "autopsy"))
    (problem,) = problems(folder)
    assert "'autopsy' has no meaning here or in" in problem


def test_a_language_without_a_glossary(folder: Path) -> None:
    (folder / GLOSSARY).unlink()
    (problem,) = problems(folder)
    assert problem.endswith("has no meaning here or in this language's glossary; write one")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("  - {term: biopsies, meaning: x}\n", "'biopsies' is in this file already; keep one"),
        ("plain: [biopsy]\n", "'biopsy' is in this file already; keep one"),
        ("plain: [vein, vein]\n", "'vein' is in the list twice; keep one"),
        ("    source: book\n", "there is no source 'book' in this file; add it"),
    ],
)
def test_a_glossary_that_contradicts_itself(folder: Path, more: str, says: str) -> None:
    (folder / GLOSSARY).write_text(TERMS % MEANING + more)
    assert any(says in problem for problem in problems(folder))


def test_a_glossary_of_a_language_that_the_clinic_has_not(folder: Path) -> None:
    (folder / "content" / "glossary.fr.yaml").write_text(TERMS % MEANING)
    (problem,) = problems(folder)
    assert "'fr' is not a language of the clinic" in problem
