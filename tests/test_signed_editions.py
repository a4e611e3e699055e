"""Signed words fit in every edition: a clinic must not find out on the day that it signs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.library import load_library
from generator.pipeline import Order, build, packet
from tests.conftest import NOW, REPO
from tests.plans import example_plan
from tests.signing import sign

SIGNER = {
    "by": "Dr. Alexandrina Longnamington-Exampleperson",
    "credential": "MD, PhD, FAAOS",
    "role": "Orthopedic surgeon",
}
EDITIONS = {
    "large print": {"large_print": True},
    "large print on A4": {"large_print": True, "paper": "a4"},
    "booklet": {"booklet": True},
}
SHORT = {"en": "orthopedic-oncology", "es": "orthopedic-oncology"}
"""The shortest handout in each language; in the others there is one alone."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped library."""
    folder = tmp_path_factory.mktemp("signed") / "library"
    for owner in ("content", "handouts", "templates"):
        shutil.copytree(REPO / owner, folder / owner)
    return folder


def signed(shelf: Path, folder: Path, language: str, on: str) -> Path:
    """A copy in which somebody with a long name signed a handout, in English and a language."""
    shutil.copytree(shelf, folder)
    for each in dict.fromkeys(("en", language)):
        sign(folder, SHORT.get(language, "hip-replacement"), language=each, on=on, **SIGNER)
    return folder


@pytest.mark.parametrize("on", ["2026-11-01", "2020-01-01"], ids=["stands", "overdue"])
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-Hans"])
def test_signed_words_fit_in_every_edition(
    shelf: Path, tmp_path: Path, language: str, on: str
) -> None:
    library = load_library(signed(shelf, tmp_path / "library", language, on))
    wanted = [(SHORT.get(language, "hip-replacement"), language)]
    for edition in EDITIONS.values():
        order = Order(tmp_path / "out", NOW, **edition)  # type: ignore[arg-type]
        (made,) = build(library, wanted, order)
        assert made.state == ("stands" if on > "2024" else "overdue")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-Hans"])
def test_a_packet_of_signed_words_fits(
    shelf: Path, tmp_path: Path, language: str, large: bool
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(shelf, folder)
    for each in dict.fromkeys(("en", language)):
        sign(folder, "hip-replacement", language=each, on="2026-11-01", **SIGNER)
    plan = example_plan(tmp_path, language)
    plan.write_text(plan.read_text().replace("patient:", f"patient:\n  large_print: {large}", 1))
    made = packet(load_library(folder), plan, Order(tmp_path / "out", NOW), allow_unreviewed=False)
    assert made.state == "stands"
