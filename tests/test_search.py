"""Months of articles, and what is counted of each."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.msgpack import decode, encode

from lwnindex.digest import digest_bytes
from lwnindex.search import LARGEST_MONTH, articles_of, count, months, sizes_of
from lwnindex.searchindex import Counted, Searchable
from tests.makers import article, card, catalog_of

WORDS = st.text(alphabet=st.sampled_from("ab_ \n.2"), max_size=12)


def counted(*articles: tuple[str, str]) -> tuple[Counted, dict[str, bytes]]:
    """Return what is counted of articles given as titles and texts."""
    bodies = {digest_bytes(text.encode()): encode([text]) for _, text in articles}
    given = [Searchable(title=title, body=digest_bytes(text.encode())) for title, text in articles]
    return count(given, bodies.__getitem__)


def lines(found: Counted, blobs: dict[str, bytes]) -> list[str]:
    """Return all lines, as they stand."""
    keys = {key: text for _, name in found.letters for key, text in decode(blobs[name]).items()}
    return [line for text in keys.values() for line in text.split("\n")]


# Months ------------------------------------------------------------------------------------------


def test_months_come_in_order_the_undated_first_and_articles_by_date_and_id() -> None:
    given = [
        card("b", date="2009-12-22"),
        card("a", date="2009-12-22"),
        card("c", date="2009-12-01"),
        card("d", date=None),
        card("e", date="2010-01-01T10:00:00+00:00"),
    ]
    found = months(catalog_of(*given), {one.id: article(one) for one in given})

    assert [(one.name, one.ids) for one in found] == [
        ("", ("d",)),
        ("2009-12", ("c", "a", "b")),
        ("2010-01", ("e",)),
    ]


def test_a_month_holds_what_can_be_searched() -> None:
    own = card("a", "Kernel/BPF", title="One", authors=("Desk",))
    (found,) = months(catalog_of(own), {"a": article(own)})

    assert found.articles == (
        Searchable(
            title="One", body=article(own).body.digest, authors=("Desk",), entries=(("Kernel", "BPF"),)
        ),
    )


def test_a_long_month_is_cut_so_that_an_edit_costs_little() -> None:
    given = [card(f"{number:04}") for number in range(LARGEST_MONTH * 2 + 1)]
    found = months(catalog_of(*given), {one.id: article(one) for one in given})

    assert [(one.name, len(one.ids)) for one in found] == [
        ("2009-12", LARGEST_MONTH),
        ("2009-12.2", LARGEST_MONTH),
        ("2009-12.3", 1),
    ]


# What is counted ---------------------------------------------------------------------------------


def test_a_line_says_where_a_term_stands_and_how_often() -> None:
    found, blobs = counted(("Ceph", "ceph"), ("", "x"), ("Ceph", "ceph ceph ceph ceph ceph ceph"))

    assert lines(found, blobs) == ["ceph AH!AB", "x E"]


@pytest.mark.parametrize(("often", "level"), [(1, "A"), (2, "B"), (3, "C"), (5, "C"), (6, "D"), (99, "D")])
def test_levels_stand_for_how_often(often: int, level: str) -> None:
    found, blobs = counted(("", "go " * often))

    assert lines(found, blobs) == [f"go {level}"]


def test_a_joined_name_is_found_by_its_parts_and_counts_once_as_a_word() -> None:
    found, blobs = counted(("", "io_uring and uring"))

    assert lines(found, blobs) == ["and A", "io A", "io_uring A", "uring B"]
    assert found.words == counted(("", "one two three"))[0].words


def test_topics_and_authors_stand_apart() -> None:
    found, blobs = count(
        [Searchable(title="", body="x", authors=("Ann B.",), entries=(("Kernel", "BPF"), ("Kernel",)))],
        lambda _: encode(["bpf"]),
    )

    assert lines(found, blobs) == ["ann @A", "b @A", "bpf A@A", "kernel @A"]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20))
def test_all_that_is_named_is_there_and_texts_are_what_was_said(articles: list[tuple[str, str]]) -> None:
    found, blobs = counted(*articles)
    texts = [text for name in found.texts for text in json.decode(zlib.decompress(blobs[name], -15))]

    assert [text.split() for text in texts] == [text.split() for _, text in articles]
    assert found.starts == tuple(range(0, len(articles), 8))
    assert [one.title for one in articles_of(blobs[found.articles])] == [title for title, _ in articles]
    assert set(blobs) == {found.articles, found.sizes, *found.texts, *(name for _, name in found.letters)}
    assert sum(sizes_of(blobs[found.sizes]).values()) == sum(
        len(line.split(" ")[1]) + 3 for line in lines(found, blobs)
    )


def test_a_text_file_is_not_too_large() -> None:
    found, _ = counted(*(("", f"{number} " * 20_000) for number in range(4)))

    assert found.starts == (0, 1, 2, 3)


def test_equal_articles_are_counted_to_equal_bytes() -> None:
    assert counted(("One", "two three")) == counted(("One", "two three"))
