"""The verbs that bring articles in: what they say, where, and how they end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main
from tests.misbehaving import Server, misbehaving, page, status

PNG = b"\x89PNG\r\n\x1a\nx"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>First</title><link>https://news.example/1</link><guid>1</guid><description>One.</description></item>
</channel></rss>"""
HERE = "--allow-private=127.0.0.1"


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving({"/feed": page(FEED), "/a.png": page(PNG, "image/png")}) as found:
        yield found


@pytest.fixture
def root(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with an article and two feeds, one of which is not there."""
    feeds = "".join(f'[[feeds]]\nurl = "{server.url}/{name}"\nname = "{name}"\n' for name in ("feed", "none"))
    (tmp_path / "lwnindex.toml").write_text(feeds)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(
        f"---\ntitle: A\ndate: 2009-12-22\n---\n![a]({server.url}/a.png)\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_fetch_tells_each_feed_and_ends_with_a_line(root: Path) -> None:
    said = run("fetch", HERE)

    assert said.exit_code == 1, "one failed"
    assert said.stdout == "feeds: 2 asked, 0 unchanged, 1 failed; items: 1 new, 0 changed, 0 kept\n"
    assert said.stderr.startswith("feed: read: 1 new\n")
    assert "none: failed\nnone: http://127.0.0.1" in said.stderr
    assert (root / "content/feeds/feed/first.md").is_file()


def test_fetch_of_one_feed_ends_well(root: Path) -> None:
    assert run("fetch", "feed", HERE, "-q").output.startswith("feeds: 1 asked")
    said = run("fetch", "feed", HERE)
    assert (said.exit_code, said.stderr) == (0, "feed: read: 1 same\n")


def test_fetch_asks_no_private_address_unless_told(root: Path, server: Server) -> None:
    said = run("fetch", "feed")

    assert said.exit_code == 1
    assert "not public. If you trust it: --allow-private HOST." in said.stderr
    assert not server.asked


def test_fetch_as_json(root: Path) -> None:
    found = json.loads(run("fetch", HERE, "--json", "--dry-run").stdout)

    assert (found["asked"], found["failed"], found["new"]) == (2, 1, 1)
    assert found["feeds"][0]["counts"] == {"new": 1}
    assert not (root / "content/feeds").exists()


def test_a_name_that_there_is_not_is_a_mistake_in_the_use(root: Path) -> None:
    said = run("fetch", "other")

    assert said.exit_code == 2
    assert 'there is no feed "other"' in said.stderr


def test_nothing_from_a_feed_steers_the_terminal(root: Path, server: Server) -> None:
    server.answers["/feed"] = status(500, X="y")
    (root / "lwnindex.toml").write_text(f'[[feeds]]\nurl = "{server.url}/feed"\nname = "a\\u001b[31m"\n')

    said = run("fetch", HERE)
    assert "\x1b" not in said.output


def test_import_tells_what_it_did(root: Path) -> None:
    (root / "old").mkdir()
    (root / "old/one.md").write_text("---\ntitle: One\ndate: 2009-12-22\n---\nText.\n")
    (root / "old/one.bin").write_text("x")

    said = run("import", "old")

    assert said.exit_code == 0
    assert said.stdout == "1 read, 1 written, 0 kept, 1 skipped; 0 problems\n"
    assert said.stderr == "skipped: one.bin: no reader knows this kind of file, and no article leads to it.\n"
    assert (root / "content/one.md").is_file()


def test_import_into_a_folder_as_a_preset(root: Path) -> None:
    (root / "one.md").write_text("---\ntitle: One\ntags: [a]\n---\nText.\n")

    found = json.loads(run("import", "one.md", "--as", "hugo", "--to", "new/folder", "--json").stdout)

    assert found["written"] == ["one.md"]
    assert "- Tags/a\n" in (root / "new/folder/one.md").read_text()


def test_a_source_that_is_faulty_ends_an_import_with_1(root: Path) -> None:
    (root / "one.md").write_text("---\ntitle: One\ndate: 2009-02-31\n---\nText.\n")

    said = run("import", "one.md")

    assert said.exit_code == 1
    assert "error: ./one.md:3: bad-date" in said.stderr or "one.md:3: bad-date" in said.stderr


def test_an_import_of_no_article_ends_with_1_and_says_why_once(root: Path) -> None:
    (root / "one.xml").write_text("<html></html>")

    said = run("import", "one.xml")

    assert said.exit_code == 1
    assert said.stderr.count("no feed that is known here.") == 1
    assert ".." not in said.stderr


def test_import_of_nothing_is_a_mistake_in_the_use(root: Path) -> None:
    said = run("import")

    assert said.exit_code == 2
    assert "there is nothing to import" in said.stderr


def test_pictures_of_all_articles_are_brought_in(root: Path, server: Server) -> None:
    listed = run("import", "--assets", "--dry-run", HERE)
    assert listed.stderr == f"would fetch: {server.url}/a.png\n"
    assert not server.asked

    said = run("import", "--assets", HERE)

    assert said.exit_code == 0
    assert said.stdout.endswith("pictures: 1 new, 0 held, 0 failed\n")
    assert [place.read_bytes() for place in (root / "content/assets").rglob("*.png")] == [PNG]


def test_pictures_of_what_is_imported_are_brought_in(root: Path, server: Server) -> None:
    (root / "one.md").write_text(f"---\ntitle: One\n---\n![b]({server.url}/b.png)\n")

    said = run("import", "one.md", "--assets", HERE)

    assert said.exit_code == 1
    assert f"picture: {server.url}/b.png: {server.url}/b.png: the server answered 404" in said.stderr
    assert server.paths() == ["/b.png"]
