"""``handouts review approve|withdraw``: shows what is signed, asks, and adds it to the ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_handouts
from generator.cli.context import Settings, print_json
from generator.cli.options import JSON
from generator.cli.review_options import (
    BY,
    CREDENTIAL,
    LANG,
    NOTE,
    ON,
    ONLY_LANG,
    REASON,
    ROLE,
    VALID_MONTHS,
    YES,
)

if TYPE_CHECKING:
    from generator.library import Library
    from generator.model import Handout, SignOff
    from generator.review import Proposal, Signer, Terms
    from generator.signoff import Standing


@helping.command(
    "approve",
    short_help="Sign the words of a handout off, exactly as they are now.",
    epilog=helping.examples(
        "handouts review approve hip-replacement --lang en \\",
        '    --by "A. Example" --role "Orthopedic surgeon" --credential MD',
    ),
)
@click.argument("handout", metavar="ID", shell_complete=complete_handouts)
@LANG
@BY
@ROLE
@CREDENTIAL
@ON
@VALID_MONTHS
@NOTE
@YES
@JSON
@click.pass_obj
def approve(settings: Settings, /, handout: str, **options: Any) -> None:
    """Sign the words of the handout ID off, exactly as they are now.

    Shows what is signed and what changed since the last time, and asks. The entry is added to
    handouts/ID/signoffs.yaml, and the words are kept beside it.
    """
    from generator.review import propose, sign

    library = settings.load()
    wanted = library.handout(handout, _language(library, handout, options["lang"]))
    signer, terms = _signer(options), _terms(settings, library, options)
    proposal = propose(library, wanted, signer, terms)
    _tell(settings, _offered(settings, library, proposal))
    _confirm(options["yes"], "Sign these words?")
    _report(settings, proposal.after, sign(library, proposal), options["as_json"])


@helping.command(
    "withdraw",
    short_help="Take a sign-off back, at once.",
    epilog=helping.examples(
        'handouts review withdraw hip-replacement --by "A. Example" \\',
        '    --role "Orthopedic surgeon" --note "Wrong fasting time"',
    ),
)
@click.argument("handout", metavar="ID", shell_complete=complete_handouts)
@ONLY_LANG
@BY
@ROLE
@CREDENTIAL
@REASON
@YES
@JSON
@click.pass_obj
def withdraw(settings: Settings, /, handout: str, **options: Any) -> None:
    """Take the sign-off of the handout ID back, at once.

    Every page that is printed from then on says so, and no packet holds it. See also
    'handouts recall': the packets that were given out already.
    """
    from generator.review import withdraw as write
    from generator.review import withdrawals

    library = settings.load()
    languages = [options["lang"]] if options["lang"] else library.languages(handout)
    wanted = [library.handout(handout, language) for language in languages]
    entries = withdrawals(library, wanted, _signer(options), _terms(settings, library, options))
    title = entries[0].handout.title
    named = ", ".join(f"{one.handout.language} (version {one.entry.version})" for one in entries)
    _tell(settings, [f"{title}, {handout}: {named}", f"Reason: {options['note']}"])
    _confirm(options["yes"], "Withdraw it now?")
    for one in entries:
        entry = write(library, one)
        _report(settings, _signed(library, one.handout, entry), entry, options["as_json"])
    settings.say(f"Who has it already, with the operation still ahead: handouts recall {handout}")


def _tell(settings: Settings, lines: Iterable[str]) -> None:
    for line in lines:
        settings.say(line)


def _language(library: Library, handout: str, lang: str | None) -> str:
    languages = library.languages(handout)
    if lang is None and len(languages) > 1:
        raise click.UsageError(f"--lang is needed: it is written in {', '.join(languages)}.")
    return lang or languages[0]


def _signer(options: dict[str, Any]) -> Signer:
    from generator.review import Signer

    return Signer(options["by"], options["role"], options["credential"])


def _terms(settings: Settings, library: Library, options: dict[str, Any]) -> Terms:
    from generator.review import Terms

    today = settings.today(library)
    on: datetime | None = options.get("on")
    valid_months = options.get("valid_months")
    return Terms(today, on.date() if on else today, valid_months, options["note"])


def _offered(settings: Settings, library: Library, proposal: Proposal) -> Iterator[str]:
    """What is about to be signed, for the eyes of the person who signs."""
    from generator.pipeline import page_count
    from generator.review.since import changed_since_signed

    handout, entry = proposal.handout, proposal.entry
    pages = page_count(library, handout, settings.now(library))
    yield f"{handout.title} ({handout.id}, {handout.language}), version {handout.version}"
    yield f"  {pages} pages; words {entry.digest}"
    yield f"  It stands as: {proposal.before.state}."
    if handout.translates:
        source = handout.translates
        yield f"  A translation of {source.language}, version {source.version}, as it is now."
    yield from changed_since_signed(library, handout)
    yield f"  To read it first: handouts build {handout.id} --lang {handout.language}"
    by = ", ".join(filter(None, (entry.by, entry.credential, entry.role)))
    yield f"Signed by {by}, on {entry.on}; {_outlook(proposal.after)}."


def _outlook(after: Standing) -> str:
    """What becomes of the handout by this signature."""
    if after.missing:
        return f"still needed after that: {'; '.join(after.missing)}"
    if after.stands:
        return f"it will stand until {after.due}"
    return f"it will still not stand ({after.state}, {after.due})"


def _confirm(yes: bool, question: str) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("nobody is there to answer; add --yes in a script.")
    click.confirm(question, abort=True, err=True)


def _signed(library: Library, handout: Handout, entry: SignOff) -> Standing:
    """Where a handout stands with an entry more, on the day of that entry."""
    from generator.signoff import standing

    more = replace(handout, signoffs=(*handout.signoffs, entry))
    return standing(more, entry.on, library.clinic.review)


def _report(settings: Settings, after: Standing, entry: SignOff, as_json: bool) -> None:
    if as_json:
        written = entry.model_dump(mode="json") | {"seal": entry.seal}
        print_json({"entry": written, "state": after.state, "missing": list(after.missing)})
        return
    done = "signed" if entry.action == "approve" else "withdrawn"
    click.echo(f"{done}: {entry.language}, version {entry.version}, by {entry.by}")
    settings.say(f"Now: {after.state}{f' until {after.due}' if after.stands else ''}.")
    if after.missing and entry.action == "approve":
        settings.say(f"Still needed: {'; '.join(after.missing)}.")
