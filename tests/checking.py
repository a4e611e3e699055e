"""What the tests of ``handouts check`` share: a page of a few blocks, and what is found on it."""

from __future__ import annotations

from pathlib import Path

from generator.check import Finding, look_over, looked_at
from generator.library import load_library
from generator.review import board
from tests.conftest import TODAY

TOPIC = "content/topics/sample-topic/en.yaml"
PROCEDURE = "content/procedures/sample-operation/en.yaml"
OTHER = "handouts/other/handout.yaml"

SOURCES = """\
sources:
  - id: test-guideline
    title: A test guideline
    publisher: Test Society
    short: Test Society 2020
    reviewed_by: {name: R. Example, role: Reviewer of the source}
    updated: "2020"
    read: 2026-01-31
"""


def text_block(text: str) -> str:
    """A block with one paragraph; the text stands in quotes."""
    return f"""\
  - id: only
    kind: text
    title: What you can do
    sources: [test-guideline]
    paragraphs:
      - '{text}'
"""


def write_page(
    folder: Path, blocks: str, *, purpose: str = "This is for you.", more: str = ""
) -> None:
    """Write the topic that both handouts of the tests' library share."""
    head = f"title: A sample topic\npurpose: {purpose}\nblocks:\n"
    (folder / TOPIC).write_text(head + blocks + SOURCES + more)


def look(folder: Path, *ids: str) -> tuple[Finding, ...]:
    """Everything that is found in the library, or in the handouts named."""
    library = load_library(folder)
    return look_over(looked_at(library, ids), board(library, TODAY, ids))


def found(folder: Path, rule: str, *ids: str) -> list[Finding]:
    """What one rule found."""
    return [finding for finding in look(folder, *ids) if finding.rule == rule]
