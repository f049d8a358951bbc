"""The store keeps what it was given or says that it is gone; damage never reaches a page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from lwnindex.digest import digest_bytes
from lwnindex.engine import store as module
from lwnindex.engine.log import Change, Kind, rows_change
from lwnindex.engine.store import DamagedError, Hint, Store, UnusableError, Written

BODY = b"The body of an article, " * 500
NAME = digest_bytes(BODY)
PAGE = Written("key", "digest", (11, 12, 13))
OTHER = Written("other", "", ())
HINT = Hint(1, 2, 3, 4, "d" * 32)
RESULTS = {"a" * 32: b"first", "b" * 32: b"second"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "deep/store")) as found:
        yield found


def filled(folder: Path) -> Path:
    """Return the log of a store that holds two results, a blob, a hint, a page and a note."""
    with closing(Store(folder)) as store:
        store.keep(RESULTS, {NAME: BODY})
        store.remember_hints({"/x.md": HINT})
        store.record("/site", {"index.html": PAGE})
        store.note("plan", b"value")
        return store.path


def packs(folder: Path) -> list[Path]:
    return list(folder.glob("*.pack"))


def pack(folder: Path) -> Path:
    (found,) = packs(folder)
    return found


class Told(NamedTuple):
    """What a store tells."""

    results: dict[str, bytes]
    blobs: set[str]
    hints: dict[str, Hint]
    written: dict[str, Written]
    note: bytes | None


ALL = Told(RESULTS, {NAME}, {"/x.md": HINT}, {"index.html": PAGE}, b"value")
NOTHING = Told({}, set(), {}, {}, None)


def everything(folder: Path) -> Told:
    """Return all that a store tells."""
    with closing(Store(folder)) as store:
        return told(store)


def told(store: Store) -> Told:
    return Told(store.results(), store.digests(), store.hints(), store.written("/site"), store.noted("plan"))


def blob_in_the_end(folder: Path) -> bytes:
    """Return the blob, put there anew where the store says that it was damaged."""
    with closing(Store(folder)) as store:
        try:
            return store.blob(NAME)
        except DamagedError:
            store.keep({}, {NAME: BODY})
            return store.blob(NAME)


# What it keeps -----------------------------------------------------------------------------------


def test_it_gives_back_what_it_was_given(store: Store) -> None:
    store.keep({"k": b"value"}, {NAME: BODY})

    assert store.known() == frozenset("k")
    assert store.results() == {"k": b"value"}
    assert store.digests() == {NAME}
    assert store.blob(NAME) == BODY


def test_it_lasts(tmp_path: Path) -> None:
    filled(tmp_path)

    assert everything(tmp_path) == ALL
    assert blob_in_the_end(tmp_path) == BODY


def test_some_results_are_given_and_others_are_not(store: Store) -> None:
    store.keep({"k": b"1", "l": b"2", "m": b"3"}, {})

    assert dict(store.some(["m", "none", "k"])) == {"k": b"1", "m": b"3"}


def test_what_is_known_now_does_not_change_with_what_is_kept_later(store: Store) -> None:
    known, digests = store.known(), store.digests()
    store.keep({"k": b"1"}, {NAME: BODY})

    assert not known | digests


def test_a_later_value_takes_the_place_of_an_earlier_one(store: Store) -> None:
    store.keep({"k": b"old"}, {})
    store.keep({"k": b"new"}, {})

    assert store.results() == {"k": b"new"}


def test_a_blob_that_is_held_is_not_written_twice(tmp_path: Path) -> None:
    filled(tmp_path)
    size = pack(tmp_path).stat().st_size
    with closing(Store(tmp_path)) as store:
        store.keep({}, {NAME: BODY})

    assert pack(tmp_path).stat().st_size == size


def test_nothing_is_said_of_what_is_empty(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        size = store.path.stat().st_size
        store.keep({}, {})
        assert store.path.stat().st_size == size
        store.keep({}, {NAME: BODY})
        assert [name.partition("/")[0] for name in store._log.names()] == ["pack", "blobs"]
        store.keep({"k": b""}, {NAME: BODY})
        blobs = store.path.read_bytes().count(b"blobs/")
        store.sweep((), [NAME])
        assert store.path.read_bytes().count(b"blobs/") == blobs == 1


def test_a_sweep_forgets_all_but_what_it_is_told(tmp_path: Path) -> None:
    other = digest_bytes(b"other")
    with closing(Store(tmp_path)) as store:
        store.keep({"k": b"1", "l": b"2"}, {NAME: BODY, other: b"other"})
        store.sweep(["l"], [other])

        assert (store.results(), store.digests()) == ({"l": b"2"}, {other})
        with pytest.raises(DamagedError):
            store.blob(NAME)

    assert everything(tmp_path)[:2] == ({"l": b"2"}, {other})


def test_a_sweep_of_nothing_writes_nothing(tmp_path: Path) -> None:
    file = filled(tmp_path)
    before = file.read_bytes()
    with closing(Store(tmp_path)) as store:
        store.sweep(RESULTS, [NAME])

    assert file.read_bytes() == before


def test_forgetting_results_forgets_notes_and_keeps_what_was_written(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(Store(tmp_path)) as store:
        store.forget_results()

        assert told(store) == ALL._replace(results={}, blobs=set(), note=None)
    assert everything(tmp_path) == ALL._replace(results={}, blobs=set(), note=None)
    assert pack(tmp_path).stat().st_size == 0


def test_forgetting_nothing_writes_nothing(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        before = store.path.read_bytes()
        store.forget_results()

        assert store.path.read_bytes() == before


def test_new_hints_replace_the_old(store: Store) -> None:
    store.remember_hints({"/x.md": HINT, "/y.md": HINT, "/z.md": HINT})
    store.remember_hints({"/y.md": HINT._replace(size=7), "/z.md": HINT})

    assert store.hints() == {"/y.md": HINT._replace(size=7), "/z.md": HINT}


def test_the_same_hints_are_not_written_twice(tmp_path: Path) -> None:
    file = filled(tmp_path)
    before = file.read_bytes()
    with closing(Store(tmp_path)) as store:
        store.remember_hints(store.hints())

    assert file.read_bytes() == before


def test_a_note_is_the_last_one_of_its_name(store: Store) -> None:
    assert store.noted("plan") is None
    store.note("plan", b"old")
    store.note("plan", b"")
    store.note("é", b"other")

    assert (store.noted("plan"), store.noted("é")) == (b"", b"other")


def test_two_outputs_in_one_store_know_nothing_of_each_other(store: Store) -> None:
    store.record("/one", {"a": PAGE, "b": PAGE})
    store.record("/two", {"a": OTHER})
    store.record("/one", {"c": PAGE}, removed=["a"])

    assert store.written("/one") == {"b": PAGE, "c": PAGE}
    assert store.written("/two") == {"a": OTHER}
    assert store.written("/three") == {}


def test_what_was_removed_and_written_was_written(store: Store) -> None:
    store.record("/one", {"a": PAGE})
    store.record("/one", {"a": OTHER}, removed=["a"])

    assert store.written("/one") == {"a": OTHER}


def test_few_changes_of_many_pages_write_little(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.record("/site", {f"{number}.html": PAGE for number in range(5000)})
        before = store.path.stat().st_size
        store.record("/site", {f"{number}.html": OTHER for number in range(3)}, ["4.html"])

        assert store.path.stat().st_size - before < 300
        assert len(store.written("/site")) == 4999


def test_a_change_that_fails_halfway_leaves_nothing_behind(store: Store) -> None:
    results: dict[str, bytes] = {"k": b"1", "l": None}  # type: ignore[dict-item]

    with pytest.raises(TypeError):
        store.keep(results, {NAME: BODY})

    assert (store.results(), store.digests()) == ({}, set())


@given(
    st.dictionaries(
        st.text("abc/é\n\x00", max_size=9),
        st.builds(Hint, *[st.integers(-(2**63), 2**64 - 1)] * 4, st.text("x", max_size=3)),
    )
)
def test_hints_come_back_as_they_went(hints: dict[str, Hint]) -> None:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        store.remember_hints(hints)

        assert store.hints() == hints


# Garbage -----------------------------------------------------------------------------------------


def test_a_pack_that_is_mostly_garbage_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SPARE", 100)
    blobs = {digest_bytes(body): body for body in (bytes([number]) * 3000 for number in range(9))}
    with closing(Store(tmp_path)) as store:
        store.keep({name: name.encode() for name in blobs}, blobs)
        before = pack(tmp_path)
        left = sorted(blobs)[:4]
        store.sweep(left, left)
    after = pack(tmp_path)

    assert after.name != before.name
    assert 4 * 3000 < after.stat().st_size < 5 * 3000
    with closing(Store(tmp_path)) as store:
        assert store.results() == {name: name.encode() for name in left}
        assert {name: store.blob(name) for name in store.digests()} == {name: blobs[name] for name in left}


def test_a_pack_that_is_half_alive_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SPARE", 100)
    with closing(Store(tmp_path)) as store:
        store.keep({}, {NAME: BODY, "small": b"small"})
        before = pack(tmp_path).read_bytes()
        store.sweep([], [NAME])

    assert pack(tmp_path).read_bytes() == before


def test_a_pack_that_the_log_does_not_speak_of_is_removed(tmp_path: Path) -> None:
    filled(tmp_path)
    left = tmp_path / "store-2-left.pack"
    left.write_bytes(b"what a killed process left")

    assert everything(tmp_path) == ALL
    assert not left.exists()


def test_a_store_of_the_older_format_is_left_alone(tmp_path: Path) -> None:
    old = tmp_path / "store-1.sqlite3"
    old.write_bytes(b"old")
    filled(tmp_path)

    assert everything(tmp_path) == ALL
    assert old.read_bytes() == b"old"


# Damage ------------------------------------------------------------------------------------------


def flipped(file: Path, what: bytes, by: bytes) -> None:
    """Put bytes into the place of others behind the store's back."""
    content = file.read_bytes()
    assert content.count(what) == 1
    file.write_bytes(content.replace(what, by))


