"""Whatever ends a build, and whenever: no file is half written, and there is nothing to repair by hand."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest

from lwnindex.digest import digest_bytes
from lwnindex.disk import DISK, NOWHERE, Disk
from lwnindex.engine.executors import Serial
from lwnindex.engine.store import Store, Written
from lwnindex.journal import (
    FRESH,
    PART,
    Change,
    Record,
    Removal,
    beside,
    commit,
    complete,
    drop,
    read,
    recover,
    stage,
    staged,
)
from lwnindex.problems import SiteError
from lwnindex.writing import Made, Tally, write
from tests.disks import dying, failing, unprivileged_folder

Pages = Mapping[str, str]

OLD = {
    "index.html": "old home",
    "same.html": "the same",
    "file": "a file that becomes a folder",
    "folder/deep/page.html": "a folder that becomes a file",
    "gone/page.html": "gone",
    **{f"Articles/{number}/index.html": f"old {number}" for number in range(4)},
}
NEW = {
    "index.html": "new home",
    "same.html": "the same",
    "file/page.html": "in a folder",
    "folder": "a file",
    **{f"Articles/{number}/index.html": f"new {number}" for number in range(2, 6)},
}
THEIRS = {"CNAME": "news.example", ".git/HEAD": "ref"}


def written(root: Path, pages: Pages, disk: Disk = DISK) -> Tally:
    """Write a site of these texts into a root's `site/`, with the store beside it."""

    def make(path: str, last: str) -> Made:
        own = digest_bytes(pages[path].encode())
        return Made(own, None if own == last else pages[path].encode())

    with closing(Store(root / "store")) as store:
        return write(tuple(pages), make, root / "site", store, Serial(), disk=disk)


def texts(root: Path) -> dict[str, str]:
    """Return every file's text by its path, all below a root but its store."""
    places = {each.relative_to(root).as_posix(): each for each in root.rglob("*") if each.is_file()}
    return {path: each.read_text() for path, each in places.items() if not path.startswith("store/")}


def as_site(*pages: Pages) -> dict[str, str]:
    """Return texts by their paths below a root."""
    return {f"site/{path}": text for each in pages for path, text in each.items()}


def folders(root: Path) -> set[str]:
    """Return the folders below a root, but its store."""
    found = {each.relative_to(root).as_posix() for each in root.rglob("*") if each.is_dir()}
    return found - {"store"}


def begun(root: Path, pages: Pages | None) -> None:
    """Have a site of these pages, with files of others; none at all for None."""
    if pages is None:
        return
    written(root, pages)
    for path, text in THEIRS.items():
        (root / "site" / path).parent.mkdir(exist_ok=True)
        (root / "site" / path).write_text(text)


def killed(work: Callable[[], object], after: float | None = None) -> bool:
    """Do work in a process of its own, and kill it after some seconds; tell whether it was killed."""
    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException):
            work()
            code = 0
        os._exit(code)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def assert_no_half_file(root: Path, before: Pages | None, theirs: Pages) -> None:
    """What stands in the site are whole files, of one site or the other, and those of others."""
    found = texts(root / "site")
    allowed = {*(before or {}).items(), *NEW.items(), *theirs.items()}
    assert set(found.items()) <= allowed
    assert set(theirs.items()) <= set(found.items())


def assert_mended(root: Path, theirs: Pages) -> None:
    """One more build ends as a clean one does, with nothing beside it."""
    assert written(root, NEW).problems == ()
    assert texts(root) == as_site(NEW, theirs)
    holding = {str(folder) for path in texts(root) for folder in Path(path).parents} - {"."}
    assert folders(root) == holding
    assert written(root, NEW) == Tally((), len(NEW), (), ())


FAILURES = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS)
SITUATIONS = pytest.mark.parametrize("before", [None, {}, OLD], ids=["no-site", "others-only", "site"])


@SITUATIONS
def test_a_kill_at_any_operation_is_completed_or_dropped(tmp_path: Path, before: Pages | None) -> None:
    moment, dead = 0, True
    theirs = {} if before is None else THEIRS
    while dead:
        root = tmp_path / str(moment)
        root.mkdir()
        begun(root, before)
        dead = killed(lambda root=root, moment=moment: written(root, NEW, dying(moment)))  # type: ignore[misc]

        assert_no_half_file(root, before, theirs)
        assert_mended(root, theirs)
        moment += 1
    assert moment > 3 * len(NEW)


def test_a_kill_while_an_earlier_one_is_mended_is_mended_too(tmp_path: Path) -> None:
    first = 60
    moment, dead = 0, True
    while dead:
        root = tmp_path / str(moment)
        root.mkdir()
        begun(root, OLD)
        assert killed(lambda root=root: written(root, NEW, dying(first)))  # type: ignore[misc]
        dead = killed(lambda root=root, moment=moment: written(root, NEW, dying(moment)))  # type: ignore[misc]

        assert_no_half_file(root, OLD, THEIRS)
        assert_mended(root, THEIRS)
        moment += 1
    assert moment > 5


