"""The words of a text as the search knows them, and where a word is sorted.

The program of the search page has the same rules. A text is folded (case, accents, compatibility forms),
then read from left to right. A word is a run of word characters (Unicode's letters and numbers, and `_`)
other than those of Chinese, Japanese and Korean; runs of these give each two neighbours. Lengths are in code
points. `tests/tokens.json` holds both programs to that.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import normalize

LONGEST = 32
"""Code points of a token; the rest is cut off."""

_CJK = (
    "\u1100-\u11ff\ua960-\ua97c\uac00-\ud7fb"  # Hangul
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\U0001aff0-\U0001b16f"  # Kana
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_WORD = rf"[^\W{_CJK}]"
_LETTER = rf"[^\W\d_{_CJK}]"
_POSSESSIVE = f"['\u2019]s(?!{_WORD})"


def _pattern(word: str, letter: str, cjk: str = "") -> str:
    """Return the pattern of words; a join needs its neighbours, and a possessive `s` is not captured."""
    joined = rf"(?:(?<=\d)\.(?=\d)|(?!{_POSSESSIVE})(?<={letter})['\u2019](?={letter}))"
    named = rf"{letter}+\+\+(?!{word})|{letter}#(?!{word})"
    return rf"({cjk}{named}|{word}+(?:{joined}{word}+)*)(?:{_POSSESSIVE})?"


_words = re.compile(_pattern(_WORD, _LETTER, f"[{_CJK}]+|")).findall
_ascii_words = re.compile(_pattern(r"\w", r"[a-z]").replace(_WORD, r"\w"), re.ASCII).findall
_is_cjk = re.compile(f"[{_CJK}]").match
_without_marks = re.compile("[\u0300-\u036f]+").sub
_is_version = re.compile(r"v\d+\.").match
_SAME = str.maketrans("\u03c2\u0131", "\u03c3i")
"""The sigma at the end of a word is a sigma, and the i without a dot an i: their capitals do not tell."""


def folded(text: str) -> str:
    """Return a text in lower case, without accents, in one form of each character."""
    if text.isascii():
        return text.lower()
    return normalize("NFC", _without_marks("", normalize("NFKD", text).lower())).translate(_SAME)


def tokens(text: str) -> list[str]:
    """Return the words of a text in their order; phrases are sequences of these."""
    return [token for word in _read(text) for token in _shaped(word)]


def counts(text: str) -> dict[str, int]:
    """Return how often each token stands in a text."""
    plain = folded(_typed(text))
    found: dict[str, int] = {}
    for chunk, count in Counter(_chunks(plain)).items():
        # At the ends they join nothing.
        own = chunk.strip("'.")
        is_plain = own.isascii() and own.isalnum() and len(own) <= LONGEST
        for token in (own,) if is_plain else tokens(own):
            found[token] = found.get(token, 0) + count
    return found


def _typed(text: str) -> str:
    """Return a text without the marks that only typesetting adds; what parts words is as good as a space."""
    if not text.isascii():
        for mark, typed in _TYPED:
            text = text.replace(mark, typed)
    return text


def _chunks(plain: str) -> list[str]:
    """Return what stands between the spaces of a folded text, and between marks that cannot join words."""
    if plain.isascii():
        return plain.encode("ascii").translate(_PARTED).decode("ascii").split()
    return plain.split()


def _read(text: str) -> list[str]:
    """Return the words of a text as they stand in its folded form."""
    plain = folded(text)
    return _ascii_words(plain) if plain.isascii() else _words(plain)


def _shaped(word: str) -> list[str]:
    """Return what becomes of a word: the pairs of a run, or its name or version alone."""
    if word.isascii() and word.isalnum():
        return [word[:LONGEST]]
    if _is_cjk(word):
        return [word[at : at + 2] for at in range(max(1, len(word) - 1))]
    token = word.replace("'", "").replace("\u2019", "").strip("_")
    token = token[1:] if _is_version(token) else token
    return [token[:LONGEST]] if token else []


def parts(token: str) -> list[str]:
    """Return what else a token is indexed under: pieces between underscores, from two characters on."""
    return [piece for piece in token.split("_") if len(piece) > 1] if "_" in token else []


def key(term: str) -> str:
    """Return where a term is sorted: its first three characters, or a block of sixteen beyond ASCII."""
    start = term[:3]
    if start.isascii() and start.isalnum():
        return start
    if term[0].isascii():
        return "".join(one if one in _KEYS else "_" for one in term[:3])
    return f"_{ord(term[0]) >> 4:x}"


_KEYS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_TYPED = (
    *(("\u2019", "'"), ("\u2018", " "), ("\u201c", " "), ("\u201d", " "), ("\u2013", " ")),
    *(("\u2014", " "), ("\u2026", " "), ("\u2022", " "), ("\xa0", " "), ("\xb7", " ")),
)
_PARTED = bytes(one if chr(one).isalnum() or chr(one) in "_'.+#" else 32 for one in range(128)) + bytes(128)
