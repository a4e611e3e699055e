"""The small language inside a text, and what is not a part of it."""

from __future__ import annotations

import pytest

from generator.model.inline import Run, fact_names, runs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [Run("text", "plain")]),
        ("{a-fact}", [Run("fact", "a-fact")]),
        ("wait {a}.", [Run("text", "wait "), Run("fact", "a"), Run("text", ".")]),
        ("**now**", [Run("strong", "now", strong=True)]),
        (
            "**in {a}** or so",
            [
                Run("strong", "in ", strong=True),
                Run("fact", "a", strong=True),
                Run("text", " or so"),
            ],
        ),
        ("{a}{b}", [Run("fact", "a"), Run("fact", "b")]),
        ("{{a}}", [Run("text", "{"), Run("fact", "a"), Run("text", "}")]),
        (
            "**a** b **c**",
            [Run("strong", "a", strong=True), Run("text", " b "), Run("strong", "c", strong=True)],
        ),
    ],
)
def test_facts_and_strong_words(text: str, expected: list[Run]) -> None:
    assert list(runs(text)) == expected


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{ a }", "{}", "2 * 3 ** 4", "**", "a*b*c", "}{", "50% {", "<b>x</b>"]
)
def test_everything_else_is_text(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == text
    assert {run.kind for run in runs(text)} == {"text"}


def test_the_facts_of_a_text() -> None:
    assert fact_names("**{a} and {b}**, {a} again") == {"a", "b"}
