"""The same HTML as one self-contained page for a screen: pictures and faces inside it."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path

from generator.fonts.faces import FACES
from generator.model import Picture

_EMBEDDED = (("Regular", 400), ("Bold", 700))


def embedded_picture(_: str, picture: Picture) -> str:
    """A picture as a ``data:`` address."""
    return _data(picture.path)


def screen_html(html: str, css: str) -> str:
    """Put style and hyperlegible face into a page, so that it looks the same offline anywhere."""
    face = FACES[0]
    rules = "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{weight};src:url({_data(file)})}}'
        for style, weight in _EMBEDDED
        for file in sorted(face.folder.glob(f"*-{style}.ttf"))
    )
    return html.replace("</head>", f"<style>{rules}{css}</style></head>", 1)


def _data(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
