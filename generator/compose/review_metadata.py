"""A document's XMP about its review, so that a document system can index it and a copy be known.

A single handout has every field; a packet has the codes of its handouts, the worst of their
states, and its own opaque id. The fields are described in the file itself, as PDF/A asks
(ISO 19005-2, 6.6.2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from generator.compose.archive import schema
from generator.signoff import State, worst

NAMESPACE = "urn:handout-press:review/1.0/"
CODE, STOOD = f"{{{NAMESPACE}}}code", f"{{{NAMESPACE}}}stood"
"""The codes of a document's words and where each stood, as pikepdf names the fields."""
PACKET = f"{{{NAMESPACE}}}packet"
"""The ids of the packets in a document, as pikepdf names the field."""

_FIELDS = {
    "handout": ("Text", "the handout's id in its library"),
    "version": ("Text", "the version of its words"),
    "state": ("Text", "where the words stood on the day of printing"),
    "digest": ("Text", "the SHA-256 digest of the words"),
    "reviewer": ("seq Text", "who signed them: name, credential, role"),
    "signedOn": ("Text", "the day of the last signature, ISO 8601"),
    "due": ("Text", "the last day on which the signatures hold, ISO 8601"),
    "code": ("seq Text", "the code of the words of each handout in the document"),
    "stood": ("seq Text", "where those stood on the day of printing, in the order of the codes"),
    "packet": ("seq Text", "the opaque id of each packet in the document"),
}
_RDF = 'rdf:about="" xmlns:review="{namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/"'


@dataclass(frozen=True, slots=True)
class Copy:
    """Which words a handout's pages have, and where those stood on the day of printing.

    ``digest`` is that of the words, ``code`` the short form on the page; ``signed_on`` and
    ``due`` are days (ISO 8601), and empty, as ``reviewers`` is, where no signature counts.
    """

    handout: str
    version: str
    state: State
    digest: str
    code: str
    reviewers: tuple[str, ...] = ()
    signed_on: str = ""
    due: str = ""
    sources: tuple[str, ...] = ()


def words_fields(words: Iterable[tuple[str, State]]) -> str:
    """The description (RDF) of a file made of words with these codes, and where each stood."""
    fields = _words(tuple(words))
    return _described(fields) if fields else ""


def packet_fields(packets: Iterable[str]) -> str:
    """The description (RDF) of a file that holds packets with these opaque ids."""
    listed = _list("review:packet", "Seq", packets)
    return _described([listed]) if listed else ""


def review_fields(copies: Sequence[Copy]) -> str:
    """The descriptions (RDF) of a document made of these handouts."""
    if not copies:
        return ""
    fields = [
        *_words([(copy.code, copy.state) for copy in copies]),
        _list("dc:source", "Bag", dict.fromkeys(s for copy in copies for s in copy.sources)),
    ]
    if len(copies) == 1:
        fields += _alone(copies[0])
    return _described(fields)


def _described(fields: Iterable[str]) -> str:
    about = _RDF.format(namespace=NAMESPACE)
    return f"\n<rdf:Description {about}>{''.join(fields)}</rdf:Description>"


def _words(words: Sequence[tuple[str, State]]) -> list[str]:
    if not words:
        return []
    return [
        _text("review:state", worst(state for _, state in words)),
        _list("review:code", "Seq", (code for code, _ in words)),
        _list("review:stood", "Seq", (state for _, state in words)),
    ]


def _alone(copy: Copy) -> list[str]:
    return [
        _text("dc:identifier", copy.code),
        _text("review:handout", copy.handout),
        _text("review:version", copy.version),
        _text("review:digest", copy.digest),
        _list("review:reviewer", "Seq", copy.reviewers),
        _text("review:signedOn", copy.signed_on),
        _text("review:due", copy.due),
    ]


def _text(name: str, value: str) -> str:
    return f"\n<{name}>{escape(value)}</{name}>" if value else ""


def _list(name: str, kind: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"\n<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def review_schema() -> str:
    """The description of the fields themselves."""
    return schema("Review of a handout", NAMESPACE, "review", _FIELDS)
