"""After an edit of bodies the search is that of a clean build, and few of its files are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import loading, shards
from tests.sites import Site, article, tree

WORDS = ("kernel", "linux", "memory", "scheduler", "io_uring", "filesystem", "driver", "patch", "zoo")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of a few months whose words stand in many shards."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))
    monkeypatch.setattr(shards, "LIMIT", 8)
    found = Site(tmp_path)
    for number, word in enumerate(WORDS):
        text = article(f"About {word}", f"The first of it.\n\n{word} and so on.", day=number + 1)
        found.put(f"content/{number}.md", text.replace("2020-01", f"2020-0{number % 3 + 1}"))
    found.put("content/undated.md", "---\ntitle: Undated\nentries: [Kernel/BPF]\n---\nNo day.\n\nNone.\n")
    found.built()
    return found


def searched(site: Site) -> set[str]:
    """Return what the next build revises of the search."""
    found = site.revision()
    assert found is not None
    return {path for path in found.views if path.startswith("search/")}


def test_a_word_that_is_put_in_writes_the_shards_of_it_and_the_texts(site: Site) -> None:
    site.change("content/1.md", "and so on", "and so zoo")

    assert searched(site) == {*("search/terms/t-on.js", "search/terms/t-z.js", "search/texts/2020-02-0.js")}
    site.assert_clean(site.built())


def test_a_longer_body_writes_the_catalog(site: Site) -> None:
    site.change("content/1.md", "and so on", "and so on and on and on")

    assert "search/catalog.js" in searched(site)
    site.assert_clean(site.built())


def test_an_undated_article_has_its_month(site: Site) -> None:
    site.change("content/undated.md", "None.", "Zoo.")

    assert "search/texts/undated-0.js" in searched(site)
    site.assert_clean(site.built())


def test_edits_in_several_months_are_all_there(site: Site) -> None:
    for number in range(3):
        site.change(f"content/{number}.md", "and so on", "and so on on")

    assert {f"search/texts/2020-0{month}-0.js" for month in (1, 2, 3)} <= searched(site)
    site.assert_clean(site.built())


def test_words_that_need_other_shards_cost_a_whole_build(site: Site) -> None:
    site.change("content/1.md", "and so on", "and quux " * 9)

    assert site.revision() is None
    site.assert_clean(site.built())


def test_texts_that_need_other_files_cost_a_whole_build(site: Site) -> None:
    site.change("content/1.md", "and so on", "and so on " * 9000)

    assert site.revision() is None
    site.assert_clean(site.built())


def test_the_next_edit_starts_from_what_the_last_one_left(site: Site) -> None:
    before = tree(site.root / "site")
    for old, new in (("and so on", "and so zoo"), ("and so zoo", "and so on")):
        site.change("content/1.md", old, new)
        assert searched(site)
        site.assert_clean(site.built())

    assert tree(site.root / "site") == before
    assert site.built().written == ()


def test_a_site_without_search_has_none_of_its_files_and_knows_nothing_of_it(site: Site) -> None:
    site.put("lwnindex.toml", (site.root / "lwnindex.toml").read_text() + "[search]\nenabled = false\n")
    (site.root / "themes/tiny/templates/search.html").unlink()
    site.assert_clean(site.built())
    assert not (site.root / "site/search").exists()

    site.change("content/1.md", "and so on", "and so zoo")
    assert searched(site) == set()
    site.assert_clean(site.built())
