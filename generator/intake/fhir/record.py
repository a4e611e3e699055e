"""The resources of a file: found by reference, typed when needed, gathered by patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from generator.errors import PlanError, Problem
from generator.intake.fhir.found import Found, Refusal, refusal, typed
from generator.intake.fhir.references import dangling, named, raw_reference, references, split
from generator.intake.fhir.source import Numbered
from generator.model.fhir_types import Element, Reference

_GATHERED = {
    "MedicationRequest": "subject",
    "MedicationStatement": "subject",
    "AllergyIntolerance": "patient",
}
"""What is about a patient, and the element that says whose it is."""
E_ = TypeVar("E_", bound=Element)


class Record:
    """All resources of a file; raises :class:`PlanError` where two have one identity."""

    def __init__(self, file: str, numbered: Sequence[Numbered]) -> None:
        self.file = file
        self.resources = tuple(
            Found(data, number, line, url)
            for number, (line, url, data) in enumerate(numbered, start=1)
        )
        self._by_key: dict[str, Found] = {}
        for found in self.resources:
            keys = (f"{found.type}/{found.id}" if found.id else "", found.url)
            for key in filter(None, keys):
                if self._by_key.setdefault(key, found) is not found:
                    at = (found.line, 1 if found.line else 0)
                    message = f"holds {found.name} twice; export it again, each resource once"
                    raise PlanError([Problem(file, *at, "", message)])
        self._typed: dict[tuple[Found, type[Element]], Element | Refusal] = {}
        self._within: dict[tuple[Found, str], Found] = {}
        self._patients, self.strangers, self.unclaimed = self._gathered()
        self._of_patients: set[Found] = set()
        self._booked, self._ordered = self._visits()
        self._provenances: dict[Found, list[Found]] = {}
        for found in self.of_type("Provenance"):
            for target in self._distinct(references(found, "target"), found):
                self._provenances.setdefault(target, []).append(found)

    def of_type(self, *types: str) -> Iterator[Found]:
        return (found for found in self.resources if found.type in types)

    def of(self, patient: Found, *types: str) -> list[Found]:
        """What the file holds of these types about a patient."""
        return [found for found in self._patients.get(patient, []) if found.type in types]

    def visits(self, patient: Found) -> list[Found]:
        """The appointments in which the patient takes part."""
        return self._booked.get(patient, [])

    def visits_for(self, orders: Sequence[Found]) -> list[Found]:
        """The appointments that say that they are for one of these orders."""
        return list(dict.fromkeys(v for order in orders for v in self._ordered.get(order, [])))

    def provenances(self, orders: Sequence[Found]) -> list[Found]:
        """What is known of where these orders came from."""
        return list(dict.fromkeys(p for order in orders for p in self._provenances.get(order, [])))

    def has_patient(self, visit: Found) -> bool:
        """Whether an appointment names any patient, here or not."""
        return visit in self._of_patients

    def typed(self, found: Found, model: type[E_]) -> E_:
        """A resource as R4 has it; raises :class:`Refusal` when it has another form."""
        key = (found, model)
        if key not in self._typed:
            self._typed[key] = typed(found, model)
        known = self._typed[key]
        if isinstance(known, Refusal):
            raise Refusal(*known.findings)
        assert isinstance(known, model)  # noqa: S101  # it was typed as that
        return known

    def resolve(self, reference: str, base: Found) -> Found | None:
        """What a reference in ``base`` refers to, if that is in the file.

        By ``fullUrl``, ``Type/id``, an address that ends so, or ``#id`` of a contained resource.
        """
        if reference.startswith("#"):
            return self._contained(reference[1:], base.within or base)
        if reference in self._by_key:
            return self._by_key[reference]
        server, _, tail = split(reference)
        found = self._by_key.get(tail)
        if found and server and found.url.startswith("http"):
            return found if split(found.url)[0] == server else None
        return found

    def follow(self, reference: Reference, base: Found, part: str) -> Found:
        """The same, for a reference that has to lead somewhere."""
        if reference.reference is None:
            raise refusal(base, f"{part} has no reference; add it to the record", part)
        found = self.resolve(reference.reference, base)
        if found is None:
            raise refusal(base, dangling(part, reference.reference), part)
        return found

    def _contained(self, wanted: str, container: Found) -> Found | None:
        if not wanted:
            return container
        held = container.data.get("contained")
        for data in held if isinstance(held, list) else ():
            if isinstance(data, dict) and data.get("id") == wanted:
                found = Found(data, container.number, container.line, "", container)
                return self._within.setdefault((container, wanted), found)
        return None

    def _gathered(self) -> tuple[dict[Found, list[Found]], list[Found], list[Found]]:
        """By patient; then those of patients who are not here; then those of nobody knows whom."""
        mine: dict[Found, list[Found]] = {}
        strangers, unclaimed = [], []
        for found in self.of_type(*_GATHERED):
            reference = raw_reference(found.data.get(_GATHERED[found.type]))
            patient = self.resolve(reference, found) if reference else None
            if patient and patient.type == "Patient":
                mine.setdefault(patient, []).append(found)
            elif named(reference):
                strangers.append(found)
            else:
                unclaimed.append(found)
        return mine, strangers, unclaimed

    def _visits(self) -> tuple[dict[Found, list[Found]], dict[Found, list[Found]]]:
        """The appointments by patient, and by order."""
        booked: dict[Found, list[Found]] = {}
        ordered: dict[Found, list[Found]] = {}
        for found in self.of_type("Appointment"):
            parts = found.data.get("participant")
            listed = parts if isinstance(parts, list) else []
            actors = [part.get("actor") for part in listed if isinstance(part, dict)]
            texts = [raw_reference(actor) for actor in actors]
            if any(named(text).startswith("Patient/") for text in texts):
                self._of_patients.add(found)
            for one in self._distinct(texts, found):
                if one.type == "Patient":
                    self._of_patients.add(found)
                    booked.setdefault(one, []).append(found)
            reasons = (*references(found, "basedOn"), *references(found, "reasonReference"))
            for one in self._distinct(reasons, found):
                ordered.setdefault(one, []).append(found)
        return booked, ordered

    def _distinct(self, texts: Iterable[str], base: Found) -> list[Found]:
        found = (self.resolve(text, base) for text in texts if text)
        return list(dict.fromkeys(one for one in found if one))