@SITUATIONS
def test_a_failure_at_any_operation_is_told_and_mended(tmp_path: Path, before: Pages | None) -> None:
    moment, reached, told = 0, True, 0
    theirs = {} if before is None else THEIRS
    while reached:
        root = tmp_path / str(moment)
        root.mkdir()
        begun(root, before)
        code = FAILURES[moment % len(FAILURES)]
        old, disk = texts(root), failing(moment, code)
        error = failure(root, disk)
        if error:
            told += 1
            assert (os.strerror(code) in str(error), error.exit_code) == (True, 3)
            # Before the record nothing has happened; after it, what has not can be completed.
            assert read(beside(root / "site", PART)) or texts(root) in (old, as_site(NEW, theirs))
        assert_no_half_file(root, before, theirs)
        assert_mended(root, theirs)
        moment, reached = moment + 1, disk.count > moment
    assert told > 2 * len(NEW)


def failure(root: Path, disk: Disk) -> SiteError | None:
    """Write the new site on this disk and return what ended it."""
    try:
        written(root, NEW, disk)
    except SiteError as error:
        return error
    return None


def test_a_kill_at_a_random_moment_is_completed_or_dropped(tmp_path: Path) -> None:
    sites = [
        {f"{number % 9}/{number}": f"{turn} {number % (turn + 2)}" for number in range(99)} for turn in (0, 1)
    ]
    seed = random.randrange(1 << 30)
    moments = random.Random(seed)

    def work() -> None:
        for turn in range(999):
            written(tmp_path, sites[turn % 2])

    for _ in range(30):
        assert killed(work, moments.uniform(0.02, 0.15))
        for path, text in texts(tmp_path / "site").items() if (tmp_path / "site").exists() else ():
            assert text in {site[path] for site in sites}, seed
        assert written(tmp_path, sites[0]).problems == ()
        assert texts(tmp_path) == as_site(sites[0]), seed
        assert not [each for each in tmp_path.iterdir() if each.name not in {"site", "store"}], seed


