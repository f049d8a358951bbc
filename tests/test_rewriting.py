"""Files are rewritten all or none, whenever the process ends or the disk fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec import msgpack

from lwnindex import journal, rewriting
from lwnindex.config import Found
from lwnindex.digest import digest_bytes
from lwnindex.disk import DISK, Disk
from lwnindex.problems import SiteError
from lwnindex.rewriting import Rewrite
from lwnindex.settings import Config
from tests.disks import Counting, dying, failing

OLD = {"a.md": b"old a", "sub/b.md": b"old b"}
NEW = {"a.md": b"new a", "sub/b.md": b"new b", "topics.toml": b"fresh"}


def begun(root: Path) -> Path:
    """Make a store beside articles, and return it."""
    for path, content in OLD.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_bytes(content)
    (root / "store").mkdir()
    return root / "store"


def complete(root: Path, store: Path, disk: Disk = DISK) -> tuple[str, ...]:
    return rewriting.complete(store, [root / "content"], disk)


def wanted(root: Path) -> dict[str, Rewrite]:
    return {str(root / "content" / path): Rewrite(OLD.get(path), new) for path, new in NEW.items()}


def held(root: Path) -> dict[str, bytes]:
    """Return all files but those of the store, hidden ones among them."""
    content = root / "content"
    return {str(one.relative_to(content)): one.read_bytes() for one in content.rglob("*") if one.is_file()}


def operations(root: Path) -> int:
    """Return how many operations a rewriting takes."""
    disk = Counting(lambda _count, _name: None)
    rewriting.rewrite(begun(root), wanted(root), disk)
    return disk.count


def test_all_files_get_their_new_bytes_and_nothing_is_left(tmp_path: Path) -> None:
    store = begun(tmp_path)
    rewriting.rewrite(store, wanted(tmp_path))
    assert held(tmp_path) == NEW
    assert list(store.iterdir()) == []


def test_rights_stay(tmp_path: Path) -> None:
    store = begun(tmp_path)
    (tmp_path / "content/a.md").chmod(0o640)
    rewriting.rewrite(store, wanted(tmp_path))
    assert (tmp_path / "content/a.md").stat().st_mode & 0o7777 == 0o640


def killed(work: Callable[[], object]) -> bool:
    """Do work in a process of its own; tell whether it was killed over it."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.fixture(params=["beside", "elsewhere"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Give a folder for stores, in the articles' file system and in another."""
    if request.param == "beside":
        yield tmp_path / "stores"
        return
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other file system here")
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_killed_at_any_moment_all_is_old_or_the_next_command_makes_all_new(
    tmp_path: Path, stores: Path
) -> None:
    seen = []
    dead, moment = True, 0
    while dead:
        root, store = tmp_path / str(moment), stores / str(moment)
        begun(root)
        store.mkdir(parents=True)
        dead = killed(partial(rewriting.rewrite, store, wanted(root), dying(moment)))
        complete(root, store)
        assert held(root) in (OLD, NEW), moment
        assert list(store.iterdir()) == [], moment
        seen.append(held(root) == NEW)
        moment += 1
    # Once the record is whole nothing leads back.
    assert seen == sorted(seen)
    assert seen.count(False) > 10
    assert seen.count(True) > 5


def test_killed_while_completing_the_next_command_goes_on(tmp_path: Path) -> None:
    dead, moment = True, 0
    while dead:
        root = tmp_path / f"twice{moment}"
        store = begun(root)
        with pytest.raises(SiteError):
            rewriting.rewrite(store, wanted(root), _Powerless())
        dead = killed(partial(complete, root, store, dying(moment)))
        complete(root, store)
        assert held(root) == NEW
        assert list(store.iterdir()) == []
        moment += 1
    assert moment > 5


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_leaves_all_old_or_the_next_command_makes_all_new(
    tmp_path: Path, code: int
) -> None:
    for moment in range(operations(tmp_path / "counted")):
        root = tmp_path / str(moment)
        store = begun(root)
        with pytest.raises(SiteError) as raised:
            rewriting.rewrite(store, wanted(root), failing(moment, code))
        if "Nothing was changed" in str(raised.value):
            assert held(root) == OLD
        complete(root, store)
        assert held(root) in (OLD, NEW)
        assert list(store.iterdir()) == []


