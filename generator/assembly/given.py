"""What the register notes of a packet, so that somebody can be called about its words."""

from __future__ import annotations

from generator.assembly.packets import PacketMaker
from generator.model import Handout, Plan
from generator.recall import Given, GivenWords
from generator.recall.out import plan_id
from generator.signoff import Standing


def given(plan: Plan, code: str, key: bytes, maker: PacketMaker) -> Given:
    """A plan's packet with this id; ``key`` is the register's."""
    words = tuple(
        GivenWords(handout.id, handout.language, handout.version, where.digest, where.state)
        for handout, where in words_of(plan, maker)
    )
    about = (plan.procedure, plan.side or "", plan.surgery_at.date())
    return Given(code, plan.patient.record_id, *about, words, plan_id(plan, key))


def words_of(plan: Plan, maker: PacketMaker) -> list[tuple[Handout, Standing]]:
    """The handouts of a plan's packet, and where each stands until the operation."""
    handouts = (maker.find(name, plan.patient.language) for name in plan.handouts)
    return [(handout, maker.standing(handout, plan)) for handout in handouts]
