"""From the model to HTML: a view of what a template may see, and the templates applied to it."""

from generator.markup.clinic_view import brand_tokens
from generator.markup.diff_view import ChangeView, DiffView, PairView, SideView, WordsView
from generator.markup.fill import Mark, Marks, place_slot
from generator.markup.html import Rendered, environment, render, render_text
from generator.markup.labels import Labels, load_labels
from generator.markup.language_names import language_name
from generator.markup.look_view import look_view
from generator.markup.make_view import ViewMaker
from generator.markup.mark_parts import StampView
from generator.markup.own_pages import own_pages, own_view, screen_labels
from generator.markup.plan_parts import PlanView
from generator.markup.plan_view import OwnPages
from generator.markup.stationery import (
    blank_paper,
    change_stamps,
    identity_stamp,
    language_notice,
    number_stamps,
    plan_paper,
    reprint_stamp,
    separator_paper,
    title_stamp,
)
from generator.markup.tokens import tokens
from generator.markup.view import Document, Edition

__all__ = [
    "ChangeView",
    "DiffView",
    "Document",
    "Edition",
    "Labels",
    "Mark",
    "Marks",
    "OwnPages",
    "PairView",
    "PlanView",
    "Rendered",
    "SideView",
    "StampView",
    "ViewMaker",
    "WordsView",
    "blank_paper",
    "brand_tokens",
    "change_stamps",
    "environment",
    "identity_stamp",
    "language_name",
    "language_notice",
    "load_labels",
    "look_view",
    "number_stamps",
    "own_pages",
    "own_view",
    "place_slot",
    "plan_paper",
    "render",
    "render_text",
    "reprint_stamp",
    "screen_labels",
    "separator_paper",
    "title_stamp",
    "tokens",
]
