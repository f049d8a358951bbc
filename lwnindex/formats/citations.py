"""Texts as other writings hold them: a title as Markdown, an article as an entry of BibTeX."""

from __future__ import annotations

import re
from string import ascii_letters, digits

from lwnindex.viewmodel import Line

# What all kinds of Markdown read alike: a backslash before some marks, references for the others.
_IN_MARKDOWN = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_{}[]#!"} | {mark: f"&#{ord(mark)};" for mark in "&<>|~"}
)
_NOT_IN_KEY = re.compile(f"[^{ascii_letters}{digits}]+")
_IN_TEX = str.maketrans(
    {
        # An escaped brace would still count where BibTeX looks for the end of a field.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "%&#_$"},
    }
)
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def markdown(text: str) -> str:
    """Return a text as Markdown that shows it; what could be read as a mark is escaped."""
    return _on_one_line(text).translate(_IN_MARKDOWN)


def bibtex(line: Line, publication: str, address: str) -> str:
    """Return an article as an entry of BibTeX; the title's braces keep its capitals.

    It is in UTF-8, as LaTeX expects its sources since 2018. The address is left out where it has no host.
    """
    fields = {
        "author": " and ".join(_author(person.name) for person in line.authors),
        "title": f"{{{_tex(line.title)}}}",
        "howpublished": _tex(publication),
        "url": address.translate(_IN_ADDRESS) if "://" in address else "",
    }
    braced = {name: f"{{{value}}}" for name, value in fields.items() if value}
    written = "".join(f"  {name} = {value},\n" for name, value in (braced | _day(line.date)).items())
    return f"@misc{{{_key(line)},\n{written}}}"


def _day(date: str | None) -> dict[str, str]:
    """Return year, month and day; months go by the names that every style of BibTeX knows."""
    if not date:
        return {}
    year, month, day = (int(part) for part in date[:10].split("-"))
    return {"year": str(year), "month": _MONTHS[month - 1], "day": str(day)}


def _author(name: str) -> str:
    """Return a name, in braces where BibTeX would part it otherwise: at a comma or an `and`."""
    written = _tex(name)
    return f"{{{written}}}" if "," in written or "and" in written.lower().split() else written


def _key(line: Line) -> str:
    """Return what an entry is cited by: letters and digits alone."""
    words = _NOT_IN_KEY.sub("-", line.id).strip("-")
    return "-".join(part for part in (words or "article", (line.date or "")[:4]) if part)


def _tex(text: str) -> str:
    return _on_one_line(text).translate(_IN_TEX)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
