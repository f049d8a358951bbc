"""The search's program in node: the same words as the build's, and what it finds in files of known forms."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lwnindex.tokens import tokens
from tests import searchwriter
from tests.programs import NODE, ROOT
from tests.searchwriter import Text

ENGINE = ROOT / "themes" / "default" / "assets" / "search-engine.js"
VECTORS = json.loads((ROOT / "tests" / "tokens.json").read_text("utf-8"))
STARTS = ("", "b", "fi", "g", "io_", "t", "x")

pytestmark = pytest.mark.needs_node


def ask(folder: Path, *questions: Sequence[object]) -> list[Any]:
    """Return the answers of the program in node, over the files of a folder."""
    done = subprocess.run(
        [str(NODE), str(ROOT / "tests" / "search_in_node.js"), str(ENGINE), str(folder)],
        input="\n".join(json.dumps(question) for question in questions),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in done.stdout.strip().split("\n")]


def filler(words: int) -> str:
    """Return words that no test asks for."""
    return " ".join(f"filler{n % 97}" for n in range(words))


TEXTS = (
    Text(
        "Ceph in the kernel",
        "The ceph filesystem was merged.\nIt stores objects.",
        topics=(("Kernel", "Filesystems", "Ceph"),),
        authors=("Ada Example",),
        path="Articles/1/index.html",
    ),
    Text(
        "Filesystem news",
        f"Btrfs and ceph and ext4. {filler(300)}",
        date="2010-02-01",
        topics=(("Kernel", "Filesystems"), ("Security",)),
        authors=("Ada Example", "Ben Example"),
        path="Articles/2/index.html",
    ),
    Text(
        "An io_uring surprise",
        "Rings of io_uring, x86_64 and C++ on 2.6.33-rc1.",
        date="2010-02-03",
        topics=(("Kernel", "Asynchronous I/O"),),
        path="Articles/3/index.html",
    ),
    Text("Nothing dated", "An undated text about theft.", date="", path="Articles/4/index.html"),
    Text(
        "検索エンジンの歴史",
        "全文検索は索引を使う。",
        date="2011-01-01",
        lang="ja",
        path="Articles/5/index.html",
    ),
    Text(
        "The kernel",
        "A kernel. " + filler(40),
        date="2012-01-01",
        authors=("Ben Example",),
        path="Articles/6/index.html",
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small archive, in several shards."""
    found = tmp_path_factory.mktemp("search")
    searchwriter.write(found, TEXTS, STARTS)
    return found


def titles(found: dict[str, Any]) -> list[str]:
    """Return the titles of what was found, in order."""
    return [hit["title"] for hit in found["hits"]]


def found_for(folder: Path, text: str, **filters: object) -> dict[str, Any]:
    """Return what a query comes to."""
    answer: dict[str, Any] = ask(folder, ("search", text, filters))[0]
    return answer


def of_facet(found: dict[str, Any], facet: str) -> list[tuple[str, int]]:
    """Return the values of a facet with their counts, in order."""
    return [(each["value"], each["count"]) for each in found["facets"][facet]]


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["tokens", "parts", "keys"])
def test_the_vectors_hold(folder: Path, kind: str) -> None:
    name = {"keys": "key"}.get(kind, kind)
    answers = ask(folder, *((name, given) for given, _ in VECTORS[kind]))

    assert answers == [expected for _, expected in VECTORS[kind]]


def known_to_all(character: str) -> bool:
    """Tell whether a character stood in Unicode long before Python and node took up their tables."""
    return unicodedata.ucd_3_2_0.category(character) != "Cn"


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]).filter(known_to_all))
        | st.text(st.sampled_from("aAZ9_.'\u2019+#vsé中国커\u0131Σς٣Ⅷ²-İ "), max_size=30),
        min_size=60,
        max_size=60,
    )
)
def test_any_text_has_the_same_words_as_in_the_build(folder: Path, texts: list[str]) -> None:
    assert ask(folder, *(("tokens", text) for text in texts)) == [tokens(text) for text in texts]


