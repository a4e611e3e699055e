"""The command line: each command parses, calls the pipeline, prints, and sets an exit code."""

from generator.cli.main import main

__all__ = ["main"]
