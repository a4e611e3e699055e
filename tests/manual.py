"""Writes the man page, ``docs/handouts.1``, from the commands themselves: ``make manual``.

One page for the whole program, in the language of man(7). A library for this (click-man) writes a
page for each command and knows neither our groups nor our examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent, wrap

import click

from generator.cli.helping import BESIDES, GROUPS_OF_OPTIONS
from generator.cli.main import GROUPS, handouts
from generator.errors import ExitCode
from tests.conftest import REPO
from tests.errors import codes, why

PAGE = REPO / "docs" / "handouts.1"

VARIABLES = {
    "HANDOUTS_LIBRARY": "The library, where --library names none.",
    "HANDOUTS_REGISTER": "The folder of the register for recalls; the machines of a clinic share "
    "one. Otherwise ~/.local/state/handout-press/register.",
    "HANDOUTS_DESK": "The folder in which the desk remembers favourites and its secret. Otherwise "
    "~/.local/state/handout-press/desk.",
    "HANDOUTS_CACHE": "The folder of laid-out pages without a patient. Otherwise "
    "~/.cache/handout-press/fragments.",
    "HANDOUTS_RENDER_SECONDS": "How many seconds one document may be laid out; 60 if not set.",
    "HANDOUTS_RENDER_MEGABYTES": "How many megabytes that may take; 1500 if not set.",
}
"""What the environment may say. A test looks whether the code reads these, and no others."""

DESCRIPTION = """\
Prints patient handouts that a clinician has signed off: one for anybody, one packet for one
patient with a plan of their own, or a night's packets from a roster. Words that no sign-off
covers are marked on every page, and no patient's packet is printed from them.

Results go to standard output, everything else to standard error. What a command prints with
--json is stable."""


def escaped(text: str) -> str:
    """A text as roff reads it: no backslash, hyphen, quote or leading dot means anything else."""
    for plain, roff in (("\\", "\\e"), ("-", "\\-"), ("'", "\\(aq"), ("`", "\\(ga")):
        text = text.replace(plain, roff)
    for plain, roff in (("…", "\\[u2026]"), ("→", "\\(->"), ("^", "\\(ha"), ("~", "\\(ti")):
        text = text.replace(plain, roff)
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in text.split("\n"))


def filled(text: str) -> str:
    """A running text, in lines that a person can read in the source as well."""
    lines = wrap(" ".join(text.split()), 72, break_long_words=False, break_on_hyphens=False)
    return "\n".join(map(escaped, lines))


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH HANDOUTS 1 "" "handout\\-press" "The handout press"'
    yield ".\\\" Written from the commands by 'make manual'; change those."
    yield from (".nh", ".ad l")  # commands and addresses are copied from here
    yield from (".SH NAME", "handouts \\- print patient handouts from reviewed words")
    yield from (
        ".SH SYNOPSIS",
        ".B handouts",
        "[\\fIoptions\\fR] \\fIcommand\\fR [\\fIargument\\fR ...]",
    )
    yield from (".SH DESCRIPTION", *_paragraphs(DESCRIPTION))
    yield ".SH OPTIONS"
    yield from _options(handouts)
    context = click.Context(handouts, info_name="handouts")
    for heading, names in GROUPS.items():
        yield f".SH {escaped(heading.upper())}"
        for name in names:
            command = handouts.get_command(context, name)
            assert command
            yield from _command(command, f"handouts {name}")
    yield from _ends()


def _command(command: click.Command, path: str) -> Iterator[str]:
    """A command and all that are in it."""
    if isinstance(command, click.Group):
        yield from (f".SS {escaped(path)}", *_paragraphs(command.help or ""))
        for name, inner in command.commands.items():
            yield from _command(inner, f"{path} {name}")
        return
    arguments = " ".join(p.make_metavar(click.Context(command)) for p in _arguments(command))
    yield from (f".SS {escaped(' '.join(filter(None, (path, arguments))))}",)
    yield from _paragraphs(command.help or "")
    yield from _options(command)
    yield from _examples(command)


def _arguments(command: click.Command) -> list[click.Parameter]:
    return [param for param in command.params if isinstance(param, click.Argument)]


def _options(command: click.Command) -> Iterator[str]:
    """The options of a command, by group; --help is told once, at the top."""
    context = click.Context(command, show_default=True)
    context.help_option_names = ["-h", "--help"]
    own = command.get_params(context) if command is handouts else command.params
    found: dict[str, list[tuple[str, str]]] = {}
    for param in own:
        record = param.get_help_record(context) if isinstance(param, click.Option) else None
        if record:
            found.setdefault(getattr(param, "section", BESIDES), []).append(record)
    for section in GROUPS_OF_OPTIONS:
        if section in found:
            if len(found) > 1:
                yield from (".PP", f"\\fI{escaped(section)}\\fR")
            for names, said in found[section]:
                yield from (".TP", f"\\fB{escaped(names)}\\fR", filled(said))


def _examples(command: click.Command) -> Iterator[str]:
    listed = dedent((command.epilog or "").partition(":\n")[2]).rstrip()
    if listed:
        yield from (".PP", ".RS 4", ".nf", *escaped(listed).split("\n"), ".fi", ".RE")


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", dedent(text).strip())):
        if number:
            yield ".PP"
        yield filled(paragraph)


def _ends() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for code, described in codes().items():
        cause, cure = why(described)
        said = cause if code is ExitCode.OK else f"{cause} {cure}"
        yield from (".TP", f"\\fB{code.value}\\fR", filled(said))
    yield from (".TP", "\\fB130\\fR, \\fB143\\fR", "Stopped by Ctrl\\-C, or by the system.")
    yield ".SH ENVIRONMENT"
    for name, described in VARIABLES.items():
        yield from (".TP", f"\\fB{name}\\fR", filled(described))
    yield ".SH COMPLETION"
    yield from ("To have bash complete what you type, put this line into \\(ti/.bashrc;",)
    yield "zsh and fish have the same with \\fIzsh_source\\fR and \\fIfish_source\\fR:"
    line = 'eval "$(_HANDOUTS_COMPLETE=bash_source handouts)"'
    yield from (".PP", ".RS 4", ".nf", escaped(line), ".fi", ".RE")
    yield from (".SH SEE ALSO", ".BR lp (1),", ".BR lpstat (1)")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
