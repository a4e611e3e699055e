"""Text in another script than its document's, set apart: with its direction and its script.

A Latin drug name in an Arabic line, a Chinese name in an English plan: without a box of its own
the line's direction turns brackets and telephone numbers around, and a screen reader takes the
words for those of the document's language. Which language they are in nobody has said, so the
mark names the script alone (``und-Latn``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape, unescape

_LETTERS = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Grek": "\u0370-\u03ff",
    "Cyrl": "\u0400-\u052f",
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Hani": "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Kana": "\u3041-\u30ff\u31f0-\u31ff",
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
}
_RIGHT_TO_LEFT = frozenset({"Hebr", "Arab"})
_WRITTEN_IN: Mapping[str, tuple[str, ...]] = {
    "ar": ("Arab",),
    "fa": ("Arab",),
    "ur": ("Arab",),
    "he": ("Hebr",),
    "ru": ("Cyrl",),
    "uk": ("Cyrl",),
    "el": ("Grek",),
    "zh": ("Hani",),
    "ja": ("Hani", "Kana"),
    "ko": ("Hang", "Hani"),
}
"""By the language's first subtag; any other language is written in Latin letters."""

_TAG = re.compile(r"(<[^>]*>)")
_BETWEEN = r"[\s\u00a0.,:;/+'’&%()_@#=\-–]*"
_NUMBER = r"[+(]?\d[\d().\-/\u00a0 ]*\d"
_DIGITS = 5
"""A number with signs in it and so many digits is one to call, to type or to compare."""


def set_apart(html: str, language: str, direction: str) -> str:
    """HTML with a ``span`` around each run of another script; ``direction`` is the document's.

    The title of the document and the values of attributes stay as they are: they are bare text.
    So does the text of an element that says its language itself.
    """
    own = _WRITTEN_IN.get(language.split("-", maxsplit=1)[0], ("Latn",))
    if direction == "ltr" and not _letters_besides(own).search(html):
        return html
    pattern = _pattern(own, direction)
    parts = _TAG.split(html)
    body = next((i for i, part in enumerate(parts) if part.startswith("<body")), 0)
    for index in range(body, len(parts)):
        if not (parts[index].startswith("<") or " lang=" in parts[index - 1]):
            parts[index] = "".join(_apart(unescape(parts[index]), pattern, direction))
    return "".join(parts)


def _apart(text: str, pattern: re.Pattern[str], direction: str) -> Iterator[str]:
    done = 0
    for run in pattern.finditer(text):
        yield escape(text[done : run.start()], quote=False)
        yield _span(run, direction)
        done = run.end()
    yield escape(text[done:], quote=False)


@cache
def _letters_besides(own: tuple[str, ...]) -> re.Pattern[str]:
    """Any letter of another script."""
    return re.compile(f"[{''.join(s for name, s in _LETTERS.items() if name not in own)}]")


@cache
def _pattern(own: tuple[str, ...], direction: str) -> re.Pattern[str]:
    """What to set apart. A run goes on over digits and signs while letters of its script follow;
    in lines that run from the right, so do numbers before and after it."""
    runs = []
    for script, letters in _LETTERS.items():
        if script in own:
            continue
        word = f"[{letters}][{letters}\u0300-\u036f]*"
        more = rf"(?:{_BETWEEN}(?:\d+{_BETWEEN})*{word})*"
        if direction == "rtl" and script not in _RIGHT_TO_LEFT:
            before = r"(?:\d[\d.,]*[\s\u00a0]?)?"
            after = rf"(?:{_BETWEEN}\d[\d.,]*\d|{_BETWEEN}\d)*\)?"
            runs.append(f"(?P<{script}>{before}{word}{more}{after})")
        else:
            runs.append(rf"(?P<{script}>{word}{more}\)?)")
    if direction == "rtl":
        runs.append(f"(?P<number>{_NUMBER})")
    return re.compile("|".join(runs))


def _span(run: re.Match[str], direction: str) -> str:
    text, script = run[0], run.lastgroup
    if script == "number":
        signs = any(not c.isdigit() and not c.isspace() for c in text)
        long = sum(c.isdigit() for c in text) >= _DIGITS
        return f'<span dir="ltr">{text}</span>' if signs and long else text
    turned = "rtl" if script in _RIGHT_TO_LEFT else "ltr"
    tail = ""
    if text.endswith(")") and text.count(")") > text.count("("):
        text, tail = text[:-1], ")"
    aside = f' dir="{turned}"' if turned != direction else ""
    return f'<span lang="und-{script}"{aside}>{escape(text, quote=False)}</span>{tail}'
