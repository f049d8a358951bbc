"""A saved page's bytes become text, in the character set that the page itself declares.

The HTML standard says which one that is: a byte order mark, else a `<meta>` near the top (section "prescan a
byte stream to determine its encoding"), by the labels of the Encoding standard, which takes latin-1 for
windows-1252 as browsers do. A page that declares none is UTF-8 where it can be.
"""

from __future__ import annotations

import codecs
import re

from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.text import decode

_NEAR = 8192
"""In how many bytes a declaration is looked for; the standard asks for 1024 and allows more."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ATTRIBUTE = rb"""[^\s=>/"'][^\s=>/]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+"""
_TOKEN = re.compile(
    rb"<!--(?:>|->|.*?-->)"
    rb"|<meta(?=[\s/])((?:[\s/]++|" + _ATTRIBUTE + rb")*+)>?"
    rb"|<\?xml\s([^>]*+)>"
    rb"|</?[a-z](?:[\s/]++|" + _ATTRIBUTE + rb")*+>?"
    rb"|<[!/?][^>]*+>?",
    re.IGNORECASE | re.DOTALL,
)
_PAIR = re.compile(
    rb"""([^\s=>/"'][^\s=>/]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']*+)))?+""", re.IGNORECASE
)
_CONTENT = re.compile(rb"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE)
_XML = re.compile(rb"""\bencoding\s*=\s*["']([^"']*)["']""")

_LATIN = (
    *("ascii", "us-ascii", "ansi_x3.4-1968", "iso-8859-1", "iso8859-1", "iso88591", "iso_8859-1", "latin1"),
    *("latin-1", "l1", "cp1252", "windows-1252", "x-cp1252", "cp819", "ibm819", "x-user-defined"),
)
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    # A meta that can be read byte by byte is not in UTF-16, whatever it says.
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode", "ucs-2"), "utf-8"),
    **dict.fromkeys(_LATIN, "cp1252"),
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("latin2", "iso8859-2"), "iso8859_2"),
    **dict.fromkeys(("latin-9", "iso8859-15", "latin9"), "iso8859_15"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **{f"windows-125{part}": f"cp125{part}" for part in (0, 1, 3, 4, 5, 6, 7, 8)},
    **{f"cp125{part}": f"cp125{part}" for part in (0, 1, 3, 4, 5, 6, 7, 8)},
    **dict.fromkeys(("koi8-r", "koi8", "koi"), "koi8_r"),
    **dict.fromkeys(("koi8-u", "koi8-ru"), "koi8_u"),
    **dict.fromkeys(("ibm866", "cp866", "866"), "cp866"),
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac_roman"),
    "x-mac-cyrillic": "mac_cyrillic",
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    "iso-2022-jp": "iso2022_jp",
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean", "windows-949"), "cp949"),
}
"""The labels that pages use, with the codec of each as the Encoding standard reads it."""


def decoded(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a page's text with plain line ends, and a problem where it had to be guessed or is none.

    What HTML cannot hold becomes U+FFFD; other control characters but tab are dropped.
    """
    codec = None if content.startswith(_MARKS) else declared(content)
    if codec not in (None, "utf-8"):
        return _as_utf8(content, str(codec), file)
    text, problems = decode(content, file)
    if not problems or codec or content.startswith(_MARKS):
        return text, problems
    text, more = _as_utf8(content, "cp1252", file)
    message = "the page names no character set and is not UTF-8; it was read as windows-1252."
    return text, (problem("not-utf8", file, problems[0].line, message, "Save the page as UTF-8."), *more)


def declared(content: bytes) -> str | None:
    """Return the Python codec of the character set that the top of a page declares, if it is a known one."""
    for found in _TOKEN.finditer(content[:_NEAR]):
        label = _in_meta(found[1]) if found[1] else _in_xml(found[2]) if found[2] else b""
        codec = _CODECS.get(label.decode("ascii", "replace").strip().lower())
        if codec:
            return codec
    return None


def _in_meta(attributes: bytes) -> bytes:
    """Return the label of `<meta charset>` or `<meta http-equiv=content-type content>`."""
    values: dict[bytes, bytes] = {}
    for name, *value in _PAIR.findall(attributes):
        values.setdefault(name.lower(), b"".join(value))
    if values.get(b"charset"):
        return values[b"charset"]
    if values.get(b"http-equiv", b"").lower() != b"content-type":
        return b""
    found = _CONTENT.search(values.get(b"content", b""))
    return next(filter(None, found.groups()), b"") if found else b""


def _in_xml(declaration: bytes) -> bytes:
    found = _XML.search(declaration)
    return found[1] if found else b""


def _as_utf8(content: bytes, codec: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of bytes in some codec, sifted as `decode` sifts all texts."""
    # The five bytes that windows-1252 leaves free are control characters there, which no page may hold.
    how = "ignore" if codec == "cp1252" else "replace"
    text = content.decode(codec, how)
    plain, _ = decode(text.encode("utf-8", "replace"), file)
    if how == "ignore" or text.count("\ufffd") == 0:
        return plain, ()
    line = plain[: plain.index("\ufffd")].count("\n") + 1
    message = f"the file is not {codec.replace('_', '-')} from this line on, although it says so."
    return plain, (problem("not-utf8", file, line, message, "Save the page as UTF-8."),)
