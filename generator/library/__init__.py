"""The library: finds the four folders, reads every file, cross-checks, and hands out Handouts."""

from generator.library.find import (
    FOLDERS,
    find_library,
    library_digest,
    library_stamp,
    refuse_inside,
)
from generator.library.kinds import SCHEMAS
from generator.library.ledger_file import add_entry
from generator.library.library import Library, load_library
from generator.library.places import shown, where
from generator.library.signed_words import kept
from generator.library.yaml_text import YamlText, read_yaml

__all__ = [
    "FOLDERS",
    "SCHEMAS",
    "Library",
    "YamlText",
    "add_entry",
    "find_library",
    "kept",
    "library_digest",
    "library_stamp",
    "load_library",
    "read_yaml",
    "refuse_inside",
    "shown",
    "where",
]