@pytest.mark.parametrize("path", ["a.md", "topics.toml"])
def test_a_file_that_changed_since_it_was_read_stops_all(tmp_path: Path, path: str) -> None:
    store = begun(tmp_path)
    files = wanted(tmp_path)
    (tmp_path / "content" / path).write_bytes(b"of the editor")
    with pytest.raises(SiteError, match="changed meanwhile"):
        rewriting.rewrite(store, files)
    assert held(tmp_path) == {**OLD, path: b"of the editor"}
    assert list(store.iterdir()) == []


class _Powerless(Disk):
    """A disk that fails at the first rename, when all is staged and the record is whole."""

    def rename(self, old: str, new: str) -> None:
        raise OSError(errno.EIO, f"{old} stays", new)


def test_what_an_editor_saved_after_a_kill_is_not_written_over(tmp_path: Path) -> None:
    store = begun(tmp_path)
    with pytest.raises(SiteError, match="goes on"):
        rewriting.rewrite(store, wanted(tmp_path), _Powerless())
    mine = tmp_path / "content/a.md"
    mine.write_bytes(b"of the editor")
    assert complete(tmp_path, store) == (str(mine),)
    assert held(tmp_path) == {**NEW, "a.md": b"of the editor"}


def test_a_record_that_is_not_whole_is_none(tmp_path: Path) -> None:
    store = begun(tmp_path)
    with pytest.raises(SiteError):
        rewriting.rewrite(store, wanted(tmp_path), _Powerless())
    record = store / rewriting.PART / "record-1"
    record.write_bytes(record.read_bytes()[:-1])
    assert complete(tmp_path, store) == ()
    assert held(tmp_path) == OLD
    assert list(store.iterdir()) == []


def test_a_command_that_does_not_build_completes_it_too(tmp_path: Path) -> None:
    store = begun(tmp_path)
    with pytest.raises(SiteError):
        rewriting.rewrite(store, wanted(tmp_path), _Powerless())
    found = Found(Config(store="store"), tmp_path, None)
    assert rewriting.completed(found) == found
    assert held(tmp_path) == NEW


# What somebody else sealed -----------------------------------------------------------------------


def sealed(store: Path, place: Path, staged: Path | None = None, folders: tuple[str, ...] = ()) -> None:
    """Put a record there that wants a new file, or folders emptied, as anyone could who may write there."""
    part = store / rewriting.PART
    part.mkdir()
    own = staged or part / "0"
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(b"evil")
    change = rewriting.Change(str(place), str(own), "", digest_bytes(b"evil"))
    (part / "record-1").write_bytes(journal.sealed(msgpack.encode((change,))))
    (part / "folders-1").write_bytes(journal.sealed(msgpack.encode(folders)))


@pytest.mark.parametrize(
    "place",
    [
        *("outside.md", "content/../outside.md", "content/link/evil.md", "content/.hidden.md"),
        *("content/program.py", "content/.git/hooks/new.md/../../../../up.md", "content", "content/n\0.md"),
    ],
)
def test_a_record_in_the_store_changes_nothing_but_sources(tmp_path: Path, place: str) -> None:
    store = begun(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content/link").symlink_to(tmp_path / "elsewhere")
    sealed(store, tmp_path / place)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SiteError, match="Remove it"):
        complete(tmp_path, store)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_record_in_the_store_takes_no_file_from_elsewhere(tmp_path: Path) -> None:
    store = begun(tmp_path)
    sealed(store, tmp_path / "content/new.md", tmp_path / "elsewhere/1")
    with pytest.raises(SiteError, match="Remove it"):
        complete(tmp_path, store)
    assert (tmp_path / "elsewhere/1").exists()


def test_a_record_in_the_store_empties_no_folder_but_those_of_what_is_staged(tmp_path: Path) -> None:
    store = begun(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/1").write_bytes(b"mine")
    sealed(store, tmp_path / "content/new.md", folders=(str(tmp_path / "elsewhere"),))
    with pytest.raises(SiteError, match="Remove it"):
        complete(tmp_path, store)
    assert (tmp_path / "elsewhere/1").read_bytes() == b"mine"


@pytest.mark.parametrize("what", [b"\x01", b"\x91" * 9000, b"\x91\x84"])
def test_a_record_of_another_form_is_told(tmp_path: Path, what: bytes) -> None:
    store = begun(tmp_path)
    sealed(store, tmp_path / "content/new.md")
    (store / rewriting.PART / "record-1").write_bytes(journal.sealed(what))
    with pytest.raises(SiteError, match="Remove it"):
        complete(tmp_path, store)
    assert held(tmp_path) == OLD
