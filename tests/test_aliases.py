"""Old addresses lead to the article that had them first, and never out of the site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.aliases import aliases
from tests.makers import card

PATHS = {"1": "Articles/1/index.html", "2": "Articles/2/index.html"}


def test_each_old_address_becomes_a_path() -> None:
    own = card("1", aliases=("/2018/09/13/One.html", "/releases/1.29.0/", "/2018/09/13/One.html"))
    found, problems = aliases([own], PATHS)

    assert found == {"2018/09/13/One.html": "1", "releases/1.29.0/index.html": "1"}
    assert problems == ()


def test_the_page_s_own_address_needs_none() -> None:
    assert aliases([card("1", aliases=("/Articles/1/", "/Articles/1/index.html"))], PATHS) == ({}, ())


def test_of_two_articles_with_one_address_the_first_has_it() -> None:
    found, (warning,) = aliases([card("1", aliases=("/Old/",)), card("2", aliases=("/old/",))], PATHS)

    assert found == {"Old/index.html": "1"}
    assert (warning.code, warning.severity, warning.file) == ("alias-clash", "warning", "content/2.md")
    assert warning.message == 'the old address "/old/" is that of content/1.md already, and leads there.'


def test_languages_of_one_article_may_share_an_address() -> None:
    paths = PATHS | {"1/de": "Articles/1/de/index.html", "1/he": "Articles/1/he/index.html"}
    cards = [card(one, aliases=("/old/",)) for one in ("1", "1/de", "1/he", "2")]
    found, (warning,) = aliases(cards, paths, {"1/de": "1", "1/he": "1"})

    assert found == {"old/index.html": "1"}
    assert warning.file == "content/2.md"


def test_what_cannot_be_a_path_is_told() -> None:
    found, (warning,) = aliases([card("1", aliases=("/a/../b/", "/ok/"))], PATHS)

    assert found == {"ok/index.html": "1"}
    assert (warning.code, warning.severity, warning.file) == ("bad-alias", "warning", "content/1.md")
    assert '"/a/../b/"' in warning.message


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a.html", "a.html"),
        ("/a.HTM", "a.HTM"),
        ("/a", "a/index.html"),
        ("/a/", "a/index.html"),
        ("//a//b/", "a/b/index.html"),
        ("/a/index.html", "a/index.html"),
        ("/a.php", "a.php/index.html"),
        ("/a/b.c/.../", None),
        ("/.html", None),
        ("/.htaccess/a/", None),
        ("/.git/refs/heads/a.html", None),
        ("/a/%2Egit/b/", None),
        ("/a/%E2%80%AEb/", None),
        ("/a/\u2066b/", None),
        ("/", "index.html"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/cafe%CC%81/", "café/index.html"),
        ("/a b/", "a b/index.html"),
        ("/100%/", "100%/index.html"),
        ("/日本.html", "日本.html"),
        (f"/{'a' * 255}/", f"{'a' * 255}/index.html"),
        ("", None),
        ("a/", None),
        ("https://example.org/a/", None),
        ("/..", None),
        ("/a/%2e%2e/b", None),
        ("/a%2F..%2Fb", None),
        ("/./a", None),
        ("/a\\b", None),
        ("/a:b", None),
        ("/a?p=1", None),
        ("/a#b", None),
        ("/a%00", None),
        ("/a\n", None),
        ("/a\x85b", None),
        ("/a.", None),
        ("/a /b", None),
        ("/con", None),
        ("/NUL.html", None),
        ("/%ff/", None),
        ("/\ud800/", None),
        (f"/{'a' * 256}/", None),
        ("/a" * 600, None),
    ],
)
def test_an_address_and_its_path(address: str, path: str | None) -> None:
    assert names.old_path(address) == path


odd = st.text(st.sampled_from("ab./\\%2eE5cCF:?#\0 ~é\u0301\ud800")) | st.text()


@given(odd)
def test_no_path_leaves_the_site(rest: str) -> None:
    path = names.old_path(f"/{rest}")
    if path is not None:
        parts = path.split("/")
        assert path.lower().endswith((".html", ".htm"))
        assert not {"", ".", ".."} & set(parts)
        assert not any(each in path for each in '\\:*?"<>|\0\n')
        assert all(part[0] != "." and part[-1] not in ". " and len(part.encode()) <= 255 for part in parts)
        assert names.moved(f"/{path.replace('%', '%25')}", {names.folded(path): "x"}) == "x"


@given(st.lists(st.lists(odd.map("/{}".format), max_size=3), max_size=4))
def test_no_two_articles_share_a_path(said: list[list[str]]) -> None:
    cards = [card(str(place), aliases=tuple(each)) for place, each in enumerate(said)]
    found, _ = aliases(cards, {one.id: f"Articles/{one.id}/index.html" for one in cards})

    owners: dict[str, set[str]] = {}
    for path, one in found.items():
        owners.setdefault(names.folded(path), set()).add(one)
    assert all(len(each) == 1 for each in owners.values())


@pytest.mark.parametrize(
    "address", ["/2018/One.html", "/2018/one.HTML", "/2018/One", "/2018/%4Fne.html#end", "/2018/One.html?x=1"]
)
def test_an_old_address_is_found_however_it_is_written(address: str) -> None:
    assert names.moved(address, {"2018/one.html": "page"}) == "page"
    assert names.moved("/2018/Two.html", {"2018/one.html": "page"}) is None
