"""Writes ``docs/errors.md`` from the code, so that it stays true: ``make errors``.

Why an error comes and what to do then is in the description of its class; what it says is what
the class makes of the texts that it is raised with, and of invented values for the rest.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.errors import ExitCode, HandoutsError, Problem
from tests.conftest import REPO
from tests.raised import MODULES, calls, sayings

PAGE = REPO / "docs" / "errors.md"
BROKEN = REPO / "tests" / "broken"

INVENTED: dict[str, Any] = {
    "address": "tcp://scheduler:8786",
    "called": "tonight/print-run.pdf",
    "cure": "Look which printers there are and whether they take jobs: lpstat -p -a",
    "digest": "sha256:1f0c…",
    "extra": "cjk",
    "file": "scan.pdf",
    "findings": ["page 1, block main-points: 'Amoxicillin' goes past the right margin"],
    "folder": Path("tonight"),
    "handout": "hip-replacement",
    "known": ["en", "es"],
    "lacking": "CUPS is missing",
    "language": "fr",
    "line": 12,
    "message": "'section.titel' is not defined",
    "missing": "content/clinic.yaml",
    "name": "print-run.pdf",
    "old": [("hip-replacement (en), version 1.0", "its review holds until 2028-02-01")],
    "owner": "content",
    "path": Path("tonight/manifest.json"),
    "printer": "Ward3",
    "reason": "No space left on device",
    "refused": {"time_zone": "must be a time zone such as America/New_York, not 'Moon'"},
    "replaced": [("record EX-000123", "its operation was on 2027-03-16")],
    "revision": "v1.0",
    "said": "The printer or class does not exist",
    "template": "topic.html",
    "unsigned": [("hip-replacement (en)", "draft")],
    "who": "A. Example",
    "why": "it is damaged",
}
"""A value for each parameter of an error; a new parameter needs one."""

PROBLEMS = {
    "ContentError": Problem(
        "content/topics/fasting/en.yaml",
        *(20, 9, "block times, row 1"),
        "has 2 cells but there are 3 columns; give every row one cell a column",
    ),
    "PlanError": Problem(
        "roster.csv", *(8, 0, "row 7, record EX-000123, side"), "is missing; add left or right"
    ),
}
"""One problem for each error that lists them."""

CLICK = (
    "no-such-command",
    "buidl",
    "build --colour",
    "plan",
    "plan nowhere.yaml",
    "print hip-replacement",
    "build --paper a3",
    "batch roster.csv --jobs many",
    "batch roster.csv --jobs 999",
    "--as-of yesterday list",
)
"""Wrong command lines, for what click says of them."""

TOP = """# What is said when something is wrong, and what to do

