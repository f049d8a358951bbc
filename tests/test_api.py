"""From Python an archive is loaded, a site made of it and written: the one that the command writes."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

import lwnindex
from lwnindex import Config, SiteError, build, load, write
from lwnindex.settings import SiteSettings, ThemeSettings
from tests.plugged import with_plugin
from tests.programs import ROOT
from tests.sites import Site, article, tree


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of two articles, of which one has a link that leads nowhere."""
    found = Site(tmp_path)
    found.put("content/one.md", article("One", "See [two](two.md) and [none](none.md).", day=2))
    found.put("content/two.md", article("Two", "Words."))
    found.put("static/plain.txt", "as it is")
    return found


def test_what_is_written_is_what_the_command_writes(site: Site) -> None:
    right = site.built()
    with load(site.root) as archive:
        made = build(archive)
        report = write(made, site.root / "other")
        pages = {path: made.page(path) for path in made.paths}

    assert tree(site.root / "other") == tree(site.root / "site") == pages
    assert (report.articles, report.pages, report.problems) == (2, right.pages, right.problems)
    assert made.problems == right.problems


def test_what_was_loaded_stays_what_it_is(site: Site) -> None:
    with load(site.root) as archive:
        site.put("content/two.md", article("Other", "Other words."))
        made = build(archive)
        write(made)

        assert archive.text(archive.by_id["two"]) == "Words."
        assert b"Two" in made.page("Articles/two/index.html")
    assert b"Two" in (site.root / "site/Articles/two/index.html").read_bytes()


def test_without_a_store_nothing_is_left_of_one(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("temporary")
    before = tree(site.root)
    old, os.environ["TMPDIR"] = os.environ.get("TMPDIR"), str(folder)
    try:
        import tempfile

        tempfile.tempdir = None
        archive = load(site.root / "lwnindex.toml")
        assert len(list(folder.iterdir())) == 1
        del archive
        gc.collect()
        assert list(folder.iterdir()) == []
    finally:
        tempfile.tempdir = None
        os.environ.pop("TMPDIR") if old is None else os.environ.update(TMPDIR=old)
    assert tree(site.root) == before


def test_a_store_is_that_of_the_command(site: Site) -> None:
    with load(site.root, store=site.root / "store") as archive:
        first = write(build(archive))
    again = site.built()
    assert (len(first.written), len(again.written)) == (again.pages, 0)

    (site.root / "content/two.md").unlink()
    with load(site.root, store=site.root / "store") as archive:
        report = write(build(archive))
    assert "Articles/two/index.html" in report.removed
    site.assert_clean(site.built())


def test_a_configuration_may_be_a_value(site: Site) -> None:
    said = Config(
        content=("content",),
        site=SiteSettings(title="Own", url="https://example.org/"),
        theme=ThemeSettings(name="tiny"),
    )
    with load(said, root=site.root, now="2020-01-01") as archive:
        assert [one.title for one in archive.articles] == ["Two"]
        assert archive.config.site.title == "Own"


def test_plug_ins_work_from_python_too(tmp_path: Path) -> None:
    site = with_plugin(tmp_path)
    with load(site.root) as archive:
        assert archive.by_id["two"].cited_by == ("one",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("none.toml", "there is no configuration none.toml. Name one, its folder, or give a Config."),
        (Config(content=("none",)), "the content folder none does not exist."),
        (Config(site=SiteSettings(language="x y")), '"x y" is no language tag'),
    ],
)
def test_what_cannot_be_loaded_is_told(
    given: str | Config, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SiteError) as caught:
        load(given)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_page_that_there_is_not_is_told(site: Site) -> None:
    with load(site.root) as archive:
        made = build(archive)
        with pytest.raises(SiteError, match=r'no file "Articles/on/index.html". Did you mean "Articles/one/'):
            made.page("Articles/on/index.html")


def test_what_was_let_go_of_says_so(site: Site) -> None:
    with load(site.root) as archive:
        made = build(archive)
    archive.close()

    for use in (lambda: build(archive), lambda: write(made), lambda: made.page("index.html")):
        with pytest.raises(SiteError, match="the archive is closed"):
            use()
    with pytest.raises(SiteError, match="the archive is closed"):
        archive.text(archive.articles[0])


def test_a_damaged_store_is_told_and_mended_by_the_next(site: Site) -> None:
    with load(site.root, store=site.root / "store") as archive:
        made = build(archive)
        write(made)
    for place in (site.root / "store").glob("*.pack"):
        place.write_bytes(bytes(len(place.read_bytes())))
    with load(site.root, store=site.root / "store") as archive, pytest.raises(SiteError, match="is damaged"):
        build(archive)
    with load(site.root, store=site.root / "store") as archive:
        write(build(archive), site.root / "clean")

    assert tree(site.root / "clean") == tree(site.root / "site")


def test_a_site_is_not_written_over_what_it_is_made_of(site: Site) -> None:
    with load(site.root) as archive, pytest.raises(SiteError, match="lie in one another"):
        write(build(archive), site.root / "content")


def test_the_package_is_cheap_to_import_and_gives_its_names() -> None:
    code = (
        "import sys, lwnindex; print([m for m in sys.modules if m.startswith('lwnindex.') or m == 'msgspec'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
    for name in lwnindex.__all__:
        assert callable(getattr(lwnindex, name)), name
    assert set(lwnindex.__all__) <= set(dir(lwnindex))
    with pytest.raises(AttributeError, match="no attribute 'none'"):
        lwnindex.none  # noqa: B018
