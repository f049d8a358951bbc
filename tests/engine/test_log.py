"""The latest word is heard, or none; never an older one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.engine import log as module
from lwnindex.engine.log import Change, Kind, Log, rows_change

decode = msgspec.msgpack.Decoder(tuple[dict[str, int], list[str]]).decode
SAID = ("a", "b" * 255, "é")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with closing(Log(tmp_path / "log")) as found:
        yield found


def replaced(name: str, body: bytes) -> Change:
    return Change(name, Kind.REPLACE, body)


def test_the_last_value_counts(tmp_path: Path) -> None:
    with closing(Log(tmp_path / "log")) as log:
        log.add(replaced("a", b"old"), replaced("b", b"other"))
        log.add(replaced("a", b"new"), Change("b", Kind.FORGET), replaced("empty", b""))
    with closing(Log(tmp_path / "log")) as log:
        assert [log.value(name) for name in ("a", "b", "empty", "none")] == [b"new", None, b"", None]
        assert log.names() == ("a", "empty")


def test_changes_make_a_table(log: Log) -> None:
    log.add(rows_change("t", {"a": 1, "b": 2}))
    log.add(rows_change("t", {"c": 3, "a": 4}, ["b", "none"]), rows_change("u", {"a": 9}))

    assert (log.table("t", decode), log.table("u", decode)) == ({"a": 4, "c": 3}, {"a": 9})
    assert log.table("none", decode) == {}


def test_rows_go_before_others_come(log: Log) -> None:
    log.add(rows_change("t", {"a": 1}))
    log.add(rows_change("t", {"a": 2}, ["a"]))

    assert log.table("t", decode) == {"a": 2}


def test_a_table_that_is_replaced_begins_anew(log: Log) -> None:
    log.add(rows_change("t", {"a": 1}))
    log.add(rows_change("t", {"b": 2}, kind=Kind.REPLACE))

    assert log.table("t", decode) == {"b": 2}


@pytest.mark.parametrize("harm", [b"sEcond", b"\xc1econd"])
def test_what_came_before_a_damaged_change_is_left_out(log: Log, harm: bytes) -> None:
    log.add(rows_change("t", {"first": 1}))
    log.add(rows_change("t", {"second": 2}))
    log.add(rows_change("t", {"third": 3}))
    log.path.write_bytes(log.path.read_bytes().replace(b"second", harm))

    assert log.table("t", decode) == {"third": 3}


def test_rows_of_another_shape_are_left_out(log: Log) -> None:
    log.add(rows_change("t", {"first": 1}), rows_change("t", {"second": "two"}))
    log.add(rows_change("t", {"third": 3}))

    assert log.table("t", decode) == {"third": 3}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"\x92\x81\xa1\xff\x01\x90",
        b"\x92\x80\x91\xa1\xff",
        b"\x92\x80\xdd\xff\xff\xff\xff",
        b"\x92\x81\xa1a" + b"\x91" * 9_000 + b"\x01\x90",
    ],
    ids=["empty", "nothing", "no-text", "no-text-gone", "too-long", "deep"],
)
def test_bytes_of_no_sense_are_left_out_though_their_checksum_is_right(tmp_path: Path, body: bytes) -> None:
    with closing(Log(tmp_path / "log")) as log:
        log.add(rows_change("t", {"first": 1}), Change("t", Kind.ADD, body, 9_000))
        assert (log.table("t", decode), log.table("t", module._RAW.decode)) == ({}, {})
    with closing(Log(tmp_path / "log")) as log:
        log.add(rows_change("t", {"third": 3}))
        assert log.table("t", decode) == {"third": 3}


def test_a_name_that_is_too_long_is_the_caller_s_fault(log: Log) -> None:
    with pytest.raises(module.NameTooLongError):
        log.add(replaced("é" * 128, b""))

    assert log.path.read_bytes() == b""


# Tails and heads ---------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=6), st.data())
def test_an_unfinished_entry_was_never_said(names: list[str], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        sizes = [0]
        with closing(Log(path)) as log:
            for number, name in enumerate(names):
                log.add(replaced(name, b"%d" % number))
                sizes.append(path.stat().st_size)
        cut = data.draw(st.integers(0, sizes[-1]))
        path.write_bytes(path.read_bytes()[:cut])
        whole = sum(size <= cut for size in sizes) - 1
        with closing(Log(path)) as log:
            log.add(replaced("later", b"said"))
        with closing(Log(path)) as log:
            said = {name: b"%d" % number for number, name in enumerate(names[:whole])}

            assert {name: log.value(name) for name in (*SAID, "later")} == {
                **dict.fromkeys(SAID),
                **said,
                "later": b"said",
            }


@given(st.data())
def test_a_flipped_bit_is_a_miss(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        with closing(Log(path)) as log:
            log.add(*(replaced(name, name.encode()) for name in SAID))
        content = bytearray(path.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(content)
        with closing(Log(path)) as log:
            assert set(log.names()) <= set(SAID)
            assert all(log.value(name) in (name.encode(), None) for name in SAID)
            assert None in [log.value(name) for name in SAID]


# Garbage -----------------------------------------------------------------------------------------


def test_a_log_that_is_mostly_of_old_words_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with closing(Log(path)) as log:
        log.add(rows_change("t", {"a": 1}), replaced("n", bytes(50_000)))
        for number in range(9):
            log.add(rows_change("t", {"b": number}), replaced("n", bytes([number]) * 50_000))
    assert 50_000 < path.stat().st_size < 51_000
    assert [file.name for file in tmp_path.iterdir()] == ["log"]

    with closing(Log(path)) as log:
        assert log.table("t", decode) == {"a": 1, "b": 8}
        assert log.value("n") == bytes([8]) * 50_000


def test_a_table_of_many_changes_and_few_rows_is_said_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SPARE_BYTES", 100)
    path = tmp_path / "log"
    with closing(Log(path)) as log:
        for number in range(30):
            log.add(rows_change("t", {f"{name}": number for name in range(50)}, ["x"]))
    grown = path.stat().st_size
    with closing(Log(path)) as log:
        assert log.table("t", decode) == {f"{name}": 29 for name in range(50)}
    assert path.stat().st_size < grown / 9

    with closing(Log(path)) as log:
        assert log.table("t", decode) == {f"{name}": 29 for name in range(50)}


def test_a_link_in_the_new_file_s_place_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    with closing(Log(tmp_path / "log")) as log:
        (tmp_path / "log.part").symlink_to(tmp_path / "victim")
        for number in range(9):
            log.add(replaced("n", bytes([number]) * 50_000))

    assert (tmp_path / "victim").read_text() == "mine"
    assert (tmp_path / "log").stat().st_size < 51_000
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log", "victim"]


def test_what_was_left_of_a_new_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "log.part").write_text("what a killed process left")
    with closing(Log(tmp_path / "log")) as log:
        log.add(replaced("n", b"said"))

    assert [file.name for file in tmp_path.iterdir()] == ["log"]


def test_what_another_process_said_is_not_written_off(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with closing(Log(path)) as one:
        for number in range(9):
            one.add(replaced("n", bytes([number]) * 50_000))
        with closing(Log(path)) as other:
            other.add(rows_change("t", {"a": 1}))
            one.add(rows_change("t", {"b": 2}))
            other.add(rows_change("t", {"c": 3}))

    with closing(Log(path)) as log:
        assert log.table("t", decode) == {"a": 1, "b": 2, "c": 3}
