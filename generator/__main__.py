"""``python -m generator`` is the ``handouts`` command."""

from generator.cli import main

main()