@pytest.mark.parametrize("by", [b"firSt", b"f\0\0\0\0", b"second"])
def test_a_damaged_result_is_as_good_as_missing(tmp_path: Path, by: bytes) -> None:
    filled(tmp_path)
    flipped(pack(tmp_path), b"first", by)
    others = {} if len(by) > 5 else {"b" * 32: b"second"}

    assert everything(tmp_path) == ALL._replace(results=others)


def test_results_that_changed_places_are_as_good_as_missing(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with closing(Store(tmp_path)) as store:
        first, second = (store._results[key * 32] for key in "ab")
        store._log.add(rows_change(store._table("results"), {"a" * 32: second, "b" * 32: first, "c": first}))

    assert everything(tmp_path) == ALL._replace(results={})
    assert file.exists()


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: content[:100],
        lambda content: bytes(len(content)),
        lambda content: content.replace(b"an article", b"an Article", 1),
        lambda content: b"",
    ],
    ids=["truncated", "zeroed", "one-letter", "emptied"],
)
def test_a_damaged_blob_is_told_and_not_given(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    filled(tmp_path)
    file = pack(tmp_path)
    file.write_bytes(harm(file.read_bytes()))

    with closing(Store(tmp_path)) as store, pytest.raises(DamagedError):
        store.blob(NAME)
    assert blob_in_the_end(tmp_path) == BODY


def test_a_blob_of_another_digest_than_its_name_is_told_and_not_given(store: Store) -> None:
    store.keep({}, {NAME: b"other bytes, sealed as these"})
    with pytest.raises(DamagedError):
        store.blob(NAME)
    store.keep({}, {NAME: BODY})
    assert store.blob(NAME) == BODY


def test_a_blob_that_nobody_put_is_told(store: Store) -> None:
    with pytest.raises(DamagedError):
        store.blob(NAME)


def test_a_lost_pack_costs_results_and_blobs_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    pack(tmp_path).unlink()

    assert everything(tmp_path) == ALL._replace(results={}, blobs=set())
    assert blob_in_the_end(tmp_path) == BODY


@pytest.mark.parametrize("what", [b"/x.md", b"d" * 32])
def test_a_damaged_hint_is_none(tmp_path: Path, what: bytes) -> None:
    flipped(filled(tmp_path), what, b"7" + what[1:])

    assert everything(tmp_path) == ALL._replace(hints={})


@pytest.mark.parametrize("what", [b"index.html", b"key", b"digest", b"\x0b\x0c\x0d"])
def test_a_damaged_record_of_a_page_is_none(tmp_path: Path, what: bytes) -> None:
    flipped(filled(tmp_path), what, b"7" + what[1:])

    assert everything(tmp_path).written == {}


def test_what_was_said_before_a_damaged_change_is_not_taken_for_the_latest(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with closing(Store(tmp_path)) as store:
        store.record("/site", {"damaged": OTHER}, removed=["index.html"])
        store.record("/site", {"later": PAGE})
    flipped(file, b"damaged", b"DAMAGED")

    assert everything(tmp_path) == ALL._replace(written={"later": PAGE})


@pytest.mark.parametrize("row", [b"\x92\x81\xa1\xff\x01\x90", msgpack.encode(({"k": -1, NAME: -1}, []))])
def test_places_that_are_none_are_none(tmp_path: Path, row: bytes) -> None:
    filled(tmp_path)
    with closing(Store(tmp_path)) as store:
        for table in ("results", "blobs"):
            store._log.add(Change(store._table(table), Kind.REPLACE, row))
    with closing(Store(tmp_path)) as store:
        assert (store.results(), store.digests()) == ({}, set())
    assert blob_in_the_end(tmp_path) == BODY


def test_a_store_of_links_is_begun_anew_and_what_they_lead_to_is_not_touched(tmp_path: Path) -> None:
    log = filled(tmp_path)
    victims = [each.rename(tmp_path / f"{each.name}-victim") for each in (log, pack(tmp_path))]
    for victim in victims:
        (tmp_path / victim.name.removesuffix("-victim")).symlink_to(victim)
    before = [victim.read_bytes() for victim in victims]

    assert everything(tmp_path) == NOTHING
    assert blob_in_the_end(tmp_path) == BODY
    assert [victim.read_bytes() for victim in victims] == before


def test_a_damaged_note_is_none(tmp_path: Path) -> None:
    flipped(filled(tmp_path), b"value", b"VALUE")

    assert everything(tmp_path) == ALL._replace(note=None)


def test_a_page_recorded_for_one_output_is_not_another_s(tmp_path: Path) -> None:
    mine, other = (digest_bytes(name).encode() for name in (b"/site", b"/other"))
    flipped(filled(tmp_path), mine, other)

    with closing(Store(tmp_path)) as store:
        assert store.written("/other") == {}


def _halved(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_text("this is no log, but a letter to the reader\n" * 40),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:9]),
        lambda file: file.write_bytes(bytes(file.stat().st_size)),
        lambda file: file.unlink(),
        _halved,
    ],
    ids=["no-log", "empty", "stub", "zeroed", "gone", "halved"],
)
def test_a_damaged_log_gives_way_to_what_is_left_of_it(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    harm(filled(tmp_path))
    found = everything(tmp_path)

    assert all(one in (whole, none) for one, whole, none in zip(found, ALL, NOTHING, strict=True))
    with closing(Store(tmp_path)) as store:
        store.keep({"new": b"value"}, {NAME: BODY})
        assert store.results()["new"] == b"value"
        assert store.blob(NAME) == BODY


@given(st.data())
def test_whatever_bit_flips_nothing_false_comes_out(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder)
        for file in (folder / "store-2.log", pack(folder)):
            content = bytearray(file.read_bytes())
            for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=3)):
                content[place] ^= 1 << data.draw(st.integers(0, 7))
            file.write_bytes(content)
        found = everything(folder)

        assert found.results.items() <= RESULTS.items()
        assert found.hints.items() <= ALL.hints.items()
        assert found.written.items() <= ALL.written.items()
        assert found.note in (b"value", None)
        assert blob_in_the_end(folder) == BODY


