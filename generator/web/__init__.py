"""The desk: pick, fill in, look, print, in a browser, through the same pipeline."""

from generator.web.desk import Desk, Wishes
from generator.web.serve import Address, read_password, serve

__all__ = ["Address", "Desk", "Wishes", "read_password", "serve"]
