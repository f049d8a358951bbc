"""The pages of the search: which there are, and what their views hold."""

from __future__ import annotations

from msgspec.structs import replace

from lwnindex.search import months
from lwnindex.searchindex import Counted, Searched
from lwnindex.searchviews import SearchCatalogView, SearchDocsView, SearchFacetsView, SearchView
from lwnindex.viewparts import SearchLine
from lwnindex.views.archive import Archive
from lwnindex.views.search import search_pages, shard_view
from tests.makers import archive_of, article, card, config, plan_of

EMPTY = Counted(words="", starts=(0,), texts=("text",), letters=(), sizes="", articles="")
GIVEN = (
    article(card("1", "Kernel/Filesystems/Ceph", "Security/SELinux", title="One", lang="de")),
    article(card("2", "Kernel/BPF", title="Two", date=None, authors=("Ann", "Bob"))),
)


def searched(shelf: Archive, shards: tuple[str, ...] = ("", "lin")) -> Searched:
    """Return the search of an archive in which nothing is counted yet."""
    found = months(shelf.catalog, shelf.articles)
    return Searched(months=found, counted=(EMPTY,) * len(found), shards=shards)


def views() -> dict[str, object]:
    shelf = archive_of(*GIVEN, config=config())
    return {path: make() for path, make in search_pages(shelf, searched(shelf))}


def test_a_search_has_a_page_and_files_by_months_and_shards() -> None:
    assert list(views()) == [
        *("search/index.html", "search/catalog.js", "search/facets.js"),
        *("search/docs/undated.js", "search/texts/undated-0.js"),
        *("search/docs/2009-12.js", "search/texts/2009-12-0.js"),
        *("search/terms/t-.js", "search/terms/t-lin.js"),
    ]


def test_the_page_says_nothing_of_the_archive_so_that_no_article_changes_it() -> None:
    assert views()["search/index.html"] == SearchView(path="search/index.html", root="../", title="Search")


def test_the_catalog_names_months_and_shards() -> None:
    catalog = views()["search/catalog.js"]

    assert isinstance(catalog, SearchCatalogView)
    assert (catalog.months, catalog.shards) == ((("", ""), ("2009-12", "")), ("", "lin"))


def test_facets_give_each_article_its_topics_and_authors() -> None:
    facets = views()["search/facets.js"]

    assert isinstance(facets, SearchFacetsView)
    topics = [entry for entry, _ in facets.topics]
    undated, dated = (text.split("|") for text in facets.docs)
    assert [topics[int(number, 36)] for number in undated[0].split(",")] == [("Kernel", "BPF")]
    assert [facets.authors[int(number, 36)] for number in undated[1].split(",")] == ["Ann", "Bob"]
    assert topics[int(dated[0].split(",")[0], 36)] == ("Kernel", "Filesystems", "Ceph")


def test_an_article_is_shown_with_its_page_and_language() -> None:
    docs = views()["search/docs/2009-12.js"]

    assert isinstance(docs, SearchDocsView)
    assert (docs.month, docs.texts) == ("2009-12", (0,))
    assert docs.lines == (
        SearchLine(
            title="One",
            path="Articles/1/index.html",
            date="2009-12-22",
            authors=("Kernel desk",),
            entries=(("Kernel", "Filesystems", "Ceph"), ("Security", "SELinux")),
            lang="de",
        ),
    )


def test_a_shard_draws_on_the_letters_between_its_keys() -> None:
    one = replace(EMPTY, letters=(("_", "1"), ("k", "2"), ("l", "3"), ("m", "4")))
    two = replace(EMPTY, letters=(("l", "5"),))
    counted, starts = (one, two), ("", "l", "lin", "m")

    assert shard_view(counted, starts, "").parts == ((0, "1"), (0, "2"))
    assert shard_view(counted, starts, "l").parts == ((0, "3"), (1, "5"))
    assert shard_view(counted, starts, "lin").parts == ((0, "3"), (1, "5"))
    assert shard_view(counted, starts, "m").parts == ((0, "4"),)


def test_a_site_without_search_has_none_of_its_pages() -> None:
    plan = plan_of(*GIVEN, config=config(search={"enabled": False}))

    assert not [path for path in plan.paths if path.startswith("search/")]
    assert not plan.site.search
