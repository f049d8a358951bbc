"""A borrowed store gives and takes like the store itself, whose files stay as they are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import digest_bytes
from lwnindex.engine.borrowed import BorrowedFile, BorrowedStore
from lwnindex.engine.growing import GrowingFile, UnusableError
from lwnindex.engine.store import Store, Written

OWN = digest_bytes(b"own")


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return what stands in a folder: bytes and the time of change of each file."""
    return {place.name: (place.read_bytes(), place.stat().st_mtime_ns) for place in folder.iterdir()}


def filled(folder: Path) -> None:
    with closing(Store(folder)) as store:
        store.keep({"one": b"1"}, {OWN: b"own"})
        store.note("day", b"Monday")
        store.record("/site", {"a.html": Written("k", "d", (1,))})


def test_what_is_put_there_is_read_back_and_nobody_else_sees_it(tmp_path: Path) -> None:
    filled(tmp_path)
    before = files(tmp_path)
    with closing(BorrowedStore(tmp_path)) as store:
        store.keep({"two": b"2"}, {})
        store.note("day", b"Tuesday")
        store.record("/site", {"b.html": Written("k", "d", (1,))}, ["a.html"])

        assert store.results() == {"one": b"1", "two": b"2"}
        assert (store.blob(OWN), store.noted("day")) == (b"own", b"Tuesday")
        assert list(store.written("/site")) == ["b.html"]
    assert files(tmp_path) == before


def test_forgetting_and_sweeping_take_nothing_from_the_store(tmp_path: Path) -> None:
    filled(tmp_path)
    before = files(tmp_path)
    with closing(BorrowedStore(tmp_path)) as store:
        store.sweep([], [])
        store.forget_results()
        store.keep({"two": b"2"}, {})

        assert store.results() == {"two": b"2"}
    assert files(tmp_path) == before


def test_a_missing_store_is_an_empty_one_and_is_not_made(tmp_path: Path) -> None:
    with closing(BorrowedStore(tmp_path / "none")) as store:
        store.keep({"two": b"2"}, {})

        assert store.results() == {"two": b"2"}
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_log_is_as_good_as_empty_and_stays(tmp_path: Path) -> None:
    filled(tmp_path)
    (log,) = tmp_path.glob("*.log")
    log.write_bytes(b"\xff" * 500)
    before = files(tmp_path)
    with closing(BorrowedStore(tmp_path)) as store:
        assert store.results() == {}
    assert files(tmp_path) == before


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"secret")
    (tmp_path / "f").symlink_to("other")
    with closing(BorrowedFile(tmp_path / "f")) as file:
        assert (file.size, file.read(0, 9)) == (0, b"")
    assert (tmp_path / "f").is_symlink()


def test_a_full_disk_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(28, "No space left on device")

    with closing(BorrowedFile(tmp_path / "f")) as file:
        monkeypatch.setattr("os.pwrite", full)
        with pytest.raises(UnusableError, match="No space left"):
            file.append(b"x")


@given(
    st.binary(max_size=9),
    st.lists(st.one_of(st.binary(max_size=5), st.integers(0, 20)), max_size=8),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_it_reads_as_the_file_itself_would(
    tmp_path_factory: pytest.TempPathFactory, base: bytes, steps: list[bytes | int], start: int, length: int
) -> None:
    folder = tmp_path_factory.mktemp("both")
    for name in ("real", "lent"):
        (folder / name).write_bytes(base)
    with closing(GrowingFile(folder / "real")) as real, closing(BorrowedFile(folder / "lent")) as lent:
        for step in steps:
            for file in (real, lent):
                if isinstance(step, bytes):
                    file.append(step)
                elif step <= real.size:
                    file.cut(step)
        assert (lent.size, lent.read(start, length)) == (real.size, real.read(start, length))
    assert (folder / "lent").read_bytes() == base
