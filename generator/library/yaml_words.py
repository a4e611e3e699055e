"""YAML's own complaints in an editor's words: where to look, what is usually meant, what to do."""

from __future__ import annotations

import yaml
from yaml._yaml import Mark as CMark

Mark = yaml.Mark | CMark


def explained(error: yaml.MarkedYAMLError, text: str) -> tuple[Mark | None, str]:
    """The place where an editor should look, and the usual cause spelled out."""
    problem = error.problem or ""
    mark = error.context_mark if problem in _SEEN_TOO_LATE else error.problem_mark
    before, at = _around(mark, text)
    if at.startswith("\t"):
        return mark, "a tab; indent with spaces"
    if problem in _MISFITS:
        return mark, _GOES_ON if before.strip() else _INDENT
    said = " ".join(part for part in (error.context, problem) if part)
    known = _WORDINGS.get(problem, f"is not YAML ({said}); mend this line or the one above")
    return mark, known.replace("{character}", at[:1])


def _around(mark: Mark | None, text: str) -> tuple[str, str]:
    """The line up to a mark, and the text from there on."""
    if mark is None:
        return "", ""
    return text[: mark.index].rpartition("\n")[2], text[mark.index :]


_CANNOT_START = "'{character}' cannot start a text; put the whole text in quotes"
_NOT_CLOSED = (
    "this '{character}' is not closed, or a ',' or a quote is missing inside it; "
    "add what is missing"
)
_INDENT = "does not line up with the lines above it; mend the indent"
_GOES_ON = (
    "does not fit here; put the whole text in quotes, "
    "or look for a quote that is not closed, here or above"
)
_MISFITS = {"did not find expected key", "did not find expected '-' indicator"}
_SEEN_TOO_LATE = {
    "could not find expected ':'": "a key without its ': '; add it, or mend the indent",
    "did not find expected ',' or ']'": _NOT_CLOSED,
    "did not find expected ',' or '}'": _NOT_CLOSED,
    "did not find expected alphabetic or numeric character": _CANNOT_START,
    "did not find expected comment or line break": _CANNOT_START,
    "found unexpected end of stream": "this quote is not closed; close it",
    "found unknown directive name": "'%' cannot start a line; put the whole text in quotes",
}
"""What YAML notices further on than where it began; there the editor has to look."""

_WORDINGS = _SEEN_TOO_LATE | {
    "mapping values are not allowed in this context": (
        "a ': ' does not fit here; put the whole text in quotes, or mend the indent"
    ),
    "found character that cannot start any token": _CANNOT_START,
    "found unknown escape character": (
        "a backslash inside double quotes; write it twice, or use single quotes"
    ),
    "did not find expected node content": "nothing stands here; fill it in or remove the ','",
}
