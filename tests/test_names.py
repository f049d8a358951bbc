"""Names become addresses that every file system and browser takes, and addresses lead back to names."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex import names
from tests.makers import ARTICLE_5

ANCHORS = [
    (("Filesystems", "Ceph"), "Filesystems-Ceph"),
    (("Development model",), "Development_model"),
    (("Drepper, Ulrich",), "Drepper_Ulrich"),
    (("Bristot de Oliveira, Daniel",), "Bristot_de_Oliveira_Daniel"),
    (("io_uring",), "io_uring"),
    (("Atomic I/O operations",), "Atomic_IO_operations"),
    (("Memory management", "get_user_pages()"), "Memory_management-get_user_pages"),
    (("Storage, Filesystem, & Memory Management",), "Storage_Filesystem__Memory_Management"),
    (("GNU Tools Cauldron", "2025"), "GNU_Tools_Cauldron-2025"),
    (("2018", "linux.conf.au"), "2018-linux.conf.au"),
    (("OS-Directed Power-Management Summit", "2025"), "OS-Directed_Power-Management_Summit-2025"),
    (("Bug reporting", "CVE"), "Bug_reporting-CVE"),
    (("Scheduler", "and power management"), "Scheduler-and_power_management"),
]
LWN = names.hosts_of("https://lwn.net")
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
MARKED = re.compile(r"~[0-9a-f]{6}")

# Any text at all, and texts full of what makes a name dangerous.
any_text = (
    st.text()
    | st.text(st.characters())
    | st.text(st.sampled_from("aA1./\\ ~:_-\u0301\u00a0\u202e\0éß\u017f\u212aK"))
)
devices = st.tuples(
    st.sampled_from(sorted(DEVICES)), st.sampled_from(["", ".", ".x", ".tar.gz", " ", "$"])
).map("".join)
any_name = any_text | devices | devices.map(str.upper) | st.text(min_size=100, max_size=400)


@pytest.mark.parametrize(("levels", "anchor"), ANCHORS)
def test_the_anchor_of_a_topic_is_the_one_that_lwn_gives_it(levels: tuple[str, ...], anchor: str) -> None:
    assert names.anchor(levels) == anchor


@given(st.lists(any_text))
def test_an_anchor_holds_nothing_that_ends_an_id(levels: list[str]) -> None:
    assert re.fullmatch(r"[\w.\-]*", names.anchor(levels))


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("Ceph", "Ceph"),
        ("Block layer", "Block_layer"),
        ("Asynchronous I/O", "Asynchronous_IO"),
        ("clone()", "clone"),
        ("big.LITTLE", "big.LITTLE"),
        ("Rybczyńska, Marta", "Rybczyńska_Marta"),
        ("Rybczyn\u0301ska, Marta", "Rybczyńska_Marta"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u1112!\u1161", "하"),
        ("6.14", "6.14"),
        ("C++", "C"),
        ("con", "con~e3b26d"),
        ("Con.txt", "Con_txt~f0f4ee"),
        ("console", "console"),
        ("..", "~8539e5"),
        ("v.", "v~2c1a8e"),
        (".NET", "NET~39f3cd"),
        ("", "~cec7ea"),
        ("\u0958", "क"),
    ],
)
def test_a_name_has_this_segment(name: str, segment: str) -> None:
    found = names.segment(name)
    assert MARKED.sub("~", found) == MARKED.sub("~", segment)


@given(any_name)
@example("con.x")
@example("LPT¹.")
@example("\ud800")
@example("é" * 200)
def test_a_segment_is_one_name_on_every_file_system(name: str) -> None:
    found = names.segment(name)
    assert found
    assert not set(found) & set('/\\:*?"<>|')
    assert found not in (".", "..")
    assert found[-1] not in ". "
    assert found[0] != "."
    assert found.split(".")[0].casefold() not in DEVICES
    assert len((found + names.mark(name)).encode()) <= 255
    assert unicodedata.is_normalized("NFC", found)
    assert not [each for each in found if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")]


@given(any_name)
def test_a_segment_that_needs_no_mark_is_its_own(name: str) -> None:
    found = names.segment(name)
    assert "~" in found or names.segment(found) == found


@given(any_name)
def test_two_names_that_are_equal_as_unicode_has_it_are_equal_as_segments(name: str) -> None:
    plain = names.segment(unicodedata.normalize("NFC", name))
    other = names.segment(unicodedata.normalize("NFD", name))
    assert MARKED.sub("~", plain) == MARKED.sub("~", other)


def test_a_folder_is_spelled_as_it_was_first() -> None:
    spelling = names.Spelling()
    written = ("A/b", "a/B/c", "A/B/C", "x", "", "a")
    assert [spelling.of(one) for one in written] == ["A/b", "A/b/c", "A/b/c", "x", "", "A"]


@given(st.lists(any_name))
@example(["Con", "con", "CON.a", "con.A"])
def test_distinct_segments_are_distinct_on_every_file_system(exact: list[str]) -> None:
    wanted = [(names.segment(one), one) for one in dict.fromkeys(exact)]
    found = names.distinct(wanted, {"static"})
    assert len({names.folded(one) for one in found} - {"static"}) == len(wanted)
    assert not any(names.is_reserved(one) for one in found if not one.casefold().startswith("feed"))
    assert all(
        each == plain or each.startswith(f"{plain}~") for each, (plain, _) in zip(found, wanted, strict=True)
    )
    assert found == names.distinct(wanted, {"static"})


@given(st.lists(st.tuples(st.sampled_from(["a", "A", "á", "a\u0301", "a~", "page"]), st.text(max_size=2))))
def test_distinct_makes_any_pairs_distinct(pairs: list[tuple[str, str]]) -> None:
    found = names.distinct(pairs)
    assert len({names.folded(one) for one in found}) == len(pairs)


@pytest.mark.parametrize(
    ("exact", "found"),
    [
        (["KProbes", "Kprobes"], ["KProbes", "Kprobes~"]),
        (["C", "C++", "C#"], ["C", "C~", "C~"]),
        (["straße", "STRASSE"], ["straße", "STRASSE~"]),
        (
            ["Index", "index.html", "page", "Letter", "words"],
            ["Index~", "index.html~", "page~", "Letter~", "words~"],
        ),
        (["feed.rss", "feed-2009.atom", "feeds", "Feed"], ["feed.rss~", "feed-2009.atom~", "feeds", "Feed"]),
        (["Static", "other"], ["Static~", "other"]),
    ],
)
def test_the_first_of_equals_keeps_its_segment(exact: list[str], found: list[str]) -> None:
    chosen = names.distinct([(names.segment(one), one) for one in exact], {"static"})
    assert [MARKED.sub("~", one) for one in chosen] == found


def test_two_equal_pairs_get_marks_of_their_own() -> None:
    first, second, third = names.distinct([("a", "a"), ("a", "A"), ("a", "A")])
    assert first == "a"
    assert second == f"a{names.mark('A')}"
    assert third.startswith(second)
    assert third != second


folders = st.lists(any_name.map(names.segment), max_size=4).map("/".join)
paths = st.builds(names.page_of, folders, st.integers(0, 3)) | st.builds(
    lambda folder, name: f"{folder}/{name}" if folder else name,
    folders,
    st.sampled_from(["feed.rss", "site.css", "404.html"]),
)
fragments = st.text(st.characters(exclude_categories=("Cs", "Zs", "Cc")), max_size=8)


@given(paths, paths, st.sampled_from(["file:///a/b/", "https://example.org/", "https://example.org/news/"]))
@example("index.html", "index.html", "file:///")
def test_a_relative_link_leads_from_one_page_to_the_other(here: str, there: str, base: str) -> None:
    page = urljoin(base, names.href("", here))
    reached = urljoin(page, names.href(names.root_of(here), there))
    assert reached.startswith(base)
    assert unquote(reached[len(base) :]) == there


@given(paths, paths)
def test_a_pretty_link_leads_to_the_folder(here: str, there: str) -> None:
    page = urljoin("https://example.org/", names.href("", here))
    reached = unquote(urljoin(page, names.href(names.root_of(here), there, pretty=True)))
    shown = there.removesuffix("index.html") if there.endswith(("/index.html", "index.html")) else there
    assert reached == f"https://example.org/{shown}"


@given(paths, fragments)
def test_a_fragment_comes_back_from_a_link_as_it_was(path: str, fragment: str) -> None:
    parts = urlsplit(names.href("../", f"{path}#{fragment}"))
    assert unquote(parts.path) == f"../{path}"
    assert unquote(parts.fragment) == fragment


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", "https://example.org/news/"),
        ("Kernel/Index/index.html#C++", "https://example.org/news/Kernel/Index/#C%2B%2B"),
        ("Articles/Größe/index.html", "https://example.org/news/Articles/Gr%C3%B6%C3%9Fe/"),
        ("feed.rss", "https://example.org/news/feed.rss"),
    ],
)
@pytest.mark.parametrize("url", ["https://example.org/news", "https://example.org/news/"])
def test_an_absolute_address_stands_below_the_site(url: str, path: str, address: str) -> None:
    assert names.absolute(url, path) == address


@pytest.mark.parametrize(
    ("folder", "number", "path", "root"),
    [
        ("", 0, "index.html", ""),
        ("Kernel/Ceph", 0, "Kernel/Ceph/index.html", "../../"),
        ("Kernel/Ceph", 12, "Kernel/Ceph/page/12/index.html", "../../../../"),
    ],
)
def test_a_list_has_pages_beside_its_first(folder: str, number: int, path: str, root: str) -> None:
    assert names.page_of(folder, number) == path
    assert names.root_of(path) == root
    assert names.folder_of(path) == path.removesuffix("index.html").rstrip("/")


@given(any_name, any_name)
def test_natural_keys_can_be_compared_whatever_the_names(one: str, other: str) -> None:
    first, second = names.natural_key(one), names.natural_key(other)
    assert (first < second) + (first > second) + (first == second) == 1


@given(st.lists(any_name))
def test_topic_keys_put_different_names_in_one_order_only(topics: list[str]) -> None:
    found = sorted(set(topics), key=lambda one: names.topic_key([one]))
    backwards = found[::-1]
    assert found == sorted(backwards, key=lambda one: names.topic_key([one]))
    assert len({names.topic_key([one]) for one in found}) == len(found)


@pytest.mark.parametrize(
    "ordered",
    [
        ["4.9", "4.10", "6.1"],
        ["Releases/4.9", "releases/4.10"],
        ["2.6", "2.6.32", "2.60"],
        ["ceph", '"Cephalopod"', "dm-crypt"],
        ["(a)", "B", "[c]", "_d", "--e", "'f", "/g", "$h", "&i", "<j>"],
        ["Étude", "Étudiant", "Eulogy", "Ñandú"],
        ["x", "x0", "x00", "x1"],
        ["file٩", "file10"],
    ],
)
def test_names_sort_as_a_reader_expects(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=names.natural_key) == ordered


def test_a_number_of_any_length_has_its_place() -> None:
    longest = "9" * 10_000
    assert sorted([f"v{longest}", "v2", "v10"], key=names.natural_key) == ["v2", "v10", f"v{longest}"]


def test_a_name_of_punctuation_alone_keeps_it_in_its_key() -> None:
    assert names.natural_key("--") != names.natural_key("...")
    assert sorted(["a", "0", "+", ""], key=names.natural_key) == ["", "+", "0", "a"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("ceph", "C"),
        ("Étude", "E"),
        ('"quoted"', "Q"),
        ("\u201cquoted\u201d", "Q"),
        ("\u00ab\u00a0cit\u00e9 \u00bb", "C"),
        ("\u2013O3", "O"),
        ("2.6", "0-9"),
        ("_4.9", "0-9"),
        ("٣", "0-9"),
        ("ßharp", "S"),
        ("/proc", "P"),
        ("$HOME", "H"),
        ("@386", "0-9"),
        ("+++", "#"),
        ("...", "#"),
        ("", "#"),
        ("\u0301", "#"),
        ("日本", "日"),
        ("ﬁle", "F"),
    ],
)
def test_a_name_stands_under_this_letter(name: str, letter: str) -> None:
    assert names.letter_of(name) == letter


@given(any_name)
def test_every_name_has_a_letter(name: str) -> None:
    found = names.letter_of(name)
    assert found in ("#", "0-9") or (len(found) == 1 and found.isalpha())


@pytest.mark.parametrize("address", ARTICLE_5)
def test_every_spelling_of_an_address_is_the_article(address: str) -> None:
    assert names.article_reference(address, LWN) == ("5", "")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/Articles/5/#Comments", ("5", "Comments")),
        ("http://lwn.net/Articles/5#CommAnchor6", ("5", "CommAnchor6")),
        ("/Articles/5/?format=printable#a%20b", ("5", "a b")),
        ("/Articles/LSFMM2013/", ("LSFMM2013", "")),
        ("/Articles/lsfmm2019", ("lsfmm2019", "")),
        ("/Articles/a%20b/", ("a b", "")),
    ],
)
def test_an_address_names_article_and_fragment(address: str, found: tuple[str, str]) -> None:
    assert names.article_reference(address, LWN) == found


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/Articles/5/",
        "//evil.example/Articles/5/",
        "///Articles/5/",
        "////evil.example/Articles/5/",
        "http://lwn.net@evil.example/Articles/5/",
        "http://user@lwn.net/Articles/5/",
        "http://lwn.net.evil.example/Articles/5/",
        "http://evil.example/lwn.net/Articles/5/",
        "http://evil.example/?http://lwn.net/Articles/5/",
        "https:/Articles/5/",
        "https:///Articles/5/",
        "javascript:/Articles/5/",
        "ftp://lwn.net/Articles/5/",
        "mailto:a@lwn.net/Articles/5/",
        "Articles/5/",
        "../Articles/5/",
        "/x/Articles/5/",
        "/Articles/",
        "/Articles//",
        "/Articles/5/Comments/",
        "/Articles/5/6/",
        "/Articles/../",
        "/Articles/%2e/",
        "/articles/5/",
        "/Login/?target=/Articles/5/",
        "?/Articles/5/",
        "#/Articles/5/",
        "/SubscriberLink/",
        "http://[::1/Articles/5/",
        "http://lwn.net\\@evil.example/Articles/5/",
        "/\\evil.example/Articles/5/",
        "/\t/evil.example/Articles/5/",
        "",
    ],
)
def test_a_look_alike_is_no_article(address: str) -> None:
    assert names.article_reference(address, LWN) is None


pieces = st.sampled_from(
    [
        *(
            "/",
            "//",
            "\\",
            "http:",
            "https://",
            "lwn.net",
            "@",
            ":",
            "[",
            "]",
            "/Articles/",
            "/SubscriberLink/",
        ),
        *("5", "?", "#", "%", "%zz", " ", "\n", "\0", "..", "é", "℀", "\ud800", "index.html"),
    ]
)


@given(st.text() | st.lists(pieces, max_size=8).map("".join))
def test_no_address_is_too_strange_to_be_judged(address: str) -> None:
    found = names.article_reference(address, LWN)
    assert found is None or (found[0] not in ("", ".", "..") and isinstance(found[1], str))


@given(st.lists(pieces, max_size=8).map("".join))
def test_only_the_publications_own_host_has_its_articles(address: str) -> None:
    if names.article_reference(address, LWN) is not None:
        assert urlsplit(address.strip()).netloc.lower() in ("", "lwn.net", "www.lwn.net")


@pytest.mark.parametrize(
    ("source", "hosts"),
    [
        ("https://lwn.net", {"lwn.net", "www.lwn.net"}),
        ("https://www.lwn.net/", {"lwn.net", "www.lwn.net"}),
        ("https://News.Example:8000/a", {"news.example:8000", "www.news.example:8000"}),
        ("", set()),
    ],
)
def test_a_publication_is_known_with_and_without_www(source: str, hosts: set[str]) -> None:
    assert names.hosts_of(source) == hosts


def test_without_a_publication_only_rooted_addresses_are_articles() -> None:
    assert names.article_reference("/Articles/5/", ()) == ("5", "")
    assert names.article_reference("https://lwn.net/Articles/5/", ()) is None


def test_an_article_is_known_by_its_id_before_its_folder() -> None:
    paths = {"5": "Articles/Two/index.html", "TWO": "Articles/x/index.html", "a b": "Articles/a_b/index.html"}
    others = names.other_names(paths)
    assert others == {"two": "TWO", "x": "TWO", "a_b": "a b"}
    called = {
        each: names.article_named(each, paths, others) for each in ("5", "TWO", "Two", "X", "a b", "A_B", "6")
    }
    assert called == {"5": "5", "TWO": "TWO", "Two": "TWO", "X": "TWO", "a b": "a b", "A_B": "a b", "6": None}


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_folded_by_the_rule_of_all_texts(text: str) -> None:
    # Before a letter that has no case the rule is the same, and no short cut.
    assert names.folded(text) + "\u4e00" == names.folded(text + "\u4e00")


@given(st.text("0123456789", min_size=1, max_size=200))
def test_a_number_has_the_names_that_the_rules_give_it(number: str) -> None:
    # A quotation mark is no part of either.
    assert names.natural_key(number) == names.natural_key(f'"{number}')
    if len(number) <= 180:
        assert names.segment(number) == names.segment(f'"{number}') == number


@given(
    st.sampled_from(("", "http://lwn.net", "https://www.lwn.net", "https://example.com")),
    st.sampled_from(("5", "A-b_c", "5/", "a/")),
    st.sampled_from(("", "#", "#x.y:z-1")),
)
def test_a_plain_address_is_read_as_one_with_a_query(host: str, name: str, fragment: str) -> None:
    hosts = {"lwn.net", "www.lwn.net"}
    plain = names.article_reference(f"{host}/Articles/{name}{fragment}", hosts)
    assert plain == names.article_reference(f"{host}/Articles/{name}?x{fragment}", hosts)
    assert (plain is None) == (host == "https://example.com")
