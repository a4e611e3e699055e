"""FHIR for tests: the example's bundle, changed where a test wants it."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import PlanError
from generator.intake.entry import Entry, Read
from generator.intake.fhir import read_fhir
from generator.library import load_library
from generator.model import Clinic, CodeMap
from generator.model.rules import DefaultContact, FhirSettings, IntakeSettings
from tests.conftest import REPO

BUNDLE = REPO / "content" / "examples" / "bundle.json"
GONE = object()
"""In a change: take the element out."""
DECISION = "https://example.org/fhir/StructureDefinition/before-surgery"
RECORD_NUMBER = "https://example.org/fhir/record-number"
SCT = "http://snomed.info/sct"
IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"

CODES = (
    CodeMap(
        procedure="hip-replacement",
        handouts=("hip-replacement",),
        snomed=("52734007",),
        cpt=("27130",),
        text=("Hip replacement", "Hip arthroplasty"),
        source="clinic",
    ),
    CodeMap(
        procedure="amputation",
        handouts=("amputation",),
        local=("AMP",),
        text=("Amputation",),
        source="clinic",
    ),
    CodeMap(
        procedure="limb-salvage",
        handouts=("limb-salvage",),
        icd10pcs=("LS-LEFT",),
        side="left",
        source="clinic",
    ),
)
FHIR = FhirSettings(
    appointment_start="arrival",
    record_id_system=RECORD_NUMBER,
    contact=DefaultContact(name="Nurse C. Example", phone="555-0123"),
    medicine_decision=DECISION,
)


def clinic(lead: bool = True, **changed: Any) -> Clinic:
    """The library's clinic with settings of our own; without ``lead``, without a time to come."""
    own = _own()
    settings = IntakeSettings(codes=CODES, fhir=FHIR.model_copy(update=changed))
    plan = own.plan if lead else own.plan.model_copy(update={"arrival_lead": None})
    return own.model_copy(update={"intake": settings, "plan": plan})


@cache
def _own() -> Clinic:
    return load_library(REPO).clinic


def example() -> dict[str, Any]:
    """The example's bundle, fresh for every test."""
    loaded: dict[str, Any] = json.loads(BUNDLE.read_text())
    return loaded


def changed(changes: dict[str, Any], *more: dict[str, Any]) -> dict[str, Any]:
    """The example with changes such as ``{"p1.name.0.use": "old"}``, and more resources."""
    bundle = example()
    by_id = {entry["resource"]["id"]: entry["resource"] for entry in bundle["entry"]}
    for path, value in changes.items():
        name, *steps = path.split(".")
        if steps:
            _put(by_id[name], [int(s) if s.isdigit() else s for s in steps], value)
        else:
            bundle["entry"] = [e for e in bundle["entry"] if e["resource"]["id"] != name]
    bundle["entry"] += [{"resource": copy.deepcopy(resource)} for resource in more]
    return bundle


def _put(data: Any, steps: list[str | int], value: Any) -> None:
    for step in steps[:-1]:
        data = data[step]
    if value is GONE:
        del data[steps[-1]]
    else:
        data[steps[-1]] = value


def read(folder: Path, data: Any, own: Clinic | None = None) -> Read:
    """What the door makes of a bundle, of text, or of bytes."""
    file = folder / "in.json"
    if isinstance(data, bytes):
        file.write_bytes(data)
    else:
        file.write_text(data if isinstance(data, str) else json.dumps(data))
    return read_fhir(file, own or clinic())


def one(folder: Path, data: Any, own: Clinic | None = None) -> Entry:
    (entry,) = read(folder, data, own).entries
    return entry


def problems(folder: Path, data: Any, own: Clinic | None = None) -> list[str]:
    """What is wrong with the orders, or else with the whole file, without the file's name."""
    try:
        found = [problem for e in read(folder, data, own).entries for problem in e.problems]
    except PlanError as error:
        found = list(error.problems)
    return [
        str(problem).removeprefix(f"{folder / 'in.json'}").removeprefix(": ") for problem in found
    ]
