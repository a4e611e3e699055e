"""The specimen: it shows every kind of block in every state, and says that it is no handout."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import pypdfium2
import pytest

from generator.cache import Cache
from generator.errors import ExitCode
from generator.library import load_library, read_yaml
from generator.markup import load_labels, tokens
from generator.markup.catalog import languages_with_labels
from generator.markup.clinic_view import brand_tokens
from generator.model.blocks import PHONES_BY_URGENCY, CallBlock
from generator.pipeline import Order, specimens
from generator.recall import register
from generator.signoff import State
from generator.specimen.words import FOLDER, specimen_words
from tests.conftest import NOW, REPO, Run
from tests.test_templates import KINDS

TRANSLATIONS = sorted(file.stem for file in FOLDER.glob("*.json"))
FACT = re.compile(r"\{[\w-]+\}|\*\*")


def pages(pdf: Path) -> list[str]:
    """The text of each page, each run of white space one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.split()) for text in texts]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The specimen of the clinic's languages, and in large print."""
    output, library = tmp_path_factory.mktemp("specimen"), load_library(REPO)
    made = list(specimens(library, library.clinic.languages, Order(output, NOW)))
    made += specimens(library, ["en"], Order(output, NOW, paper="a4", large_print=True))
    return {one.path.name: pages(one.path) for one in made}


def test_every_page_says_that_it_is_no_handout(printed: dict[str, list[str]]) -> None:
    assert len(printed) == 5
    for name, texts in printed.items():
        labels = load_labels(REPO / "templates", name.split(".")[1], "US")
        assert len(texts) > 20
        for text in texts:
            assert labels("SPECIMEN") in text
        if name == "specimen.en.pdf":
            assert all("it shows the look and is for no patient" in text for text in texts)


def test_every_kind_of_block_is_there_short_long_and_with_a_fact() -> None:
    words, _ = specimen_words("en")
    plain = {block.kind for block in (*words.procedure.blocks, *words.calls.blocks)}
    assert plain == set(KINDS)
    assert {block.kind for block in words.long.blocks} >= set(KINDS) - {"call", "figure"}
    assert {block.kind for block in words.facts.blocks} == set(KINDS)
    for block in words.facts.blocks:
        assert "{" in block.model_dump_json(exclude={"kind"}).removeprefix("{"), block.id
    urgencies = {block.urgency for block in words.calls.blocks if isinstance(block, CallBlock)}
    assert urgencies == set(PHONES_BY_URGENCY)


def test_every_mark_token_and_stamp_is_there(printed: dict[str, list[str]]) -> None:
    whole = " ".join(printed["specimen.en.pdf"])
    labels = load_labels(REPO / "templates", "en", "US")
    for state in set(State) - {State.STANDS}:
        assert " ".join(labels.state(state)) in whole
    library = load_library(REPO)
    brand = brand_tokens(library.clinic.brand)
    named = tokens(library.templates, brand, large_print=False)
    assert [token.name for token in named if token.name not in whole.replace("- ", "-")] == []
    for said in (
        "Reprint Mar 15, 2027",
        "Page 3 of 12",
        "The next packet has 12 pages.",
        "This side is left empty on purpose.",
        "Testa Exampleperson · LEFT side",
        "9.2 to white, 1.9 to ink",
    ):
        assert said in whole


def test_the_plan_shows_what_can_happen_to_it(printed: dict[str, list[str]]) -> None:
    whole = " ".join(printed["specimen.en.pdf"][:3])
    for said in (
        "This time had passed when this was printed.",
        "This had passed when this was printed.",
        "Changed for you: 6 hours before, not 8 hours.",
        "A phrase: until tomorrow. A reason that nobody gave.",
        "Keep taking",
        "Stop",
        "Take with a sip of water",
        "Ask before you take it",
    ):
        assert said in whole
    assert "See your own plan" in " ".join(printed["specimen.en.pdf"])


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_texts_of_the_english_words_and_their_facts(language: str) -> None:
    text, _ = read_yaml(FOLDER / "specimen.yaml")
    assert text
    held = set(strings(text.data))
    phrases = json.loads((FOLDER / f"{language}.json").read_text())
    assert set(phrases) <= held, "what is gone from the English words goes here as well"
    assert len(phrases) > 90
    for said, translated in phrases.items():
        assert sorted(FACT.findall(said)) == sorted(FACT.findall(translated)), said


def strings(value: typing.Any) -> typing.Iterator[str]:
    if isinstance(value, dict):
        for held in value.values():
            yield from strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from strings(held)
    else:
        yield value


@pytest.mark.parametrize("language", languages_with_labels(REPO / "templates"))
def test_it_has_words_in_every_language(language: str) -> None:
    words, plan = specimen_words(language)
    assert plan["patient"]["language"] == language
    assert all(language in rule.text for rule in words.rules.timeline)
    assert (words.title != "Specimen") == (language in TRANSLATIONS)


def test_any_clinic_prints_it_with_its_own_brand(run: Run, folder: Path) -> None:
    noted = list(register.usual_register().entries())
    ended = run("build", "--specimen", "--json")
    assert ended.code == 0
    (made,) = json.loads(ended.out)
    file = folder / made.pop("file")
    assert made == {
        "id": "specimen",
        "language": "en",
        "state": "specimen",
        "version": None,
        "pages": len(pages(file)),
    }
    assert all("Test Clinic" in text for text in pages(file))
    assert list(register.usual_register().entries()) == noted, "nobody was given it"


def test_it_is_the_same_on_every_day(folder: Path, tmp_path: Path) -> None:
    files = []
    for day in (NOW, NOW.replace(year=2031)):
        order = Order(tmp_path / str(day.year), day, cache=Cache(None))
        (made,) = specimens(load_library(folder), ["en"], order)
        files.append(made.path.read_bytes())
    assert files[0] == files[1]


def test_it_has_the_size_of_its_paper(folder: Path, tmp_path: Path) -> None:
    order = Order(tmp_path, NOW, paper="a4", large_print=True)
    (made,) = specimens(load_library(folder), ["en"], order)
    assert made.path.name == "specimen.en.large-print.a4.pdf"
    with pypdfium2.PdfDocument(made.path) as document:
        sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    assert sizes == {(595, 842)}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("sample",), "--specimen prints no handout; leave out sample."),
        (("sample", "other"), "--specimen prints no handout; leave out sample, other."),
        (("--booklet",), "--specimen is on whole pages; leave out --booklet."),
        (("--format", "html"), "--specimen is on whole pages; leave out --format html."),
        (("--format", "txt"), "--specimen is on whole pages; leave out --format txt."),
        (("--lang", "es"), "handout specimen is not written in 'es'. It is in: en."),
    ],
)
def test_what_makes_no_sense_beside_it_is_refused(
    run: Run, folder: Path, asked: tuple[str, ...], said: str
) -> None:
    ended = run("build", "--specimen", *asked)
    assert ended.code == ExitCode.USAGE
    assert said in ended.err
    assert not (folder / "out").exists()


def test_it_is_never_printed_into_the_library(run: Run, folder: Path) -> None:
    assert run("build", "--specimen", "-o", "content/out").code != 0
    assert not (folder / "content" / "out").exists()
