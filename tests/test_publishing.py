"""A site that is a link leads to a whole tree at every moment, and loses nothing that somebody put there."""

from __future__ import annotations

import errno
import os
import random
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest

from lwnindex import config, loading
from lwnindex.disk import Disk
from lwnindex.exporting import Order, export
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.publishing import to_hold
from lwnindex.writing import Tally
from tests.disks import dying, failing
from tests.linked import Pages, begun, emptied, hidden, plainly, published, site, texts, theirs
from tests.sites import TOML, Site, article
from tests.states import SYMLINK
from tests.test_journal import NEW, OLD, THEIRS, killed

# What is published -------------------------------------------------------------------------------


def test_a_first_build_makes_two_trees_and_a_link_to_one(tmp_path: Path) -> None:
    assert published(tmp_path, OLD) == Tally(tuple(OLD), 0, (), ())

    assert (tmp_path / "site").readlink() == Path(".site.lwnindex-trees/a")
    assert site(tmp_path) == OLD
    assert texts(tmp_path / ".site.lwnindex-trees/b") == OLD
    assert hidden(tmp_path) == {"a", "b"}


def test_a_change_is_published_by_leading_the_link_to_the_other_tree(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    old = (tmp_path / "site").resolve()
    tally = published(tmp_path, NEW)

    assert set(tally.written) == {path for path, text in NEW.items() if OLD.get(path) != text}
    assert set(tally.removed) == OLD.keys() - NEW.keys()
    assert (site(tmp_path), texts(old), hidden(tmp_path)) == (NEW, OLD, {"a", "b"})


def test_unchanged_files_are_shared_by_both_trees(tmp_path: Path) -> None:
    published(tmp_path, OLD)
    published(tmp_path, {**OLD, "index.html": "new"})
    one, other = (tmp_path / ".site.lwnindex-trees" / name for name in "ab")

    shared = {path for path in OLD if (one / path).samefile(other / path)}
    assert shared == OLD.keys() - {"index.html"}


def test_where_nothing_changed_nothing_is_touched(tmp_path: Path) -> None:
    begun(tmp_path, OLD)
    published(tmp_path, NEW)
    published(tmp_path, NEW)
    before = {each: each.lstat().st_mtime_ns for each in tmp_path.glob("site/**/*")}
    link = (tmp_path / "site").lstat()

    assert published(tmp_path, NEW) == Tally((), len(NEW), (), ())
    assert {each: each.lstat().st_mtime_ns for each in tmp_path.glob("site/**/*")} == before
    assert (tmp_path / "site").lstat() == link


def test_any_row_of_sites_is_published_each_as_it_is(tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    choose = random.Random(seed)
    for _ in range(40):
        paths = choose.sample(["a", "b/c", "b/d/e", "f", "g/h", "i/j/k"], choose.randrange(7))
        pages = {path: choose.choice(["one", "two", "three"]) for path in paths}
        assert published(tmp_path, pages).problems == (), seed
        assert site(tmp_path) == pages, seed
        assert hidden(tmp_path) <= {"a", "b"}, seed


# Whatever ends it --------------------------------------------------------------------------------

SITUATIONS = pytest.mark.parametrize("before", [None, {}, OLD], ids=["no-site", "others-only", "site"])


def assert_whole(root: Path, before: Pages | None) -> None:
    """What is published is one site or the other, with the files of others."""
    own = {} if before is None else THEIRS
    assert site(root) in ({**(before or {}), **own}, {**NEW, **own})


def assert_mended(root: Path, before: Pages | None) -> None:
    """One more build ends as a clean one does, with nothing left over."""
    own = {} if before is None else THEIRS
    assert published(root, NEW).problems == ()
    assert site(root) == {**NEW, **own}
    assert hidden(root) <= {"a", "b"}
    assert emptied(root) == []
    assert published(root, NEW) == Tally((), len(NEW), (), ())
    assert published(root, {**NEW, "more": "more"}).problems == ()
    assert site(root) == {**NEW, **own, "more": "more"}


@SITUATIONS
def test_a_kill_at_any_operation_leaves_a_whole_tree(tmp_path: Path, before: Pages | None) -> None:
    moment, dead = 0, True
    while dead:
        root = tmp_path / str(moment)
        root.mkdir()
        begun(root, before)
        dead = killed(lambda root=root, moment=moment: published(root, NEW, dying(moment)))  # type: ignore[misc]

        assert_whole(root, before)
        assert_mended(root, before)
        moment += 1
    assert moment > 3 * len(NEW)


@SITUATIONS
def test_a_failure_at_any_operation_leaves_a_whole_tree(tmp_path: Path, before: Pages | None) -> None:
    codes = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS)
    moment, reached, told = 0, True, 0
    while reached:
        root = tmp_path / str(moment)
        root.mkdir()
        begun(root, before)
        code = codes[moment % len(codes)]
        disk = failing(moment, code)
        error = failure(root, disk)
        if error:
            told += 1
            assert (os.strerror(code) in str(error), error.exit_code) == (True, 3)
        assert_whole(root, before)
        assert_mended(root, before)
        moment, reached = moment + 1, disk.count > moment
    assert told > 2 * len(NEW)


def failure(root: Path, disk: Disk) -> SiteError | None:
    """Publish the new site on this disk and return what ended it."""
    try:
        published(root, NEW, disk)
    except SiteError as error:
        return error
    return None


def test_a_kill_while_a_folder_becomes_a_tree_leaves_a_whole_site(tmp_path: Path) -> None:
    moment, dead = 0, True
    while dead:
        root = tmp_path / str(moment)
        root.mkdir()
        plainly(root, OLD)
        theirs(root)
        dead = killed(lambda root=root, moment=moment: published(root, NEW, dying(moment)))  # type: ignore[misc]

        assert_whole(root, OLD)
        assert_mended(root, OLD)
        moment += 1
    assert moment > 3 * len(NEW)


# Whole builds ------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of three articles that is a link, whose files are not so young that they would be read again."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))
    found = Site(tmp_path)
    found.put("lwnindex.toml", TOML + SYMLINK)
    for number in (1, 2, 3):
        text = f"Lead.\n\nBody {number}."
        found.put(f"content/{number}.md", article(f"Title {number}", text, day=number))
    return found


def test_a_folder_that_holds_the_whole_site_becomes_no_link(archive: Site) -> None:
    (archive.root / "inner").mkdir()
    toml = (TOML + SYMLINK).replace("[output]", '[output]\nfolder = "."')
    archive.put("inner/lwnindex.toml", f'content = ["../content"]\n{toml}')
    with pytest.raises(SiteError, match="holds the whole site") as caught:
        to_hold(config.load(archive.root / "inner/lwnindex.toml", {}, {}))

    assert caught.value.exit_code == 2
    assert not (archive.root / "inner").is_symlink()


def test_each_build_of_a_link_equals_a_clean_one(archive: Site) -> None:
    archive.assert_clean(archive.built())
    assert (archive.root / "site").is_symlink()
    for number in (1, 2, 3):
        archive.change("content/2.md", "Body", f"Body {number}")
        assert archive.revision() is not None
        archive.assert_clean(archive.built())
        assert archive.built().written == ()
    archive.change("content/3.md", "Title", "Another title")
    archive.assert_clean(archive.built())
    (archive.root / "content/1.md").unlink()
    archive.assert_clean(archive.built())
    archive.assert_clean(archive.built(options=Options(executor="serial", clean=True)))
    archive.assert_clean(archive.built(options=Options(executor="serial", trust_stat=False)))


def test_each_build_equals_a_clean_one_whichever_way_it_is_published(archive: Site) -> None:
    for number, switch in enumerate(("renames", "symlink", "renames", "renames", "symlink", "symlink")):
        archive.put("lwnindex.toml", TOML + SYMLINK.replace("symlink", switch))
        archive.change("content/2.md", "Body", f"Body {number}")
        archive.assert_clean(archive.built())
        archive.put("site/CNAME", str(number))
        archive.built()
        assert (archive.root / "site/CNAME").read_text() == str(number)
        (archive.root / "site/CNAME").unlink()


def test_a_build_after_the_link_was_led_back_equals_a_clean_one(archive: Site) -> None:
    archive.built()
    archive.change("content/2.md", "Body", "Other body")
    archive.built()
    (archive.root / "site").unlink()
    (archive.root / "site").symlink_to(".site.lwnindex-trees/a")

    archive.assert_clean(archive.built())


def test_what_had_to_make_way_is_told_by_a_build_that_writes_twice(archive: Site) -> None:
    archive.built()
    archive.put("site/mine", "mine")
    archive.put(".site.lwnindex-trees/b/mine", "yours")
    archive.change("content/2.md", "Body", "Other body")
    assert archive.revision() is not None
    report = archive.built()

    assert [(one.code, Path(one.file).name) for one in report.problems] == [("kept-file", "mine")]
    assert (archive.root / ".site.lwnindex-trees/kept/mine").read_text() == "yours"


def test_two_builds_of_a_link_wait_for_each_other(archive: Site) -> None:
    def builds() -> None:
        for _ in range(3):
            archive.built(store="other")

    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException):
            builds()
            code = 0
        os._exit(code)
    for number in range(3):
        archive.change("content/2.md", "Body", f"Body {number}")
        archive.built()
    assert os.waitpid(child, 0)[1] == 0
    archive.assert_clean(archive.built())


