"""Archives become article files that say the same; a run goes on where one ended, and harms nobody's work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lwnindex import config as configuration
from lwnindex import names
from lwnindex.importing import Order, import_
from lwnindex.intake import Report
from lwnindex.model import Card, Source
from lwnindex.parse import parse
from lwnindex.presets import PresetName
from lwnindex.problems import SiteError
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings
from lwnindex.web import Limits, Web, WebError
from tests.misbehaving import Server, misbehaving, page, redirect, status
from tests.plugged import READER, with_plugin
from tests.plugged import found as found_of

JEKYLL = "---\ntitle: One\ncategories: News\n---\n1. a\n   - b\n\n![a](https://example.org/a.png)\n"
DUMP = """# An article [LWN.net]

By **Jane Doe**

December 22, 2009

Text of the article.

Index entries for this article
---
[Kernel](/Kernel/Index)| [Filesystems/Ceph](/Kernel/Index#Filesystems-Ceph)
"""
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>First</title><link>https://news.example/1</link><guid>1</guid><description>One.</description></item>
<item><title>Second</title><link>https://news.example/2</link><guid>2</guid><description>Two.</description></item>
</channel></rss>"""
PAGE = b"<!DOCTYPE html><html lang=de><title>A page</title><h1>A page</h1><p>Stra\xdfe</p></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving({}) as found:
        yield found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of articles in the manner of Jekyll."""
    put(tmp_path / "old/_posts/2009-12-22-one.md", JEKYLL)
    put(tmp_path / "old/_posts/2009-12-23-two.md", JEKYLL.replace("One", "Two"))
    put(tmp_path / "old/pictures/a.bin", "x")
    return tmp_path / "old"


def put(place: Path, text: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def imported(root: Path, what: object, **order: object) -> Report:
    """Import into `root/content`."""
    (root / "lwnindex.toml").touch()
    found = configuration.load(root / "lwnindex.toml", {}, {})
    limits = Limits(connect=60, read=60, total=60, retries=0, private=frozenset({"127.0.0.1"}))
    return import_(found, Order(str(what), **order), Web(limits))  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, str]:
    places = sorted(place for place in folder.rglob("*") if place.is_file())
    return {place.relative_to(folder).as_posix(): place.read_text("utf-8") for place in places}


def test_an_archive_of_another_generator_becomes_article_files(tmp_path: Path, archive: Path) -> None:
    report = imported(tmp_path, archive, preset="jekyll")

    found = files(tmp_path / "content")
    assert report.read == 2
    assert report.written == tuple(found) == ("_posts/2009-12-22-one.md", "_posts/2009-12-23-two.md")
    assert report.skipped == (
        ("pictures/a.bin", "no reader knows this kind of file, and no article leads to it"),
    )
    assert report.lost["picture"] == 2
    text = found["_posts/2009-12-22-one.md"]
    for line in ("title: One", "date: 2009-12-22", "markup: commonmark", "- Categories/News"):
        assert f"\n{line}\n" in text
    assert text.endswith("---\n\n1. a\n   - b\n\n![a](https://example.org/a.png)\n")


@pytest.mark.parametrize("preset", [None, "jekyll"])
def test_an_archive_is_read_as_its_table_says(
    tmp_path: Path, archive: Path, preset: PresetName | None
) -> None:
    put(
        tmp_path / "lwnindex.toml",
        '[[sources]]\npath = "old"\npreset = "jekyll"\nindex = "Topics"\npermalink = "/:title/"\n',
    )
    found = configuration.load(tmp_path / "lwnindex.toml", {}, {})
    import_(found, Order(str(archive / "_posts"), preset, str(tmp_path / "content")), Web())

    text = (tmp_path / "content/2009-12-22-one.md").read_text("utf-8")
    assert "- Topics/News\n" in text
    assert "- /one/\n" in text


def test_a_dump_becomes_an_article_file(tmp_path: Path) -> None:
    imported(tmp_path, put(tmp_path / "dumps/7.md", DUMP))

    text = files(tmp_path / "content")["7.md"]
    for line in ("title: An article", "date: 2009-12-22", "- Jane Doe", "- Kernel/Filesystems/Ceph"):
        assert f"\n{line}\n" in text
    assert "original: https://lwn.net/Articles/7/\n" in text
    assert text.endswith("---\n\nText of the article.\n")


def test_a_feed_becomes_a_file_for_each_item(tmp_path: Path) -> None:
    (tmp_path / "news.rss").write_bytes(FEED)
    report = imported(tmp_path, tmp_path / "news.rss")

    assert report.written == ("news/first.md", "news/second.md")
    assert files(tmp_path / "content")["news/first.md"].endswith("---\n\n<p>One.</p>\n")


def test_the_same_again_is_kept_and_an_interrupted_run_goes_on(tmp_path: Path, archive: Path) -> None:
    imported(tmp_path, archive, preset="jekyll")
    before = files(tmp_path / "content")
    (tmp_path / "content/_posts/2009-12-23-two.md").unlink()

    report = imported(tmp_path, archive, preset="jekyll")

    assert report.kept == ("_posts/2009-12-22-one.md",)
    assert report.written == ("_posts/2009-12-23-two.md",)
    assert files(tmp_path / "content") == before


def test_a_newer_source_is_taken_over_unless_its_file_was_edited(tmp_path: Path, archive: Path) -> None:
    imported(tmp_path, archive, preset="jekyll")
    edited = tmp_path / "content/_posts/2009-12-22-one.md"
    edited.write_text(edited.read_text().replace("title: One", "title: Mine"))
    mine = edited.read_text()
    for name in ("2009-12-22-one.md", "2009-12-23-two.md"):
        put(archive / "_posts" / name, JEKYLL.replace("One", "Newer"))

    report = imported(tmp_path, archive, preset="jekyll")

    assert report.written == ("_posts/2009-12-23-two.md",)
    assert "edited" in dict(report.skipped)["_posts/2009-12-22-one.md"]
    assert edited.read_text() == mine
    assert "title: Newer\n" in files(tmp_path / "content")["_posts/2009-12-23-two.md"]


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    source = put(tmp_path / "content/7.md", DUMP)

    report = imported(tmp_path, tmp_path / "content")

    assert report.skipped == (
        ("7.md", "a file stands there that somebody else wrote or edited; it was left as it is"),
    )
    assert source.read_text() == DUMP


def test_what_the_site_writes_itself_is_not_imported(tmp_path: Path, archive: Path) -> None:
    put(tmp_path / "site/2009/index.html", "<title>A</title><article><h1>A</h1><p>Text.</p></article>")
    first = imported(tmp_path, tmp_path, preset="jekyll")
    before = files(tmp_path / "content")

    again = imported(tmp_path, tmp_path, preset="jekyll")

    assert len(first.written) == 2 == len(again.kept)
    assert {("content", "this site is written there"), ("site", "this site is written there")} <= {
        *again.skipped
    }
    assert files(tmp_path / "content") == before


def test_a_dry_run_writes_nothing(tmp_path: Path, archive: Path) -> None:
    report = imported(tmp_path, archive, preset="jekyll", dry_run=True)

    assert len(report.written) == 2
    assert not (tmp_path / "content").exists()


def test_names_are_safe_and_their_own(tmp_path: Path) -> None:
    for name in ("a b.md", "a_b.md", "con.md", "x:y.md", "index.md", "sub/index.md"):
        put(tmp_path / "old" / name, JEKYLL)

    report = imported(tmp_path, tmp_path / "old", to=str(tmp_path / "new"))

    found = files(tmp_path / "new")
    assert len(found) == 6 == len(report.written)
    plain = {path.partition("~")[0].removesuffix(".md") for path in found}
    assert plain == {"a_b", "con", "xy", "index", "sub/index"}
    assert "\nid: a b\n" in found["a_b.md"], "what it was called it is called"


def test_what_holds_no_article_is_told(tmp_path: Path) -> None:
    put(tmp_path / "old/empty.md", "")
    put(tmp_path / "old/no.rss", "<html></html>")
    (tmp_path / "old/away").symlink_to(tmp_path)

    report = imported(tmp_path, tmp_path / "old")

    assert [what for what, _ in report.skipped] == ["away", "empty.md", "no.rss"]
    assert not report.written
    assert {one.code for one in report.problems} >= {"empty"}


def test_no_link_leads_what_is_written_elsewhere(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content/_posts").symlink_to(tmp_path / "elsewhere")

    report = imported(tmp_path, archive, preset="jekyll")

    assert not report.written
    assert "a link leads out" in report.skipped[1][1]
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_that_cannot_be_written_ends_the_run_with_a_sentence(tmp_path: Path, archive: Path) -> None:
    put(tmp_path / "content/_posts", "a file")
    with pytest.raises(SiteError, match=r"cannot be written: .* Import again, it goes on"):
        imported(tmp_path, archive, preset="jekyll")


def test_nothing_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="there is nothing at") as caught:
        imported(tmp_path, tmp_path / "none")
    assert caught.value.exit_code == 2


def test_a_feed_on_the_web_is_imported(tmp_path: Path, server: Server) -> None:
    server.answers.update({"/a": redirect("/news/feed"), "/news/feed": page(FEED, "application/rss+xml")})

    report = imported(tmp_path, f"{server.url}/a")

    assert report.written == ("127.0.0.1/news/feed/first.md", "127.0.0.1/news/feed/second.md")


def test_a_page_on_the_web_is_imported(tmp_path: Path, server: Server) -> None:
    put(tmp_path / "lwnindex.toml", "")
    server.answers["/2009/page.php?id=1"] = page(PAGE, "text/html; charset=iso-8859-1")

    report = imported(tmp_path, f"{server.url}/2009/page.php?id=1")

    assert report.read == 1
    assert [*report.written, *(what for what, _ in report.skipped)] in (
        ["127.0.0.1/2009/page.md"],
        ["127.0.0.1/2009/page.html"],
    )


@pytest.mark.parametrize("path", ["/" + "a/" * 15_000, "/" + "a/" * 1_200, "/" + "long-name/" * 300])
def test_an_address_that_is_no_path_of_a_file_is_one_in_short(
    tmp_path: Path, server: Server, path: str
) -> None:
    whole = b"<html><title>T</title><body><article><h1>T</h1><p>Some words.</p></article></body></html>"
    server.answers = {"/old": redirect(path), path: page(whole, "text/html")}
    report = imported(tmp_path, f"{server.url}/old")

    (written,) = report.written
    assert written.startswith("127.0.0.1/")
    assert len(written) < 100
    assert imported(tmp_path, f"{server.url}/old").kept == (written,)


def test_what_the_web_does_not_have_is_told(tmp_path: Path, server: Server) -> None:
    server.answers["/a"] = status(404)
    with pytest.raises(WebError, match="404"):
        imported(tmp_path, f"{server.url}/a")


def cards(folder: Path, preset: str) -> dict[str, tuple[Card, list[bytes]]]:
    """Return what a build knows of the articles of a folder, by their titles and dates."""
    rules = reading(Config(), SourceSettings(path=".", preset=preset) if preset else SourceSettings())  # type: ignore[arg-type]
    rules = reading(Config()) if preset == "lwn" else rules
    found = {}
    for place in sorted(folder.rglob("*.m*d*")):
        path = place.relative_to(folder).as_posix()
        parsed, blobs = parse(Source(file=path, path=path, digest=""), place.read_bytes(), rules)
        for one in parsed.articles:
            found["/".join(map(names.segment, path.rpartition(".")[0].split("/")))] = (
                one.card,
                list(blobs.values()),
            )
    return found


@pytest.mark.parametrize(
    ("folder", "preset"),
    [
        ("lwn-kernel-2009-2012", "lwn"),
        ("archives/rust-blog", "zola"),
        ("archives/opensuse-news", "jekyll"),
        ("archives/this-week-in-rust", "pelican"),
    ],
)
def test_real_articles_say_the_same_as_article_files(
    tmp_path: Path, shared: Path, folder: str, preset: str
) -> None:
    order = {} if preset == "lwn" else {"preset": preset}
    imported(tmp_path, shared / "corpora" / folder, **order)

    before, after = cards(shared / "corpora" / folder, preset), cards(tmp_path / "content", "lwn")

    said = ("title", "date", "updated", "authors", "lang", "slug", "entries", "draft", "expires", "aliases")
    other = [
        path
        for path, (card, body) in before.items()
        if [getattr(card, name) for name in said] != [getattr(after[path][0], name) for name in said]
        or body != after[path][1]
    ]
    assert other == []
    assert len(before) >= 40


# Plug-ins ----------------------------------------------------------------------------------------


def test_a_plug_in_reads_what_is_imported(tmp_path: Path) -> None:
    site = with_plugin(tmp_path / "site")
    put(tmp_path / "old/three.note", "Three\nSee *two*.")
    put(tmp_path / "old/four.other", "Four")
    report = import_(found_of(site), Order(str(tmp_path / "old")), Web(Limits()))

    assert (report.read, report.written) == (1, ("three.md",))
    written = (tmp_path / "site/content/three.md").read_text("utf-8")
    assert "title: Three\n" in written
    assert written.endswith("---\n\nSee *two*.\n")
    assert [what for what, _ in report.skipped] == ["four.other"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [("raise KeyError('x')", "KeyError: 'x' (own.py:5)"), ("return 3", "a reader returned int")],
)
def test_a_plug_in_that_fails_is_named_and_costs_no_other_file(tmp_path: Path, fault: str, said: str) -> None:
    site = with_plugin(tmp_path / "site", READER.replace("title, _", f"{fault}\n    title, _"))
    put(tmp_path / "old/three.note", "Three\nSee *two*.")
    put(tmp_path / "old/four.md", "# Four\n\nWords.")
    report = import_(found_of(site), Order(str(tmp_path / "old")), Web(Limits()))

    assert report.written == ("four.md",)
    (one,) = [each for each in report.problems if each.code == "crash"]
    assert one.message.startswith("the plug-in's reader .note by own.read failed on this file: ")
    assert said in one.message
