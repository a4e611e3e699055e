"""Booklets: folded, the pages come in order, at the size of letters that all pages have."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array

from generator.compose import booklet_order, impose
from generator.errors import ExitCode
from generator.run import Spool
from generator.run.spool import sides
from tests.conftest import Run
from tests.structure import kids, marked, named, places

NUMBER = re.compile(r"Page (\d+) of (\d+)")


@pytest.fixture
def content(run: Run, folder: Path) -> bytes:
    assert run("build", "sample", "--booklet").code == 0
    return (folder / "out" / "sample.en.booklet.pdf").read_bytes()


def numbers(content: bytes) -> list[tuple[int, int]]:
    """The page numbers printed on the left and right half of each side."""
    return [(one(left), one(right)) for left, right in halves(content)]


def one(text: str) -> int:
    (found,) = NUMBER.findall(text)
    return int(found[0])


def halves(content: bytes) -> Iterator[tuple[str, str]]:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            yield (
                text.get_text_bounded(0, 0, width / 2, height),
                text.get_text_bounded(width / 2, 0, width, height),
            )


def test_sheets_are_folded_in_the_middle() -> None:
    assert list(booklet_order(4)) == [(3, 0), (1, 2)]
    assert list(booklet_order(8)) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert list(booklet_order(8, right_to_left=True)) == [(0, 7), (6, 1), (2, 5), (4, 3)]


def test_pages_are_on_their_halves_and_fill_whole_sheets(content: bytes) -> None:
    found = numbers(content)
    pages = 2 * len(found)
    assert pages % 4 == 0
    assert found == [(left + 1, right + 1) for left, right in booklet_order(pages)]
    texts = dict(
        zip(sum(found, ()), [text for both in halves(content) for text in both], strict=True)
    )
    empty = [number for number, text in texts.items() if "left empty on purpose" in text]
    assert sorted(empty) == list(range(pages - len(empty) + 1, pages + 1))
    assert len(empty) < 4
    for text in texts.values():
        assert "Test Clinic" in text
        assert "Sample operation" in text
        assert "DRAFT" in text


@pytest.mark.parametrize(("paper", "size"), [("letter", (792, 612)), ("a4", (842, 595))])
def test_two_pages_of_half_the_paper_at_the_usual_size_of_letters(
    run: Run, folder: Path, paper: str, size: tuple[int, int]
) -> None:
    assert run("build", "sample", "--booklet", "--paper", paper).code == 0
    (file,) = (folder / "out").glob("sample.en.booklet*.pdf")
    with pypdfium2.PdfDocument(file) as document:
        assert tuple(map(round, document[0].get_size())) == size
        page = document[1]
        found = {
            round(thing.get_font_size() * thing.get_matrix().a, 1)
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        }
    assert min(found) == 12
    assert 14 in found


def test_it_is_read_in_the_order_of_its_pages(content: bytes) -> None:
    """Not in that of the sheets; everything marked is somebody's, and found where it is drawn."""
    drawn, printed = marked(content), numbers(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
        read = list(places(pdf, pdf.Root.StructTreeRoot.K[0]))
        assert set(drawn) <= set(read)
        on = [
            printed[side][drawn[side, mark].left > width / 2]
            for side, mark in read
            if (side, mark) in drawn
        ]
        assert on == sorted(on)
        assert len(set(on)) > 3
        first, *_ = named(pdf, "H1")
        assert "".join(drawn[place].text for place in places(pdf, first)) == "Sample operation"
        mapping = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert list(map(int, mapping[::2])) == list(range(len(mapping) // 2))
        tree = dict(zip(map(int, mapping[::2]), mapping[1::2], strict=True))
        for element in named(pdf, "P", "H1", "H2", "H3"):
            for mark in (int(kid) for kid in kids(element) if isinstance(kid, int)):
                page = next(p for p in pdf.pages if p.obj.objgen == element.Pg.objgen)
                assert tree[int(page.obj.StructParents)][mark].objgen == element.objgen


def test_links_and_bookmarks_lead_to_the_half_that_a_page_is_on(content: bytes) -> None:
    drawn, printed = marked(content), numbers(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
        pages = [page.obj.objgen for page in pdf.pages]

        def number(place: pikepdf.Object) -> int:
            return printed[pages.index(place[0].objgen)][float(place[2]) > width / 2]

        sections = [
            printed[side][drawn[side, mark].left > width / 2]
            for heading in named(pdf, "H2")
            for side, mark in list(places(pdf, heading))[:1]
        ]
        links = [(link, page) for page in pdf.pages for link in page.obj.get("/Annots", Array())]
        inside = [link for link, page in links if "/Dest" in link]
        assert [number(link.Dest) for link in inside] == sections[: len(inside)]
        assert all(float(link.Rect[0]) > width / 2 for link in inside), "page 1 is on the right"
        with pdf.open_outline() as outline:
            entry = outline.root[0].children[0].destination
        assert isinstance(entry, Array)
        assert number(entry) == sections[0]


def test_what_is_read_from_right_to_left_has_its_fold_on_the_right() -> None:
    mirrored = impose(plain(8), right_to_left=True)
    with pypdfium2.PdfDocument(io.BytesIO(mirrored)) as document:
        found = []
        for page in document:
            lines = sorted(page.get_objects(), key=lambda line: line.get_bounds()[0])
            found.append(tuple(round(line.get_bounds()[1]) for line in lines))
    assert found == [(0, 7), (6, 1), (2, 5), (4, 3)]


def plain(pages: int) -> bytes:
    """Tagged pages, each with a line as high up as the page's number."""
    with pikepdf.new() as pdf:
        document = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Document, K=Array()))
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(100, 200))
            page.obj.Contents = pdf.make_stream(b"20 %d 60 0.5 re f" % number)
            page.obj.Resources = pikepdf.Dictionary()
        tree = pikepdf.Dictionary(K=Array([document]), ParentTree=pikepdf.Dictionary(Nums=Array()))
        pdf.Root.StructTreeRoot = pdf.make_indirect(tree)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def test_what_a_booklet_cannot_be(run: Run) -> None:
    ended = run("build", "sample", "--booklet", "--large-print")
    assert ended.code == ExitCode.USAGE
    assert "too narrow for large print" in ended.err
    ended = run("build", "sample", "--booklet", "--format", "html")
    assert ended.code == ExitCode.USAGE
    assert "html has no pages" in ended.err


def test_a_booklet_is_turned_over_its_short_edge() -> None:
    assert sides(Spool("Ward3", "letter", duplex=True)) == "two-sided-long-edge"
    assert sides(Spool("Ward3", "letter", booklet=True)) == "two-sided-short-edge"
    assert sides(Spool("Ward3", "letter")) == "one-sided"
