"""From the model to HTML: a view of what a template may see, and the templates applied to it."""

from generator.markup.html import render
from generator.markup.labels import load_labels
from generator.markup.make_view import ViewMaker
from generator.markup.view import Document, Edition

__all__ = ["Document", "Edition", "ViewMaker", "load_labels", "render"]
