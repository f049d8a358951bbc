"""A stage is called once for each input, and again only where its result cannot be relied on."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import digest, digest_bytes
from lwnindex.engine.executors import Done, Serial
from lwnindex.engine.memo import BATCH, Memo, Outcome, Stage
from lwnindex.engine.store import Store


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A stage's result: a word in capitals, and the name of the blob that holds it written twice."""

    text: str
    blob: str


Input = tuple[str, str]
A = TypeVar("A")
R = TypeVar("R")


def blobs_of(word: Word) -> tuple[str, ...]:
    return (word.blob,)


class Capitals:
    """A stage's work, with the inputs written down that it was done for.

    An input is a rule and a text; with `hidden`, only the work can tell its key.
    """

    def __init__(self, *, keep: bool = True, hidden: bool = False) -> None:
        self.calls: list[str] = []
        self.asked: list[str] = []
        self.keep = keep
        self.hidden = hidden

    def __call__(self, given: Input, known: Container[str]) -> Outcome:
        self.asked.append(given[1])
        if self.hidden and digest(given) in known:
            return Outcome(digest(given), None, {})
        self.calls.append(given[1])
        twice = (given[1] * 2).encode()
        name = digest_bytes(twice)
        value = msgspec.msgpack.encode(Word(given[1].upper(), name))
        return Outcome(digest(given), value, {name: twice}, self.keep)

    @property
    def stage(self) -> Stage[Input, Word]:
        """The whole stage; a lost input is a word in question marks."""
        return Stage(
            kind=Word,
            key=lambda given: "" if self.hidden else digest(given),
            work=self,
            lost=lost,
            names=blobs_of,
        )


def lost(given: Input, death: str) -> Outcome:
    return Outcome(digest(given), msgspec.msgpack.encode(Word(f"?{given[1]}: {death}?", "")), {})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path)) as found:
        yield found


def run(store: Store, work: Capitals, *texts: str, rule: str = "") -> list[str]:
    """Return what a build with this store gets from a stage for these inputs; it forgets all others."""
    memo = Memo(store, Serial())
    found = memo.each(work.stage, [(rule, text) for text in texts])
    memo.sweep(word.blob for word in found)
    return [word.text for word in found]


def calls(store: Store, *texts: str, rule: str = "") -> list[str]:
    """Return the inputs that a stage is called with in one more build."""
    work = Capitals()
    run(store, work, *texts, rule=rule)
    return work.calls


def test_results_come_in_the_order_of_their_inputs(store: Store) -> None:
    run(store, Capitals(), "b", "d")

    assert run(store, Capitals(), "d", "c", "b", "a") == ["D", "C", "B", "A"]


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
    run(store, Capitals())

    assert (store.results(), store.digests()) == ({}, set())


def test_a_result_that_depends_on_more_than_its_input_is_not_kept(store: Store) -> None:
    work = Capitals(keep=False)

    assert run(store, work, "a") == ["A"]
    assert store.results() == {}
    assert run(store, work, "a") == ["A"]
    assert work.calls == ["a", "a"]


def test_a_blob_of_an_unkept_result_is_there_for_this_build(store: Store) -> None:
    run(store, Capitals(keep=False), "a")

    assert store.blob(digest_bytes(b"aa")) == b"aa"


def test_a_result_whose_blob_is_gone_is_worked_out_again(store: Store) -> None:
    calls(store, "a", "b")
    store.sweep(store.results(), [digest_bytes(b"bb")])

    assert calls(store, "a", "b") == ["a"]
    assert store.blob(digest_bytes(b"aa")) == b"aa"


def test_a_blob_that_two_results_name_stays_with_either(store: Store) -> None:
    run(store, Capitals(), "a", rule="one")
    run(store, Capitals(), "a", rule="two")

    assert store.blob(digest_bytes(b"aa")) == b"aa"


@pytest.mark.parametrize(
    "value",
    [b"", b"\xc1", msgspec.msgpack.encode(7), msgspec.msgpack.encode(["A"]), msgspec.msgpack.encode([1, 2])],
    ids=["nothing", "no-msgpack", "a-number", "too-short", "wrong-types"],
)
def test_a_result_of_another_shape_is_worked_out_again(store: Store, value: bytes) -> None:
    calls(store, "a")
    store.keep({digest(("", "a")): value}, {})

    assert run(store, Capitals(), "a") == ["A"]
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

    assert run(store, Capitals(), "a") == ["A"]
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
    capitals = Capitals()

    def work(given: Input, known: Container[str]) -> Outcome:
        if given[1] == f"{BATCH + 1}":
            raise ZeroDivisionError(given[1])
        return capitals(given, known)

    inputs = [("", str(number)) for number in range(BATCH + 2)]
    with pytest.raises(ZeroDivisionError):
        Memo(store, Serial()).each(capitals.stage._replace(work=work), inputs)

    assert set(store.results()) == {digest(each) for each in inputs[:BATCH]}


