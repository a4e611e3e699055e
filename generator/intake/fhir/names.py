"""Names of persons, chosen by the rules of FHIR; and the names of those who are referred to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.intake.fhir.found import Found, refusal
from generator.intake.fhir.moments import holds
from generator.intake.fhir.record import Record
from generator.intake.fhir.references import dangling, type_of
from generator.model import fhir
from generator.model.fhir_types import HumanName, Reference, Texts

_USES = ("official", "usual", None)
"""In this order. Not: temp, nickname, anonymous, old, maiden. https://hl7.org/fhir/R4/valueset-name-use.html"""


_PERSONS = {"Practitioner", "PractitionerRole", "RelatedPerson", "Patient"}


class NoName(ValueError):
    """No name that can be used, and why; quotes none."""


def chosen(names: Sequence[HumanName], day: str) -> HumanName:
    """The name a person goes by on a day; raises :class:`NoName`."""
    for use in _USES:
        current = [name for name in names if name.use == use and holds(name.period, day)]
        distinct = {(joined(n.given), n.family, joined(n.suffix), n.text) for n in current}
        if len(distinct) > 1:
            kind = f"{use} names" if use else "names without a use"
            raise NoName(f"has {len(current)} {kind}; say which is in use (use, period)")
        if current:
            return current[0]
    raise NoName("has no name that is in use (official, usual); add it to the record")


def joined(texts: Texts, *more: str | None) -> str:
    """Several texts as one, without those that are missing."""
    return " ".join(text.strip() for text in (*texts, *more) if text and text.strip())


def whole(name: HumanName) -> str:
    """A name as one text, with what stands before it: ``Dr. A. Example``."""
    parts = joined((*name.prefix, *name.given, name.family, *name.suffix))
    return parts if joined(name.given, name.family) else joined((name.text,))


def who(record: Record, reference: Reference, base: Found, day: str, part: str) -> str:
    """The name of a person who is referred to: the record's own, or else the display's.

    "" for one who is no person. Raises :class:`Refusal` for a reference that names nobody.
    """
    display = joined((reference.display,))
    found = record.resolve(reference.reference, base) if reference.reference else None
    type_ = found.type if found else type_of(reference)
    if type_ and type_ not in _PERSONS:
        return ""
    if found and found.type == "PractitionerRole":
        role = record.typed(found, fhir.PractitionerRole)
        if role.practitioner:
            return who(record, role.practitioner, found, day, "practitioner")
    elif found:
        return _own(record, found, day) or display or _nameless(found)
    if display:
        return display
    raise refusal(found or base, dangling(part, reference.reference or ""), part)


def _own(record: Record, found: Found, day: str) -> str:
    try:
        return whole(chosen(record.typed(found, fhir.Named).name, day))
    except NoName:
        return ""


def _nameless(found: Found) -> str:
    raise refusal(found, "has no name that is in use; add it to the record", "name")


def one_of(names: Iterable[str], found: Found, part: str, asked: str) -> str | None:
    """The only name of several that may be equal; raises :class:`Refusal` for two."""
    distinct = list(dict.fromkeys(filter(None, names)))
    if len(distinct) > 1:
        raise refusal(found, f"there are {len(distinct)}; {asked}", part)
    return distinct[0] if distinct else None