# What is found -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ceph", ["Ceph in the kernel", "Filesystem news"]),
        ("CÉPH merged", ["Ceph in the kernel"]),
        ("kernel", ["The kernel", "Ceph in the kernel", "An io_uring surprise", "Filesystem news"]),
        ("io_uring", ["An io_uring surprise"]),
        ("uring", ["An io_uring surprise"]),
        ("v2.6.33", ["An io_uring surprise"]),
        ("C++", ["An io_uring surprise"]),
        ("theft", ["Nothing dated"]),
        ("Ada Example", ["Ceph in the kernel", "Filesystem news"]),
        ("検索", ["検索エンジンの歴史"]),
        ("検", ["検索エンジンの歴史"]),
        ("filesys", ["Ceph in the kernel", "Filesystem news"]),
        ("filesys ", []),
        ("", []),
        ("!?", []),
    ],
)
def test_a_query_finds_these(folder: Path, text: str, expected: list[str]) -> None:
    assert sorted(titles(found_for(folder, text))) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("ceph", "Ceph in the kernel"),  # in the title and among the entries
        ("kernel", "The kernel"),  # a title that is little else
        ("filesystem", "Filesystem news"),  # the whole word in a title before the topic's plural
    ],
)
def test_title_and_topic_come_first(folder: Path, text: str, best: str) -> None:
    assert titles(found_for(folder, text))[0] == best


@pytest.mark.parametrize("query", ["return of the", "Return of the fa", "the return of the"])
def test_a_title_that_has_the_words_in_a_row_comes_before_shorter_ones(tmp_path: Path, query: str) -> None:
    searchwriter.write(
        tmp_path,
        [
            Text("On the return of kvm", "return of the return of the return", date="2012-02-01"),
            Text("The return of evm", "return of the return of the return", date="2012-01-01"),
            Text("Words of the author: the return of the fair queue", filler(300)),
            *(Text(f"n{n}", f"return of the {filler(9)}") for n in range(20)),
        ],
    )

    assert titles(found_for(tmp_path, query))[0] == "Words of the author: the return of the fair queue"


def test_of_equal_articles_the_newer_comes_first(tmp_path: Path) -> None:
    dates = ("2009-01-01", "2011-05-02", "2010-03-01", "2011-05-01")
    searchwriter.write(tmp_path, [Text(date, "the same words", date=date) for date in dates])

    assert titles(found_for(tmp_path, "same words")) == sorted(dates, reverse=True)


def test_a_word_that_is_rare_weighs_more_than_one_that_is_not(tmp_path: Path) -> None:
    texts = [Text(f"n{n}", f"common {filler(20)}", date=f"2010-01-{n + 1:02}") for n in range(20)]
    searchwriter.write(
        tmp_path,
        [*texts, Text("often", f"common common common {filler(19)}"), Text("rare", f"seldom {filler(21)}")],
    )

    found = found_for(tmp_path, "common seldom")

    assert (found["complete"], found["missing"], titles(found)[0]) == (False, [], "rare")


def test_a_short_text_weighs_more_than_a_long_one(tmp_path: Path) -> None:
    searchwriter.write(
        tmp_path, [Text("short", "word here"), Text("long", f"word {filler(500)}", date="2012-01-01")]
    )

    assert titles(found_for(tmp_path, "word")) == ["short", "long"]


def test_postings_of_large_numbers_are_read_in_many_months(tmp_path: Path) -> None:
    months = [f"{1990 + n // 12}-{n % 12 + 1:02}" for n in range(70)]
    texts = [Text(f"{month} {n}", "nothing", date=f"{month}-01") for month in months for n in range(3)]
    many = [Text(f"p{n}", "plenty " * (n % 7), date="2020-01-01") for n in range(300)]
    wanted = [Text("first", "needle", date="1995-10-31"), Text("last needle", "", date="2020-01-02")]
    searchwriter.write(tmp_path, [*texts, *many, *wanted])

    assert titles(found_for(tmp_path, "needle")) == ["last needle", "first"]
    assert found_for(tmp_path, "plenty")["total"] == sum(n % 7 > 0 for n in range(300))


def test_where_no_article_has_all_the_words_those_with_most_are_shown(folder: Path) -> None:
    found = found_for(folder, "ceph merged uring")

    assert not found["complete"]
    assert titles(found) == ["Ceph in the kernel"]
    assert found_for(folder, "ceph merged")["complete"]


def test_pages_hold_ten_each_and_the_last_one_stands_for_those_beyond(tmp_path: Path) -> None:
    searchwriter.write(tmp_path, [Text(f"n{n:02}", "word", date=f"2010-01-{n + 1:02}") for n in range(23)])
    first, third, ninth = (found_for(tmp_path, "word", page=page) for page in (1, 3, 9))

    assert (first["total"], first["pages"], titles(first)[0], len(first["hits"])) == (23, 3, "n22", 10)
    assert (third["page"], titles(third)) == (3, ["n02", "n01", "n00"])
    assert (ninth["page"], titles(ninth)) == (3, titles(third))