def test_what_only_the_work_can_tell_to_be_known_is_not_done_again(store: Store) -> None:
    calls(store, "a", "b")
    work = Capitals(hidden=True)

    assert run(store, work, "b", "c", "a") == ["B", "C", "A"]
    assert (work.asked, work.calls) == (["b", "c", "a"], ["c"])
    assert calls(store, "a", "b", "c") == []


@pytest.mark.parametrize("value", [b"", b"\xc1", msgspec.msgpack.encode(["A", "no blob of ours"])])
def test_what_only_seemed_to_be_known_is_worked_out_in_any_case(store: Store, value: bytes) -> None:
    calls(store, "a", "b")
    store.keep({digest(("", "a")): value}, {})
    work = Capitals(hidden=True)

    assert run(store, work, "a", "b") == ["A", "B"]
    assert work.calls == ["a"]
    assert calls(store, "a", "b") == []


class Mortal:
    """Workers of whom one dies over each batch that holds an item given; the others do theirs."""

    def __init__(self, *deadly: int) -> None:
        self.deadly = deadly

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int, least: int | None = None
    ) -> Iterator[Done[A, R]]:
        """Yield each item as a batch of its own, in the reverse order."""
        for item in reversed(items):
            dead = item in self.deadly
            yield Done((item,), None, "killed by a test") if dead else Done((item,), work((item,)))


def test_a_lost_input_has_the_outcome_that_stands_for_it_which_is_kept(store: Store) -> None:
    memo = Memo(store, Mortal(1))
    found = memo.each(Capitals().stage, [("", text) for text in "abc"])

    assert [word.text for word in found] == ["A", "?b: killed by a test?", "C"]
    assert set(store.results()) == {digest(("", each)) for each in "abc"}


def test_results_that_were_asked_for_in_several_calls_are_all_kept(store: Store) -> None:
    memo = Memo(store, Serial())
    found = [*memo.each(Capitals().stage, [("", "a")]), *memo.each(Capitals().stage, [("", "b")])]
    memo.sweep(word.blob for word in found)

    assert set(store.results()) == {digest(("", "a")), digest(("", "b"))}
    assert store.digests() == {word.blob for word in found}


def test_the_missing_are_counted(store: Store) -> None:
    run(store, Capitals(), "a")
    memo = Memo(store, Serial())
    memo.each(Capitals().stage, [("", text) for text in "ab"])

    assert memo.missed == 1


def test_more_inputs_than_a_batch_holds(store: Store) -> None:
    texts = [f"w{number}" for number in range(2 * BATCH + 1)]

    assert run(store, Capitals(), *texts) == [text.upper() for text in texts]
    assert calls(store, *texts) == []


@given(builds=st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), min_size=1, max_size=5))
def test_whatever_was_built_before_the_results_are_those_of_an_empty_store(builds: list[list[str]]) -> None:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        before: set[str] = set()
        for texts in builds:
            work = Capitals()

            assert run(store, work, *texts) == [text.upper() for text in texts]
            assert set(work.calls) == set(texts) - before
            before = set(texts)


def test_inputs_are_told_ahead_batch_by_batch_and_only_where_they_are_worked_on(store: Store) -> None:
    work = Capitals()
    told: list[tuple[int, int]] = []
    stage = work.stage._replace(ahead=lambda inputs: told.append((len(inputs), len(work.calls))))
    texts = [("", str(number)) for number in range(BATCH + 3)]
    Memo(store, Serial()).each(stage, texts)
    assert told == [(BATCH, 0), (3, BATCH)]
    Memo(store, Serial()).each(stage, texts)
    assert len(told) == 2


def test_a_memory_gives_what_the_last_build_used_and_forgets_what_this_one_did_not(store: Store) -> None:
    memory: dict[str, object] = {}
    for texts in (("a", "b"), ("a", "b"), ("a",)):
        memo, work = Memo(store, Serial(), memory), Capitals()
        found = memo.each(work.stage, [("", text) for text in texts])
        memo.sweep([one.blob for one in found])
        assert [one.text for one in found] == [text.upper() for text in texts]

    assert list(memory) == [digest(("", "a"))]
    assert Memo(store, Serial(), memory).each(Capitals().stage, [("", "a")]) == list(memory.values())


def test_what_is_remembered_and_gone_from_the_store_is_worked_out_again(store: Store) -> None:
    memory: dict[str, object] = {}
    for _ in range(2):
        Memo(store, Serial(), memory).each(Capitals().stage, [("", "a")])
    assert memory
    store.forget_results()
    work = Capitals()

    Memo(store, Serial(), memory).each(work.stage, [("", "a")])

    assert work.calls == ["a"]
