"""Where the remote pictures of articles are held."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex.assetnames import asset_of
from lwnindex.names import is_device


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://static.example.org/images/ns/ceph.png", "assets/static.example.org/images/ns/ceph.png"),
        ("http://static.example.org/images/ns/ceph.png#top", "assets/static.example.org/images/ns/ceph.png"),
        ("//STATIC.example.org/a-b_1.jpeg", "assets/static.example.org/a-b_1.jpeg"),
        ("https://example.org:443/a.webp", "assets/example.org/a.webp"),
        ("https://example.org/A.PNG", "assets/example.org/a~?.png"),
        ("https://example.org/a.png?size=2", "assets/example.org/a~?.png"),
        ("https://example.org/v1.2/a.gif", "assets/example.org/v1_2/a~?.gif"),
        ("https://example.org/a.php.png", "assets/example.org/a_php~?.png"),
        ("https://example.org/show.php?id=7", "assets/example.org/show_php~?.img"),
        ("https://example.org/a.svg", "assets/example.org/a_svg~?.img"),
        ("https://example.org:8080/a.png", "assets/example.org.8080/a~?.png"),
        ("https://example.org/con/aux.png", "assets/example.org/con_/aux_~?.png"),
        ("https://example.org/../%2e%2e/a.png", "assets/example.org/__/__/a~?.png"),
        ("https://example.org", "assets/example.org/_~?.img"),
        ("https://[2001:db8::1]/a.png", "assets/2001.db8._.1/a~?.png"),
        ("data:image/png;base64,AAAA", ""),
        ("ftp://example.org/a.png", ""),
        ("images/a.png", ""),
        ("https://", ""),
        ("https://[/a.png", ""),
        ("https://example.org:port/a.png", ""),
    ],
)
def test_a_remote_picture_has_a_file(url: str, path: str) -> None:
    assert re.sub(r"~[0-9a-f]{16}", "~?", asset_of(url)) == path


url_paths = st.lists(st.text(st.sampled_from("aA1./\\ ~:_-%2eé\u212a?&=\0"), max_size=9), max_size=5).map(
    "/".join
)
asset_hosts = st.sampled_from(("example.org", "con", "a" * 70 + ".org", "_", "example.org:81"))
endings = st.sampled_from((".png", ".PNG", ".jpg", ".php", "."))
urls_of_pictures = st.tuples(asset_hosts, url_paths, endings).map(
    lambda three: "https://{}/{}{}".format(*three)
)


@given(st.frozensets(urls_of_pictures))
@example(
    frozenset(f"https://example.org/{end}" for end in ("a.png", "A.png", "a.png/b.png", "//a.png", "?a.png"))
)
@example(frozenset(f"https://example.org/{'x/' * 200}{name}.png" for name in "ab"))
def test_files_of_pictures_are_safe_and_their_own(urls: frozenset[str]) -> None:
    paths = {asset_of(url) for url in urls}
    levels = [path.split("/") for path in paths]

    assert len(paths) == len(urls)
    safe = re.compile(r"assets(/[a-z0-9_\-.]+)+/[a-z0-9_\-]+(~[0-9a-f]{16})?\.[a-z]+")
    assert all(safe.fullmatch(path) and len(path) < 190 for path in paths)
    assert not any(one.endswith(".") or is_device(one) for each in levels for one in each[2:])
    folders = {"/".join(each[:depth]) for each in levels for depth in range(1, len(each))}
    assert not folders & paths, "no file is where another needs a folder"
