"""What the core says that somebody has to look at, and what the desk says instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def core_flags(_: Callable[[str], str]) -> Mapping[str, str]:
    """The core's flags, ``{parts}`` and all, and what the desk says instead."""
    return {
        "prepared_by and checked_by are the same person": _(
            "The same person prepared and checked this plan."
        ),
        "the time of {rule} has passed": _("the time of a step of the plan has passed ({rule})"),
        "the day of the last dose of medicine {number} has passed": _(
            "the day of the last dose of medicine {number} has passed"
        ),
        "medicine {number} is stopped more than 8 weeks before the operation": _(
            "medicine {number} is stopped more than 8 weeks before the operation"
        ),
        "override {number} is longer than 24 hours": _(
            "rule {number} for this patient is longer than 24 hours"
        ),
        "allergy {number} is medicine {medicine} on this plan; ask who decided it": _(
            "allergy {number} is medicine {medicine} of this plan: ask who decided it"
        ),
        "handout {name} is not about the operation of this plan": _(
            "the handout '{name}' is not about the operation of this plan"
        ),
        "a packet of this record for {procedure} on {day} was printed on {printed}; get it back, "
        "unless both operations are planned": _(
            "A packet for another operation ({procedure}, {day}) was printed on {printed}. Get it "
            "back, unless both operations are planned."
        ),
        "a packet of this record for the LEFT side on {day} was printed on {printed}; get it back, "
        "unless both operations are planned": _(
            "A packet for the LEFT side ({day}) was printed on {printed}. Get it back, unless both "
            "operations are planned."
        ),
        "a packet of this record for the RIGHT side on {day} was printed on {printed}; get it "
        "back, unless both operations are planned": _(
            "A packet for the RIGHT side ({day}) was printed on {printed}. Get it back, unless "
            "both operations are planned."
        ),
        "a packet of this record for BOTH SIDES on {day} was printed on {printed}; get it back, "
        "unless both operations are planned": _(
            "A packet for BOTH SIDES ({day}) was printed on {printed}. Get it back, unless both "
            "operations are planned."
        ),
        "a packet of this record for an operation on {day} was printed on {printed}; get it "
        "back": _("A packet for another day ({day}) was printed on {printed}. Get it back."),
        "another packet of this record was printed on {printed}; get it back": _(
            "Another packet for this patient was printed on {printed}. Get it back."
        ),
    }
