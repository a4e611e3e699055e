"""``handouts build``: print handouts for anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from generator.cli import helping
from generator.cli.completing import complete_handouts, complete_languages
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import BOOKLET, JSON, NO_CACHE, OUTPUT, PAPER, cache_for

if TYPE_CHECKING:
    from generator.library import Library
    from generator.pipeline import Made


@helping.command(
    "build",
    short_help="Print handouts for anybody: those named, or all.",
    epilog=helping.examples(
        "handouts build",
        "handouts build hip-replacement --large-print",
        "handouts build hip-replacement --lang es --booklet -o print",
        "handouts build hip-replacement --format html",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_handouts)
@helping.option(
    "--lang",
    metavar="LANGUAGE",
    show_default="all there are",
    section=helping.WORDS,
    shell_complete=complete_languages,
    help="Only this language.",
)
@helping.option(
    "--large-print",
    is_flag=True,
    section=helping.PAGES,
    help="18 point, for people with poor sight.",
)
@PAPER
@helping.option(
    "--format",
    type=click.Choice(["pdf", "html", "txt"]),
    default="pdf",
    section=helping.PAGES,
    help="Pages to print, a page for a browser, or bare text.",
)
@BOOKLET
@click.option(
    "--specimen", is_flag=True, help="Print the look itself: every block, mark and stamp."
)
@NO_CACHE
@OUTPUT
@JSON
@click.pass_obj
def command(
    settings: Settings,
    /,
    ids: tuple[str, ...],
    lang: str | None,
    large_print: bool,
    paper: Literal["a4", "letter"] | None,
    format: Literal["pdf", "html", "txt"],
    booklet: bool,
    specimen: bool,
    no_cache: bool,
    output: Path,
    as_json: bool,
) -> None:
    """Print the handouts named ID, or all of them.

    Words that no clinician's sign-off covers are marked on every page.
    """
    from generator.pipeline import Order, build, specimens

    if booklet and large_print:
        raise click.UsageError(
            "a booklet has half pages, too narrow for large print; leave out one of the two."
        )
    if booklet and format != "pdf":
        raise click.UsageError(f"--booklet is a way to print; {format} has no pages.")
    if specimen:
        _refuse_beside_specimen(ids, format, booklet)
    library = settings.load()
    now, cache = settings.now(library), cache_for(no_cache)
    order = Order(output, now, paper, large_print, format, cache=cache, booklet=booklet)
    if specimen:
        languages = [lang] if lang else library.clinic.languages
        made = list(settings.tracked(specimens(library, languages, order), len(languages)))
    else:
        wanted = _wanted(library, ids, lang)
        made = list(settings.tracked(build(library, wanted, order), len(wanted)))
    report(made, as_json)


def _refuse_beside_specimen(ids: tuple[str, ...], format: str, booklet: bool) -> None:
    """The specimen is no handout, and it is on whole pages."""
    if ids:
        raise click.UsageError(f"--specimen prints no handout; leave out {', '.join(ids)}.")
    if booklet or format != "pdf":
        other = "--booklet" if booklet else f"--format {format}"
        raise click.UsageError(f"--specimen is on whole pages; leave out {other}.")


def report(made: list[Made], as_json: bool) -> None:
    """What was made, for a program or for a person."""
    from generator.library import shown

    if as_json:
        print_json(
            [
                {
                    "id": m.id,
                    "language": m.language,
                    "state": m.state,
                    "version": m.version or None,
                    "pages": m.pages or None,
                    "file": shown(m.path),
                }
                for m in made
            ]
        )
        return
    rows = [(m.id, m.language, str(m.pages or "-"), str(m.state), shown(m.path)) for m in made]
    print_table(("HANDOUT", "LANGUAGE", "PAGES", "STATE", "FILE"), rows)


def _wanted(library: Library, ids: tuple[str, ...], lang: str | None) -> list[tuple[str, str]]:
    """Each handout once, in each language asked for; unknown names raise."""
    return [
        (library.handout(name, language).id, language)
        for name in dict.fromkeys(ids or library.ids())
        for language in ([lang] if lang else library.languages(name))
    ]
