"""The default theme's templates: what they name, what they escape, and what every page has."""

from __future__ import annotations

import re
from typing import Any, get_args

import jinja2.meta
import lxml.html
import msgspec
import pytest

from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.viewmodel import AnyView, SiteView
from lwnindex.viewparts import Bar, View
from tests.theme.pages import BODY, ENVIRONMENT, TEMPLATES, Attributes, Document, render
from tests.theme.samples import (
    ARCHIVES,
    ARTICLE,
    BY_YEARS,
    EMPTY,
    FOREIGN,
    HOME,
    INDEX,
    LETTER,
    LINES,
    MISSING,
    MONTH,
    NOTED,
    OLD_TOPIC,
    PLAIN,
    SITE,
    TOPIC,
    VIEWS,
    YEAR_TOPICS,
    line,
)

HOSTILE = "<script>x</script>\"' onload=x"
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'"
)
ALL = (*VIEWS, *EMPTY)
every_page = pytest.mark.parametrize("view", ALL, ids=lambda view: f"{type(view).__name__} {view.path}")


def article_of(tag: str, attributes: Attributes) -> str:
    """Return the id of the article that an element links to, if it does."""
    found = re.search(r"Articles/(\w+)/", attributes.get("href") or "") if tag == "a" else None
    return found[1] if found else ""


def ids_and_articles(text: str) -> list[str]:
    """Return the ids (`#x`) and the articles linked to (`1`) of a page, in document order."""
    named = (
        f"#{given['id']}" if "id" in given else article_of(tag, given) for tag, given in Document(text).tags
    )
    return [one for one in named if one]


def articles_inside(text: str, name: str) -> list[str]:
    """Return the articles linked to inside the elements of a class, in order."""
    page = Document(text)
    inside = {
        place for place, (_, given) in enumerate(page.tags) if name in (given.get("class") or "").split()
    }
    named = (
        article_of(*element)
        for element, around in zip(page.tags, page.around, strict=True)
        if inside & {*around}
    )
    return [one for one in named if one]


def replaced(view: View, word: str) -> View:
    """Return a view with a word in place of every text but dates, which begin it, and languages."""
    return msgspec.convert(_replaced(msgspec.to_builtins(view), word), type(view))


def _replaced(value: Any, word: str) -> Any:
    if isinstance(value, list | tuple):
        return [_replaced(each, word) for each in value]
    if not isinstance(value, str) or value in ("", "rss", "atom", "json", "ar", "ja"):
        return value
    return value[:10] + word if re.match(r"\d{4}-\d\d-\d\d", value) else word


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_names_its_page_and_the_site_alone(name: str) -> None:
    tree = ENVIRONMENT.parse(TEMPLATES[name])

    assert jinja2.meta.find_undeclared_variables(tree) <= {"page", "site"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_s_parts_are_known_without_running_it(name: str) -> None:
    drawn = jinja2.meta.find_referenced_templates(ENVIRONMENT.parse(TEMPLATES[name]))

    assert set(drawn) <= set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_style_or_script_and_trusts_no_text(name: str) -> None:
    text = TEMPLATES[name]

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    data = '<script type="application/ld+json">{{ page | linked(site) }}</script>'
    assert not re.search(r"<script(?! src=)", text.replace(data, ""))
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)


def test_every_kind_of_page_is_among_the_samples() -> None:
    assert {type(view) for view in VIEWS} == {type(view) for view in EMPTY} == set(TEMPLATE_OF)
    assert set(TEMPLATE_OF) <= set(get_args(AnyView))
    assert set(TEMPLATE_OF.values()) <= set(TEMPLATES)


@every_page
def test_every_field_is_escaped(view: View) -> None:
    site = msgspec.convert(_replaced(msgspec.to_builtins(SITE), HOSTILE), SiteView)
    calm = msgspec.convert(_replaced(msgspec.to_builtins(SITE), "x"), SiteView)
    hostile, plain = render(replaced(view, HOSTILE), site), render(replaced(view, "x"), calm)

    assert "<script>x" not in hostile.lower()
    assert [(tag, set(given)) for tag, given in Document(hostile).tags] == [
        (tag, set(given)) for tag, given in Document(plain).tags
    ]


