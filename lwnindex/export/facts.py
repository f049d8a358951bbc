"""What a ZIM file says of itself, as openZIM's page on metadata asks (https://wiki.openzim.org/wiki/Metadata)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

PROGRAM = "lwnindex"
"""What stands in our files for the program that made them; they are known by it."""

LONGEST_TITLE = 30
LONGEST_DESCRIPTION = 80
"""Letters that a reader's library shows (openZIM's page on metadata)."""


class Facts(NamedTuple):
    """What a ZIM file says of itself; `language` is a code of three letters."""

    name: str
    title: str
    description: str
    language: str
    creator: str
    publisher: str
    day: date
    source: str = ""

    def metadata(self) -> dict[str, str | date]:
        """Return the metadata that every archive has, by openZIM's names."""
        found: dict[str, str | date] = {
            "Name": self.name,
            "Title": shortened(self.title, LONGEST_TITLE),
            "Description": shortened(self.description or self.title, LONGEST_DESCRIPTION),
            "Language": self.language,
            "Creator": self.creator,
            "Publisher": self.publisher,
            "Date": self.day,
            "Scraper": PROGRAM,
            "Tags": "_ftindex:yes",
        }
        return found | ({"Source": self.source} if self.source else {})


def shortened(text: str, size: int) -> str:
    """Return a text of at most `size` letters, cut between words where it can be."""
    if len(text) <= size:
        return text
    head = text[: size - 1]
    words = head.rpartition(" ")[0] if text[size - 1] != " " else head
    return (words or head).rstrip(" ,;:.-") + "\N{HORIZONTAL ELLIPSIS}"
