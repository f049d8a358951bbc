"""What names share that differ in their writing only, and in what they differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_APART = re.compile(r"[\s_\-\u2010-\u2015]+")
_MARKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_MIXED = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_LOOKALIKES = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u03bf\u039f",
    "ABEKMHOPCTXaeopcyxijsoO",
)
"""Cyrillic and Greek letters that look like Latin ones, which a keyboard left in a Latin word."""

_ARTICLES = ("the ", "an ", "a ")
_ENDS = " .,;:"
"""What a name may have at its end by mistake."""
_SHORT_FORMS = re.compile(r"([A-Z][A-Z0-9]+)(?:s|es)")
_IRREGULAR = {
    "indices": "index",
    "matrices": "matrix",
    "vertices": "vertex",
    "appendices": "appendix",
    "criteria": "criterion",
    "children": "child",
    "men": "man",
    "mice": "mous",
    "halves": "half",
    "shelves": "shelf",
}
"""Plurals that no rule makes, each with the form in which its singular is compared."""

_AFTER_E = ("se", "xe", "ze", "che", "she")


def plain_key(name: str) -> str:
    """Return what names share that differ in case, Unicode form, spaces, hyphens and underscores only.

    Between two digits these count: 2-6 is not 26. Marks at the end do not, nor does an article at the start,
    `&` is `and`, and `drivers, device` are `device drivers`.
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    return _joined(_split(composed(name).casefold()))


def number_key(name: str) -> str:
    """Return what names share that differ in the number of their English words as well."""
    return _joined([_singular(word) for word in _split(composed(name))])


def _split(name: str) -> list[str]:
    """Return the words of a name, those of an inverted one in their order."""
    plain = name.replace("&", " and ").strip(" ").rstrip(_ENDS) or name
    start, _, end = plain.partition(", ")
    words = _APART.split(plain if not end or "," in end else f"{end} {start}")
    return words[1:] if len(words) > 1 and plain.lower().startswith(_ARTICLES) else words


def composed(name: str) -> str:
    """Return a name without what nobody sees: Unicode forms, kinds of quotes, letters of another script."""
    if name.isascii():
        return name
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).translate(_MARKS)
    return plain.translate(_LOOKALIKES) if _MIXED.search(plain) else plain


def _joined(words: Sequence[str]) -> str:
    """Return words as one, a space left between two digits."""
    found = "".join(words)
    if len(words) == 1 or not any(map(str.isdigit, found)):
        return found
    found = ""
    for word in words:
        found += f" {word}" if found[-1:].isdigit() and word[:1].isdigit() else word
    return found


def _singular(word: str) -> str:
    """Return a word in a form that it shares with its plural, which need be no word: `cach` for cache."""
    short = _SHORT_FORMS.fullmatch(word)
    if short:
        return short[1].casefold()
    plain = _IRREGULAR.get(word.casefold(), word.casefold())
    if len(plain) < 4:
        return plain
    if plain[-1] == "s" and plain[-2] not in "sui'" and not (word.isupper() and len(word) < 6):
        plain = plain[:-1]
    if plain.endswith(_AFTER_E):
        return plain[:-1]
    return f"{plain[:-2]}y" if plain.endswith("ie") and len(plain) > 4 else plain


def difference(one: str, other: str) -> str:
    """Return in what two names differ that are alike."""
    if composed(one) == composed(other):
        return "in Unicode form only"
    if composed(one).casefold() == composed(other).casefold():
        return "in case only"
    first, second = (_APART.sub("", composed(each)).casefold() for each in (one, other))
    if first == second:
        return "in hyphens and spaces only"
    if plain_key(one) == plain_key(other):
        return "in marks, in an article, or in the order of words only"
    return "as singular and plural only"
