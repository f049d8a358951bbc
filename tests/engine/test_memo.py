"""A stage is called once for each input, and again only where its result cannot be relied on."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import digest, digest_bytes
from lwnindex.engine.executors import Serial
from lwnindex.engine.memo import BATCH, Memo, Outcome
from lwnindex.engine.store import Store


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A stage's result: a word in capitals, and the name of the blob that holds it written twice."""

    text: str
    blob: str


def blobs_of(word: Word) -> tuple[str, ...]:
    return (word.blob,)


class Stage:
    """A stage that writes down what it was called with."""

    def __init__(self, *, keep: bool = True) -> None:
        self.calls: list[str] = []
        self.keep = keep

    def __call__(self, text: str) -> Outcome[Word]:
        self.calls.append(text)
        twice = (text * 2).encode()
        name = digest_bytes(twice)
        return Outcome(Word(text.upper(), name), {name: twice}, self.keep)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path)) as found:
        yield found


def run(store: Store, stage: Stage, *texts: str, rule: str = "") -> list[str]:
    """Return what a build with this store gets from a stage for these inputs, each under its own digest."""
    memo = Memo(store, Serial())
    found = memo.each(stage, [(digest((rule, text)), text) for text in texts], Word, blobs_of)
    return [word.text for word in found]


def calls(store: Store, *texts: str, rule: str = "") -> list[str]:
    """Return the inputs that a stage is called with in one more build."""
    stage = Stage()
    run(store, stage, *texts, rule=rule)
    return stage.calls


def test_results_come_in_the_order_of_their_inputs(store: Store) -> None:
    run(store, Stage(), "b", "d")

    assert run(store, Stage(), "d", "c", "b", "a") == ["D", "C", "B", "A"]


def test_a_known_input_costs_no_call(store: Store) -> None:
    assert calls(store, "a", "b") == ["a", "b"]
    assert calls(store, "a", "b") == []


def test_what_is_known_lasts_from_one_process_to_the_next(tmp_path: Path) -> None:
    for expected in (["a"], []):
        with closing(Store(tmp_path)) as store:
            assert calls(store, "a") == expected


def test_a_changed_key_costs_a_call(store: Store) -> None:
    calls(store, "a", "b")

    assert calls(store, "a", "c") == ["c"]
    assert calls(store, "a", "c", rule="other") == ["a", "c"]


def test_what_is_no_longer_an_input_is_forgotten(store: Store) -> None:
    calls(store, "a", "b")
    calls(store, "b")

    assert list(store.results()) == [digest(("", "b"))]
    assert store.digests() == {digest_bytes(b"bb")}
    assert calls(store, "a", "b") == ["a"]


def test_no_input_forgets_all(store: Store) -> None:
    calls(store, "a")
    run(store, Stage())

    assert (store.results(), store.digests()) == ({}, set())


def test_a_result_that_depends_on_more_than_its_input_is_not_kept(store: Store) -> None:
    stage = Stage(keep=False)

    assert run(store, stage, "a") == ["A"]
    assert store.results() == {}
    assert run(store, stage, "a") == ["A"]
    assert stage.calls == ["a", "a"]


def test_a_blob_of_an_unkept_result_is_there_for_this_build(store: Store) -> None:
    run(store, Stage(keep=False), "a")

    assert store.blob(digest_bytes(b"aa")) == b"aa"


def test_a_result_whose_blob_is_gone_is_worked_out_again(store: Store) -> None:
    calls(store, "a", "b")
    store.sweep(store.results(), [digest_bytes(b"bb")])

    assert calls(store, "a", "b") == ["a"]
    assert store.blob(digest_bytes(b"aa")) == b"aa"


def test_a_blob_that_two_results_name_stays_with_either(store: Store) -> None:
    run(store, Stage(), "a", rule="one")
    run(store, Stage(), "a", rule="two")

    assert store.blob(digest_bytes(b"aa")) == b"aa"


@pytest.mark.parametrize(
    "value",
    [b"", b"\xc1", msgspec.msgpack.encode(7), msgspec.msgpack.encode(["A"]), msgspec.msgpack.encode([1, 2])],
    ids=["nothing", "no-msgpack", "a-number", "too-short", "wrong-types"],
)
def test_a_result_of_another_shape_is_worked_out_again(store: Store, value: bytes) -> None:
    calls(store, "a")
    store.keep({digest(("", "a")): value}, {})

    assert run(store, Stage(), "a") == ["A"]
    assert calls(store, "a") == []


class Bomb:
    """What would leave a mark if it were unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.place,)


def test_code_in_the_store_is_never_run(store: Store, tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Bomb(tmp_path / "works")))
    store.keep({digest(("", "a")): pickle.dumps(Bomb(tmp_path / "ran"))}, {})

    assert run(store, Stage(), "a") == ["A"]
    assert (tmp_path / "works").exists()
    assert not (tmp_path / "ran").exists()


def test_a_flipped_bit_costs_one_call(store: Store) -> None:
    calls(store, "a", "b")
    (pack,) = store.path.parent.glob("*.pack")
    value = store.results()[digest(("", "a"))]
    flipped = value[:-1] + bytes([value[-1] ^ 1])
    pack.write_bytes(pack.read_bytes().replace(value, flipped))

    assert calls(store, "a", "b") == ["a"]


def test_a_stage_that_fails_fails_the_build_and_keeps_what_was_done(store: Store) -> None:
    def stage(text: str) -> Outcome[Word]:
        if text == f"{BATCH + 1}":
            raise ZeroDivisionError(text)
        return Stage()(text)

    texts = [str(number) for number in range(BATCH + 2)]
    with pytest.raises(ZeroDivisionError):
        Memo(store, Serial()).each(stage, [(text, text) for text in texts], Word, blobs_of)

    assert set(store.results()) == set(texts[:BATCH])


def test_the_missing_are_counted(store: Store) -> None:
    run(store, Stage(), "a")
    memo = Memo(store, Serial())
    memo.each(Stage(), [(digest(("", text)), text) for text in "ab"], Word, blobs_of)

    assert memo.missed == 1


def test_more_inputs_than_a_batch_holds(store: Store) -> None:
    texts = [f"w{number}" for number in range(2 * BATCH + 1)]

    assert run(store, Stage(), *texts) == [text.upper() for text in texts]
    assert calls(store, *texts) == []


@given(builds=st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), min_size=1, max_size=5))
def test_whatever_was_built_before_the_results_are_those_of_an_empty_store(builds: list[list[str]]) -> None:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        before: set[str] = set()
        for texts in builds:
            stage = Stage()

            assert run(store, stage, *texts) == [text.upper() for text in texts]
            assert set(stage.calls) == set(texts) - before
            before = set(texts)