Search this page for a few words of what is on your screen; `…` stands for what differs each time.
A message begins with `handouts:`, or with `Error:` where the command line itself is wrong; it says
what is wrong, where, and what to do, and goes to standard error.
The number is the exit code of the command. `make errors` writes this page from the code.
"""


def errors() -> list[type[HandoutsError]]:
    """Every class of error that the program raises, by exit code, in the order of the code."""
    for module in MODULES:
        name = ".".join(module.relative_to(REPO).with_suffix("").parts)
        if "__" not in name:
            importlib.import_module(name)
    return sorted(set(_below(HandoutsError)), key=lambda error: (error.exit_code, error.__name__))


def _below(error: type[HandoutsError]) -> Iterator[type[HandoutsError]]:
    yield error
    for inner in error.__subclasses__():
        yield from _below(inner)


def why(described: str | None) -> tuple[str, str]:
    """The cause and the cure in a description; raises :class:`ValueError` for one without."""
    cause, found, cure = " ".join((described or "").split()).partition(" Cure: ")
    if not found or not cause:
        message = "say in the description why it comes, and after 'Cure:' what to do then"
        raise ValueError(message)
    return cause, cure[0].upper() + cure[1:]


def codes() -> dict[ExitCode, str]:
    """The description of each exit code."""
    body = ast.parse(inspect.getsource(ExitCode)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for member, described in itertools.pairwise(body.body):
        if isinstance(member, ast.Assign) and isinstance(described, ast.Expr):
            assert isinstance(member.targets[0], ast.Name)
            assert isinstance(described.value, ast.Constant)
            found[ExitCode[member.targets[0].id]] = str(described.value.value)
    return found


def messages(error: type[HandoutsError]) -> list[str]:
    """All that an error of this class may say; none for one that is never raised itself."""
    said = (_said(error, c.texts, c.keywords) for c in calls() if c.name == error.__name__)
    return list(dict.fromkeys(itertools.chain.from_iterable(said)))


def _said(
    error: type[HandoutsError], texts: Iterable[tuple[str | None, ...]], keywords: dict[str, object]
) -> Iterator[str]:
    """What the class makes of the texts of one call."""
    if error.__init__ is Exception.__init__ or "__init__" not in _own(error):
        yield from filter(None, next(iter(texts), ()))
        return
    parameters = [name for name in inspect.signature(error.__init__).parameters if name != "self"]
    chosen = dict(itertools.zip_longest(parameters, texts, fillvalue=()))
    invented = INVENTED | {"problems": [PROBLEMS.get(error.__name__)]}
    given = [keywords] if any(keywords.values()) else _both(parameters, keywords)
    for flags in given:
        values: list[list[Any]] = []
        for name in parameters:
            own: list[Any] = [*chosen.get(name, ())]
            values.append(own or [flags[name] if name in flags else invented[name]])
        for one in itertools.islice(itertools.product(*map(_lists(error), parameters, values)), 8):
            yield _made(error, dict(zip(parameters, one, strict=True)))


def _own(error: type[HandoutsError]) -> set[str]:
    return {name for each in error.__mro__[:-3] for name in vars(each)}


def _both(parameters: list[str], keywords: dict[str, object]) -> list[dict[str, object]]:
    """A keyword that is computed may be either."""
    computed = [name for name in parameters if name in keywords]
    return [dict.fromkeys(computed, flag) for flag in (True, False)] if computed else [{}]


def _lists(error: type[HandoutsError]) -> Any:
    """Where a parameter is a list of texts, each text is one."""
    signature = inspect.signature(error.__init__)

    def wrap(name: str, values: list[Any]) -> list[Any]:
        kind = str(signature.parameters[name].annotation)
        wanted = kind.startswith("Iterable")
        return [[v] if wanted and isinstance(v, str) else v for v in values]

    return wrap


def _made(error: type[HandoutsError], values: dict[str, Any]) -> str:
    positional, keyword = [], {}
    for name, parameter in inspect.signature(error.__init__).parameters.items():
        if name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY:
            keyword[name] = values[name]
        else:
            positional.append(values[name])
    return str(error(*positional, **keyword))


def problems() -> dict[str, list[str]]:
    """What is said of the files in ``tests/broken``, without the place, by the kind of file."""
    found: dict[str, list[str]] = {}
    for case in sorted(BROKEN.iterdir()):
        for line in (case / "expected.txt").read_text().splitlines():
            if at := re.match(
                r"(?:handouts: )?((?:content|handouts)/\S*?)(?::\d+:\d+)?: (.*)", line
            ):
                found.setdefault(_kind(at[1]), []).append(at[2])
    return {
        kind: sorted(set(lines), key=lambda line: (_sort_key(line), line))
        for kind, lines in found.items()
    }


def _kind(path: str) -> str:
    if path.endswith("clinic.yaml"):
        return "content/clinic.yaml"
    if "examples" in path:
        return "a plan"
    return "handouts/" if path.startswith("handouts") else "the words"


def _sort_key(line: str) -> str:
    """The message without the place by id before it."""
    where, found, message = line.partition(": ")
    return message if found and "'" not in where else line


ROOMS = {
    "Words, handouts and the clinic (3)": ("model", "library"),
    "Plans and rosters (4)": ("intake",),
    "Pages (7)": ("press", "compose", "bounds", "fonts"),
}
"""The rooms whose messages say what is wrong, a semicolon, and what to do."""


def page() -> str:
    """The whole page."""
    described = codes()
    parts = [TOP, *_contents(described)]
    known = errors()
    for code in ExitCode:
        parts.append(f"\n## {code.value} {code.name}\n")
        parts.append(_why(described[code]))
        if lines := _besides().get(code):
            parts.append(_block(lines))
        parts += [_section(error) for error in known if error.exit_code == code and messages(error)]
    parts.append(_stopped())
    parts.append("\n# What is said of files\n")
    for kind, lines in problems().items():
        parts.append(f"\n## Of {kind}\n\nThe place comes first: `path:line:column: where: `.\n")
        parts.append(_table(_split(line) for line in lines))
    parts.append("\n# All messages that name their cure\n")
    for heading, rooms in ROOMS.items():
        parts.append(f"\n## {heading}\n")
        parts.append(_table(sayings(rooms)))
    return "\n".join(parts).replace("\n\n\n", "\n\n").rstrip() + "\n"


def _contents(described: dict[ExitCode, str]) -> Iterator[str]:
    yield "| code | name | when | what to do |\n| --- | --- | --- | --- |"
    for code, text in described.items():
        cause, cure = why(text)
        link = f"[{code.name}](#{code.value}-{code.name.lower()})"
        yield f"| {code.value} | {link} | {cause} | {cure} |"


def _section(error: type[HandoutsError]) -> str:
    heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", error.__name__).capitalize()
    shown = _block(f"handouts: {line}" for line in messages(error))
    return f"\n### {heading}\n\n{_why(error.__doc__)}\n{shown}"


def _why(described: str | None) -> str:
    cause, cure = why(described)
    return f"{cause}\n\n**What to do:** {cure}\n"


def _block(lines: Iterable[str]) -> str:
    return "```text\n" + "\n".join(lines) + "\n```\n"


def _split(line: str) -> tuple[str, str]:
    wrong, found, cure = line.rpartition("; ")
    return (wrong, cure) if found else (line, "")


def _table(rows: Iterable[tuple[str, str]]) -> str:
    head = "| on the screen | what to do |\n| --- | --- |"
    listed = (f"| {_code(wrong)} | {_code(cure) or 'write it so'} |" for wrong, cure in rows)
    return "\n".join((head, *listed)) + "\n"


def _code(text: str) -> str:
    """A text as it stands on the screen, in a cell of a table."""
    return f"`{text}`".replace("|", "\\|") if text else ""


def _besides() -> dict[ExitCode, list[str]]:
    """What is said without an exception of ours."""
    rows = [f"row … (record …): {text}" for text in told("Failure")]
    return {
        ExitCode.BUG: [f"handouts: {text}" for text in told("_fail") if "bug" in text],
        ExitCode.USAGE: _of_click(),
        ExitCode.PARTIAL: [*rows, "Mend what failed, and run the same command with --resume."],
    }


def _of_click() -> list[str]:
    """What click says of wrong lines, and what we say of contradictions in right ones."""
    import click

    from generator.cli.main import handouts

    found: list[str] = []
    for line in CLICK:
        try:
            handouts.main(line.split(), prog_name="handouts", standalone_mode=False)
        except click.ClickException as error:
            found.append(error.format_message())
    ours = told("click.UsageError", "click.BadParameter", "self.fail")
    return [f"Error: {text}" for text in (*found, *ours)]


def told(*names: str) -> list[str]:
    """The texts that these are called with first, wherever that is."""
    found = [c.texts[0] for c in calls() if c.name in names and c.texts]
    texts = [text for texts in found for text in texts if text]
    return list(dict.fromkeys(texts))


def _stopped() -> str:
    described = (
        "Ctrl-C (130), or a system that shuts down (143). Cure: run it again; a batch goes on "
    )
    said = _block(["handouts: stopped."])
    return f"\n## 130, 143: stopped\n\n{_why(described + 'with --resume.')}\n{said}"


def main() -> None:
    """Write the page, as an activated environment says it."""
    os.environ["VIRTUAL_ENV"] = sys.prefix
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
