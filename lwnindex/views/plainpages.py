"""Where plain pages stand: in folders that are spelled as those of the site, where it has them too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from lwnindex.model import Catalog, PlainPage
from lwnindex.names import Spelling, folded, folder_of, page_of

_OWN = ("Articles", "Authors", "Archives", "assets", "files", "queries", "search")


def placed(pages: Iterable[PlainPage], catalog: Catalog) -> tuple[PlainPage, ...]:
    """Return plain pages with their paths: a folder that another differs from in case alone is that one.

    Where case does not count they would be one anyway, and a site that was copied from there would have links
    that lead nowhere.
    """
    found = tuple(pages)
    if not found:
        return ()
    wanted = {folded(above) for page in found for above in _above(folder_of(page.path))}
    spelling = Spelling()
    topics = (topic.path for topic in catalog.topics.values())
    for folder in chain(_OWN, map(folder_of, chain(topics, catalog.paths.values()))):
        for above in _above(folder):
            if folded(above) in wanted:
                spelling.of(above)
    # Which of two pages decides must not hang on the order in which they were found.
    in_order = sorted({(page.file, page.path) for page in found})
    spelled = {path: page_of(spelling.of(folder_of(path))) for _, path in in_order}
    return tuple(replace(page, path=spelled[page.path]) for page in found)


def _above(folder: str) -> Iterator[str]:
    """Yield a folder and those that it lies in."""
    while folder:
        yield folder
        folder = folder_of(folder)
