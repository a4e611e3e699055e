"""The same HTML as one self-contained page for a screen: pictures and faces inside it."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Iterator
from pathlib import Path

from generator.fonts.faces import Face, required
from generator.model import Picture

_EMBEDDED = (("Regular", "400"), ("Bold", "700"))


def embedded_picture(_: str, picture: Picture) -> str:
    """A picture as a ``data:`` address."""
    return _data(picture.path)


def screen_html(html: str, css: str, family: str) -> str:
    """Put style and the brand's face into a page, so that it looks the same offline anywhere."""
    rules = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url({_data(file)})}}'
        for file, weight in _files(required(family))
    )
    return html.replace("</head>", f"<style>{rules}{css}</style></head>", 1)


def _files(face: Face) -> Iterator[tuple[Path, str]]:
    """The upright files of a face and the weights in each; a variable file has them all."""
    for style, weight in _EMBEDDED:
        yield from ((file, weight) for file in sorted(face.folder.glob(f"*-{style}.ttf")))
    for file in sorted(face.folder.glob("*[[]*wght[]].ttf")):
        if "Italic" not in file.name:
            yield file, "100 900"


def _data(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
