"""The files of a search, read as a reader's browser reads them, say what the archive says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from msgspec.msgpack import encode

from lwnindex import tokens
from lwnindex.digest import digest_bytes
from lwnindex.formats.search import written
from lwnindex.model import Article
from lwnindex.search import count, months, sizes_of
from lwnindex.searchindex import Searched
from lwnindex.searchviews import SearchData, SearchTextsView
from lwnindex.shards import shards, totals
from lwnindex.views.search import search_pages
from tests.makers import archive_of, article, card, config
from tests.searchfiles import Files, Group, called, read

WORDS = (
    "linux",
    "io_uring",
    "C++",
    "2.6.33",
    "\u5185\u6838\u5f00\u53d1",
    "kernel's",
    "\u03bb\u03cc\u03b3\u03bf\u03c2",
    "b",
    "clone()",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
DATES = st.sampled_from([None, "2009-12-22", "2009-11-01", "2010-01-31"])
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS, DATES), min_size=1, max_size=12)
Given = Sequence[tuple[str, str, str | None]]
"""Titles, texts and dates."""

LEVELS = (0, 0, 1, 2, 2, 2)


def articles(given: Given) -> list[Article]:
    return [
        article(card(f"{number:02}", "Kernel/BPF", title=title or "T", date=date, lang="de"))
        for number, (title, _, date) in enumerate(given)
    ]


def searched(given: Given, *, parted: bool = False) -> dict[str, bytes]:
    """Return the files of articles given as titles, texts and dates."""
    own = articles(given)
    shelf = archive_of(*own, config=config())
    bodies = {one.body.digest: encode([text]) for one, (_, text, _) in zip(own, given, strict=True)}
    parts = months(shelf.catalog, shelf.articles)
    counted = [count(month.articles, bodies.__getitem__) for month in parts]
    blobs = {name: blob for _, each in counted for name, blob in each.items()}
    sizes = totals(sizes_of(blobs[one.sizes]) for one, _ in counted)
    starts = ("", *sorted(sizes)[1:]) if parted else shards(sizes)
    found = Searched(months=parts, counted=tuple(one for one, _ in counted), shards=starts)
    files = {}
    for path, make in search_pages(shelf, found):
        view = make()
        assert view.path == path
        if isinstance(view, SearchData):
            files[path] = written(view, blobs.__getitem__)
    return files


def expected(files: Files, given: Given) -> dict[str, dict[int, Group]]:
    """Return the postings of all terms, counted plainly, by the order of documents that the files tell."""
    found: dict[str, dict[int, Group]] = {}
    for place, (name, _, _) in enumerate(files.catalog["months"]):
        for number, line in enumerate(files.docs[name or "undated"]["docs"]):
            title, text, _ = given[int(line[1].split("/")[1])]
            for term, often in terms(text).items():
                found.setdefault(term, {}).setdefault(place, Group({}, (), ())).body[number] = (
                    LEVELS[often] if often < 6 else 3
                )
            for term in terms(title or "T"):
                group = found.setdefault(term, {}).setdefault(place, Group({}, (), ()))
                found[term][place] = group._replace(title=(*group.title, number))
            for term in {each for name in ("Kernel", "BPF", "Kernel desk") for each in terms(name)}:
                group = found.setdefault(term, {}).setdefault(place, Group({}, (), ()))
                found[term][place] = group._replace(filed=(*group.filed, number))
    return found


def terms(text: str) -> Counter[str]:
    own = tokens.tokens(text)
    return Counter([*own, *(part for token in own for part in tokens.parts(token))])


@given(ARTICLES, st.booleans())
def test_the_terms_of_all_shards_are_those_counted_plainly(given: Given, parted: bool) -> None:
    files = read(searched(given, parted=parted))
    starts = files.catalog["shards"]
    found = {term: groups for shard in files.terms.values() for term, groups in shard.items()}

    assert found == expected(files, given)
    assert list(files.terms) == starts == sorted(starts)
    for start, end in zip(starts, [*starts[1:], "~"], strict=True):
        assert all(start <= tokens.key(term) < end for term in files.terms[start])


@given(ARTICLES)
def test_texts_titles_and_lengths_are_those_of_the_articles(given: Given) -> None:
    files = read(searched(given))
    for name, size, lengths in files.catalog["months"]:
        own = files.docs[name or "undated"]
        texts = [
            text
            for number, _ in enumerate(own["texts"])
            for text in files.texts[f"{name or 'undated'}-{number}"]
        ]
        numbers = [int(line[1].split("/")[1]) for line in own["docs"]]
        assert len(own["docs"]) == size == len(lengths)
        assert texts == [given[number][1] for number in numbers]
        assert [line[0] for line in own["docs"]] == [given[number][0] or "T" for number in numbers]
        assert {line[2][:7] for line in own["docs"]} == {name}
        assert {(*line[3], *line[4][0], line[5]) for line in own["docs"]} == {
            ("Kernel desk", "Kernel", "BPF", "de")
        }


def test_facets_name_topics_and_authors_by_numbers() -> None:
    files = read(searched([("One", "", "2009-12-01"), ("Two", "", "2009-12-02"), ("Three", "", None)]))

    assert files.facets["topics"] == [[["Kernel", "BPF"], "Kernel/BPF/index.html"]]
    assert files.facets["authors"] == ["Kernel desk"]
    assert files.facets["docs"] == ["0|0", "0|0;0|0"]


def test_one_body_changes_only_the_shards_of_its_changed_words() -> None:
    before = [("One", "linux linux clone()", "2009-12-01"), ("Two", "linux b", "2010-01-01")]
    after = [("One", "linux linux C++ clone()", "2009-12-01"), ("Two", "linux b", "2010-01-01")]
    own, other = searched(before, parted=True), searched(after, parted=True)
    changed = {path for path in own.keys() | other.keys() if own.get(path) != other.get(path)}

    assert changed == {"search/catalog.js", "search/terms/t-c__.js", "search/texts/2009-12-0.js"}


@given(st.text())
def test_any_text_stands_in_a_script_that_older_rules_read_too(title: str) -> None:
    files = searched([(title.strip() or "T", "", None)])
    kind, name, argument = called(files["search/docs/undated.js"])

    assert (kind, name) == ("docs", "undated")
    assert not set(argument) & set("\u2028\u2029")
    assert read(files).docs["undated"]["docs"][0][0] == (title.strip() or "T")


def test_a_text_is_what_its_blob_holds() -> None:
    view = SearchTextsView(
        path="search/texts/2009-12-0.js", root="../../", title="", name="2009-12-0", digest=digest_bytes(b"x")
    )

    assert called(written(view, lambda _: b"\0")) == ("texts", "2009-12-0", '"AA=="')
