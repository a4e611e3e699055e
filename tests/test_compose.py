"""Packets: one document, everything mapped, whose page it is on each page, and nobody else's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pikepdf import Array, Dictionary

from generator.assembly import PacketMaker, Wanted
from generator.cache import usual_cache
from generator.errors import LayoutError
from generator.intake import load_plan
from generator.library import Library
from generator.model import Plan
from generator.signoff import State
from tests.conftest import NOW

CODE = "1bfa7a553e9a"
TITLE = "Your plan: Sample operation, LEFT side"


def plan_of(library: Library, **changed: Any) -> Plan:
    plan = load_plan(library.folder / "content" / "examples" / "plan.yaml", library, NOW)
    patient = plan.patient.model_copy(update=changed.pop("patient", {}))
    return plan.model_copy(update={"patient": patient, **changed})


def packet(library: Library, *, duplex: bool = False, **changed: Any) -> bytes:
    maker = PacketMaker(library, usual_cache(), Wanted(NOW, duplex=duplex))
    changed.setdefault("handouts", ("sample", "other"))
    return maker.packet(plan_of(library, **changed), CODE).pdf


@pytest.fixture
def pdf(library: Library) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(packet(library))) as opened:
        yield opened


def texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid)


def operators(page: pikepdf.Page) -> Iterator[tuple[str, list[Any]]]:
    for instruction in pikepdf.parse_content_stream(page):
        yield str(instruction.operator), list(instruction.operands)


def kids(element: Any) -> list[Any]:
    held = element.get("/K", Array())
    return list(held) if isinstance(held, Array) else [held]


def test_there_is_one_document_with_a_part_for_each_handout(pdf: pikepdf.Pdf) -> None:
    (document,) = pdf.Root.StructTreeRoot.K
    assert document.S == "/Document"
    parts = [(str(kid.S), str(kid.T)) for kid in document.K]
    assert parts == [
        ("/Part", TITLE),
        ("/Part", "Sample operation"),
        ("/Part", "Another handout"),
    ]
    assert [str(kid.Lang) for kid in list(document.K)[1:]] == ["en", "en"]
    for element in elements(document):
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_every_mark_on_a_page_is_an_elements_and_the_parent_tree_knows_whose(
    pdf: pikepdf.Pdf,
) -> None:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert list(map(int, numbers[::2])) == list(range(len(tree)))
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey == len(tree)
    held: dict[tuple[int, int], dict[int, Any]] = {}
    for element in elements(pdf.Root.StructTreeRoot.K[0]):
        for kid in kids(element):
            if isinstance(kid, int):
                held.setdefault(element.Pg.objgen, {})[kid] = element.objgen
    for page in pdf.pages:
        marks = {
            int(operands[1].MCID)
            for operator, operands in operators(page)
            if operator == "BDC" and "/MCID" in operands[1]
        }
        owners = held[page.obj.objgen]
        assert marks == set(owners)
        listed = tree[int(page.obj.StructParents)]
        assert {mark: listed[mark].objgen for mark in marks} == owners


def test_all_drawing_is_marked_and_stamps_are_artifacts(pdf: pikepdf.Pdf) -> None:
    drawing = {"Tj", "TJ", "Do", "f", "f*", "S", "B", "sh"}
    for page in pdf.pages:
        depth, artifact = 0, False
        for name, operands in operators(page):
            if name in {"BDC", "BMC"}:
                assert not depth, "marks are not nested"
                depth, artifact = depth + 1, str(operands[0]) == "/Artifact"
            elif name == "EMC":
                depth -= 1
            elif name == "Do" and "Handout" in str(operands[0]):
                assert artifact, operands
            elif name in drawing - {"f", "f*", "S", "B"}:
                assert depth, f"{name} on no mark"
        assert not depth
        for name, form in page.obj.Resources.XObject.items():
            if "/HandoutIdentity" in name or "/HandoutNumber" in name:
                assert b"BDC" not in form.read_bytes()


def test_links_and_bookmarks_stay_in_their_handout(pdf: pikepdf.Pdf) -> None:
    pages = [page.obj.objgen for page in pdf.pages]
    part_of = {}
    for number, part in enumerate(pdf.Root.StructTreeRoot.K[0].K):
        for element in elements(part):
            if "/Pg" in element:
                part_of[element.Pg.objgen] = number
    links = [
        (page.obj.objgen, link) for page in pdf.pages for link in page.obj.get("/Annots", Array())
    ]
    assert len(links) == 2
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page, link in links:
        assert part_of[link.Dest[0].objgen] == part_of[page]
        assert link.F == 4
        assert str(link.Contents) in {"Your sample operation", "A sample topic"}
        assert tree[int(link.StructParent)].S == "/Link"
    with pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        targets = [pages.index(next(iter(entry.destination)).objgen) for entry in outline.root]  # type: ignore[arg-type]
    assert titles == [TITLE, "Sample operation", "Another handout"]
    assert targets == [0, 2, 7]


def test_ids_of_header_cells_are_found_and_are_nobody_elses(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    cells = [e for e in elements(root.K[0]) if e.S in ("/TH", "/TD")]
    ids = [bytes(cell.ID) for cell in cells if "/ID" in cell]
    named = {bytes(name) for cell in cells for name in cell.A.get("/Headers", Array())}
    assert len(ids) == len(set(ids))
    assert named <= set(ids)
    leaves = [list(kid.Names) for kid in root.IDTree.Kids]
    listed = [bytes(name) for names in leaves for name in names[::2]]
    assert listed == sorted(ids)
    assert [bytes(kid.Limits[0]) for kid in root.IDTree.Kids] == [bytes(n[0]) for n in leaves]


def test_the_packet_says_its_title_language_and_nothing_of_the_patient(pdf: pikepdf.Pdf) -> None:
    said = [str(value) for value in pdf.docinfo.values()]
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == TITLE
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:language"] == {"en"} or "en" in metadata["dc:language"]
        said.append(str(metadata))
    assert pdf.Root.Lang == "en"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert not pdf.check_pdf_syntax()
    assert "/HandoutStamps" not in pdf.Root
    assert not any("Exampleperson" in value for value in said)


@pytest.mark.parametrize("duplex", [False, True])
def test_every_page_says_whose_it_is_which_of_how_many_and_has_its_code(
    library: Library, duplex: bool
) -> None:
    content = packet(library, duplex=duplex, handouts=("sample",))
    pages = texts(content)
    assert len(pages) == (8 if duplex else 7)
    for number, text in enumerate(pages, start=1):
        assert (
            "Testa Exampleperson · LEFT side Born March 7, 1961 · Record EX-000123"
            in text.replace(f" Page {number} of {len(pages)}", "")
        )
        assert f"Page {number} of {len(pages)}" in text
    sides = 2 if duplex else 1
    last = len(pages) // sides
    for number, code in enumerate(codes(content)):
        assert code == f"1BFA7A553E9A.{number // sides + 1:03}.{last:03}"


def codes(content: bytes) -> list[str]:
    """What a folder-inserter reads on each page; that of the words is for people."""
    found = []
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        for page in document:
            picture = page.render(scale=200 / 72, grayscale=True).to_pil()
            seen = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.DataMatrix)  # type: ignore[arg-type]
            (sheet,) = (code.text for code in seen if not code.text.startswith("HP1:"))
            found.append(sheet)
    return found


def test_an_empty_back_is_marked_like_the_words_before_it(library: Library) -> None:
    *pages, back = texts(packet(library, duplex=True, handouts=("sample",)))
    assert "This side is left empty on purpose." in back
    assert "DRAFT no clinician has approved these words yet" in back
    assert "DRAFT" in pages[-1]
    assert len(texts(packet(library, duplex=True, handouts=("sample", "other")))) % 2 == 0


def test_a_packet_of_large_print_and_another_paper(library: Library) -> None:
    maker = PacketMaker(library, usual_cache(), Wanted(NOW, paper="a4"))
    made = maker.packet(plan_of(library, patient={"large_print": True}), CODE)
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in opened.pages}
    assert sizes == {(0, 0, 595, 842)}
    assert all(code.startswith("1BFA7A553E9A.") for code in codes(made.pdf))


@pytest.mark.parametrize(
    "family", ["Exampleperson-Inventedname-van-der-Madeup", "Exampleperson " * 5 + "Last"]
)
def test_a_long_name_is_there_whole(library: Library, family: str) -> None:
    for text in texts(packet(library, patient={"family_name": family}, handouts=("other",))):
        assert family in text


def test_a_name_that_does_not_fit_is_refused_unquoted(library: Library) -> None:
    with pytest.raises(LayoutError) as raised:
        packet(library, patient={"family_name": "Exampleperson " * 25})
    assert "Exampleperson" not in str(raised.value)


def test_the_same_packet_has_the_same_bytes(library: Library) -> None:
    assert packet(library) == packet(library)


def test_one_maker_keeps_patients_apart(library: Library) -> None:
    maker = PacketMaker(library, usual_cache(), Wanted(NOW))
    first = plan_of(library)
    second = plan_of(
        library, patient={"given_name": "Sample", "family_name": "Inventedname"}, notes=("My own",)
    )
    maker.packet(first, "a" * 12)
    made = maker.packet(second, "b" * 12).pdf
    maker_of_its_own = PacketMaker(library, usual_cache(), Wanted(NOW))
    assert made == maker_of_its_own.packet(second, "b" * 12).pdf
    assert "Testa" not in " ".join(texts(made))


def test_slots_are_as_large_as_the_sheets_that_are_stamped_into_them(library: Library) -> None:
    from generator.markup import number_stamps, plan_paper, title_stamp

    for large_print in (False, True):
        maker = PacketMaker(library, usual_cache(), Wanted(NOW))
        views = maker._maker("en", large_print)
        stamps = (title_stamp("Title"), *number_stamps(1, views.labels))
        sheets = maker._fragments.once("stamps", views.document("stamps", *stamps))
        paper = maker._fragments.once(
            "paper", views.document("paper", plan_paper(State.DRAFT, [], views.labels))
        )
        with pikepdf.open(io.BytesIO(sheets.pdf)) as opened:
            sizes = [tuple(float(side) for side in page.mediabox)[2:] for page in opened.pages]
        for slot, size in zip(("identity", "number"), sizes, strict=True):
            assert paper.slots[slot][2:] == pytest.approx(size, abs=0.1)
