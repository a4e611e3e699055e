"""What makes a tagged file one to keep for decades: PDF/A-2, conformance level A (ISO 19005-2).

Pages come with their faces inside them, with nothing that runs and nothing from elsewhere. What
is left is to say what their colours mean, and to describe the fields of the metadata that ISO
19005-2 does not know.
"""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.press import colour_profile

_XMP = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
_SCHEMA = """
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{about}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>{properties}
</rdf:Seq></pdfaSchema:property></rdf:li>"""
_PROPERTY = """
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
<pdfaProperty:category>{category}</pdfaProperty:category>
<pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"""
_ACCESSIBLE = {"part": ("Integer", "the part of ISO 14289 that the file conforms to")}


def conformance(schemas: str = "") -> str:
    """For the XMP of a file: what it conforms to, and what its fields mean (RDF); ``schemas``
    describe those that it has besides, since a file has one list of them."""
    known = schema(
        "PDF/UA identification",
        "http://www.aiim.org/pdfua/ns/id/",
        "pdfuaid",
        _ACCESSIBLE,
        category="internal",
    )
    return _XMP.format(schemas=known + schemas)


def schema(
    about: str,
    namespace: str,
    prefix: str,
    fields: Mapping[str, tuple[str, str]],
    category: str = "external",
) -> str:
    """The description of fields, each with its type and what it is, as PDF/A asks for those
    that it does not know (ISO 19005-2, 6.6.2.3)."""
    properties = "".join(
        _PROPERTY.format(name=name, kind=kind, about=what, category=category)
        for name, (kind, what) in fields.items()
    )
    return _SCHEMA.format(about=about, namespace=namespace, prefix=prefix, properties=properties)


def say_colours(pdf: pikepdf.Pdf) -> None:
    """Give a file its output intent: red, green and blue on its pages are those of sRGB."""
    profile = pdf.make_stream(colour_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        RegistryName="http://www.color.org",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])
