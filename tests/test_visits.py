"""An archive is looked at, and a site visited, while its store is held; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lwnindex import config, visits
from lwnindex.lock import held
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests.sites import article

SERIAL = Options(executor="serial")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site with two articles that cite each other, and of one that says nothing."""
    (tmp_path / "content").mkdir()
    (tmp_path / "lwnindex.toml").write_text('[site]\nurl = "https://example.org/"\n')
    (tmp_path / "content/one.md").write_text(article("One", "See [two](two.md)."))
    (tmp_path / "content/two.md").write_text(article("Two", "See [one](/Articles/one/) and [x](nowhere.md)."))
    (tmp_path / "content/three.md").write_text("")
    return tmp_path


def found_of(root: Path, **keys: object) -> config.Found:
    return config.load(root / "lwnindex.toml", {}, keys)


def test_a_look_shows_the_catalog_and_what_was_met_in_reading(root: Path) -> None:
    def seen(of: visits.Look) -> tuple[list[str], list[tuple[str, ...]], list[str]]:
        return sorted(of.catalog.order), sorted(of.catalog.topics), [one.code for one in of.problems]

    articles, topics, problems = visits.look(found_of(root), SERIAL, seen)

    assert articles == ["one", "two"]
    assert topics == [("Kernel", "BPF")]
    assert problems == ["empty"]
    assert not (root / "site").exists()


def test_a_visit_makes_pages_of_a_site_that_is_not_written(root: Path) -> None:
    def seen(of: visits.Visit) -> tuple[bytes, list[str]]:
        content = of.site.page("Articles/one/index.html", "", True).content
        assert isinstance(content, bytes)
        return content, [one.code for one in of.problems]

    page, problems = visits.visit(found_of(root), SERIAL, seen)

    assert b"<h1" in page
    assert "empty" in problems
    assert "dead-link" not in problems
    assert not (root / "site").exists()


def test_what_is_looked_at_once_more_is_known(root: Path) -> None:
    first = visits.look(found_of(root), SERIAL, lambda of: of.parsed)
    again, known = visits.look(found_of(root), SERIAL, lambda of: (of.parsed, of.gathered.is_all_known))

    assert again == first
    assert not known  # Files that have just been written are read again.


def test_a_folder_that_is_not_there_is_told_before_a_store_is_made(root: Path) -> None:
    with pytest.raises(SiteError, match="nowhere"):
        visits.look(found_of(root, content=["nowhere"]), SERIAL, lambda of: of.parsed)

    assert not (root / ".lwnindex").exists()


# The archive as JSON -----------------------------------------------------------------------------


def test_the_export_needs_no_output_and_writes_none(root: Path) -> None:
    first = visits.export_json(found_of(root))

    assert not (root / "site").exists()
    assert visits.export_json(found_of(root), Options(clean=True, trust_stat=False)) == first
    exported = json.loads(first)
    assert [one["id"] for one in exported["articles"]] == ["one", "two"]
    assert exported["articles"][0]["cited_by"] == ["two"]
    assert sorted(one["code"] for one in exported["problems"]) == ["dead-link", "empty"]


def test_a_damaged_store_serves_the_export_too(root: Path) -> None:
    first = visits.export_json(found_of(root))
    (log,) = (root / ".lwnindex").glob("*.log")
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])

    assert visits.export_json(found_of(root)) == first


def test_a_second_export_waits_and_then_leaves(root: Path) -> None:
    found = found_of(root, store="store")
    with held({"store": root / "store"}), pytest.raises(SiteError, match="another build"):
        visits.export_json(found, Options(patience=0))


# What is to be said of any site ------------------------------------------------------------------


def test_a_site_with_an_address_and_articles_needs_no_remark(root: Path) -> None:
    assert visits.remarks(found_of(root).config, 1) == []


def test_what_a_site_lacks_is_remarked(root: Path) -> None:
    (root / "lwnindex.toml").write_text("")

    assert [one.code for one in visits.remarks(found_of(root).config, 0)] == ["no-url", "no-articles"]
