"""What a clinic's own library says of the one that it stands on."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Model, each_once
from generator.model.fields import Digest, Matching

_FILE = re.compile(r"(content|handouts|templates)(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")

LibraryFile = Annotated[
    str, Matching(_FILE, "the path of a file such as content/topics/fasting/en.yaml")
]


class OverriddenFile(Model):
    """One file of the library beneath in whose place the clinic has its own."""

    file: LibraryFile
    of: Digest = Field(description="the digest of the shipped file as it was then")


class Beneath(Model):
    """Written by ``handouts init`` and ``handouts override``."""

    library: Literal["shipped"] = Field(description="the copy inside the program")
    overrides: tuple[OverriddenFile, ...] = ()

    @model_validator(mode="after")
    def _files_once(self) -> Beneath:
        files = [entry.file for entry in self.overrides]
        each_once("overrides", files, "'{}' is listed twice; keep one")
        return self
