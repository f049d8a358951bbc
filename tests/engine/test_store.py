"""The store keeps what it was given or says that it is gone; damage never reaches a page."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import digest_bytes
from lwnindex.engine.store import DamagedError, Store, UnusableError, Written

BODY = b"The body of an article, " * 500
NAME = digest_bytes(BODY)
PAGE = Written("key", "digest", "1 2 3")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "deep/store")) as found:
        yield found


def filled(folder: Path) -> Path:
    """Return the file of a store that holds a result, a blob, a hint and a page."""
    with closing(Store(folder)) as store:
        store.keep({"a" * 32: b"first", "b" * 32: b"second"}, {NAME: BODY})
        store.remember_hints({"/x.md": ("1 2 3 4", "d" * 32)})
        store.record("/site", {"index.html": PAGE})
        return store.path


def changed(file: Path, *statements: str) -> None:
    """Change a store behind its back."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


class Told(NamedTuple):
    """What a store tells."""

    results: dict[str, bytes]
    blobs: set[str]
    hints: dict[str, tuple[str, str]]
    written: dict[str, Written]


def everything(folder: Path) -> Told:
    """Return all that a store tells, beginning again where it says that it was damaged."""
    with closing(Store(folder)) as store:
        for _ in range(2):
            try:
                return Told(store.results(), store.digests(), store.hints(), store.written("/site"))
            except DamagedError:
                continue
        return Told({}, set(), {}, {})


def blob_in_the_end(folder: Path) -> bytes:
    """Return the blob, put there anew as often as the store says that it was damaged, three times at most."""
    with closing(Store(folder)) as store:
        for _ in range(3):
            try:
                return store.blob(NAME)
            except DamagedError:
                with suppress(DamagedError):
                    store.keep({}, {NAME: BODY})
        return b"nothing"


# What it keeps -----------------------------------------------------------------------------------


def test_it_gives_back_what_it_was_given(store: Store) -> None:
    store.keep({"k": b"value"}, {NAME: BODY})

    assert store.results() == {"k": b"value"}
    assert store.digests() == {NAME}
    assert store.blob(NAME) == BODY


def test_it_lasts(tmp_path: Path) -> None:
    filled(tmp_path)

    assert everything(tmp_path) == (
        {"a" * 32: b"first", "b" * 32: b"second"},
        {NAME},
        {"/x.md": ("1 2 3 4", "d" * 32)},
        {"index.html": PAGE},
    )


def test_a_later_value_takes_the_place_of_an_earlier_one(store: Store) -> None:
    store.keep({"k": b"old"}, {})
    store.keep({"k": b"new"}, {})

    assert store.results() == {"k": b"new"}


def test_a_sweep_forgets_all_but_what_it_is_told(store: Store) -> None:
    other = digest_bytes(b"other")
    store.keep({"k": b"1", "l": b"2"}, {NAME: BODY, other: b"other"})
    store.sweep(["l"], [other])

    assert (store.results(), store.digests()) == ({"l": b"2"}, {other})


def test_forgetting_results_keeps_what_was_written(store: Store) -> None:
    store.keep({"k": b"1"}, {NAME: BODY})
    store.remember_hints({"/x.md": ("1", "d")})
    store.record("/site", {"index.html": PAGE})
    store.forget_results()

    assert (store.results(), store.digests()) == ({}, set())
    assert (store.hints(), store.written("/site")) == ({"/x.md": ("1", "d")}, {"index.html": PAGE})


def test_new_hints_replace_the_old(store: Store) -> None:
    store.remember_hints({"/x.md": ("1", "d"), "/y.md": ("2", "e")})
    store.remember_hints({"/y.md": ("3", "f")})

    assert store.hints() == {"/y.md": ("3", "f")}


def test_two_outputs_in_one_store_know_nothing_of_each_other(store: Store) -> None:
    store.record("/one", {"a": PAGE, "b": PAGE})
    store.record("/two", {"a": Written("other", "", "")})
    store.record("/one", {"c": PAGE}, removed=["a"])

    assert store.written("/one") == {"b": PAGE, "c": PAGE}
    assert store.written("/two") == {"a": Written("other", "", "")}
    assert store.written("/three") == {}


def test_a_change_that_fails_halfway_leaves_nothing_behind(store: Store) -> None:
    results: dict[str, bytes] = {"k": b"1", "l": None}  # type: ignore[dict-item]

    with pytest.raises(TypeError):
        store.keep(results, {NAME: BODY})

    assert (store.results(), store.digests()) == ({}, set())


