"""The handout press: reviewed words in, printable patient handouts out."""

__version__ = "0.1.0"
