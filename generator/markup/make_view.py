"""Builds the view from the model: resolves, orders and words everything a page needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from generator.markup.inline import inline
from generator.markup.labels import Labels
from generator.markup.view import (
    ClinicView,
    Document,
    Edition,
    HandoutView,
    MarkView,
    MedicineView,
    PhoneView,
    PlanView,
    SectionView,
    SourceView,
)
from generator.model import (
    Block,
    CallBlock,
    Clinic,
    FigureBlock,
    Handout,
    Picture,
    Plan,
    Procedure,
    Section,
    Source,
)
from generator.model.walk import NOT_TEXT
from generator.signoff import Standing

SOURCES_AT_FOOT = 2
"""More would not fit on one line."""

PictureUrl = Callable[[str, Picture], str]
"""Where a page finds a picture, given its id: the press's own address, or the picture itself."""


@dataclass(frozen=True, slots=True)
class ViewMaker:
    """Makes views for one clinic, one language and one edition."""

    clinic: Clinic
    logo: Picture
    edition: Edition
    labels: Labels
    url: PictureUrl

    def handout_document(self, handout: Handout, standing: Standing) -> Document:
        """The view of one handout, for anybody."""
        return self._document(handout.title, None, (self.handout(handout, standing),))

    def packet_document(
        self, plan: Plan, procedure: Procedure, handouts: Sequence[tuple[Handout, Standing]]
    ) -> Document:
        """The view of one patient's packet: the plan's own pages, then the handouts it names."""
        record = self.labels("Record {record}", record=plan.patient.record_id)
        own = self.plan(plan, procedure, [handout for handout, _ in handouts])
        return self._document(
            own.title,
            f"{plan.patient.full_name} · {record}",
            (own, *(self.handout(handout, standing) for handout, standing in handouts)),
        )

    def _document(
        self, title: str, identity: str | None, parts: tuple[HandoutView | PlanView, ...]
    ) -> Document:
        return Document(
            language=self.labels.language,
            direction=self.labels.direction,
            title=title,
            edition=self.edition,
            clinic=self.clinic_view(),
            identity=identity,
            parts=parts,
            labels=self.labels,
        )

    def clinic_view(self) -> ClinicView:
        brand = self.clinic.brand
        return ClinicView(
            name=self.clinic.name,
            address=self.clinic.address,
            logo=self.url(brand.logo, self.logo),
            primary=brand.primary,
            accent=brand.accent,
            phones=tuple(self.phone(name) for name, _ in self.clinic.phones),
            feedback=self.clinic.feedback[self.labels.language],
        )

    def phone(self, name: str) -> PhoneView:
        phone = dict(self.clinic.phones)[name]
        label = {
            "office": self.labels("Office"),
            "nights": self.labels("Nights"),
            "emergency": self.labels("Emergency"),
        }[name]
        return PhoneView(label, phone.number, phone.hours[self.labels.language])

    def handout(self, handout: Handout, standing: Standing) -> HandoutView:
        written = handout.definition.written
        labels = self.labels
        sources = _sources(handout)
        version = labels("Version {version}", version=handout.version)
        return HandoutView(
            template="handout.html",
            id=handout.id,
            title=handout.title,
            audience=handout.definition.audience[handout.language],
            mark=None if standing.stands else MarkView(*labels.state(standing.state)),
            foot=(
                f"{version} · {labels.language_name} · {self.review(standing)}",
                self.source_line(sources),
            ),
            sections=tuple(self.section(handout, section) for section in handout.sections),
            version=handout.version,
            review=self.review(standing),
            written=labels(
                "{by} ({role}), {day}", by=written.by, role=written.role, day=labels.day(written.on)
            ),
            sources=tuple(self.source(source) for source in sources),
            read=self.read_together(sources),
        )

    def review(self, standing: Standing) -> str:
        """Who reviewed these words, in what role, when, and until when it holds."""
        labels, signoff = self.labels, standing.signoff
        if not standing.stands or signoff is None or standing.due is None:
            return labels("Not reviewed by a clinician.")
        return labels(
            "Reviewed by {by}, {role}, {day}. Next review by {due}.",
            by=", ".join(filter(None, (signoff.by, signoff.credential))),
            role=signoff.role,
            day=labels.day(signoff.on),
            due=labels.day(standing.due),
        )

    def source_line(self, sources: Sequence[Source]) -> str:
        """The sources in one line, for the foot of every page; the last page has them all."""
        names = ", ".join(source.short for source in sources[:SOURCES_AT_FOOT])
        if more := len(sources[SOURCES_AT_FOOT:]):
            return self.labels(
                "Based on: {sources}, and {more} more listed at the end.", sources=names, more=more
            )
        return self.labels("Based on: {sources}.", sources=names)

    def read_together(self, sources: Sequence[Source]) -> str | None:
        """The day on which all sources were read, if it was one day."""
        days = {source.read for source in sources}
        return self.labels.day(days.pop()) if len(days) == 1 else None

    def source(self, source: Source) -> SourceView:
        by = source.reviewed_by
        return SourceView(
            title=source.title,
            publisher=source.publisher,
            updated=(
                self.labels.partial_date(source.updated)
                if source.updated
                else self.labels("no date given")
            ),
            read=self.labels.day(source.read),
            reviewer=f"{by.name}, {by.role}" if by else None,
            url=source.url,
        )

    def section(self, handout: Handout, section: Section) -> SectionView:
        words = section.words
        facts = {name: self.labels.fact(fact) for name, fact in handout.facts.items()}
        anchor = f"{handout.id}--{section.id}"
        blocks = (self.block(handout, block, facts) for block in words.blocks)
        return SectionView(
            template="procedure.html" if isinstance(words, Procedure) else "topic.html",
            anchor=anchor,
            place=section.id,
            own_page=words.own_page,
            title=inline(words.title, facts),
            purpose=inline(words.purpose, facts),
            blocks=tuple(
                SimpleNamespace(
                    **fields,
                    anchor=f"{anchor}--{fields['id']}",
                    place=f"{section.id}/{fields['id']}",
                )
                for fields in blocks
            ),
        )

    def block(self, handout: Handout, block: Block, facts: dict[str, str]) -> dict[str, Any]:
        """A block's own fields, its texts with their facts, and what its kind adds to them."""
        fields = {name: _filled(name, value, facts) for name, value in block}
        if isinstance(block, CallBlock):
            fields["phones"] = tuple(self.phone(name) for name in block.phones)
        if isinstance(block, FigureBlock):
            fields["figure"] = self.url(block.figure, handout.pictures[block.figure])
        return fields

    def plan(self, plan: Plan, procedure: Procedure, handouts: Sequence[Handout]) -> PlanView:
        patient, labels = plan.patient, self.labels
        sides = {"left": labels("LEFT"), "right": labels("RIGHT"), None: None}
        actions = {
            "continue": labels("Keep taking"),
            "stop": labels("Stop"),
            "sip": labels("Take with a sip of water"),
            "ask": labels("Ask before you take it"),
        }
        return PlanView(
            template="plan.html",
            id="plan",
            title=labels("Your plan"),
            mark=None,
            foot=(
                labels(
                    "Your own plan · {language} · Prepared by {by}. Checked by {checker}.",
                    language=labels.language_name,
                    by=plan.prepared_by,
                    checker=plan.checked_by,
                ),
                labels("From your care team, for this operation only."),
            ),
            patient=patient.full_name,
            birth_date=labels.day(patient.birth_date),
            record_id=patient.record_id,
            language=labels.language_name,
            procedure=procedure.name,
            side=sides[plan.side],
            surgeon=plan.surgeon,
            arrival_day=labels.weekday(plan.arrival_at.date()),
            arrival_time=labels.clock(plan.arrival_at),
            surgery_day=labels.weekday(plan.surgery_at.date()),
            surgery_time=labels.clock(plan.surgery_at),
            location=plan.location,
            medicines=tuple(
                MedicineView(m.name, m.dose, actions[m.action], m.when, m.decided_by)
                for m in plan.medicines
            ),
            allergies=plan.allergies,
            contact_name=plan.contact.name,
            contact_phone=plan.contact.phone,
            escort=plan.escort,
            notes=plan.notes,
            prepared_by=plan.prepared_by,
            checked_by=plan.checked_by,
            handouts=tuple(handout.title for handout in handouts),
        )


def _sources(handout: Handout) -> tuple[Source, ...]:
    """The sources of all sections, each once, in the order of the pages."""
    found = {source.id: source for s in handout.sections for source in s.words.sources}
    return tuple(found.values())


def _filled(name: str, value: Any, facts: dict[str, str]) -> Any:
    """A field with its texts made printable; ids and the like stay as they are."""
    if name in NOT_TEXT:
        return value
    if isinstance(value, str):
        return inline(value, facts)
    if isinstance(value, tuple):
        return tuple(_filled(name, item, facts) for item in value)
    if hasattr(value, "model_fields_set"):
        return SimpleNamespace(**{key: _filled(key, item, facts) for key, item in value})
    return value
