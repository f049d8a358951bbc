"""ZIM files, which Kiwix and other readers open, by openZIM's own library (https://wiki.openzim.org).

Files and facts come in; the file goes out, with an index of all its words. Only this module needs libzim.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import libzim.writer as libzim
from libzim.reader import Archive

from lwnindex.export.facts import PROGRAM, Facts
from lwnindex.export.illustration import SIZE, png
from lwnindex.export.packing import Packed, inflated

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "xml": "text/xml",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "woff2": "font/woff2",
}
_LONGEST_TITLE = 1_000
# One word of more than 245 bytes ends it; scripts without spaces are cut into words by itself.
_WORD = re.compile(
    r"([^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]{50})[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]+"
)
_UNKNOWN = "application/octet-stream"
_SQUEEZED = ("text/", "application/json", "image/svg", _UNKNOWN)
"""The beginnings of the types that are worth compressing."""


def is_ours(place: Path) -> bool:
    """Tell whether a file is a ZIM file that this program has made."""
    try:
        program: bytes = Archive(place).get_metadata("Scraper")
        return program.decode() == PROGRAM
    except (RuntimeError, KeyError, UnicodeDecodeError):
        return False


def write(place: Path, files: Iterator[Packed], facts: Facts, threads: int) -> None:
    """Write an archive of these files; `index.html` is its main page.

    The first file is asked for before libzim starts its threads: by then those who make them are forked.
    """
    first = next(files)
    with _silence():
        _write(place, first, files, facts, threads)


def _write(place: Path, first: Packed, files: Iterator[Packed], facts: Facts, threads: int) -> None:
    creator = libzim.Creator(place).config_indexing(True, facts.language).config_nbworkers(threads)
    creator.set_mainpath("index.html")
    # Left by __exit__ alone, which writes the index: a file that will be thrown away needs none.
    creator.__enter__()
    creator.add_illustration(SIZE, png())
    for name, value in facts.metadata().items():
        creator.add_metadata(name, value)
    creator.add_item(_Item(first))
    for one in files:
        creator.add_item(_Item(one))
    creator.__exit__(None, None, None)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep from stdout what libzim says there of its steps: a command's results are to stand there."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def indexed(title: str) -> str:
    """Return a title as libzim's index of titles can hold it: with the starts of endless words alone."""
    return _WORD.sub(r"\1", title[:_LONGEST_TITLE])


class _Item(libzim.Item):  # type: ignore[misc]
    """A file as libzim asks for it."""

    def __init__(self, file: Packed) -> None:
        super().__init__()
        self._file = file
        self._type = _TYPES.get(file.path.rpartition(".")[2].lower(), _UNKNOWN)

    def get_path(self) -> str:
        return self._file.path

    def get_title(self) -> str:
        return indexed(self._file.title or "")

    def get_mimetype(self) -> str:
        return self._type

    def get_contentprovider(self) -> libzim.ContentProvider:
        content = self._file.content
        if isinstance(content, Path):
            return libzim.FileProvider(content)
        return libzim.StringProvider(inflated(content))

    def get_hints(self) -> dict[libzim.Hint, int]:
        is_page = self._file.title is not None
        return {
            libzim.Hint.FRONT_ARTICLE: is_page,
            libzim.Hint.COMPRESS: self._type.startswith(_SQUEEZED),
        }
