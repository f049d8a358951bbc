"""A page is told when it, and what it shows, changed."""

from __future__ import annotations

import pytest

from lwnindex.preview.states import Fault, News, Versions

PAGE = "Kernel/Index/index.html"


def after(*changes: str) -> Versions:
    found = Versions("r")
    found.hear(News(changed=("index.html", PAGE)))
    for each in changes:
        found.hear(News(changed=(each,)))
    return found


@pytest.mark.parametrize(
    ("change", "page", "style"),
    [
        (PAGE, 2, 0),
        ("index.html", 1, 0),
        ("assets/site.css", 1, 2),
        ("assets/article.js", 2, 0),
        ("files/picture.png", 2, 0),
        ("feed.rss", 1, 0),
        ("sitemap.xml", 1, 0),
        ("search/words-1.js", 1, 0),
    ],
)
def test_a_page_hears_of_what_it_shows(change: str, page: int, style: int) -> None:
    told = after(change).of(PAGE)

    assert (told.page, told.style) == (page, style)


def test_the_search_page_hears_of_what_it_reads() -> None:
    assert after("search/words-1.js").of("search/index.html").page == 2


def test_what_is_wrong_is_told_until_it_is_not_and_changes_nothing_else() -> None:
    found = after()
    fault = Fault(code="bad-date", message="m")
    found.hear(News(faults=(fault,)))

    assert found.of(PAGE).faults == (fault,)
    assert found.mark == "r.1"
    found.hear(News())
    assert found.of(PAGE).faults == ()
