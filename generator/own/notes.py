"""What a new library says of itself, folder by folder, to the people who go on with it."""

from __future__ import annotations

NOTES = {
    "README.md": """\
# {name}: handouts

The words are in `content/`, what can be printed and who signed it in `handouts/`, the looks in
`templates/`. What is not here comes from the library inside the program, which stands beneath this
one. Nothing of it is overridden unless `content/clinic.yaml` says so.

    handouts --library . list                  # what can be printed, where it stands, whose it is
    handouts --library . check                 # what to look at
    handouts --library . override FILE         # a file of yours in the place of a shipped one

Keep this folder under version control. Printed packets name patients and do not belong in it.
""",
    "content/README.md": """\
# The words

- `clinic.yaml`: the clinic, its phones, its facts and its rules. Always your own.
- `procedures/ID/LANGUAGE.yaml`, `topics/ID/LANGUAGE.yaml`: pages. A new id is a page of your own; a
  shipped one begins with `handouts override content/topics/ID/LANGUAGE.yaml`.
- `figures/`: pictures, each listed in `figures.yaml` with its maker and its licence.
- `examples/`: invented patients. Never a real one.
- `schemas/`: for editors that complete and check YAML.
""",
    "handouts/README.md": """\
# What can be printed

`ID/handout.yaml` names the pages of a handout of your own. `ID/signoffs.yaml` and `ID/signed/` are
written by `handouts review` alone, also for shipped handouts: sign-offs are always your own.
""",
    "templates/README.md": """\
# The looks

Empty: every template is the shipped one. Colours and logo are in `content/clinic.yaml`. To change
more, override a file: `handouts override templates/print.css`.
""",
    ".gitignore": "/out/\n",
}
"""By file; ``{name}`` is the clinic's."""
