"""All that a template may see: complete, in the reader's language, nothing left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from generator.markup.inline import Inline
from generator.markup.labels import Labels
from generator.model import Paper


@dataclass(frozen=True, slots=True)
class Edition:
    """How a handout is printed: on which paper, and whether for people with poor sight."""

    paper: Paper
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class PhoneView:
    label: str
    number: str
    hours: str


@dataclass(frozen=True, slots=True)
class ClinicView:
    name: str
    address: str
    logo: str
    primary: str
    accent: str
    phones: tuple[PhoneView, ...]
    feedback: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """What stands at the head of every page whose words may not go to a patient."""

    word: str
    meaning: str


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

    ``read`` is the day on which all its sources were read, if it was one day.
    """

    template: str
    id: str
    title: str
    audience: str
    mark: MarkView | None
    foot: tuple[str, ...]
    sections: tuple[SectionView, ...]
    version: str
    review: str
    written: str
    sources: tuple[SourceView, ...]
    read: str | None


@dataclass(frozen=True, slots=True)
class MedicineView:
    name: str
    dose: str
    action: str
    when: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The patient's own pages."""

    template: str
    id: str
    title: str
    mark: None
    foot: tuple[str, ...]
    patient: str
    birth_date: str
    record_id: str
    language: str
    procedure: str
    side: str | None
    surgeon: str
    arrival_day: str
    arrival_time: str
    surgery_day: str
    surgery_time: str
    location: str
    medicines: tuple[MedicineView, ...]
    allergies: tuple[str, ...]
    contact_name: str
    contact_phone: str
    escort: str | None
    notes: tuple[str, ...]
    prepared_by: str
    checked_by: str
    handouts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What becomes one PDF: a handout, or a patient's packet.

    ``identity`` is the patient's name and record number, on every page of a packet.
    """

    language: str
    direction: str
    title: str
    edition: Edition
    clinic: ClinicView
    identity: str | None
    parts: tuple[HandoutView | PlanView, ...]
    labels: Labels
