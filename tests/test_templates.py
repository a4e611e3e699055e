"""Templates: they match the kinds and the view both ways, and they print content as text."""

from __future__ import annotations

import dataclasses
import re
import typing
from pathlib import Path

import pytest
from jinja2 import nodes

from generator.errors import TemplateError
from generator.library import Library, load_library
from generator.markup import Document, Edition, ViewMaker, load_labels, render
from generator.markup.clinic_view import brand_tokens
from generator.markup.diff_view import DiffView
from generator.markup.html import environment
from generator.markup.inline import inline
from generator.markup.look_parts import LookView
from generator.markup.mark_parts import MarkView, StampView
from generator.markup.plan_parts import (
    DayView,
    MedicineView,
    PlanCallView,
    PlanPrepareView,
    PlanView,
    StepView,
)
from generator.markup.stylesheet import stylesheet
from generator.markup.view import (
    ClinicView,
    HandoutView,
    PaperView,
    PhoneView,
    SectionView,
    SourceView,
)
from generator.model import Block
from generator.signoff import standing
from tests.conftest import REPO, TODAY

TEMPLATES = REPO / "templates"
KINDS = {
    typing.get_args(model.model_fields["kind"].annotation)[0]: model
    for model in typing.get_args(typing.get_args(Block)[0])
}
ADDED = {"call": {"phones"}}
"""What the view adds to a block's own fields."""
PARTS = (
    *(HandoutView, PlanView, PlanCallView, PlanPrepareView, PaperView, StampView),
    *(DiffView, LookView),
)
NOT_SHOWN = {"gives_way", "id", "kind", "sources"}


def attributes(template: str, of: str) -> set[str]:
    """The attributes of a variable that a template reads."""
    source = (TEMPLATES / template).read_text()
    tree = environment(TEMPLATES).parse(source)
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == of
    }


def page(library: Library) -> str:
    document = document_of(library)
    return render(document, library.templates).html


def document_of(library: Library) -> Document:
    handout = library.handout("sample", "en")
    maker = ViewMaker(
        clinic=library.clinic,
        logo=library.logo,
        edition=Edition("letter"),
        labels=load_labels(library.templates, "en", "US"),
        url=lambda name, _: f"figure:{name}",
    )
    return maker.handout_document(handout, standing(handout, TODAY, library.clinic.review))


