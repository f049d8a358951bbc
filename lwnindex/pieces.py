"""A body in pieces: what `body` takes apart at its links, `render` and the feeds put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import chain

from lwnindex.viewparts import Link

_PLAIN = re.compile(r"""[^&<>"']*""")
"""An address in which nothing is to be escaped, as in nearly all."""


def join(pieces: Sequence[str], slots: Sequence[str]) -> str:
    """Return a body's pieces with what belongs between them; there is one piece more than slots."""
    rest = zip(slots, pieces[1:], strict=True)
    return pieces[0] + "".join(chain.from_iterable(rest))


def slot(link: Link, address: str, more: str = "") -> str:
    """Return what stands between two pieces: a link's attributes, or the whole element of an image.

    `address` is where the link leads as the page says it, or nothing; `more` are further attributes.
    """
    plain = address if _PLAIN.fullmatch(address) else escape(address)
    attributes = f' href="{plain}"{more}' if address else ""
    if link.held and address:
        return f'<img src="{plain}" alt="{escape(link.words)}" loading="lazy">'
    if link.words:
        words = escape(link.words, quote=False)
        return f'<a{attributes} class="image">{words}</a>' if attributes else words
    return attributes
