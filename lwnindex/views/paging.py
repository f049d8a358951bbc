"""A long list over several pages: which articles each has, what it is called, and the way to the others."""

from __future__ import annotations

from collections.abc import Sequence

from lwnindex.names import page_of
from lwnindex.viewparts import Crumb, Pager
from lwnindex.views.archive import Archive


def further(ids: Sequence[str], size: int) -> int:
    """Return how many pages a list has besides its newest, which holds `size` to 2 `size` - 1 articles.

    A page once full never changes when a newer article comes, so an archive's old pages stay as they are.
    """
    return max(len(ids) // size - 1, 0)


def part_of(ids: Sequence[str], size: int, number: int) -> Sequence[str]:
    """Return the articles of a list's page: 0 is the newest, K the K-th oldest."""
    last = further(ids, size)
    newest = len(ids) - last * size
    if not number:
        return ids[:newest]
    start = newest + (last - number) * size
    return ids[start : start + size]


def numbered(shelf: Archive, title: str, number: int) -> str:
    """Return the title of page `number` of a list: its own for the newest, 0."""
    return shelf.words.say("{title}, page {number}", title=title, number=str(number)) if number else title


def pager(folder: str, number: int, last: int) -> Pager | None:
    """Return the pager of page `number` of a list whose oldest pages are 1 to `last`; None for a single page.

    Only the newest page names all others, or each of them would change with every page that fills up.
    """
    if last == 0:
        return None
    older = number - 1 if number else last
    return Pager(
        number=number,
        last=0 if number else last,
        newer=page_of(folder, number + 1 if number < last else 0) if number else "",
        older=page_of(folder, older) if older else "",
        pages=()
        if number
        else tuple(Crumb(name=str(one), path=page_of(folder, one)) for one in range(last, 0, -1)),
    )
