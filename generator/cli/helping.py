"""How commands explain themselves: grouped options, defaults, examples that can be copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import click

from generator.errors import nearest

RUN = "The run"
AGAIN = "Print a part of it again"
ROSTER = "The roster"
WORDS = "Which words"
PAGES = "The pages"
PRINTER = "The printer"
SIGNER = "Who signs, and what for"
REMOTE = "For other machines"
BESIDES = "Options"

GROUPS_OF_OPTIONS = (RUN, AGAIN, ROSTER, SIGNER, WORDS, PAGES, PRINTER, REMOTE, BESIDES)
"""The order in which a command shows its groups of options, where it has them."""

_RANGE = re.compile(r"(\d+)<=x<=(\d+)")


class Option(click.Option):
    """An option that knows its group in the help text."""

    def __init__(self, *declarations: Any, section: str = BESIDES, **attributes: Any) -> None:
        super().__init__(*declarations, **attributes)
        self.section = section

    def get_help_extra(self, ctx: click.Context) -> Any:
        """What click adds in brackets, in words: a range as one, a default without brackets."""
        extra = super().get_help_extra(ctx)
        if found := _RANGE.fullmatch(extra.pop("range", "")):
            extra["range"] = f"{found[1]} to {found[2]}"
        if isinstance(self.show_default, str):
            extra["default"] = self.show_default
        return extra


class Command(click.Command):
    """A command that shows its options by group."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record:
                found.setdefault(getattr(param, "section", BESIDES), []).append(record)
        for section in GROUPS_OF_OPTIONS:
            if section in found:
                with formatter.section(section):
                    formatter.write_dl(found[section])


class Group(click.Group):
    """A command of commands, in the order in which they were added."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, which suggests no command that is not loaded yet."""
        known = self.list_commands(ctx)
        slip = args[0] not in known and not ctx.resilient_parsing
        if slip and (near := nearest(args[0], known)):
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{near}'?")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands come first: they are what is looked for."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)


def write_commands(
    formatter: click.HelpFormatter, heading: str, commands: Sequence[tuple[str, click.Command]]
) -> None:
    """A list of commands under a heading, each with one line that says what it is for."""
    with formatter.section(heading):
        formatter.write_dl([(name, each.get_short_help_str(200)) for name, each in commands])


def examples(*lines: str) -> str:
    """The end of a help text: lines to copy. A test holds each against the real command."""
    listed = "\n".join(f"  {line}" for line in lines)
    several = sum(line.startswith("handouts") for line in lines) > 1
    return f"\b\n{'Examples' if several else 'Example'}:\n{listed}"


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """As ``click.command``, with options in groups."""
    return click.command(name, cls=Command, **attributes)


def group(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """As ``click.group``, in the order of use."""
    return click.group(name, cls=Group, **attributes)


option = partial(click.option, cls=Option)
"""As ``click.option``, with a ``section``."""
