"""The exit codes: when each comes, and what to do then; ``docs/errors.md`` is made of it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Public: scripts rely on these numbers. The README's table is compared with them."""

    OK = 0
    """Done.

    Cure: nothing is to be done.
    """

    BUG = 1
    """A bug in the program.

    Cure: run the command again with -v, and report what it prints. Nothing half-made was left.
    """

    USAGE = 2
    """The command line is wrong, or names what is not there.

    Cure: mend the line as the message says; the same command with --help shows what it takes.
    """

    CONTENT = 3
    """The library's files have problems.

    Cure: open each file at the line that is named, and do what stands after the semicolon.
    """

    PLAN = 4
    """The plan or roster has problems.

    Cure: mend each row or line that is named. No row is left out in silence, and none is guessed.
    """

    SIGN_OFF = 5
    """Words that may not go to a patient.

    Cure: have a clinician sign them off: handouts review approve.
    """

    TEMPLATE = 6
    """A template or its labels are broken.

    Cure: mend the template at the line that is named, or take the last change back.
    """

    LAYOUT = 7
    """A page came out wrong.

    Cure: mend the block that is named: shorten it, or break it up. No page was written.
    """

    OUTPUT = 8
    """A file could not be written, or the machine lacks something.

    Cure: run handouts doctor; it names what is lacking, and the command that mends it.
    """

    PARTIAL = 9
    """The run finished, but some packets failed.

    Cure: the message and the manifest name the rows; mend them, and run again with --resume.
    """
