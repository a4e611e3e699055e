"""Problems as values, and the errors of words, plans, sign-offs and layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Public: scripts rely on these numbers. The README's table is compared with them."""

    OK = 0
    BUG = 1
    USAGE = 2
    CONTENT = 3
    PLAN = 4
    SIGN_OFF = 5
    TEMPLATE = 6
    LAYOUT = 7
    OUTPUT = 8
    PARTIAL = 9


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a person has to mend.

    ``path`` is the file as the user would name it; ``line`` and ``column`` count
    from 1, and 0 means that the problem is the whole file's. ``where`` names the
    place by id ("block what-to-expect, item 2"), never by a patient's name.
    """

    path: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return ": ".join(part for part in (place, self.where, self.message) if part)


class HandoutsError(Exception):
    """Anything the user can mend. Everything else that is raised is a bug."""

    exit_code = ExitCode.BUG


class UsageError(HandoutsError):
    exit_code = ExitCode.USAGE


class LibraryNotFound(UsageError):
    def __init__(self, folder: Path, missing: str) -> None:
        super().__init__(
            f"{folder} is not a library: it has no {missing}. "
            "Name the folder that holds content/, handouts/ and templates/ "
            "with --library or HANDOUTS_LIBRARY."
        )


class ShippedFile(UsageError):
    """What is to be written is a file of the library beneath, which belongs to the program.

    Cure: make it the clinic's own with 'handouts override', then run the command again.
    """

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is the shipped library's, and an update would undo what is written there. "
            f"Make it the clinic's own first: handouts override {file}"
        )


class UnknownHandout(UsageError):
    def __init__(self, handout: str, known: Iterable[str]) -> None:
        super().__init__(f"no handout is called '{handout}'. There are: {', '.join(known)}.")


class UnknownLanguage(UsageError):
    def __init__(self, handout: str, language: str, known: Iterable[str]) -> None:
        super().__init__(
            f"handout {handout} is not written in '{language}'. It is in: {', '.join(known)}."
        )


class UnknownLocale(UsageError):
    def __init__(self, language: str) -> None:
        super().__init__(
            f"'{language}' is no language that Unicode's CLDR knows. "
            "Write a tag such as es, ar or zh-Hans."
        )


class ProblemsError(HandoutsError):
    """Several problems, all of them found in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(ProblemsError):
    exit_code = ExitCode.CONTENT


class PlanError(ProblemsError):
    exit_code = ExitCode.PLAN


class SignOffError(HandoutsError):
    """Words that do not stand may not go to a patient."""

    exit_code = ExitCode.SIGN_OFF

    def __init__(self, unsigned: Iterable[tuple[str, str]]) -> None:
        self.unsigned = tuple(unsigned)
        listed = "\n".join(f"  {handout}: {state}" for handout, state in self.unsigned)
        super().__init__(
            f"not printed: these words may not go to a patient yet.\n{listed}\n"
            "A clinician has to sign them off first. To print them all the same, "
            "marked on every page, add --allow-unreviewed."
        )


class ReviewRefused(HandoutsError):
    """A sign-off or a withdrawal that is not taken."""

    exit_code = ExitCode.SIGN_OFF


class LedgerMoved(ReviewRefused):
    def __init__(self, handout: str) -> None:
        super().__init__(
            f"{handout}: somebody signed or withdrew while you were reading, so nothing was "
            f"written. Look at 'handouts review log {handout}', and run the command again."
        )


class LedgerBusy(ReviewRefused):
    def __init__(self, handout: str) -> None:
        super().__init__(
            f"{handout}: somebody is writing in its ledger at this moment. Run the command again."
        )


class TemplateError(HandoutsError):
    exit_code = ExitCode.TEMPLATE

    def __init__(self, template: str, line: int | None, message: str) -> None:
        place = f"{template}:{line}" if line else template
        super().__init__(f"{place}: {message}. Mend the template; no page was written.")


class LayoutError(HandoutsError):
    """A page came out wrong, so there is no page."""

    exit_code = ExitCode.LAYOUT

    def __init__(self, handout: str, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{handout}: {finding}" for finding in self.findings))
