"""XML as text: elements with their text come out, one a line, escaped as a serialiser would escape them."""

from __future__ import annotations

import re
from collections.abc import Iterable

DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"
MADE_BY = "<!-- Made by lwnindex -->\n"
"""By this we know a document for our own where nothing else in it says so."""

# XML 1.0, section 2.2: all but these are characters.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return the text without the characters that no XML document may hold."""
    # What is printable is no such character, and sooner told.
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """Return the text as it stands in an element; a parser would take a bare return for a new line."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def quoted(text: str) -> str:
    """Return the text as it stands in an attribute, where a parser would take any white space for a space."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def opening(styles: Iterable[str]) -> str:
    """Return what a document begins with: what it is, and the stylesheets by which browsers show it."""
    shown = (f'<?xml-stylesheet type="text/css" href="{quoted(each)}"?>\n' for each in styles)
    return "".join((DECLARATION, *shown))


def element(indent: str, tag: str, text: str, attributes: str = "") -> str:
    """Return a line with an element that has this text; `attributes` begin with a space."""
    if not text:
        return f"{indent}<{tag}{attributes}/>\n"
    return f"{indent}<{tag}{attributes}>{escaped(text)}</{tag}>\n"


def element_if(indent: str, tag: str, text: str, attributes: str = "") -> str:
    """Return a line with an element if there is something for it to say, else nothing."""
    return element(indent, tag, text, attributes) if text else ""