# Parts -------------------------------------------------------------------------------------------

PARTS = {"words": b"first part", "rows/1": b"second part"}


def parts_in(folder: Path) -> dict[str, bytes | None]:
    with closing(Store(folder)) as store:
        return {name: store.part(name) for name in sorted(store.parts())}


def with_parts(folder: Path) -> Path:
    """Return the log of a store that holds parts beside all else."""
    log = filled(folder)
    with closing(Store(folder)) as store:
        store.keep_parts(PARTS)
    return log


def test_parts_are_kept_and_no_sweep_forgets_them(tmp_path: Path) -> None:
    with_parts(tmp_path)
    with closing(Store(tmp_path)) as store:
        store.sweep([], [])
        assert store.part("none") is None

    assert parts_in(tmp_path) == PARTS
    assert everything(tmp_path)[:2] == ({}, set())


def test_parts_give_way_to_others(tmp_path: Path) -> None:
    with_parts(tmp_path)
    with closing(Store(tmp_path)) as store:
        store.keep_parts({"words": b"third", "new": b"fourth"}, gone=["rows/1", "none"])
        assert store.part("rows/1") is None

    assert parts_in(tmp_path) == {"new": b"fourth", "words": b"third"}


def test_parts_move_with_all_else_to_a_new_pack(tmp_path: Path) -> None:
    with_parts(tmp_path)
    first = pack(tmp_path)
    large = b"x" * (3 * module._SPARE)
    with closing(Store(tmp_path)) as store:
        store.keep_parts({"large": large})
        store.keep_parts({"large": b"small"})

    assert pack(tmp_path) != first
    assert pack(tmp_path).stat().st_size < len(large) / 2
    assert parts_in(tmp_path) == {**PARTS, "large": b"small"}
    assert everything(tmp_path) == ALL


