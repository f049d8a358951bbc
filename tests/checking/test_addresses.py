"""Addresses on pages lead to paths of the site as a browser follows them."""

from __future__ import annotations

import pytest

from lwnindex.checking.addresses import Address, in_css, is_outward, is_there, references
from lwnindex.checking.tags import scanned

HERE = "Articles/1/index.html"


@pytest.mark.parametrize(
    ("href", "path", "fragment"),
    [
        ("", HERE, ""),
        ("#a%20b", HERE, "a b"),
        ("?q=1", HERE, ""),
        ("../2/index.html#x", "Articles/2/index.html", "x"),
        ("../../", "index.html", ""),
        ("../..", "index.html", ""),
        ("./pic%20ture.png", "Articles/1/pic ture.png", ""),
        ("../../../outside", "../outside", ""),
        ("/base/Kernel/Index/", "Kernel/Index/index.html", ""),
        ("https://example.org/base", "index.html", ""),
        ("https://example.org/base/x.css?v=1", "x.css", ""),
        ("//example.org/base/x", "x", ""),
    ],
)
def test_addresses_of_the_site_become_paths(href: str, path: str, fragment: str) -> None:
    found = Address("https://example.org/base/").local(HERE, href)

    assert found is not None
    if found.path.startswith("../"):
        assert path.startswith("../")
    else:
        assert found == (path, fragment)


@pytest.mark.parametrize(
    "href",
    [
        "https://other.example/",
        "https://example.org/",
        "https://example.org/baseline",
        "/other",
        "mailto:a@b.c",
        "data:,",
    ],
)
def test_all_else_leads_out(href: str) -> None:
    assert Address("https://example.org/base").local(HERE, href) is None


def test_all_that_a_page_loads_and_links_is_found() -> None:
    page = scanned(
        '<link rel="preconnect" href="//cdn.example">'
        '<link rel="icon" href="i.svg"><script src="s.js"></script>'
        '<img src="a.png" srcset="b.png 1x, c.png 2x"><video poster="p.png" src="v.mp4"></video><a href="x">'
        '<meta http-equiv="refresh" content="0; url=next.html"><meta property="og:image" content="o.png"></a>'
    )

    found = [(one.address, one.is_file) for one in references(page)]

    assert [address for address, is_file in found if not is_file] == ["x", "next.html"]
    files = {"i.svg", "s.js", "a.png", "b.png", "c.png", "v.mp4", "p.png", "o.png"}
    assert {address for address, is_file in found if is_file} == files


def test_a_stylesheet_loads_files() -> None:
    text = """@import "a.css"; p { background: url( 'b.png' ) } i { src: url(c.woff) } /* url(no.png) */"""

    assert list(in_css(text)) == ["a.css", "b.png", "c.woff"]


def test_a_folder_is_there_if_it_has_a_page() -> None:
    assert is_there("a/index.html", {"a/index.html"})
    assert is_there("a", {"a/index.html"})
    assert not is_there("b", {"a/index.html"})


def test_outward_addresses_are_those_of_the_web() -> None:
    assert is_outward("HTTPS://x.example")
    assert not is_outward("mailto:a@b.c")
