"""Texts as other writings hold them: a title as Markdown, an article as an entry of BibTeX."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_letters, digits

from lwnindex.viewparts import Line

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


@lru_cache(maxsize=1024)
def markdown(text: str) -> str:
    """Return a text as Markdown that shows it; what could be read as a mark is escaped."""
    return _on_one_line(text).translate(_IN_MARKDOWN)


def bibtex(line: Line, publication: str, address: str) -> str:
    """Return an article as an entry of BibTeX; the title's braces keep its capitals.

    It is in UTF-8, as LaTeX expects its sources since 2018. The address is left out where it has no host.
    """
    authors = " and ".join([_author(person.name) for person in line.authors])
    author = f"  author = {{{authors}}},\n" if authors else ""
    url = f"  url = {{{address.translate(_IN_ADDRESS)}}},\n" if "://" in address else ""
    title, where = _tex(line.title), _tex(publication)
    return (
        f"@misc{{{_key(line)},\n{author}  title = {{{{{title}}}}},\n  howpublished = {{{where}}},\n"
        f"{url}{_day(line.date)}}}"
    )


def _day(date: str | None) -> str:
    """Return year, month and day; months go by the names that every style of BibTeX knows."""
    if not date:
        return ""
    month = _MONTHS[int(date[5:7]) - 1]
    return f"  year = {int(date[:4])},\n  month = {month},\n  day = {int(date[8:10])},\n"


@lru_cache(maxsize=1024)
def _author(name: str) -> str:
    """Return a name, in braces where BibTeX would part it otherwise: at a comma or an `and`."""
    written = _tex(name)
    return f"{{{written}}}" if "," in written or "and" in written.lower().split() else written


def _key(line: Line) -> str:
    """Return what an entry is cited by: letters and digits alone."""
    words = _NOT_IN_KEY.sub("-", line.id).strip("-")
    return "-".join(part for part in (words or "article", (line.date or "")[:4]) if part)


@lru_cache(maxsize=1024)
def _tex(text: str) -> str:
    return _on_one_line(text).translate(_IN_TEX)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
