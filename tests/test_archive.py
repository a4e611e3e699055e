"""Files to keep: what ISO 19005-2 (PDF/A-2, level A) asks, as far as it can be read off a file.

No checker of PDF/A comes as a package of PyPI, npm or Debian, so these assertions are ours: they
were written from the standard's clauses, which each names, and are no replacement for veraPDF.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream
from PIL import ImageCms

from generator.library import load_library
from generator.pipeline import Order, build, packet, specimens
from tests.conftest import NOW, REPO
from tests.structure import elements

_OPERATORS = """
b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M
MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
"""
_STANDARD = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P
L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
OPERATORS, STANDARD = frozenset(_OPERATORS.split()), frozenset(_STANDARD.split())
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SCHEMA, PROPERTY = (
    "{http://www.aiim.org/pdfa/ns/schema#}",
    "{http://www.aiim.org/pdfa/ns/property#}",
)
PREDEFINED = frozenset(
    {
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/pdf/1.3/",
        "http://ns.adobe.com/xap/1.0/",
        "http://www.aiim.org/pdfa/ns/id/",
        "http://www.aiim.org/pdfa/ns/extension/",
    }
)
"""Schemas whose fields need no description (ISO 19005-2, 6.6.2.3)."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of each: pages, large print, a booklet, a handout with a figure, a packet, a
    specimen."""
    output = tmp_path_factory.mktemp("kept")
    library = load_library(REPO)
    orders = {
        "pages": Order(output, NOW),
        "large print": Order(output, NOW, large_print=True),
        "booklet": Order(output, NOW, booklet=True),
    }
    wanted = [("rotationplasty", "en")]
    files = {name: next(build(library, wanted, order)).path for name, order in orders.items()}
    plan = REPO / "content" / "examples" / "plan.yaml"
    files["specimen"] = next(specimens(library, ["en"], Order(output, NOW))).path
    return files | {"packet": packet(library, plan, Order(output, NOW), True).path}


@pytest.fixture(params=["pages", "large print", "booklet", "packet", "specimen"])
def pdf(request: pytest.FixtureRequest, printed: dict[str, Path]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(printed[request.param]) as opened:
        yield opened


def things(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file, also those inside others; for a stream, what describes it."""
    for thing in pdf.objects:
        yield from _things(thing)


def _things(thing: Any) -> Iterator[Any]:
    if isinstance(thing, Dictionary | Stream):
        yield thing
        held = [value for _, value in thing.items()]
    else:
        held = list(thing) if isinstance(thing, Array) else []
    for value in held:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _things(value)


