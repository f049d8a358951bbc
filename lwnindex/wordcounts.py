"""How much each word of an article counts: title, headings and text come in, words with numbers go out.

An article's words depend on nothing but itself, so they can be kept until it changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from lwnindex.model import Value

_TITLE = 6
_HEADING = 2
_START = 2
_STARTS = 700
"""How often a word counts that stands in the title, in a heading and in the first 700 characters."""


class Counts(Value, frozen=True, kw_only=True):
    """The words of an article in their order, by lines, and how much each counts."""

    words: str
    numbers: tuple[int, ...]

    def listed(self) -> list[str]:
        """Return the words."""
        return self.words.split("\n") if self.words else []


def counted(title: str, headings: Iterable[str], text: str) -> Counts:
    """Return how much each word of an article counts; of a name with underscores its parts count, too."""
    # The patterns of words take as long to be made as many a suggestion.
    from lwnindex.tokens import counts, parts

    found = counts(text)
    for said, weight in ((title, _TITLE), ("\n".join(headings), _HEADING), (text[:_STARTS], _START)):
        for token, often in counts(said).items():
            found[token] = found.get(token, 0) + weight * often
    for token, often in [each for each in found.items() if "_" in each[0]]:
        for part in parts(token):
            found[part] = found.get(part, 0) + often
    words = sorted(found)
    return Counts(words="\n".join(words), numbers=tuple([found[word] for word in words]))


def stem(word: str) -> str:
    """Return a word of a name without the `s` of a plural."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" and word.isalpha() else word


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a name or a title."""
    from lwnindex.tokens import tokens

    return frozenset(map(stem, tokens(text)))
