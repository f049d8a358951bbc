"""Both trees of a site have all that somebody put there, and nothing that somebody took out."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lwnindex.carried import Memory, noted
from lwnindex.digest import digest_bytes
from lwnindex.disk import Disk
from lwnindex.engine.store import Store
from lwnindex.problems import SiteError
from tests.linked import published, site, texts, theirs
from tests.test_journal import NEW, OLD, THEIRS
from tests.unprivileged import unprivileged

__all__ = ["unprivileged"]

Put = Callable[[Path, str], None]

MARKED = '<meta name="generator" content="lwnindex">'


# What is not ours --------------------------------------------------------------------------------


def test_what_somebody_puts_into_the_site_stays_there_after_each_build(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    theirs(tmp_path)
    (tmp_path / "site/empty/deep").mkdir(parents=True)
    (tmp_path / "site/private").mkdir(mode=0o700)
    (tmp_path / "site/link").symlink_to("CNAME")
    (tmp_path / "site/outside").symlink_to("/nowhere/at/all")
    for text in ("one", "two", "three"):
        published(tmp_path, {"index.html": text})
        root = tmp_path / "site"

        assert site(tmp_path) == {"index.html": text, **THEIRS, "link": THEIRS["CNAME"]}
        assert (root / "empty/deep").is_dir()
        assert (root / "private").stat().st_mode & 0o777 == 0o700
        assert ((root / "link").readlink(), (root / "outside").readlink()) == (
            Path("CNAME"),
            Path("/nowhere/at/all"),
        )


def modes(root: Path) -> dict[str, int]:
    """Return the rights of all folders of the site, by their paths."""
    top = (root / "site").resolve()
    folders = [top, *(each for each in top.rglob("*") if each.is_dir())]
    return {each.relative_to(top).as_posix(): each.stat().st_mode & 0o7777 for each in folders}


def test_rights_that_somebody_gives_to_folders_of_the_site_stay_after_each_build(tmp_path: Path) -> None:
    pages = {"index.html": "zero", "a/index.html": "a", "a/b/index.html": "b"}
    published(tmp_path, pages)
    (tmp_path / "site/own").mkdir()
    given = {".": 0o2751, "a": 0o700, "a/b": 0o555, "own": 0o711}
    for path, mode in given.items():
        (tmp_path / "site" / path).chmod(mode)
    for text in ("one", "two", "three"):
        published(tmp_path, {**pages, "index.html": text})
        assert modes(tmp_path) == given


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give a folder to somebody else")
def test_folders_of_the_site_that_are_given_to_somebody_stay_theirs(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "zero", "a/index.html": "a"})
    os.chown(tmp_path / "site", 12, 34)
    os.chown(tmp_path / "site/a", -1, 56)
    for text in ("one", "two"):
        published(tmp_path, {"index.html": text, "a/index.html": "a"})
        found = [(tmp_path / path).stat() for path in ("site", "site/a")]
        assert [(each.st_uid, each.st_gid) for each in found] == [(12, 34), (os.getuid(), 56)]


def test_a_folder_of_somebody_s_that_may_not_be_changed_is_shared_as_it_is(
    unprivileged: Path,
) -> None:
    published(unprivileged, {"index.html": "zero"})
    own = unprivileged / "site/own"
    own.mkdir()
    for text in ("one", "two", "three"):
        own.chmod(0o755)
        (own / "last").unlink(missing_ok=True)
        in_its_place(own / "file", text)
        in_its_place(own / ("last" if text == "two" else text), text)
        own.chmod(0o555)
        published(unprivileged, {"index.html": text})
        assert texts(own)["file"] == text
        assert own.stat().st_mode & 0o777 == 0o555
    assert texts(own) == {"file": "three", "one": "one", "three": "three"}
    for tree in (unprivileged / ".site.lwnindex-trees").iterdir():
        (tree / "own").chmod(0o755)


def test_a_file_that_can_be_neither_shared_nor_read_is_told_with_a_way_out(unprivileged: Path) -> None:
    published(unprivileged, OLD)
    place = unprivileged / "site/locked"
    place.write_text("mine")
    place.chmod(0)
    with pytest.raises(SiteError, match=r"locked cannot be read: Permission denied. Give the right"):
        published(unprivileged, NEW, Linkless())


def test_what_somebody_takes_out_of_the_site_does_not_come_back(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    theirs(tmp_path)
    (tmp_path / "site/folder/empty").mkdir(parents=True)
    published(tmp_path, {"index.html": "one"})
    (tmp_path / "site/CNAME").unlink()
    (tmp_path / "site/folder/empty").rmdir()
    (tmp_path / "site/folder").rmdir()
    for text in ("two", "three"):
        published(tmp_path, {"index.html": text})

        assert site(tmp_path) == {"index.html": text, ".git/HEAD": "ref"}
        assert not (tmp_path / "site/folder").exists()


def in_place(place: Path, text: str) -> None:
    """Write a file as one that goes on being the same file."""
    place.write_text(text)


def in_its_place(place: Path, text: str) -> None:
    """Put another file into the place of a file, as most editors do."""
    place.unlink(missing_ok=True)
    place.write_text(text)


@pytest.mark.parametrize("put", [in_place, in_its_place])
def test_what_somebody_changes_in_the_site_stays_as_it_is(tmp_path: Path, put: Put) -> None:
    published(tmp_path, OLD)
    theirs(tmp_path)
    for text in ("one", "two", "three"):
        put(tmp_path / "site/CNAME", text)
        published(tmp_path, {"index.html": text})
        assert site(tmp_path) == {"index.html": text, "CNAME": text, ".git/HEAD": "ref"}
    (tmp_path / "site/CNAME").unlink()
    for text in ("four", "five"):
        published(tmp_path, {"index.html": text})
        assert site(tmp_path) == {"index.html": text, ".git/HEAD": "ref"}


def test_what_somebody_put_into_the_old_tree_while_that_was_left_is_published_next(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "one"})
    theirs(tmp_path)
    published(tmp_path, {"index.html": "two"})
    old = tmp_path / ".site.lwnindex-trees/a"
    (old / "late").write_text("late")
    in_its_place(old / "CNAME", "newer")
    for text in ("three", "four", "five"):
        published(tmp_path, {"index.html": text})
        assert site(tmp_path) == {"index.html": text, "late": "late", "CNAME": "newer", ".git/HEAD": "ref"}


def test_two_files_of_others_in_one_place_are_both_kept(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "one"})
    (tmp_path / "site/mine").write_text("mine")
    (tmp_path / ".site.lwnindex-trees/b/mine").write_text("yours")
    kept = tmp_path / ".site.lwnindex-trees/kept/mine"
    tally = published(tmp_path, {"index.html": "two"})

    assert [(one.code, one.file) for one in tally.problems] == [("kept-file", str(kept))]
    assert (site(tmp_path), kept.read_text()) == ({"index.html": "two", "mine": "mine"}, "yours")


def test_somebody_s_file_in_a_page_s_place_is_told_where_it_is_published(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "one"})
    (tmp_path / "site/mine").write_text("mine")
    tally = published(tmp_path, {"index.html": "two", "mine": "ours"})

    assert [(one.code, one.file) for one in tally.problems] == [("foreign-file", f"{tmp_path}/site/mine")]
    assert site(tmp_path) == {"index.html": "two", "mine": "mine"}


@pytest.mark.parametrize("put", [in_place, in_its_place])
def test_a_page_that_was_changed_by_hand_is_kept_once_the_site_has_it_no_more(
    tmp_path: Path, put: Put
) -> None:
    published(tmp_path, {"index.html": "one", "page": "page"})
    put(tmp_path / "site/page", "changed by hand")
    tally = published(tmp_path, {"index.html": "one"})

    assert [(one.code, one.file) for one in tally.problems] == [("kept-file", f"{tmp_path}/site/page")]
    for text in ("one", "two", "three"):
        assert published(tmp_path, {"index.html": text}).problems == ()
        assert site(tmp_path) == {"index.html": text, "page": "changed by hand"}


@pytest.mark.parametrize("put", [in_place, in_its_place])
def test_a_page_that_was_changed_by_hand_is_made_again(tmp_path: Path, put: Put) -> None:
    published(tmp_path, OLD)
    put(tmp_path / "site/index.html", "changed by hand")
    (tmp_path / "site/same.html").unlink()
    published(tmp_path, OLD)

    assert site(tmp_path) == OLD


# Disks that cannot do all ------------------------------------------------------------------------


class Linkless(Disk):
    """A disk on which no file can have two names."""

    def link(self, old: str, new: str) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), old)


def test_where_no_file_can_have_two_names_files_are_copied_once(tmp_path: Path) -> None:
    published(tmp_path, OLD, Linkless())
    theirs(tmp_path)
    (tmp_path / "site/CNAME").chmod(0o600)
    (tmp_path / "site/link").symlink_to("CNAME")
    for text in ("one", "two", "three"):
        published(tmp_path, {**OLD, "index.html": text}, Linkless())
        assert site(tmp_path) == {**OLD, "index.html": text, **THEIRS, "link": THEIRS["CNAME"]}
        assert (tmp_path / "site/CNAME").stat().st_mode & 0o777 == 0o600
    before = {each: each.lstat().st_mtime_ns for each in tmp_path.glob(".site.lwnindex-trees/*/**/*")}
    published(tmp_path, {**OLD, "index.html": "four"}, Linkless())
    after = {each: each.lstat().st_mtime_ns for each in tmp_path.glob(".site.lwnindex-trees/*/**/*")}
    assert {each.name for each in after if before[each] != after[each]} == {"index.html"}

    (tmp_path / "site/CNAME").unlink()
    published(tmp_path, NEW, Linkless())
    assert site(tmp_path) == {**NEW, ".git/HEAD": "ref"}


def test_a_lost_store_costs_no_file(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    published(tmp_path, {**OLD, "index.html": f"{MARKED} one"})
    published(tmp_path, {**OLD, "index.html": f"{MARKED} two", "gone": MARKED})
    published(tmp_path, {**OLD, "index.html": f"{MARKED} three"})
    theirs(tmp_path)
    shutil.rmtree(tmp_path / "store")
    tally = published(tmp_path, {**OLD, "index.html": f"{MARKED} four", "new": "new"})

    assert (set(tally.written), tally.problems) == ({"index.html", "new"}, ())
    assert site(tmp_path) == {**OLD, "index.html": f"{MARKED} four", **THEIRS, "new": "new"}


def test_after_a_lost_store_nothing_comes_back_from_the_tree_that_is_not_published(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": MARKED, "gone.css": "p {}", "gone.html": MARKED})
    published(tmp_path, {"index.html": f"{MARKED} one"})
    shutil.rmtree(tmp_path / "store")
    tally = published(tmp_path, {"index.html": f"{MARKED} two"})

    kept = tmp_path / ".site.lwnindex-trees/kept/gone.css"
    assert [(one.code, one.file) for one in tally.problems] == [("kept-file", str(kept))]
    assert site(tmp_path) == {"index.html": f"{MARKED} two"}


# What stands in the way --------------------------------------------------------------------------


def test_a_folder_of_somebody_s_stays_when_they_take_its_last_file(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "one"})
    (tmp_path / "site/own/deep").mkdir(parents=True)
    (tmp_path / "site/own/deep/file").write_text("mine")
    published(tmp_path, {"index.html": "two"})
    (tmp_path / "site/own/deep/file").unlink()
    for text in ("three", "four"):
        published(tmp_path, {"index.html": text})
        assert list((tmp_path / "site/own/deep").iterdir()) == []


@pytest.mark.parametrize("store", ["kept", "lost"])
def test_a_file_in_one_tree_and_a_folder_in_the_other_are_both_kept(tmp_path: Path, store: str) -> None:
    published(tmp_path, {"index.html": f"{MARKED}one"})
    trees = tmp_path / ".site.lwnindex-trees"
    for tree, file, folder in (("a", "one", "other"), ("b", "other", "one")):
        (trees / tree / file).write_text(f"a file of {tree}")
        (trees / tree / folder / "deep").mkdir(parents=True)
        (trees / tree / folder / "deep/file").write_text(f"in a folder of {tree}")
    (trees / "b/empty").mkdir()
    (trees / "a/empty").write_text("not")
    if store == "lost":
        shutil.rmtree(tmp_path / "store")
    tally = published(tmp_path, {"index.html": f"{MARKED}two"})

    own = {"one": "a file of a", "other/deep/file": "in a folder of a", "empty": "not"}
    assert site(tmp_path) == {"index.html": f"{MARKED}two", **own}
    assert texts(trees / "kept") == {"other": "a file of b", "one/deep/file": "in a folder of b"}
    assert {one.code for one in tally.problems} == {"kept-file"}
    places = (Path(one.file).relative_to(trees / "kept") for one in tally.problems)
    assert {place.parts[0] for place in places} == {"one", "other", "empty"}


def test_what_is_kept_stands_in_the_way_of_nothing_that_is_to_be_kept(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "one"})
    trees = tmp_path / ".site.lwnindex-trees"
    for path in ("mine", "mine/deep", "mine/deep"):
        shutil.rmtree(tmp_path / "store")
        for tree in ("a", "b"):
            if path == "mine/deep" and (trees / tree / "mine").is_file():
                (trees / tree / "mine").unlink()
            (trees / tree / path).parent.mkdir(exist_ok=True)
            in_its_place(trees / tree / path, f"{path} of {tree}")
        published(tmp_path, {"index.html": "one"})

    kept = {place.name: texts(place) for place in trees.glob("kept*")}
    assert kept == {
        "kept": {"mine": "mine of b"},
        "kept.2": {"mine/deep": "mine/deep of b"},
        "kept.3": {"mine/deep": "mine/deep of b"},
    }


@pytest.mark.parametrize("way", ["../../", "own/../../../", "link/"])
def test_a_store_that_names_places_outside_has_nothing_removed_there(tmp_path: Path, way: str) -> None:
    published(tmp_path, OLD)
    (tmp_path / "site/own").mkdir()
    (tmp_path / "site/link").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("mine")
    published(tmp_path, NEW)
    trees = tmp_path / ".site.lwnindex-trees"
    idle = "a" if (tmp_path / "site").readlink().name == "b" else "b"
    published(tmp_path, NEW)
    told = Memory({f"{way}empty/".encode(): ()}, idle, (f"{way}file".encode(),))
    with closing(Store(tmp_path / "store")) as store:
        store.note(f"carried {digest_bytes(os.fsencode(trees))}", noted(told))
    published(tmp_path, OLD)

    assert (tmp_path / "empty").is_dir()
    assert (tmp_path / "file").read_text() == "mine"
    assert {path: text for path, text in texts(tmp_path / "site").items() if "link" not in path} == OLD