def drawings(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every stream of drawing: pages, and forms."""
    yield from pdf.pages
    yield from (t for t in pdf.objects if isinstance(t, Stream) and t.get("/Subtype") == "/Form")


def test_it_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"  # 6.6.4
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert metadata["dc:creator"] == [str(pdf.docinfo["/Author"])]
        assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])
    assert len(pdf.trailer.ID) == 2  # 6.1.3
    assert not pdf.is_encrypted
    assert pdf.pdf_version == "1.7"


def test_every_field_of_its_metadata_is_described(pdf: pikepdf.Pdf) -> None:
    tree = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314  # our own
    described = {
        f"{{{schema.findtext(f'{SCHEMA}namespaceURI')}}}{field.findtext(f'{PROPERTY}name')}"
        for schema in tree.iter(f"{RDF}li")
        if schema.find(f"{SCHEMA}schema") is not None
        for field in schema.iter(f"{RDF}li")
        if field.find(f"{PROPERTY}name") is not None
    }
    used = {field.tag for one in tree.iter(f"{RDF}Description") for field in one}
    unknown = {tag for tag in used if tag[1:].split("}")[0] not in PREDEFINED}
    assert unknown
    assert unknown <= described  # 6.6.2.3
    lists = [f for one in tree.iter(f"{RDF}Description") for f in one if f.tag.endswith("schemas")]
    assert len(lists) == 1


def test_its_colours_are_those_of_srgb(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents  # 6.2.3
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    used = {str(i.operator) for d in drawings(pdf) for i in pikepdf.parse_content_stream(d)}
    assert used & {"rg", "RG"}
    assert not used & {"k", "K"}  # 6.2.4.3: no other device's colours
    assert not any(
        Name.DeviceCMYK in thing.get("/ColorSpace", Array())
        for thing in things(pdf)
        if isinstance(thing.get("/ColorSpace"), Array)
    )


def test_nothing_runs_and_nothing_is_elsewhere(pdf: pikepdf.Pdf) -> None:
    for thing in things(pdf):
        if "/S" in thing and thing.get("/Type") == "/Action":
            assert thing.S in ("/URI", "/GoTo")  # 6.5.1
        assert not {"/AA", "/OPI", "/Ref", "/TR", "/HTP", "/JS"} & set(thing.keys())
        assert thing.get("/Interpolate", False) is False  # 6.2.8
        if isinstance(thing, Stream):
            assert not {"/F", "/FFilter"} & set(thing.keys())  # 6.1.7
            assert "LZW" not in str(thing.get("/Filter", ""))
    forbidden = {"/OpenAction", "/AcroForm", "/OCProperties", "/NeedsRendering", "/Requirements"}
    assert not forbidden & set(pdf.Root.keys())
    assert "/EmbeddedFiles" not in pdf.Root.get("/Names", Dictionary())
    for page in pdf.pages:
        for link in page.obj.get("/Annots", Array()):
            assert link.Subtype == "/Link"
            assert link.F == 4  # 6.3.2: printed, not hidden


def test_it_draws_by_the_book(pdf: pikepdf.Pdf) -> None:
    for drawn in drawings(pdf):
        assert "/Resources" in (drawn.obj if isinstance(drawn, pikepdf.Page) else drawn)  # 6.2.2
        depth = deepest = 0
        for instruction in pikepdf.parse_content_stream(drawn):
            name = str(instruction.operator)
            assert name in OPERATORS
            depth += {"q": 1, "Q": -1}.get(name, 0)
            deepest = max(deepest, depth)
        assert depth == 0
        assert deepest <= 28  # 6.1.13
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == "/ExtGState":
            assert thing.get("/BM", Name.Normal) == "/Normal"  # 6.2.10


def test_its_tags_are_standard(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked  # 6.7.2
    assert str(pdf.Root.Lang) == "en"  # 6.7.4
    kinds = {str(element.S)[1:] for element in elements(pdf.Root.StructTreeRoot.K[0])}
    assert kinds <= STANDARD  # 6.7.3


def test_its_faces_are_whole(pdf: pikepdf.Pdf) -> None:
    """Inside the file, each letter known by its Unicode, and as wide as the page believes."""
    fonts = [t for t in pdf.objects if isinstance(t, Dictionary) and t.get("/Subtype") == "/Type0"]
    assert fonts
    for font in fonts:
        (inner,) = font.DescendantFonts
        file = inner.FontDescriptor.get("/FontFile2", inner.FontDescriptor.get("/FontFile3"))
        assert file is not None
        face = TTFont(io.BytesIO(file.read_bytes()))  # 6.2.11.4
        assert inner.CIDToGIDMap == "/Identity"
        per_em = face["head"].unitsPerEm
        metrics, order = face["hmtx"], face.getGlyphOrder()
        widths = dict(_widths(inner.W))
        for glyph, width in widths.items():
            assert width == pytest.approx(metrics[order[glyph]][0] * 1000 / per_em, abs=1)
        said = font.ToUnicode.read_bytes()  # 6.2.11.7
        assert said.count(b"beginbfchar")
        assert not {b"<0000>\n", b"<feff>\n", b"<fffe>\n"} & {
            line.split()[-1].lower() + b"\n" for line in said.splitlines() if line.startswith(b"<")
        }
        assert 0 not in _shown(pdf, font)  # 6.2.11.8: no box for a letter that is not there
        assert _shown(pdf, font) <= set(widths)


def _widths(listed: Any) -> Iterator[tuple[int, float]]:
    """``[first [width …] …]``, as WeasyPrint writes it."""
    entries = list(listed)
    for first, widths in zip(entries[::2], entries[1::2], strict=True):
        yield from ((int(first) + index, float(width)) for index, width in enumerate(widths))


def _shown(pdf: pikepdf.Pdf, font: Any) -> set[int]:
    """The glyphs that are drawn in a face."""
    shown: set[int] = set()
    for drawn in drawings(pdf):
        held = drawn.obj if isinstance(drawn, pikepdf.Page) else drawn
        fonts = held.Resources.get("/Font", Dictionary())
        names = {name for name, one in fonts.items() if one.objgen == font.objgen}
        current = ""
        for instruction in pikepdf.parse_content_stream(drawn):
            if str(instruction.operator) == "Tf":
                current = str(instruction.operands[0])
            elif str(instruction.operator) in {"Tj", "TJ"} and current in names:
                (what,) = instruction.operands
                for part in what if isinstance(what, Array) else [what]:
                    if isinstance(part, pikepdf.String):
                        letters = bytes(part)
                        shown |= {
                            int.from_bytes(letters[at : at + 2]) for at in range(0, len(letters), 2)
                        }
    return shown
