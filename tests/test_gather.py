"""Inputs are found out when they are asked for, and what the store knows is not found out again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lwnindex import config, loading, program, theme
from lwnindex.digest import digest_bytes
from lwnindex.engine.store import Store
from lwnindex.gather import STYLESHEET, Gathered
from lwnindex.pipeline import Copy
from lwnindex.problems import SiteError
from lwnindex.settings import EXAMPLE
from lwnindex.viewmodel import FileView, NotFoundView, SiteView
from tests.sites import Site, article


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose files, and those of the program, are not so young that they would be read again."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))
    monkeypatch.setattr(program, "_TOO_FRESH", -(10**15))
    found = Site(tmp_path)
    found.put("content/one.md", article("One", "Words."))
    found.put("static/deep/k.txt", "k")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "store")) as found:
        yield found


def gathered(site: Site, store: Store, *, trust: bool = True) -> Gathered:
    return Gathered(config.load(site.root / "lwnindex.toml", {}, {}), store, trust=trust)


def remembered(site: Site, store: Store) -> Gathered:
    """Return what was gathered, after it was all remembered."""
    found = gathered(site, store)
    found.remember({one.file: digest_bytes(found.read(one)) for one in found.sources.sources})
    return found


def digests(found: Gathered) -> dict[str, str]:
    """Return the digests of sources, as far as they are known."""
    return {one.file: one.digest for one in found.sources.sources}


# Sources and files -------------------------------------------------------------------------------


def test_sources_are_named_and_read_when_they_are_asked_for(site: Site, store: Store) -> None:
    found = gathered(site, store)
    (source,) = found.sources.sources

    assert source.digest == ""
    assert found.read(source) == article("One", "Words.").encode()


def test_static_files_are_known_by_their_paths_and_places(site: Site, store: Store) -> None:
    found = gathered(site, store)

    assert found.copied == {"deep/k.txt": digest_bytes(b"k")}
    assert found.places == {digest_bytes(b"k"): str(site.root / "static/deep/k.txt")}


def test_what_is_remembered_has_its_digest_the_next_time(site: Site, store: Store) -> None:
    remembered(site, store)

    assert digests(gathered(site, store)) == {
        "content/one.md": digest_bytes(article("One", "Words.").encode())
    }


def test_without_trust_nothing_has(site: Site, store: Store) -> None:
    remembered(site, store)

    assert digests(gathered(site, store, trust=False)) == {"content/one.md": ""}


def test_what_changed_meanwhile_has_none(site: Site, store: Store) -> None:
    remembered(site, store)
    site.put("content/one.md", article("One", "Other."))
    site.put("static/deep/k.txt", "l")
    found = gathered(site, store)

    assert digests(found) == {"content/one.md": ""}
    assert found.copied == {"deep/k.txt": digest_bytes(b"l")}


def test_what_the_walk_met_is_told_for_sources_and_files(site: Site, store: Store) -> None:
    (site.root / "content/loop").symlink_to("loop")
    (site.root / "static/loop").symlink_to("loop")

    assert [(one.code, one.file) for one in gathered(site, store).problems] == [
        ("unreadable", "content/loop"),
        ("unreadable", "static/loop"),
    ]


def test_a_site_without_an_address_is_built_for_the_example_s(site: Site, store: Store) -> None:
    site.put("lwnindex.toml", "")

    assert gathered(site, store).config.site.url == EXAMPLE


# The program and the theme -----------------------------------------------------------------------


def never(*_: object) -> str:
    raise AssertionError("it is known already")


def test_the_program_is_read_once(site: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gathered(site, store).fingerprint
    monkeypatch.setattr(program, "fingerprint", never)

    assert gathered(site, store).fingerprint == first == gathered(site, store).fingerprint


def test_the_program_is_not_read_again_for_a_file_in_the_folder_that_holds_it(
    site: Site, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "checkout").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "checkout"), *sys.path])
    first = gathered(site, store).fingerprint
    monkeypatch.setattr(program, "fingerprint", never)
    (tmp_path / "checkout/.coverage.7").touch()

    assert gathered(site, store).fingerprint == first


def test_without_trust_it_is_read_again(site: Site, store: Store) -> None:
    first = gathered(site, store).fingerprint
    store.note("program", store.noted("program").replace(first.encode(), b"f" * len(first)))  # type: ignore[union-attr]

    assert gathered(site, store).fingerprint == "f" * len(first)
    assert gathered(site, store, trust=False).fingerprint == first


def test_a_program_that_changed_just_now_is_read_each_time(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "seal", lambda *_: "")
    first = gathered(site, store).fingerprint
    monkeypatch.setattr(program, "fingerprint", lambda *_: "another")

    assert gathered(site, store).fingerprint == "another" != first


@pytest.mark.parametrize("what", ["program", "theme"])
@pytest.mark.parametrize("value", [b"", b"\xc1", b"\x91\x01"])
def test_what_is_noted_in_another_form_is_found_out_again(
    site: Site, store: Store, what: str, value: bytes
) -> None:
    first = gathered(site, store)
    before = (first.fingerprint, first.theme)
    store.note(what, value)
    again = gathered(site, store)

    assert (again.fingerprint, again.theme) == before


def test_a_theme_is_checked_once(site: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gathered(site, store).theme
    monkeypatch.setattr(theme, "theme", never)

    assert gathered(site, store).theme == first


def test_a_theme_that_changed_is_checked_again(site: Site, store: Store) -> None:
    before = gathered(site, store).theme
    site.put("templates/404.html", "{{ page.title }}")
    after = gathered(site, store).theme

    assert {name for name in before.closures if after.closures[name] != before.closures[name]} == {"404.html"}
    site.put("templates/404.html", "{{ nobody }}")
    with pytest.raises(SiteError, match=r"404\.html:1: "):
        _ = gathered(site, store).theme
    with pytest.raises(SiteError, match=r"404\.html:1: "):
        _ = gathered(site, store).theme


def test_the_colours_of_code_are_an_asset(site: Site, store: Store) -> None:
    assets = gathered(site, store).theme.assets

    assert set(assets) == {"assets/site.css", STYLESHEET}
    assert b".highlight" in assets[STYLESHEET]


# Circumstances -----------------------------------------------------------------------------------

UNCHANGED: dict[str, Callable[[Site], object]] = {
    "nothing": lambda _: None,
    "source": lambda site: site.put("content/one.md", article("Uno", "Other.")),
    "new source": lambda site: site.put("content/two.md", article("Two", "Words.")),
    "same file": lambda site: site.put("static/deep/k.txt", "k"),
    "remark in the configuration": lambda site: site.change("lwnindex.toml", "[site]", "[site] # remark"),
    "no template": lambda site: site.put("templates/README", "words"),
}
CHANGED: dict[str, Callable[[Site], object]] = {
    "configuration": lambda site: site.change("lwnindex.toml", '"T"', '"U"'),
    "template": lambda site: site.change("themes/tiny/templates/all.html", "<p>", "<b>"),
    "new template": lambda site: site.put("templates/mine.html", ""),
    "asset": lambda site: site.put("themes/tiny/assets/site.css", "q {}"),
    "new asset": lambda site: site.put("themes/tiny/assets/k.txt", "k"),
    "asset's name": lambda site: (site.root / "themes/tiny/assets/site.css").rename(
        site.root / "themes/tiny/assets/s.css"
    ),
    "static file": lambda site: site.put("static/deep/k.txt", "l"),
    "static file's name": lambda site: (site.root / "static/deep/k.txt").rename(site.root / "static/k.txt"),
    "static file removed": lambda site: (site.root / "static/deep/k.txt").rename(site.root / "k.txt"),
}


@pytest.mark.parametrize("edit", UNCHANGED.values(), ids=UNCHANGED)
def test_sources_are_no_circumstance(site: Site, store: Store, edit: Callable[[Site], object]) -> None:
    before = gathered(site, store).circumstances
    edit(site)

    assert gathered(site, store).circumstances == before


@pytest.mark.parametrize("edit", CHANGED.values(), ids=CHANGED)
def test_all_else_is(site: Site, store: Store, edit: Callable[[Site], object]) -> None:
    before = gathered(site, store).circumstances
    edit(site)

    assert gathered(site, store).circumstances != before


def test_the_program_is(site: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = gathered(site, store).circumstances
    monkeypatch.setattr(program, "seal", lambda *_: "another")
    monkeypatch.setattr(program, "fingerprint", lambda *_: "another")

    assert gathered(site, store).circumstances != before


# Tools -------------------------------------------------------------------------------------------


def test_files_and_assets_are_copied_from_where_they_are(site: Site, store: Store) -> None:
    tools = gathered(site, store).tools(SiteView(title="T", url=EXAMPLE), store.blob)

    assert tools.copied(digest_bytes(b"k")) == Copy(str(site.root / "static/deep/k.txt"))
    assert tools.copied(digest_bytes(b"p {}")) == b"p {}"


def test_a_page_s_key_is_that_of_its_view_and_its_template(site: Site, store: Store) -> None:
    view, shown = NotFoundView(path="404.html", root="/", title="T"), SiteView(title="T", url=EXAMPLE)

    def key() -> str:
        return gathered(site, store).tools(shown, store.blob).key(view)

    before = key()
    site.put("templates/home.html", "other")
    assert key() == before
    site.put("templates/404.html", "other")
    assert key() != before


def test_a_copied_file_s_key_is_its_digest(site: Site, store: Store) -> None:
    tools = gathered(site, store).tools(SiteView(title="T", url=EXAMPLE), store.blob)

    assert tools.key(FileView(path="k", root="", title="", digest="d" * 32)) == "d" * 32
