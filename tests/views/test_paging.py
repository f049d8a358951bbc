"""Lists are cut from the oldest, and every page of one is on the way from end to end."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from lwnindex.viewparts import Crumb, Pager
from lwnindex.views.paging import further, pager, part_of

lengths, sizes = st.integers(0, 60), st.integers(1, 12)


def counted_down(length: int) -> list[str]:
    """Return the numbers down to 1, the oldest."""
    return [str(number) for number in range(length, 0, -1)]


def cut(ids: list[str], size: int) -> list[tuple[int, Sequence[str]]]:
    """Return the pages of a list with their numbers, the newest first."""
    numbers = (0, *range(further(ids, size), 0, -1))
    return [(number, part_of(ids, size, number)) for number in numbers]


@given(lengths, sizes)
def test_the_pages_together_are_the_list(length: int, size: int) -> None:
    pages = cut(counted_down(length), size)
    assert [each for _, part in pages for each in part] == counted_down(length)


@given(lengths, sizes)
def test_the_newest_page_holds_up_to_twice_as_much_as_the_full_ones(length: int, size: int) -> None:
    (_, newest), *older = cut(counted_down(length), size)
    assert len(newest) < 2 * size
    assert len(newest) >= min(length, size)
    assert all(len(part) == size for _, part in older)


@given(lengths, sizes)
def test_a_newer_article_changes_the_newest_page_alone(length: int, size: int) -> None:
    before, after = dict(cut(counted_down(length), size)), dict(cut(counted_down(length + 1), size))
    assert [after[number] for number in before if number] == [
        part for number, part in before.items() if number
    ]
    split = len(after) - len(before)
    assert split == (1 if len(before[0]) == 2 * size - 1 else 0)
    assert after[0] == counted_down(length + 1)[: len(before[0]) + 1 - split * size]


def walked(last: int, step: str) -> list[int]:
    """Return the numbers of the pages met on the way from one end of a list to the other."""
    pagers = {page_path(number): pager("F", number, last) for number in range(last + 1)}
    path, found = page_path(0 if step == "older" else min(last, 1)), []
    while path:
        here = pagers.pop(path)
        assert here is not None
        found.append(here.number)
        path = getattr(here, step)
    return found


def page_path(number: int) -> str:
    """Return where page `number` of the list in F/ stands."""
    return f"F/page/{number}/index.html" if number else "F/index.html"


@given(st.integers(1, 30))
def test_older_and_newer_visit_every_page_once(last: int) -> None:
    assert walked(last, "older") == [0, *range(last, 0, -1)]
    assert walked(last, "newer") == [*range(1, last + 1), 0]


def test_a_list_of_one_page_has_no_pager() -> None:
    assert pager("F", 0, 0) is None


def test_only_the_newest_page_names_all_others() -> None:
    assert pager("F", 0, 2) == Pager(
        number=0,
        last=2,
        older="F/page/2/index.html",
        pages=(Crumb(name="2", path="F/page/2/index.html"), Crumb(name="1", path="F/page/1/index.html")),
    )
    assert pager("F", 1, 2) == Pager(number=1, last=0, newer="F/page/2/index.html")
    assert pager("F", 1, 2) == pager("F", 1, 3)
    assert pager("F", 2, 2) == Pager(number=2, last=0, newer="F/index.html", older="F/page/1/index.html")


def test_pages_of_the_front_page_stand_at_the_top() -> None:
    found = pager("", 1, 1)
    assert found is not None
    assert found.newer == "index.html"