@every_page
def test_a_page_has_all_that_every_page_has(view: View) -> None:
    text = render(view)
    page = Document(text)
    ids = page.values("id")

    assert text.startswith("<!doctype html>\n<html lang=")
    assert page.tags[2:5] == [
        ("meta", {"charset": "utf-8"}),
        ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        ("meta", {"name": "referrer", "content": "no-referrer"}),
    ]
    assert [len(page.named(tag)) for tag in ("h1", "main")] == [1, 1]
    titles = [around for (tag, _), around in zip(page.tags, page.around, strict=True) if tag == "title"]
    assert len([one for one in titles if "svg" not in {page.tags[place][0] for place in one}]) == 1
    assert page.unclosed == []
    assert len(ids) == len(set(ids))
    assert page.named("a")[0] == {"class": "skip", "href": "#page:main"}
    assert page.named("main")[0]["id"] == "page:main"
    assert page.named("html")[0]["lang"] == (view.lang or "en")
    assert {"aria-label", "aria-labelledby"} & {key for each in page.named("nav") for key in each}


@every_page
def test_every_landmark_has_a_name_and_every_reference_an_id(view: View) -> None:
    page = Document(render(view))
    ids = set(page.values("id"))

    assert all("aria-label" in each or "aria-labelledby" in each for each in page.named("nav"))
    assert set(page.values("aria-labelledby")) <= ids
    assert {one[1:] for one in page.values("href") if one.startswith("#")} <= ids


@every_page
def test_a_page_loads_nothing_but_its_own_site(view: View) -> None:
    page = Document(render(view))
    styles = [one["href"] for one in page.named("link") if one["rel"] in ("stylesheet", "icon")]
    loaded = [*styles, *page.values("src")]

    assert f"{view.root}assets/site.css" in loaded
    assert all(one is not None and one.startswith(f"{view.root}assets/") for one in loaded)


@every_page
def test_the_ids_of_the_frame_hold_a_colon(view: View) -> None:
    ids = set(Document(render(view, body="")).values("id"))
    told = {INDEX: LETTER.topics, BY_YEARS: YEAR_TOPICS}.get(view, ())
    topics = {each.anchor for each in told}

    assert {one for one in ids if ":" not in one} == topics


def test_a_page_names_its_feeds_before_those_of_the_site() -> None:
    links = [one["href"] for one in Document(render(TOPIC)).named("link") if one["rel"] == "alternate"]

    assert links == [
        *("../../Kernel/Filesystems/feed.rss", "../../Kernel/Filesystems/feed.atom"),
        *("../../Kernel/Filesystems/feed.json", "../../feed.rss", "../../feed.atom", "../../feed.json"),
    ]


def test_a_feed_of_both_the_page_and_the_site_is_named_once() -> None:
    links = [one["href"] for one in Document(render(PLAIN)).named("link") if one["rel"] == "alternate"]

    assert links == ["../feed.rss", "../feed.atom", "../feed.json"]


def test_the_address_of_a_page_is_named_but_where_it_has_none() -> None:
    def canonical(view: View) -> list[str | None]:
        return [one["href"] for one in Document(render(view)).named("link") if one["rel"] == "canonical"]

    assert canonical(TOPIC) == ["https://news.example.org/archive/Kernel/Filesystems/"]
    assert canonical(MISSING) == []


def test_the_title_names_the_page_and_the_site() -> None:
    assert "<title>Kernel index - The index</title>" in render(INDEX)
    assert "<title>The index</title>" in render(HOME)


def test_between_two_topics_of_an_index_stand_the_first_one_s_own_articles() -> None:
    text = render(INDEX)
    found = ids_and_articles(text)

    assert found[found.index("#Filesystems") :] == [
        "#Filesystems",
        "1",
        "2",
        "#Filesystems-Ceph",
        "3",
        "4",
        "#Futexes",
    ]
    assert articles_inside(text, "index") == ["1", "2", "3", "4"]
    assert ">2 more</a>" in text


