"""The kinds of blocks a page is built from. Each has a template of the same name in
``templates/blocks/``; a test compares the two both ways."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model, violated
from generator.model.fields import Line, Slug, Text

Texts = Annotated[tuple[Text, ...], Field(min_length=1, max_length=40)]


class BlockBase(Model):
    """What every block has: an id (unique in its file) and, where facts are stated, sources."""

    id: Slug
    gives_way: bool = Field(
        default=False,
        description="yes: it gives way to a patient's plan that has another value for its facts",
    )
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = Field(
        default=None, description="ids of this file's sources that the block's facts come from"
    )


class TextBlock(BlockBase):
    """Running text under a heading."""

    kind: Literal["text"]
    title: Line
    paragraphs: Texts


class SummaryBlock(BlockBase):
    """The few things to remember, set apart at the top or the end."""

    kind: Literal["summary"]
    title: Line
    items: Texts


class ListBlock(BlockBase):
    """Things that belong together, in no order."""

    kind: Literal["list"]
    title: Line
    intro: Text | None = None
    items: Texts


class StepsBlock(BlockBase):
    """Things to do or things that happen, one after the other."""

    kind: Literal["steps"]
    title: Line
    intro: Text | None = None
    items: Texts


class ChecklistBlock(BlockBase):
    """Things to tick off with a pen."""

    kind: Literal["checklist"]
    title: Line
    intro: Text | None = None
    items: Texts


class QuestionsBlock(BlockBase):
    """Questions to ask, each with lines to write the answer on."""

    kind: Literal["questions"]
    title: Line
    intro: Text | None = None
    items: Texts
    lines: Annotated[int, Field(ge=1, le=6)] = 1


class WarningBlock(BlockBase):
    """What must not be missed because harm could follow."""

    kind: Literal["warning"]
    title: Line
    paragraphs: Texts


class CallBlock(BlockBase):
    """When to call, and whom. The phone numbers come from ``clinic.yaml`` by urgency."""

    kind: Literal["call"]
    title: Line
    urgency: Literal["emergency", "same-day", "office-hours"]
    intro: Text | None = None
    items: Texts

    @property
    def phones(self) -> tuple[str, ...]:
        """The names of the phones that answer this urgency, the first to try first."""
        return PHONES_BY_URGENCY[self.urgency]


PHONES_BY_URGENCY = {
    "emergency": ("emergency",),
    "same-day": ("office", "nights"),
    "office-hours": ("office",),
}


class DefinitionBlock(BlockBase):
    """Words the reader may hear, with their meaning."""

    class Term(Model):
        term: Line
        meaning: Text = Field(default="", description="left out: the glossary's meaning")

    kind: Literal["definition"]
    title: Line
    terms: Annotated[tuple[Term, ...], Field(min_length=1, max_length=20)]


class FigureBlock(BlockBase):
    """A picture from ``content/figures/`` with the words for those who cannot see it."""

    kind: Literal["figure"]
    title: Line
    figure: Slug = Field(description="the id of a picture listed in content/figures/figures.yaml")
    alt: Text
    caption: Text


class TableBlock(BlockBase):
    """A small table: the first column names the row."""

    kind: Literal["table"]
    title: Line
    intro: Text | None = None
    columns: Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]
    rows: Annotated[
        tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...],
        Field(min_length=1, max_length=20),
    ]

    @model_validator(mode="after")
    def _rectangular(self) -> TableBlock:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise violated(
                    ("rows", number),
                    f"has {len(row)} cells but there are {len(self.columns)} columns; "
                    "give every row one cell a column",
                )
        return self


Block = Annotated[
    TextBlock
    | SummaryBlock
    | ListBlock
    | StepsBlock
    | ChecklistBlock
    | QuestionsBlock
    | WarningBlock
    | CallBlock
    | DefinitionBlock
    | FigureBlock
    | TableBlock,
    Field(discriminator="kind"),
]