# Phrases -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"stores objects"', ["Ceph in the kernel"]),
        ('"objects stores"', []),
        ('"ceph filesystem"', ["Ceph in the kernel"]),
        ('"Ceph in the kernel"', ["Ceph in the kernel"]),
        ('"filesystem news" btrfs', ["Filesystem news"]),
        ('"全文検索"', ["検索エンジンの歴史"]),
        ('"ceph"', ["Ceph in the kernel", "Filesystem news"]),
        ('"cep"', []),
        ('"stores obj', ["Ceph in the kernel"]),
        ('"ceph obj', []),
    ],
)
def test_a_phrase_is_looked_for_in_titles_and_texts(folder: Path, text: str, expected: list[str]) -> None:
    assert sorted(titles(found_for(folder, text))) == sorted(expected)


def test_any_words_of_a_text_that_follow_one_another_are_a_phrase_of_it(tmp_path: Path) -> None:
    text = (
        "The kernel's kernel kernel don't-leak rock'n'roll v2.6.33-rc1 "
        "in io_uring(7); C++ isn't\n全文検索は C#, ok"
    )
    words = tokens(text)
    phrases = [words[at : at + size] for size in (2, 3, 5) for at in range(len(words) - size + 1)]
    searchwriter.write(tmp_path, [Text("x", f"{filler(300)} {text} {filler(300)}"), Text("y", filler(9))])
    asked = [phrase for phrase in phrases if tokens(" ".join(phrase)) == phrase]
    answers = ask(tmp_path, *(("search", f'"{" ".join(phrase)}"') for phrase in asked))

    assert len(asked) > 40
    assert [" ".join(p) for p, found in zip(asked, answers, strict=True) if titles(found) != ["x"]] == []


def test_only_the_best_are_looked_at_for_a_phrase_and_that_is_told(tmp_path: Path) -> None:
    searchwriter.write(tmp_path, [Text(f"n{n}", "one two") for n in range(230)])
    found = found_for(tmp_path, '"one two"')

    assert (found["checked"], found["open"], found["total"]) == (200, True, 200)
    assert found_for(tmp_path, "one two")["checked"] == 0


# Facets ------------------------------------------------------------------------------------------


def test_facets_count_what_was_found_topics_with_all_below_them(folder: Path) -> None:
    found = found_for(folder, "ceph")

    assert of_facet(found, "index") == [("Kernel", 2), ("Security", 1)]
    assert of_facet(found, "topic") == [("Kernel/Filesystems", 2), ("Kernel/Filesystems/Ceph", 1)]
    assert of_facet(found, "author") == [("Ada Example", 2), ("Ben Example", 1)]
    assert of_facet(found, "year") == [("2010", 1), ("2009", 1)]
    assert found["facets"]["topic"][0]["path"] == "Kernel/Filesystems/index.html"
    assert found["hits"][0]["topics"][0]["path"].startswith("Kernel/Filesystems/")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"index": "Security"}, ["Filesystem news"]),
        ({"index": "Kernel"}, ["Ceph in the kernel", "Filesystem news", "An io_uring surprise"]),
        ({"topic": "Kernel/Filesystems"}, ["Ceph in the kernel", "Filesystem news"]),
        ({"topic": "Kernel/Asynchronous I//O"}, ["An io_uring surprise"]),
        ({"author": "Ben Example", "year": "2012"}, ["The kernel"]),
        ({"year": "2010"}, ["Filesystem news", "An io_uring surprise"]),
        ({"author": "Nobody"}, []),
        ({"topic": "Kernel/None"}, []),
    ],
)
def test_filters_keep_what_has_their_value(
    folder: Path, filters: dict[str, str], expected: list[str]
) -> None:
    alone = found_for(folder, "", **filters)

    assert sorted(titles(alone)) == sorted(expected)
    assert alone["total"] == len(expected)


def test_filters_alone_show_the_newest_first_and_hold_for_words_too(folder: Path) -> None:
    assert titles(found_for(folder, "", index="Kernel"))[-1] == "Ceph in the kernel"
    assert titles(found_for(folder, "ceph", year="2009")) == ["Ceph in the kernel"]


# Misspelt words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("cehp", "ceph"),
        ("ecph", "ceph"),
        ("filesytsem kernel", "filesystem kernel"),
        ("btrsf", "btrfs"),
        ("io_urnig", "io_uring"),
        ("surprize cpeh", "surprise ceph"),
    ],
)
def test_the_nearest_word_is_offered_in_place_of_one_that_no_article_has(
    folder: Path, text: str, instead: str
) -> None:
    assert found_for(folder, text)["instead"][0] == instead


def test_nothing_is_offered_for_words_that_are_there_or_like_none(folder: Path) -> None:
    assert found_for(folder, "ceph filesystem")["instead"] == []
    assert found_for(folder, "qqqqqqqq")["instead"] == []


