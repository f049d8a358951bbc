"""Mistakes as values, and the one exception for what nothing can go on from.

A Problem is an *error* when something of the input is not on the site, or not as written, and a
*warning* otherwise. `CODES` says what each code means; a test holds the manual to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from lwnindex.model import Problem, Severity

ERRORS: dict[str, str] = {
    "not-utf8": "A source is not UTF-8 text; the bytes that are not were replaced by U+FFFD.",
    "empty": "A source holds no text, so there is nothing to publish.",
    "bad-date": "A date cannot be read or does not exist; the article is published without it.",
    "bad-header": "A header does not parse; the text below it is published without it.",
    "bad-field": "A field of a header, or a key of a topic, has a value of the wrong kind, and is not used.",
    "long-field": "A field is longer than any page can show, or holds too many; it is cut, or goes.",
    "bad-topics": "A file of topics is no TOML; what it says of topics is not used.",
    "duplicate-id": "Two articles have one id; the second is published under an id of its own.",
    "duplicate-path": "Two pages would be written to one address; the second is left out.",
    "bad-path": "A file has a name, or a page a path, that some file systems cannot hold; it is left out.",
    "unsafe-feed": "A feed is too large or too deep, or declares entities; nothing of it is published.",
    "unsafe-item": "A part of a feed is too large or too deep; it is left out or cut, the rest is published.",
    "too-large": "A text is too long or nested too deeply; it is shown letter by letter, as plain text.",
    "no-part": "A page lacks a part that `[sources.select]` requires; it is left out.",
    "unreadable": "A source cannot be read.",
    "not-a-file": "A folder or a special file stands where an article should be.",
    "outside": "A source leads out of its content folder, and is not followed.",
    "too-costly": "A source takes too much time or memory to be parsed; its texts are plain text then.",
    "crash": "A stage failed on a page, or a source: plain text then; this is a fault of the program.",
    "foreign-file": "A file that this program did not write stands where a page belongs; it was left alone.",
    "active-file": "A file beside an article is of a kind that browsers run; it is not copied.",
    "dead-link": "A link leads to nothing on this site; in an article its text stays without the link.",
    "unknown-topic": "A file of topics names a topic or an index that there is not; the name is not used.",
    "duplicate-topic": "Two tables describe one topic; the second is not used.",
    "topic-and-alias": "A topic that is described is an alias of another, too; it stays a topic.",
    "shared-alias": "Two topics have one alias; it stays that of the first.",
    "alias-cycle": "Aliases lead in a circle, or a topic is its own alias; they are not used.",
    "parent-cycle": "A topic is a parent of one that it stands below, or of itself; the parent is not used.",
    "related-itself": "A topic is related to itself; this is not used.",
    "related-ancestor": "A topic is related to one above or below it; this is not used.",
    "undescribed-entry": "No file of topics describes the topic of an entry; nothing is filed under it.",
    "dead-file": "A page refers to a picture, script or other file that is not on the site.",
    "repeated-id": "Two elements of a page have one id; links lead to the first.",
    "bad-html": "Tags of a page do not nest as HTML asks; browsers guess what is meant.",
    "unsound-feed": "A feed, a sitemap or the list of feeds is not what its format asks for.",
    "over-budget": "The site has more files or bytes than its host takes.",
    "dead-address": "A link leads to an address of the web at which there is nothing any more.",
}

WARNINGS: dict[str, str] = {
    "no-title": "An article has no title; the name of its file serves.",
    "no-date": "An article has no date: it stands last in lists and in no feed.",
    "unknown-field": "A header has a field, or a file of topics a key, that nothing reads.",
    "undeclared-index": "An entry names an index that the configuration does not declare; it is built.",
    "bad-entry": "An index entry has no topic, an empty level, or stands a second time, and is not used.",
    "split-by-list": "An entry with a slash has no link to settle it; the list of names with a slash did.",
    "undescribed-topic": "Articles are filed under a topic that no file of topics describes.",
    "near-duplicate": "Two topics have names so much alike that they may be one.",
    "address-clash": "Two topics, authors or articles would share an address; all but the oldest got a mark.",
    "not-read": "A file in the content folder is of no kind that is read, and no article leads to it.",
    "bad-feed": "A feed is not well-formed; what of it can be read is published.",
    "no-url": "The site has no address, or that of new sites; https://example.org/ stands in its feeds.",
    "unused-template": "No page uses a template of the site, or of its theme.",
    "bad-alias": "An old address of an article cannot be a path; nothing leads from it to the article.",
    "alias-clash": "An old address of an article or topic is that of something else, which stands there.",
    "bad-address": "A link leads to an address that no browser understands; its text stays without it.",
    "kept-file": "A page that the site no longer has was changed by hand; it was left where it is.",
    "unknown-query": "A saved query names an entry or an author under which there is no article.",
    "no-articles": "The content folders hold no article.",
    "left-out": "Marks of another generator's templates say nothing here; they were left out of an article.",
    "dead-anchor": "A link leads to a place on a page that is not there; it leads to the top of the page.",
    "no-alt": "A picture has no words that stand for it where it cannot be seen.",
    "heading-order": "A heading leaves out a level, or a page begins with one that is not the highest.",
    "empty-link": "A link or a button has no words.",
    "vague-link": "The words of a link, such as `here`, do not say where it leads.",
    "no-lang": "A page does not say in which language it is.",
    "no-page-title": "A page has no title for tabs, bookmarks and search results.",
    "table-headers": "A table has no heads of columns or rows.",
    "no-label": "A field of a form has no label.",
    "unlabelled-code": "A fence of code does not say in which language the code is.",
    "dated-ahead": "An article is dated ahead; it is left out until then.",
    "gone-by": "An article has expired, and is left out.",
    "moved-address": "A link leads to an address of the web that sends on to another for good.",
    "no-answer": "An address of the web did not answer as it should; it may do so later.",
    "empty-topic": "A topic is described, and no article is filed under it or below it.",
    "parted-name": "A topic is alone below another, which reads like the start of its name.",
    "needless-parent": "A topic has one that it stands below anyway among its parents.",
}

HINTS: dict[str, str] = {
    "lone-sub-topic": "A topic holds nothing but one sub-topic, and nothing is said of it.",
    "filed-above": "An article is filed under a topic and under one above it.",
    "same-name": "Two topics of an index have one name, at places that nothing relates.",
    "thin-topics": "Two related topics beside each other have one article between them.",
}
"""What `lwnindex topics lint --all` tells besides; many of these need no mending."""

CODES: dict[str, str] = {**ERRORS, **WARNINGS}
"""What each problem code means."""

RULES = {
    "nag": "subscription notes dropped",
    "login": "login links dropped",
    "trailer": "trailers dropped",
    "address": "articles' own addresses dropped",
    "comment-count": "numbers of comments dropped",
    "comments": "comments dropped",
    "footer": "footers dropped",
    "badge": "conference badges kept as metadata",
    "index-block": "index blocks read",
    "table": "tables repaired",
    "align": "cells aligned by class",
    "heading-shift": "headings shifted",
    "chrome": "navigations, forms and scripts dropped",
    "edition": "parts of editions that are no items dropped",
    "repeated": "titles, bylines and dates kept as metadata",
    "highlight": "blocks of code coloured",
    "list": "nested lists indented anew",
    "code-link": "links in code turned outwards",
    "fence": "fences in lists and quotes indented",
    "fence-language": "fences' languages set apart",
    "paragraph": "paragraphs parted from lists",
    "player": "frames and films made links",
    "image": "images, links where they are not held (`lwnindex import --assets` brings them in)",
    "draft": "drafts left out",
    "picture": "pictures in articles",
    "repeat": "older states of feeds' items left out",
    "template-turned": "template tags turned into Markdown",
    "template-left-out": "template tags left out",
    "template-raw": "marks of literal text in templates dropped",
    "template-comment": "comments in templates dropped",
    "foreign-link": "links written for other generators turned",
    "foreign-link-lost": "links written for other generators made text",
    "attributes": "lists of attributes dropped",
    "attribute-id": "ids in lists of attributes kept",
    "toc": "places for tables of contents dropped",
    "more": "marks of where a teaser ends dropped",
    "ahead": "articles dated ahead left out",
    "expired": "expired articles left out",
}
"""What the counts of a report are called."""

_OF_ONE = {
    "nag": "subscription note dropped",
    "login": "login link dropped",
    "trailer": "trailer dropped",
    "address": "article's own address dropped",
    "comment-count": "number of comments dropped",
    "comments": "comment dropped",
    "footer": "footer dropped",
    "badge": "conference badge kept as metadata",
    "index-block": "index block read",
    "table": "table repaired",
    "align": "cell aligned by class",
    "heading-shift": "heading shifted",
    "chrome": "navigation, form or script dropped",
    "edition": "part of an edition that is no item dropped",
    "repeated": "title, byline or date kept as metadata",
    "highlight": "block of code coloured",
    "list": "nested list indented anew",
    "code-link": "link in code turned outwards",
    "fence": "fence in a list or quote indented",
    "fence-language": "fence's language set apart",
    "paragraph": "paragraph parted from a list",
    "player": "frame or film made a link",
    "image": "image, a link where it is not held (`lwnindex import --assets` brings it in)",
    "draft": "draft left out",
    "picture": "picture in an article",
    "repeat": "older state of a feed's item left out",
    "template-turned": "template tag turned into Markdown",
    "template-left-out": "template tag left out",
    "template-raw": "mark of literal text in a template dropped",
    "template-comment": "comment in a template dropped",
    "foreign-link": "link written for another generator turned",
    "foreign-link-lost": "link written for another generator made text",
    "attributes": "list of attributes dropped",
    "attribute-id": "id in a list of attributes kept",
    "toc": "place for a table of contents dropped",
    "more": "mark of where a teaser ends dropped",
    "ahead": "article dated ahead left out",
    "expired": "expired article left out",
}
"""The same where there is one."""


def counted(rule: str, count: int) -> str:
    """Return what the count of a rule is called: `drafts left out`, or `draft left out` of one."""
    return (_OF_ONE if count == 1 else RULES).get(rule, rule)


Place = tuple[str | int, ...]
"""The way to a value: names of keys, and the numbers of items in lists."""


class Mistake(NamedTuple):
    """A sentence on what is wrong in a configuration, and the way to the key or item of which it is said."""

    place: Place
    said: str


class SiteError(Exception):
    """A build cannot go on; `exit_code` is 2 for usage and configuration, 3 for a failed build."""

    def __init__(self, message: str, exit_code: int = 3) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def problem(code: str, file: str, line: int, message: str, fix: str) -> Problem:
    """Return a problem of a known code, with the severity that its code has."""
    severity: Severity = "error" if code in ERRORS else "warning"
    assert code in CODES, code
    return Problem(code=code, severity=severity, file=file, line=line, message=message, fix=fix)


def sentence(found: Problem) -> str:
    """Return a problem as one line for a person: place, code, what, and the way out."""
    place = f"{found.file}:{found.line}" if found.line else found.file
    return f"{place}: {found.code}: {found.message} {found.fix}".rstrip()


def ordered(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without repeats, by file and line, so that every run tells them alike."""
    return tuple(sorted(set(found), key=_place))


def _place(one: Problem) -> tuple[str, int, str, str, str]:
    return one.file, one.line, one.code, one.message, one.fix


def errors(found: Iterable[Problem]) -> int:
    """Return how many of the problems are errors."""
    return sum(one.severity == "error" for one in found)


def warnings(found: Iterable[Problem]) -> int:
    """Return how many of the problems are warnings."""
    return sum(one.severity == "warning" for one in found)


def verdict(found: Iterable[Problem], *, strict: bool) -> int:
    """Return the exit code of a verb that met these problems: 1 after an error, if `strict` after any."""
    return 1 if any(strict or one.severity == "error" for one in found) else 0


def failure(error: BaseException) -> str:
    """Return what went wrong in a program, and in which line of which module."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.filename.rpartition('/')[2]}:{last.lineno})"


def line_in(error: BaseException, files: Container[str]) -> str:
    """Return the innermost line of these files in which an error arose, as `mysite.py:12`; empty for none."""
    import traceback

    found = [one for one in traceback.extract_tb(error.__traceback__) if one.filename in files]
    return f"{found[-1].filename.rpartition('/')[2]}:{found[-1].lineno}" if found else ""