def test_parts_are_forgotten_with_results(tmp_path: Path) -> None:
    with_parts(tmp_path)
    with closing(Store(tmp_path)) as store:
        store.forget_results()
        assert store.parts() == frozenset()

    assert parts_in(tmp_path) == {}


def test_a_damaged_part_is_none_and_others_are_not(tmp_path: Path) -> None:
    with_parts(tmp_path)
    flipped(pack(tmp_path), b"second part", b"SECOND part")

    assert parts_in(tmp_path) == PARTS | {"rows/1": None}
    assert everything(tmp_path) == ALL


def test_keeping_no_parts_writes_nothing(tmp_path: Path) -> None:
    log = with_parts(tmp_path)
    before = log.read_bytes(), pack(tmp_path).read_bytes()
    with closing(Store(tmp_path)) as store:
        store.keep_parts({}, ["none"])

    assert (log.read_bytes(), pack(tmp_path).read_bytes()) == before


# Whatever happens --------------------------------------------------------------------------------

NAMES = st.sampled_from("abcdefgh")
SETS = st.sets(NAMES)
STEPS = st.one_of(
    st.tuples(st.just("keep"), SETS),
    st.tuples(st.just("sweep"), SETS),
    st.tuples(st.just("reopen"), st.none()),
    st.tuples(st.just("killed"), st.tuples(st.integers(0, 90), st.integers(0, 90))),
    st.tuples(st.just("forget"), st.none()),
    st.tuples(st.just("flip"), st.tuples(st.booleans(), st.integers(0), st.integers(0, 7))),
)


