"""What a preview's server answers: a status, fields and a body; files are opened by a way without links."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Generator
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from lwnindex.preview.policy import ANCESTORS, PLAIN, dressed
from lwnindex.preview.requests import OWN, Refusal, Request
from lwnindex.unlinked import opened

SCRIPT, STYLE, EVENTS = "client.js", "overlay.css", "events"
"""What stands in the server's own folder."""

_TEXT = "; charset=utf-8"
_TYPES = {
    ".html": f"text/html{_TEXT}",
    ".htm": f"text/html{_TEXT}",
    ".css": f"text/css{_TEXT}",
    ".js": f"text/javascript{_TEXT}",
    ".mjs": f"text/javascript{_TEXT}",
    ".json": "application/json",
    ".txt": f"text/plain{_TEXT}",
    ".md": f"text/plain{_TEXT}",
    ".csv": f"text/csv{_TEXT}",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".webmanifest": "application/manifest+json",
    ".ttl": f"text/turtle{_TEXT}",
}
_OTHER = "application/octet-stream"
_PAGES = (".html", ".htm")

ALWAYS = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
"""What every answer says: nobody keeps it, no other origin has it, it is what it is called."""

_PIECE = 1 << 16
_WAITING = b"""<!doctype html><html lang="en"><head><meta charset="utf-8">\
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">\
<title>Not built yet</title></head><body>\
<p>This page is not built yet. It will show itself.</p></body></html>"""


class Answer(NamedTuple):
    """An answer: its status, its fields, how many bytes its body has, and these."""

    status: int
    fields: dict[str, str]
    size: int = 0
    body: Generator[bytes, None, None] | None = None

    @property
    def head(self) -> bytes:
        """The answer without its body."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += (f"{name}: {value}" for name, value in (ALWAYS | self.fields).items())
        return "\r\n".join((*lines, "", "")).encode("latin-1")


class Tree(NamedTuple):
    """A site in a folder, served below the path of its address; `root` must hold no link.

    `mark` gives what a page carries that is served now.
    """

    root: str
    mark: Callable[[], str]
    base: tuple[str, ...] = ()

    def answer(self, asked: Request) -> Answer:
        """Return what stands at a path, or leads there, or the page for lost addresses."""
        inside = self.inside(asked)
        if inside is None:
            leads = not asked.levels or (asked.levels == self.base and not asked.is_folder)
            return _leading(Request(self.base, is_folder=True).address) if leads else self._lost(asked)
        try:
            return self._file(inside.path, asked, 200)
        except OSError as error:
            leads = error.errno == errno.EISDIR and not inside.is_folder
            if leads and Path(f"{self.root}/{inside.path}/index.html").is_file():
                return _leading(asked.address + (f"?{asked.query}" if asked.query else ""))
            return self._lost(asked)

    def inside(self, asked: Request) -> Request | None:
        """Return what is asked for of the site; None where it stands outside of it."""
        count = len(self.base)
        if asked.levels[:count] != self.base or (len(asked.levels) == count > 0 and not asked.is_folder):
            return None
        return asked._replace(levels=asked.levels[count:])

    def _lost(self, asked: Request) -> Answer:
        try:
            return self._file("404.html", asked, 404)
        except OSError:
            return self._page(_WAITING, asked.host, 404)

    def _file(self, path: str, asked: Request, status: int) -> Answer:
        """Return the answer that holds a file; OSError where none can be opened."""
        name = Path(path).suffix.lower()
        place = f"{self.root}/{path}"
        if name in _PAGES:
            with opened(place) as file:
                content = b"".join(iter(lambda: os.read(file, _PIECE), b""))
            return self._page(content, asked.host, status)
        with opened(place) as file:
            size, own = os.fstat(file).st_size, os.dup(file)
        kind = _TYPES.get(name, _OTHER)
        return Answer(
            status, {"Content-Type": kind, "Content-Security-Policy": PLAIN}, size, _pieces(own, size)
        )

    def _page(self, content: bytes, host: str, status: int) -> Answer:
        own = f"http://{host}/{OWN}/"
        # A policy has no words for an address of version 6.
        sources = {"script-src": SCRIPT, "style-src": STYLE, "connect-src": EVENTS}
        admit = {name: "'self'" if host.startswith("[") else own + path for name, path in sources.items()}
        page = dressed(content, f"{own}{SCRIPT}?{self.mark()}", admit)
        return whole(status, page.content, _TYPES[".html"], page.policy)


def whole(status: int, content: bytes, kind: str, policy: str = PLAIN) -> Answer:
    """Return an answer whose body is at hand."""
    return Answer(
        status, {"Content-Type": kind, "Content-Security-Policy": policy}, len(content), _once(content)
    )


def refusal(found: Refusal) -> Answer:
    """Return the answer to who is refused."""
    answer = whole(
        found.status, f"{found.sentence}\n".encode(), _TYPES[".txt"], f"default-src 'none'; {ANCESTORS}"
    )
    return answer._replace(fields=answer.fields | ({"Allow": "GET, HEAD"} if found.status == 405 else {}))


def own_file(name: str) -> Answer | None:
    """Return a file of the server's own; None for any other name."""
    if name not in (SCRIPT, STYLE):
        return None
    content = Path(__file__).with_name(name).read_bytes()
    return whole(200, content, _TYPES[Path(name).suffix])


def _leading(address: str) -> Answer:
    return Answer(302, {"Location": address})


def _once(content: bytes) -> Generator[bytes, None, None]:
    yield content


def _pieces(file: int, size: int) -> Generator[bytes, None, None]:
    """Yield so many bytes of an open file, or what there is, and close it."""
    try:
        while size and (piece := os.read(file, min(size, _PIECE))):
            size -= len(piece)
            yield piece
    finally:
        os.close(file)
