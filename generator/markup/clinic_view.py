"""The view of the clinic: what its name, logo and telephone numbers look like to a reader."""

from __future__ import annotations

from generator.markup.labels import Labels
from generator.markup.view import ClinicView, PhoneView
from generator.model import Clinic


def clinic_view(clinic: Clinic, logo: str, labels: Labels) -> ClinicView:
    """The clinic as templates see it; ``logo`` is the picture's address."""
    return ClinicView(
        name=clinic.name,
        address=clinic.address,
        logo=logo,
        primary=clinic.brand.primary,
        accent=clinic.brand.accent,
        phones=tuple(phone_view(clinic, name, labels) for name, _ in clinic.phones),
        feedback=clinic.feedback[labels.language],
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
