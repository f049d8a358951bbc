"""The text of an answer of the web in UTF-8, whatever its server says of it."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from lwnindex.readers.feedtext import encoding_named
from lwnindex.web import Answer

_WIDE = frozenset({"utf-16", "utf-16le", "utf-16be"})
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{1,200}encoding", re.IGNORECASE)


def in_utf8(answer: Answer) -> bytes:
    """Return an answer's bytes, of a text in the server's charset as UTF-8; those that say their own stay."""
    content = answer.content or b""
    # Of Python's codecs, only those of texts take no more time than there are bytes.
    charset = answer.charset if answer.charset in _WIDE else encoding_named(answer.charset)
    if not charset or content.startswith(_MARKS) or _DECLARED.match(content):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        with suppress(UnicodeError):
            return content.decode(charset).encode()
    return content
