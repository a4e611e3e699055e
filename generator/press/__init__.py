"""From HTML to checked pages: WeasyPrint behind one door, with our fonts and no network."""

from generator.press.colours import colour_profile
from generator.press.page import Printed, picture_address, print_pdf
from generator.press.pictures import UnreadablePages, page_count, page_pictures
from generator.press.screen import embedded_picture, screen_html
from generator.press.slots import Rectangle

__all__ = [
    "Printed",
    "Rectangle",
    "UnreadablePages",
    "colour_profile",
    "embedded_picture",
    "page_count",
    "page_pictures",
    "picture_address",
    "print_pdf",
    "screen_html",
]
