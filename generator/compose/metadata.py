"""What a document says of itself: title, language, author, that it is accessible (PDF/UA-1)
and that it can be kept (PDF/A-2a)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name

from generator import __version__
from generator.compose.archive import conformance, say_colours
from generator.compose.review_metadata import (
    Copy,
    packet_fields,
    review_fields,
    review_schema,
    words_fields,
)
from generator.signoff import PrintedWords

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>{reviews}{archive}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_RUN = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>{words}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_END = "</rdf:RDF>"


def describe(
    pdf: pikepdf.Pdf, title: str, language: str, source: bytes, copies: Sequence[Copy]
) -> None:
    """Write catalogue, document information and XMP; author and engine are the source's."""
    with pikepdf.open(io.BytesIO(source)) as origin:
        author = str(origin.docinfo.get("/Author", ""))
        producer = f"handout-press {__version__}, {origin.docinfo.get('/Producer', '')}"
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, author
    pdf.docinfo["/Producer"] = producer
    root = pdf.Root
    root.Lang, root.MarkInfo = language, Dictionary(Marked=True)
    say_colours(pdf)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    fields = {"title": title, "author": author, "language": language, "producer": producer}
    xmp = _XMP.format(
        **{name: escape(value) for name, value in fields.items()},
        reviews=review_fields(copies),
        archive=conformance(review_schema() if copies else ""),
    )
    root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def say_packet(pdf: pikepdf.Pdf, packet: str) -> None:
    """Add to what a document of ours says of itself which packet it is, by its opaque id."""
    said = pdf.Root.Metadata.read_bytes().decode()
    head, end, rest = said.rpartition(_END)
    xmp = f"{head}{packet_fields([packet])}{end}{rest}"
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def run_metadata(title: str, words: Iterable[PrintedWords], packets: Iterable[str]) -> bytes:
    """The XMP of a print run: which words and packets are in it, so that old ones are not printed
    again."""
    named = dict.fromkeys((str(one.code), one.state) for one in words)
    said = words_fields(named) + packet_fields(packets)
    return _RUN.format(title=escape(title), words=said).encode()
