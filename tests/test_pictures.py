"""Remote pictures are brought in once, and only what is a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lwnindex.assetnames import asset_of
from lwnindex.pictures import bring, kind_of, remote
from lwnindex.web import Limits, Web
from tests.misbehaving import Server, misbehaving, page, redirect, status

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
KINDS = {
    "png": PNG,
    "jpeg": b"\xff\xd8\xff\xe0x",
    "gif": b"GIF89ax",
    "webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "avif": b"\0\0\0\x20ftypavif",
}


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving({}) as found:
        yield found


def web() -> Web:
    return Web(Limits(connect=60, read=60, total=60, size=1000, retries=0, private=frozenset({"127.0.0.1"})))


def test_remote_pictures_are_found_in_markdown_and_html() -> None:
    texts = (
        "![a](https://example.org/a_(1).png) ![b](b.png) [c](https://example.org/c.png)",
        '![d](<http://example.org/d.png> "D")\n<img alt="x" src="//example.org/e.png?a&amp;b">',
        "<IMG src='https://example.org/f.png'><img src=https://example.org/g.png><img src=/h.png>",
        "![a](https://example.org/a_(1).png) ![i](data:image/png;base64,AA)",
    )
    names = ("a_(1).png", "d.png", "e.png?a&b", "f.png", "g.png")
    assert [url.rpartition("/")[2] for url in remote(texts)] == list(names)
    assert remote(texts)[2] == "https://example.org/e.png?a&b"


def test_a_picture_is_brought_in_once(tmp_path: Path, server: Server) -> None:
    server.answers["/a.png"] = page(PNG, "image/png")
    url = f"{server.url}/a.png"

    assert bring([url], tmp_path, web()) == ((url,), (), ())
    assert bring([url], tmp_path, web()) == ((), (url,), ())
    assert (tmp_path / asset_of(url)).read_bytes() == PNG
    assert len(server.asked) == 1


def test_a_dry_run_asks_for_nothing(tmp_path: Path, server: Server) -> None:
    url = f"{server.url}/a.png"

    assert bring([url], tmp_path, web(), dry_run=True).new == (url,)
    assert not server.asked
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_known(tmp_path: Path, server: Server, kind: str) -> None:
    server.answers["/a"] = page(KINDS[kind], f"image/{kind}")

    assert kind_of(KINDS[kind]) == kind
    assert bring([f"{server.url}/a"], tmp_path, web()).new
    assert [place.suffix for place in tmp_path.rglob("*") if place.is_file()] == [".img"]


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml", "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/png", "no picture"),
        (PNG, "text/html", "no picture"),
        (PNG, "image/jpeg", "no picture"),
        (PNG, "", "no picture"),
        (b"", "image/png", "no picture"),
        (PNG + b"x" * 1000, "image/png", "too large"),
    ],
)
def test_what_is_no_picture_is_not_brought_in(
    tmp_path: Path, server: Server, content: bytes, kind: str, why: str
) -> None:
    server.answers["/a.png"] = page(content, kind)
    found = bring([f"{server.url}/a.png"], tmp_path, web())

    assert not found.new
    assert why in found.failed[0][1]
    assert not list(tmp_path.iterdir())


def test_one_that_fails_stops_no_other(tmp_path: Path, server: Server) -> None:
    server.answers.update(
        {"/a.png": status(404), "/b.png": redirect("file:///etc/passwd"), "/c.png": page(PNG, "image/png")}
    )
    (tmp_path / "assets").mkdir()
    urls = ["ftp://example.org/a.png", *(f"{server.url}/{name}.png" for name in "abc")]

    found = bring(urls, tmp_path, web())

    assert [url for url, _ in found.failed] == urls[:3]
    assert found.new == (urls[3],)


def test_no_link_leads_a_picture_elsewhere(tmp_path: Path, server: Server) -> None:
    server.answers["/a.png"] = page(PNG, "image/png")
    (tmp_path / "in").mkdir()
    (tmp_path / "away").mkdir()
    (tmp_path / "in/assets").symlink_to(tmp_path / "away")

    found = bring([f"{server.url}/a.png"], tmp_path / "in", web())

    assert "a link leads out" in found.failed[0][1]
    assert not list((tmp_path / "away").iterdir())
