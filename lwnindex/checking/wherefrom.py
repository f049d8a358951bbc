"""The line of a source in which something of its page was written.

What a page shows need not stand in its source as it is: Markdown has been read, marks were escaped. So
letters and digits alone are compared.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\W_]+")
_ENOUGH = 60
_FENCE = re.compile(r"^[ \t>*+-]*(`{3,}|~{3,})[ \t]*$")


class Lines:
    """The lines of a source, to be looked through."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._plain = [_signless(line) for line in self._lines]

    def line_of(self, needle: str, after: int = 0) -> int:
        """Return the first line after another that holds these words; 0 where none does."""
        wanted = _signless(needle)[:_ENOUGH]
        if not wanted:
            return 0
        found = (number for number in range(after, len(self._plain)) if wanted in self._plain[number])
        # A long text may be broken over lines: its start then stands at the end of one.
        first = next(found, None)
        return (first if first is not None else self._beginning(wanted, after)) + 1

    def _beginning(self, wanted: str, after: int) -> int:
        for number in range(after, len(self._plain) - 1):
            both = self._plain[number] + self._plain[number + 1]
            at = both.find(wanted)
            if 0 <= at < len(self._plain[number]):
                return number
        return -1

    def line_of_link(self, words: str, near: int) -> int:
        """Return the line, as near to another as can be, of a link with these words; else that other one.

        The address of a link may stand elsewhere, below the text, or first with other words.
        """
        forms = (f"[{words}]", f">{words}</a")
        found = [number for number, line in enumerate(self._lines, 1) if any(form in line for form in forms)]
        return min(found, key=lambda number: (abs(number - near), number)) if found else near

    def bare_fence_before(self, code: str) -> int:
        """Return the line of the fence without a language that begins this code; 0 where there is none."""
        rows = code.strip("\n").split("\n")
        first = next((row for row in rows if _signless(row)), "")
        leading = next((place for place, row in enumerate(rows) if row == first), 0)
        number = 0
        while number := self.line_of(first, number):
            fence = number - 1 - leading
            if fence >= 1 and _FENCE.match(self._lines[fence - 1].rstrip("\r")):
                return fence
        return 0


def _signless(text: str) -> str:
    return _SIGNS.sub("", text)
