"""What a screen reader finds in handouts, plans and packets, beyond what the checkers look at."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from generator.library import load_library
from generator.pipeline import Order, build, packet
from tests.conftest import NOW, REPO
from tests.plans import example_plan
from tests.structure import Marked, Place, elements, kids, marked, named, places

LIBRARY = load_library(REPO)
HANDOUTS = [f"{name} {language}" for name in LIBRARY.ids() for language in LIBRARY.languages(name)]
OTHERS = ["hip-replacement en large print", "rotationplasty en a4"]
PACKETS = [f"packet {language}" for language in LIBRARY.languages("hip-replacement")]
LINE = 4.0
"""Points: things whose middles are nearer than this are on one line."""


@pytest.fixture(scope="module")
def folder_of_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("aloud")


@pytest.fixture(params=[*HANDOUTS, *OTHERS, *PACKETS], scope="module")
def file(request: pytest.FixtureRequest, folder_of_files: Path) -> Path:
    """Every handout in every language, one in large print, one on A4, and packets with a plan."""
    name, language, *edition = request.param.split()
    if name == "packet":
        plan = example_plan(folder_of_files, language)
        return packet(LIBRARY, plan, Order(folder_of_files, NOW), allow_unreviewed=True).path
    order = Order(
        folder_of_files,
        NOW,
        paper="a4" if "a4" in edition else None,
        large_print="large" in edition,
    )
    return next(build(LIBRARY, [(name, language)], order)).path


@pytest.fixture(scope="module")
def drawn(file: Path) -> dict[Place, Marked]:
    return marked(file.read_bytes())


@pytest.fixture
def pdf(file: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(file) as opened:
        yield opened


def parts(pdf: pikepdf.Pdf) -> list[Any]:
    return [one for one in kids(pdf.Root.StructTreeRoot.K[0]) if one.S == "/Part"]


def said(pdf: pikepdf.Pdf, element: Any, drawn: dict[Place, Marked]) -> str:
    return " ".join(drawn[place].text for place in places(pdf, element) if place in drawn)


def test_headings_have_no_gaps(pdf: pikepdf.Pdf, drawn: dict[Place, Marked]) -> None:
    for part in parts(pdf):
        headings = [e for e in elements(part) if str(e.S) in {f"/H{n}" for n in range(1, 7)}]
        levels = [int(str(heading.S)[2]) for heading in headings]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        assert all(said(pdf, heading, drawn).strip() for heading in headings)


def test_tables_are_rows_of_cells_with_scoped_headers(pdf: pikepdf.Pdf) -> None:
    for table in named(pdf, "Table"):
        groups = [str(kid.S) for kid in kids(table)]
        assert groups == ["/THead", "/TBody"]
        rows = [row for group in kids(table) for row in kids(group)]
        assert {str(row.S) for row in rows} == {"/TR"}
        assert len({len(kids(row)) for row in rows}) == 1
        head, *body = ([str(cell.S) for cell in kids(row)] for row in rows)
        assert set(head) == {"/TH"}
        assert all(row[0] == "/TH" and set(row[1:]) == {"/TD"} for row in body)
        scopes = [[str(cell.A.get("/Scope", "")) for cell in kids(row)] for row in rows]
        assert set(scopes[0]) == {"/Column"}
        assert {row[0] for row in scopes[1:]} == {"/Row"}


def test_lists_are_lists(pdf: pikepdf.Pdf) -> None:
    lists = named(pdf, "L")
    assert lists
    for one in lists:
        assert {str(kid.S) for kid in kids(one)} == {"/LI"}
        for entry in kids(one):
            assert [str(kid.S) for kid in kids(entry)] in (["/Lbl", "/LBody"], ["/LBody"])
    for element in elements(pdf.Root.StructTreeRoot.K[0]):
        if element.S in ("/LI", "/LBody", "/Lbl"):
            assert ("/L" if element.S == "/LI" else "/LI") == element.P.S


def test_pictures_say_what_they_show_and_where(
    pdf: pikepdf.Pdf, drawn: dict[Place, Marked]
) -> None:
    for figure in named(pdf, "Figure"):
        assert len(str(figure.Alt)) > 20
        (page,) = pages_of(pdf, figure)
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        width, height = (float(side) for side in list(pdf.pages[page].mediabox)[2:])
        assert 0 < left < right < width
        assert 0 < bottom < top < height
        above = [e for e in elements(figure.P) if e.S == "/H3"]
        title = drawn[next(places(pdf, above[0]))]
        assert 0 < title.bottom - top < 30, "right beneath its title"


def test_every_part_says_its_language(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang)
    for part in parts(pdf):
        assert str(part.get("/Lang", pdf.Root.Lang)) in LIBRARY.clinic.languages


def test_it_is_read_as_it_is_seen(pdf: pikepdf.Pdf, drawn: dict[Place, Marked]) -> None:
    """Page by page, from the top down and in the direction of the script; a column, a cell or a
    box that floats beside another is read whole before the next one."""
    from_the_right = str(pdf.Root.Lang) == "ar"
    root = pdf.Root.StructTreeRoot.K[0]
    read = [place for place in places(pdf, root) if place in drawn]
    assert len(read) == len(set(read)), "nothing is read twice"
    assert set(read) == set(drawn), "everything drawn with a mark is read"
    pages = [page for page, _ in read]
    assert pages == sorted(pages)
    for element in elements(root):
        if element.S in ("/P", "/H1", "/H2", "/H3", "/LI", "/LBody", "/TR"):
            found_in = [place for place in places(pdf, element) if place in drawn]
            check_lines([(place[0], drawn[place]) for place in found_in], from_the_right)
    for element in elements(root):
        if element.S in ("/Sect", "/TBody", "/Div"):
            tops = [top_of(pdf, kid, drawn) for kid in kids(element) if isinstance(kid, Dictionary)]
            found = [top for top in tops if top is not None]
            assert found == sorted(found), said(pdf, element, drawn)[:80]


def check_lines(found: list[tuple[int, Marked]], from_the_right: bool) -> None:
    """Of the pieces of one element: no line above the one before it, except in another cell."""
    for (page, before), (next_page, after) in itertools.pairwise(found):
        beside = after.right < before.left if from_the_right else after.left > before.right
        if page != next_page or beside:
            continue
        middle, next_middle = (before.top + before.bottom) / 2, (after.top + after.bottom) / 2
        assert next_middle <= middle + LINE, (before.text, after.text)


def top_of(pdf: pikepdf.Pdf, element: Any, drawn: dict[Place, Marked]) -> tuple[int, float] | None:
    """Where an element starts: its page, and how far down, in steps of lines."""
    first = next((place for place in places(pdf, element) if place in drawn), None)
    return (first[0], -round(drawn[first].top / 10)) if first else None


def test_bookmarks_are_the_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        flat = list(entries(outline.root))
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    headings = [
        h for part in parts(pdf) for h in elements(part) if str(h.S) in ("/H1", "/H2", "/H3")
    ]
    assert len(flat) <= len(headings)
    assert len(flat) >= len([h for h in headings if h.S != "/H3"]) - 4
    where = [pages[entry.destination[0].objgen] for entry in flat]
    assert where == sorted(where)


def entries(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from entries(item.children)


def test_what_crosses_a_page_is_one(pdf: pikepdf.Pdf, drawn: dict[Place, Marked]) -> None:
    """The next piece of a section, a list or a paragraph never starts a page as one of its own."""
    across = 0
    for element in elements(pdf.Root.StructTreeRoot.K[0]):
        across += element.S in ("/L", "/P", "/Sect") and len(pages_of(pdf, element)) > 1
        inside = [kid for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid]
        for before, after in itertools.pairwise(inside):
            if before.S != after.S or pages_of(pdf, before)[-1] == pages_of(pdf, after)[0]:
                continue
            assert after.S not in ("/L", "/LBody")
            if after.S == "/P":
                assert not said(pdf, before, drawn).rstrip()[-1:].islower()
            if after.S == "/LI":
                assert [kid.S for kid in kids(before)] == [kid.S for kid in kids(after)]
            if after.S == "/Sect":
                heading = next(e for e in elements(after) if e.S in ("/H2", "/H3"))
                assert next(places(pdf, heading)) == next(places(pdf, after))
    assert across, "sections do cross pages"


def pages_of(pdf: pikepdf.Pdf, element: Any) -> list[int]:
    return sorted({page for page, _ in places(pdf, element)}) or [-1]


def test_what_runs_on_every_page_is_not_read(drawn: dict[Place, Marked]) -> None:
    read = " ".join(thing.text for thing in drawn.values())
    for words in ("Page 1 of", "Based on:", "no clinician has approved these words yet"):
        assert words not in read


def test_links_say_where_they_lead_and_are_one_each(pdf: pikepdf.Pdf) -> None:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            element = tree[int(annotation.StructParent)]
            assert element.S == "/Link"
            held = [
                kid.Obj.objgen
                for kid in kids(element)
                if isinstance(kid, Dictionary) and "/Obj" in kid
            ]
            assert annotation.objgen in held
            assert str(annotation.Contents).strip()
    for entry in named(pdf, "LI"):
        inside = [e for e in elements(entry) if e.S == "/Link"]
        assert len(inside) <= 1


def test_every_mark_is_known_to_be_its_elements(pdf: pikepdf.Pdf) -> None:
    """Also of what goes on on the next page, whose mark names that page."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for element in elements(pdf.Root.StructTreeRoot.K[0]):
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/MCID" not in kid:
                continue
            page = kid.Pg if isinstance(kid, Dictionary) else element.Pg
            mark = int(kid.MCID) if isinstance(kid, Dictionary) else int(kid)
            assert tree[int(page.StructParents)][mark].objgen == element.objgen
