"""A new clinic's ``clinic.yaml`` as text: the data, and beside each what to do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.own.plain_yaml import block

_TOP = """\
# yaml-language-server: $schema=schemas/clinic.json
# What the handouts print about the clinic, and the facts and rules that are its own.
"""
_SIGNATURES = """\
  # Anybody may sign as it is. To ask for two people, name the roles of each (docs/review.md):
  # signatures:
  #   - roles: [Orthopedic surgeon]
  #   - roles: [Patient-information editor]
"""
_ARRIVAL = """\
  # How long before an operation patients come is the clinic's own decision. Write it as a fact
  # above, and name the fact here; a plan that says less is then refused.
  # arrival_lead: arrival-lead
"""
_INTAKE = """\
# How the clinic's own rosters and records are read (docs/intake.md). Nothing is assumed: a code
# that is not listed is refused. Check each against your own orders before you add it.
# intake:
#   codes:
#     - procedure: hip-replacement
#       handouts: [hip-replacement]
#       text: [Total hip replacement]
#       source: clinic
"""
_COMMENTS = {
    "phones": "# Look over the hours: they are printed beside each number.\n",
    "review": "# How long a sign-off holds, and how long before its end the program says so.\n",
    "feedback": "# How a reader tells the clinic what to mend.\n",
    "brand": "# Dark colours: white text has to be readable on them, and they on white.\n",
    "facts": (
        "# Named facts. The shipped words print them, so each has to be here. Your clinicians "
        "decide\n# whether they are right for you; a changed number undoes the sign-offs that it "
        "touches.\n"
    ),
    "plan": "# What every patient's plan says. It is signed together with each handout.\n",
    "beneath": (
        "# The library that comes with the program stands beneath this one. 'handouts override "
        "FILE'\n# puts a file of yours in the place of one of its files, and lists it here "
        "(docs/clinic.md).\n"
    ),
}
_MORE = {"review": _SIGNATURES, "plan": _ARRIVAL}
_APART = frozenset({*_COMMENTS, "sources"})


def clinic_yaml(data: Mapping[str, Any]) -> str:
    """The whole file."""
    return _TOP + "".join(_parts(data))


def _parts(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if key == "beneath":
            yield f"\n{_INTAKE}"
        if key in _APART:
            yield "\n" + _COMMENTS.get(key, "")
        yield block({key: value}) + _MORE.get(key, "")