# What a record may say ---------------------------------------------------------------------------


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with nothing in it."""
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "store")) as store:
        yield store


def sealed(output: Path, *paths: str, removals: tuple[Removal, ...] = ()) -> Path:
    """Have files staged for these paths, with a whole record; return the folder."""
    part = Path(stage(output))
    part.mkdir()
    for path in paths:
        Path(staged(str(part), path)).write_text("staged")
    changes = tuple(Change(path, Written("k", "d", NOWHERE), True) for path in paths)
    body = msgspec.msgpack.encode(Record(changes, removals, {}, ()))
    (part / "record-1").write_bytes(digest_bytes(body).encode() + body)
    return part


def test_a_whole_record_is_completed_and_known_to_the_store(output: Path, store: Store) -> None:
    sealed(output, "a/b")
    recover(output, store)

    assert texts(output.parent) == {"site/a/b": "staged"}
    assert [one.key for one in store.written(str(output)).values()] == ["k"]


@pytest.mark.parametrize("cut", [1, 33, 32, 10], ids=["body", "first-byte", "no-body", "seal"])
def test_a_record_that_is_not_whole_is_dropped(output: Path, store: Store, cut: int) -> None:
    record = sealed(output, "a/b") / "record-1"
    record.write_bytes(record.read_bytes()[: cut if cut > 1 else -1])
    recover(output, store)

    assert texts(output.parent) == {}


OUTSIDE = ["../evil", "/etc/evil", "a/../../evil", "a//b", "", ".", "./a", "a/", "a\0b", ".."]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_record_that_leads_out_of_the_output_is_dropped(output: Path, store: Store, path: str) -> None:
    for record in ((path,), ()):
        sealed(output, *record, removals=(Removal(path, Written("", "", NOWHERE)),))
        recover(output, store)

        assert texts(output.parent) == {}


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_record_that_leads_out_of_the_output_is_the_caller_s_fault(
    output: Path, store: Store, path: str
) -> None:
    one = Written("", digest_bytes(b"mine"), NOWHERE)
    (output.parent / "evil").write_text("mine")
    for record in (
        Record((Change(path, one, True),), (), {}, ()),
        Record((), (Removal(path, one),), {}, ()),
        Record((), (), {path: one}, ()),
        Record((), (), {}, (path,)),
    ):
        with pytest.raises(ValueError, match="out of the output"):
            commit(stage(output), record)
        with pytest.raises(ValueError, match="out of the output"):
            complete(output, stage(output), record, store)
    assert (texts(output.parent), store.written(str(output))) == ({"evil": "mine"}, {})


@pytest.mark.parametrize("ending", [PART, FRESH])
def test_a_link_in_the_way_of_what_is_staged_is_told_and_untouched(
    output: Path, store: Store, ending: str
) -> None:
    mine = output.parent / "mine" / ("0" * 32)
    mine.parent.mkdir()
    mine.write_text("mine")
    link = Path(beside(output, ending))
    link.symlink_to(mine.parent)
    for work in (lambda: recover(output, store), lambda: written(output.parent, NEW)):
        with pytest.raises((NotADirectoryError, SiteError), match=r"a link or a file.* left alone"):
            work()
    if ending == PART:
        for staging in (drop, read):
            with pytest.raises(NotADirectoryError, match="left alone"):
                staging(str(link))

    assert (mine.read_text(), link.is_symlink(), texts(output)) == ("mine", True, {})


class Sweeping(Disk):
    """A disk from which a folder goes whenever a file is to be put into it, so many times."""

    def __init__(self, folder: Path, times: int) -> None:
        self._folder, self._times = folder, times

    def rename(self, old: str, new: str) -> None:
        if new.startswith(f"{self._folder}/") and self._times:
            self._times -= 1
            self._folder.rmdir()
        super().rename(old, new)


def test_a_folder_that_goes_is_made_again_once(output: Path, store: Store) -> None:
    (output / "a").mkdir()
    sealed(output, "a/b")
    recover(output, store, Sweeping(output / "a", 1))
    assert texts(output.parent) == {"site/a/b": "staged"}

    (output / "a/b").unlink()
    sealed(output, "a/b")
    with pytest.raises(FileNotFoundError):
        recover(output, store, Sweeping(output / "a", 2))
    recover(output, store)
    assert texts(output.parent) == {"site/a/b": "staged"}


def test_a_staged_link_is_not_published(output: Path, store: Store) -> None:
    part = sealed(output, "page")
    place = Path(staged(str(part), "page"))
    place.unlink()
    place.symlink_to("/etc/hostname")
    recover(output, store)

    assert (list(output.iterdir()), part.exists()) == ([], False)


def test_a_record_of_something_else_is_dropped(output: Path, store: Store) -> None:
    record = sealed(output) / "record-1"
    body = msgspec.msgpack.encode(["no", "record"])
    record.write_bytes(digest_bytes(body).encode() + body)
    recover(output, store)

    assert not record.parent.exists()


def test_what_somebody_put_there_meanwhile_stays(output: Path, store: Store, tmp_path: Path) -> None:
    gone = Removal("changed", Written("k", digest_bytes(b"as we wrote it"), NOWHERE))
    sealed(output, "file", "link", "folder", "outside/page", removals=(gone,))
    (output / "file").write_text("mine")
    (output / "folder").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (output / "link").symlink_to(tmp_path / "elsewhere/new")
    (output / "outside").symlink_to(tmp_path / "elsewhere")
    (output / "changed").write_text("mine")
    recover(output, store)

    assert texts(tmp_path) == {"site/file": "mine", "site/changed": "mine"}
    assert (output / "folder").is_dir()
    assert store.written(str(output)) == {}


def test_files_of_a_tree_that_did_not_become_the_output_are_not_ours(tmp_path: Path) -> None:
    class Ending(Disk):
        def rename(self, old: str, new: str) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed(lambda: written(tmp_path, {"a": "ours", "b": "ours"}, Ending()))
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a").write_text("mine")

    assert [one.code for one in written(tmp_path, {"a": "ours", "b": "ours"}).problems] == ["foreign-file"]
    assert texts(tmp_path) == as_site({"a": "mine", "b": "ours"})


def test_a_tree_that_did_not_become_the_output_is_removed(output: Path, store: Store) -> None:
    (output.parent / f".site{FRESH}/a/b").mkdir(parents=True)
    written(output.parent, {})

    assert folders(output.parent) == {"site"}


class Apart(Disk):
    """A disk on which a folder is another file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = f"{folder}/"

    def rename(self, old: str, new: str) -> None:
        if old.startswith(self._folder) != new.startswith(self._folder):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), old)
        super().rename(old, new)


def test_a_folder_of_the_output_may_be_another_file_system(tmp_path: Path) -> None:
    written(tmp_path, OLD)
    disk = Apart(tmp_path / "site/Articles")

    assert sorted(written(tmp_path, NEW, disk).written) == sorted(set(NEW) - {"same.html"})
    assert texts(tmp_path) == as_site(NEW)
    assert written(tmp_path, NEW, disk) == Tally((), len(NEW), (), ())


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that everyone may write to, and for the test no right beyond those of everyone."""
    with unprivileged_folder() as folder:
        yield folder


def test_where_nothing_may_be_put_beside_changes_are_staged_inside(unprivileged: Path) -> None:
    moment, dead = 0, True
    while dead:
        root = unprivileged / str(moment)
        root.mkdir()
        begun(root, OLD)
        assert stage(root / "site") == f"{root}/.site{PART}"
        root.chmod(0o555)
        assert stage(root / "site") == f"{root}/site/{PART}"
        dead = killed(lambda root=root, moment=moment: written(root, NEW, dying(moment)))  # type: ignore[misc]

        assert_mended(root, THEIRS)
        root.chmod(0o777)
        moment += 7
    assert moment > 3 * len(NEW)
