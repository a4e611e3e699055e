"""The library: finds the four folders, reads every file, cross-checks, and hands out Handouts."""

from generator.library.beneath import Overridden, clinic_of, layers_of
from generator.library.find import (
    CLINIC,
    FOLDERS,
    find_library,
    missing,
    refuse_inside,
    shipped_library,
)
from generator.library.kinds import SCHEMAS
from generator.library.layers import Layers, is_own
from generator.library.ledger_file import add_entry
from generator.library.library import Library, load_library
from generator.library.origin import Origin, origin
from generator.library.pictures import UnsafePicture, read_picture
from generator.library.places import shown, where
from generator.library.signed_words import kept
from generator.library.stamp import library_digest, library_stamp
from generator.library.yaml_text import YamlText, parse_yaml, read_yaml

__all__ = [
    "CLINIC",
    "FOLDERS",
    "SCHEMAS",
    "Layers",
    "Library",
    "Origin",
    "Overridden",
    "UnsafePicture",
    "YamlText",
    "add_entry",
    "clinic_of",
    "find_library",
    "is_own",
    "kept",
    "layers_of",
    "library_digest",
    "library_stamp",
    "load_library",
    "missing",
    "origin",
    "parse_yaml",
    "read_picture",
    "read_yaml",
    "refuse_inside",
    "shipped_library",
    "shown",
    "where",
]
