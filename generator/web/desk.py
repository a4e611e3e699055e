"""The desk as a whole: what every page of it needs, and how a page is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from generator.cache import Cache, usual_cache
from generator.errors import UsageError
from generator.library import Library
from generator.markup import Labels, environment, language_name
from generator.pipeline import Order
from generator.private import machine_key
from generator.web.layout import Layout
from generator.web.memory import Memory, desk_folder, remember, remembered
from generator.web.said import said_in
from generator.web.sessions import Sessions
from generator.web.stock import Stock
from generator.web.words import LANGUAGES, labels_of, language_of, states

PAGES = Path(__file__).resolve().parent / "pages"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the desk was started with: whether words that nobody signed may be printed for a
    patient, and the address by which an editor opens a file (``vscode://file/{file}:{line}``)."""

    allow_unreviewed: bool = False
    editor: str | None = None
    watch: bool = False

    def __post_init__(self) -> None:
        scheme = (self.editor or "x-editor:").partition(":")[0].lower()
        if scheme in {"javascript", "data", "vbscript", ""} or (
            self.editor and ("{file}" not in self.editor or ":" not in self.editor)
        ):
            raise UsageError(
                f"--editor {self.editor}: this opens no file. Write an address with {{file}} and "
                "{line} in it, such as vscode://file/{file}:{line}:{column}"
            )

    def link(self, path: str, line: int, column: int) -> str:
        """The address that opens a file at a place; nothing without an editor, or a file."""
        if not self.editor or not path or not Path(path).is_file():
            return ""
        file = str(Path(path).resolve())
        begins = re.search(r"[^/:]/\{file\}", self.editor)  # the slash is there already
        file = file.lstrip("/") if begins else file
        place = {"{file}": file, "{line}": line, "{column}": column}
        address = self.editor
        for name, value in place.items():
            address = address.replace(name, quote(str(value), safe="/"))
        return address


@dataclass
class Desk:
    """One library at one address."""

    library: Path
    clock: Callable[[Library], datetime]
    wishes: Wishes = field(default_factory=Wishes)
    fallback: str | None = None
    password: str | None = None
    folder: Path = field(default_factory=desk_folder)
    cache: Cache = field(default_factory=usual_cache)
    stock: Stock = field(init=False)
    layout: Layout = field(init=False)
    sessions: Sessions = field(init=False)
    closing: Event = field(default_factory=Event)
    """Set when somebody stops the desk."""

    def __post_init__(self) -> None:
        self.stock = Stock(self.library, self.fallback, self.clock)
        self.layout = Layout(self.stock, self.cache)
        self.sessions = Sessions(machine_key(self.folder / "key"), self.password)

    @property
    def memory(self) -> Memory:
        return remembered(self.folder)

    def remember(self, memory: Memory) -> None:
        """Keep what is worth keeping until tomorrow."""
        remember(self.folder, memory)

    def named(self, path: str) -> str:
        """A file as an editor knows it: by its name in the library, or as it was said."""
        layers, file = self.stock.layers, Path(path).absolute()
        name = layers.name_of(file) if layers else None
        if name is None or layers is None:
            return path
        return f"{name} (shipped)" if layers.is_beneath(file) else name

    def link(self, path: str, line: int, column: int) -> str:
        """The address that opens a file in an editor; none for a shipped one, which an update
        would write over."""
        layers = self.stock.layers
        shipped = layers is not None and layers.is_beneath(Path(path).absolute())
        return "" if shipped else self.wishes.link(path, line, column)

    def order(self, **wanted: Any) -> Order:
        """An order as of now; the desk writes no file of a handout."""
        return Order(Path(), self.stock.moment(), cache=self.cache, **wanted)

    def labels(self, request: Request) -> Labels:
        """What the desk says, in the language of whoever asks."""
        return labels_of(language_of(request), self.stock.country)

    def page(self, request: Request, template: str, status: int = 200, **view: Any) -> Response:
        """A page of the desk's own."""
        labels = self.labels(request)
        session = session_of(request)
        html = (
            environment(PAGES)
            .get_template(template)
            .render(
                _=labels,
                language=labels.language,
                languages=LANGUAGES,
                states=states(labels),
                language_name=partial(language_name, labels),
                say=partial(said_in, labels),
                token=self.sessions.token(session) if session else "",
                here=request.url.path,
                back=_back(request),
                clinic=self.stock.clinic_name,
                colour=self.stock.colour,
                remote=self.password is not None,
                editor=self.link,
                named=self.named,
                **view,
            )
        )
        return HTMLResponse(html, status)


def _back(request: Request) -> str:
    """The page to come back to in another language; a form's answer has no address of its own."""
    path = request.url.path
    return path if request.method == "GET" else f"/{path.split('/')[1]}"


def session_of(request: Request) -> str:
    """The session that a request belongs to; empty for somebody who has not come in."""
    return str(request.scope.get("state", {}).get("session", ""))
