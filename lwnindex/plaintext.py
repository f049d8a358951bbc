"""A body's pieces become its plain text, as it is searched and shown among what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lwnindex.tags import plain

LONGEST = 2 * 1024 * 1024

_END = "\0"
"""Ends a paragraph; HTML holds none."""

_CODE = re.compile("<pre.*?</pre>", re.DOTALL)
_SPACE = re.compile(r'</?(?:sup|td|th)(?: [a-z-]+="[^"]*")*>')
_BREAK = re.compile(
    r"</?(?:p|h[1-6]|li|[uod]l|d[td]|div|blockquote|pre|table|t(?:r|head|body|foot)|caption|br|hr"
    r'|fig(?:ure|caption)|details|summary|section)(?: [a-z-]+="[^"]*")*>'
)
_TAG = re.compile(r'</?[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*>')


def plain_text(pieces: Sequence[str]) -> str:
    """Return what a body says, its paragraphs parted by new lines; images say nothing.

    Of a body of more than `LONGEST` characters it is what the first of them say.
    """
    html = _beginning("".join(pieces))
    if "<pre" in html:
        html = _CODE.sub(_in_lines, html)
    html = _BREAK.sub(_END, html)
    if "<" in html:
        html = _TAG.sub("", _SPACE.sub(" ", html))
    lines = (" ".join(line.split()) for line in plain(html).split(_END))
    return "\n".join([line for line in lines if line])


def _beginning(html: str) -> str:
    """Return HTML up to its longest length, without a tag or name of a character that this would part."""
    if len(html) <= LONGEST:
        return html
    start = html[:LONGEST]
    for opening, closing in (("<", ">"), ("&", ";")):
        at = start.rfind(opening)
        if at > start.rfind(closing):
            start = start[:at]
    return start


def _in_lines(code: re.Match[str]) -> str:
    return code[0].replace("\n", _END)