def value(name: str) -> bytes:
    return name.encode() * 1500


class World:
    """A store and what may be found in it, which is less than was kept only where something was harmed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder)
        self.may: set[str] = set()
        self.must: set[str] = set()

    def keep(self, names: set[str]) -> None:
        values = {name: value(name) for name in names}
        self.store.keep(values, {digest_bytes(blob): blob for blob in values.values()})
        self.may |= names
        self.must |= names

    def sweep(self, names: set[str]) -> None:
        self.store.sweep(names, [digest_bytes(value(name)) for name in names])
        self.may &= names
        self.must &= names

    def reopen(self, _: object = None) -> None:
        self.store.close()
        self.store = Store(self.folder)

    def killed(self, tails: tuple[int, int]) -> None:
        """Cut off what a killed process may not have come to write; an older state comes back."""
        for file, tail in zip((self.store.path, self.store._pack.path), tails, strict=True):
            os.truncate(file, max(0, file.stat().st_size - tail))
        self.may, self.must = set("abcdefgh"), set()
        self.store._log._file.close()
        self.store._pack.close()
        self.store = Store(self.folder)

    def forget(self, _: object) -> None:
        self.store.forget_results()
        self.may, self.must = set(), set()

    def flip(self, place: tuple[bool, int, int]) -> None:
        in_log, byte, bit = place
        self.store.close()
        file = self.store.path if in_log else self.store._pack.path
        content = bytearray(file.read_bytes())
        if content:
            content[byte % len(content)] ^= 1 << bit
            file.write_bytes(content)
        self.may, self.must = set("abcdefgh"), set()
        self.store = Store(self.folder)

    def check(self) -> None:
        results = self.store.results()
        assert self.must <= results.keys() <= self.may
        assert all(results[name] == value(name) for name in results)
        for digest in self.store.digests():
            try:
                assert digest_bytes(self.store.blob(digest)) == digest
            except DamagedError:
                assert not self.must or digest not in {digest_bytes(value(name)) for name in self.must}


@given(st.lists(STEPS, max_size=12))
def test_what_is_read_is_what_was_kept_or_a_miss(steps: list[tuple[str, object]]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SPARE", 2000)
        world = World(Path(folder))
        try:
            for name, argument in (*steps, ("reopen", None)):
                getattr(world, name)(argument)
                world.check()
        finally:
            world.store.close()
        assert len(packs(Path(folder))) == 1


def test_a_process_killed_before_it_could_say_where_things_are_kept_nothing(tmp_path: Path) -> None:
    file = filled(tmp_path)
    before = file.read_bytes()
    with closing(Store(tmp_path)) as store:
        store.keep({"k": b"1"}, {})
    file.write_bytes(before)

    assert everything(tmp_path) == ALL


# More than one process ---------------------------------------------------------------------------


def in_child(work: Callable[[], bool]) -> bool:
    """Tell what a function returns in a process made by fork."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if work() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_reads_what_its_parent_kept(store: Store) -> None:
    blobs = {digest_bytes(body): body for body in (bytes([number]) * 3000 for number in range(50))}
    store.keep(RESULTS, blobs)
    begin, go = os.pipe()

    def read() -> bool:
        os.read(begin, 1)
        return (
            all(store.blob(digest) == body for digest, body in blobs.items())
            and store.digests() == set(blobs)
            and store.results() == RESULTS
        )

    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            os._exit(0 if read() else 1)
        children.append(child)
    os.write(go, b"12")
    # The parent goes on meanwhile, and what the children read is removed.
    store.keep({}, {NAME: BODY})
    store.sweep([], [])
    store.forget_results()
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(begin)
    os.close(go)

    assert codes == [0, 0]


