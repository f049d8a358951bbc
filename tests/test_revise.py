"""A build of which the last one knows nearly all does next to nothing; its site is that of a clean one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex import loading
from lwnindex.engine.store import Store
from lwnindex.gather import Gathered
from lwnindex.model import Source
from lwnindex.options import Options
from lwnindex.revise import Last
from tests.sites import Site, article, tree

ONE, TWO, DEAD, DRAFT = "content/one.md", "content/two.md", "content/dead.md", "content/draft.md"
FEEDS = {f"{folder}feed.{kind}" for folder in ("", "Kernel/BPF/") for kind in ("rss", "atom", "json")}
WHOLE_FEEDS = {"feed.rss", "feed.atom", "feed.json"}
"""Those that hold bodies."""
TERMS, CATALOG = "search/terms/t-.js", "search/catalog.js"
FOUND = {TERMS, "search/texts/2020-01-0.js"}
"""Where the words of a body are searched."""

Edit = Callable[[Site], object]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that was built once, and whose files are not so young that they would be read again."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))
    found = Site(tmp_path)
    found.put(ONE, article("One", "First words.\n\n## Part\n\nSee [two](two.md#deep) and more.", day=1))
    found.put(TWO, article("Two", "Other words.\n\n## Deep\n\nA note.[^1]\n\n[^1]: Its words.", day=2))
    found.put(DEAD, article("Dead", "Some words.\n\nSee [nothing](none.md).", day=3))
    found.put(DRAFT, article("Draft", "Secret words.\n\nAnd more.", header="draft: true\n"))
    found.put("content/twin.md", article("Twin", "Same words.\n\nIn both.", day=4))
    found.put("content/pages/about.md", "---\ntitle: About\nnav: 1\n---\nThe desk.\n\nIts words.\n")
    found.put("content/pages/twin.md", "---\ntitle: Another\n---\nSame words.\n\nIn both.\n")
    found.put("static/k.txt", "k")
    found.built()
    return found


# What is done ------------------------------------------------------------------------------------


def test_a_build_in_which_nothing_changed_reads_and_writes_nothing(site: Site) -> None:
    found = site.revision()

    assert found is not None
    assert (dict(found.views), site.opened, site.parsed) == ({}, [], 0)
    report = site.built()
    assert (report.written, report.removed, report.kept) == ((), (), report.pages)
    site.assert_clean(report)


@pytest.mark.parametrize("what", ["snapshot", "said", "showing", "search"])
def test_what_the_last_build_left_that_has_another_form_is_not_used(site: Site, what: str) -> None:
    with closing(Store(site.root / "store")) as store:
        (name,) = (each for each in store._log.names() if each.startswith(f"note/{what} "))
        store.note(name.removeprefix("note/"), b"of another form")
    site.change(ONE, "and more", "and less")

    assert site.revision() is None
    site.assert_clean(site.built())


def test_a_body_edit_reads_and_parses_its_source_and_makes_its_page_and_feeds(site: Site) -> None:
    site.change(ONE, "and more", "and still more")
    found = site.revision()

    assert found is not None
    assert set(found.views) == {"Articles/one/index.html", *WHOLE_FEEDS, *FOUND, CATALOG}
    # The other one that is worked out is its month.
    assert (set(site.opened), site.parsed) == ({ONE}, 2)


def test_a_body_edit_writes_its_page_and_feeds_and_is_clean(site: Site) -> None:
    site.change(ONE, "and more", "and still more")
    report = site.built()

    assert set(report.written) == {"Articles/one/index.html", *WHOLE_FEEDS, *FOUND, CATALOG}
    assert report.kept == report.pages - len(report.written)
    site.assert_clean(report)
    assert site.built().written == ()


def test_a_plain_page_that_changes_writes_itself_alone(site: Site) -> None:
    site.change("content/pages/about.md", "Its words", "Other ones")
    report = site.built()

    assert report.written == ("about/index.html",)
    site.assert_clean(report)


def test_edits_one_after_the_other_are_all_there(site: Site) -> None:
    for number in range(3):
        site.change(ONE, "and more", f"and more {number}")
        site.change(TWO, "Its words", f"Its words {number}")
        assert site.revision() is not None
        assert {"Articles/one/index.html", "Articles/two/index.html"} < set(site.built().written)

    site.assert_clean(site.built())


def test_an_edit_that_is_taken_back_is(site: Site) -> None:
    before = tree(site.root / "site")
    for old, new in (("and more", "and less"), ("and less", "and more")):
        site.change(ONE, old, new)
        assert set(site.built().written) == {"Articles/one/index.html", *WHOLE_FEEDS, *FOUND}

    assert tree(site.root / "site") == before


def test_two_articles_may_change_places(site: Site) -> None:
    for path, body in ((ONE, "Words\n\nof the one."), (TWO, "Words\n\nof the other.")):
        site.put(path, article("Same", body))
    site.built()
    for path, body in ((ONE, "Words\n\nof the other."), (TWO, "Words\n\nof the one.")):
        site.put(path, article("Same", body))

    assert site.revision() is not None
    site.assert_clean(site.built())


# Whatever is done, it is a clean build -------------------------------------------------------------


def touched(site: Site, path: str) -> None:
    """Give a file another time of change."""
    os.utime(site.root / path, ns=(10**18, 10**18))


def renamed(site: Site, old: str, new: str) -> Path:
    return (site.root / old).rename(site.root / new)


def harmed(site: Site, files: str, content: bytes | None = None) -> None:
    """Put bytes in the place of a file of the store, or remove it."""
    (place,) = (site.root / "store").glob(files)
    place.unlink()
    if content is not None:
        place.write_bytes(content)


def twice(first: Edit, second: Edit) -> Edit:
    """Return an edit that is followed by a build and by another."""

    def both(site: Site) -> None:
        first(site)
        site.built()
        second(site)

    return both


def body(path: str = ONE, old: str = "and more", new: str = "and so on") -> Edit:
    """Return an edit of a file, of a body unless told otherwise."""
    return lambda site: site.change(path, old, new)


EDITS: dict[str, Edit] = {
    "teaser": body(old="First words", new="Fresh words"),
    "heading": body(old="## Part", new="## Chapter"),
    "heading that is linked to": body(TWO, "## Deep", "## Deeper"),
    "heading's words alone": body(old="## Part", new="## Part!"),
    "link": body(old="two.md#deep", new="dead.md"),
    "link's words": body(old="[two]", new="[the second]"),
    "link goes dead": body(old="two.md#deep", new="none.md"),
    "link is mended": body(DEAD, "none.md", "two.md"),
    "new link": body(new="and [more](https://example.com/)"),
    "citation": body(TWO, "A note", "See [one](one.md). A note"),
    "footnote's words": body(TWO, "Its words", "Quite other words"),
    "footnote's name": body(TWO, "[^1]", "[^a]"),
    "new footnote": body(new="and.[^x]\n\n[^x]: A note."),
    "image": body(new="and ![a *plan*](k.txt)"),
    "table": body(new="and\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    "code": body(new="and\n\n``` python\nx = 1\n```\n"),
    "many words": body(new="and " + "so on " * 2000),
    "too long for feeds": body(new="and " + "so on " * 200_000),
    "title": body(old="title: One", new="title: Uno"),
    "date": body(old="2020-01-01", new="2020-02-03"),
    "author": body(old="[Desk]", new="[Another]"),
    "topic": body(old="Kernel/BPF", new="Kernel/Filesystems"),
    "undeclared index": body(old="Kernel/BPF", new="Kernal/BPF"),
    "becomes a draft": body(old="title: One", new="title: One\ndraft: true"),
    "draft": body(DRAFT, "And more", "And less"),
    "draft's title": body(DRAFT, "title: Draft", "title: Sketch"),
    "draft is published": body(DRAFT, "draft: true", "draft: false"),
    "twin": body("content/twin.md", "In both", "In one"),
    "twin page": body("content/pages/twin.md", "In both", "In one"),
    "both twins": twice(
        body("content/twin.md", "In both", "In one"), body("content/pages/twin.md", "In both", "In the other")
    ),
    "becomes a twin": lambda site: site.put(ONE, article("One", "Same words.\n\nIn both.")),
    "twin and a new twin": twice(
        lambda site: site.put(ONE, article("One", "First words.\n\nIn both.")),
        lambda site: site.put(TWO, article("Two", "First words.\n\nIn both.")),
    ),
    "lines above a dead link": body(DEAD, "Some words.", "Some words.\n\nMore of them."),
    "header line above a dead link": body(DEAD, "title: Dead", "# a remark\ntitle: Dead"),
    "blank lines": body(old="First words.", new="\n\nFirst words."),
    "spaces at the end": body(new="and more   "),
    "not UTF-8": lambda site: site.put(ONE, article("One", "First words.").encode() + b"\xff"),
    "empty": lambda site: site.put(ONE, ""),
    "fault of the header": body(old="title: One", new="title: One\nno field"),
    "problem of the body": body(new="and\n\n" + ">" * 5000 + " deep"),
    "repair": body(new="and\n\n* a\n  * b\n"),
    "page's navigation": body("content/pages/about.md", "nav: 1", "nav: 2"),
    "page's title": body("content/pages/about.md", "title: About", "title: Imprint"),
    "page's teaser": body("content/pages/about.md", "The desk", "A desk"),
    "touched": lambda site: touched(site, ONE),
    "edited and touched": twice(body(), lambda site: touched(site, ONE)),
    "new file": lambda site: site.put("content/new.md", article("New", "New words.")),
    "new page": lambda site: site.put("content/pages/new.md", "---\ntitle: New\n---\nWords.\n"),
    "unread file": lambda site: site.put("content/k.png", "k"),
    "removed": lambda site: (site.root / TWO).unlink(),
    "renamed": lambda site: renamed(site, ONE, "content/uno.md"),
    "renamed and edited": lambda site: (body()(site), renamed(site, ONE, "content/uno.md")),
    "two change names": lambda site: (
        renamed(site, ONE, "content/x"),
        renamed(site, TWO, ONE),
        renamed(site, "content/x", TWO),
    ),
    "configuration": body("lwnindex.toml", '"T"', '"U"'),
    "part of a template": lambda site: site.put("templates/all.html", "{{ page.title }}"),
    "no address": body("lwnindex.toml", 'url = "https://example.org/"', ""),
    "template": lambda site: site.put("templates/404.html", "<!doctype html><title>{{ page.title }}</title>"),
    "static file": lambda site: site.put("static/k.txt", "kk"),
    "new static file": lambda site: site.put("static/none.md", "kk"),
    "static file removed": lambda site: (site.root / "static/k.txt").unlink(),
    "page deleted": lambda site: (site.root / "site/Articles/one/index.html").unlink(),
    "feed deleted": lambda site: (site.root / "site/feed.rss").unlink(),
    "site deleted": lambda site: shutil.rmtree(site.root / "site"),
    "page changed by hand": lambda site: site.change("site/Articles/one/index.html", "and more", "and less"),
    "feed changed by hand": lambda site: site.change("site/feed.rss", "words", "swrod"),
    "store deleted": lambda site: shutil.rmtree(site.root / "store"),
    "log deleted": lambda site: harmed(site, "*.log"),
    "pack deleted": lambda site: harmed(site, "*.pack"),
    "pack damaged": lambda site: harmed(site, "*.pack", b""),
    "nothing": lambda _: None,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_the_site_and_its_report_are_those_of_a_clean_build(site: Site, edit: Edit) -> None:
    edit(site)

    site.assert_clean(site.built())


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_among_body_edits_they_are_too(site: Site, edit: Edit) -> None:
    also = body("content/pages/about.md", "Its words", "Its words, and more")
    also(site)
    site.built()
    edit(site)
    also(site)
    site.built()
    also(site)

    site.assert_clean(site.built())


def test_a_source_that_changes_once_more_while_it_is_read_is_read_by_the_next_build(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.change(ONE, "and more", "and most")
    read, reads = Gathered.read, list[str]()

    def meanwhile(own: Gathered, source: Source) -> bytes:
        reads.append(source.file)
        if len(reads) != 2:
            return read(own, source)
        site.change(ONE, "and most", "and half")
        try:
            return read(own, source)
        finally:
            site.change(ONE, "and half", "and most")

    with monkeypatch.context() as patched:
        patched.setattr(Gathered, "read", meanwhile)
        site.built()
    site.assert_clean(site.built())


def test_a_theme_s_asset_that_changes_is_copied(site: Site) -> None:
    site.put("themes/tiny/assets/site.css", "q {}")
    report = site.built()

    assert report.written == ("assets/site.css",)
    site.assert_clean(report)


def test_a_template_that_changes_changes_the_pages_that_draw_on_it(site: Site) -> None:
    site.put("templates/404.html", "<!doctype html>{{ page.title }}")
    report = site.built()

    assert report.written == ("404.html",)
    site.assert_clean(report)


def test_a_page_somebody_else_wrote_stays_and_is_told_each_time(site: Site) -> None:
    site.put("site/Articles/new/index.html", "not ours")
    site.put("content/new.md", article("New", "New words."))
    told = [[one.code for one in site.built().problems] for _ in range(3)]

    assert told[0] == told[1] == told[2]
    assert "foreign-file" in told[0]


# Two outputs, and builds that end early ----------------------------------------------------------


def test_two_outputs_of_one_store_are_both_clean(site: Site) -> None:
    site.built("other")
    body()(site)
    site.built("other")
    body(TWO, "Its words", "No words")(site)

    site.assert_clean(site.built())
    site.built("other")
    assert tree(site.root / "other") == tree(site.root / "site")


@pytest.mark.parametrize("options", [Options("serial", clean=True), Options("serial", trust_stat=False)])
def test_a_build_that_trusts_nothing_after_one_that_revised_is_clean(site: Site, options: Options) -> None:
    body()(site)
    site.built()

    assert site.built(options=options).written == ()
    body(TWO, "Its words", "No words")(site)
    site.assert_clean(site.built(options=options))
    body(old="and so on", new="and more")(site)
    site.assert_clean(site.built())


@pytest.mark.parametrize(
    "edit",
    [body(), body(old="title: One", new="title: Uno"), body("lwnindex.toml", '"T"', '"U"')],
    ids=["body", "title", "configuration"],
)
def test_a_build_that_ended_before_it_left_anything_may_be_taken_back(
    site: Site, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: (site.root / path).read_text("utf-8") for path in (ONE, "lwnindex.toml")}
    edit(site)
    with monkeypatch.context() as patched:
        patched.setattr(Last, "leave", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            site.built()
    for path, text in before.items():
        site.put(path, text)

    site.assert_clean(site.built())


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("edit", [body(), body(old="title: One", new="title: Uno")], ids=["body", "title"])
def test_a_build_that_ended_before_it_left_anything_may_go_on(
    site: Site, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(site)
    with monkeypatch.context() as patched:
        patched.setattr(Last, "leave", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            site.built()
    body(TWO, "Its words", "No words")(site)

    site.assert_clean(site.built())


# Twins that are not published --------------------------------------------------------------------


@pytest.mark.parametrize("path", [DRAFT, "content/pages/sketch.md"])
def test_a_draft_with_the_body_of_an_article_changes_alone(site: Site, path: str) -> None:
    header = "---\ntitle: Sketch\ndraft: true\n---\n"
    site.put(path, f"{header}Common words.\n\nAnd more.\n")
    site.put(ONE, article("One", "Common words.\n\nAnd more."))
    site.built()
    before = tree(site.root / "site")
    site.put(path, f"{header}Common words.\n\nSecret ones.\n")

    site.assert_clean(site.built())
    assert tree(site.root / "site") == before


def test_a_draft_and_an_article_with_one_body_change_each_its_own_way(site: Site) -> None:
    site.put(DRAFT, article("Draft", "Common words.\n\nAnd more.", header="draft: true\n"))
    site.put(ONE, article("One", "Common words.\n\nAnd more."))
    site.built()
    for path, old, new in ((ONE, "And more", "Public"), (DRAFT, "And more", "Secret")):
        site.change(path, old, new)

    site.assert_clean(site.built())


# Another day -------------------------------------------------------------------------------------


def on(day: str) -> Options:
    return Options(executor="serial", now=day)


def test_on_a_day_on_which_nothing_is_due_nothing_is_done(site: Site) -> None:
    site.put("content/late.md", article("Late", "Words.", day=20))
    site.built(options=on("2020-01-05"))

    for day in ("2020-01-19", "2020-01-04", "2020-01-06"):
        assert site.revision(day) is not None
        assert site.built(options=on(day)).written == ()
    for day in ("2020-01-20", "2020-01-03"):
        assert site.revision(day) is None


def test_a_body_edit_on_another_day_is_quick_and_clean(site: Site) -> None:
    site.put("content/late.md", article("Late", "Words.", day=20))
    site.built(options=on("2020-01-05"))
    site.change(ONE, "and more", "and less")

    assert site.revision("2020-01-19") is not None
    report = site.built(options=on("2020-01-19"))
    assert "Articles/one/index.html" in report.written
    site.assert_clean(report, on("2020-01-19"))


@given(st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(1, 6))
@settings(max_examples=8, deadline=None)
def test_from_day_to_day_a_site_is_that_of_a_clean_build(days: list[int], edited: int) -> None:
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        for day in (2, 3, 5):
            site.put(f"content/a{day}.md", article(f"A{day}", f"Words of {day}.", day=day))
        for place, day in enumerate(days):
            if day == edited:
                site.put("content/a3.md", article("A3", f"Words {place}.", day=3))
            report = site.built(options=on(f"2020-01-0{day}"))
            site.assert_clean(report, on(f"2020-01-0{day}"))
            assert report.articles == sum(each <= day for each in (2, 3, 5))


# An article in several languages ------------------------------------------------------------------


def test_a_translation_that_changes_writes_its_own_page_and_its_words_alone(site: Site) -> None:
    site.put("content/eins.md", article("Eins", "Worte.\n\nUnd mehr.", header="id: one\nlang: de\n"))
    site.put("content/un.md", article("Un", "Des mots.", header="id: one\nlang: fr\n"))
    assert site.built().articles == 4
    site.change("content/eins.md", "Und mehr", "Und noch mehr")

    assert site.revision() is not None
    report = site.built()
    assert set(report.written) == {"Articles/one/de/index.html", *FOUND, CATALOG}
    site.assert_clean(report)


def test_a_language_that_comes_and_goes_leaves_no_trace(site: Site) -> None:
    before = tree(site.root / "site")
    site.put("content/eins.md", article("Eins", "Worte.", header="id: one\nlang: de\n"))
    report = site.built()
    assert {"Articles/one/index.html", "Articles/one/de/index.html"} <= set(report.written)
    site.assert_clean(report)

    (site.root / "content/eins.md").unlink()
    assert site.built().removed == ("Articles/one/de/index.html",)
    assert tree(site.root / "site") == before


# Files of topics ---------------------------------------------------------------------------------

NOTED = "[\"Kernel/BPF\"]\nnote = 'What it is.'\naliases = ['Kernel/Filter']\n"


def test_a_file_of_topics_that_comes_changes_and_goes_is_a_whole_build_each_time(site: Site) -> None:
    for step in (
        lambda: site.put("content/topics.toml", NOTED),
        lambda: site.change("content/topics.toml", "What", "Which"),
        lambda: site.change("content/topics.toml", "Filter", "Filters"),
        lambda: site.put("content/topics.toml", "\n" + NOTED),
        (site.root / "content/topics.toml").unlink,
    ):
        step()
        assert site.revision() is None
        site.assert_clean(site.built())


def test_a_file_of_topics_that_stays_costs_nothing(site: Site) -> None:
    site.put("content/topics.toml", NOTED)
    site.built()
    site.change(ONE, "and more", "and less")

    found = site.revision()
    assert found is not None
    assert "Articles/one/index.html" in found.views
    site.assert_clean(site.built())