def test_a_letter_with_a_page_of_its_own_leaves_its_headings_on_the_index() -> None:
    apart = msgspec.structs.replace(LETTER, path="Kernel/Index/letter/F/index.html")
    text = render(msgspec.structs.replace(INDEX, letters=(apart,)))

    assert ids_and_articles(text)[-3:] == ["#Filesystems", "#Filesystems-Ceph", "#Futexes"]
    assert '<a href="../../Kernel/Index/letter/F/index.html">F</a></h2>' in text
    assert "more</a>" not in text


def test_a_heading_stands_as_deep_as_its_topic() -> None:
    deep = tuple(
        msgspec.structs.replace(LETTER.topics[0], depth=depth, anchor=f"a{depth}", lines=())
        for depth in range(6)
    )
    view = msgspec.structs.replace(INDEX, letters=(msgspec.structs.replace(LETTER, topics=deep),))
    headings = [tag for tag, given in Document(render(view)).tags if (given.get("id") or "").startswith("a")]

    assert headings == ["h3", "h4", "h5", "h6", "h6", "h6"]


def test_a_topic_says_what_is_noted_how_else_it_is_called_and_where_it_stands() -> None:
    text = render(NOTED, body="<p>What they are.</p>")
    page = Document(text)
    shown = " ".join(page.text.split())

    assert '<div class="body note" dir="auto">\n<p>What they are.</p>\n</div>' in text
    assert "Also called VFS, Security / Files" in shown
    assert [each for each in ("See also", "Other places", "Of the same name") if each in shown] == [
        "See also",
        "Other places",
        "Of the same name",
    ]
    assert "Other places Security Disks Of the same name Security / Filesystems 1" in shown
    assert articles_inside(text, "ends") == ["2", "1"]
    assert "Also called" not in render(TOPIC)
    assert "body note" not in render(TOPIC)


def test_a_sub_topic_from_elsewhere_is_shown_with_its_way() -> None:
    found: Any = lxml.html.fromstring(render(NOTED))
    (below,) = found.find_class("below")
    lines_of = [" ".join(one.text_content().split()) for one in below.iter("a")]

    assert lines_of == ["Ceph", "Storage / Disks", "Kernel / Block layer"]


def test_the_years_of_a_topic_are_a_picture_and_a_table_of_the_same_counts() -> None:
    years = tuple(Bar(name=str(year), count=(year - 1999) % 5 * 300) for year in range(1999, 2027))
    text = render(msgspec.structs.replace(TOPIC, activity=years))
    page: Any = lxml.html.fromstring(text)
    (figure,) = page.find_class("activity")
    picture = figure.find("svg")
    cells = [one.text_content() for one in figure.iter("th", "td")]

    assert picture is not None
    assert picture.get("role") == "img"
    assert [picture.find(tag).get("id") for tag in ("title", "desc")] == [
        picture.get("aria-labelledby"),
        picture.get("aria-describedby"),
    ]
    assert picture.find("desc").text_content() == "From 1999 to 2026; most in 2003: 1,200 articles."
    assert cells[:6] == ["Year", "Articles", "1999", "0", "2000", "300"]
    assert len(cells) == 2 * (len(years) + 1)
    assert len(picture.findall("rect")) == sum(bar.count > 0 for bar in years) + 1
    named = [one.text for one in picture.findall("text") if "class" not in one.attrib]
    assert named == ["2000", "2005", "2010", "2015", "2020", "2025"]
    assert not picture.xpath(".//@style")


def test_a_year_in_the_table_leads_to_its_heading_if_that_is_on_the_page() -> None:
    page = Document(render(TOPIC))
    led = {one["href"] for one in page.named("a") if (one["href"] or "").startswith("#year:")}

    assert [group.id for group in TOPIC.years] == ["year:2009", "year:undated"]
    assert led == {"#year:2009"}


