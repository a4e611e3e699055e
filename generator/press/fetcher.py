"""What a page may fetch: the library's own pictures, by id, and nothing else in the world."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.model import Picture


class PictureFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Serves ``<scheme><id>``; refuses every other address, so no request leaves the machine."""

    def __init__(self, pictures: Mapping[str, Picture], scheme: str) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._pictures, self._scheme = pictures, scheme

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        ours = url.startswith(self._scheme)
        picture = self._pictures.get(url.removeprefix(self._scheme)) if ours else None
        if picture is None:
            raise ValueError(f"{url} is not a picture of the library")
        kind = mimetypes.guess_type(picture.path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, picture.path.read_bytes(), {"Content-Type": kind})
