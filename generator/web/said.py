"""What the core says of a plan, in the words of the desk and in its language.

The core speaks of columns and files, and in English. A nurse at a form reads of fields: what the
core says is recognised by its pattern here and said again. What is not known stays as it was,
which is better than silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from generator.markup import Labels
from generator.web.words import labels_of


def core_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """The core's messages, ``{parts}`` and all, and what the desk says instead."""
    return {
        "is missing; add it": _("Fill this in."),
        "'{name}' is missing; add it": _("'{name}' is missing."),
        "'{name}' is empty; fill it in or remove the line": _("Fill this in."),
        "is missing: the clinic asks who takes each patient home; add it": _(
            "Fill this in: the clinic asks who takes each patient home."
        ),
        "is missing: {procedure} is done on one side; add left or right": _("Choose the side."),
        "'side' is missing: {procedure} is done on one side; add left or right": _(
            "The side is missing."
        ),
        "must be a date as year-month-day (2026-12-08), not {value}": _(
            "This is no date. Write year, month and day: 2026-12-08."
        ),
        "must be a date as year-month-day (2026-12-08), and this is not": _(
            "This is no date. Write year, month and day: 2026-12-08."
        ),
        "must be a date and a 24-hour time in the clinic's time zone (2026-12-08T07:30), "
        "not {value}": _("This is no date with a time. Write it as 2026-12-08T07:30."),
        "is too long: at most {most} characters; shorten it or split it": _(
            "This is too long: at most {most} characters."
        ),
        "has too many entries: at most {most}; split it": _("At most {most} of them."),
        "holds a digit, and a name does not; has a column been shifted?": _(
            "There is a digit in this name. Is it in the right field?"
        ),
        "holds the invisible or unassigned character {code}; remove it": _(
            "There is a character in it that nobody can see ({code}). Type it anew."
        ),
        "is there as well as 'name'; keep the parts, or the whole": _(
            "Give the whole name, or its parts, and not both."
        ),
        "is after the day of surgery; mend it": _("This is after the day of the operation."),
        "is after the day on which this is printed; mend it": _("This day has not come yet."),
        "makes the patient over {years} years old; mend it": _(
            "The patient would be over {years} years old."
        ),
        "is in the past; mend it, or give the day to print for with --as-of": _(
            "This time has passed."
        ),
        "is after surgery_at; mend the one that is wrong": _(
            "This is after the operation. One of the two times is wrong."
        ),
        "is a day or more before surgery_at; mend the wrong one": _(
            "This is a day or more before the operation. One of the two times is wrong."
        ),
        "is {minutes} minutes before surgery_at, but {fact} in clinic.yaml is {number} {unit}; "
        "mend it, or override {fact} with a reason": _(
            "This is {minutes} minutes before the operation; the clinic asks for {number} {unit}. "
            "Change it, or add a rule for this patient with a reason."
        ),
        "{time} does not exist: the clocks are put forward then; mend it": _(
            "There is no such time: the clocks are put forward then."
        ),
        "{time} comes twice: the clocks are put back then; write {first} for the first, {second} "
        "for the second": _(
            "This time comes twice: the clocks are put back then. Write {first} for the first, "
            "{second} for the second."
        ),
        "'{written}' is often misread (ISMP); write {instead}": _(
            "'{written}' is often misread. Write {instead}."
        ),
        "the last dose is after the operation; mend the date": _(
            "The last dose would be after the operation."
        ),
        "must say from when: '5 days before', '12 hours before' or 'last dose 2027-03-10', "
        "not '{when}'": _(
            "From when? Write '5 days before', '12 hours before' or 'last dose 2027-03-10'."
        ),
        "is how a stop is written, but the action is another; mend the action, or say it in "
        "words": _(
            "This is how a stop is written. Choose to stop it, or say it in other words."
        ),
        "is listed twice, and not with the same action; ask who decided it": _(
            "This medicine is listed twice, with two different things to do. Ask who decided it."
        ),
        "is listed twice; give each medicine one entry": _("This medicine is listed twice."),
        "{date} can be read in two ways; write it as 2026-12-08": _(
            "A date in figures can be read in two ways. Write it as 2026-12-08."
        ),
        "is the emergency number; give the number at which the contact answers": _(
            "This is the emergency number. Give the number at which this person answers."
        ),
        "says to call {number}, which is neither the contact's number nor one in clinic.yaml "
        "(phones); give one of those, or make it the contact's": _(
            "{number} is neither the number above nor one of the clinic's. Give one of those."
        ),
        "{procedure} has no side; remove the line, or mend the procedure": _(
            "This operation has no side."
        ),
        "none of them is about {procedure}; name one that is, or mend the procedure": _(
            "Choose a handout about this operation."
        ),
        "'{name}' is not written in '{language}', which the patient reads (patient, language); "
        "handouts/{name} is only in: {listed}. To print it in one of those, with a notice for the "
        "patient: --fallback": _(
            "The handout '{name}' is not written in the patient's language. It is in: {listed}."
        ),
        "the plan says '{here}' for {fact}, but handouts/{name} prints '{there}' ({place}); leave "
        "that handout out, or let the block give way to the plan ('gives_way: true')": _(
            "The handout '{name}' prints '{there}' for this. Leave that handout out, or the rule."
        ),
        "must be a number and a unit, such as '{example}'": _(
            "Write a number and a unit, such as '{example}'."
        ),
        "is what the clinic's own rule says; remove the override": _(
            "That is what the clinic's own rule says."
        ),
        "{cell} can be read in more than one way; write {how}, or declare the clinic's format in "
        "clinic.yaml (intake, roster, dates)": _(
            "A date in figures can be read in two ways. Write it as 2026-12-08."
        ),
        "{handout} was never signed, so there are no signed words to compare with": _(
            "It was never signed, so there is nothing to compare with."
        ),
        "a clinician": _("a clinician"),
        "prepared_by and checked_by are the same person": _(
            "The same person prepared and checked this plan."
        ),
        "the time of {rule} has passed": _("the time of a step of the plan has passed ({rule})"),
        "the day of the last dose of medicine {number} has passed": _(
            "the day of the last dose of medicine {number} has passed"
        ),
        "changes a fact a second time; give each fact one entry": _("This rule is listed twice."),
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


def said_in(labels: Labels, message: str) -> str:
    """A message of the core in the desk's own words."""
    for pattern, said in _patterns(labels.language):
        if found := pattern.fullmatch(message):
            return said.format(**found.groupdict())
    return message


def pattern_of(message: str) -> re.Pattern[str]:
    """What recognises a message; a part that comes twice is the same both times."""
    parts, seen, made = re.split(r"\{(\w+)\}", message), set[str](), ""
    for text, name in zip(parts[::2], [*parts[1::2], ""], strict=True):
        made += re.escape(text)
        if name:
            made += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(made)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The known messages, those with the fewest parts to fill in first."""
    words = core_words(labels_of(language, "US").unfilled)
    known = sorted(words.items(), key=lambda one: (one[0].count("{"), -len(one[0])))
    return tuple((pattern_of(message), said) for message, said in known)
