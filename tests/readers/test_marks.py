"""Pages of any site, by the marks that most sites put on articles."""

from __future__ import annotations

import pytest

from lwnindex.readers.markedup import page
from lwnindex.readers.marks import body_of, marks_of, read
from tests.lwnpages import rules

LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite",
"name": "Site"}, {"@type": ["NewsArticle"], "headline": "From &amp; for programs",
"datePublished": "2020-05-01", "dateModified": "2020-05-02",
"author": [{"@type": "Person", "name": "Ada Example"},
"Ben Example"], "keywords": "one, two", "articleSection": ["News"]}]}</script>"""
OPEN = """<meta property="og:title" content="An open title"><meta property="og:type" content="article">
<meta property="article:published_time" content="2020-05-03"><meta name="Author" content="Cy Example">
<meta property="article:tag" content="three"><meta property="article:section" content="Open">"""
SHOWN = """<header><h1>A shown title</h1><p class="meta"><a rel="author" href="/x">Di Example</a></p>
<time datetime="2020-05-04">May 4</time></header><p>The text.</p><nav>next</nav>"""
RULES = rules(index={"tags": "Tags", "categories": "Topics"})


def test_what_is_shown_of_an_article() -> None:
    (one,) = read(page(f"<article>{SHOWN}</article>", "a.html", RULES)).manuscripts

    assert (one.title, one.date, one.authors) == ("A shown title", "2020-05-04", ("Di Example",))
    assert (one.id, one.original, one.entries) == ("", None, ())
    assert "A shown title" not in one.text
    assert "Di Example" not in one.text
    assert "<p>The text.</p>" in one.text
    assert dict(one.counts)["chrome"] == 1


def test_opengraph() -> None:
    (one,) = read(page(f"{OPEN}<main><p>The text.</p></main>", "a.html", RULES)).manuscripts

    assert (one.title, one.date, one.authors) == ("An open title", "2020-05-03", ("Cy Example",))
    assert one.entries == (("Topics", "Open"), ("Tags", "three"))
    assert one.text == "<p>The text.</p>"


def test_json_ld_goes_before_what_is_shown() -> None:
    (one,) = read(page(f"{LINKED}<article>{SHOWN}</article>", "a.html", RULES)).manuscripts

    assert (one.title, one.date, one.updated) == ("A shown title", "2020-05-01", "2020-05-02")
    assert one.authors == ("Ada Example", "Ben Example")
    assert one.entries == (("Topics", "News"), ("Tags", "one"), ("Tags", "two"))

    (one,) = read(page(f"{LINKED}<article><p>The text.</p></article>", "a.html", RULES)).manuscripts
    assert one.title == "From & for programs"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<article>a</article>", "a"),
        ("<main><article>a<article>comment</article></article></main>", "acomment"),
        ("<div itemprop=articleBody>a</div>", "a"),
        ("<article><h1>x</h1>a</article><article>b</article>", "xa"),
        ("<main><h1>x</h1>a</main>", "xa"),
        ("<div role=main><h1>x</h1>a</div>", "xa"),
        ("<main>no heading</main>", None),
        ("<main><h1>list</h1><article>a</article><article>b</article></main>", None),
        ("<article>a</article><article>b</article>", None),
        ("<p>text", None),
    ],
)
def test_where_the_text_is(html: str, text: str | None) -> None:
    node = body_of(page(html, "a.html", RULES))
    assert (node.text() if node else None) == text


@pytest.mark.parametrize(
    "html", ["<p>text", "<article>text</article>", "", "<main>text</main><title>T</title>"]
)
def test_a_page_that_marks_no_article_is_told(html: str) -> None:
    items = read(page(html, "a.html", RULES))

    assert items.manuscripts == ()
    assert [(one.code, "[sources.select]" in one.fix) for one in items.problems] == [("not-read", True)]


@pytest.mark.parametrize(
    "json", ["", "{", "[1, null]", '{"@type": 5}', '{"@graph": 5}', "[" * 100_000, '{"author": {}}']
)
def test_json_ld_that_is_none(json: str) -> None:
    found = page(
        f'<script type="application/ld+json">{json}</script><article><h1>T</h1></article>', "a.html", RULES
    )
    assert marks_of(found, body_of(found)).title == "T"


def test_a_heading_of_the_site_is_no_title() -> None:
    head = "<title>One article | Ada Example</title><header><h1>Hi, I am Ada.</h1></header>"
    (one,) = read(page(f"{head}<article><h2>One article</h2><p>x</p></article>", "a.html", RULES)).manuscripts
    assert (one.title, one.text) == ("One article", "<p>x</p>")

    (one,) = read(page(f"{head}<article><h2>A part</h2><p>x</p></article>", "a.html", RULES)).manuscripts
    assert one.title == "Hi, I am Ada.", "nothing says better"


def test_what_stands_around_the_text_says_whose_it_is() -> None:
    html = """<h1>Site</h1><article itemscope itemtype="http://schema.org/NewsArticle"><h1>A title</h1>
    <p itemprop="author creator">by <a rel="author">Ada Example</a> on a day</p>
    <time datetime="2020-05-04">May 4</time><div itemprop="articleBody"><p>The text.</p></div></article>
    <article><h1>Another</h1></article>"""
    (one,) = read(page(html, "a.html", RULES)).manuscripts

    assert (one.title, one.authors, one.date) == ("A title", ("Ada Example",), "2020-05-04")
    assert one.text == "<p>The text.</p>"


@pytest.mark.parametrize(
    "mark",
    [
        '<meta property="author" content="Ada Example">',
        '<meta name="parsely-author" content="Ada Example">',
        '<article><span class="author vcard">Ada Example</span><p>x</p></article>',
    ],
)
def test_whom_a_page_names(mark: str) -> None:
    html = mark if "<article" in mark else f"{mark}<article><p>x</p></article>"
    (one,) = read(page(f"<title>A</title>{html}", "a.html", RULES)).manuscripts
    assert one.authors == ("Ada Example",)


@pytest.mark.parametrize(
    "furniture",
    [
        '<div id="comments"><p>A comment</p></div>',
        '<div class="post sharedaddy"><a href="/x">Share</a></div>',
        '<section class="related-posts"><a href="/x">More</a></section>',
        '<p style="color:red; display:none">Saving</p>',
        "<p hidden>Saving</p>",
        '<div role="dialog">Subscribe!</div>',
        '<ins class="adsbygoogle">Buy</ins>',
    ],
)
def test_no_furniture_is_in_a_text(furniture: str) -> None:
    html = f"<title>A</title><article><p>x</p>{furniture}<p>y</p></article>"
    (one,) = read(page(html, "a.html", RULES)).manuscripts

    assert one.text == "<p>x</p><p>y</p>"
    assert dict(one.counts)["chrome"] == 1


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ('<img data-src="/a.png" alt="a">', "/a.png"),
        ('<img src="data:image/gif;base64,AA" data-original="/a.png" alt="a">', "/a.png"),
        ('<img src="saved_files/a.png" data-src="/a.png" alt="a">', "saved_files/a.png"),
    ],
)
def test_a_picture_that_a_script_was_to_show_is_shown(image: str, shown: str) -> None:
    (one,) = read(page(f"<title>A</title><article><p>x</p>{image}</article>", "a.html", RULES)).manuscripts
    assert f'src="{shown}"' in one.text
