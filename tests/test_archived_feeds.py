"""Who follows a feed into its archive gets every dated article once; an edit changes one document there."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import loading
from tests import feedrules
from tests.feedclient import followed
from tests.sites import TOML, Site, article, tree

ARCHIVED = "[feeds_out]\nitems = 3\n"
MONTHS = [(year, month) for year in (2007, 2008, 2009) for month in (2, 5, 11)]


def dated(title: str, body: str, date: str) -> str:
    """Return an article of a day."""
    return article(title, body).replace("date: 2020-01-01", f"date: {date}")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of two articles in each of nine months, and of one that has no date."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))
    found = Site(tmp_path)
    found.put("lwnindex.toml", TOML.replace("[theme]", f"{ARCHIVED}[theme]"))
    for year, month in MONTHS:
        for day in (3, 20):
            name = f"{year}{month:02}{day:02}"
            date = f"{year}-{month:02}-{day:02}"
            found.put(f"content/{name}.md", dated(f"Of {name}", f"Words of {name}.\n\nMore.", date))
    found.put("content/never.md", article("Never", "No day.").replace("date: 2020-01-01\n", ""))
    found.built()
    return found


def changed(site: Site, before: dict[str, bytes]) -> set[str]:
    """Return the feeds that are not what they were, also those that are new or gone."""
    after = tree(site.root / "site")
    paths = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return {path for path in paths if "feed" in path}


@pytest.mark.parametrize(
    ("feed", "documents"),
    [
        *(("feed.atom", 8), ("Kernel/Index/feed.atom", 8), ("feed.json", 8), ("Kernel/Index/feed.json", 8)),
        *(("Kernel/BPF/feed.atom", 3), ("Authors/Desk/feed.atom", 3)),
    ],
)
def test_who_follows_a_feed_gets_every_dated_article_once(site: Site, feed: str, documents: int) -> None:
    found = followed(site.root / "site", feed)
    names = (f"{year}{month:02}{day:02}" for year, month in reversed(MONTHS) for day in (20, 3))
    assert [one for ids in found.values() for one in ids] == [
        f"https://example.org/Articles/{name}/" for name in names
    ]
    assert len(found) == documents


def test_every_document_is_reached_and_valid(site: Site) -> None:
    folder = site.root / "site"
    feeds = {path.relative_to(folder).as_posix() for path in folder.rglob("feed*.*")}
    starts = [path for path in feeds if path.endswith(("feed.atom", "feed.json"))]
    reached = {path for start in starts for path in followed(folder, start)}
    assert {path for path in feeds if "feed-" in path} <= reached
    assert [fault for path in sorted(feeds) for fault in feedrules.faults(folder / path)] == []


def test_an_edit_of_a_body_changes_the_one_document_that_holds_it(site: Site) -> None:
    before = tree(site.root / "site")
    site.change("content/20080503.md", "More.", "More of it.")
    found = site.revision()
    assert found is not None
    assert {path for path in found.views if "feed" in path} == {"feed-2008-05.atom", "feed-2008-05.json"}
    report = site.built()
    assert changed(site, before) == {"feed-2008-05.atom", "feed-2008-05.json"}
    site.assert_clean(report)


def test_an_edit_of_a_title_changes_the_one_document_of_each_feed(site: Site) -> None:
    before = tree(site.root / "site")
    site.change("content/20080503.md", "title: Of 20080503", "title: Another")
    report = site.built()
    assert changed(site, before) == {
        *("feed-2008-05.atom", "feed-2008-05.json"),
        *("Kernel/Index/feed-2008-05.atom", "Kernel/Index/feed-2008-05.json"),
        *("Kernel/BPF/feed-2008.atom", "Authors/Desk/feed-2008.atom"),
    }
    site.assert_clean(report)


def test_a_new_article_changes_no_document_of_the_archive(site: Site) -> None:
    before = tree(site.root / "site")
    site.put("content/new.md", dated("New", "Just in.", "2009-12-01"))
    report = site.built()
    # The oldest month that the feed carried is in the archive from now on.
    assert {path for path in changed(site, before) if "feed-" in path} == {
        f"{folder}feed-2009-05.{kind}" for folder in ("", "Kernel/Index/") for kind in ("atom", "json")
    }
    assert not {path for path in before if "feed-2009-05" in path}
    site.put("content/newer.md", dated("Newer", "And more.", "2010-01-01"))
    report = site.built()
    assert {path for path in changed(site, before) if "feed-" in path and path in before} == set()
    assert len(followed(site.root / "site", "feed.atom")) > 1
    site.assert_clean(report)


def test_an_article_that_goes_takes_no_other_out_of_the_archive(site: Site) -> None:
    before = tree(site.root / "site")
    (site.root / "content/20080503.md").unlink()
    report = site.built()
    assert {path for path in changed(site, before) if "feed-" in path} == {
        *("feed-2008-05.atom", "feed-2008-05.json"),
        *("Kernel/Index/feed-2008-05.atom", "Kernel/Index/feed-2008-05.json"),
        *("Kernel/BPF/feed-2008.atom", "Authors/Desk/feed-2008.atom"),
    }
    site.assert_clean(report)


def test_a_build_counts_its_feeds_also_one_that_changes_little(site: Site) -> None:
    folder = site.root / "site"
    files = [path.name for path in folder.rglob("feed*.*")]
    wanted = {kind: files.count(f"feed.{kind}") for kind in ("rss", "atom", "json")}
    wanted["archive"] = len([name for name in files if name.startswith("feed-")])
    site.change("content/20080503.md", "More.", "More of it.")
    assert dict(site.built().feeds) == dict(site.clean().feeds) == wanted