def test_an_export_takes_its_pages_from_the_tree_that_is_published(archive: Site, tmp_path: Path) -> None:
    archive.built()
    archive.change("content/2.md", "Body", "Other body")
    archive.built()
    found = config.load(tmp_path / "lwnindex.toml", {}, {})
    export(found, Order("zip", output=str(tmp_path / "site.zip")), {}, Options(executor="serial"))
    with ZipFile(tmp_path / "site.zip") as packed:
        pages = {name: packed.read(name).decode() for name in packed.namelist()}

    assert any("Other body" in page for page in pages.values())


def test_a_build_with_another_store_that_is_killed_leaves_nothing_to_be_published(tmp_path: Path) -> None:
    moment, dead = 0, True
    while dead:
        root = tmp_path / str(moment)
        root.mkdir()
        published(root, OLD)
        published(root, NEW)
        dead = killed(lambda root=root, moment=moment: by_another(root, dying(moment)))  # type: ignore[misc]
        now = {**NEW, "index.html": "of this store"}
        if dead and site(root) == NEW:
            published(root, now)
            assert (site(root), hidden(root) - {"kept", "kept.2"}) == (now, {"a", "b"})
        moment += 1
    assert moment > 3 * len(NEW)


def by_another(root: Path, disk: Disk) -> None:
    """Publish pages that this site never had, with a store that knows of nothing."""
    published(root, {**NEW, "stale.css": "p {}", "deep/stale.html": "stale"}, disk, store="another")
