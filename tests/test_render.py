"""A view becomes bytes that depend on the view, its theme and the site, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from lwnindex.articleviews import ArticleView, HomeView, PlainView
from lwnindex.digest import digest_bytes
from lwnindex.engine.store import DamagedError
from lwnindex.feedviews import FeedView, RobotsView, SitemapView
from lwnindex.formats.html import environment
from lwnindex.indexviews import TopicView, TreeView, WordsView, YearsView
from lwnindex.model import FeedFormat
from lwnindex.problems import SiteError
from lwnindex.render import Renderer, keys, render
from lwnindex.theme import theme
from lwnindex.viewmodel import AnyView, FileView, NotFoundView, RedirectView, SiteView
from lwnindex.viewparts import FeedEntry, Line, Link

SITE = SiteView(title="The Index", url="https://example.org/news/")
TEMPLATES = {
    "article.html": "{% extends 'base.html' %}{% block main %}{{ page.body }}{% endblock %}",
    "plain.html": "{{ page.body }}",
    "topic.html": "{{ page.body }}",
    "home.html": "{% include 'part.html' %}",
    "404.html": "nothing at {{ page.root }}",
    "base.html": "<title>{{ page.title }} | {{ site.title }}</title>{% block main %}{% endblock %}",
    "part.html": "{{ page.title }}",
}
LINE = Line(id="1", title="One", path="Articles/1/index.html", date="2020-01-02")
BLOB = msgspec.msgpack.encode(["<p><a", ">here</a> & <a", ">there</a></p>"])
BODY = digest_bytes(BLOB)


def renderer(site: SiteView = SITE, fingerprint: str = "program", **changed: str) -> Renderer:
    """Return what renders with these templates in place of the plain ones, `home="..."`."""
    templates = TEMPLATES | {f"{name.strip('_')}.html": text for name, text in changed.items()}
    tools = environment(templates)
    shown = theme(templates, {name: f"themes/t/{name}" for name in templates}, {}, tools)
    return Renderer(lambda: tools, shown, site, fingerprint)


def key(view: AnyView, tools: Renderer) -> str:
    """Return the key of a view in a build with these tools."""
    return keys(tools)(view)


def article(*links: Link, body: str = BODY, title: str = "One") -> ArticleView:
    given = links or (
        Link(href="Articles/2/index.html#a", local=True),
        Link(href="https://example.org/?a=1&b=2"),
    )
    return ArticleView(
        path="Articles/1/index.html", root="../../", title=title, line=LINE, body=body, links=given
    )


def blobs(digest: str) -> bytes:
    """Return the one blob that there is."""
    if digest != BODY:
        raise DamagedError(digest)
    return BLOB


def feed(form: FeedFormat, *, full: bool = True) -> FeedView:
    entry = FeedEntry(
        id="https://example.org/news/Articles/1/",
        path="Articles/1/index.html",
        title="One",
        published="2020-01-02T12:00:00Z",
        updated="2020-01-02T12:00:00Z",
        summary="In short.",
        body=BODY if full else "",
        links=article().links if full else (),
    )
    return FeedView(
        path=f"feed.{form}",
        root="",
        title="All",
        format=form,
        home="index.html",
        updated="2020-01-02T12:00:00Z",
        entries=(entry,),
    )


TOPIC = TopicView(
    path="Kernel/A/index.html",
    root="../../",
    title="A",
    entry=("Kernel", "A"),
    anchor="Kernel/Index/index.html#A",
    own=0,
    count=0,
    first=None,
    last=None,
    body=BODY,
    links=article().links,
)
HOME = HomeView(path="index.html", root="", title="Home")
PLAIN = PlainView(path="about/index.html", root="../", title="About", body=BODY, links=article().links)
SITEMAP = SitemapView(path="sitemap.xml", root="", title="", pages=(("index.html", "2020-01-02"),))
ROBOTS = RobotsView(path="robots.txt", root="", title="")
FILE = FileView(path="k.txt", root="", title="", digest=BODY)


# Bytes -------------------------------------------------------------------------------------------


def test_an_article_has_its_body_with_its_links_in_place() -> None:
    assert render(article(), renderer(), blobs).decode() == (
        "<title>One | The Index</title>"
        '<p><a href="../../Articles/2/index.html#a">here</a> & '
        '<a href="https://example.org/?a=1&amp;b=2" rel="external noreferrer">there</a></p>'
    )


def test_a_topic_has_its_note_and_one_without_asks_for_none() -> None:
    assert render(TOPIC, renderer(), blobs) == render(PLAIN, renderer(), blobs).replace(b"../", b"../../")
    assert render(msgspec.structs.replace(TOPIC, body="", links=()), renderer(), blobs) == b""


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (Link(href=""), "<a>"),
        (Link(href="", local=True), "<a>"),
        (Link(href="#part", local=True), '<a href="#part">'),
        (Link(href="index.html", local=True), '<a href="../../index.html">'),
        (Link(href="Kernel/a b/index.html", local=True), '<a href="../../Kernel/a%20b/index.html">'),
        (Link(href="https://a.example/"), '<a href="https://a.example/" rel="external noreferrer">'),
        (
            Link(href='https://a.example/"<>'),
            '<a href="https://a.example/&quot;&lt;&gt;" rel="external noreferrer">',
        ),
        (Link(href="mailto:a@example.org"), '<a href="mailto:a@example.org" rel="external noreferrer">'),
    ],
)
def test_a_link_leads_where_it_was_resolved_to(link: Link, expected: str) -> None:
    page = render(article(link, Link(href="")), renderer(article="{{ page.body }}"), blobs).decode()

    assert page.startswith(f"<p>{expected}here</a>")


def test_pretty_links_name_no_index() -> None:
    pretty = msgspec.structs.replace(SITE, pretty=True)

    assert b'href="../../Articles/2/#a"' in render(article(), renderer(pretty), blobs)


def test_a_plain_page_has_its_body_too() -> None:
    assert render(PLAIN, renderer(), blobs).startswith(b'<p><a href="../Articles/2/index.html#a">here</a>')


def test_what_has_no_body_asks_for_none() -> None:
    def none(digest: str) -> bytes:
        raise AssertionError(digest)

    tools = renderer()
    assert render(HOME, tools, none) == b"Home"
    assert render(NotFoundView(path="404.html", root="/news/", title=""), tools, none) == b"nothing at /news/"
    assert b"<loc>https://example.org/news/</loc>" in render(SITEMAP, tools, none)
    parts = SitemapView(path="sitemap.xml", root="", title="", pages=(("sitemap-1.xml", ""),), parts=True)
    assert b"<sitemapindex" in render(parts, tools, none)
    assert b"Sitemap: https://example.org/news/sitemap.xml" in render(ROBOTS, tools, none)
    assert b"In short." in render(feed("atom", full=False), tools, none)


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_has_its_bodies_with_absolute_links(form: FeedFormat) -> None:
    assert b"https://example.org/news/Articles/2/#a" in render(feed(form), renderer(), blobs)


def test_an_old_address_leads_on_whatever_the_templates_say() -> None:
    assert b'content="0; url=Articles/1/index.html"' in render(OLD, renderer(), blobs)


def test_a_copied_file_is_its_blob() -> None:
    assert render(FILE, renderer(), blobs) == BLOB


@pytest.mark.parametrize("view", [article(body="gone"), msgspec.structs.replace(FILE, digest="gone")])
def test_a_damaged_blob_is_no_fault_of_the_template(view: AnyView) -> None:
    with pytest.raises(DamagedError):
        render(view, renderer(), blobs)


# Templates that fail -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "part", "said"),
    [
        ("\n{{ page.none }}", "", "themes/t/home.html:2: the template fails on index.html: "),
        (
            "{% include 'part.html' %}",
            "\n\n{{ page.none }}",
            "themes/t/part.html:3: the template fails on index.html: ",
        ),
        ("{{ page.none.deeper }}", "", "there is no `page.none`. "),
        ("{{ 1 // 0 }}", "", "themes/t/home.html:1: the template fails on index.html: ZeroDivisionError: "),
        ("{{ page.title + 1 }}", "", "TypeError: "),
        ("{% include page.title %}", "", "themes/t/home.html:1: the template fails on index.html: Home."),
        ("{% include 'home.html' %}", "", "RecursionError: "),
        ("{{ 'x' | longdate }}", "", "ValueError: "),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(home: str, part: str, said: str) -> None:
    with pytest.raises(SiteError) as caught:
        render(HOME, renderer(home=home, part=part), blobs)

    assert said in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_template_that_is_missing_is_named() -> None:
    tools = environment({})
    with pytest.raises(SiteError, match=r'^index\.html: the theme has no template "home\.html"\. Add it'):
        render(HOME, Renderer(lambda: tools, theme({}, {}, {}, tools), SITE, ""), blobs)


OF: Any = {"path": "Kernel/Other/index.html", "root": "../../", "title": "Kernel", "index": "Kernel"}


@pytest.mark.parametrize(
    ("view", "off"),
    [
        (TreeView(**OF, lines=()), "`trees = false` in [pages]"),
        (WordsView(**OF, letters=()), "`words = false` in [pages]"),
        (YearsView(**OF, years=()), "`by_year = false` in the [indexes] tables"),
    ],
)
def test_a_theme_without_a_template_for_an_order_of_an_index_is_told_the_ways_out(
    view: AnyView, off: str
) -> None:
    tools = environment({})
    with pytest.raises(SiteError) as caught:
        render(view, Renderer(lambda: tools, theme({}, {}, {}, tools), SITE, ""), blobs)

    assert str(caught.value).startswith("Kernel/Other/index.html: the theme has no template ")
    assert f'`parent = "default"` to its theme.toml, or write {off} in the configuration.' in str(
        caught.value
    )


# Keys --------------------------------------------------------------------------------------------

OLD = RedirectView(path="old.html", root="", title="One", target="Articles/1/index.html")
Views = tuple[AnyView, ...]
PAGES: Views = (HOME, article(), PLAIN)
OTHERS: Views = (feed("rss"), feed("atom"), feed("json"), SITEMAP, ROBOTS, OLD)


@pytest.mark.parametrize("view", [*PAGES, *OTHERS, FILE])
def test_equal_input_has_an_equal_key(view: AnyView) -> None:
    assert key(view, renderer()) == key(msgspec.structs.replace(view), renderer())


def test_no_two_views_share_a_key() -> None:
    views = (*PAGES, *OTHERS, FILE)

    assert len({key(view, renderer()) for view in views}) == len(views)


@pytest.mark.parametrize(
    "change",
    [
        lambda: renderer(fingerprint="another program"),
        lambda: renderer(msgspec.structs.replace(SITE, title="Another")),
        lambda: renderer(msgspec.structs.replace(SITE, pretty=True)),
    ],
)
def test_the_program_and_the_site_are_part_of_every_key_but_a_copied_file_s(
    change: Callable[[], Renderer],
) -> None:
    assert all(key(view, renderer()) != key(view, change()) for view in (*PAGES, *OTHERS))
    assert key(FILE, renderer()) == key(FILE, change()) == BODY


def test_a_template_is_part_of_the_keys_of_those_pages_that_draw_on_it() -> None:
    before, after = renderer(), renderer(base="changed")
    changed = [view for view in (*PAGES, *OTHERS) if key(view, before) != key(view, after)]

    assert changed == [article()]


def test_a_changed_body_or_link_changes_the_key() -> None:
    first = key(article(), renderer())

    assert key(article(body="other"), renderer()) != first
    assert key(article(Link(href="")), renderer()) != first
    assert key(article(title="Two"), renderer()) != first


def test_a_view_holds_nothing_whose_order_is_not_its_own() -> None:
    # Else equal views could be encoded in two ways, and so have two keys.
    found = {str(kind) for kind in held(get_args(AnyView)) if get_origin(kind) in (dict, set, frozenset)}

    assert found == set()


def held(kinds: Iterable[Any]) -> Iterator[Any]:
    """Yield the types of all fields of some types of values, and of what these hold."""
    for kind in kinds:
        yield kind
        fields = get_type_hints(kind).values() if isinstance(kind, type(msgspec.Struct)) else get_args(kind)
        yield from held(fields)
