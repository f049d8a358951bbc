"""The site is whole: every page has a path of its own, and whatever a page names is there."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import link as stage
from lwnindex import names
from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.feedviews import FeedView, OpmlView, RobotsView, SitemapView
from lwnindex.index import index
from lwnindex.indexviews import IndexView, TopicView
from lwnindex.link import Plan, link
from lwnindex.model import Address, Article, Badge, Card, Catalog, PlainPage
from lwnindex.problems import sentence
from lwnindex.settings import Config
from lwnindex.viewmodel import FileView, NotFoundView, RedirectView
from lwnindex.viewparts import Crumb
from tests.cards import cards
from tests.makers import article, body, card, config, parsed, plain, plan_of, problems_of, views_of
from tests.mentions import anchors, mentions, site_mentions
from tests.thesaurus import FILE, catalog_from, described, known, see

ASSETS = {"assets/site.css": "theme", "assets/pygments.css": "theme", "assets/favicon.svg": "theme"}
HREFS = (
    *(
        "/Articles/1/",
        "/Articles/A/#x",
        "/Articles/999/",
        "/Articles/ceph",
        "https://lwn.net/Articles/2/#Comments",
    ),
    *(
        "/Kernel/Index#C",
        "/Kernel/Index/#none",
        "/Kernel/C/",
        "/Archives/2009/12/",
        "/Archives/",
        "/Authors/",
    ),
    *("/about/#x", "/about/", "/files/a.txt", "/feed.rss", "/Kernel/feed.atom", "/", "#x", "#none", "3.md#x"),
    *(
        "../pages/about.md",
        "pages/0.md",
        "pages/1.md",
        "/kernel/index/",
        "https://example.org/news/about/",
        "/robots.txt",
    ),
    *("/sitemap.xml", "/404.html", "/assets/site.css", "/Authors/kernel_desk/", "/Archives/0001/", "page/1/"),
)
# The pages that people keep, and pages whose paths are those of generated ones, or nearly.
PAGES = (
    *("about/index.html", "About/index.html", "about/team/index.html", "Articles/1/index.html", "index.html"),
    *(
        "kernel/index/index.html",
        "Kernel/C/index.html",
        "feed.rss/index.html",
        "Kernel/Index/feed.atom/index.html",
    ),
    *("archives/2009/index.html", "robots.txt/index.html", "assets/site.css/index.html", "files/index.html"),
)
FILES = (
    *(
        "files/a.txt",
        "files",
        "robots.txt",
        "Robots.txt",
        "404.html",
        "sitemap.xml",
        "assets/site.css",
        "Assets/SITE.css",
    ),
    *(
        "about/index.html",
        "ABOUT",
        "Kernel",
        "kernel/index/index.html",
        "Articles/1/image.png",
        "feed.json",
        "old/index.html",
    ),
)

settings = st.builds(
    lambda pages, feeds, index, source: config(
        pages=pages, feeds_out=feeds, index=index, site={"source": source}, links={"style": "file"}
    ),
    st.fixed_dictionaries(
        {
            **dict.fromkeys(
                ("authors", "archives", "weeks", "trees", "words", "related", "backlinks"), st.booleans()
            ),
            "per_page": st.sampled_from((1, 2, 50)),
        }
    ),
    st.fixed_dictionaries(
        {
            "formats": st.lists(st.sampled_from(("rss", "atom", "json")), unique=True),
            "content": st.sampled_from(("full", "summary", None)),
            "items": st.sampled_from((1, 30)),
        }
    ),
    st.fixed_dictionaries({"split": st.sampled_from((1, 20_000)), "per_topic": st.sampled_from((1, 100))}),
    st.sampled_from(("", "https://lwn.net")),
)


@st.composite
def holdings(draw: st.DrawFn) -> list[Article | PlainPage]:
    """Draw articles and plain pages with links of all kinds."""
    hrefs = st.lists(st.sampled_from(HREFS), max_size=4)
    ids = st.sampled_from(((), ("text-x",), ("x", "y z")))
    badge = st.sampled_from(((), (Badge(label="LPC", href="/Kernel/Index/#C"),)))
    articles = [article(one, *draw(hrefs), anchors=draw(ids), badges=draw(badge)) for one in draw(cards(6))]
    paths = draw(st.lists(st.sampled_from(PAGES), max_size=4))
    pages = [
        plain(
            path,
            *draw(hrefs),
            anchors=draw(ids),
            nav=draw(st.none() | st.just(1)),
            source=f"pages/{number}.md",
        )
        for number, path in enumerate(paths)
    ]
    return [*articles, *pages]


files = st.dictionaries(st.sampled_from(FILES), st.just("static"), max_size=4)


# Properties ----------------------------------------------------------------------------------------


@given(holdings(), files, settings)
def test_every_path_that_a_page_names_is_there(
    holds: list[Article | PlainPage], copied: dict[str, str], chosen: Config
) -> None:
    plan = plan_of(*holds, files=copied, assets=ASSETS, config=chosen)
    for view in views_of(plan).values():
        for mention in mentions(view):
            path, _, fragment = mention.partition("#")
            assert path in plan.paths, (view.path, mention)
            assert not fragment or fragment in anchors(plan.view(path)), (view.path, mention)
    assert set(site_mentions(plan.site)) <= set(plan.paths)


@given(holdings(), files, settings)
def test_a_link_in_a_page_names_an_anchor_of_it(
    holds: list[Article | PlainPage], copied: dict[str, str], chosen: Config
) -> None:
    plan = plan_of(*holds, files=copied, config=chosen)
    for view in views_of(plan).values():
        if isinstance(view, ArticleView | PlainView):
            here = [one.href[1:] for one in view.links if one.local and one.href.startswith("#")]
            assert set(here) <= anchors(view)


@given(holdings(), files, settings)
def test_no_two_files_of_a_site_meet_on_any_file_system(
    holds: list[Article | PlainPage], copied: dict[str, str], chosen: Config
) -> None:
    plan = plan_of(*holds, files=copied, assets=ASSETS, config=chosen)
    folded = {names.folded(path) for path in plan.paths}
    assert len(folded) == len(plan.paths)
    folders = {path.rsplit("/", depth)[0] for path in folded for depth in range(1, path.count("/") + 1)}
    assert not folded & folders
    for path, view in views_of(plan).items():
        assert view.path == path
        assert isinstance(view, NotFoundView) or view.root == names.root_of(path)
        assert not path.startswith("/")
        assert not {"", ".", ".."} & set(path.split("/"))


@given(holdings(), files, settings)
def test_every_article_page_and_file_is_there_or_told(
    holds: list[Article | PlainPage], copied: dict[str, str], chosen: Config
) -> None:
    plan = plan_of(*holds, files=copied, assets=ASSETS, config=chosen)
    articles = [one for one in holds if isinstance(one, Article) and not one.card.draft]
    pages = [one for one in holds if isinstance(one, PlainPage)]
    told = [one.file for one in plan.problems if one.code == "duplicate-path"]
    assert sum(isinstance(view, ArticleView) for view in views_of(plan).values()) == len(articles)
    shown = sum(isinstance(view, PlainView) for view in views_of(plan).values())
    assert shown + sum(file.startswith("content/") for file in told) == len(pages)
    for path in copied:
        copy = FileView(path=path, root=names.root_of(path), title="", digest="static")
        assert (path in plan.paths and plan.view(path) == copy) != (f"static/{path}" in told)


@given(st.data(), holdings(), settings)
def test_the_order_of_the_sources_does_not_count(
    data: st.DataObject, holds: list[Article | PlainPage], chosen: Config
) -> None:
    # Which of two plain pages has a path that both want is a matter of their order.
    pages = {names.folded(one.path): one for one in holds if isinstance(one, PlainPage)}
    kept: list[Article | PlainPage] = [*(one for one in holds if isinstance(one, Article)), *pages.values()]
    mixed = data.draw(st.permutations(kept))
    one, other = plan_of(*kept, config=chosen), plan_of(*mixed, config=chosen)
    assert views_of(one) == views_of(other)
    assert one.site == other.site
    assert sorted(map(sentence, problems_of(one))) == sorted(map(sentence, problems_of(other)))


@given(holdings(), settings)
def test_the_sitemap_has_every_page_but_404(holds: list[Article | PlainPage], chosen: Config) -> None:
    plan = plan_of(*holds, files={"old/index.html": "static", "old/x.html": "static"}, config=chosen)
    (sitemap,) = (view for view in views_of(plan).values() if isinstance(view, SitemapView))
    pages = [
        path
        for path, view in views_of(plan).items()
        if path.endswith("index.html") and not isinstance(view, RedirectView)
    ]
    assert [path for path, _ in sitemap.pages] == sorted(pages)
    assert "old/index.html" in pages


@given(holdings(), settings)
def test_what_is_dead_is_told_with_its_place(holds: list[Article | PlainPage], chosen: Config) -> None:
    plan = plan_of(*holds, config=chosen)
    bodies = [view for view in views_of(plan).values() if isinstance(view, ArticleView | PlainView)]
    badges = [target for view in bodies if isinstance(view, ArticleView) for _, target in view.badges]
    dead = [one for one in (*(each for view in bodies for each in view.links), *badges) if not one.href]
    told = [one for one in problems_of(plan) if one.code == "dead-link"]
    assert len(told) == len(dead)
    assert all(one.file.startswith("content/") and one.severity == "error" for one in told)


# Tables --------------------------------------------------------------------------------------------


def of_kind(plan: Plan, *kinds: type) -> list[str]:
    """Return the paths of the pages of some kinds."""
    return [path for path, view in views_of(plan).items() if isinstance(view, kinds)]


def test_an_archive_without_articles_is_a_site() -> None:
    plan = plan_of(assets=ASSETS)
    assert sorted(plan.paths) == [
        *("404.html", "Archives/index.html"),
        *sorted(ASSETS),
        *("feed.atom", "feed.json", "feed.rss", "index.html", "index.opml", "robots.txt", "sitemap.xml"),
    ]
    assert not plan.problems
    assert not plan.site.authors


def test_an_article_makes_these_pages() -> None:
    plan = plan_of(
        article(card("5", "Kernel/Filesystems/Ceph", authors=("A",))), plain("about/index.html", nav=1)
    )
    assert sorted(path for path in plan.paths if path.endswith("index.html")) == [
        "Archives/2009/12/index.html",
        "Archives/2009/W51/index.html",
        "Archives/2009/index.html",
        "Archives/index.html",
        "Articles/5/index.html",
        "Authors/A/index.html",
        "Authors/index.html",
        "Kernel/Filesystems/Ceph/index.html",
        "Kernel/Filesystems/index.html",
        "Kernel/Index/index.html",
        "Kernel/Tree/index.html",
        "Kernel/Words/index.html",
        "about/index.html",
        "index.html",
    ]
    assert len(of_kind(plan, FeedView)) == 3 * 5


@pytest.mark.parametrize(
    ("pages", "missing"),
    [
        ({"archives": False}, "Archives"),
        ({"authors": False}, "Authors"),
        ({"trees": False}, "Kernel/Tree"),
        ({"words": False}, "Kernel/Words"),
    ],
)
def test_what_is_switched_off_has_no_page(pages: dict[str, bool], missing: str) -> None:
    plan = plan_of(article(card("5", "Kernel/Ceph")), config=config(pages=pages))
    assert not [path for path in plan.paths if path.startswith(missing)]
    assert (plan.site.archives, plan.site.authors) == (missing != "Archives", missing != "Authors")


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        ("Kernel/Index/index.html", "Kernel/Index/index.html"),
        ("kernel/ceph/index.html", "Kernel/Ceph/index.html"),
        ("Articles/5/index.html", "Articles/5/index.html of content/5.md"),
        ("Kernel/Index/feed.rss/index.html", "Kernel/Index/feed.rss"),
        ("index.html", "index.html"),
        ("about/index.html", "about/index.html of content/pages/first.md"),
        ("About/Index.html", "about/index.html of content/pages/first.md"),
    ],
)
def test_a_plain_page_in_the_place_of_another_is_left_out_with_an_error(path: str, holder: str) -> None:
    twice = plain("about/index.html", source="pages/first.md")
    held: list[Article | PlainPage] = [article(card("5", "Kernel/Ceph")), twice]
    before = plan_of(*held)
    plan = plan_of(*held, plain(path, title="Mine", nav=1, source="pages/second.md"))
    assert views_of(plan) == views_of(before)
    assert plan.site == before.site
    (error,) = plan.problems
    # Its folder is spelled as the one that stands there.
    there = holder.partition(" ")[0]
    spelled = there if there.lower() == path.lower() else path
    assert sentence(error) == (
        f'content/pages/second.md: duplicate-path: the page "Mine" would be written to {spelled}, '
        f"where {holder} stands already; it is left out. Give one of the two another name."
    )
    assert error.severity == "error"


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        ("index.html", "index.html"),
        ("Kernel", "Kernel/"),
        ("kernel/INDEX", "kernel/INDEX/"),
        ("feed.rss", "feed.rss"),
        ("about/index.html", "about/index.html of content/pages/about.md"),
        ("about/index.html/image.png", "about/index.html of content/pages/about.md"),
    ],
)
def test_a_file_in_the_place_of_a_page_is_left_out_with_an_error(path: str, holder: str) -> None:
    held: list[Article | PlainPage] = [article(card("5", "Kernel/Ceph")), plain("about/index.html")]
    plan = plan_of(*held, files={path: "static", "x.png": "static"})
    assert of_kind(plan, FileView) == ["x.png"]
    (error,) = plan.problems
    assert sentence(error) == (
        f"static/{path}: duplicate-path: the file would be written to {path}, where {holder} stands already; "
        "it is left out. Give one of the two another name."
    )


@pytest.mark.parametrize("path", ["robots.txt", "404.html", "sitemap.xml", "assets/site.css"])
def test_a_sites_own_file_wins_over_ours(path: str) -> None:
    plan = plan_of(files={path: "static"}, assets=ASSETS)
    found = plan.view(path)
    assert isinstance(found, FileView)
    assert found.digest == "static"
    assert not plan.problems
    assert "assets/site.css" in plan.site.stylesheets


@pytest.mark.parametrize(
    ("path", "ours"),
    [("ASSETS/Site.css", "assets/site.css"), ("Robots.txt", "robots.txt"), ("assets", "assets/favicon.svg")],
)
def test_a_file_that_almost_has_our_name_is_told(path: str, ours: str) -> None:
    plan = plan_of(files={path: "static"}, assets=ASSETS)
    assert path in plan.paths
    assert ours not in plan.paths
    assert ours not in plan.site.stylesheets
    assert {one.code for one in plan.problems} == {"duplicate-path"}
    assert ours in {one.file for one in plan.problems}


def test_a_stylesheet_of_some_pages_is_none_of_all() -> None:
    own = {"assets/search.css": "s", "assets/lookup.css": "l", "assets/index.css": "i"}
    plan = plan_of(assets=ASSETS | own)
    assert set(own) <= set(plan.paths)
    assert not set(own) & set(plan.site.stylesheets)


def test_the_stylesheet_of_feeds_is_none_of_pages() -> None:
    options = "assets/theme-options.css"
    plan = plan_of(assets=ASSETS | {"assets/feeds.css": "f", options: "o"})
    assert plan.site.feed_styles == ("assets/feeds.css", options)
    assert "assets/feeds.css" not in plan.site.stylesheets
    assert options in plan.site.stylesheets
    assert plan_of(assets=ASSETS | {options: "o"}).site.feed_styles == ()


def test_stylesheets_start_with_the_colours_of_code() -> None:
    assert plan_of(assets=ASSETS).site.stylesheets == ("assets/pygments.css", "assets/site.css")


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://example.org/", "/"),
        ("https://example.org/news/", "/news/"),
        ("https://example.org/a/b", "/a/b/"),
    ],
)
def test_the_page_for_lost_readers_addresses_all_from_the_path_of_the_site(url: str, root: str) -> None:
    assert plan_of(config=config(site={"url": url})).view("404.html").root == root


def test_a_site_knows_its_configuration_and_its_indexes() -> None:
    chosen = config(
        site={
            "title": "News",
            "description": "All.",
            "language": "de",
            "source": "",
            "timezone": "Europe/Berlin",
        },
        links={"style": "pretty"},
    )
    pages = [
        plain("b/index.html", title="B", nav=2),
        plain("c/index.html", title="C", nav=1),
        plain("a/index.html", title="A", nav=2),
        plain("n/index.html"),
    ]
    site = plan_of(card("1", "Kernel/A", "GuestArticles/B"), *pages, config=chosen).site
    assert (site.title, site.description, site.language, site.source) == ("News", "All.", "de", "")
    assert (site.url, site.pretty) == ("https://example.org/news/", True)
    assert (site.archives, site.authors) == (True, True)
    assert site.indexes == (
        Crumb(name="Guest articles", path="Archives/GuestIndex/index.html"),
        Crumb(name="Kernel", path="Kernel/Index/index.html"),
    )
    assert [crumb.name for crumb in site.nav] == ["C", "A", "B"]
    assert [feed.path for feed in site.feeds] == ["feed.rss", "feed.atom", "feed.json"]


def test_an_article_cited_by_its_slug_its_file_or_its_id_has_the_backlinks() -> None:
    cited = article(card("5", slug="ceph", source="2009/5.md"), anchors=("text-x",))
    hrefs = ("/Articles/5/#x", "/Articles/ceph/", "../2009/5.md")
    citing = article(card("6", cites=("5",), source="2010/6.md"), *hrefs)
    plan = plan_of(cited, citing)
    first, second = plan.view("Articles/ceph/index.html"), plan.view("Articles/6/index.html")
    assert isinstance(first, ArticleView)
    assert isinstance(second, ArticleView)
    assert [one.href for one in second.links] == [
        "Articles/ceph/index.html#text-x",
        *["Articles/ceph/index.html"] * 2,
    ]
    assert [line.id for line in first.cited_by] == ["6"]


def test_feeds_carry_the_links_of_their_articles() -> None:
    plan = plan_of(article("1", "/Articles/2/", "#x", anchors=("text-x",)), card("2"))
    feed, page = plan.view("feed.atom"), plan.view("Articles/1/index.html")
    assert isinstance(feed, FeedView)
    assert isinstance(page, ArticleView)
    assert [one.links for one in feed.entries if one.path == page.path] == [page.links]


def test_a_sitemap_says_when_an_article_changed() -> None:
    plan = plan_of(
        card("1"),
        card("2", updated="2010-01-02T03:04:05Z"),
        card("3", date=None),
        config=config(pages={"authors": False}),
    )
    sitemap = plan.view("sitemap.xml")
    assert isinstance(sitemap, SitemapView)
    assert {path: day for path, day in sitemap.pages if path.startswith("Articles/") or day} == {
        "Articles/1/index.html": "2009-12-22",
        "Articles/2/index.html": "2010-01-02",
        "Articles/3/index.html": "",
    }


def test_a_sitemap_that_would_be_too_long_comes_in_parts() -> None:
    copied = {f"{number}/index.html": "static" for number in range(stage.SITEMAP_SIZE)}
    plan = plan_of(files=copied)
    whole, *parts = (plan.view(path) for path in ("sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"))
    assert isinstance(whole, SitemapView)
    assert whole.parts
    assert whole.pages == (("sitemap-1.xml", ""), ("sitemap-2.xml", ""))
    found = [each for part in parts if isinstance(part, SitemapView) for each, _ in part.pages]
    assert found == sorted([*copied, "index.html", "Archives/index.html"])
    assert isinstance(plan.view("robots.txt"), RobotsView)


def test_two_indexes_in_one_place_are_an_error_and_no_crash() -> None:
    table: Mapping[str, Mapping[str, str]] = {"A": {"path": "News/Index"}, "B": {"path": "news/index"}}
    plan = plan_of(card("1", "A/x"), card("2", "B/y"), config=config(indexes=table))
    assert {one.code for one in plan.problems} == {"duplicate-path"}
    assert 'the page "B index"' in plan.problems[0].message
    assert of_kind(plan, IndexView) == ["News/Index/index.html"]


def test_an_index_in_the_place_of_an_article_keeps_it_and_the_article_is_told() -> None:
    plan = plan_of(card("1", "A/x"), config=config(indexes={"A": {"path": "Articles/1"}}))
    assert of_kind(plan, IndexView) == ["Articles/1/index.html"]
    assert [(one.code, one.file) for one in plan.problems] == [("duplicate-path", "content/1.md")]


def test_the_articles_of_one_source_are_linked_by_their_place() -> None:
    sources = [
        parsed(article(card("1", file="a.md"), "#a", anchors=("a",)), article(card("2", file="a.md"))),
        parsed(card("0")),
    ]
    found: list[Card] = [one.card for each in sources for one in each.articles]
    plan = link(index(found, config()), sources, {}, {}, config())
    page = plan.view("Articles/1/index.html")
    assert isinstance(page, ArticleView)
    assert [one.href for one in page.links] == ["#a"]


@given(holdings(), files, settings, st.randoms())
def test_a_view_does_not_depend_on_which_others_were_made_before(
    holds: list[Article | PlainPage], copied: dict[str, str], chosen: Config, random: Random
) -> None:
    whole = views_of(plan_of(*holds, files=copied, assets=ASSETS, config=chosen))
    plan = plan_of(*holds, files=copied, assets=ASSETS, config=chosen)
    mixed = random.sample(plan.paths, len(plan.paths))
    assert {path: plan.view(path) for path in mixed} == whole
    assert list(plan.paths) == list(whole)


def test_a_dead_link_comes_with_the_page_that_has_it() -> None:
    plan = plan_of(
        article("1", "/none/"), plain("about/index.html", "/gone/"), config=config(site={"source": ""})
    )
    told = {path: [one.message for one in plan.made(path).problems] for path in plan.paths}
    assert {path for path, found in told.items() if found} == {"Articles/1/index.html", "about/index.html"}
    assert '"/gone/"' in told["about/index.html"][0]
    assert plan.problems == ()


# Old addresses -------------------------------------------------------------------------------------


def moved(plan: Plan) -> dict[str, str]:
    """Return where each old address leads."""
    found = views_of(plan)
    return {path: view.target for path, view in found.items() if isinstance(view, RedirectView)}


def test_an_old_address_leads_to_its_article_and_is_in_no_list() -> None:
    old = card("1", aliases=("/2018/One.html", "/Articles/old/"), lang="de")
    plan = plan_of(old, card("1", lang="en", file="1.en.md", title="One", aliases=("/one/",)))

    assert moved(plan) == {
        "one/index.html": "Articles/1/index.html",
        "2018/One.html": "Articles/1/de/index.html",
        "Articles/old/index.html": "Articles/1/de/index.html",
    }
    assert plan.view("one/index.html") == RedirectView(
        path="one/index.html", root="../", title="One", target="Articles/1/index.html"
    )
    sitemaps = [view for view in views_of(plan).values() if isinstance(view, SitemapView)]
    assert not {path for view in sitemaps for path, _ in view.pages} & moved(plan).keys()


@pytest.mark.parametrize(
    ("address", "holder"),
    [
        ("/", "index.html"),
        ("/Kernel/Index/", "Kernel/Index/index.html"),
        ("/kernel/ceph/", "Kernel/Ceph/index.html"),
        ("/about/", "about/index.html of content/pages/about.md"),
        ("/files/a.html", "files/a.html of static/files/a.html"),
        ("/files/a.html/b/", "files/a.html of static/files/a.html"),
        ("/404.html", "404.html"),
        ("/Articles/2/", "Articles/2/index.html of content/2.md"),
        ("/feed.rss/x.html", "feed.rss"),
    ],
)
def test_what_stands_at_an_old_address_stays_and_both_are_named(address: str, holder: str) -> None:
    plan = plan_of(
        *(card("1", "Kernel/Ceph", aliases=(address,)), card("2"), plain()), files={"files/a.html": "static"}
    )
    (warning,) = plan.problems

    assert moved(plan) == {}
    assert (warning.code, warning.severity, warning.file) == ("alias-clash", "warning", "content/1.md")
    assert warning.message.endswith(f" leads to {holder}, which stands there.")


def test_an_address_that_is_the_article_s_own_but_for_its_case_is_no_problem() -> None:
    plan = plan_of(card("Ceph", aliases=("/articles/ceph/",)))
    assert (moved(plan), plan.problems) == ({}, ())


@pytest.mark.parametrize(
    "href",
    [
        *("/2018/One.html", "/2018/One", "/2018/one.html?x=1", "/Articles/old/", "../2018/One.html"),
        *("https://example.org/news/2018/One.html", "https://lwn.net/2018/One.html", "/old/"),
        *("https://blog.example.com/2018/One.html", "//www.blog.example.com/old/", "/%6Fld"),
    ],
)
def test_a_link_to_an_old_address_leads_straight_to_the_article(href: str) -> None:
    settings = config(sources=[{"path": "blog", "url": "https://blog.example.com/"}])
    old = article(card("1", aliases=("/2018/One.html", "/Articles/old/", "/old/")), anchors=("text-end",))
    origin = "https://blog.example.com/2019/Two.html"
    plan = plan_of(old, article("2", f"{href}#end", original=origin), config=settings)
    view = plan.view("Articles/2/index.html")

    assert isinstance(view, ArticleView)
    assert [(link.href, link.local) for link in view.links] == [("Articles/1/index.html#text-end", True)]


def test_a_host_of_an_archive_has_its_own_addresses_else() -> None:
    settings = config(sources=[{"path": "blog", "url": "https://blog.example.com/"}])
    addresses = ("https://blog.example.com/about/", "https://blog.example.com/Articles/1/")
    plan = plan_of(card("1", aliases=("/old/",)), article("2", *addresses), plain(), config=settings)
    view = plan.view("Articles/2/index.html")

    assert isinstance(view, ArticleView)
    assert [link.href for link in view.links] == [*addresses]


# What files of topics say --------------------------------------------------------------------------


def plan_from(
    catalog: Catalog,
    *holds: Article | PlainPage,
    files: tuple[str, ...] = (),
    settings: Config = config(),  # noqa: B008
) -> Plan:
    """Return the site of a catalog of these articles."""
    return link(catalog, [parsed(one) for one in holds], dict.fromkeys(files, "static"), {}, settings)


def test_a_topic_s_page_has_its_note_and_tells_of_its_dead_links() -> None:
    held = (article(card("1", "Kernel/A/B", "Kernel/C"), "/Kernel/A/#text-x"),)
    note = body("/Articles/1/", "/Kernel/nothing/", anchors=("text-x",))
    plan = plan_from(
        known(catalog_from(*held), described("Kernel/A", note), described("Kernel/C")),
        *held,
        settings=config(site={"source": ""}),
    )
    view, problems = plan.made("Kernel/A/index.html")
    citing = plan.view("Articles/1/index.html")

    assert isinstance(view, TopicView)
    assert isinstance(citing, ArticleView)
    assert (view.body, view.links[0].href) == (note.digest, "Articles/1/index.html")
    assert [(one.code, one.file, one.line) for one in problems] == [("dead-link", FILE, 6)]
    assert citing.links[0].href == "Kernel/A/index.html#text-x"
    assert not plan.made("Kernel/C/index.html").problems


MOVED = (
    article(card("1", "Kernel/New/Deep", "Security/New", date="2009-01-01")),
    article(card("2", "Kernel/New", "Kernel/C", date="2010-01-01")),
)
SEES = (
    see("Kernel/Old", "Kernel/New"),
    see("Kernel/Old/Deep", "Kernel/New/Deep", printed=False),
    see("Security/Older", "Kernel/New", printed=False),
)
TABLE = described("Kernel/New", aliases=("Kernel/Old", "Security/Older"))


def test_at_the_address_of_another_name_a_page_leads_on_and_feeds_go_on() -> None:
    plan = plan_from(known(catalog_from(*MOVED), TABLE, sees=SEES), *MOVED)

    assert moved(plan) == {
        "Kernel/Old/index.html": "Kernel/New/index.html",
        "Kernel/Old/Deep/index.html": "Kernel/New/Deep/index.html",
        "Security/Older/index.html": "Kernel/New/index.html",
    }
    for folder, own in {"Kernel/Old": "New", "Kernel/Old/Deep": "New/Deep", "Security/Older": "New"}.items():
        for kind in ("rss", "atom", "json"):
            old, new = plan.view(f"{folder}/feed.{kind}"), plan.view(f"Kernel/{own}/feed.{kind}")
            assert isinstance(old, FeedView)
            assert isinstance(new, FeedView)
            assert (old.entries, old.title, old.home) == (new.entries, new.title, new.home)
            assert (old.old, new.old) == (f"{folder}/index.html", "")
    listed = [view for view in views_of(plan).values() if isinstance(view, SitemapView | OpmlView)]
    assert len(listed) == 2
    assert not [each for view in listed for each in mentions(view) if "/Old" in each]
    assert not plan.problems


def test_at_an_address_that_a_file_of_topics_says_a_page_leads_on_or_is_told_to_be_taken() -> None:
    places = ("Old/index.html", "2009/old.html", "Kernel/C/index.html")
    addresses = tuple(Address(path=one, line=7) for one in places)
    table = msgspec.structs.replace(TABLE, addresses=addresses)
    own = see("Kernel/New", "Kernel/New", printed=False)
    former = tuple(msgspec.structs.replace(own, path=one) for one in places)
    catalog = msgspec.structs.replace(known(catalog_from(*MOVED), table), former=former)
    plan = plan_from(catalog, *MOVED)
    (warning,) = plan.problems

    assert moved(plan) == dict.fromkeys(places[:2], "Kernel/New/index.html")
    assert isinstance(plan.view("Old/feed.atom"), FeedView)
    assert not [path for path in plan.paths if path.startswith("2009/") and "feed" in path]
    assert (warning.code, warning.file, warning.line) == ("alias-clash", FILE, 7)


def test_where_an_index_was_of_which_hidden_names_are_left_a_page_leads_to_that_of_their_topics() -> None:
    own = see("Gone/Older", "Kernel/New", printed=False)
    at_path = see("Conference/Older", "Kernel/New", printed=False)
    declared = msgspec.structs.replace(at_path, path="Archives/ConferenceIndex/Older/index.html")
    settings = config(indexes={"Conference": {"path": "Archives/ConferenceIndex"}})
    catalog = known(catalog_from(*MOVED), TABLE, sees=[own, declared])
    found = moved(plan_from(catalog, *MOVED, settings=settings))

    assert found["Gone/Index/index.html"] == "Kernel/Index/index.html"
    assert found["Archives/ConferenceIndex/index.html"] == "Kernel/Index/index.html"


@pytest.mark.parametrize("table", [{"formats": []}, {"formats": ["atom"]}])
def test_there_are_old_feeds_of_the_wanted_formats_alone(table: dict[str, list[str]]) -> None:
    settings = config(feeds_out=table)
    plan = plan_from(known(catalog_from(*MOVED), sees=SEES[:1]), *MOVED, settings=settings)

    found = [path for path in plan.paths if path.startswith("Kernel/Old/feed")]
    assert found == [f"Kernel/Old/feed.{kind}" for kind in table["formats"]]


def test_what_stands_at_the_address_of_another_name_stays_and_is_told_where_that_is_written() -> None:
    sees = [*SEES, see("Kernel/New", "Kernel/C"), see("KERNEL/c", "Kernel/C")]
    catalog = known(catalog_from(*MOVED), TABLE, sees=sees)
    plan = plan_from(catalog, *MOVED, plain("Kernel/Old/index.html"), plain("Kernel/Old/Deep/index.html"))
    (warning,) = plan.problems

    assert moved(plan) == {"Security/Older/index.html": "Kernel/New/index.html"}
    assert isinstance(plan.view("Kernel/New/index.html"), TopicView)
    assert (warning.code, warning.file, warning.line) == ("alias-clash", FILE, 9)
    assert '"/Kernel/Old/"' in warning.message
    assert "Kernel/Old/feed.atom" not in plan.paths


def test_a_file_of_the_site_s_own_wins_over_an_old_feed() -> None:
    catalog = known(catalog_from(*MOVED), TABLE, sees=SEES)
    plan = plan_from(catalog, *MOVED, files=("Kernel/Old/feed.rss",))

    assert isinstance(plan.view("Kernel/Old/feed.rss"), FileView)
    assert isinstance(plan.view("Kernel/Old/feed.atom"), FeedView)
    assert not plan.problems


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/Kernel/Old/", "Kernel/New/index.html"),
        ("/Kernel/Old", "Kernel/New/index.html"),
        ("https://lwn.net/Kernel/Old/Deep/", "Kernel/New/Deep/index.html"),
        ("https://example.org/news/security/older/#text-x", "Kernel/New/index.html#text-x"),
        ("/Kernel/Index#Old", "Kernel/Index/index.html#New"),
        ("/Kernel/Index/#Old-Deep", "Kernel/Index/index.html#New-Deep"),
        ("http://lwn.net/Security/Index#Older", "Kernel/Index/index.html#New"),
        ("/Security/Index/#New", "Security/Index/index.html#New"),
        ("../../Kernel/Index/#Old", "Kernel/Index/index.html#New"),
        ("/Kernel/Index/#Oldest", "https://lwn.net/Kernel/Index/#Oldest"),
    ],
)
def test_a_link_to_another_name_leads_straight_to_the_topic(href: str, found: str) -> None:
    held = (*MOVED, article("3", href))
    table = described("Kernel/New", body(anchors=("text-x",)), aliases=("Kernel/Old",))
    view = plan_from(known(catalog_from(*held), table, sees=SEES), *held).view("Articles/3/index.html")

    assert isinstance(view, ArticleView)
    assert [link.href for link in view.links] == [found]
