"""Remote pictures of articles are brought into a content folder, each once, at the path its address gives.

What is brought in is a picture by the word of its server and by its first bytes, and never SVG, which is a
program.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lwnindex.assetnames import asset_of
from lwnindex.contentfiles import is_inside, put
from lwnindex.web import Web, WebError

_MARKDOWN = re.compile(r"!\[[^\]\n]*\]\(\s*<?((?:https?:)?//[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)")
_HTML = re.compile(r"<img\b[^<>]*?\ssrc\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//[^/]", re.IGNORECASE)
_ACCEPT = "image/avif, image/webp, image/png, image/jpeg, image/gif"


class Fetched(NamedTuple):
    """Addresses of pictures: those brought in, those there already, and (address, why it was not)."""

    new: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


def remote(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of the remote pictures in articles, each once, in order."""
    return tuple(dict.fromkeys(_whole(url) for text in texts for url in _addresses(text)))


def _addresses(text: str) -> Iterator[str]:
    yield from (found[1] for found in _MARKDOWN.finditer(text))
    for found in _HTML.finditer(text):
        url = html.unescape(found[1] or found[2] or found[3] or "").strip()
        if _REMOTE.match(url):
            yield url


def _whole(url: str) -> str:
    return f"https:{url}" if url.startswith("//") else url


def bring(urls: Iterable[str], folder: Path, web: Web, *, dry_run: bool = False) -> Fetched:
    """Bring pictures into a content folder, one after the other; those that are there are not asked for."""
    new: list[str] = []
    held: list[str] = []
    failed: list[tuple[str, str]] = []
    for url in urls:
        path = asset_of(url)
        if not path:
            failed.append((url, "it is no address of a picture"))
        elif (folder / path).is_file():
            held.append(url)
        elif why := "" if dry_run else _brought(url, folder / path, folder, web):
            failed.append((url, why))
        else:
            new.append(url)
    return Fetched(tuple(new), tuple(held), tuple(failed))


def _brought(url: str, place: Path, folder: Path, web: Web) -> str:
    """Bring a picture to its place; return why it was not, if so."""
    if not is_inside(place, folder):
        return "a link leads out of the folder that is written to"
    try:
        answer = web.get(url, accept=_ACCEPT)
        content = answer.content or b""
        kind = kind_of(content)
        if not kind or answer.kind.replace("/jpg", "/jpeg") != f"image/{kind}":
            return f'what stands there is no picture that browsers run nothing of: "{answer.kind[:60]}"'
        put(place, content)
    except WebError as error:
        return str(error)
    except OSError as error:
        return f"it cannot be written: {error.strerror or error}"
    return ""


def kind_of(content: bytes) -> str:
    """Return which kind of picture some bytes are: png, jpeg, gif, webp or avif; empty for all else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
    return ""
