"""Tokens: where the stylesheet takes all sizes and colours from, as templates/README.md says."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from generator.assembly.fingerprint import look_of
from generator.library import load_library
from generator.markup import tokens
from generator.markup.clinic_view import brand_tokens
from generator.markup.tokens import BRAND_USES, Token
from generator.model.colour import contrast, tint
from tests.conftest import REPO

TEMPLATES = REPO / "templates"
BRAND = brand_tokens(load_library(REPO).clinic.brand)
STANDARD = tokens(TEMPLATES, BRAND, large_print=False)
LARGE = tokens(TEMPLATES, BRAND, large_print=True)
BOOKLET = tokens(TEMPLATES, BRAND, large_print=False, booklet=True)
WRITTEN = (TEMPLATES / "print.css").read_text()
CSS = re.sub(r"/\*.*?\*/", "", WRITTEN, flags=re.DOTALL)
RULES = re.sub(r":root[\w.-]*\s*\{[^}]*\}", "", CSS).partition("@media screen")[0]
TEXT = 7
"""WCAG 2.2 asks 4.5, and 7 for the level that we aim at."""
LARGE_TEXT = 4.5
"""The same level for letters of 14 pt bold or more."""


def value(name: str) -> str:
    (found,) = (token.value for token in STANDARD if token.name == name)
    return found


def rows(heading: str) -> list[tuple[str, ...]]:
    """The rows of the table under a heading of templates/README.md."""
    text = (TEMPLATES / "README.md").read_text()
    part = text.partition(f"### {heading}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    cells = [
        tuple(cell.strip().strip("`") for cell in line.strip("|").split("|"))
        for line in part.splitlines()
        if line.startswith("|")
    ]
    return cells[2:]


def other(changed: Token, plain: Token) -> str:
    return changed.value if changed.value != plain.value else ""


GROUPS = tuple(dict.fromkeys(token.group for token in STANDARD if token.group != "Brand"))


@pytest.mark.parametrize("group", GROUPS)
def test_the_readme_has_the_tokens_of_the_stylesheet(group: str) -> None:
    expected = [
        (plain.name, plain.value, other(large, plain), other(booklet, plain), plain.use)
        for plain, large, booklet in zip(STANDARD, LARGE, BOOKLET, strict=True)
        if plain.group == group
    ]
    assert rows(group) == expected


def test_the_readme_has_the_tokens_of_the_brand() -> None:
    assert [row[:1] + row[2:] for row in rows("Brand")] == list(BRAND_USES.items())


def test_the_readme_has_every_template() -> None:
    text = (TEMPLATES / "README.md").read_text()
    part = text.partition("## Which template makes what\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([\w*/]+\.(?:html|txt|css|po))`", part))
    files = {
        file.relative_to(TEMPLATES).as_posix()
        for file in TEMPLATES.rglob("*")
        if file.suffix in {".html", ".txt", ".css", ".po"}
    }
    assert {re.sub(r"^(blocks|locale)/[\w-]+\.", r"\1/*.", file) for file in files} == named


def test_the_readme_is_no_part_of_the_look(folder: Path) -> None:
    clinic, templates = load_library(folder).clinic, folder / "templates"
    layers = load_library(folder).templates
    before = look_of(layers, clinic, ())
    (templates / "README.md").write_text("Another one.")
    assert look_of(layers, clinic, ()) == before
    (templates / "topic.html").write_text("Another one.")
    assert look_of(layers, clinic, ()) != before


def test_every_token_says_what_for_and_is_used() -> None:
    assert len(STANDARD) > 40
    assert [token.name for token in STANDARD if not token.use or not token.group] == []
    used = set(re.findall(r"var\((--[\w-]+)\)", CSS))
    assert used == {token.name for token in STANDARD}


def test_an_edition_changes_only_tokens_that_there_are() -> None:
    blocks = re.findall(r":root\.([\w-]+)\s*\{([^}]*)\}", CSS)
    assert {edition for edition, _ in blocks} == {"large-print", "booklet"}
    changed = {name for _, block in blocks for name in re.findall(r"(--[\w-]+):", block)}
    assert changed <= {token.name for token in STANDARD}


def test_no_rule_has_a_colour_or_a_size_of_letters_of_its_own() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", RULES) == []
    sizes = re.findall(r"font-size:\s*([^;]+);", RULES)
    assert sizes
    assert [size for size in sizes if not size.startswith("var(")] == []


def test_large_print_is_large_and_nothing_is_small() -> None:
    plain = {token.name: token.value for token in STANDARD if token.value.endswith("pt")}
    large = {token.name: token.value for token in LARGE if token.value.endswith("pt")}
    assert min(float(size[:-2]) for size in plain.values()) >= 12
    assert float(large["--text"][:-2]) >= 18
    assert float(large["--small"][:-2]) >= 16
    assert all(float(large[name][:-2]) > float(size[:-2]) for name, size in plain.items())


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        *product(("--ink", "--quiet", "--primary", "--accent", "--loud"), ("--paper",)),
        *product(("--ink",), ("--tint", "--added", "--removed")),
        *product(("--paper",), ("--primary", "--accent", "--loud")),
    ],
)
def test_letters_stand_apart_from_their_ground(letters: str, ground: str) -> None:
    assert contrast(value(letters), value(ground)) >= TEXT


def test_a_tint_of_any_brand_is_a_ground_for_ink_and_for_its_own_headings() -> None:
    shades = [f"{shade:02x}" for shade in range(0, 256, 15)]
    brands = [f"#{''.join(rgb)}" for rgb in product(shades, repeat=3)]
    dark = [colour for colour in brands if contrast(colour, "#ffffff") >= TEXT]
    assert len(dark) > 500
    for colour in dark:
        assert contrast(value("--ink"), tint(colour)) >= 2 * TEXT
        assert contrast(colour, tint(colour)) >= LARGE_TEXT


def test_a_tint_is_mostly_white() -> None:
    assert tint("#ffffff") == "#ffffff"
    assert tint("#000000") == "#ededed"
    assert tint("#0b4f5c") == "#eef3f4"
