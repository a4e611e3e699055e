"""The clinic's own rules for every plan: what to do when, what to bring, who must be named."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model, each_once
from generator.model.fields import Line, Slug, Translated
from generator.model.telephone import Telephone


class Rule(Model):
    """One instruction of the timeline: so long before an anchor, or from now until then.

    The length is a fact of ``clinic.yaml``, so that plan and handouts cannot disagree, and the
    fact names its source. Hours and minutes give a time of day, elapsed and not by the clock on
    the wall; days and weeks give a day.
    """

    id: Slug
    before: Literal["arrival", "surgery"] = Field(description="from which time to count back")
    fact: Slug | None = Field(
        default=None, description="how long before; left out: from now until then"
    )
    every_day: bool = Field(
        default=False, description="on each day from the first one to the day before the operation"
    )
    text: Translated
    source: Slug | None = Field(default=None, description="needed when there is no fact")

    @model_validator(mode="after")
    def _has_a_source(self) -> Rule:
        if (self.fact is None) == (self.source is None):
            raise ValueError(
                "has both 'fact' and 'source', or neither; give one (a fact has its source)"
            )
        if self.every_day and self.fact is None:
            raise ValueError(
                "'every_day' needs a fact that says how many days before to begin; add 'fact'"
            )
        return self


class Bring(Model):
    """One thing to bring on the day."""

    text: Translated
    source: Slug = Field(description="the id of one of this file's sources, or 'clinic'")


class PlanRules(Model):
    """What every patient's plan says because the clinic does so."""

    arrival_lead: Slug | None = Field(
        default=None, description="the fact that says how long before the operation to come"
    )
    escort: Literal["required", "optional"] = Field(
        default="optional", description="'required': a plan must name who takes the patient home"
    )
    timeline: Annotated[tuple[Rule, ...], Field(max_length=12)] = ()
    bring: Annotated[tuple[Bring, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _rules_once(self) -> PlanRules:
        names = [rule.id for rule in self.timeline]
        each_once("timeline", names, "two rules have the id '{}'; give each its own")
        return self

    @property
    def facts(self) -> frozenset[str]:
        """The names of all facts that the rules count with."""
        return self.dated | ({self.arrival_lead} if self.arrival_lead else frozenset())

    @property
    def dated(self) -> frozenset[str]:
        """The names of the facts that stand in the timeline, with a date."""
        return frozenset(rule.fact for rule in self.timeline if rule.fact)


class RosterFormat(Model):
    """How the clinic's own rosters are written, where it differs from ours."""

    columns: dict[Line, Slug | Line] = Field(
        default_factory=dict, description="the clinic's names of columns, and ours"
    )
    dates: Literal["YYYY-MM-DD", "MM/DD/YYYY", "DD/MM/YYYY", "DD.MM.YYYY", "DD-MM-YYYY"] = (
        "YYYY-MM-DD"
    )
    times: Literal["24-hour", "12-hour"] = "24-hour"


class CodeMap(Model):
    """Which procedure and handouts a code of the record stands for."""

    procedure: Slug
    handouts: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=20)]
    snomed: tuple[Line, ...] = ()
    cpt: tuple[Line, ...] = ()
    icd10pcs: tuple[Line, ...] = ()
    local: tuple[Line, ...] = ()
    text: tuple[Line, ...] = Field(default=(), description="names as they stand in orders")
    side: Literal["left", "right", "both"] | None = Field(
        default=None, description="for codes that say the side themselves, as ICD-10-PCS does"
    )
    source: Slug = Field(description="the id of one of this file's sources, or 'clinic'")


class DefaultContact(Model):
    name: Line
    phone: Telephone


class FhirSettings(Model):
    """What a FHIR record does not say in one way for all clinics."""

    appointment_start: Literal["arrival", "surgery"] | None = Field(
        default=None, description="which of the two times an Appointment's start is"
    )
    record_id_system: Line | None = Field(
        default=None, description="the system of the identifier that is the record number"
    )
    contact: DefaultContact | None = Field(
        default=None, description="whom a patient calls about a plan made from FHIR"
    )
    medicine_decision: Line | None = Field(
        default=None,
        description="the URL of the extension that holds what to do with a medicine",
    )


class IntakeSettings(Model):
    """How plans are read from the clinic's own files."""

    roster: RosterFormat = RosterFormat()
    codes: tuple[CodeMap, ...] = ()
    fhir: FhirSettings = FhirSettings()

    @property
    def operations(self) -> frozenset[str]:
        """The procedures that an order of the clinic's can be for."""
        return frozenset(entry.procedure for entry in self.codes)
