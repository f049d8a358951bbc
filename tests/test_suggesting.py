"""An archive's words are counted once, kept, and never those of sources that are gone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from lwnindex import config, site, suggesting
from lwnindex.engine.store import Store
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests.sites import Site, article

SERIAL = Options(executor="serial")


@pytest.fixture
def here(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.put("content/1.md", article("Placement", "osd rados crush", topic="Kernel/Ceph"))
    found.put("content/2.md", article("Snapshots", "osd rados snapshots", day=2, topic="Kernel/Ceph"))
    found.put("content/3.md", article("Extents", "journal, extents", day=3, topic="Kernel/ext4"))
    found.put("content/new/4.md", "---\ntitle: New\ndraft: true\n---\nOsd, rados.\n")
    return found


def found_of(here: Site) -> config.Found:
    return config.load(here.root / "lwnindex.toml", {}, {"store": "store"})


def suggested(here: Site, name: str, **more: bool) -> list[tuple[str, ...]]:
    told = suggesting.suggested(found_of(here), name, options=SERIAL, **more)
    return [one.entry for one in told.suggestions]


def kept(here: Site) -> dict[str, bytes | None]:
    with closing(Store(here.root / "store")) as store:
        return {"": store.noted("suggest"), **{name: store.part(name) for name in store.parts()}}


@pytest.mark.parametrize("name", ["4", "new/4.md", "content/new/4.md"])
def test_a_draft_goes_by_its_id_and_its_file(here: Site, name: str) -> None:
    assert suggested(here, name) == [("Kernel", "Ceph")]


def test_a_file_goes_by_where_it_stands(here: Site) -> None:
    assert suggested(here, str(here.root / "content/new/4.md")) == [("Kernel", "Ceph")]


def test_a_file_outside_the_archive_is_read_as_its_articles_are(here: Site, tmp_path: Path) -> None:
    place = tmp_path / "draft.md"
    place.write_text("# Delayed\n\nA journal, with extents.\n", "utf-8")

    assert suggested(here, str(place)) == [("Kernel", "ext4")]


def test_entries_that_an_article_has_are_told_apart(here: Site) -> None:
    told = suggesting.suggested(found_of(here), "1", options=SERIAL, own=True)

    assert ("Kernel", "Ceph") not in suggested(here, "1")
    assert next((one.entry, one.held) for one in told.suggestions) == (("Kernel", "Ceph"), True)
    assert told.profile.entries == (("Kernel", "Ceph"),)


@pytest.mark.parametrize("name", ["11", "new/5.md"])
def test_an_article_that_is_not_there_is_told_with_what_is(here: Site, name: str) -> None:
    with pytest.raises(SiteError, match=r"there is no article.*Did you mean") as told:
        suggested(here, name)

    assert told.value.exit_code == 2


def test_no_file_has_too_long_a_name(here: Site) -> None:
    with pytest.raises(SiteError, match="there is no article"):
        suggested(here, "A teaser, and no name. " * 20)


def test_without_entries_nothing_can_be_suggested(tmp_path: Path) -> None:
    here = Site(tmp_path)
    here.put("content/1.md", "---\ntitle: One\n---\nWords.\n")

    with pytest.raises(SiteError, match="no article of the archive has index entries"):
        suggested(here, "1")


def test_an_article_without_words_is_told(here: Site) -> None:
    here.put("content/5.md", "---\nid: five\ntitle: '?'\n---\n---\n")

    with pytest.raises(SiteError, match="holds no word"):
        suggested(here, "five")


def test_what_was_counted_is_kept_and_not_counted_again(here: Site) -> None:
    suggested(here, "4")
    first = kept(here)
    suggested(here, "1")

    assert None not in first.values()
    assert kept(here) == first


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("content/2.md", article("Snapshots", "osd rados osd rados", day=2, topic="Kernel/Rados"), "Rados"),
        ("content/new/4.md", "---\ntitle: New\ndraft: true\n---\nJournal, extents.\n", "ext4"),
        ("content/5.md", article("Osd", "Osd, rados", day=4, topic="Kernel/Osd"), "Osd"),
    ],
)
def test_every_edit_counts(here: Site, path: str, text: str, expected: str) -> None:
    suggested(here, "4")
    here.put(path, text)

    assert suggested(here, "4")[0] == ("Kernel", expected)


def test_a_source_that_is_gone_counts_no_more(here: Site) -> None:
    suggested(here, "4")
    for path in ("1.md", "2.md"):
        (here.root / "content" / path).unlink()

    assert suggested(here, "4") == []


def test_a_build_leaves_what_was_counted(here: Site) -> None:
    suggested(here, "4")
    first = kept(here)
    site.build(found_of(here), Options(executor="serial"))

    assert kept(here) == first
    assert suggested(here, "4") == [("Kernel", "Ceph")]


def test_what_is_kept_is_the_same_after_an_edit_and_its_undoing(here: Site) -> None:
    suggested(here, "4")
    first = kept(here)
    text = (here.root / "content/2.md").read_text("utf-8")
    here.put("content/2.md", text + "More.\n")
    suggested(here, "4")
    second = kept(here)
    here.put("content/2.md", text)
    suggested(here, "4")

    assert second != first
    assert kept(here) == first


def test_an_article_counts_from_its_day_on(here: Site) -> None:
    here.put(
        "content/5.md",
        article("Osd", "osd rados osd", topic="Kernel/Osd", header="expires: 2020-06-01\n"),
    )
    found = found_of(here)

    def on(day: str) -> set[tuple[str, ...]]:
        told = suggesting.suggested(found, "4", options=SERIAL._replace(now=day))
        return {one.entry for one in told.suggestions}

    assert ("Kernel", "Osd") in on("2020-05-31")
    assert ("Kernel", "Osd") not in on("2020-06-01")
    assert ("Kernel", "Osd") in on("2020-05-31")


def test_a_trial_gives_figures_for_each_seed(here: Site) -> None:
    found = suggesting.evaluated(found_of(here), (1, 2), 0.4, SERIAL)

    assert [(one.seed, one.articles, one.held_out) for one in found] == [(1, 3, 1), (2, 3, 1)]
