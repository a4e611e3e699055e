"""Traps measured on WeasyPrint 70 and PyYAML: each is shown to be there, and shut for us.

A trap that has gone from a newer version fails here, and its guard can be looked at again.
"""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pypdfium2
import pytest
import weasyprint
import yaml
from weasyprint.urls import URLFetcher

from generator.errors import LayoutError
from generator.library import load_library, read_yaml
from generator.pipeline import Order, build
from generator.press import print_pdf
from generator.press.fetcher import PictureFetcher
from tests.conftest import NOW, Run
from tests.test_press import CSS, HEAD, findings

SECRET = b"nobody may embed this"


class Listener:
    """A server of this machine that counts who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(10)
        self.port = self._socket.getsockname()[1]
        self.calls = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller:
                if caller.recv(8):
                    self.calls += 1

    def stop(self) -> int:
        """Who called, once nobody can any more."""
        with socket.create_connection(("127.0.0.1", self.port)):
            pass
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._socket.close()
        return self.calls


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_a_stylesheet_needs_a_fetcher_of_its_own(listener: Listener) -> None:
    """WeasyPrint fetches what ``CSS(string=…)`` imports, whatever HTML's fetcher refuses."""
    weasyprint.CSS(string=f'@import "http://127.0.0.1:{listener.port}/x.css";')
    assert listener.stop() == 1


def test_our_stylesheets_have_one(listener: Listener) -> None:
    css = f'@import "http://127.0.0.1:{listener.port}/x.css"; {CSS}'
    with pytest.raises(LayoutError, match="is not a picture of the library"):
        print_pdf("sample", f"{HEAD}</head><body>x</body></html>", css, {})
    assert listener.stop() == 0


def test_the_fetcher_is_of_the_kind_that_may_refuse() -> None:
    """A plain function that raises ends in an AttributeError; ours is a class of WeasyPrint's.

    ``fail_on_errors`` would raise a BaseException, which passes every ``except Exception``.
    """
    fetcher = PictureFetcher({}, "figure:")
    assert isinstance(fetcher, URLFetcher)
    assert not fetcher._fail_on_errors
    assert not issubclass(weasyprint.urls.FatalURLFetchingError, Exception)


def test_a_link_embeds_no_local_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(SECRET)
    link = f'<link rel="attachment" href="{secret.as_uri()}">'
    html = f"{HEAD}{link}</head><body>x</body></html>"
    embedded = weasyprint.HTML(string=html).write_pdf(uncompressed_pdf=True)
    assert SECRET in embedded
    assert any("is not a picture of the library" in said for said in findings("x", link))


def test_a_missing_picture_is_silent_and_an_error_here() -> None:
    html = f'{HEAD}</head><body><img src="figure:gone" alt="x"></body></html>'
    assert weasyprint.HTML(string=html, url_fetcher=PictureFetcher({}, "figure:")).write_pdf()
    assert any("figure:gone" in said for said in findings('<img src="figure:gone" alt="x">'))


@pytest.mark.parametrize("character", ["2028", "2029", "0085", "202e", "200b"])
def test_what_breaks_lines_and_layout_is_in_no_name(character: str, run: Run, folder: Path) -> None:
    plan = folder / "content" / "examples" / "plan.yaml"
    plan.write_text(plan.read_text().replace("Testa", f'"Te\\u{character}sta"'))
    ended = run("plan", str(plan), "--allow-unreviewed")
    assert ended.code == 4, ended.err
    assert "patient, given_name" in ended.err
    assert not (folder / "out").exists()


def test_words_that_look_like_code_are_printed_as_words(folder: Path, tmp_path: Path) -> None:
    odd = "}}{% endif %} url(http://127.0.0.1:9/x) &lt; $(x) '; --"
    file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    file.write_text(file.read_text().replace("The only block", f'"The only {odd} block"', 1))
    order = Order(tmp_path, NOW)
    made = next(iter(build(load_library(folder), [("other", "en")], order)))
    with pypdfium2.PdfDocument(made.path) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "".join(odd.split()) in "".join(text.split())


@pytest.mark.parametrize(
    ("content", "raised"),
    [("day: 2024-02-30", ValueError), ("[" * 5_000, RecursionError)],
    ids=["no such day", "very deep"],
)
def test_yaml_that_raises_outside_yamls_own_errors(
    content: str, raised: type[Exception], tmp_path: Path
) -> None:
    assert not issubclass(raised, yaml.YAMLError)
    with pytest.raises(raised):
        yaml.safe_load(content)
    file = tmp_path / "x.yaml"
    file.write_text(content)
    text, problems = read_yaml(file)
    assert (text is None) == bool(problems)
    assert text is None or text.data == {"day": "2024-02-30"}
