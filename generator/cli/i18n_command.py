"""``handouts i18n status|extract|update``: what is translated, and the catalogs of labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.completing import complete_catalogs
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON
from generator.errors import ExitCode

if TYPE_CHECKING:
    from generator.library import Layers, Library
    from generator.markup.catalog import CatalogState


@helping.group(
    "i18n",
    short_help="Translations: what is missing, and the catalogs of labels.",
    epilog=helping.examples("handouts i18n status", "handouts i18n update es ar"),
)
def command() -> None:
    """Translations: what is missing or out of date, and the labels' catalogs."""


@command.command(
    "status",
    short_help="Show what each language has, and what it lacks.",
    epilog=helping.examples("handouts i18n status", "handouts i18n status --strict"),
)
@helping.option(
    "--strict", is_flag=True, help="Exit with 3 when a language of the clinic lacks labels."
)
@JSON
@click.pass_context
def status(ctx: click.Context, /, strict: bool, as_json: bool) -> None:
    """Show for each language how many labels and handouts it has, and where those stand."""
    from generator.markup.catalog import languages_with_labels, states

    settings: Settings = ctx.obj
    library = settings.load()
    clinic = library.clinic.languages
    languages = tuple(dict.fromkeys((*clinic, *languages_with_labels(library.templates))))
    labels = {state.language: state for state in states(library.templates, languages)}
    handouts = _handouts(settings, library)
    if as_json:
        print_json([_json(name, labels.get(name), handouts.get(name, [])) for name in languages])
    else:
        columns = ("LANGUAGE", "LABELS", "HANDOUTS", "WHERE THEY STAND")
        rows = [_cells(name, labels.get(name), handouts, library) for name in languages]
        print_table(columns, rows)
        for name in languages:
            _say_what_is_missing(settings, labels.get(name))
    if strict and any(labels[name].missing for name in clinic if name in labels):
        ctx.exit(ExitCode.CONTENT)


@command.command(
    "extract",
    short_help="Write every label to a file for translators.",
    epilog=helping.examples("handouts i18n extract"),
)
@click.pass_obj
def extract(settings: Settings, /) -> None:
    """Write templates/locale/handouts.pot: every label, for translators to begin with."""
    from generator.library import shown
    from generator.markup.catalog import LOCALE, TEMPLATE, template_file
    from generator.output import write_whole

    templates = settings.load().templates
    file = templates.to_write(f"{LOCALE}/{TEMPLATE}")
    write_whole(file, template_file(templates), public=True)
    click.echo(shown(file))


@command.command(
    "update",
    short_help="Add new labels to the catalogs, and drop those that are gone.",
    epilog=helping.examples("handouts i18n update", "handouts i18n update es ar"),
)
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...", shell_complete=complete_catalogs)
@click.pass_obj
def update(settings: Settings, /, languages: tuple[str, ...]) -> None:
    """Add what is new to the catalogs of the LANGUAGEs (or of all), and drop what is gone.

    New labels are added without a translation; a page that needs one is refused until it is there.
    """
    from generator.library import shown
    from generator.markup.catalog import LOCALE, updated
    from generator.output import write_whole

    templates = settings.load().templates
    for language in languages or _own_catalogs(templates):
        file = templates.to_write(f"{LOCALE}/{language}.po")
        write_whole(file, updated(templates, language), public=True)
        click.echo(shown(file))


def _own_catalogs(templates: Layers) -> Iterator[str]:
    """The languages whose labels are the clinic's own to write."""
    from generator.markup.catalog import LOCALE, languages_with_labels

    for language in languages_with_labels(templates):
        if not templates.is_beneath(templates.find(f"{LOCALE}/{language}.po")):
            yield language


def _handouts(settings: Settings, library: Library) -> dict[str, list[tuple[str, str]]]:
    """By language: the id and state of each handout that is written in it."""
    from generator.review import standings

    found: dict[str, list[tuple[str, str]]] = {}
    for handout, where in standings(library, settings.today(library)):
        found.setdefault(handout.language, []).append((handout.id, where.state))
    return found


def _json(
    name: str, labels: CatalogState | None, handouts: list[tuple[str, str]]
) -> dict[str, object]:
    return {
        "language": name,
        "labels": labels.total - len(labels.missing) if labels else None,
        "labels_missing": list(labels.missing) if labels else [],
        "labels_obsolete": list(labels.obsolete) if labels else [],
        "handouts": dict(handouts),
    }


def _cells(
    name: str,
    labels: CatalogState | None,
    handouts: dict[str, list[tuple[str, str]]],
    library: Library,
) -> tuple[str, ...]:
    states = [state for _, state in handouts.get(name, [])]
    counted = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    done = f"{labels.total - len(labels.missing)} of {labels.total}" if labels else "all"
    return name, done, f"{len(states)} of {len(library.ids())}", counted or "-"


def _say_what_is_missing(settings: Settings, labels: CatalogState | None) -> None:
    if labels and labels.missing:
        shown = "; ".join(f'"{message}"' for message in labels.missing[:3])
        more = f", and {len(labels.missing) - 3} more" if len(labels.missing) > 3 else ""
        settings.say(
            f"{labels.language} lacks {shown}{more}: templates/locale/{labels.language}.po"
        )
