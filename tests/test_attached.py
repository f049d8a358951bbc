"""Files go with the articles that lead to them, to where these lead; nothing is replaced, nothing runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lwnindex import config as configuration
from lwnindex.cli import main
from lwnindex.importing import Order, import_
from lwnindex.intake import Report
from lwnindex.web import Web

HEADER = "---\ntitle: One\ndate: 2009-12-22\n---\n"


def put(place: Path, text: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def imported(root: Path, what: str = "old", **order: object) -> Report:
    """Import what is below `root` into `root/content`."""
    (root / "lwnindex.toml").touch()
    found = configuration.load(root / "lwnindex.toml", {}, {})
    return import_(found, Order(str(root / what), **order), Web())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "address", "file", "copied"),
    [
        ("a.md", "b.png", "b.png", "b.png"),
        ("2009/a.md", "img/b.png", "2009/img/b.png", "2009/img/b.png"),
        ("2009/a.md", "../img/b.png", "img/b.png", "img/b.png"),
        ("2009/a.md", "/img/b.png", "img/b.png", "img/b.png"),
        ("2009/a.md", "b%20c.png?x=1#y", "2009/b c.png", "2009/b c.png"),
        ("my posts/a.md", "b.png", "my posts/b.png", "my_posts/b.png"),
        ("a/index.md", "b.png", "a/b.png", "a/b.png"),
    ],
)
def test_a_file_stands_where_the_article_file_leads(
    tmp_path: Path, article: str, address: str, file: str, copied: str
) -> None:
    put(tmp_path / "old" / article, f"{HEADER}![a]({address})\n")
    put(tmp_path / "old" / file, "picture")

    report = imported(tmp_path)

    assert report.files == ((copied,), (), (), ())
    assert report.skipped == ()
    assert (tmp_path / "content" / copied).read_text() == "picture"


def test_links_and_html_lead_to_files_too(tmp_path: Path) -> None:
    put(tmp_path / "old/a.md", f'{HEADER}[talk](talk.pdf)\n\n<p><img src="b.png" alt="b"></p>\n')
    for name in ("talk.pdf", "b.png", "other.pdf"):
        put(tmp_path / "old" / name, name)

    report = imported(tmp_path)

    assert set(report.files.copied) == {"talk.pdf", "b.png"}
    assert [what for what, _ in report.skipped] == ["other.pdf"]


def test_a_page_that_was_saved_has_its_files(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>A</title></head><body><article><h1>A talk</h1>"
        "<time datetime='2009-12-22'>then</time><p>Long text of it.</p>"
        "<img src='a_files/b.png' alt='b'></article></body></html>"
    )
    put(tmp_path / "old/a.html", page)
    put(tmp_path / "old/a_files/b.png", "picture")

    assert imported(tmp_path, "old/a.html").files.copied == ("a_files/b.png",)


def test_the_site_shows_what_was_copied(tmp_path: Path) -> None:
    put(tmp_path / "old/my posts/a.md", f"{HEADER}![a](b.png) ![c](/img/c.png)\n")
    put(tmp_path / "old/my posts/b.png", "b")
    put(tmp_path / "old/img/c.png", "c")
    imported(tmp_path)

    configured = ["--config", str(tmp_path / "lwnindex.toml"), "--now", "2010-01-01", "--json"]
    said = CliRunner().invoke(main, ["build", *configured])

    assert json.loads(said.stdout.splitlines()[-1])["errors"] == 0
    assert "dead-link" not in said.output
    files = {one.name for one in (tmp_path / "site/files").rglob("*") if one.is_file()}
    assert files == {"b.png", "c.png"}


def test_the_same_again_is_held_and_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "old/a.md", f"{HEADER}![a](b.png) ![a](c.png)\n")
    for name in ("b.png", "c.png"):
        put(tmp_path / "old" / name, name)
    imported(tmp_path)
    (tmp_path / "content/c.png").unlink()

    assert imported(tmp_path).files == (("c.png",), ("b.png",), (), ())


def test_a_file_that_stands_there_is_left_as_it_is(tmp_path: Path) -> None:
    put(tmp_path / "old/a.md", f"{HEADER}![a](b.png)\n")
    put(tmp_path / "old/b.png", "theirs")
    mine = put(tmp_path / "content/b.png", "mine")

    [(path, why)] = imported(tmp_path).files.refused

    assert (path, mine.read_text()) == ("b.png", "mine")
    assert "another file stands at" in why


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("b.svg", "browsers can run"),
        ("b.js", "browsers can run"),
        ("b.css", "browsers can run"),
        ("b.json", "read as an article"),
        (".b.png", "hidden"),
        (".git/b.png", "hidden"),
    ],
)
def test_what_runs_or_hides_is_left_behind(tmp_path: Path, name: str, why: str) -> None:
    put(tmp_path / "old/a.md", f"{HEADER}![a]({name})\n")
    put(tmp_path / "old" / name, "x")

    report = imported(tmp_path)

    assert [path for path, _ in report.files.refused] == [name]
    assert why in report.files.refused[0][1]
    assert not (tmp_path / "content" / name).exists()


@pytest.mark.parametrize(
    "address", ["../secret.txt", "/../secret.txt", "sub/../../secret.txt", "%2e%2e/secret.txt"]
)
def test_no_address_brings_what_was_not_imported(tmp_path: Path, address: str) -> None:
    put(tmp_path / "secret.txt", "secret")
    put(tmp_path / "old/a.md", f"{HEADER}[a]({address})\n")

    imported(tmp_path)

    assert [one.name for one in (tmp_path / "content").rglob("*.txt")] == []
    assert [one.name for one in tmp_path.glob("*.txt")] == ["secret.txt"]


def test_no_link_brings_what_was_not_imported(tmp_path: Path) -> None:
    put(tmp_path / "away/secret.png", "secret")
    put(tmp_path / "old/a.md", f"{HEADER}![a](b.png) ![c](away/secret.png)\n")
    (tmp_path / "old/b.png").symlink_to(tmp_path / "away/secret.png")
    (tmp_path / "old/away").symlink_to(tmp_path / "away")

    report = imported(tmp_path)

    assert report.files.copied == ()
    assert {path for path, _ in report.files.refused} == {"b.png", "away/secret.png"}


def test_no_link_leads_a_copy_elsewhere(tmp_path: Path) -> None:
    put(tmp_path / "old/a.md", f"{HEADER}![a](img/b.png)\n")
    put(tmp_path / "old/img/b.png", "x")
    (tmp_path / "away").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content/img").symlink_to(tmp_path / "away")

    assert "a link leads out" in imported(tmp_path).files.refused[0][1]
    assert not list((tmp_path / "away").iterdir())


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    text = "![a](no.png) [b](no.pdf) [c](/about/) [d](https://example.org/no.png) [e](other.md)\n"
    put(tmp_path / "old/a.md", HEADER + text)
    put(tmp_path / "old/other.md", HEADER)

    report = imported(tmp_path)

    assert [href for _, href in report.files.missing] == ["no.png", "no.pdf"]
    assert {Path(file).name for file, _ in report.files.missing} == {"a.md"}


def test_an_address_that_can_be_no_name_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path / "old/a.md", f"{HEADER}![a](a%00b.png) ![b]({'x' * 5000}.png)\n")

    assert imported(tmp_path).written == ("a.md",)


def test_a_dry_run_copies_nothing_and_tells_what_it_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "lwnindex.toml", "")
    put(tmp_path / "old/a.md", f"{HEADER}![a](b.png) ![c](no.png) ![d](d.svg)\n")
    put(tmp_path / "old/b.png", "x")
    put(tmp_path / "old/d.svg", "x")
    monkeypatch.chdir(tmp_path)

    said = CliRunner().invoke(main, ["import", "old", "--dry-run"])

    assert said.stdout.endswith("; files: 1 copied, 0 held, 1 missing, 1 refused\n")
    assert "would copy: b.png\n" in said.stderr
    assert 'missing: old/a.md: there is no file "no.png".\n' in said.stderr
    assert "not copied: d.svg: browsers can run" in said.stderr
    assert not (tmp_path / "content").exists()
    found = json.loads(CliRunner().invoke(main, ["import", "old", "--json"]).stdout)
    assert found["files"]["copied"] == ["b.png"]
