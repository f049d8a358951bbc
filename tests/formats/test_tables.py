"""Tables hold what the catalog says, in the same order in every build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from lwnindex.formats.tables import NAMES, Contents, tables
from tests.makers import article, card, catalog_of, config
from tests.thesauri import ARTICLES, held, library

BASE = "https://example.org/news"


def rows(of: Contents, name: str, *columns: str) -> list[Any]:
    """Return a table's rows, or those of their cells that are named."""
    (table,) = (one for one in tables(of) if one.name == name)
    assert all(len(row) == len(table.columns) for row in table.rows())
    places = [table.columns.index(each) for each in columns]
    return [tuple(row[place] for place in places) if places else row for row in table.rows()]


def test_all_tables_are_given_in_the_order_of_their_names() -> None:
    assert tuple(table.name for table in tables(library())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_the_same_whatever_the_order_of_sources_and_each_time_they_are_asked_for(name: str) -> None:
    turned = held(*ARTICLES[::-1])

    assert rows(held(*ARTICLES), name) == rows(turned, name)
    assert rows(turned, name) == rows(turned, name)


def test_an_article_is_told_with_all_that_its_card_says() -> None:
    own = card("9", "Kernel/BPF", updated="2010-01-01", lang="de", slug="nine", expires="2030-01-01")
    of = held(article(own, original="https://example.net/9"))

    assert rows(of, "articles") == [
        (
            *("9", None, "Article 9", "2009-12-22", "2010-01-01", "2030-01-01"),
            *("de", "What 9 is about.", 3, "nine"),
            *("Articles/nine/index.html", f"{BASE}/Articles/nine/"),
            *("https://example.net/9", "content/9.md"),
        )
    ]


def test_articles_come_by_id_and_what_is_unknown_of_them_is_nothing() -> None:
    found = rows(library(), "articles", "id", "date", "updated", "slug", "original", "language")

    assert found == [
        ("1", "2009-12-22", None, None, None, "en"),
        ("2", "2010-02-03", None, None, None, "en"),
        ("3", None, None, None, None, "en"),
    ]


def test_a_translation_is_an_article_after_its_own_which_it_names() -> None:
    of = held(article(card("2")), article(card("1")), article(card("1", lang="de", source="1.de.md")))

    assert rows(of, "articles", "id", "translation_of", "language", "url") == [
        ("1", None, "en", f"{BASE}/Articles/1/"),
        ("1/de", "1", "de", f"{BASE}/Articles/1/de/"),
        ("2", None, "en", f"{BASE}/Articles/2/"),
    ]
    assert [key for _, key in rows(of, "texts", "number", "article")] == ["1", "1/de", "2"]
    assert [key for (key,) in rows(of, "bylines", "article")] == ["1", "1/de", "2"]


def test_drafts_are_left_out_everywhere() -> None:
    of = held(article(card("1", "Kernel/BPF")), article(card("2", "Kernel/XFS", draft=True)))

    assert rows(of, "articles", "id") == rows(of, "texts", "article") == [("1",)]
    assert rows(of, "topics", "entry") == [("Kernel/BPF",)]


def test_the_name_of_a_file_that_is_no_text_is_written_with_question_marks() -> None:
    of = held(article(card("1", file="content/caf\udce9.md")))

    assert rows(of, "articles", "file") == [("content/caf?.md",)]


def test_the_name_of_a_file_steers_nobody_who_looks_at_a_table() -> None:
    of = held(article(card("1", file="content/a\x1b[31m\n\x9b\u202eb.md")))

    assert rows(of, "articles", "file") == [("content/a\ufffd[31m\ufffd\ufffd\ufffdb.md",)]


def test_texts_are_plain_and_numbered() -> None:
    found = rows(library(), "texts")

    assert [row[:4] for row in found][:2] == [
        (1, "1", "Article 1", "What 1 is about."),
        (2, "2", '=HYPERLINK("x")', "What 2 is about."),
    ]
    assert all("naïve" in text and "<" not in text for *_, text in found)


def test_bylines_have_an_order_and_authors_a_page_if_the_site_has_such() -> None:
    assert rows(library(), "bylines") == [
        ("1", 1, "Kernel desk"),
        ("1", 2, "Release desk"),
        ("2", 1, "Kernel desk"),
        ("3", 1, "Kernel desk"),
    ]
    path = "Authors/Kernel_desk/index.html"
    assert rows(library(), "authors")[0] == ("Kernel desk", path, f"{BASE}/Authors/Kernel_desk/", 3)

    bare = library()._replace(config=config(pages={"authors": False}))
    assert rows(bare, "authors") == [("Kernel desk", None, None, 3), ("Release desk", None, None, 1)]


def test_who_only_translated_is_an_author_without_a_page() -> None:
    of = held(article(card("1")), article(card("1", lang="de", source="1.de.md", authors=("Translator",))))

    assert rows(of, "authors")[1] == ("Translator", None, None, 0)


def test_topics_are_numbered_in_the_order_of_the_index_each_after_that_above_it() -> None:
    assert rows(library(), "topics", "id", "entry", "parent", "own_articles", "all_articles") == [
        (1, "Kernel/Clusters", None, 2, 2),
        (2, "Kernel/Filesystems", None, 0, 2),
        (3, "Kernel/Filesystems/Btrfs", 2, 1, 1),
        (4, "Kernel/Filesystems/Ceph", 2, 2, 2),
    ]


def test_a_topic_has_its_names_note_and_address() -> None:
    columns = ("index_name", "name", "levels", "sort", "note", "path", "anchor", "url")

    assert rows(library(), "topics", *columns)[3] == (
        *("Kernel", "Ceph", '["Filesystems", "Ceph"]', None),
        "A distributed filesystem.\nSee there.",
        *("Kernel/Filesystems/Ceph/index.html", "Filesystems-Ceph"),
        f"{BASE}/Kernel/Filesystems/Ceph/",
    )


def test_levels_tell_a_slash_in_a_name_from_one_between_names() -> None:
    of = held(article(card("1", ("Kernel", "Größe", "I/O"))))

    assert rows(of, "topics", "entry", "levels")[1] == ("Kernel/Größe/I/O", '["Größe", "I/O"]')


def test_a_topic_that_is_sorted_by_another_word_says_so() -> None:
    catalog = library().catalog
    topics = {entry: replace(topic, sort="Zebra") for entry, topic in catalog.topics.items()}

    assert rows(library()._replace(catalog=replace(catalog, topics=topics)), "topics", "sort")[0] == (
        "Zebra",
    )


def test_aliases_lead_to_topics() -> None:
    fs, rados = "Kernel/Ceph_FS", "Kernel/Filesystems/RADOS"

    assert rows(library(), "aliases") == [
        ("Kernel/Ceph FS", "Kernel", '["Ceph FS"]', 4, 1, f"{fs}/index.html", f"{BASE}/{fs}/"),
        (rados, "Kernel", '["Filesystems", "RADOS"]', 4, 0, f"{rados}/index.html", f"{BASE}/{rados}/"),
    ]


def test_relations_are_further_parents_and_related_topics() -> None:
    assert rows(library(), "relations") == [
        (3, "parent", 1, None, "Kernel"),
        (3, "see also", 1, 4, "Kernel/Filesystems/Ceph"),
        (4, "parent", 1, 1, "Kernel/Clusters"),
        (4, "see also", 1, 3, "Kernel/Filesystems/Btrfs"),
    ]


def test_entries_keep_the_order_in_which_an_article_has_them_each_once() -> None:
    assert rows(library(), "entries")[:3] == [("1", 1, 4), ("1", 2, 3), ("1", 3, 1)]

    twice = held(article(card("1", "Kernel/BPF", "Kernel/BPF")))
    assert rows(twice, "entries") == [("1", 1, 1)]


def test_citations_lead_to_an_article_or_to_an_address() -> None:
    assert rows(library(), "citations") == [
        ("2", 1, "1", None, ""),
        ("3", 1, "1", None, "f"),
        ("3", 2, None, "https://lwn.net/Articles/77/", ""),
    ]


def test_indexes_and_the_site_are_told() -> None:
    page = "Kernel/Index/index.html"

    assert rows(library(), "indexes") == [("Kernel", 1, "Kernel index", page, f"{BASE}/Kernel/Index/", 3)]
    assert rows(library(), "site") == [("News index", f"{BASE}/", "", "en", "https://lwn.net")]


def test_old_addresses_lead_to_articles() -> None:
    found = rows(held(article(card("1", aliases=("/2009/old/",)))), "old_addresses")

    assert found == [("2009/old/index.html", f"{BASE}/2009/old/", "1")]


def test_an_empty_archive_has_empty_tables() -> None:
    of = held(catalog=catalog_of())

    assert {table.name: len(list(table.rows())) for table in tables(of)} == {
        name: int(name == "site") for name in NAMES
    }


def test_the_reference_names_every_table_and_column() -> None:
    text = (Path(__file__).parents[2] / "docs/exports.md").read_text("utf-8")

    for table in tables(library()):
        (line,) = (line for line in text.splitlines() if line.startswith(f"| `{table.name}` |"))
        assert [each for each in table.columns if f"`{each}`" not in line] == []