def test_two_processes_at_once_harm_nothing(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(Store(tmp_path)) as one, closing(Store(tmp_path)) as other:
        for number in range(20):
            for store, name in ((one, "one"), (other, "other")):
                body = f"{name} {number}".encode() * 99
                store.keep({f"{name} {number}": body}, {digest_bytes(body): body})
                store.record(f"/{name}", {f"{number}.html": PAGE})
        assert len(one.known()) == len(other.known()) == 22

    with closing(Store(tmp_path)) as store:
        assert len(store.results()) == 42
        assert all(digest_bytes(store.blob(digest)) == digest for digest in store.digests())
        assert len(store.written("/one")) == len(store.written("/other")) == 20


def test_a_store_that_another_process_empties_gives_nothing_false(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(Store(tmp_path)) as one, closing(Store(tmp_path)) as other:
        one.forget_results()
        one.keep({"k": b"one"}, {})
        other.keep({"k": b"other"}, {NAME: BODY})

        assert (one.results(), other.results()["k"]) == ({"k": b"one"}, b"other")

    assert everything(tmp_path)[:2] == ({"k": b"one"}, set())


# What is no damage -------------------------------------------------------------------------------


def test_a_folder_in_the_store_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "store-2.log").mkdir()

    with pytest.raises(UnusableError, match=r"store-2\.log: Is a directory"):
        Store(tmp_path)


def test_what_stands_beside_a_damaged_store_stays(tmp_path: Path) -> None:
    file = filled(tmp_path)
    copy = file.with_name(file.name + ".bak")
    copy.write_bytes(file.read_bytes())
    file.write_text("no log " * 99)
    everything(tmp_path)

    assert copy.exists()


def test_a_damaged_store_that_may_not_be_replaced_is_told(tmp_path: Path) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = filled(folder)
        file.write_text("no log " * 99)
        file.chmod(0o666)
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


def test_a_full_disk_is_told_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    filled(tmp_path)
    size = max(file.stat().st_size for file in tmp_path.iterdir())

    def full() -> bool:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1000, size + 1000))
        store = Store(tmp_path)
        for _ in range(2):
            with pytest.raises(UnusableError, match="File too large"):
                store.keep({"k": bytes(5000)}, {})
            with pytest.raises(UnusableError, match="File too large"):
                store.note("n", bytes(2 * size))
        store.close()
        return True

    assert in_child(full)
    assert everything(tmp_path) == ALL


def test_a_pack_that_cannot_be_closed_keeps_no_log_open(tmp_path: Path) -> None:
    store = Store(tmp_path)
    os.close(store._pack._file._file.fileno())

    with pytest.raises(UnusableError, match="pack: Bad file descriptor"):
        store.close()
    assert store._log._file._file.closed


def test_a_closed_store_is_the_caller_s_fault(tmp_path: Path) -> None:
    filled(tmp_path)
    store = Store(tmp_path)
    store.close()

    with pytest.raises(ValueError, match="closed"):
        store.results()