@pytest.mark.parametrize("view", [TOPIC, OLD_TOPIC, MONTH], ids=["topic", "older page", "month"])
def test_all_articles_of_a_list_s_page_stand_in_its_list(view: View) -> None:
    text = render(view)
    listed = articles_inside(text, "list")

    assert listed == [one for one in ids_and_articles(text) if not one.startswith("#")]
    assert listed == (["1", "2"] if view == MONTH else ["1", "2", "3", "4"])


def test_the_first_three_articles_of_the_newest_page_say_what_they_are_about() -> None:
    assert render(TOPIC).count('class="teaser"') == 3
    assert render(OLD_TOPIC).count('class="teaser"') == 0


def test_an_index_entry_leads_to_its_place_in_the_index_and_to_its_topics() -> None:
    crumbs = re.search(r'aria-label="Index entries".*?</nav>', render(ARTICLE), re.DOTALL)

    assert crumbs is not None
    assert re.findall(r'href="([^"]*)"', crumbs[0]) == [
        "../../Kernel/Index/index.html#Filesystems-Ceph",
        "../../Kernel/Filesystems/index.html",
        "../../Kernel/Filesystems/Ceph/index.html",
        "../../Kernel/Index/index.html#Filesystems",
        "../../Kernel/Filesystems/index.html",
    ]


def test_an_article_leads_onward_at_its_foot_and_in_the_rail() -> None:
    view = msgspec.structs.replace(ARTICLE, related=(line("9"),))
    foot, _, rail = render(view).partition('<footer class="foot"')[2].partition("<aside")

    assert re.findall(r'rel="(\w+)" href="\.\./\.\./Articles/(\w+)/', foot) == [("next", "2"), ("prev", "4")]
    assert "Next in <bdi>Kernel / Filesystems / Ceph</bdi>" in foot
    assert rail.count("<bdi>Kernel desk</bdi>") == 3
    assert re.findall(r'<li><a href="\.\./\.\./Articles/(\w+)/', rail) == ["2", "3", "9"]


def test_a_body_stands_as_it_is() -> None:
    assert BODY in render(msgspec.structs.replace(ARTICLE, contents=()))
    assert re.sub(
        r'<div class="heading">(.*?)<a class="permalink".*?</a></div>', r"\1", render(ARTICLE)
    ).count(BODY)


def test_each_heading_has_a_link_to_it() -> None:
    links = [one for one in Document(render(ARTICLE)).named("a") if one.get("class") == "permalink"]

    assert [one["href"] for one in links] == [f"#{heading.id}" for heading in ARTICLE.contents]
    assert {one["aria-label"] for one in links} == {"Link to this section"}


def test_an_article_is_cited_as_text_markdown_and_bibtex() -> None:
    view = msgspec.structs.replace(ARTICLE, line=line("7", title="</pre><b>[x] & {y} 100 %"))
    cited: Any = lxml.html.fromstring(render(view))
    text, mark, tex = (cited.xpath(f"//*[@id='cite:{kind}']")[0] for kind in ("text", "markdown", "bibtex"))

    assert text.text_content().startswith(
        "Kernel desk, “</pre><b>[x] & {y} 100 %”, The index, December 22, 2009."
    )
    assert mark.text_content() == (
        r"Kernel desk, “[&#60;/pre&#62;&#60;b&#62;\[x\] &#38; \{y\} 100 %]"
        "(<https://news.example.org/archive/Articles/1/>)”, *The index*, December 22, 2009."
    )
    assert r"title = {{</pre><b>[x] \& \textbraceleft{}y\textbraceright{} 100 \%}}," in tex.text_content()
    assert not [*cited.iter("b")]


def test_contents_stand_only_where_there_are_more_than_two_headings() -> None:
    few = msgspec.structs.replace(ARTICLE, contents=ARTICLE.contents[:2])

    assert (render(ARTICLE).count(">Contents<"), render(few).count(">Contents<")) == (2, 0)


