"""A site that is a link leads to one of two trees, whatever stood in its place before."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from pathlib import Path

import pytest

from lwnindex.disk import Disk
from lwnindex.problems import SiteError
from lwnindex.trees import check_place, check_switch, holder, own_place, site_of
from tests.linked import plainly, published, site, texts, theirs
from tests.test_journal import NEW, OLD, THEIRS, killed

# Where they stand --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        ("/x/.site.lwnindex-trees/a", "/x/site"),
        ("/x/.site.lwnindex-trees/b", "/x/site"),
        ("/x/..a.b.lwnindex-trees/b", "/x/.a.b"),
        ("/x/.site.lwnindex-trees/c", "/x/.site.lwnindex-trees/c"),
        ("/x/site.lwnindex-trees/a", "/x/site.lwnindex-trees/a"),
        ("/x/..lwnindex-trees/a", "/x/..lwnindex-trees/a"),
        ("/x/site", "/x/site"),
        ("/x/a", "/x/a"),
        ("/a", "/a"),
        ("/", "/"),
    ],
)
def test_a_tree_is_known_by_where_it_stands(tree: str, place: str) -> None:
    assert site_of(Path(tree)) == Path(place)


def test_the_link_itself_is_meant_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "way").symlink_to("folder")
    (tmp_path / "folder/site").symlink_to("elsewhere")
    place = own_place(tmp_path / "way/site")

    assert place == tmp_path / "folder/site"
    assert holder(place) == tmp_path / "folder/.site.lwnindex-trees"


@pytest.mark.parametrize("output", ["", ".", "folder/.."])
def test_a_folder_that_is_not_named_is_one_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)

    assert own_place(Path(output)) == tmp_path


# From one way to the other -----------------------------------------------------------------------


def test_a_folder_becomes_a_tree_with_all_that_is_in_it(tmp_path: Path) -> None:
    plainly(tmp_path, OLD)
    theirs(tmp_path)
    tally = published(tmp_path, {**OLD, "index.html": "new"})

    assert (tally.written, tally.kept) == (("index.html",), len(OLD) - 1)
    assert site(tmp_path) == {**OLD, "index.html": "new", **THEIRS}
    assert texts(tmp_path / ".site.lwnindex-trees/a") == {**OLD, **THEIRS}


class Old(Disk):
    """A system on which two things cannot change places."""

    def exchange(self, one: str, other: str) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), one)


class OldDying(Old):
    """The same, on which a process is killed between two renames."""

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_folder_becomes_a_tree_where_two_renames_are_needed(tmp_path: Path) -> None:
    plainly(tmp_path, OLD)
    theirs(tmp_path)
    assert killed(lambda: published(tmp_path, NEW, OldDying()))
    published(tmp_path, OLD, Old())
    assert (site(tmp_path), (tmp_path / "site").is_symlink()) == ({**OLD, **THEIRS}, True)

    assert published(tmp_path, NEW).problems == ()
    assert site(tmp_path) == {**NEW, **THEIRS}


def test_a_tree_that_a_link_leads_to_changes_by_renames(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    tree = (tmp_path / "site").resolve()
    plainly(tmp_path, NEW)
    assert ((tmp_path / "site").resolve(), site(tmp_path)) == (tree, NEW)

    assert published(tmp_path, {**NEW, "index.html": "newer"}).written == ("index.html",)
    assert site(tmp_path) == {**NEW, "index.html": "newer"}


def test_who_leads_the_link_back_has_the_last_site_and_the_next_build_is_right(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    published(tmp_path, NEW)
    (tmp_path / "site").unlink()
    (tmp_path / "site").symlink_to(".site.lwnindex-trees/a")
    assert site(tmp_path) == OLD

    published(tmp_path, NEW)
    assert site(tmp_path) == NEW


@pytest.mark.parametrize("gone", ["site", ".site.lwnindex-trees/a", ".site.lwnindex-trees/b"])
def test_what_is_missing_is_made_again(tmp_path: Path, gone: str) -> None:
    published(tmp_path, OLD)
    place = tmp_path / gone
    place.unlink() if place.is_symlink() else shutil.rmtree(place)

    assert published(tmp_path, NEW).problems == ()
    assert site(tmp_path) == NEW


def test_a_link_that_leads_elsewhere_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to("elsewhere")
    for check in (lambda: check_switch(tmp_path / "site"), lambda: published(tmp_path, OLD)):
        with pytest.raises(SiteError, match="is no tree of this site, and is left alone"):
            check()

    assert (texts(tmp_path / "elsewhere"), (tmp_path / "site").readlink()) == ({}, Path("elsewhere"))


def test_a_link_in_the_place_of_the_trees_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".site.lwnindex-trees").symlink_to("elsewhere")
    with pytest.raises(SiteError, match="is a link, and is left alone"):
        check_switch(tmp_path / "site")


def test_a_name_that_leaves_no_room_for_that_of_the_trees_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"File name too long\. Name another output") as caught:
        check_switch(tmp_path / ("s" * 240))

    assert caught.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_of_its_own_is_refused() -> None:
    with pytest.raises(SiteError, match=r"no link can take\. Name a folder in it") as caught:
        check_switch(Path("/proc"))

    assert caught.value.exit_code == 2


@pytest.mark.parametrize("below", ["de", "deep/er/de"])
def test_an_output_in_a_site_that_is_a_link_is_refused(tmp_path: Path, below: str) -> None:
    published(tmp_path, OLD)
    (tmp_path / "site/deep/er").mkdir(parents=True)
    with pytest.raises(SiteError, match="which is a link that each build leads to another folder") as caught:
        check_place(tmp_path / "site" / below)
    check_place(tmp_path / "site")
    check_place(tmp_path / "other" / below)

    assert caught.value.exit_code == 2


def test_a_folder_beside_two_trees_is_refused(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    (tmp_path / "site").unlink()
    plainly(tmp_path, NEW)
    with pytest.raises(SiteError, match="holds two trees of it already"):
        published(tmp_path, OLD)

    assert site(tmp_path) == NEW


class Refusing(Disk):
    """A system on which we may make no symbolic link."""

    def symlink(self, target: str, place: str) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), place)


def test_who_may_make_no_link_is_told_of_the_other_way(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match='Say `switch = "renames"`'):
        published(tmp_path, OLD, Refusing())

    plainly(tmp_path, OLD)
    with pytest.raises(SiteError, match='Say `switch = "renames"`'):
        published(tmp_path, OLD, Refusing())
    assert site(tmp_path) == OLD
