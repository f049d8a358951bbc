"""An item of a feed finds its file again, whatever its feed calls it now."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.articlefile import written
from lwnindex.contentfiles import put
from lwnindex.helditems import Held, link_key
from lwnindex.model import Manuscript
from lwnindex.readers.feed import Item


def item(guid: str = "g", link: str = "https://example.org/a", title: str = "A title") -> Item:
    manuscript = Manuscript(text="x", title=title, date="2009-12-22", original=link or None)
    return Item(manuscript, guid, link)


def kept(folder: Path, path: str, one: Item) -> Path:
    put(folder / path, written(one.manuscript, one.guid).encode())
    return folder / path


def test_an_item_is_found_by_its_guid_and_else_by_its_address(tmp_path: Path) -> None:
    place = kept(tmp_path, "news/sub/any.md", item())
    held = Held(tmp_path)

    assert held.has("news")
    assert not held.has("other")
    assert held.place_of("news", item(link="https://example.org/b")) == place
    assert held.place_of("news", item(guid="h", link="http://EXAMPLE.org/a/?utm_source=feed#top")) == place
    assert held.place_of("other", item(guid="g", link="")) is None
    assert held.place_of("other", item(guid="h")) == place
    assert held.is_elsewhere("other", place)
    assert not held.is_elsewhere("news", place)
    assert held.place_of("news", item(guid="h", link="https://example.org/c")) is None


@pytest.mark.parametrize(
    "odd", ["a  b", " a\n---\nb: c", "a\x7fb", "a\u202eb", "a\u200b", "a\ufffd", "a\u00a0b"]
)
def test_an_item_of_an_odd_name_or_address_is_found_again(tmp_path: Path, odd: str) -> None:
    named, placed = item(odd, ""), item("", f"https://example.org/{odd.strip()}", "B title")
    first, second = (kept(tmp_path, f"news/{name}.md", one) for name, one in (("1", named), ("2", placed)))
    held = Held(tmp_path)

    assert held.place_of("news", named) == first
    assert held.place_of("news", placed) == second
    assert held.add("news", item(f"c{odd}", "")) == held.place_of("news", item(f"c{odd}", ""))


def test_a_new_file_is_called_by_date_and_title(tmp_path: Path) -> None:
    held = Held(tmp_path)

    first = held.add("news", item())
    second = held.add("news", item("h", "https://example.org/b", "A TITLE"))

    assert first == tmp_path / "news/2009-12-22-a_title.md"
    assert second.name.startswith("2009-12-22-a_title~")
    assert held.place_of("news", item()) == first
    assert held.place_of("news", item("h", "")) == second
    assert held.place_of("news", item("", "https://example.org/b")) == second


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "..", "CON", "a/b\\c:d", "\u202e", "x" * 500, "index", "💥"]
)
def test_no_title_leads_out_of_the_folder(tmp_path: Path, title: str) -> None:
    for date in ("2009-12-22", None):
        one = item(title=title)._replace(manuscript=Manuscript(text="", title=title, date=date))
        place = Held(tmp_path).add("news", one)
        assert place.parent == tmp_path / "news"
        put(place, b"x")
        assert place.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://Example.org/A/?b=1&utm_medium=x#c", "example.org/A?b=1"),
        ("http://example.org/", ""),
        ("https://example.org", ""),
        ("https://example.org/?p=7", "example.org?p=7"),
        ("", ""),
        ("https://[example.org/a", ""),
    ],
)
def test_the_spellings_of_an_address_share_a_key(link: str, key: str) -> None:
    assert link_key(link) == key


def test_items_at_places_of_one_page_are_told_apart(tmp_path: Path) -> None:
    held = Held(tmp_path)
    first = held.add("news", item(guid="1", link="https://example.org/news#a", title="A"))

    assert held.place_of("news", item(guid="2", link="https://example.org/news#b")) is None
    assert held.place_of("news", item(guid="", link="https://example.org/news#a")) == first
    assert held.place_of("news", item(guid="", link="https://example.org/news")) == first
    held.add("news", item(guid="2", link="https://example.org/news#b", title="B"))
    assert held.place_of("news", item(guid="3", link="https://example.org/news")) is None
