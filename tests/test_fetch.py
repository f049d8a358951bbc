"""Feeds become article files: each item once, brought up to date, and never against an editor."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lwnindex import config as configuration
from lwnindex.fetch import ALL, Fed, Order, Report, fetch, named_feeds
from lwnindex.lock import held
from lwnindex.problems import SiteError
from lwnindex.settings import FeedSettings
from lwnindex.web import NOTHING, Answer, Known, Limits, Web
from tests.misbehaving import (
    Server,
    endless,
    hanging,
    in_turn,
    misbehaving,
    page,
    redirect,
    short,
    status,
    versioned,
    zipped,
)

MODIFIED = "Tue, 22 Dec 2009 10:00:00 GMT"
RSS = "application/rss+xml"
LIMITS = Limits(connect=60, read=60, total=60, size=2_000_000, retries=0, private=frozenset({"127.0.0.1"}))


class Patient(Web):
    """Waits for every answer as long as a busy machine may need, but not for what never comes."""

    def get(self, url: str, known: Known = NOTHING, accept: str = "*/*") -> Answer:
        if url.endswith("/slow"):
            return Web(LIMITS._replace(total=0.3)).get(url, known, accept)
        return super().get(url, known, accept)


def entry(name: str, title: str = "", text: str = "<p>One.</p><p>Two.</p>", **more: str) -> str:
    """Return an item of a feed."""
    fields = {"guid": name, "link": f"https://news.example/{name}", "title": title or f"About {name}", **more}
    inner = "".join(f"<{key}>{value}</{key}>" for key, value in fields.items() if value)
    text = text.replace("<", "&lt;")
    return f"<item>{inner}<pubDate>{MODIFIED}</pubDate><description>{text}</description></item>"


def rss(*items: str) -> bytes:
    """Return a feed of items."""
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>'
    return f"{head}<link>https://news.example/</link>{''.join(items)}</channel></rss>".encode()


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving({}) as found:
        yield found


class Site:
    """A site whose feeds are on a server."""

    def __init__(self, root: Path, server: Server) -> None:
        self.root, self.server = root, server
        self.now = 1_000_000_000.0

    def configure(self, *paths: str, **keys: str) -> None:
        more = "".join(f"{key} = {value}\n" for key, value in keys.items())
        tables = (
            f'[[feeds]]\nurl = "{self.server.url}{path}"\nname = "{path.strip("/")}"\n{more}'
            for path in paths
        )
        (self.root / "lwnindex.toml").write_text("\n".join(tables), "utf-8")

    def fetch(self, *wanted: str, dry_run: bool = False) -> Report:
        found = configuration.load(self.root / "lwnindex.toml", {}, {})
        return fetch(found, Patient(LIMITS), Order(wanted, dry_run, now=lambda: self.now))

    def files(self) -> dict[str, str]:
        folder = self.root / "content"
        return {
            place.relative_to(folder).as_posix(): place.read_text("utf-8")
            for place in sorted(folder.rglob("*"))
            if place.is_file()
        }


@pytest.fixture
def site(tmp_path: Path, server: Server) -> Site:
    found = Site(tmp_path, server)
    found.configure("/a")
    return found


def test_each_item_becomes_an_article_file(site: Site, server: Server) -> None:
    site.configure("/a", index='"Topics"', entries='["Kernel/News"]', categories='{ mm = "Kernel/Memory" }')
    more = "<category>mm</category><category>Rust</category>"
    server.answers["/a"] = page(rss(entry("1").replace("</guid>", f"</guid>{more}")), RSS)

    report = site.fetch()

    assert report.feeds == (Fed("a", f"{server.url}/a", "read", (), {"new": 1}),)
    [(path, text)] = site.files().items()
    assert path == "feeds/a/2009-12-22-about_1.md"
    header = ["---", "title: About 1", "date: 2009-12-22T10:00:00+00:00", "original: https://news.example/1"]
    assert text.split("\n")[:7] == [*header, "guid: '1'", "markup: html", "entries:"]
    for filed in ("- Kernel/News\n", "- Kernel/Memory\n", "- Topics/Rust\n"):
        assert filed in text
    assert text.endswith("---\n\n<p>One.</p>\n<p>Two.</p>\n")


def test_what_did_not_change_is_asked_for_with_what_is_known(site: Site, server: Server) -> None:
    server.answers["/a"] = versioned(rss(entry("1")), '"1"', MODIFIED)
    site.fetch()
    before = site.files()

    report = site.fetch()

    assert [one.state for one in report.feeds] == ["unchanged"]
    assert server.asked[1].headers["If-None-Match"] == '"1"'
    assert site.files() == before


def test_other_rules_read_the_feed_anew(site: Site, server: Server) -> None:
    server.answers["/a"] = versioned(rss(entry("1")), '"1"', MODIFIED)
    site.fetch()
    site.configure("/a", entries='["Kernel/News"]')

    report = site.fetch()

    assert report.count("changed") == 1
    assert "- Kernel/News\n" in next(iter(site.files().values()))


def test_without_the_store_or_the_files_a_feed_is_read_once_more(site: Site, server: Server) -> None:
    server.answers["/a"] = versioned(rss(entry("1")), '"1"', MODIFIED)
    site.fetch()
    before = site.files()

    (site.root / ".lwnindex/feeds.json").write_bytes(b"{damaged")
    assert site.fetch().feeds[0].counts == {"same": 1}
    assert site.files() == before
    next((site.root / "content/feeds/a").iterdir()).unlink()
    assert site.fetch().feeds[0].counts == {"new": 1}
    assert site.files() == before


def test_an_item_that_changes_is_brought_up_to_date_in_its_file(site: Site, server: Server) -> None:
    server.answers["/a"] = in_turn(
        page(rss(entry("1"), entry("2"))), page(rss(entry("1", "Another title", "<p>Other.</p>")))
    )
    site.fetch()

    report = site.fetch()

    files = site.files()
    assert report.feeds[0].counts == {"changed": 1}
    assert sorted(files) == ["feeds/a/2009-12-22-about_1.md", "feeds/a/2009-12-22-about_2.md"]
    assert "title: Another title\n" in files["feeds/a/2009-12-22-about_1.md"]
    assert "<p>Other.</p>" in files["feeds/a/2009-12-22-about_1.md"]


def test_what_an_editor_did_stays(site: Site, server: Server) -> None:
    server.answers["/a"] = in_turn(page(rss(entry("1"))), page(rss(entry("1", "Newer", "<p>Newer.</p>"))))
    site.fetch()
    place = site.root / "content/feeds/a/2009-12-22-about_1.md"
    mine = place.read_text().replace("About 1", "Mine").replace("markup:", "entries: [Kernel/BPF]\nmarkup:")
    place.rename(place.with_name("mine.md")).write_text(mine)

    report = site.fetch()

    assert list(site.files()) == ["feeds/a/mine.md"]
    text = site.files()["feeds/a/mine.md"]
    assert "title: Mine\n" in text
    assert "entries: [Kernel/BPF]\n" in text
    assert "<p>Newer.</p>" in text
    assert report.feeds[0].counts == {"kept": 1}
    assert report.feeds[0].news[0].endswith("another version of what you edited: title.")
    assert site.fetch().feeds[0].counts == {"same": 1}


def test_a_file_that_an_editor_took_over_is_left_alone(site: Site, server: Server) -> None:
    server.answers["/a"] = in_turn(page(rss(entry("1"))), page(rss(entry("1", "Newer"))))
    site.fetch()
    place = site.root / "content/feeds/a/2009-12-22-about_1.md"
    place.write_text("---\ntitle: Mine\nguid: '1'\n---\nMine.\n")

    assert site.fetch().feeds[0].counts == {"kept": 1}
    assert place.read_text() == "---\ntitle: Mine\nguid: '1'\n---\nMine.\n"


def test_an_item_is_known_by_its_address_when_its_guid_changes(site: Site, server: Server) -> None:
    other = entry("1").replace("<guid>1", "<guid>other")
    server.answers["/a"] = in_turn(page(rss(entry("1"))), page(rss(other)))
    site.fetch()

    assert site.fetch().feeds[0].counts == {"changed": 1}
    assert len(site.files()) == 1


def test_items_that_share_one_address_stay_apart(site: Site, server: Server) -> None:
    link = "https://news.example/all"
    server.answers["/a"] = page(
        rss(entry("1", link=link), entry("2", link=link), entry("3", link="https://news.example/"))
    )

    assert site.fetch().feeds[0].counts == {"new": 3}
    assert site.fetch().feeds[0].counts == {"same": 3}


@pytest.mark.parametrize("guid", [" ", "\\u200b", "\\u0001\\n", "a  b", "a\\nb: c"])
def test_an_item_of_whatever_guid_is_the_same_one_again(site: Site, server: Server, guid: str) -> None:
    items = f'{{"id": "{guid}", "title": "One", "content_text": "x"}}'
    known = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'
    server.answers["/a"] = page(known.encode(), "application/feed+json")
    site.configure("/a")

    assert [site.fetch().count("new") for _ in range(3)] == [1, 0, 0]
    assert len(site.files()) == 1


def test_items_without_guid_and_address_are_the_same_ones_again(site: Site, server: Server) -> None:
    bare = [entry("", title, link="", text=f"<p>{n}</p>") for n, title in enumerate(("One", "Two", "Two"))]
    server.answers["/a"] = in_turn(
        page(rss(*bare)), page(rss(*bare)), page(rss(bare[0].replace("p>0", "p>9")))
    )

    assert site.fetch().feeds[0].counts == {"new": 3}
    assert site.fetch().feeds[0].counts == {"same": 3}
    assert site.fetch().feeds[0].counts == {"changed": 1}


def test_an_article_in_two_feeds_has_one_file(site: Site, server: Server) -> None:
    site.configure("/a", "/b")
    server.answers["/a"] = page(rss(entry("1")))
    server.answers["/b"] = page(rss(entry("1", "Its other title"), entry("2")))

    report = site.fetch()

    assert [one.counts for one in report.feeds] == [{"new": 1}, {"same": 1, "new": 1}]
    assert list(site.files()) == ["feeds/a/2009-12-22-about_1.md", "feeds/b/2009-12-22-about_2.md"]


def test_of_a_feed_whose_summaries_are_kept_no_more_is_written(site: Site, server: Server) -> None:
    site.configure("/a", keep='"summary"')
    long = f"<p>{'word ' * 500}</p><script>alert(1)</script>"
    server.answers["/a"] = page(rss(entry("1", text=long)))
    site.fetch()

    text = next(iter(site.files().values()))
    assert "<p>word word" in text
    assert len(text) < 1500
    assert "alert" not in text


def test_no_script_stands_in_a_file(site: Site, server: Server) -> None:
    server.answers["/a"] = page(
        rss(entry("1", text="<p onclick='x()'>a</p><script>alert(1)</script><img src=x onerror=y>"))
    )
    site.fetch()

    text = next(iter(site.files().values()))
    assert not any(word in text for word in ("script", "alert", "onclick", "onerror"))


def test_one_bad_feed_stops_no_other(site: Site, server: Server) -> None:
    bad = {
        "/404": status(404),
        "/slow": hanging,
        "/endless": endless,
        "/short": short,
        "/bomb": zipped(b"\0" * 5_000_000),
        "/loop": redirect("/loop"),
        "/html": page(b"<!DOCTYPE html><title>No feed</title>", "text/html"),
        "/empty": page(b""),
    }
    site.configure(*bad, "/good")
    server.answers.update({**bad, "/good": page(rss(entry("1")))})

    report = site.fetch()

    assert [one.name for one in report.feeds] == [*(path[1:] for path in bad), "good"], "in their order"
    assert [one.state for one in report.feeds] == [*("failed" for _ in bad), "read"]
    assert all(one.news for one in report.feeds[:-1])
    assert list(site.files()) == ["feeds/good/2009-12-22-about_1.md"]


def test_more_feeds_than_answers_are_held_of_are_all_read_in_their_order(site: Site, server: Server) -> None:
    paths = [f"/f{number}" for number in range(40)]
    site.configure(*paths)
    server.answers.update({path: page(rss(entry(path[1:])), RSS) for path in paths})

    assert [one.name for one in site.fetch().feeds] == [path[1:] for path in paths]
    assert len(site.files()) == 40


def test_a_page_in_the_place_of_a_feed_says_where_its_feeds_are(site: Site, server: Server) -> None:
    links = (
        '<link rel="stylesheet" href="/a.css"><link title="a > b" rel="Alternate" type="application/rss+xml"'
        " href='/feed?a&amp;b'><link rel=alternate type=application/atom+xml href=atom.xml>"
    )
    pages = {"/with": links, "/without": '<link rel="alternate" hreflang="de" href="/de">'}
    server.answers.update(
        {
            path: page(f"<!DOCTYPE html><head>{head}</head>".encode(), "text/html")
            for path, head in pages.items()
        }
    )
    server.answers["/nothing"] = page(b"", RSS)
    site.configure("/with", "/without", "/nothing")

    report = site.fetch()

    assert [one.state for one in report.feeds] == ["failed"] * 3
    said = [one.news[0].replace(server.url, "") for one in report.feeds]
    assert said == [
        '/with: what stands there is no feed but "text/html". Its page names this: /feed?a&b or /atom.xml',
        '/without: what stands there is no feed but "text/html". Look for the address of its feed.',
        "/nothing: the answer is empty. Check the address, or try again later.",
    ]


def test_a_wrong_charset_costs_no_letter_that_can_be_read(site: Site, server: Server) -> None:
    site.configure("/a", "/b")
    text = rss(entry("1", "Stra\u00dfe")).decode()
    server.answers["/a"] = page(
        text.replace('<?xml version="1.0"?>', "").encode("latin-1"), "text/xml; charset=iso-8859-1"
    )
    server.answers["/b"] = page(
        text.replace(">1<", ">2<").replace("/1", "/2").encode(), "text/xml; charset=us-ascii"
    )

    site.fetch()

    assert ["title: Stra\u00dfe\n" in each for each in site.files().values()] == [True, True]


def test_a_feed_that_is_gone_is_asked_once(site: Site, server: Server) -> None:
    server.answers["/a"] = in_turn(status(410), page(rss(entry("1"))))

    assert site.fetch().feeds[0].state == "failed"
    again = site.fetch().feeds[0]
    assert again.state == "skipped"
    assert again.news == ("it is gone since 2001-09-09. Remove it from the configuration.",)
    assert len(server.asked) == 1
    assert site.fetch("a").feeds[0].counts == {"new": 1}


def test_a_server_that_asks_for_rest_gets_it(site: Site, server: Server) -> None:
    server.answers["/a"] = in_turn(status(429, Retry_After="3600"), page(rss(entry("1"))))

    assert site.fetch().feeds[0].state == "failed"
    site.now += 3599
    assert site.fetch().feeds[0].state == "skipped"
    assert len(server.asked) == 1
    site.now += 2
    assert site.fetch().feeds[0].state == "read"


def test_a_feed_that_moved_says_where_to(site: Site, server: Server) -> None:
    server.answers.update({"/a": redirect("/b", 301), "/b": page(rss(entry("1")))})

    assert site.fetch().feeds[0].news == (f"it moved for good. Write its new address: {server.url}/b",)


def test_a_dry_run_writes_nothing(site: Site, server: Server) -> None:
    server.answers["/a"] = page(rss(entry("1")))

    assert site.fetch(dry_run=True).feeds[0].counts == {"new": 1}
    assert [each.name for each in site.root.iterdir()] == ["lwnindex.toml"]


def test_no_link_leads_what_is_written_elsewhere(site: Site, server: Server) -> None:
    server.answers["/a"] = page(rss(entry("1")))
    (site.root / "away").mkdir()
    (site.root / "content/feeds").mkdir(parents=True)
    (site.root / "content/feeds/a").symlink_to(site.root / "away")

    assert "a link leads out" in site.fetch().feeds[0].news[0]
    assert not list((site.root / "away").iterdir())


def test_a_folder_that_cannot_be_written_fails_that_feed_alone(site: Site, server: Server) -> None:
    site.configure("/a", "/b")
    server.answers.update({"/a": page(rss(entry("1"))), "/b": page(rss(entry("2")))})
    (site.root / "content/feeds").mkdir(parents=True)
    (site.root / "content/feeds/a").write_text("a file")

    report = site.fetch()

    assert [one.state for one in report.feeds] == ["failed", "read"]
    assert "cannot be written" in report.feeds[0].news[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no locks on folders")
def test_a_store_that_cannot_be_written_is_told_and_stops_no_feed(site: Site, server: Server) -> None:
    server.answers.update({"/a": page(rss(entry("1"))), "/b": page(rss(entry("2")))})
    site.configure("/a", "/b")
    (site.root / ".lwnindex").write_text("a file")

    report = site.fetch()

    assert [(one.state, one.counts) for one in report.feeds] == [("failed", {"new": 1})] * 2
    assert "feeds.json cannot be written" in report.feeds[0].news[-1]
    assert "--store DIR" in report.feeds[0].news[-1]
    assert len(site.files()) == 2


def test_two_runs_never_write_into_one_folder(site: Site) -> None:
    found = configuration.load(site.root / "lwnindex.toml", {}, {})
    with (
        held({"content": site.root / "content/feeds"}),
        pytest.raises(SiteError, match="another fetch is at work"),
    ):
        fetch(found, Web(), ALL._replace(patience=0))


def test_a_name_that_there_is_not_and_no_feed_at_all_are_told(site: Site) -> None:
    with pytest.raises(SiteError, match=r'no feed "b"\. There are: a\.'):
        site.fetch("b")
    (site.root / "lwnindex.toml").write_text("")
    with pytest.raises(SiteError, match="names no feed") as caught:
        site.fetch()
    assert caught.value.exit_code == 2


def test_feeds_are_called_by_their_hosts_if_they_have_no_name() -> None:
    urls = ("https://www.lwn.net/a", "https://lwn.net/b", "https://example.org/")
    found = named_feeds(
        [FeedSettings(url=url) for url in urls] + [FeedSettings(url="https://x/", name="../a b")]
    )

    assert [name.split("~")[0] for name in found] == ["lwn.net", "lwn.net", "example.org", "a_b"]
    assert len(found) == 4


def test_the_state_is_no_content(site: Site, server: Server) -> None:
    server.answers["/a"] = versioned(rss(entry("1")), '"1"', MODIFIED)
    site.fetch()

    state = json.loads((site.root / ".lwnindex/feeds.json").read_bytes())
    assert state[f"{server.url}/a"]["etag"] == '"1"'
    assert all(path.endswith(".md") for path in site.files())


def test_real_feeds_are_fetched_and_the_same_the_second_time(
    site: Site, server: Server, shared: Path
) -> None:
    places = sorted(place for place in (shared / "corpora/feeds").rglob("*") if place.is_file())
    server.answers.update({f"/{n}": page(place.read_bytes(), "text/xml") for n, place in enumerate(places)})
    site.configure(*(f"/{n}" for n in range(len(places))))

    first, before = site.fetch(), site.files()
    second = site.fetch()

    assert first.count("read") + first.count("failed") == len(places) >= 100
    assert len(before) == first.count("new") > 800
    assert [second.count(what) for what in ("new", "changed", "kept")] == [0, 0, 0]
    assert site.files() == before
    assert not any("<script" in text for text in before.values())
