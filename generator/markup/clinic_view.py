"""The view of the clinic: what its name, logo and telephone numbers look like to a reader."""

from __future__ import annotations

from generator.fonts.faces import required
from generator.markup.labels import Labels
from generator.markup.stylesheet import Tokens
from generator.markup.view import ClinicView, PhoneView
from generator.model import Brand, Clinic
from generator.model.colour import tint


def clinic_view(clinic: Clinic, logo: str, labels: Labels) -> ClinicView:
    """The clinic as templates see it; ``logo`` is the picture's address."""
    return ClinicView(
        name=clinic.name,
        address=clinic.address,
        logo=logo,
        brand=brand_tokens(clinic.brand),
        phones=tuple(phone_view(clinic, name, labels) for name, _ in clinic.phones),
        feedback=clinic.feedback[labels.language],
    )


def brand_tokens(brand: Brand) -> Tokens:
    """A brand as the custom properties of a stylesheet.

    Raises :class:`MachineError` when its face is not on this machine.
    """
    return (
        ("--primary", brand.primary),
        ("--accent", brand.accent),
        ("--tint", tint(brand.primary)),
        ("--face", f'"{required(brand.font).family}"'),
    )


def phone_view(clinic: Clinic, name: str, labels: Labels) -> PhoneView:
    """One of the clinic's telephones: when it is answered, in the reader's language."""
    phone = dict(clinic.phones)[name]
    label = {
        "office": labels("Office"),
        "nights": labels("Nights"),
        "emergency": labels("Emergency"),
    }[name]
    return PhoneView(label, phone.number, phone.dial, phone.hours[labels.language])
