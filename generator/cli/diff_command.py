"""``handouts diff``: what changed in a handout since it was signed, or since a revision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_handouts, complete_languages, complete_revisions
from generator.cli.context import Settings, print_json
from generator.cli.options import JSON, NO_CACHE, OUTPUT, cache_for

if TYPE_CHECKING:
    from generator.review.compared import Compared


@helping.command(
    "diff",
    short_help="Show what changed in a handout since its sign-off.",
    epilog=helping.examples(
        "handouts diff hip-replacement", "handouts diff hip-replacement --lang es --since HEAD"
    ),
)
@click.argument("handout", metavar="ID", shell_complete=complete_handouts)
@helping.option(
    "--since",
    metavar="REV",
    show_default="last-signoff",
    shell_complete=complete_revisions,
    help="A revision of git, or last-signoff.",
)
@helping.option(
    "--lang",
    metavar="LANGUAGE",
    show_default="the handout's first",
    shell_complete=complete_languages,
    help="The language.",
)
@NO_CACHE
@OUTPUT
@JSON
@click.pass_obj
def command(
    settings: Settings,
    /,
    handout: str,
    since: str | None,
    lang: str | None,
    no_cache: bool,
    output: Path,
    as_json: bool,
) -> None:
    """Show what changed in a handout, for the person who is to sign it again.

    Sentence by sentence here; with the pages before and after side by side in one HTML file and
    in one PDF.
    """
    from generator.review.comparison import Wish, compare

    library = settings.load()
    words = library.handout(handout, lang or library.languages(handout)[0])
    wish = Wish(output, settings.today(library), cache_for(no_cache))
    compared = compare(library, words, since, wish)
    if as_json:
        print_json(_as_data(compared))
    else:
        _show(compared)


def _show(compared: Compared) -> None:
    from generator.library import shown

    handout = compared.handout
    click.echo(f"{handout.id} ({handout.language}): {compared.summary}")
    for state in (compared.before, compared.after):
        click.echo(f"{state.called} ({state.digest})")
    for number, change in enumerate(compared.changes, start=1):
        click.echo(f"\n{number}. {change.place}{' (moved)' if change.moved else ''}")
        if change.before is not None:
            click.echo(f"  - {change.before}")
        if change.after is not None:
            click.echo(f"  + {change.after}")
    if compared.files:
        click.echo("\nSide by side: " + ", ".join(shown(file) for file in compared.files))


def _as_data(compared: Compared) -> dict[str, Any]:
    from generator.library import shown

    pages = compared.pages or (((), ()),) * len(compared.changes)
    numbered = enumerate(zip(compared.changes, pages, strict=True), start=1)
    entry = compared.entry
    return {
        "id": compared.handout.id,
        "language": compared.handout.language,
        "before": {
            "version": compared.before.version,
            "digest": compared.before.digest,
            "signed_by": entry.by if entry else None,
            "signed_on": entry.on.isoformat() if entry else None,
        },
        "after": {"version": compared.after.version, "digest": compared.after.digest},
        "counts": compared.counts,
        "changes": [
            {
                "number": number,
                "kind": change.kind,
                "place": change.place,
                "before": change.before,
                "after": change.after,
                "pages_before": list(before),
                "pages_after": list(after),
            }
            for number, (change, (before, after)) in numbered
        ],
        "files": [shown(file) for file in compared.files],
    }
