"""What goes wrong where pages are written, and with the machine that prints them."""

from __future__ import annotations

from pathlib import Path

from generator.errors.base import HandoutsError
from generator.errors.exit_code import ExitCode


class OutputError(HandoutsError):
    """Something could not be written, or could not be printed.

    Cure: the message says what to do; handouts doctor looks at disks, folders and printers.
    """

    exit_code = ExitCode.OUTPUT


class OutputInsideLibrary(OutputError):
    """Printed pages can name patients, and the library is shared and kept.

    Cure: name a folder outside of content/, handouts/ and templates/ with -o.
    """

    def __init__(self, folder: Path, owner: str) -> None:
        super().__init__(
            f"{folder} lies inside the library's {owner}/ folder. Printed pages can name "
            "patients and do not belong there; choose another folder with -o."
        )


class OutputNotWritable(OutputError):
    """The system did not let a file be written: a full disk, missing rights, a file in the way.

    Cure: mend what the system says, or name another folder with -o. Nothing half-written was
    left.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} could not be written: {reason}. Nothing was left behind.")
        self.path = path
        self.reason = reason


class FolderInUse(OutputError):
    """Two runs must not write into one folder.

    Cure: wait until the other run has ended, or name another folder with -o.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"another run is writing into {folder}. Wait until it has ended, "
            "or choose another folder with -o."
        )


class FolderHoldsRun(OutputError):
    """There is a run in the folder already, finished or not.

    Cure: go on with it (--resume), or name another folder with -o.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds an earlier run. To finish that run, add --resume; "
            "for a new one choose another folder with -o."
        )


class NoRun(OutputError):
    """The folder or the manifest is not what the command needs: no run, another run, or a
    damaged one.

    Cure: name the folder of the run, and the roster that it was made from.
    """

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder}: {why}{'' if why.endswith('?') else '.'}")


class LibraryChanged(OutputError):
    """A file of the library was saved while a run went on, and its packets would not be alike.

    Cure: run the same command again with --resume.
    """

    def __init__(self) -> None:
        super().__init__(
            "the library is not the one that the run began with; run again with --resume"
        )


class FileLocked(OutputError):
    """The file was made with --encrypt-to, and is locked.

    Cure: name the file that holds its password with --encrypt-to.
    """

    def __init__(self, name: str, *, known: bool) -> None:
        why = "with another password" if known else "with a password"
        super().__init__(
            f"{name} is locked {why}. Name the file that holds its password with --encrypt-to."
        )


class LockedAtPrinter(OutputError):
    """A printer cannot ask for a password.

    Cure: open the file in a viewer and print it there, or make it again without --encrypt-to.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is locked with a password, which a printer does not have. Open it in a "
            "viewer and print it from there, or make it again without --encrypt-to."
        )


class PrinterError(OutputError):
    """CUPS, or the queue, did not take the job.

    Cure: look at the queues with lpstat -p -a; handouts doctor names the command that wakes one.
    """

    def __init__(self, printer: str, said: str, cure: str) -> None:
        super().__init__(f"the printer {printer} refused: {said}. {cure}")


class StillPrinting(PrinterError):
    """CUPS has the job, or has not: it did not answer in time. The packet may come out.

    Cure: look at the printer and at lpstat -o before it is printed again; the register has it.
    """


class ClusterError(OutputError):
    """The Dask scheduler does not answer, or has no workers like this machine.

    Cure: start it and its workers as docs/cluster.md says, or leave --cluster out.
    """

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"the cluster at {address} cannot be used: {why}")


class MachineError(OutputError):
    """Something that the press needs is not on the machine.

    Cure: run the command that the message names; handouts doctor lists all that is lacking.
    """

    def __init__(self, lacking: str, cure: str) -> None:
        super().__init__(f"{lacking}. {cure}")
