"""Python-Markdown as this site has it: what defines the HTML of every article.

Nothing here is fast or safe: `limits` of `markup` says what may come in, `clean` decides what is published.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import OListProcessor
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor

from lwnindex.clean import KNOWN

_STACK = 900

# Alignment is an attribute, which cleaning can pass by name, and not a style. `extra` hands its settings on.
_TABLES: dict[str, Any] = {"use_align_attribute": True}
# Codehilite would give code of any size and language to Pygments, and all of its lexers a guess; `highlight`
# colours what it marks, within limits.
_CODE: dict[str, Any] = {"use_pygments": False}
_SETTINGS: dict[str, dict[str, Any]] = {
    "codehilite": _CODE,
    "markdown.extensions.codehilite": _CODE,
    "markdown.extensions.codehilite:CodeHiliteExtension": _CODE,
    "tables": _TABLES,
    "markdown.extensions.tables": _TABLES,
    "extra": {"tables": _TABLES},
    "markdown.extensions.extra": {"tables": _TABLES},
}

_OLIST_PRIORITY = 40
_HTML_PRIORITY = 90
"""Those of Python-Markdown's own processors, whose places ours take."""

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")


def to_html(text: str, extensions: tuple[str, ...]) -> str:
    """Return Python-Markdown's HTML for a text; RecursionError where it is nested too deeply.

    `extensions` are names as in `[markdown] extensions`. Equal texts give equal results, whatever came
    before and whoever calls.
    """
    engine = _engine(extensions)
    try:
        with _same_stack():
            return engine.reset().convert(text)
    except BaseException:
        # What a failed run leaves on the parser's stack is not undone by reset().
        _engine.cache_clear()
        raise


@cache
def _engine(extensions: tuple[str, ...]) -> Markdown:
    """Return the converter for these extensions; making one costs as much as a short article."""
    settings = {name: _SETTINGS[name] for name in extensions if name in _SETTINGS}
    found = Markdown(extensions=list(extensions), extension_configs=settings)
    found.parser.blockprocessors.register(_Numbered(found.parser), "olist", _OLIST_PRIORITY)
    found.inlinePatterns.register(_KnownHtml(HTML_RE, found), "html", _HTML_PRIORITY)
    found.block_level_elements = [name for name in found.block_level_elements if name in KNOWN]
    return found


class _KnownHtml(HtmlInlineProcessor):
    """HTML is what has a known name; `vector<int>` and `/proc/<pid>` are text, and none of it may go."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's own name and contract
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        name = _NAME.match(m[1])
        if name and name[1].lower() not in KNOWN:
            return None, None, None
        return super().handleMatch(m, data)


class _Numbered(OListProcessor):
    """A list that starts at 3 in the source starts at 3 on the page."""

    LAZY_OL = False


@contextmanager
def _same_stack() -> Iterator[None]:
    """Let the same depth of calls fail, however deep the caller stands: the outcome is part of a page."""
    before, depth = sys.getrecursionlimit(), 0
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 (inspect's way takes milliseconds)
    while frame := frame.f_back if frame else None:
        depth += 1
    sys.setrecursionlimit(depth + _STACK)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
