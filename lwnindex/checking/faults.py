"""What a check of a page finds, before it is known where that was written."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """Something that is wrong with a page.

    `subject` is what it is about: faults of one code and subject have one cause on all pages. `at` is where
    in the text of the page; `own` says that it is in the text of an article, of which `needle` is a piece, or
    in its `line`, where that is known; `link` are the words of the link that it is about, if it is about one.
    """

    code: str
    subject: str
    message: str
    fix: str
    at: int = 0
    own: bool = False
    needle: str = ""
    line: int = 0
    link: str = ""


def short(text: str, most: int = 80) -> str:
    """Return a text that has room in a sentence."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def rootless(address: str) -> str:
    """Return an address without the way up to the site's folder, which is another on each page."""
    while address.startswith("../"):
        address = address[3:]
    return address.removeprefix("./").removeprefix("/")
