"""What the core says is wrong with a plan, and what the desk says instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping


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
        "the last dose is on the day of the operation; say how many hours before, or mend the "
        "date": _("The last dose would be on the day of the operation. Say how many hours before."),
        "the last dose is after arrival_at, when the patient is here already; mend the one that is "
        "wrong": _("The last dose would be after the time to come. One of the two is wrong."),
        "stops nothing; write how long before, or mend the action": _(
            "This stops nothing. Say how long before, or choose another thing to do."
        ),
        "has no unit; write it with one, such as 5 mg or 1 tablet": _(
            "Write the unit as well, such as 5 mg or 1 tablet."
        ),
        "must say from when: '5 days before', '12 hours before' or 'last dose 2027-03-10', "
        "not '{when}'": _(
            "From when? Write '5 days before', '12 hours before' or 'last dose 2027-03-10'."
        ),
        "is how a stop is written, but the action is another; mend the action, or say it in "
        "words": _("This is how a stop is written. Choose to stop it, or say it in other words."),
        "is listed twice, and not with the same action; ask who decided it": _(
            "This medicine is listed twice, with two different things to do. Ask who decided it."
        ),
        "is listed twice; give each medicine one entry": _("This medicine is listed twice."),
        "{date} can be read in two ways; write it as 2026-12-08": _(
            "A date in figures can be read in two ways. Write it as 2026-12-08."
        ),
        "must be a telephone number such as 555-0100, and this is not": _(
            "This is no telephone number. Write one such as 555-0100."
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
        "is no allergy; if none are known write [] (in a roster: none), else remove it": _(
            "This is no allergy. If none are known, mark 'No known allergies' instead."
        ),
        "is no medicine; if there are none write [] (in a roster: none), else remove it": _(
            "This is no medicine. If there are none, mark 'Takes no medicines' instead."
        ),
        "must count {units}, as the clinic's rule does ('{example}'); mend it": _(
            "Count as the clinic's rule does: '{example}'."
        ),
        "is no time at all; write how long, or remove the override": _(
            "Write how long, or take this rule out."
        ),
        "puts {second} before {first}, and the clinic's rules have it after; override {fact} as "
        "well, or mend this one": _(
            "This puts {second} before {first}, and it comes after. Add a rule for {fact} as well, "
            "or change this one."
        ),
        "puts {second} before {first}, and the clinic's rules have it after; mend one of the two "
        "overrides": _(
            "This puts {second} before {first}, and it comes after. Change one of the rules."
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
        "changes a fact a second time; give each fact one entry": _("This rule is listed twice."),
    }
