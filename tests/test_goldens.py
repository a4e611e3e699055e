"""What the pages look like: all pages of a handout with every kind of block, and of a packet.

``pytest --update-goldens`` writes the pictures anew; look at each before you accept it.
A failure leaves actual, expected and difference side by side in ``tests/goldens/failed/``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.library import Library, load_library
from generator.markup.catalog import languages_with_labels
from generator.pipeline import Order, build, packet, specimens
from tests.conftest import NOW, REPO
from tests.pages import pictures
from tests.signing import sign
from tests.translated import translate

LANGUAGES = languages_with_labels(REPO / "templates")
GOLDENS = REPO / "tests" / "goldens"
FAILED = GOLDENS / "failed"
MAY_DIFFER = 0.0002
"""The share of clearly different pixels allowed: other Pango versions smooth edges otherwise."""


@pytest.fixture(autouse=True)
def _same_names_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A packet's id, which is in the code on its pages, is keyed by a secret of the machine."""
    monkeypatch.setattr("generator.recall.register.Register.key", lambda _: b"for pictures")


def make(name: str, folder: Path, output: Path) -> Path:
    if name == "signed":
        sign(folder)
    library: Library = load_library(folder)
    if name == "specimen":
        return next(iter(specimens(library, ["en"], Order(output, NOW)))).path
    if name == "packet":
        plan = folder / "content" / "examples" / "plan.yaml"
        return packet(library, plan, Order(output, NOW), allow_unreviewed=True).path
    order = Order(output, NOW, large_print=name == "large-print", booklet=name == "booklet")
    return next(iter(build(library, [("sample", "en")], order))).path


@pytest.mark.parametrize(
    "name", ["draft", "signed", "large-print", "booklet", "packet", "specimen"]
)
def test_every_page_looks_as_it_did(
    name: str, folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    looks_as(name, pictures(make(name, folder, tmp_path)), request)


def looks_as(name: str, pages: list[Image.Image], request: pytest.FixtureRequest) -> None:
    """Compare pages with the pictures that were accepted, or write them anew."""
    if request.config.getoption("--update-goldens"):
        write(name, pages)
    expected = sorted(GOLDENS.glob(f"{name}-[0-9][0-9].png"))
    assert len(expected) == len(pages), f"{len(pages)} pages, {len(expected)} pictures"
    different = [
        golden.name
        for page, golden in zip(pages, expected, strict=True)
        if difference(page, golden) > MAY_DIFFER
    ]
    assert not different, f"look at {FAILED}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_of_a_plan_in_every_language(
    language: str, folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    translate(folder, language)
    plan = folder / "content" / "examples" / "plan.yaml"
    plan.write_text(plan.read_text().replace("language: en", f"language: {language}"))
    library = load_library(folder, fallback="en")
    first, *_ = pictures(packet(library, plan, Order(tmp_path, NOW), allow_unreviewed=True).path)
    looks_as(f"plan-{language}", [first], request)


@pytest.mark.parametrize("language", ["es", "ar", "zh-Hans"])
@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_a_page_of_our_own_words_in_every_language(
    language: str, edition: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    library = load_library(REPO)
    order = Order(tmp_path, NOW, large_print=edition == "large-print")
    (made,) = build(library, [("hip-replacement", language)], order)
    looks_as(f"hip-{edition}-{language}", pictures(made.path)[2:3], request)


def write(name: str, pages: list[Image.Image]) -> None:
    GOLDENS.mkdir(exist_ok=True)
    for old in GOLDENS.glob(f"{name}-[0-9][0-9].png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        page.quantize(32).save(GOLDENS / f"{name}-{number:02}.png", optimize=True)


def difference(page: Image.Image, golden: Path) -> float:
    """The share of pixels that clearly differ; keeps a picture of them when there are many."""
    expected = Image.open(golden).convert("RGB")
    if page.size != expected.size:
        return 1.0
    apart = ImageChops.difference(page, expected).convert("L").point(lambda v: 255 * (v > 80))
    share = apart.histogram()[255] / (page.width * page.height)
    if share > MAY_DIFFER:
        FAILED.mkdir(parents=True, exist_ok=True)
        sheet = Image.new("RGB", (page.width * 3, page.height))
        for place, picture in enumerate((page, expected, apart.convert("RGB"))):
            sheet.paste(picture, (place * page.width, 0))
        sheet.save(FAILED / golden.name)
    return share


def test_a_moved_word_is_a_difference(folder: Path, tmp_path: Path) -> None:
    words = folder / "content" / "procedures" / "sample-operation" / "en.yaml"
    words.write_text(words.read_text().replace("Each paragraph has", "Each one has"))
    pages = pictures(make("draft", folder, tmp_path))
    assert difference(pages[0], GOLDENS / "draft-01.png") > MAY_DIFFER
    (FAILED / "draft-01.png").unlink()
