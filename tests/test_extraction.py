"""What is copied out of our pages, or read aloud, is what stands in the words, in every script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pymupdf
import pytest

from generator.library import Library, load_library
from generator.markup import load_labels
from generator.markup.inline import inline
from generator.model.walk import texts
from generator.pipeline import Order, build
from tests.conftest import NOW, REPO

CASES = [("amputation", "es"), *(("hip-replacement", tag) for tag in ("es", "ar", "zh-Hans"))]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(REPO)


def words_of(text: str) -> Counter[str]:
    """The words of a text; of Chinese, which has no spaces, the letters."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    han = re.findall(r"[\u4e00-\u9fff]", text)
    return Counter([*han, *re.findall(r"[^\W\d_\u4e00-\u9fff]+", text)])


def printed(library: Library, handout: str, language: str) -> str:
    """Every text of a handout that its pages show; alternative texts are not drawn."""
    words = library.handout(handout, language)
    labels = load_labels(library.templates, language, library.clinic.country)
    facts = {name: labels.fact(fact) for name, fact in words.facts.items()}
    shown = [
        str(inline(text, facts))
        for section in words.sections
        for location, text in texts(section.words)
        if location[-1] != "alt"
    ]
    return " ".join([words.title, *shown])


@pytest.mark.parametrize(("handout", "language"), CASES)
@pytest.mark.parametrize("large_print", [False, True])
def test_every_word_comes_out_again(
    library: Library, tmp_path: Path, handout: str, language: str, large_print: bool
) -> None:
    order = Order(tmp_path, NOW, large_print=large_print)
    (made,) = build(library, [(handout, language)], order)
    with pymupdf.open(made.path) as pdf:  # type: ignore[no-untyped-call]
        out = " ".join(page.get_text() for page in pdf)
    missing = words_of(printed(library, handout, language)) - words_of(out)
    assert not missing


def test_a_letter_that_first_comes_with_a_mark_is_still_a_letter(tmp_path: Path) -> None:
    """And a lam with its alef stays in its order, after a letter that it is joined to, too."""
    from generator.press import print_pdf

    said = "مفصلًا لا بلا علامة"
    html = f'<!DOCTYPE html><html lang="ar" dir="rtl"><title>t</title><body><p>{said}</p></body>'
    css = '@page { size: 10cm } html { font-family: "Almarai" } strong { font-weight: 700 }'
    printed = print_pdf("test", html, css, {})
    (tmp_path / "made.pdf").write_bytes(printed.pdf)
    with pymupdf.open(tmp_path / "made.pdf") as pdf:  # type: ignore[no-untyped-call]
        out = pdf[0].get_text()
    assert words_of(out) == words_of(said)
