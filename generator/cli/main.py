"""The ``handouts`` command: global options, and commands that load only when they are called."""

from __future__ import annotations

import importlib
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

import click

from generator import __version__
from generator.cli import helping
from generator.cli.context import Settings
from generator.cli.moment import Moment
from generator.errors import ExitCode, HandoutsError, ProblemsError
from generator.private import no_core_dumps

GROUPS = {
    "Print": ("list", "build", "plan", "print", "serve"),
    "Print for many patients": ("intake", "batch", "verify"),
    "Sign off, and know who has what": ("review", "diff", "recall", "whatis"),
    "Write the words": ("init", "override", "check", "i18n", "schema"),
    "Look after the machine": ("doctor", "cache", "shred"),
}
"""The commands, by who needs them."""
COMMANDS = tuple(name for names in GROUPS.values() for name in names)
EPILOG = (
    helping.examples(
        "handouts list",
        "handouts build hip-replacement --large-print",
        "handouts plan plan.yaml --duplex",
        "handouts batch roster.csv -o tonight --print-run",
        "handouts doctor",
    )
    + """

\b
Every command explains itself: handouts COMMAND --help
All of it on one page: man handouts

\b
TAB completes what you type, once your shell knows how (docs/completion.md):
  eval "$(_HANDOUTS_COMPLETE=bash_source handouts)"
"""
)
ISSUES = "the project's issue tracker"


class LazyGroup(helping.Group):
    """Imports ``generator.cli.<command>`` when the command is called: ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"generator.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, names in GROUPS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            helping.write_commands(formatter, heading, [(n, c) for n, c in found if c])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
    epilog=EPILOG,
)
@click.version_option(__version__, prog_name="handouts")
@helping.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="HANDOUTS_LIBRARY",
    metavar="DIR",
    show_default="the one that came with the program",
    help="The folder that holds content/, handouts/ and templates/; HANDOUTS_LIBRARY names it too.",
)
@helping.option(
    "--as-of",
    type=Moment(),
    metavar="DATE",
    show_default="now",
    help="Act as if it were this day (2026-12-08) or time (2026-12-08T07:30).",
)
@helping.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
@helping.option("-v", "--verbose", is_flag=True, help="Say more; show a bug's whole trace.")
@click.pass_context
def handouts(ctx: click.Context, /, **options: Any) -> None:
    """Print patient handouts from reviewed words.

    Results go to standard output, everything else to standard error.
    """
    ctx.obj = Settings(**options)


def main() -> None:
    """Run the command; every way to end has its exit code and no traceback."""
    no_core_dumps()
    _hear_sigterm()
    verbose = bool({"-v", "--verbose"} & set(sys.argv))
    try:
        code = handouts.main(prog_name="handouts", standalone_mode=False)
    except HandoutsError as error:
        _fail(_worded(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("stopped.", _stopped_by or 130)
    except SystemExit as ended:  # click ends so after a TAB, or when our reader has gone
        sys.exit(ExitCode.OUTPUT if ended.code else ExitCode.OK)
    except Exception as bug:
        if verbose:
            raise
        _fail(
            f"this is a bug in the handout press: {type(bug).__name__}. Nothing half-made was "
            f"left behind. Run it again with -v and report what it prints to {ISSUES}.",
            ExitCode.BUG,
        )
    sys.exit((code == 130 and _stopped_by) or code or ExitCode.OK)


_stopped_by = 0
"""The exit code of the signal that asked to stop, if one did."""


def _hear_sigterm() -> None:
    """A system that shuts down is obeyed as Ctrl-C is: at once, with nothing half-written."""

    def stop(number: int, _: FrameType | None) -> None:
        global _stopped_by  # noqa: PLW0603  # a signal has no other way to say it
        _stopped_by = 128 + number
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)


def _worded(error: HandoutsError) -> str:
    if not isinstance(error, ProblemsError):
        return str(error)
    count = len(error.problems)
    return f"{error}\n{count} problem{'s' if count != 1 else ''} to mend; nothing was printed."


def _fail(message: str, code: int) -> None:
    click.echo(f"handouts: {message}", err=True)
    sys.exit(code)
