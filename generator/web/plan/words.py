"""What the fields of a plan are called on the desk, and what helps to fill them in."""

from __future__ import annotations

from collections.abc import Mapping

from generator.markup import Labels


def words(_: Labels) -> Mapping[str, tuple[str, str]]:
    """What each field is called, and what helps to fill it in."""
    return {
        "patient.record_id": (_("Record number"), ""),
        "patient.given_name": (_("Given name"), ""),
        "patient.family_name": (_("Family name"), ""),
        "patient.suffix": (_("After the name"), _("Such as Jr.")),
        "patient.name": (_("Whole name"), _("Only when it cannot be parted.")),
        "patient.birth_date": (_("Date of birth"), ""),
        "patient.language": (_("Language the patient reads"), ""),
        "patient.large_print": (_("Large print"), ""),
        "side": (_("Which side?"), ""),
        "surgery_at": (_("Time of the operation"), ""),
        "arrival_at": (_("Time to come"), ""),
        "location": (_("Where to come"), _("Building, entrance, floor.")),
        "surgeon": (_("Surgeon"), ""),
        "handouts": (_("Handouts in the packet"), ""),
        "medicines": (_("Medicines"), _("Takes no medicines")),
        "medicines.name": (_("Medicine"), ""),
        "medicines.dose": (_("Dose"), ""),
        "medicines.action": (_("What to do"), ""),
        "medicines.when": (
            _("When"),
            _("To stop: '5 days before' or 'last dose 2027-03-10'. Everything else in words."),
        ),
        "medicines.decided_by": (_("Who decided it"), ""),
        "allergies": (_("Allergies"), _("No known allergies")),
        "contact.name": (_("Whom to call"), ""),
        "contact.phone": (_("Phone"), ""),
        "escort": (_("Who takes the patient home"), ""),
        "notes": (_("Notes for the patient"), ""),
        "overrides": (_("Rules that are different for this patient"), ""),
        "overrides.fact": (_("Rule"), ""),
        "overrides.value": (_("Is now"), _("Such as '4 hours'.")),
        "overrides.reason": (_("Reason, printed on the plan"), ""),
        "overrides.decided_by": (_("Who decided it"), ""),
        "prepared_by": (_("Prepared by"), ""),
        "checked_by": (_("Checked by"), _("Somebody else than who prepared it.")),
    }


def one_more(_: Labels) -> Mapping[str, str]:
    """The buttons that add a row to a list."""
    return {
        "medicines": _("Add a medicine"),
        "allergies": _("Add an allergy"),
        "notes": _("Add a note"),
        "overrides": _("Add a rule"),
    }


def choices(_: Labels) -> Mapping[str, str]:
    """The values that are chosen from a few."""
    return {
        "left": _("LEFT"),
        "right": _("RIGHT"),
        "both": _("BOTH SIDES"),
        "continue": _("Continue as usual"),
        "stop": _("Stop taking it"),
        "sip": _("Take with a sip of water"),
        "ask": _("Ask before taking it"),
    }