def test_every_kind_has_a_template_and_every_template_a_kind() -> None:
    assert {file.stem for file in (TEMPLATES / "blocks").iterdir()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_template_prints_every_field_and_no_other(kind: str) -> None:
    shown = set(KINDS[kind].model_fields) - NOT_SHOWN
    expected = shown | {"anchor", "place"} | ADDED.get(kind, set())
    assert attributes(f"blocks/{kind}.html", "block") == expected


def test_templates_read_every_field_of_the_view_and_no_other() -> None:
    everywhere = [str(f.relative_to(TEMPLATES)) for f in TEMPLATES.rglob("*.html")]
    read: dict[str, set[str]] = {}
    for variable in ("document", "part", "section", "source", "phone", "medicine", "day", "step"):
        read[variable] = set().union(*(attributes(t, variable) for t in everywhere))
    fields = {
        "document": Document,
        "section": SectionView,
        "source": SourceView,
        "phone": PhoneView,
        "medicine": MedicineView,
        "day": DayView,
        "step": StepView,
    }
    for variable, view in fields.items():
        assert read[variable] == {f.name for f in dataclasses.fields(view)} - {"labels"}
    parts = {f.name for view in PARTS for f in dataclasses.fields(view)}
    assert read["part"] == parts
    nested = {f.name for view in (ClinicView, MarkView, Edition) for f in dataclasses.fields(view)}
    nested -= {"brand"}  # it goes into the stylesheet
    text = "".join((TEMPLATES / t).read_text() for t in everywhere)
    assert (
        set(re.findall(r"(?:document\.clinic|\bmark|(?:document\.)?\bedition)\.(\w+)", text))
        == nested
    )


def test_content_is_text_and_never_markup(library: Library) -> None:
    html = page(library)
    assert "{{ 7*7 }}" in html
    assert "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "%s &amp; 50%" in html
    assert html.count("<script") == 0


def test_an_editors_note_is_never_printed(library: Library) -> None:
    assert "never printed" not in page(library)


def test_facts_are_filled_in_and_kept_together() -> None:
    text = inline("Stop **{fast} before** <it>.", {"fast": "2 hours"})
    assert str(text) == "Stop 2 hours before <it>."
    assert text.__html__() == (
        "Stop <strong>2\u00a0hours</strong><strong> before</strong> &lt;it&gt;."
    )


def test_a_long_fact_may_be_broken_across_lines() -> None:
    assert "\u00a0" not in inline("{rule}", {"rule": "until your surgeon says you may"}).__html__()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{{ nothing }}", "topic.html:1: 'nothing' is undefined"),
        ("{{ section.nothing }}", "topic.html:1: .* has no attribute 'nothing'"),
        ("\n{% if %}", "topic.html:2: Expected an expression"),
        (
            "{{ section.__class__.__mro__ }}",
            "topic.html:1: access to attribute '__class__'.*unsafe",
        ),
        ("{{ 1/0 }}", "topic.html:1: division by zero"),
        ("{% include 'gone.html' %}", "gone.html"),
    ],
)
def test_a_broken_template_names_its_line(library: Library, broken: str, said: str) -> None:
    library.templates.find("topic.html").write_text(broken)
    with pytest.raises(TemplateError, match=said):
        page(library)


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (None, "print.css: cannot be read"),
        (b"p { color: \xff }", "print.css: cannot be read"),
        (b"p { color: red } </style>", "print.css: holds '</'"),
    ],
)
def test_a_broken_stylesheet_is_named(library: Library, css: bytes | None, said: str) -> None:
    file = library.templates.find("print.css")
    file.unlink() if css is None else file.write_bytes(css)
    with pytest.raises(TemplateError, match=said):
        page(library)


def test_a_template_cannot_read_outside_its_folder(library: Library) -> None:
    library.templates.find("topic.html").write_text("{% include '../content/clinic.yaml' %}")
    with pytest.raises(TemplateError):
        page(library)


def test_a_property_that_is_not_defined_is_named_with_its_line(folder: Path) -> None:
    css = folder / "templates" / "print.css"
    css.write_text(css.read_text().replace("--lead: 16pt", "--laed: 16pt"))
    with pytest.raises(TemplateError, match=r"print.css:\d+: --lead is not defined in :root"):
        page(load_library(folder))


def test_the_stylesheet_of_an_edition_has_its_sizes(library: Library) -> None:
    brand = brand_tokens(library.clinic.brand.model_copy(update={"primary": "#123456"}))
    standard, large = (stylesheet(library.templates, brand, size) for size in (False, True))
    assert "var(" not in standard + large
    assert "font-size: 14pt" in standard
    assert "font-size: 18pt" in large
    assert "color: #123456" in standard


def test_labels_of_another_language_come_from_its_catalog(folder: Path) -> None:
    po = folder / "templates" / "locale" / "es.po"
    po.parent.mkdir(exist_ok=True)
    po.write_text('msgid ""\nmsgstr ""\n"Language: es\\n"\n\nmsgid "Page"\nmsgstr "Página"\n')
    labels = load_labels(folder / "templates", "es", "US")
    assert labels("Page") == "Página"
    assert labels.language_name == "español"
    with pytest.raises(TemplateError, match='no translation of "of"'):
        labels("of")


def test_a_language_without_labels_is_refused(folder: Path) -> None:
    with pytest.raises(TemplateError, match="no labels for 'sw'"):
        load_labels(folder / "templates", "sw", "US")
