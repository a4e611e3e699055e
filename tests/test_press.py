"""Pages: what WeasyPrint passes over in silence stops the press, and what it prints is sound."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from generator.cache import Cache
from generator.errors import LayoutError, MachineError
from generator.fonts.faces import Face
from generator.library import Library
from generator.pipeline import Order, build, packet
from generator.press import print_pdf
from tests.conftest import NOW, REPO
from tests.signing import sign
from tests.structure import elements, marked, named, places

HEAD = '<!DOCTYPE html><html lang="en"><head><title>t</title>'
CSS = 'html{font-family:"Atkinson Hyperlegible"} @page{size:100mm 100mm;margin:20mm}'


def findings(body: str, head: str = "") -> tuple[str, ...]:
    with pytest.raises(LayoutError) as raised:
        print_pdf("sample", f"{HEAD}{head}</head><body>{body}</body></html>", CSS, {})
    return raised.value.findings


def test_a_sound_page_is_printed() -> None:
    html = f'{HEAD}</head><body><p data-block="one">Good words.</p></body></html>'
    assert print_pdf("sample", html, CSS, {}).pages == 1


def test_text_past_the_margin() -> None:
    (finding,) = findings(f'<p data-block="one">{"x" * 60}</p>')
    assert finding.startswith("page 1, block one: 'xxxx")
    assert "past the right margin; shorten it or break it up" in finding


def test_text_past_the_lower_margin() -> None:
    body = '<p data-block="one" style="position:absolute;top:58mm">one<br>two</p>'
    (finding,) = findings(body)
    assert finding.startswith("page 1, block one: 'one' runs")
    assert "past the lower margin" in finding


def test_a_page_head_that_outgrows_its_margin() -> None:
    head = "<style>p{position:running(h)} @page{@top-left{content:element(h);width:100%}}</style>"
    found = findings(f"<p>{'<br>'.join(['line'] * 12)}</p>rest", head)
    assert any("block page head: 'line'" in finding for finding in found)


def test_an_error_on_a_patients_page_does_not_quote_it(library: Library, tmp_path: Path) -> None:
    plan = library.folder / "content" / "examples" / "plan.yaml"
    plan.write_text(plan.read_text().replace("Exampleperson", "Exampleperson" * 7))
    with pytest.raises(LayoutError) as raised:
        packet(library, plan, Order(tmp_path, NOW), allow_unreviewed=True)
    assert "block plan, who: a text of 91 letters runs" in str(raised.value)
    assert "Exampleperson" not in str(raised.value)
    assert not list(tmp_path.glob("*.pdf"))


def test_a_face_that_is_not_ours() -> None:
    (finding,) = findings('<p data-block="one" style="font-family:Papyrus">words</p>')
    assert finding.startswith("page 1, block one: the font 'Papyrus' is not one of ours")


def test_a_character_that_no_face_has() -> None:
    (finding,) = findings('<p data-block="one">fine</p><p data-block="two">ꮾ</p>')
    assert finding == ("page 1, block two: no font of ours has 'ꮾ' (U+ABBE); write it another way")


def test_a_missing_character_of_a_name_is_named_once_and_without_the_name(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = library.folder / "content" / "examples" / "plan.yaml"
    plan.write_text(plan.read_text().replace("Testa", "ꮾꮿ"))
    monkeypatch.setattr("generator.intake.letters.unprintable", lambda _: "")
    with pytest.raises(LayoutError) as raised:
        packet(library, plan, Order(tmp_path, NOW), allow_unreviewed=True)
    assert raised.value.findings == (
        "page 1, block plan, who: no font of ours has U+ABBE, U+ABBF; write it another way",
        "page 3, block identity stamp: no font of ours has U+ABBE, U+ABBF; write it another way",
    )


def test_a_missing_character_that_is_in_no_text_is_named_all_the_same() -> None:
    from weasyprint import HTML

    from generator.press.layout_check import findings as check

    style = f"<style>{CSS}</style>"
    pages = HTML(string=f"{HEAD}{style}</head><body><p>x</p></body></html>").render()
    log = ['.notdef glyph rendered for Unicode string unsupported by fonts: "ꮾ" (U+ABBE)']
    assert list(check(pages, log, private=False)) == [
        "no font of ours has 'ꮾ' (U+ABBE); write it another way"
    ]


def test_a_crash_of_the_layout_engine_is_a_layout_error() -> None:
    css = '<style>p::marker{content:"x"} p{display:list-item}</style>'
    (finding,) = findings("<p>x</p>", css)
    assert finding.startswith("the layout engine gave up (TypeError); take back the last change")


@pytest.mark.parametrize(
    ("body", "head", "said"),
    [
        ('<img src="figure:gone" alt="x">', "", "figure:gone is not a picture of the library"),
        ('<img src="file:///etc/hostname" alt="x">', "", "is not a picture of the library"),
        ('<img src="http://127.0.0.1:9/x.png" alt="x">', "", "is not a picture of the library"),
        ('<p style="colour:red">x</p>', "", "Ignored `colour:red`"),
        ('<p><a href="#gone">x</a></p>', "", "No anchor #gone for internal URI reference"),
        ("<p>x</p>", '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">', "not a picture"),
        ("<p>x</p>", '<style>@import "http://127.0.0.1:9/x.css";</style>', "not a picture"),
        ('<img src="data:image/png;base64,iVBORw0KGgo=">', "", "not a picture"),
        ("<p>x</p>", '<link rel="attachment" href="file:///etc/hostname">', "not a picture"),
    ],
)
def test_whatever_weasyprint_logs_is_an_error(body: str, head: str, said: str) -> None:
    assert any(said in finding for finding in findings(body, head))


@pytest.fixture
def sample(library: Library, tmp_path: Path) -> Path:
    order = Order(tmp_path / "out", NOW)
    return next(iter(build(library, [("sample", "en")], order))).path


@pytest.fixture
def sample_packet(library: Library, tmp_path: Path) -> Path:
    plan = library.folder / "content" / "examples" / "plan.yaml"
    return packet(library, plan, Order(tmp_path / "out", NOW), allow_unreviewed=True).path


def texts(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_every_page_says_what_it_is_and_where_it_stands(sample: Path) -> None:
    pages = texts(sample)
    for number, text in enumerate(pages, start=1):
        assert "Test Clinic" in text
        assert f"Page {number} of {len(pages)}" in text
        assert text.count("Sample operation") >= 2
        assert "Version 1.0 · English · Not reviewed by a clinician as printed here." in text
        assert "DRAFT no clinician has approved these words yet" in text
        assert "Based on: Test Society 2020." in text
        assert "Office: 555-0100 · Nights: 555-0111 · Emergency: 911" in text


def test_every_page_of_a_packet_says_whose_it_is(sample_packet: Path) -> None:
    pages = texts(sample_packet)
    for number, text in enumerate(pages, start=1):
        assert "Testa Exampleperson" in text
        assert "Born March 7, 1961 · Record EX-000123" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "Test Clinic" in text
        assert "Testa Exampleperson · LEFT side" in text
        assert "DRAFT no clinician has approved these words yet" in text
    assert "Your plan: Sample operation, LEFT side" in pages[0]
    assert "Tuesday, March 16, 2027" in pages[0]


def test_a_page_that_stands_says_until_when_the_last_one_by_whom_and_none_bears_a_mark(
    folder: Path, tmp_path: Path
) -> None:
    sign(folder)
    from generator.library import load_library

    made = next(iter(build(load_library(folder), [("sample", "en")], Order(tmp_path, NOW))))
    assert made.state == "stands"
    pages = texts(made.path)
    for text in pages:
        assert "Reviewed November 1, 2026. Next review by November 1, 2028." in text
        assert "DRAFT" not in text
    people = "Reviewed by R. Sampleton, MD, Test surgeon, November 1, 2026."
    assert f"{people} Next review by November 1, 2028." in pages[-1]


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize(
    ("changed", "mark", "review"),
    [
        ({"on": "2026-12-01"}, "DRAFT no clinician has approved these words yet", "Not reviewed"),
        (
            {"version": "0.9"},
            "CHANGED SINCE REVIEW not approved as it is now",
            "Not reviewed by a clinician as printed here.",
        ),
        (
            {"on": "2024-11-01"},
            "REVIEW OVERDUE a clinician has to look at this again",
            "Not to be used after November 1, 2026.",
        ),
        (
            {"action": "withdraw"},
            "WITHDRAWN do not follow this page",
            "Withdrawn November 1, 2026.",
        ),
    ],
)
def test_whatever_does_not_stand_is_marked_on_its_page(
    folder: Path,
    tmp_path: Path,
    changed: dict[str, str],
    mark: str,
    review: str,
    large_print: bool,
) -> None:
    from generator.library import load_library

    sign(folder, "other", **changed)
    order = Order(tmp_path, NOW, large_print=large_print)
    made = next(iter(build(load_library(folder), [("other", "en")], order)))
    for text in texts(made.path):
        assert mark in text
        assert review in text


def test_the_pdf_is_tagged_titled_and_in_a_language(sample_packet: Path, sample: Path) -> None:
    for file, title in (
        (sample_packet, "Your plan: Sample operation, LEFT side"),
        (sample, "Sample operation"),
    ):
        with pikepdf.open(file) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "en"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == title
                assert metadata["pdfuaid:part"] == "1"
            kinds = {
                str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o
            }
            assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= kinds
            assert pdf.Root.Outlines.Count
            assert "/ID" in pdf.trailer
            assert not pdf.check_pdf_syntax()


def test_header_cells_say_what_they_head(sample_packet: Path) -> None:
    with pikepdf.open(sample_packet) as pdf:
        cells = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"
        ]
        scopes = [str(cell.A.Scope) for cell in cells]
    assert scopes.count("/Column") == 5
    assert scopes.count("/Row") == 2


def test_no_patient_in_title_file_name_or_metadata(sample_packet: Path) -> None:
    assert "Exampleperson" not in sample_packet.name
    with pikepdf.open(sample_packet) as pdf:
        assert b"Exampleperson" not in pdf.Root.Metadata.read_bytes()
        assert "Exampleperson" not in str(dict(pdf.docinfo))


def test_only_our_fonts_are_in_the_file_and_all_are_embedded(sample_packet: Path) -> None:
    with pikepdf.open(sample_packet) as pdf:
        descriptors = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        names = {str(d.FontName).partition("+")[2] for d in descriptors}
        assert names == {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold"}
        assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)


def test_the_same_input_gives_the_same_bytes_in_another_process(
    folder: Path, tmp_path: Path, sample: Path
) -> None:
    # A letter that only the variable font has: its instances used to carry the time of day.
    file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    file.write_text(file.read_text().replace("The only block", "The only бlock"))
    first, second = tmp_path / "first", tmp_path / "second"
    for target in (first, second):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "generator",
                "--library",
                folder,
                "build",
                "other",
                "-o",
                target,
            ],
            check=True,
            cwd=REPO,
            capture_output=True,
        )
    assert (first / "other.en.pdf").read_bytes() == (second / "other.en.pdf").read_bytes()
    assert sample.read_bytes() != (first / "other.en.pdf").read_bytes()


def test_large_print_is_larger_everywhere_and_says_so_in_its_name(
    library: Library, tmp_path: Path
) -> None:
    order = Order(tmp_path, NOW, large_print=True, paper="a4")
    made = next(iter(build(library, [("sample", "en")], order)))
    assert made.path.name == "sample.en.large-print.a4.pdf"
    with pikepdf.open(io.BytesIO(made.path.read_bytes())) as pdf:
        width, height = (float(x) for x in pdf.pages[0].MediaBox[2:])
    assert (round(width), round(height)) == (595, 842)
    assert min(sizes(made.path)) >= 16


def test_no_text_is_smaller_than_twelve_points(sample_packet: Path) -> None:
    assert min(sizes(sample_packet)) >= 12


def sizes(pdf: Path) -> set[float]:
    """The sizes of all visible text, in points (WeasyPrint's pages are scaled by 3/4)."""
    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if not chr(pypdfium2.raw.FPDFText_GetUnicode(text, index)).isspace():
                    size = pypdfium2.raw.FPDFText_GetFontSize(text, index)
                    found.add(round(size * 0.75, 1))
    return found


def test_an_html_page_holds_everything_it_needs(library: Library, tmp_path: Path) -> None:
    order = Order(tmp_path, NOW, format="html")
    html = next(iter(build(library, [("sample", "en")], order))).path.read_text()
    assert "figure:" not in html
    assert html.count("data:font/ttf;base64,") == 2
    assert "http" not in html
    assert "DRAFT" in html


def test_a_machine_without_pango_is_told_what_to_install(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango() -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("generator.press.page.import_weasyprint", no_pango)
    order = Order(tmp_path, NOW, cache=Cache(None))
    with pytest.raises(MachineError, match=r"Pango is missing .*make system-libraries"):
        next(iter(build(library, [("other", "en")], order)))


def test_a_missing_font_is_named_with_its_package() -> None:
    with pytest.raises(MachineError, match=r"The font None Such is missing. .*fontpkg-none-such"):
        _ = Face("None Such", "fontpkg_none_such").folder


def test_what_crosses_a_page_is_one_to_a_listener() -> None:
    """A section, a paragraph, a list and its entry, which WeasyPrint tags apart."""
    words = " ".join(f"word{number}" for number in range(300))
    body = f"<main><section><p>{words}</p><ul><li>first</li><li>{words}</li></ul></section></main>"
    printed = print_pdf("sample", f"{HEAD}</head><body>{body}</body></html>", CSS, {})
    assert printed.pages >= 5
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        whole = pdf.Root.StructTreeRoot.K[0]
        assert [str(element.S) for element in elements(whole)] == [
            *("/Document", "/Sect", "/P", "/L", "/LI", "/Lbl", "/LBody", "/LI", "/Lbl", "/LBody")
        ]
        drawn, crossed = marked(printed.pdf), 0
        for long in (*named(pdf, "P"), named(pdf, "LBody")[-1]):
            found = list(places(pdf, long))
            crossed += len({page for page, _ in found}) > 1
            assert " ".join(drawn[place].text.strip() for place in found) == words
            numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
            for page, owners in zip(numbers[::2], numbers[1::2], strict=True):
                ours = {mark for place, mark in found if place == int(page)}
                assert {at for at, one in enumerate(owners) if one.objgen == long.objgen} == ours
        assert crossed == 2
