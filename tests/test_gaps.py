"""What an archive lacks is told with the articles by which it is known."""

from __future__ import annotations

from lwnindex.gaps import Gap, gap_lines, gap_object, gaps
from tests.makers import card, catalog_of, config

AWAY = "https://lwn.net/Articles"


def test_articles_that_are_cited_and_not_held_come_with_the_citing_the_most_first() -> None:
    found = gaps(
        catalog_of(
            card("1", "Kernel/A", cites=("2", "900")),
            card("2", "Kernel/A", cites=("10", "900", "9")),
            card("3", "Kernel/A", cites=("3",), date="2010-01-01"),
        )
    )

    assert found["cited"] == (
        Gap("cited", f"{AWAY}/900/", 2, (("2", "content/2.md"), ("1", "content/1.md"))),
        Gap("cited", f"{AWAY}/9/", 1, (("2", "content/2.md"),)),
        Gap("cited", f"{AWAY}/10/", 1, (("2", "content/2.md"),)),
    )


def test_articles_without_entries_are_unfiled() -> None:
    found = gaps(catalog_of(card("1", title="Stray"), card("2", "Kernel/A")))

    assert found["unfiled"] == (Gap("unfiled", "Stray", 1, (("1", "content/1.md"),)),)


def test_topics_with_one_article_are_those_that_have_no_sub_topic() -> None:
    found = gaps(
        catalog_of(card("1", "Kernel/A", "Kernel/B/C"), card("2", "Kernel/A"), card("3", "Kernel/B"))
    )

    assert [(one.what, one.by) for one in found["single"]] == [("Kernel/B/C", (("1", "content/1.md"),))]


def test_topics_outgrow_a_list_unless_they_have_sub_topics() -> None:
    cards = [card(str(one), "Kernel/A", "Kernel/B") for one in range(3)]
    catalog = catalog_of(*cards, card("9", "Kernel/B/C"))

    assert [(one.what, one.articles) for one in gaps(catalog, 2)["outgrown"]] == [("Kernel/A", 3)]
    assert gaps(catalog, 3)["outgrown"] == gaps(catalog)["outgrown"] == ()


def test_an_archive_without_a_publication_lacks_no_article() -> None:
    found = gaps(catalog_of(card("1", "Kernel/A", cites=("9",)), config=config(site={"source": ""})))

    assert found["cited"] == ()


def test_lines_end_where_they_shall_and_say_how_many_more() -> None:
    found = gaps(catalog_of(card("1", cites=("7", "8", "9"), title="Stray")))

    assert list(gap_lines("cited", found["cited"], 1)) == [
        "articles that are cited here and not held: 3",
        f"     1  {AWAY}/7/  cited by 1",
        "  and 2 more; --limit 0 tells all",
    ]
    assert len(list(gap_lines("cited", found["cited"], 0))) == 4
    assert list(gap_lines("unfiled", found["unfiled"], 5))[1] == "  1  Stray  content/1.md"
    assert list(gap_lines("single", (), 5)) == ["topics with one article: 0"]
    assert list(gap_lines("outgrown", (Gap("outgrown", "Kernel/A", 41, ()),), 5))[1] == "    41  Kernel/A"
    assert (
        list(gap_lines("single", (Gap("single", "Kernel/A", 1, (("1", "a.md"),)),), 5))[1] == "  Kernel/A  1"
    )


def test_programs_are_told_ids_and_files() -> None:
    assert gap_object(Gap("single", "Kernel/A", 1, (("1", "a.md"),))) == {
        "kind": "single",
        "what": "Kernel/A",
        "articles": 1,
        "by": [{"id": "1", "file": "a.md"}],
    }