# Words in context --------------------------------------------------------------------------------


def shown(marked: dict[str, Any]) -> str:
    """Return a text with its marks in brackets."""
    units = marked["text"].encode("utf-16-le")
    for start, end in reversed(marked["marks"]):
        inside = "[".encode("utf-16-le") + units[2 * start : 2 * end] + "]".encode("utf-16-le")
        units = units[: 2 * start] + inside + units[2 * end :]
    return str(units.decode("utf-16-le"))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Ceph, and CÉPH's end", "ceph", "[Ceph], and [CÉPH's] end"),
        ("the io_uring(7) page", "uring", "the [io_uring](7) page"),
        ("copy-on-write", "write", "copy-on-[write]"),
        ("kernels of v2.6.33.", "2.6.33", "kernels of [v2.6.33]."),
        ("kernels run", "kern", "[kernels] run"),
        ("kernels run", "kern ", "kernels run"),
        ("C++ or C", "c++", "[C++] or C"),
        ("C++ or C", "c ", "C++ or [C]"),
        ("全文検索は索引", "文検索", "全[文検索]は索引"),
        ("vm.max and max", "max", "vm.[max] and [max]"),
        ("\U0001f600 ﬁle ½", "file", "\U0001f600 [ﬁle] ½"),
    ],
)
def test_the_words_are_marked_as_they_stand_in_the_text(
    folder: Path, text: str, query: str, expected: str
) -> None:
    assert shown(ask(folder, ("marked", text, query))[0]) == expected


def test_passages_show_the_words_together_and_then_what_is_left(folder: Path) -> None:
    text = f"one {filler(200)} one two {filler(200)} three. {filler(200)}"
    first, second = ask(folder, ("passages", text, "one two three "))[0]

    assert "[one] [two]" in shown(first)
    assert "[three]." in shown(second)
    assert max(len(first["text"]), len(second["text"])) < 300
    assert first["text"].startswith("filler")


def test_a_text_without_the_words_shows_its_start(folder: Path) -> None:
    (only,) = ask(folder, ("passages", filler(100), "kernel"))[0]

    assert only["text"].startswith("filler0 filler1")
    assert only["marks"] == []
    assert (only["before"], only["behind"]) == (False, True)
    assert [shown(each) for each in ask(folder, ("passages", "", "kernel"))[0]] == [""]


def test_excerpts_come_from_the_text_of_each_article_found(folder: Path) -> None:
    (found,) = ask(folder, ("excerpts", "ceph "))

    assert sorted(shown(each[0])[:24] for each in found) == [
        "Btrfs and [ceph] and ext",
        "The [ceph] filesystem wa",
    ]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=40, max_size=40))
def test_marks_lie_within_any_text_in_order(folder: Path, texts: list[str]) -> None:
    asked = [("marked", text, (tokens(text) or ["x"])[-1]) for text in texts]
    for text, found in zip(texts, ask(folder, *asked), strict=True):
        size = len(text.encode("utf-16-le")) // 2
        flat = [place for mark in found["marks"] for place in mark]
        assert found["text"] == text.replace("\n", " ")
        assert flat == sorted(flat)
        assert all(0 <= place <= size for place in flat)


# What is loaded ----------------------------------------------------------------------------------


def test_nothing_is_loaded_before_the_first_query_and_nothing_twice(folder: Path) -> None:
    before, _, first, _, again = ask(
        folder, ("loaded",), ("search", "ceph "), ("loaded",), ("search", "ceph "), ("loaded",)
    )

    assert before == []
    assert sorted(first) == ["catalog.js", "docs/2009-12.js", "docs/2010-02.js", "facets.js", "terms/t-b.js"]
    assert again == []


def test_a_query_is_dropped_when_another_is_asked_meanwhile(folder: Path) -> None:
    assert ask(folder, ("overtaken", "kernel", "io_ur", "theft"))[0] == [None, None, ["Nothing dated"]]


@pytest.mark.parametrize("name", ["catalog.js", "facets.js", "terms/t-b.js", "docs/2009-12.js"])
def test_a_file_that_cannot_be_had_is_told_and_asked_for_again(folder: Path, name: str) -> None:
    assert ask(folder, ("failing", name, "ceph merged"))[0] == [name, 1]


def test_an_archive_without_articles_has_no_results(tmp_path: Path) -> None:
    searchwriter.write(tmp_path, [])
    found = found_for(tmp_path, "ceph")

    assert (found["total"], found["hits"], found["instead"]) == (0, [], [])
