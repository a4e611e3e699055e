"""Every file of a new library, before any of them is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.library import CLINIC, SCHEMAS
from generator.own.answers import Answers
from generator.own.clinic_data import clinic_data
from generator.own.clinic_yaml import clinic_yaml
from generator.own.notes import NOTES
from generator.own.plain_yaml import block
from generator.own.shipped import PLAN, Shipped

LOGO = "clinic-logo"
_AHEAD = timedelta(days=14)
_PLAN_TOP = """\
# yaml-language-server: $schema=../schemas/plan.json
# An invented patient. Nobody of this name exists, and the medicines are invented as well.
"""
_FIGURES_TOP = """\
# yaml-language-server: $schema=../schemas/figures.json
# The clinic's own pictures: each with its file, who made it, and by what right it is used.
"""


def new_files(answers: Answers, shipped: Shipped, day: date) -> dict[str, bytes]:
    """Content by the file's name in the library; ``day`` is today's."""
    data = clinic_data(answers.said, shipped)
    texts = {name: note.replace("{name}", answers.name) for name, note in NOTES.items()}
    texts |= {CLINIC: clinic_yaml(data), PLAN: _PLAN_TOP + block(_plan(answers, shipped, day))}
    texts |= dict(_schemas())
    logo, picture, about = _logo(answers, shipped)
    texts["content/figures/figures.yaml"] = _FIGURES_TOP + block({"figures": {LOGO: about}})
    files = {name: text.encode() for name, text in texts.items()}
    return {**files, f"content/figures/{logo}": picture}


def _plan(answers: Answers, shipped: Shipped, day: date) -> dict[str, Any]:
    """The shipped example as a patient of this clinic, in two weeks."""
    plan, then = shipped.plan, (day + _AHEAD).isoformat()
    times = {key: then + plan[key][10:] for key in ("arrival_at", "surgery_at")}
    return {
        **plan,
        **times,
        "patient": {**plan["patient"], "language": answers.languages[0]},
        "location": "Main entrance",
        "contact": {**plan["contact"], "phone": answers.office_phone},
    }


def _logo(answers: Answers, shipped: Shipped) -> tuple[str, bytes, dict[str, str]]:
    """File name, content, and where it is from: the clinic's, or a plain one in its colour."""
    if answers.logo:
        file = LOGO + answers.logo.suffix
        about = {"file": file, "creator": answers.name, "license": "LicenseRef-clinic"}
        return file, answers.logo.read_bytes(), about
    drawn = (shipped.folder / "content" / "figures" / "logo.svg").read_bytes()
    colour = shipped.clinic["brand"]["primary"]
    drawn = drawn.replace(colour.encode(), answers.colour.encode())
    file = f"{LOGO}.svg"
    about = {"file": file, "creator": "The handout press project", "license": "MIT"}
    return file, drawn, about


def _schemas() -> Iterator[tuple[str, str]]:
    for kind, model in SCHEMAS.items():
        text = json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False)
        yield f"content/schemas/{kind}.json", text + "\n"