@given(
    st.dictionaries(
        st.text("abc/é\n\x00", max_size=9), st.tuples(st.text("0 é", max_size=9), st.text("x", max_size=3))
    )
)
def test_hints_come_back_as_they_went(hints: dict[str, tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        store.remember_hints(hints)

        assert store.hints() == hints


# Damage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE results SET value = (SELECT value FROM results WHERE key LIKE 'b%') WHERE key LIKE 'a%'",
        "UPDATE results SET value = substr(value, 1, 9) WHERE key LIKE 'a%'",
        "UPDATE results SET value = x'' WHERE key LIKE 'a%'",
        "UPDATE results SET value = 'text' WHERE key LIKE 'a%'",
        "UPDATE results SET value = 7 WHERE key LIKE 'a%'",
        "UPDATE results SET key = 'c' WHERE key LIKE 'a%'",
        "UPDATE results SET key = NULL WHERE key LIKE 'a%'",
        "DELETE FROM results WHERE key LIKE 'a%'",
    ],
    ids=["swapped", "truncated", "emptied", "text", "number", "renamed", "nameless", "deleted"],
)
def test_a_damaged_result_is_as_good_as_missing(tmp_path: Path, statement: str) -> None:
    changed(filled(tmp_path), statement)

    with closing(Store(tmp_path)) as store:
        assert store.results() == {"b" * 32: b"second"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blobs SET value = substr(value, 1, 100)",
        "UPDATE blobs SET value = zeroblob(length(value))",
        "UPDATE blobs SET value = 'text'",
        "DELETE FROM blobs",
    ],
    ids=["truncated", "zeroed", "text", "deleted"],
)
def test_a_damaged_blob_is_told_and_not_given(tmp_path: Path, statement: str) -> None:
    changed(filled(tmp_path), statement)

    with closing(Store(tmp_path)) as store, pytest.raises(DamagedError):
        store.blob(NAME)


@pytest.mark.parametrize("column", ["file", "stat", "digest"])
def test_a_damaged_hint_is_none(tmp_path: Path, column: str) -> None:
    changed(filled(tmp_path), f"UPDATE hints SET {column} = replace({column}, substr({column}, 1, 1), '7')")

    with closing(Store(tmp_path)) as store:
        assert store.hints() == {}


@pytest.mark.parametrize("column", ["path", "key", "digest", "stat"])
def test_a_damaged_record_of_a_page_is_none(tmp_path: Path, column: str) -> None:
    changed(filled(tmp_path), f"UPDATE written SET {column} = 'x' || {column}")

    with closing(Store(tmp_path)) as store:
        assert store.written("/site") == {}


def test_a_page_recorded_for_one_output_is_not_another_s(tmp_path: Path) -> None:
    changed(filled(tmp_path), "UPDATE written SET output = '/other'")

    with closing(Store(tmp_path)) as store:
        assert store.written("/other") == {}


def _zeroed(file: Path) -> None:
    file.write_bytes(bytes(len(file.read_bytes())))


def _halved(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _other_program(file: Path) -> None:
    file.unlink()
    changed(file, "CREATE TABLE results (name TEXT)", "CREATE TABLE hints (name TEXT)")


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_text("this is no database, but a letter to the reader\n" * 40),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:50]),
        lambda file: file.with_name(file.name + "-wal").write_bytes(b"no log" * 900),
        _zeroed,
        _halved,
        _other_program,
    ],
    ids=["no-database", "empty", "stub", "log", "zeroed", "halved", "other-tables"],
)
def test_a_damaged_file_gives_way_to_an_empty_one(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    harm(filled(tmp_path))
    everything(tmp_path)

    with closing(Store(tmp_path)) as store:
        store.keep({"new": b"value"}, {NAME: BODY})
        assert store.results()["new"] == b"value"
        assert store.blob(NAME) == BODY


@given(st.data())
def test_whatever_bit_flips_nothing_false_comes_out(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = filled(Path(folder))
        content = bytearray(file.read_bytes())
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
            content[place] ^= 1 << data.draw(st.integers(0, 7))
        file.write_bytes(content)
        results, _, hints, written = everything(Path(folder))

        assert results.items() <= {"a" * 32: b"first", "b" * 32: b"second"}.items()
        assert hints.items() <= {"/x.md": ("1 2 3 4", "d" * 32)}.items()
        assert written.items() <= {"index.html": PAGE}.items()
        assert blob_in_the_end(Path(folder)) == BODY


# What is no damage -------------------------------------------------------------------------------


def test_a_store_in_use_is_waited_for_and_then_told_not_thrown_away(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with closing(Store(tmp_path)) as store, closing(sqlite3.connect(file)) as other:
        store._connection.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnusableError, match="locked"):
            store.keep({"k": b"v"}, {})

    assert everything(tmp_path).blobs == {NAME}


def test_a_folder_in_the_store_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "store-1.sqlite3").mkdir()

    with pytest.raises(UnusableError, match="unable to open"):
        Store(tmp_path)


def test_what_stands_beside_a_damaged_store_stays(tmp_path: Path) -> None:
    file = filled(tmp_path)
    copy = file.with_name(file.name + ".bak")
    copy.write_bytes(file.read_bytes())
    file.write_text("no database " * 99)
    everything(tmp_path)

    assert copy.exists()


def test_a_damaged_store_that_may_not_be_replaced_is_told(tmp_path: Path) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder).write_text("no database " * 99)
        folder.chmod(0o755)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        else:
            folder.chmod(0o555)
        try:
            with pytest.raises(UnusableError, match="Permission denied"):
                Store(folder)
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_closed_store_is_the_caller_s_fault(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.close()

    with pytest.raises(sqlite3.ProgrammingError):
        store.results()
