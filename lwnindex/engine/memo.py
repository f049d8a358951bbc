"""A stage's results, looked up by the digest of their whole input and worked out only where missing."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from lwnindex.digest import UNREADABLE
from lwnindex.engine.executors import Workers
from lwnindex.engine.store import Store

A = TypeVar("A")
R = TypeVar("R")

BATCH = 64


class Outcome(NamedTuple):
    """What a stage made of an input: its key, its value in msgpack, and the blobs that this names.

    Without a value, the key turned out to be among the known ones. `keep` tells whether the value depends on
    its input alone, and so holds again.
    """

    key: str
    value: bytes | None
    blobs: Mapping[str, bytes]
    keep: bool = True


def _unread(_inputs: Sequence[object]) -> None:
    """Let them be read one by one."""


class Stage(NamedTuple, Generic[A, R]):
    """A stage of a build, as far as keeping its results goes.

    `key` is the digest of an input, empty where only `work` can tell it; `work` makes its outcome, and may
    leave it at the key where that is among the known ones. `again` is what another worker does for an input
    over which one died, told how; `lost` is the outcome of one over which that died, too. `names` are the
    blobs that a result names: it is known only while they are all held. `ahead` is told which inputs are
    worked on next, so that a disk can be asked for all of them at once. `least` inputs are worth a start of
    workers; 0 says that the work may end its process.
    """

    kind: type[R]
    key: Callable[[A], str]
    work: Callable[[A, Container[str]], Outcome]
    lost: Callable[[A, str], Outcome]
    names: Callable[[R], Iterable[str]]
    ahead: Callable[[Sequence[A]], None] = _unread
    least: int | None = None
    again: Callable[[A, str], Outcome] | None = None


class Memo:
    """Looks results up in a store and has workers work out those that are missing.

    What is not to be kept it knows itself, so that one build does not work it out twice. A `memory` holds
    the results that the last one used, by their keys, so that they need not be decoded once more.
    """

    def __init__(self, store: Store, workers: Workers, memory: dict[str, Any] | None = None) -> None:
        self._memory = memory
        self._store = store
        self._workers = workers
        self._used: set[str] = set()
        self._passing: dict[str, bytes] = {}
        self.missed = 0

    def each(self, stage: Stage[A, R], inputs: Sequence[A]) -> list[R]:
        """Return the stage's result for each input, in order."""
        keys = tuple(map(stage.key, inputs))
        known = dict(self._known(stage, keys))
        self._used.update(known)
        found = [known.get(key) for key in keys]
        held = self._store.known() | self._passing.keys()
        repeated = list(self._worked_out(stage, inputs, _gaps(found), held, found))
        known = dict(self._known(stage, (key for _, key in repeated)))
        self._used.update(known)
        for place, key in repeated:
            found[place] = known.get(key)
        # What only seemed to be known, since it is damaged, is worked out in any case.
        list(self._worked_out(stage, inputs, _gaps(found), frozenset(), found))
        return [one for one in found if one is not None]

    def sweep(self, blobs: Iterable[str]) -> None:
        """Forget all results but those that were asked for, and all blobs but these."""
        self._store.sweep(self._used, blobs)
        memory = self._memory or {}
        for key in memory.keys() - self._used:
            del memory[key]

    def _known(self, stage: Stage[A, R], keys: Iterable[str]) -> Iterator[tuple[str, R]]:
        """Yield the results that can be relied on, with their keys."""
        decode = msgspec.msgpack.Decoder(stage.kind).decode
        held = self._store.digests()
        wanted = tuple(keys)
        passing = [(key, self._passing[key]) for key in wanted if key in self._passing]
        memory = {} if self._memory is None else self._memory
        known = self._store.known() if memory else frozenset()
        remembered = {key: memory[key] for key in wanted if key in memory and key in known}
        read = self._store.some([key for key in wanted if key not in remembered])
        for key, value in chain(read, passing):
            try:
                remembered[key] = decode(value)
            except UNREADABLE:
                continue
        for key, result in remembered.items():
            if held.issuperset(stage.names(result)):
                if key not in self._passing:
                    memory[key] = result
                yield key, result

    def _worked_out(
        self,
        stage: Stage[A, R],
        inputs: Sequence[A],
        places: Sequence[int],
        known: Container[str],
        found: list[R | None],
    ) -> Iterator[tuple[int, str]]:
        """Put results into their places in `found`, and yield the places and keys of those known already."""
        decode = msgspec.msgpack.Decoder(stage.kind).decode
        for done_places, outcomes in self._done(stage, inputs, places, known):
            self._keep(outcomes)
            for place, one in zip(done_places, outcomes, strict=True):
                if one.value is None:
                    yield place, one.key
                else:
                    found[place] = decode(one.value)

    def _done(
        self, stage: Stage[A, R], inputs: Sequence[A], places: Sequence[int], known: Container[str]
    ) -> Iterator[tuple[Sequence[int], Sequence[Outcome]]]:
        """Yield the outcomes of some inputs, by the places of these; first of those that live through it."""
        dead: dict[int, str] = {}
        for done in self._workers.batches(partial(_all, stage, inputs, known), places, BATCH, stage.least):
            if done.result is None:
                dead.update(dict.fromkeys(done.items, done.death))
            else:
                yield done.items, done.result
        if stage.again and dead:
            work = partial(_again, stage.again, inputs, dict(dead))
            for done in self._workers.batches(work, tuple(dead), BATCH, 0):
                if done.result is not None:
                    yield done.items, done.result
                    for place in done.items:
                        del dead[place]
        for place, death in dead.items():
            yield (place,), (stage.lost(inputs[place], death),)

    def _keep(self, outcomes: Sequence[Outcome]) -> None:
        """Put those outcomes that will hold again into the store."""
        new = [one for one in outcomes if one.value is not None]
        kept = {one.key: one.value for one in new if one.keep and one.value is not None}
        self._store.keep(kept, {name: blob for one in new for name, blob in one.blobs.items()})
        self._used.update(kept)
        self._passing.update((one.key, one.value) for one in new if one.key and not one.keep and one.value)
        self.missed += len(new)


def _gaps(found: Sequence[object]) -> list[int]:
    return [place for place, one in enumerate(found) if one is None]


def _again(
    again: Callable[[A, str], Outcome], inputs: Sequence[A], deaths: Mapping[int, str], places: Sequence[int]
) -> list[Outcome]:
    return [again(inputs[place], deaths[place]) for place in places]


def _all(
    stage: Stage[A, Any],
    inputs: Sequence[A],
    known: Container[str],
    places: Sequence[int],
) -> list[Outcome]:
    stage.ahead([inputs[place] for place in places])
    return [stage.work(inputs[place], known) for place in places]
