"""A clinic's own library over the shipped one: begun from a few answers, overridden by file."""

from generator.own.answers import DEFAULTS, NEEDED, Answers, AnswersRefused, refusals
from generator.own.begin import FolderRefused, begin, refuse_folder
from generator.own.hours import office_hours
from generator.own.overridable import Overridable, overridable
from generator.own.override import mark_seen, override, overrides, what_changed
from generator.own.shipped import Shipped, shipped
from generator.own.undo import Undone, undo

__all__ = [
    "DEFAULTS",
    "NEEDED",
    "Answers",
    "AnswersRefused",
    "FolderRefused",
    "Overridable",
    "Shipped",
    "Undone",
    "begin",
    "mark_seen",
    "office_hours",
    "overridable",
    "override",
    "overrides",
    "refusals",
    "refuse_folder",
    "shipped",
    "undo",
    "what_changed",
]
