"""Other packets of a record that are out already: what to look at before another is given.

A corrected plan makes a packet of its own, and the one that was wrong may be at the patient's home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.intake import Roster
from generator.model import Plan
from generator.recall.out import Out, packets_out, plan_id
from generator.recall.register import Register

ANOTHER_OPERATION = (
    "a packet of this record for {procedure} on {day} was printed on {printed}; get it back, "
    "unless both operations are planned"
)
OTHER_SIDE = {
    "left": "a packet of this record for the LEFT side on {day} was printed on {printed}; get it "
    "back, unless both operations are planned",
    "right": "a packet of this record for the RIGHT side on {day} was printed on {printed}; get it "
    "back, unless both operations are planned",
    "both": "a packet of this record for BOTH SIDES on {day} was printed on {printed}; get it "
    "back, unless both operations are planned",
}
OTHER_DAY = (
    "a packet of this record for an operation on {day} was printed on {printed}; get it back"
)
ANOTHER = "another packet of this record was printed on {printed}; get it back"


def earlier_packets(
    register: Register, clinic: str, plans: Sequence[Plan], on: date
) -> list[tuple[str, ...]]:
    """For each plan what to look at: packets of its record with another plan, of which the
    operation is not over on a day.

    The plans of one call know of each other; the register is read once. Raises
    :class:`RegisterNotWritable` when there is a register without its key.
    """
    out = packets_out(register, clinic)
    ahead = [
        [one for one in out.get(plan.patient.record_id, ()) if one.given.surgery_on >= on]
        for plan in plans
    ]
    if not any(ahead):
        return [()] * len(plans)
    key = register.key()
    own = {plan_id(plan, key) for plan in plans}
    return [
        tuple(dict.fromkeys(_said(one, plan) for one in others if not own & one.names))
        for plan, others in zip(plans, ahead, strict=True)
    ]


def flagged(roster: Roster, register: Register, clinic: str, on: date) -> Roster:
    """A roster whose rows say as well what :func:`earlier_packets` found."""
    found = earlier_packets(register, clinic, [row.plan for row in roster.rows], on)
    rows = (
        replace(row, flags=(*row.flags, *more))
        for row, more in zip(roster.rows, found, strict=True)
    )
    return replace(roster, rows=tuple(rows))


def _said(out: Out, plan: Plan) -> str:
    given = out.given
    said = {"procedure": given.procedure, "day": given.surgery_on, "printed": out.printed_on}
    if given.procedure != plan.procedure:
        return ANOTHER_OPERATION.format(**said)
    if given.side in OTHER_SIDE and given.side != plan.side:
        return OTHER_SIDE[given.side].format(**said)
    if given.surgery_on != plan.surgery_at.date():
        return OTHER_DAY.format(**said)
    return ANOTHER.format(**said)
