"""What can go wrong, said once: problems as values, errors that know their exit code."""

from generator.errors.base import (
    ContentError,
    HandoutsError,
    LayoutError,
    LibraryNotFound,
    PlanError,
    ProblemsError,
    TemplateError,
    UnknownHandout,
    UnknownLanguage,
    UnknownLocale,
    UsageError,
)
from generator.errors.exit_code import ExitCode
from generator.errors.output import (
    ClusterError,
    FileLocked,
    FolderHoldsRun,
    FolderInUse,
    LibraryChanged,
    LockedAtPrinter,
    MachineError,
    NoRun,
    OutputError,
    OutputInsideLibrary,
    OutputNotWritable,
    PrinterError,
)
from generator.errors.problem import Problem
from generator.errors.signing import LedgerBusy, LedgerMoved, ReviewRefused, SignOffError

__all__ = [
    "ClusterError",
    "ContentError",
    "ExitCode",
    "FileLocked",
    "FolderHoldsRun",
    "FolderInUse",
    "HandoutsError",
    "LayoutError",
    "LedgerBusy",
    "LedgerMoved",
    "LibraryChanged",
    "LibraryNotFound",
    "LockedAtPrinter",
    "MachineError",
    "NoRun",
    "OutputError",
    "OutputInsideLibrary",
    "OutputNotWritable",
    "PlanError",
    "PrinterError",
    "Problem",
    "ProblemsError",
    "ReviewRefused",
    "SignOffError",
    "TemplateError",
    "UnknownHandout",
    "UnknownLanguage",
    "UnknownLocale",
    "UsageError",
]
