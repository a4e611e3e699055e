"""Every rule by its id, with the standard that it comes from. ``docs/rules.md`` explains each."""

from __future__ import annotations

from dataclasses import dataclass

PEMAT = "AHRQ PEMAT-P"
CDC = "CDC Clear Communication Index"
HOUSE = "our own"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's id, and where it is from."""

    id: str
    standard: str


RULES = (
    Rule("reading-level", f"{PEMAT} 3; Flesch-Kincaid, SMOG, INFLESZ"),
    Rule("reading-unmeasured", HOUSE),
    Rule("jargon-undefined", f"{PEMAT} 3 and 4"),
    Rule("sentence-length", f"{PEMAT} 3; {CDC}, language"),
    Rule("paragraph-length", f"{PEMAT} 8"),
    Rule("passive-instruction", f"{PEMAT} 5; {CDC}, language"),
    Rule("double-negative", f"{PEMAT} 3"),
    Rule("abbreviation", f"ISMP's error-prone abbreviations; {PEMAT} 3"),
    Rule("capitals", "UKAAF and RNIB, clear print"),
    Rule("link-text", HOUSE),
    Rule("number-unit", f"{PEMAT} 6; {CDC}, numbers"),
    Rule("number-form", f"{PEMAT} 6; ISMP"),
    Rule("date-ambiguous", f"{PEMAT} 6"),
    Rule("calculation", f"{PEMAT} 7"),
    Rule("purpose", f"{PEMAT} 1; {CDC}, main message"),
    Rule("heading-generic", f"{PEMAT} 9"),
    Rule("heading-repeated", f"{PEMAT} 9"),
    Rule("summary-missing", f"{PEMAT} 11"),
    Rule("block-length", f"{PEMAT} 8"),
    Rule("reader-address", f"{PEMAT} 21"),
    Rule("action-missing", f"{PEMAT} 20; {CDC}, call to action"),
    Rule("steps", f"{PEMAT} 22"),
    Rule("figure-text", f"{PEMAT} 17; WCAG 2.2, 1.1.1"),
    Rule("call-levels", "red flags split by urgency"),
    Rule("source-date", "PIF TICK"),
    Rule("source-unused", "PIF TICK"),
    Rule("phone-written-out", HOUSE),
    Rule("letter-missing", HOUSE),
    Rule("stray-mark", HOUSE),
    Rule("page-unused", HOUSE),
    Rule("procedure-unmapped", HOUSE),
    Rule("fact-unused", HOUSE),
    Rule("figure-unused", HOUSE),
    Rule("figure-license", HOUSE),
    Rule("exception-unused", HOUSE),
    Rule("override-stale", HOUSE),
    Rule("review-due", "PIF TICK"),
    Rule("review-state", "PIF TICK"),
)
