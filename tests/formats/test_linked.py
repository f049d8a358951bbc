"""JSON-LD says what the page says, and no text can end the block it stands in."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lwnindex.articleviews import ArticleView
from lwnindex.formats.linked import block, linked
from lwnindex.indexviews import TopicView
from lwnindex.viewparts import Crumb, Line, Person, Placement, Translation
from tests.formats.make import SITE
from tests.theme.pages import render
from tests.theme.samples import EMPTY, HOME, NOTED, OLD_TOPIC, TOPIC, VIEWS
from tests.theme.samples import SITE as THEMED

HOSTILE = "</script><!-- <script>\u2028\u2029 ]]> &lt;/script&gt; \"'\\"
URL = "https://example.org/news"
ARTICLE = ArticleView(
    path="Articles/5/index.html",
    root="../../",
    title="Two that didn't make it",
    line=Line(
        id="5",
        title="Two that didn't make it",
        path="Articles/5/index.html",
        date="2009-12-22",
        authors=(Person(name="Kernel desk", path="Authors/Kernel_desk/index.html"), Person(name="Guest")),
        teaser="Two proposals.",
    ),
    body="x",
    words=321,
    updated="2010-01-02",
    placements=(
        Placement(
            crumbs=(
                Crumb(name="Kernel", path="Kernel/Index/index.html"),
                Crumb(name="Filesystems", path="Kernel/Filesystems/index.html"),
                Crumb(name="Ceph", path="Kernel/Filesystems/Ceph/index.html"),
            ),
            anchor="Kernel/Index/index.html#Filesystems-Ceph",
        ),
    ),
    cites=(Line(id="4", title="Before", path="Articles/4/index.html", date=None),),
)
KERNEL = {"@type": "DefinedTermSet", "name": "Kernel", "url": f"{URL}/Kernel/Index/"}
WHOLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Two that didn't make it",
    "description": "Two proposals.",
    "datePublished": "2009-12-22",
    "dateModified": "2010-01-02",
    "author": [
        {"@type": "Person", "name": "Kernel desk", "url": f"{URL}/Authors/Kernel_desk/"},
        {"@type": "Person", "name": "Guest"},
    ],
    "inLanguage": "en",
    "wordCount": 321,
    "url": f"{URL}/Articles/5/",
    "isPartOf": {"@type": "WebSite", "name": "Index of news", "url": f"{URL}/"},
    "about": [
        {
            "@type": "DefinedTerm",
            "name": "Filesystems / Ceph",
            "inDefinedTermSet": KERNEL,
            "url": f"{URL}/Kernel/Filesystems/Ceph/",
        }
    ],
    "citation": [{"@type": "NewsArticle", "headline": "Before", "url": f"{URL}/Articles/4/"}],
}


class Blocks(HTMLParser):
    """The text of each block of data on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whether a block begins."""
        self._inside = (tag, attrs) == ("script", [("type", "application/ld+json")])
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note that a block has ended."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Note what stands in a block."""
        if self._inside:
            self.found[-1] += data


def without_urls(value: Any) -> Any:
    """Return terms without their addresses."""
    if isinstance(value, list):
        return [without_urls(each) for each in value]
    if isinstance(value, dict):
        return {name: without_urls(each) for name, each in value.items() if name != "url"}
    return value


def test_an_article_tells_what_its_page_shows() -> None:
    assert json.loads(linked(ARTICLE, SITE)) == WHOLE


def test_a_site_without_an_address_of_its_own_gives_none() -> None:
    assert json.loads(linked(ARTICLE, replace(SITE, public=False))) == without_urls(WHOLE)


def test_what_an_article_has_not_is_not_told() -> None:
    bare = ArticleView(
        path="Articles/6/index.html",
        root="../../",
        title="Bare",
        lang="de",
        line=Line(id="6", title="Bare", path="Articles/6/index.html", date=None),
        body="x",
    )
    assert json.loads(linked(bare, replace(SITE, public=False))) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bare",
        "inLanguage": "de",
        "wordCount": 0,
        "isPartOf": {"@type": "WebSite", "name": "Index of news"},
    }


