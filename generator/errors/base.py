"""The errors of the command line, of words and plans, of templates and layout.

The description of an error says why it comes and, after "Cure:", what a user does then;
``docs/errors.md`` is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.errors.exit_code import ExitCode
from generator.errors.nearest import nearest
from generator.errors.problem import Problem


class HandoutsError(Exception):
    """Anything the user can mend. Everything else that is raised is a bug."""

    exit_code = ExitCode.BUG


class UsageError(HandoutsError):
    """Something on the command line, or in a variable of the environment, is not right.

    Cure: write it as the message says. --help after a command shows what it takes.
    """

    exit_code = ExitCode.USAGE


class LibraryNotFound(UsageError):
    """The folder that was named is not a library: something that each has is not in it.

    Cure: name the folder that holds content/, handouts/ and templates/, not one of the three.
    """

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
    """No folder in handouts/ has that name; often it is a slip of the pen.

    Cure: take one of the names that the message lists; TAB completes them.
    """

    def __init__(self, handout: str, known: Iterable[str]) -> None:
        names = tuple(known)
        near = nearest(handout, names)
        hint = f" Did you mean '{near}'?" if near else ""
        super().__init__(f"no handout is called '{handout}'.{hint} There are: {', '.join(names)}.")


class UnknownLanguage(UsageError):
    """The handout has no title in that language, so it is not written in it.

    Cure: take a language that the message lists, or leave --lang out. How a language is
    added: docs/languages.md.
    """

    def __init__(self, handout: str, language: str, known: Iterable[str]) -> None:
        super().__init__(
            f"handout {handout} is not written in '{language}'. It is in: {', '.join(known)}."
        )


class UnknownLocale(UsageError):
    """A language is named in another way than the standard (BCP 47) names it.

    Cure: write its tag: es, ar, zh-Hans.
    """

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
    """A file of the library has a slip, or two files do not agree. All problems come in one go.

    Cure: open each file at the line and column that are named, and do what the message says.
    See "What is said of files" below.
    """

    exit_code = ExitCode.CONTENT


class PlanError(ProblemsError):
    """Something in a plan or a roster is missing, not clear, or against something else in it.

    Cure: mend the line or row that is named. What is clinical is never guessed: ask who
    decided it.
    """

    exit_code = ExitCode.PLAN


class TemplateError(HandoutsError):
    """A template, the stylesheet or a catalog of labels is not right.

    Cure: mend it at the place that is named, or take the last change back.
    templates/README.md shows what templates may use.
    """

    exit_code = ExitCode.TEMPLATE

    def __init__(self, template: str, line: int | None, message: str) -> None:
        place = f"{template}:{line}" if line else template
        super().__init__(f"{place}: {message}. Mend the template; no page was written.")


class LayoutError(HandoutsError):
    """A page came out wrong, so there is no page.

    Text runs past a margin, a letter is in no font, a picture is broken, or it took too long.

    Cure: mend the block that is named; no page was written.
    """

    exit_code = ExitCode.LAYOUT

    def __init__(self, handout: str, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{handout}: {finding}" for finding in self.findings))
