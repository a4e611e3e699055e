"""Definition blocks that leave a meaning out have it from the glossary of their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from generator.errors import Problem
from generator.library.shelf import Shelved
from generator.model import Glossary, Words
from generator.model.blocks import DefinitionBlock

W = TypeVar("W", bound=Words)


def unexplained(item: Shelved[Words], glossary: Shelved[Glossary] | None) -> Iterator[Problem]:
    """Terms whose meaning is left out and is in no glossary."""
    for index, block in enumerate(item.model.blocks):
        for number, entry in enumerate(_terms(block)):
            if entry.meaning or (glossary and glossary.model.meaning(entry.term)):
                continue
            where = glossary.file.shown if glossary else "this language's glossary"
            message = f"'{entry.term}' has no meaning here or in {where}; write one"
            yield item.file.problem(("blocks", index, "terms", number), message)


def explained(words: W, glossaries: Mapping[str, Glossary], key: tuple[str, str]) -> W:
    """The same words with every meaning filled in; what is printed, and what is signed."""
    glossary = glossaries.get(key[1])
    if glossary is None or all(entry.meaning for block in words.blocks for entry in _terms(block)):
        return words
    blocks = tuple(
        block.model_copy(update={"terms": tuple(_filled(entry, glossary) for entry in block.terms)})
        if isinstance(block, DefinitionBlock)
        else block
        for block in words.blocks
    )
    return words.model_copy(update={"blocks": blocks})


def _filled(entry: DefinitionBlock.Term, glossary: Glossary) -> DefinitionBlock.Term:
    if entry.meaning:
        return entry
    return entry.model_copy(update={"meaning": glossary.meaning(entry.term) or ""})


def _terms(block: object) -> tuple[DefinitionBlock.Term, ...]:
    return block.terms if isinstance(block, DefinitionBlock) else ()
