"""English words and patterns that the rules for wording look for: data, and where it is from.

Abbreviations: those of ISMP's list of error-prone abbreviations that a handout could hold, and
Latin ones that plain-language guides replace.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


DOSING = {
    "b.i.d.": "twice a day",
    "t.i.d.": "three times a day",
    "q.i.d.": "four times a day",
    "q.d.": "every day",
    "q.o.d.": "every other day",
    "q.h.s.": "every night at bedtime",
    "p.r.n.": "when you need it",
    "p.o.": "by mouth",
    "n.p.o.": "nothing to eat or drink",
    "h.s.": "at bedtime",
    "a.c.": "before meals",
    "p.c.": "after meals",
    "BID": "twice a day",
    "TID": "three times a day",
    "QID": "four times a day",
    "QD": "every day",
    "QOD": "every other day",
    "PRN": "when you need it",
    "NPO": "nothing to eat or drink",
    "IU": "units",
    "µg": "micrograms",
    "μg": "micrograms",
    "mcg": "micrograms",
    "cc": "mL",
    "D/C": "stop, or leave the hospital",
    "MSO4": "the medicine's whole name",
    "MgSO4": "the medicine's whole name",
}
"""Misread ones can hurt somebody: errors."""

LATIN = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "the other things by name",
    "viz.": "that is",
    "cf.": "see",
    "vs.": "or",
    "STAT": "at once",
    "Rx": "prescription",
    "Dx": "the illness",
    "Tx": "treatment",
    "OTC": "without a prescription",
    "PACU": "the recovery room",
}

PATIENTS_ACTS = (
    "taken|stopped|avoided|worn|washed|cleaned|applied|changed|drunk|eaten|used|brought|called"
    "|reported|followed|started|continued|swallowed|finished|kept|removed|placed|covered|dried"
    "|arranged|signed|filled|shaved|moved|lifted|told|asked|contacted|chewed|skipped|held"
)
"""What a reader does, as participles: "should be taken" is an instruction to somebody unnamed."""

PASSIVE = re.compile(
    r"(?P<subject>\w+)(?:,[^,.]*,)?\s+(?P<passive>(?:should|must|needs? to|ha(?:s|ve) to"
    rf"|(?:is|are) to)(?: not| never| only)? be (?:\w+ly )?(?:{PATIENTS_ACTS}))\b"
    r"(?! (?:by|out|off) )",
    re.IGNORECASE,
)
SURGEONS = _words(
    """
    bone bones leg legs arm arms limb limbs foot joint joints skin muscle muscles tissue
    wound hip knee spine organ tumor tumors cancer implant stitches staples this that it
    they
    """
)
"""Subjects that somebody else acts on: "the tumor must be removed" is no instruction."""

_NO = r"(?:not|never|cannot|\w+n['’]t|without|no|nobody|nothing|none|neither)"
DOUBLE_NEGATIVE = re.compile(
    rf"\b{_NO}(?: \w+){{0,3}} (?:not|never|cannot|\w+n['’]t|without|nothing|nobody|none|no)\b"
    r"|\bnot (?:un(?!d|i|t|l)\w+|impossible|irregular|infrequent\w*)"
    r"|\b(?:do not|don['’]t|never) (?:fail|forget|neglect) to\b|\bnot unless\b",
    re.IGNORECASE,
)
LINK_TEXT = re.compile(
    r"\b(?:click|tap|press|see) (?:here|this link|below)\b|\bthis link\b", re.IGNORECASE
)
CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[,]?\s+[A-Z]{2,})+\b|\b[A-Z]{6,}\b")

NO_UNITS = _words(
    """
    a an and are as at be before after but by for from if in into is it of on or so that the
    then they this to until was we when while with you your per please ask call do take
    """
)
"""Words that cannot be what a number counts."""

NUMBERED = _words(
    """
    page pages step steps type stage level floor room number part figure picture grade table
    line section chapter age aged ward gate
    """
)
"""Words whose number stands after them: "step 2"."""

GENERIC_HEADINGS = _words(
    """
    introduction overview general information background details miscellaneous other notes
    note important more summary instructions advice remarks contents
    """
) | {
    "general information",
    "more information",
    "other information",
    "important information",
    "additional information",
    "about this page",
    "please note",
    "what you need to know",
    "things to know",
}
EMPTY_PURPOSE = re.compile(
    r"\b(?:stay healthy|be informed|more information|general information)\b", re.IGNORECASE
)
SEQUENCE = re.compile(
    r"^(?:first|second|third|then|next|after that|afterwards|finally|last|\d+[.)])\b", re.IGNORECASE
)
CALCULATION = re.compile(
    r"\b(?:count back|add up|subtract|multiply|divide|calculate|work out (?:the|how|when|your))\b",
    re.IGNORECASE,
)
IMPERATIVE = re.compile(
    r"^(?:do|don['’]t|take|call|tell|ask|bring|wash|clean|keep|write|follow|find|stop|rest|have|"
    r"count|know|make|mark|add|wear|eat|drink|use|go|come|put|read|check|give|get|let|sit|walk|talk)\b",
    re.IGNORECASE,
)
SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
