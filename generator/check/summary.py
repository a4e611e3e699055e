"""What a check came to, in two small tables: by rule, and by handout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.check.finding import Finding, Severity
from generator.check.looked import Looked
from generator.check.reading.level import Level
from generator.check.reading_level import scored

Rows = list[tuple[str, ...]]

RULE_COLUMNS = ("RULE", "ERRORS", "WARNINGS", "NOTES")
HANDOUT_COLUMNS = (
    "HANDOUT",
    "LANGUAGE",
    "WORDS",
    "SENTENCES",
    "READING LEVEL",
    "ALL WORDS COUNTED",
)


def by_rule(findings: Iterable[Finding]) -> Rows:
    """How often each rule spoke, and how loud; the rules that did."""
    counts = Counter((finding.rule, finding.severity) for finding in findings)
    loud = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    rules = sorted({rule for rule, _ in counts})
    return [(rule, *(str(counts[rule, severity]) for severity in loud)) for rule in rules]


def by_handout(looked: Looked) -> Rows:
    """How hard each handout is to read: with, and without, the allowance for defined terms."""
    rows: Rows = []
    for one in scored(looked):
        name = (one.handout.id, one.handout.language)
        if one.level is None:
            rows.append((*name, "", "", "no formula", ""))
            continue
        size = (str(one.level.plain.words), str(one.level.plain.sentences))
        rows.append((*name, *size, *_levels(one.level)))
    return rows


def _levels(level: Level) -> tuple[str, str]:
    return (
        ", ".join(f"{m.short} {m.value:.1f}" for m in level.measures),
        ", ".join(f"{m.short} {m.value:.1f}" for m in level.plain_measures),
    )


def in_words(findings: Iterable[Finding]) -> str:
    """ "1 error, 2 warnings", the worst first."""
    counts = Counter(finding.severity for finding in findings)
    said = (f"{n} {severity.word}{'s' * (n != 1)}" for severity, n in sorted(counts.items())[::-1])
    return ", ".join(said) or "Nothing to mend."
