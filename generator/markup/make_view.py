"""Builds the view from the model: resolves, orders and words everything a page needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from generator.markup.clinic_view import clinic_view, phone_view
from generator.markup.fill import Filler, Marks, filled
from generator.markup.inline import Inline, inline
from generator.markup.labels import Labels
from generator.markup.plan_view import OwnPages, call_view, plan_view, prepare_view
from generator.markup.review_line import review_line, short_review_line
from generator.markup.source_view import read_together, source_line, source_view, sources_of
from generator.markup.stationery import identity_stamp, mark
from generator.markup.view import (
    Document,
    Edition,
    HandoutView,
    NoticeView,
    PartView,
    SectionView,
)
from generator.model import (
    Block,
    CallBlock,
    Clinic,
    FigureBlock,
    Handout,
    Location,
    Picture,
    Plan,
    Procedure,
    Section,
)
from generator.model.inline import fact_names
from generator.signoff import Standing, words_code

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
    marks: Marks | None = None
    """For a reviewer: the sentences that changed."""

    def handout_document(
        self,
        handout: Handout,
        standing: Standing,
        overridden: frozenset[str] = frozenset(),
        notice: NoticeView | None = None,
    ) -> Document:
        """The view of one handout: the same for everybody whose plan overrides the same facts.

        ``notice`` is for a reader of another language.
        """
        view = self.handout(handout, standing, overridden)
        return self.document(handout.title, replace(view, notice=notice))

    def plan_document(self, own: OwnPages) -> Document:
        """The view of a patient's own pages, and of the stamp that says whose a page is."""
        view = plan_view(own, self.clinic, self.labels)
        parts = filter(None, (view.operation, view.side))
        title = self.labels("Your plan: {operation}", operation=self.labels.joined(parts))
        return self.document(title, view, identity_stamp(own.plan, self.labels))

    def tail_documents(self, plan: Plan) -> tuple[Document, ...]:
        """The views of the end of a patient's own pages, of which many patients' are alike."""
        prepare = prepare_view(plan, self.clinic, self.labels)
        return tuple(self.document(part.id, part) for part in (prepare, call_view(plan)))

    def document(self, title: str, *parts: PartView) -> Document:
        """The view of parts that are laid out in one go."""
        return Document(
            language=self.labels.language,
            direction=self.labels.direction,
            title=title,
            edition=self.edition,
            clinic=clinic_view(
                self.clinic, self.url(self.clinic.brand.logo, self.logo), self.labels
            ),
            parts=parts,
            labels=self.labels,
        )

    def handout(
        self, handout: Handout, standing: Standing, overridden: frozenset[str]
    ) -> HandoutView:
        written = handout.definition.written
        labels = self.labels
        sources = sources_of(handout)
        version = labels("Version {version}", version=handout.version)
        review = short_review_line(standing, labels)
        return HandoutView(
            template="handout.html",
            id=handout.id,
            title=handout.title,
            audience=handout.definition.audience[handout.language],
            mark=mark(standing.state, labels),
            foot=(
                f"{version} · {labels.language_name} · {review}",
                source_line(sources, labels),
            ),
            sections=tuple(
                self.section(handout, section, overridden) for section in handout.sections
            ),
            version=handout.version,
            code=str(words_code(handout.id, handout.version, handout.language, standing.digest)),
            review=review_line(standing, labels),
            written=labels(
                "{by} ({role}), {day}", by=written.by, role=written.role, day=labels.day(written.on)
            ),
            sources=tuple(source_view(source, labels) for source in sources),
            read=read_together(sources, labels),
        )

    def section(
        self, handout: Handout, section: Section, overridden: frozenset[str]
    ) -> SectionView:
        words = section.words
        facts = {name: self.labels.fact(fact) for name, fact in handout.facts.items()}
        anchor = f"{handout.id}--{section.id}"
        fill = Filler(section.id, facts, self.marks)
        blocks = (
            self.block(handout, (index, block), fill, overridden)
            for index, block in enumerate(words.blocks)
        )
        return SectionView(
            template="procedure.html" if isinstance(words, Procedure) else "topic.html",
            anchor=anchor,
            place=section.id,
            own_page=words.own_page,
            title=fill(("title",), words.title),
            purpose=fill(("purpose",), words.purpose),
            blocks=tuple(
                SimpleNamespace(
                    **fields,
                    anchor=f"{anchor}--{fields['id']}",
                    place=f"{section.id}/{fields['id']}",
                )
                for fields in blocks
            ),
        )

    def block(
        self,
        handout: Handout,
        numbered: tuple[int, Block],
        filler: Filler,
        overridden: frozenset[str],
    ) -> dict[str, Any]:
        """A block's own fields, its texts with their facts, and what its kind adds to them.

        In a block that gives way, a text sends the reader to the plan where it would say another
        value than the plan.
        """
        index, block = numbered

        def fill(at: Location, text: str) -> Inline:
            named = fact_names(text)
            if not (block.gives_way and named & overridden):
                return filler(at, text)
            alone = text in {f"{{{name}}}" for name in named}
            labels = self.labels
            elsewhere = labels("Your own plan says something else. Follow it.")
            return inline(labels("See your own plan") if alone else elsewhere, {})

        at = ("blocks", index)
        fields = {name: filled((*at, name), value, fill) for name, value in block}
        if isinstance(block, CallBlock):
            fields["phones"] = tuple(
                phone_view(self.clinic, name, self.labels) for name in block.phones
            )
        if isinstance(block, FigureBlock):
            fields["figure"] = self.url(block.figure, handout.pictures[block.figure])
        return fields
