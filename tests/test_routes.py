"""A path has one holder, told apart as the least capable file system does; the others are told."""

from __future__ import annotations

import pytest

from lwnindex.routes import Routes
from lwnindex.viewmodel import NotFoundView


def view() -> NotFoundView:
    return NotFoundView(path="a/index.html", root="../", title="Mine")


def routes_of(*paths: str) -> Routes:
    """Return routes in which these paths are taken."""
    found = Routes()
    assert all(found.claim(path) for path in paths)
    return found


@pytest.mark.parametrize("path", ["a/index.html", "A/Index.html", "a/index.html/b", "a"])
def test_a_path_that_is_held_or_above_or_below_one_is_not_free(path: str) -> None:
    routes = routes_of("a/index.html")

    assert not routes.claim(path, "Second", "content/2.md")
    assert [(one.code, one.file) for one in routes.problems] == [("duplicate-path", "content/2.md")]
    assert list(routes.paths) == ["a/index.html"]


@pytest.mark.parametrize(
    ("path", "holder"),
    [("A/b", "a/b"), ("a/b/c", "a/b"), ("a", "a/"), ("d/E", "d/e"), ("D", "D/"), ("own/index.html", "")],
)
def test_a_clash_names_both_sources(path: str, holder: str) -> None:
    routes = routes_of("own/index.html")
    assert routes.claim("a/b", "First", "content/first.md")
    assert routes.claim_file("d/e", "content/first.md")
    of = f"{holder} of content/first.md stands" if holder else "where own/index.html stands"

    assert not routes.claim_file(path, "content/second.png")
    assert not routes.claim_old(path, "new/index.html", "content/second.md")
    first, second = routes.problems
    assert (first.file, second.file) == ("content/second.png", "content/second.md")
    assert of in first.message
    assert holder == "" or f"{holder} of content/first.md, which stands" in second.message


def test_a_page_that_has_yet_to_be_made_is_told_by_its_title() -> None:
    routes = routes_of("a/index.html")

    assert not routes.claim_list("a/index.html", view)
    assert '"Mine"' in routes.problems[0].message
    assert routes.claim_list("b/index.html", view)


def test_a_file_of_the_site_s_own_in_our_place_is_no_problem() -> None:
    routes = routes_of("robots.txt")

    assert not routes.claim_missing("robots.txt")
    assert routes.problems == []
    assert not routes.claim_missing("Robots.txt")
    assert len(routes.problems) == 1


@pytest.mark.parametrize(
    ("target", "file", "told"),
    [
        ("new/index.html", "content/1.md", [("alias-clash", "content/1.md", 9)]),
        ("a/index.html", "content/1.md", []),
        ("new/index.html", "", []),
    ],
)
def test_an_old_address_yields_and_is_told_where_it_is_written(
    target: str, file: str, told: list[tuple[str, str, int]]
) -> None:
    routes = routes_of("a/index.html")

    assert not routes.claim_old("A/index.html", target, file, 9)
    assert [(one.code, one.file, one.line) for one in routes.problems] == told
    assert routes.claim_old("old/index.html", target, file, 9)
    assert not routes.claim("old/index.html")


@pytest.mark.parametrize(
    "name", ["CON", "nul.txt", "a:b", "a.", "a ", "con .txt", "CONIN$", "clock$.txt", "a\x1b", "x" * 256]
)
def test_a_file_that_some_file_system_cannot_hold_is_told_and_left_out(name: str) -> None:
    routes = Routes()

    assert not routes.claim_file(f"deep/{name}/a.txt")
    assert not routes.claim_file(name, "content/a")
    told = [(one.code, one.file) for one in routes.problems]
    assert told == [("bad-path", f"static/deep/{name}/a.txt"), ("bad-path", "content/a")]
    assert routes.claim_file("C#/.htaccess")


def test_a_path_that_no_system_takes_is_told_and_left_out() -> None:
    routes = Routes()

    assert not routes.claim("\u6f22/" * 1000 + "index.html", "Deep", "content/pages/deep.md")
    assert [(one.code, one.file) for one in routes.problems] == [("bad-path", "content/pages/deep.md")]
    assert not routes.claim("a/" * 500 + "index.html", "Deep", "content/pages/deep.md")
    assert routes.claim("\u6f22\u6f22/" * 390 + "index.html")
    assert routes.claim("a/" * 400 + "index.html")
