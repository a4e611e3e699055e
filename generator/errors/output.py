"""What goes wrong where pages are written, and with the machine that prints them."""

from __future__ import annotations

from pathlib import Path

from generator.errors.base import ExitCode, HandoutsError


class OutputError(HandoutsError):
    exit_code = ExitCode.OUTPUT


class OutputInsideLibrary(OutputError):
    def __init__(self, folder: Path, owner: str) -> None:
        super().__init__(
            f"{folder} lies inside the library's {owner}/ folder. Printed pages can name "
            "patients and do not belong there; choose another folder with -o."
        )


class OutputNotWritable(OutputError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} could not be written: {reason}. Nothing was left behind.")
        self.path = path
        self.reason = reason


class FolderInUse(OutputError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"another run is writing into {folder}. Wait until it has ended, "
            "or choose another folder with -o."
        )


class FolderHoldsRun(OutputError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds an earlier run. To finish that run, add --resume; "
            "for a new one choose another folder with -o."
        )


class NoRun(OutputError):
    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder}: {why}.")


class FileLocked(OutputError):
    def __init__(self, name: str, *, known: bool) -> None:
        why = "with another password" if known else "with a password"
        super().__init__(
            f"{name} is locked {why}. Name the file that holds its password with --encrypt-to."
        )


class LockedAtPrinter(OutputError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is locked with a password, which a printer does not have. Open it in a "
            "viewer and print it from there, or make it again without --encrypt-to."
        )


class PrinterError(OutputError):
    def __init__(self, printer: str, said: str, cure: str) -> None:
        super().__init__(f"the printer {printer} refused: {said}. {cure}")


class ClusterError(OutputError):
    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"the cluster at {address} cannot be used: {why}")


class MachineError(OutputError):
    """Something that the press needs is not on the machine."""

    def __init__(self, lacking: str, cure: str) -> None:
        super().__init__(f"{lacking}. {cure}")
