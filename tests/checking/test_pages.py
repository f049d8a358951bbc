"""A file of the site becomes faults, ids, and the links that others have to answer."""

from __future__ import annotations

from lwnindex.checking.addresses import Address
from lwnindex.checking.pages import Known, facts
from lwnindex.checking.tags import END, START

PATHS = frozenset(
    {"index.html", "a/index.html", "b/index.html", "b/pic.png", "a/Big.png", "x.css", "feed.rss"}
)
KNOWN = Known(Address("https://e.org/"), PATHS, "en")


def of(text: str, path: str = "a/index.html") -> list[tuple[str, str]]:
    return [(one.code, one.subject) for one in facts(path, text.encode(), KNOWN).faults]


def test_links_and_files_that_are_there_are_no_faults() -> None:
    text = '<a href="../b/">b</a><a href="../b">b</a><img src="../b/pic.png" alt="x"><a href="#">top</a>'

    assert of(f"{text}<link rel=canonical href='https://e.org/a/'><a href='#top'>top</a>") == []


def test_what_is_not_there_is_told_by_its_kind() -> None:
    text = '<a href="../c/">c</a><img src="pic.png" alt="x"><script src="/no.js"></script>'
    text += '<a href="../../c">out</a>'

    found = of(text)

    assert found[:3] == [("dead-link", "c/index.html"), ("dead-file", "a/pic.png"), ("dead-file", "no.js")]
    assert found[3][0] == "dead-link"


def test_another_case_is_told_as_what_it_is() -> None:
    (one,) = facts("a/index.html", b'<img src="big.png" alt="x">', KNOWN).faults

    assert "a/Big.png" in one.fix


def test_anchors_of_the_page_are_looked_for_at_once_and_others_are_handed_on() -> None:
    found = facts(
        "a/index.html", b'<p id="x"><a href="#x">x</a> <a href="#y">y</a> <a href="../b/#z">z</a>', KNOWN
    )

    assert [one.subject for one in found.faults] == ["#y"]
    assert [tuple(one.target) for one in found.anchors] == [("b/index.html", "z")]
    assert found.ids == ("x",)


def test_addresses_of_the_web_are_kept_without_their_anchors() -> None:
    found = facts(
        "a/index.html", b'<a href="https://o.example/x#y">o</a> <a href="mailto:a@b.c">m</a>', KNOWN
    )

    assert [one.url for one in found.outward] == ["https://o.example/x"]


def test_code_without_a_language_is_that_of_articles_alone() -> None:
    block = '<pre tabindex="0"><code>a &lt; b\n<span>c</span></code></pre>'
    named = '<pre><code class="language-c">x</code></pre>'

    assert facts("a/index.html", block.encode(), KNOWN).code == ()
    (one,) = facts("a/index.html", f"{START}{named}{block}{END}".encode(), KNOWN).code
    assert one[1] == "a < b\nc"


def test_stylesheets_and_feeds_are_looked_into() -> None:
    assert of("p { background: url(no.png) }", "x.css") == [("dead-file", "no.png")]
    feed = "<rss><channel><link>https://e.org/gone/</link></channel></rss>"
    assert of(feed, "feed.rss") == [("dead-link", "gone/index.html")]


def test_other_files_are_not() -> None:
    assert facts("b/pic.png", b"\x89PNG<a href=no>", KNOWN).faults == ()
