"""What TAB offers: handouts, languages, printers, files. Quick, and never an error.

Names are read off the folders of the library: that a word is offered says only that it is there.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_PACKAGE = Path(__file__).resolve().parents[1]
_PATIENCE = 2
"""Seconds that CUPS has to name its printers; nobody waits longer for a TAB."""
_PLAIN = re.compile(r"[\w./~+,@-]*")
"""What every shell takes without quotes."""


def _completer(find: Callable[[click.Context, str], Iterable[str]]) -> Completer:
    """Offers what was found and fits; whatever goes wrong, it offers nothing."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            found = {name for name in find(ctx, incomplete) if name.startswith(incomplete)}
        except Exception:  # a shell in the middle of a line is no place for a message
            return []
        return [CompletionItem(name) for name in sorted(found)]

    return complete


def library_of(ctx: click.Context) -> Path:
    """The library on this command line: as :func:`generator.library.find_library`, unchecked."""
    named = ctx.find_root().params.get("library")
    return Path(named) if named else _shipped()


def _shipped() -> Path:
    built_in = _PACKAGE / "_library"
    return built_in if built_in.is_dir() else _PACKAGE.parent


def _libraries(ctx: click.Context) -> Iterable[Path]:
    """The named library, and the shipped one if it stands on that."""
    named = library_of(ctx)
    yield named
    clinic = named / "content" / "clinic.yaml"
    if clinic.is_file() and re.search(r"^beneath:", clinic.read_text("utf-8"), re.MULTILINE):
        yield _shipped()


def _found(ctx: click.Context, pattern: str) -> Iterable[Path]:
    return (file for folder in _libraries(ctx) for file in folder.glob(pattern))


def _handouts(ctx: click.Context, _: str) -> Iterable[str]:
    taken = ctx.params.get("ids") or ()
    found = (file.parent.name for file in _found(ctx, "handouts/*/handout.yaml"))
    return (name for name in found if name not in taken)


def _languages(ctx: click.Context, _: str) -> Iterable[str]:
    return (file.stem for file in _found(ctx, "content/[pt]*/*/*.yaml"))


def _catalogs(ctx: click.Context, _: str) -> Iterable[str]:
    return (file.stem for file in _found(ctx, "templates/locale/*.po"))


def _printers(*_: object) -> Iterable[str]:
    asked = subprocess.run(
        ["lpstat", "-e"],  # noqa: S607  # CUPS's own, wherever it is
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return asked.stdout.split() if asked.returncode == 0 else ()


def _revisions(*_: object) -> Iterable[str]:
    return "last-signoff", "HEAD"


complete_handouts = _completer(_handouts)
complete_languages = _completer(_languages)
complete_catalogs = _completer(_catalogs)
complete_printers = _completer(_printers)
complete_revisions = _completer(_revisions)


def files(*suffixes: str, besides: Completer | None = None) -> Completer:
    """Files of these kinds; where none fits, whatever the shell itself would offer."""

    fitting = _completer(lambda _, incomplete: _fitting(incomplete, suffixes))

    def complete(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
        found = besides(ctx, param, begun) if besides else []
        found += fitting(ctx, param, begun)
        if found and all(_PLAIN.fullmatch(item.value) for item in found):
            return found
        return [CompletionItem(begun, type="file")]

    return complete


def _fitting(incomplete: str, suffixes: tuple[str, ...]) -> Iterable[str]:
    """The files that a path may become, written as it was begun."""
    begun, slash, name = incomplete.rpartition("/")
    folder = Path(begun + slash or ".").expanduser()
    return (
        f"{begun}{slash}{file.name}"
        for file in folder.iterdir()
        if file.name.startswith(name) and not file.name.startswith(".")
        if file.suffix.lower() in suffixes and file.is_file()
    )


complete_plans = files(".yaml", ".yml")
complete_rosters = files(".csv", ".xlsx", ".json", ".ndjson", ".yaml", ".yml")
complete_manifests = files(".json")
complete_printable = files(".pdf", besides=complete_handouts)
complete_copies = files(".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
