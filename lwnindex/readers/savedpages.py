"""A saved HTML page becomes manuscripts: an article, the items of a weekly edition, or none with a problem.

Who reads it: the selectors that its source declares, else the rules for LWN's pages, else the marks that
most sites put on articles. Pages that it would take long to parse are refused before.
"""

from __future__ import annotations

from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers import edition, lwnpage, marks, selected
from lwnindex.readers.items import Items
from lwnindex.readers.markedup import Page, page, too_large
from lwnindex.reading import Reading


def read(text: str, file: str, reading: Reading) -> Items:
    """Return what a saved page holds, with bodies of HTML, and why it holds nothing."""
    reason = too_large(text)
    if reason:
        return Items(problems=(_too_large(file, reason),))
    items = _read(page(text, file, reading))
    held = tuple(one for one in items.manuscripts if one.text)
    empty = (_empty(file),) if len(held) < len(items.manuscripts) else ()
    return Items(held, (*items.problems, *empty))


def _read(found: Page) -> Items:
    if selected.is_declared(found.reading.select):
        return selected.read(found)
    return _lwn(found) if lwnpage.is_lwn(found) else marks.read(found)


def _empty(file: str) -> Problem:
    message = "the page has an article without a text."
    return problem("empty", file, 1, message, "Save the page anew, or remove the file.")


def _too_large(file: str, reason: str) -> Problem:
    fix = "Save the page anew, or take out what makes it so large; until then it is not on the site."
    return problem("too-large", file, 1, reason, fix)


def _lwn(found: Page) -> Items:
    if edition.has_too_many(found):
        return Items(problems=(_too_large(found.file, "The page has more headings than any edition."),))
    if edition.is_edition(found):
        items = edition.items(found)
        return Items(items) if items else Items(problems=(_only_lists(found),))
    article = lwnpage.article(found)
    return Items((article,)) if article else Items(problems=(_only_lists(found),))


def _only_lists(found: Page) -> Problem:
    message = "the page lists articles that stand on pages of their own, and holds none."
    return problem("not-read", found.file, 1, message, "Save the pages of the articles, or remove the file.")
