"""What the register notes of a packet, so that somebody can be called about its words."""

from __future__ import annotations

from generator.assembly.packets import PacketMaker
from generator.model import Plan
from generator.recall import Given, GivenWords
from generator.recall.out import plan_id


def given(plan: Plan, code: str, key: bytes, maker: PacketMaker) -> Given:
    """A plan's packet with this id; ``key`` is the register's."""
    patient = plan.patient
    handouts = [maker.find(name, patient.language) for name in plan.handouts]
    states = [(handout, maker.standing(handout, plan)) for handout in handouts]
    words = tuple(
        GivenWords(handout.id, handout.language, handout.version, where.digest, where.state)
        for handout, where in states
    )
    about = (plan.procedure, plan.side or "", plan.surgery_at.date())
    return Given(code, patient.record_id, *about, words, plan_id(plan, key))