def test_the_frame_of_a_foreign_article_speaks_the_site_s_language() -> None:
    page = Document(render(FOREIGN))
    frame = [given.get("lang") for tag, given in page.tags if tag in ("nav", "aside", "footer", "header")]

    assert page.named("html")[0]["lang"] == "ar"
    assert page.named("h1")[0] == {"dir": "auto"}
    assert {given["class"]: given.get("dir") for given in page.named("div") if "class" in given}[
        "body"
    ] == "rtl"
    assert (page.named("html")[0]["dir"], page.named("article")[0]["dir"]) == ("ltr", "rtl")
    directions = [given.get("dir") for _, given in page.tags if given.get("lang") == "en"]
    assert (directions.count("ltr"), directions.count("rtl")) == (7, 0)
    assert frame.count("en") == 7
    assert "lang" not in {key for each in Document(render(ARTICLE)).named("nav") for key in each}


def test_a_line_in_another_language_says_so() -> None:
    links = [given for given in Document(render(TOPIC)).named("a") if given.get("lang")]

    assert [one["lang"] for one in links] == ["ja", "ar"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("Kernel/Index/index.html", ("page", "../../Kernel/Index/index.html")),
        ("Kernel/Filesystems/index.html", ("true", "../../Kernel/Index/index.html")),
        ("Authors/index.html", ("page", "../Authors/index.html")),
        ("about/index.html", ("page", "../about/index.html")),
    ],
)
def test_the_navigation_shows_where_one_is(path: str, current: tuple[str, str]) -> None:
    view = next(one for one in VIEWS if one.path == path)
    found = Document(render(view)).named("a")

    assert current in [(one["aria-current"], one["href"]) for one in found if "aria-current" in one]


def test_this_week_leaves_out_what_the_front_page_shows_already() -> None:
    quiet = msgspec.structs.replace(HOME, week=LINES)

    assert ids_and_articles(render(HOME)).count("5") == 1
    assert "this week" in render(HOME)
    assert "this week" not in render(quiet)


def test_the_front_page_leads_to_its_newest_week_once() -> None:
    quiet = msgspec.structs.replace(HOME, week=LINES)
    path = "Archives/2009/W51/index.html"

    assert f'<a href="{path}">Also this week</a>' in render(HOME)
    assert f'<a href="{path}">The week of December 17, 2009</a>' in render(quiet)
    assert [render(view).count(path) for view in (HOME, quiet)] == [1, 1]
    assert path not in render(msgspec.structs.replace(HOME, edition=None))


def test_an_address_that_no_reader_could_follow_is_shown_and_not_linked() -> None:
    view = msgspec.structs.replace(ARTICLE, original="javascript:alert(1)")

    assert "<dd>javascript:alert(1)</dd>" in render(view)


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (EMPTY[0], "Nothing filed yet"),
        (EMPTY[3], "No article is filed under this index yet"),
        (msgspec.structs.replace(TOPIC, years=(), own=0), "Nothing is filed here itself"),
        (EMPTY[6], "No article names its author yet"),
        (EMPTY[7], "No article with a date yet"),
        (EMPTY[-2], "No article is like that yet"),
        (EMPTY[-3], "No topic yet"),
        (EMPTY[-4], "No topic yet"),
        (EMPTY[-5], "No topic yet"),
    ],
    ids=["home", "index", "topic", "authors", "archives", "query", "years", "words", "tree"],
)
def test_an_empty_page_says_that_it_is(view: View, sentence: str) -> None:
    assert sentence in render(view)


def test_site_switches_take_their_pages_out_of_the_navigation() -> None:
    bare = msgspec.structs.replace(SITE, archives=False, authors=False, nav=(), indexes=(), feeds=())
    text = render(MISSING, bare)

    assert "<nav" not in text
    assert "Archives" not in text


