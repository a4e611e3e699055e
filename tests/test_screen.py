"""A handout on a screen: nothing to find for axe-core in a browser, on a phone and at a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from generator.library import load_library
from generator.pipeline import Order, build
from tests.browser import chromium
from tests.conftest import NOW, REPO
from tests.translated import label, translate

LIBRARY = load_library(REPO)
HANDOUTS = [(name, language) for name in LIBRARY.ids() for language in LIBRARY.languages(name)]
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE, ZOOMED, DESK = 390, 320, 1280
"""CSS pixels across; 320 are a desk's 1280 at 400 % (WCAG 2.2, 1.4.10)."""
UNDECIDED = '<span class="section-number">'
"""What axe-core leaves to people, as too short to tell: white on the clinic's dark colour, which
has to be dark enough for it (`generator.model.colour`)."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
"""A reader's own spacing, at which nothing may be lost (WCAG 2.2, 1.4.12)."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": PHONE, "height": 844})
    yield opened
    opened.close()


def show(page: Page, file: Path) -> Page:
    page.goto(file.as_uri())
    return page


def handout(name: str, language: str, output: Path, *, large_print: bool = False) -> Path:
    order = Order(output, NOW, large_print=large_print, format="html")
    return next(build(LIBRARY, [(name, language)], order)).path


def wrong(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds, and what it cannot decide for another reason than the one we know."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": list(RULES)}).response
    assert len(found["passes"]) > 20
    undecided = [
        (finding["id"], node["html"])
        for finding in found["incomplete"]
        for node in finding["nodes"]
        if not node["html"].startswith(UNDECIDED)
    ]
    return undecided + [
        (finding["id"], node["html"])
        for finding in found["violations"]
        for node in finding["nodes"]
    ]


def width(page: Page, across: int) -> int:
    """How wide the page is at a width of the window: no wider, or it scrolls both ways."""
    page.set_viewport_size({"width": across, "height": 844})
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize(("name", "language"), HANDOUTS)
def test_axe_finds_nothing(name: str, language: str, page: Page, tmp_path: Path) -> None:
    show(page, handout(name, language, tmp_path))
    assert wrong(page) == []
    assert [width(page, across) for across in (ZOOMED, PHONE, DESK)] == [ZOOMED, PHONE, DESK]
    page.add_style_tag(content=SPACED)
    assert width(page, ZOOMED) == ZOOMED


def test_large_print_on_a_screen(page: Page, tmp_path: Path) -> None:
    show(page, handout("rotationplasty", "en", tmp_path, large_print=True))
    assert wrong(page) == []
    assert width(page, ZOOMED) == ZOOMED


def test_from_right_to_left(page: Page, folder: Path, tmp_path: Path) -> None:
    translate(folder, "ar", "sample")
    english = folder / "content" / "procedures" / "sample-operation" / "en.yaml"
    words = english.read_text().replace("Your sample operation", "أسئلة عن العملية")
    english.with_name("ar.yaml").write_text(words)
    label(folder, "ar")
    order = Order(tmp_path / "out", NOW, format="html")
    made = next(build(load_library(folder), [("sample", "ar")], order))
    show(page, made.path)
    assert wrong(page) == []
    assert width(page, ZOOMED) == ZOOMED
    right = page.locator("h1").evaluate("h => h.getBoundingClientRect().right")
    marks = page.locator(".contents li a").first.bounding_box()
    assert marks is not None
    assert marks["x"] + marks["width"] > right - 100, "lists start on the right"


def test_it_asks_for_nothing(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    file = handout("hip-replacement", "en", tmp_path)
    show(page, file)
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    family = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length")
    assert family == 2


def test_the_keyboard_goes_from_top_to_bottom_and_shows_where_it_is(
    page: Page, tmp_path: Path
) -> None:
    show(page, handout("hip-replacement", "en", tmp_path))
    links = page.locator("a").count()
    tops, outlines = [], set()
    for _ in range(links):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => { const e = document.activeElement, r = e.getBoundingClientRect();
            return [r.top + scrollY, getComputedStyle(e).outlineStyle, e.localName] }"""
        )
        tops.append(where[0])
        outlines.add(tuple(where[1:]))
    assert links > 20
    assert tops == sorted(tops)
    assert outlines == {("solid", "a")}


def test_telephone_numbers_can_be_called(page: Page, tmp_path: Path) -> None:
    show(page, handout("hip-replacement", "en", tmp_path))
    called = page.locator(".call.emergency a").evaluate_all("all => all.map(a => a.href)")
    assert called == ["tel:911"]
    assert page.locator("a[href^=tel]").count() >= 6


@pytest.mark.parametrize(
    ("pattern", "replacement", "rule"),
    [
        (r' alt="[^"]+"', "", "image-alt"),
        (r'<html lang="en"', "<html", "html-has-lang"),
        ("--never--|#3d3d3d", "#999999", "color-contrast"),
        ("<h3>", "<h6>", "heading-order"),
    ],
)
def test_axe_would_find_something(
    pattern: str, replacement: str, rule: str, page: Page, tmp_path: Path
) -> None:
    file = handout("hip-replacement", "en", tmp_path)
    file.write_text(re.sub(pattern, replacement, file.read_text()))
    show(page, file)
    assert rule in {found for found, _ in wrong(page)}
