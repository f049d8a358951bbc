"""Codes, articles and pages are explained, each by the names that it goes by."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lwnindex import config, explaining, site
from lwnindex.explaining import explain
from lwnindex.link import Made
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.visits import Visit, visit
from tests.sites import Site, article

SERIAL = Options(executor="serial", now="2020-06-01")


@pytest.fixture
def here(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.put("content/one.md", article("One", "See [the other](two.md).", header="aliases: [/old/one/]\n"))
    found.put("content/two.md", article("Two", "Words.", day=2, topic="Kernel/Locking"))
    found.put("content/ahead.md", article("Ahead", "Words.").replace("2020-01-01", "2030-01-01"))
    found.put("content/gone.md", article("Gone", "Words.", header="expires: 2020-02-01\n"))
    found.put("content/draft.md", article("Draft", "Words.", header="draft: true\n"))
    found.put("static/logo.png", "no picture")
    return found


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_none(here: Site, name: str) -> None:
    with pytest.raises(SiteError, match=r"^nothing is named. Name a code, such as dead-link") as caught:
        said(here, name)

    assert caught.value.exit_code == 2


def said(here: Site, name: str) -> str:
    found = config.load(
        here.root / "lwnindex.toml", {}, {"output": str(here.root / "site"), "store": "store"}
    )
    return "\n".join(explain(lambda: found, name, SERIAL))


def built(here: Site) -> None:
    found = config.load(
        here.root / "lwnindex.toml", {}, {"output": str(here.root / "site"), "store": "store"}
    )
    site.build(found, SERIAL)


def test_a_code_is_explained_without_a_site() -> None:
    def nowhere() -> config.Found:
        raise AssertionError

    assert explain(nowhere, "dead-anchor", SERIAL)[0] == "dead-anchor: a warning"


def test_an_article_is_told_with_its_page_and_what_names_it(here: Site) -> None:
    told = said(here, "two")

    assert "its page is Articles/two/index.html" in told
    assert "named by articles: Articles/one/index.html" in told
    lists = next(line for line in told.splitlines() if line.startswith("  in lists: "))
    assert {"Kernel/Locking/index.html", "index.html", "Kernel/Index/index.html"} <= set(
        lists[12:].split(", ")
    )
    assert "in feeds: " in told


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("ahead", "dated ahead, 2030-01-01"),
        ("content/gone.md", "has expired on 2020-02-01"),
        ("draft", "is a draft"),
    ],
)
def test_what_has_no_page_is_told_with_the_reason(here: Site, name: str, state: str) -> None:
    assert state in said(here, name)


@pytest.mark.parametrize(
    "name",
    [
        "Articles/one/index.html",
        "Articles/one/",
        "/Articles/one/",
        "https://example.org/Articles/one/",
        "https://example.org/Articles/one/#text-x",
    ],
)
def test_a_page_goes_by_its_path_and_its_address(here: Site, name: str) -> None:
    lines = said(here, name).splitlines()

    assert lines[0] == 'Articles/one/index.html: the page of an article, "One"'
    assert lines[1] == "  template article.html, themes/tiny/templates/article.html"
    assert "content/one.md" in lines[2]
    assert "no build has written it" in lines[3]


def test_a_file_of_the_output_is_a_page(here: Site) -> None:
    built(here)

    assert said(here, str(here.root / "site/Kernel/Locking/index.html")).startswith(
        "Kernel/Locking/index.html: "
    )


def test_old_addresses_and_copied_files_are_told(here: Site) -> None:
    assert "leads to Articles/one/index.html" in said(here, "old/one/")
    assert "shows static/logo.png" in said(here, "logo.png")
    assert said(here, "static/logo.png").startswith("logo.png: a file that is copied")
    assert "from the theme tiny" in said(here, "assets/site.css")


CHANGES = [
    (
        "content/two.md",
        "title: Two",
        "title: Deux",
        "what it shows has changed (other sources than then: content/two.md)",
    ),
    (
        "themes/tiny/templates/topic.html",
        "all",
        "none",
        "the template topic.html, or one that it draws on, has changed",
    ),
    ("lwnindex.toml", 'title = "T"', 'title = "U"', "settings of the site that all pages show have changed"),
]


@pytest.mark.parametrize(("path", "old", "new", "reason"), CHANGES, ids=["view", "template", "settings"])
def test_why_the_next_build_makes_a_page_anew_is_told(
    here: Site, path: str, old: str, new: str, reason: str
) -> None:
    built(here)
    assert "the next one keeps it" in said(here, "Kernel/Locking/")

    here.put("themes/tiny/templates/none.html", "{{ page.title }}")
    here.change(path, old, new)

    assert f"the next build makes it anew: {reason}" in said(here, "Kernel/Locking/")


def test_a_page_that_somebody_changed_is_told(here: Site) -> None:
    built(here)
    here.put("site/Kernel/Locking/index.html", "changed")

    assert "it is not as the last build left it" in said(here, "Kernel/Locking/")


def test_a_copied_file_that_changed_is_told(here: Site) -> None:
    built(here)
    here.put("static/logo.png", "another")

    assert "makes it anew: the file is another one" in said(here, "/logo.png")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("dead-lnk", "dead-link"), ("tow", "two"), ("Kernel/Lockin/index.html", "Kernel/Locking/index.html")],
)
def test_a_name_that_nothing_has_is_refused_with_what_is_near(here: Site, name: str, meant: str) -> None:
    with pytest.raises(SiteError, match=meant) as caught:
        said(here, name)

    assert caught.value.exit_code == 2


def test_of_a_source_with_many_articles_each_view_is_made_once(here: Site) -> None:
    items = "".join(
        f"<item><title>Item {n}</title><link>https://news.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>Tue, 0{n} Jan 2020 10:00:00 GMT</pubDate><description>Words.</description></item>"
        for n in range(1, 6)
    )
    here.put("content/feed.xml", f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>')
    lines = said(here, "content/feed.xml").splitlines()

    assert sum(line.startswith("  its page is Articles/2020-01-0") for line in lines) == 5
    assert sum(line.startswith("  in lists: ") for line in lines) == 5
    found = config.load(here.root / "lwnindex.toml", {}, {"store": "store"})
    made: Counter[str] = Counter()

    def counted(seen: Visit) -> None:
        plan = seen.site.plan

        def making(path: str) -> Made:
            made[path] += 1
            return plan.made(path)

        pages = [path for path in plan.paths if path.startswith("Articles/2020-01-0")]
        explaining._shown(plan._replace(made=making), pages, SERIAL)

    visit(found, SERIAL, counted)
    assert len(made) > 5
    assert set(made.values()) == {1}
