"""All that a template may see: complete, in the reader's language, nothing left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from generator.markup.diff_view import DiffView
from generator.markup.inline import Inline
from generator.markup.labels import Labels
from generator.markup.look_parts import LookView
from generator.markup.mark_parts import MarkView, StampView
from generator.markup.plan_parts import PlanCallView, PlanPrepareView, PlanView
from generator.markup.stylesheet import Tokens
from generator.model import Paper


@dataclass(frozen=True, slots=True)
class Edition:
    """How a handout is printed: on which paper, whether for people with poor sight, and whether
    on pages of half the size, two of which go on a side of the paper. Or it is for a screen, or a
    specimen of the look, which says so on every page."""

    paper: Paper
    large_print: bool = False
    booklet: bool = False
    screen: bool = False
    specimen: bool = False


@dataclass(frozen=True, slots=True)
class PhoneView:
    """``dial`` is what a telephone is given, for a link."""

    label: str
    number: str
    dial: str
    hours: str


@dataclass(frozen=True, slots=True)
class ClinicView:
    """``brand`` are the custom properties that the clinic adds to the stylesheet's own."""

    name: str
    address: str
    logo: str
    brand: Tokens
    phones: tuple[PhoneView, ...]
    feedback: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """That what follows is not in the reader's language, said in theirs."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class SourceView:
    title: str
    publisher: str
    updated: str
    read: str
    reviewer: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """``anchor`` is its id in the HTML, ``place`` its name in errors.

    ``own_page``: nothing else stands on its pages.
    """

    template: str
    anchor: str
    place: str
    own_page: bool
    title: Inline
    purpose: Inline
    blocks: tuple[SimpleNamespace, ...]


@dataclass(frozen=True, slots=True)
class HandoutView:
    """One handout. ``foot`` are the lines at the foot of each of its pages.

    ``code`` is what a copy of these words is known by; ``read`` is the day on which all its
    sources were read, if it was one day.
    """

    template: str
    id: str
    title: str
    audience: str
    mark: MarkView | None
    foot: tuple[str, ...]
    sections: tuple[SectionView, ...]
    version: str
    code: str
    review: str
    written: str
    sources: tuple[SourceView, ...]
    read: str | None
    notice: NoticeView | None = None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A page's head and foot: the paper of a patient's own pages, or of an empty back.

    ``message`` is all that stands on it; ``code`` stands larger beneath, on separator sheets;
    ``for_plan``: its foot is lower, to leave a plan more room.
    """

    template: str
    id: str
    title: str
    mark: MarkView | None
    foot: tuple[str, ...]
    message: str | None = None
    code: str | None = None
    for_plan: bool = False


PartView = (
    HandoutView
    | PlanView
    | PlanPrepareView
    | PlanCallView
    | PaperView
    | StampView
    | DiffView
    | LookView
)


@dataclass(frozen=True, slots=True)
class Document:
    """What is laid out in one go, in one language and edition, for one clinic."""

    language: str
    direction: str
    title: str
    edition: Edition
    clinic: ClinicView
    parts: tuple[PartView, ...]
    labels: Labels
