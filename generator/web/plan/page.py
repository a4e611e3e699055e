"""The page with the plan's form, filled with what is known."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from generator.errors import Problem
from generator.library import Library
from generator.model import Procedure
from generator.web.desk import Desk
from generator.web.plan.data import form_fields, plan_data, row_numbers
from generator.web.plan.fields import Rows, Section, sections
from generator.web.plan.look import Fields, Look, look


def form_page(
    desk: Desk,
    request: Request,
    procedure: str,
    fields: Fields,
    found: Look | None = None,
    *,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    """The form, filled with what is known; looked over, unless it was already."""
    library, labels = desk.stock.known(), desk.labels(request)
    found = found or look(desk, fields, procedure, labels)
    tidy = form_fields(plan_data(fields, procedure)) if status == 200 else fields
    asked = sections(library, procedure, labels)
    about = {n for n in library.ids() if procedure in _about(library, n)}
    many: dict[str, list[str]] = {}
    for name, value in tidy:
        many.setdefault(name, []).append(value)
    return desk.page(
        request,
        "plan_form.html",
        status,
        sections=asked,
        called=partial(_called, asked),
        procedure=procedure,
        title=operations(library, labels.language)[procedure],
        about=about,
        values={name: values[0] for name, values in many.items()},
        chosen=many.get("handouts", sorted(about) if not fields else []),
        rows=row_numbers(tidy, empty=True),
        look=found,
        wrong=dict(reversed(found.problems)) if status != 200 else {},
        problems=problems,
    )


def _called(asked: tuple[Section, ...], name: str) -> str:
    """What a field is called, by its path: of a row, its list and number as well."""
    fields = {field.name: field for part in asked for field in (*part.fields, *part.rare)}
    if field := fields.get(name):
        return field.label
    group, _, rest = name.partition(".")
    number, _, own = rest.partition(".")
    rows = fields.get(group)
    if not isinstance(rows, Rows) or not number.isdecimal():
        return name
    parts = (f"{rows.label} {int(number) + 1}", *(f.label for f in rows.fields if own == f.name))
    return ", ".join(part for part in parts if part)


def operations(library: Library, language: str) -> dict[str, str]:
    """The operations by id, with their names in the desk's language or another."""
    names = sorted({name for name, _ in library.procedures})
    keys = {name: (name, language) for name in names}
    found = {n: library.procedures.get(key) or any_of(library, n) for n, key in keys.items()}
    return {name: procedure.name for name, procedure in found.items()}


def any_of(library: Library, procedure: str) -> Procedure:
    """An operation in whatever language there is."""
    return next(p for (name, _), p in library.procedures.items() if name == procedure)


def _about(library: Library, handout: str) -> set[str | None]:
    return {part.procedure for part in library.definitions[handout].contents}
