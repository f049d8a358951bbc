"""Numbers as text, as the files of the search have them: six bits a symbol, all of them plain in a script."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def number(value: int) -> str:
    """Return a number in groups of five bits, the lowest first; 32 is added where more follow."""
    found = ""
    while value > 31:
        found += SYMBOLS[32 + (value & 31)]
        value >>= 5
    return found + SYMBOLS[value]


NUMBERS = tuple(map(number, range(2048)))
"""The numbers that are met most."""


def place(value: int) -> str:
    """Return a month's place among the months in two symbols; 4,095 is the last that there is."""
    return SYMBOLS[value >> 6] + SYMBOLS[value & 63]


def length(words: int) -> str:
    """Return the symbol of a length in words: four steps for each doubling."""
    return SYMBOLS[min(63, round(4 * log2(words + 1)))]


def gaps(places: Iterable[int]) -> str:
    """Return ascending places as the numbers of those left out between them."""
    found, last = "", -1
    for one in places:
        found += number(one - last - 1)
        last = one
    return found


def base36(value: int) -> str:
    """Return a number in base 36."""
    found = ""
    while value > 35:
        value, digit = divmod(value, 36)
        found = _BASE36[digit] + found
    return _BASE36[value] + found
