"""The labels' catalogs: extracted from the program, kept up, and never printed half-done."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from generator.errors import ExitCode, TemplateError
from generator.markup import load_labels
from generator.markup.catalog import extract, states, template_file, updated
from tests.conftest import REPO, Run

TEMPLATES = REPO / "templates"
MARKUP = sorted((REPO / "generator" / "markup").glob("*.py"))


def messages() -> set[str]:
    return {str(message.id) for message in extract(TEMPLATES) if message.id}


def test_labels_of_templates_and_of_the_program_are_found() -> None:
    found = messages()
    assert {"About this handout", "12 noon", "DRAFT", "Reviewed by {by}.", "LEFT side"} <= found
    assert len(found) > 90


@pytest.mark.parametrize("module", MARKUP, ids=lambda module: module.name)
def test_every_label_is_written_out_where_it_is_used(module: Path) -> None:
    """A label in a variable would be found by no extractor, and so by no translator."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name == "labels":
                assert isinstance(node.args[0], ast.Constant), ast.unparse(node)


@pytest.mark.parametrize("module", MARKUP, ids=lambda module: module.name)
def test_no_label_hides_inside_another_string(module: Path) -> None:
    """The extractor does not look into f-strings."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.JoinedStr):
            inside = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
            called = {ast.unparse(call.func) for call in inside}
            assert not called & {"labels", "self.labels"}, ast.unparse(node)


def test_the_template_for_translators_is_up_to_date() -> None:
    kept = TEMPLATES / "locale" / "handouts.pot"
    assert kept.read_bytes() == template_file(TEMPLATES), "run: handouts i18n extract"


def write_po(folder: Path, text: str) -> Path:
    po = folder / "templates" / "locale" / "es.po"
    po.parent.mkdir(exist_ok=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + text)
    return po


GOOD = 'msgid "12 noon"\nmsgstr "12 del mediodía"\n\n'


def test_the_state_of_a_language(folder: Path) -> None:
    write_po(folder, GOOD + 'msgid "Nothing says this"\nmsgstr "Nada"\n')
    (state,) = states(folder / "templates", ("en", "es"))
    assert "12 noon" not in state.missing
    assert len(state.missing) == state.total - 1
    assert state.obsolete == ("Nothing says this",)


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Page {page} of {total}"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Page {page} of {total}"\nmsgstr "Página {page} de {total}"\n',
        'msgid "Page {page} of {total}"\nmsgstr "Página {pagina} de {total}"\n',
        'msgid "Page {page} of {total}"\nmsgstr "Página {page}"\n',
        'msgid "Page {page} of {total}"\nmsgstr "Página {page de {total}"\n',
    ],
    ids=["empty", "fuzzy", "another value", "a value missing", "a broken brace"],
)
def test_half_a_translation_is_none(folder: Path, entry: str) -> None:
    write_po(folder, GOOD + entry)
    labels = load_labels(folder / "templates", "es", "US")
    assert labels("12 noon") == "12 del mediodía"
    with pytest.raises(TemplateError, match="no translation"):
        labels("Page {page} of {total}", page=1, total=2)
    (state,) = states(folder / "templates", ("es",))
    assert "Page {page} of {total}" in state.missing


def test_updating_keeps_what_is_done_and_guesses_nothing(folder: Path) -> None:
    po = write_po(folder, GOOD + 'msgid "Nothing says this"\nmsgstr "Nada"\n')
    po.write_bytes(updated(folder / "templates", "es"))
    (state,) = states(folder / "templates", ("es",))
    assert state.obsolete == ()
    assert "12 noon" not in state.missing
    text = po.read_text()
    assert "fuzzy" not in text
    assert "Nada" not in text
    assert updated(folder / "templates", "es") == po.read_bytes()


@pytest.mark.parametrize("file", sorted((TEMPLATES / "locale").glob("*.po")), ids=lambda f: f.stem)
def test_an_update_keeps_what_a_translator_said_of_the_file(file: Path) -> None:
    head = file.read_bytes().partition(b"\n\n")[0]
    assert b"not yet checked" in head
    assert updated(TEMPLATES, file.stem).partition(b"\n\n")[0] == head


def test_the_commands(run: Run, folder: Path) -> None:
    for kept in (folder / "templates" / "locale").glob("*.po"):
        kept.unlink()
    assert run("i18n", "update", "es", "zh-Hans").out.splitlines() == [
        "templates/locale/es.po",
        "templates/locale/zh-Hans.po",
    ]
    assert run("i18n", "extract").out == "templates/locale/handouts.pot\n"
    result = run("i18n", "status")
    assert result.out.splitlines()[1].split() == ["en", "all", "2", "of", "2", "2", "draft"]
    assert 'es lacks "12 midnight' in result.err
    assert run("i18n", "status", "--strict").code == 0, "es is not a language of this clinic"
    said = {one["language"]: one for one in json.loads(run("i18n", "status", "--json").out)}
    assert said["zh-Hans"]["labels"] == 0
    assert said["en"]["handouts"] == {"other": "draft", "sample": "draft"}
    clinic = folder / "content" / "clinic.yaml"
    assert clinic.exists()


@pytest.mark.parametrize("tag", ["xx", "english", "../es", "e"])
def test_a_language_that_is_none(run: Run, folder: Path, tag: str) -> None:
    result = run("i18n", "update", tag)
    assert result.code == ExitCode.USAGE
    assert "is no language that Unicode's CLDR knows" in result.err
    assert not (folder / "templates" / "locale" / f"{tag}.po").exists()