def test_a_timeline_links_the_months_that_have_articles_by_height_and_tint() -> None:
    bars = (
        Bar(name="January", count=0, month=1, short="Jan"),
        Bar(name="February", count=1, path="Archives/2009/02/index.html", month=2, short="Feb"),
        Bar(name="March", count=1200, path="Archives/2009/03/index.html", month=3, short="Mar"),
    )
    busiest = Bar(name="March 2009", count=1200, path="Archives/2009/03/index.html")
    view = msgspec.structs.replace(ARCHIVES, years=((Bar(name="2009", count=1201), bars),), busiest=busiest)
    text = render(view)
    months = re.findall(r'<li class="(heat-\d) (\w+)"><(a|span)( href="[^"]*")?>.*?<svg height="(\d+)"', text)

    assert months == [
        ("heat-0", "jan", "span", "", "1"),
        ("heat-1", "feb", "a", ' href="../Archives/2009/02/index.html"', "2"),
        ("heat-4", "mar", "a", ' href="../Archives/2009/03/index.html"', "33"),
    ]
    assert ">The busiest month is March 2009, with 1,200 articles.</a>" in text


def test_a_month_that_is_all_there_is_is_not_told_to_be_the_busiest() -> None:
    bar = Bar(name="May", count=1, path="Archives/2009/05/index.html", month=5, short="May")
    view = msgspec.structs.replace(ARCHIVES, years=((Bar(name="2009", count=1), (bar,)),), busiest=bar)

    assert "1 article with a date." in render(view)
    assert "busiest" not in render(view)


def told(view: View, site: SiteView = SITE) -> list[tuple[str, str]]:
    """Return what a page says to those who show a link to it: each property with its content."""
    found = Document(render(view, site)).named("meta")
    return [(given["property"] or "", given["content"] or "") for given in found if "property" in given]


def test_an_article_tells_those_who_link_to_it_what_it_is() -> None:
    address = "https://news.example.org/archive"
    assert told(ARTICLE) == [
        ("og:url", f"{address}/Articles/1/"),
        ("og:site_name", "The index"),
        ("og:title", ARTICLE.title),
        ("og:description", "What it says in short."),
        ("og:type", "article"),
        ("article:published_time", "2009-12-22"),
        ("article:modified_time", "2010-01-02"),
        ("article:author", f"{address}/Authors/Kernel_desk/"),
        ("article:tag", "Kernel/Filesystems/Ceph"),
        ("article:tag", "Kernel/Filesystems"),
    ]


def test_the_languages_of_an_article_are_named_to_programs_and_to_readers() -> None:
    text, private = render(FOREIGN), render(FOREIGN, msgspec.structs.replace(SITE, public=False))
    found = re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', text)
    links = re.findall(r'<li><a href="([^"]*)" (rel|aria-current)="[^"]*" hreflang="(\w+)" lang="\3"', text)

    address = "https://news.example.org/archive/Articles"
    assert found == [("en", f"{address}/1/"), ("ar", f"{address}/3/")]
    assert links == [
        ("../../Articles/1/index.html", "rel", "en"),
        ("../../Articles/3/index.html", "aria-current", "ar"),
    ]
    assert 'hreflang="en" href="../../Articles/1/index.html">' in private
    assert "hreflang" not in render(ARTICLE)


def test_other_pages_are_parts_of_a_website() -> None:
    assert told(MISSING) == [
        ("og:site_name", "The index"),
        ("og:title", "Page not found"),
        ("og:type", "website"),
    ]
    assert ("og:type", "website") in told(TOPIC)


@every_page
def test_a_site_without_an_address_names_none_to_those_who_link_to_it(view: View) -> None:
    private = msgspec.structs.replace(SITE, public=False)

    assert not [content for _, content in told(view, private) if content.startswith("https://news.")]
    assert [one for one in told(view, private) if one[0] != "og:url"] == [
        one for one in told(view) if one[0] not in ("og:url", "article:author")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, None),
        (200, None),
        (201, "1 minute to read"),
        (344, "1 minute to read"),
        (345, "2 minutes to read"),
        (1250, "5 minutes to read"),
        (300_000, "1,304 minutes to read"),
    ],
)
def test_a_text_of_some_length_says_how_long_it_takes(words: int, said: str | None) -> None:
    text = render(msgspec.structs.replace(ARTICLE, words=words))
    found = re.search(r'<span class="reading">(.*?)</span>', text)

    assert (found and found[1]) == said
