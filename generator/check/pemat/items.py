"""The 24 items of PEMAT-P, with AHRQ's numbers and in our own short words.

Shoemaker, S. J., Wolf, M. S., Brach, C. (2013, updated 2014), "The Patient Education Materials
Assessment Tool (PEMAT) and User's Guide", AHRQ publication 14-0002-EF. Items 13 and 14 are of the
form for films. The wording that counts is AHRQ's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Domain = Literal["understandability", "actionability"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item; a material agrees, does not, or (some items) it does not apply."""

    number: int
    domain: Domain
    topic: str
    asks: str


def _items(domain: Domain, topic: str, *asked: tuple[int, str]) -> tuple[Item, ...]:
    return tuple(Item(number, domain, topic, asks) for number, asks in asked)


ITEMS = (
    *_items(
        "understandability",
        "Content",
        (1, "One sees at once what it is for."),
        (2, "Nothing in it leads away from that."),
    ),
    *_items(
        "understandability",
        "Words and style",
        (3, "The words are everyday words."),
        (4, "Medical words stand only where readers will meet them, and are explained."),
        (5, "Sentences say who does what."),
    ),
    *_items(
        "understandability",
        "Numbers",
        (6, "Numbers are clear: whole, and with what they count."),
        (7, "The reader need not calculate."),
    ),
    *_items(
        "understandability",
        "Order",
        (8, "It comes in short parts."),
        (9, "Each part has a heading that says what is in it."),
        (10, "One thing follows from the other."),
        (11, "It sums up."),
    ),
    *_items(
        "understandability",
        "Layout",
        (12, "What matters most stands out to the eye."),
    ),
    *_items(
        "understandability",
        "Pictures and tables",
        (15, "There is a picture wherever one would help."),
        (16, "Pictures support the words and do not distract."),
        (17, "Pictures have clear titles or captions."),
        (18, "Pictures are clear and uncluttered."),
        (19, "Tables are simple, with short, clear headings of rows and columns."),
    ),
    *_items(
        "actionability",
        "What to do",
        (20, "It names at least one thing that the reader can do."),
        (21, "It speaks to the reader when it says what to do."),
        (22, "It breaks what to do into steps."),
        (23, "It gives something to act with, such as a checklist."),
        (24, "It shows how to do any sum that is needed, with examples."),
        (25, "It explains how to use its tables and drawings to act."),
        (26, "It has pictures wherever they would make it easier to act."),
    ),
)
