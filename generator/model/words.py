"""The words a clinician reviews: procedures and topics, and the sources they rest on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model, each_once, violated
from generator.model.blocks import Block
from generator.model.fields import Day, Line, PartialDate, Slug, Text, Url


class SourceReviewer(Model):
    """Who reviewed the *source*. Never a reviewer of our words."""

    name: Line
    role: Line


class Source(Model):
    """Where facts come from. Two files that name one id must describe it alike."""

    id: Slug
    title: Line
    publisher: Line
    short: Annotated[Line, Field(max_length=40)] = Field(
        description="how the foot of the page names it, e.g. 'City of Hope 2022'"
    )
    reviewed_by: SourceReviewer | None = None
    updated: PartialDate | None = Field(
        default=None, description="when it was last updated; left out only if it shows no date"
    )
    read: Day = Field(description="when we read it")
    url: Url | None = None


class RuleException(Model):
    """Why a rule of ``handouts check`` does not hold here: the finding becomes a note."""

    rule: Slug
    block: Slug | None = Field(default=None, description="the block it is for; left out: all")
    why: Text


class Words(Model):
    """What procedures and topics share."""

    title: Line
    purpose: Text = Field(description="what this page is for; printed first")
    blocks: Annotated[tuple[Block, ...], Field(min_length=1, max_length=40)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    own_page: bool = Field(
        default=False, description="yes: it has its pages to itself, to be kept or pinned up"
    )
    editor_notes: tuple[Text, ...] = Field(
        default=(), description="for editors and reviewers; never printed"
    )

    exceptions: tuple[RuleException, ...] = Field(
        default=(), description="rules of 'check' that do not hold here, and why; never printed"
    )

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Words:
        entries = {"blocks": self.blocks, "sources": self.sources}
        for what, listed in entries.items():
            ids = [entry.id for entry in listed]
            each_once(what, ids, f"two {what} have the id '{{}}'; give each its own")
        return self

    @model_validator(mode="after")
    def _exceptions_have_blocks(self) -> Words:
        known = {block.id for block in self.blocks}
        for index, exception in enumerate(self.exceptions):
            if exception.block and exception.block not in known:
                message = f"there is no block '{exception.block}' in this file; mend the name"
                raise violated(("exceptions", index, "block"), message)
        return self


class Procedure(Words):
    """One operation, in one language."""

    name: Line = Field(description="the operation's plain name, as on the plan: 'Hip replacement'")
    other_names: tuple[Line, ...] = ()
    body_part: Line
    side: Literal["required", "none"] = Field(
        description="'required' when a plan must say left or right; 'none' when there is no side"
    )


class Topic(Words):
    """A page that several handouts share, in one language."""
