"""What pyromark writes, shaped without a first cleaning: its HTML is nested well, and holds no author's own.

HTML of the fast way alone comes in; a body for the last cleaning goes out, or nothing where that may need
more. It is right only if the last cleaning then leaves it as it is: that is what tells that the first one
would have changed nothing either, and it is the caller who looks.
"""

from __future__ import annotations

import re

from lwnindex.readers.text import utf8
from lwnindex.shape import Shaped, count_words, shape, with_headings
from lwnindex.tags import tags_of

_SHAPED = frozenset({b"img", b"tab"})
"""How tags begin of what depends on the rest of the body, or becomes something else."""

_HEADINGS = frozenset({b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"})
_SLASHED = re.compile(r'(<img(?: [a-z]+="[^"]*")*) />')
_CODE = re.compile(rb"<pre>[^<]*+(?:<(?!/pre>)[^<]*+)*+</pre>")


def usual(written: str, host: str = "") -> Shaped | None:
    """Return a body, coloured or not, shaped as if it had been sifted and mended; `host` as for `shape`."""
    raw = utf8(written)
    texts, kinds = _parts(raw)
    # A list that starts elsewhere and a link to nothing are for mending, numbers as entities for the sieve.
    if b"ol " in kinds or ("&" in written and "&#" in written) or 'href=""' in written:
        return None
    canonical = _canonical(written, kinds)
    if not kinds.isdisjoint(_SHAPED) or ("#" in written and ' href="#' in written):
        return shape(tags_of(canonical), host)
    if b"pre" in kinds:
        texts, _ = _parts(_CODE.sub(b" ", raw))
        canonical = canonical.replace("<pre>", '<pre tabindex="0">')
    words = count_words(b"".join(texts))
    if kinds.isdisjoint(_HEADINGS):
        return Shaped(canonical, (), words, {}, ids=())
    return with_headings(canonical, words)


def _parts(raw: bytes) -> tuple[list[bytes], set[bytes]]:
    """Return the texts between tags, and how the tags begin; no text or value holds an angle bracket."""
    parts = raw.replace(b">", b"<").split(b"<")
    return parts[::2], {each[:3] for each in parts[1::2]}


def _canonical(written: str, kinds: set[bytes]) -> str:
    """Return HTML without slashes in tags of elements that have no end, and without quotes as entities."""
    if b"br " in kinds or b"hr " in kinds:
        written = written.replace("<br />", "<br>").replace("<hr />", "<hr>")
    if b"img" in kinds:
        written = _SLASHED.sub(r"\1>", written)
    return written.replace("&quot;", '"') if "&" in written else written