def test_a_topic_is_a_term_of_its_index_and_its_further_pages_are_none() -> None:
    assert json.loads(linked(TOPIC, SITE)) == {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": "Filesystems",
        "inDefinedTermSet": KERNEL,
        "url": f"{URL}/Kernel/Filesystems/",
    }
    assert linked(OLD_TOPIC, SITE) == ""


def test_a_topic_is_the_same_term_wherever_it_is_told() -> None:
    topic = replace(TOPIC, entry=("Kernel", "Filesystems", "Ceph"), path="Kernel/Filesystems/Ceph/index.html")
    term = json.loads(linked(topic, SITE))
    assert {"@context": "https://schema.org", **WHOLE["about"][0]} == term


def test_other_pages_say_nothing() -> None:
    assert linked(HOME, SITE) == ""


@given(st.recursive(st.text() | st.just(HOSTILE), lambda inner: st.dictionaries(st.text(), inner)))
def test_a_block_is_the_same_json_without_what_html_reads(value: object) -> None:
    text = block(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("view", [ARTICLE, TOPIC], ids=["article", "topic"])
def test_a_hostile_text_stays_in_its_block(view: ArticleView | TopicView) -> None:
    if isinstance(view, ArticleView):
        crumbs = tuple(replace(one, name=HOSTILE) for one in view.placements[0].crumbs)
        hostile: ArticleView | TopicView = replace(
            view,
            line=replace(view.line, title=HOSTILE, authors=(Person(name=HOSTILE),), teaser=HOSTILE),
            placements=(replace(view.placements[0], crumbs=crumbs),),
        )
    else:
        hostile = replace(view, entry=("Kernel", HOSTILE))
    site = replace(THEMED, title=HOSTILE, url=f"{URL}/{HOSTILE}")
    page, calm = Blocks(render(hostile, site)), Blocks(render(view, replace(site, title="x")))
    (text,) = page.found
    told = json.loads(text)

    assert HOSTILE in (told.get("headline"), told.get("name"))
    assert len(calm.found) == 1
    assert "<" not in text


def test_a_topic_says_how_else_it_is_called_and_what_is_noted_of_it() -> None:
    said = json.loads(str(linked(NOTED, SITE)))
    assert said["alternateName"] == ["VFS", "Security / Files"]
    assert said["description"] == "What they are."
    assert not {"alternateName", "description"} & json.loads(str(linked(TOPIC, SITE))).keys()


@pytest.mark.parametrize("view", [*VIEWS, *EMPTY], ids=lambda view: f"{type(view).__name__} {view.path}")
def test_only_articles_and_the_first_pages_of_topics_have_a_block(view: Any) -> None:
    found = Blocks(render(view)).found
    wanted = isinstance(view, ArticleView) or (isinstance(view, TopicView) and view.path != OLD_TOPIC.path)

    assert len(found) == wanted
    assert all(json.loads(one)["@context"] == "https://schema.org" for one in found)


def test_an_article_names_its_translations_and_each_of_them_the_article() -> None:
    both = (
        Translation(lang="en", name="English", path="Articles/5/index.html"),
        Translation(lang="de", name="Deutsch", path="Articles/5/de/index.html"),
    )
    english, german = ({"@type": "NewsArticle", "inLanguage": each} for each in ("en", "de"))
    own = replace(ARTICLE, translations=both)
    other = replace(own, path="Articles/5/de/index.html", lang="de")
    found = [json.loads(linked(view, SITE)) for view in (own, other)]

    assert found[0]["workTranslation"] == [{**german, "url": f"{URL}/Articles/5/de/"}]
    assert found[1]["translationOfWork"] == {**english, "url": f"{URL}/Articles/5/"}
    assert "translationOfWork" not in found[0]
    assert "workTranslation" not in found[1]
    assert found[1]["inLanguage"] == "de"
