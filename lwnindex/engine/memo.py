"""A stage's results, looked up by the digest of their whole input and worked out only where missing."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

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
    leave it at the key where that is among the known ones; `lost` is the outcome of an input that ended its
    workers; `names` are the blobs that a result names: it is known only while they are all held. `ahead` is
    told which inputs are worked on next, so that a disk can be asked for all of them at once. `least` inputs
    are worth a start of workers.
    """

    kind: type[R]
    key: Callable[[A], str]
    work: Callable[[A, Container[str]], Outcome]
    lost: Callable[[A, str], Outcome]
    names: Callable[[R], Iterable[str]]
    ahead: Callable[[Sequence[A]], None] = _unread
    least: int | None = None


class Memo:
    """Looks results up in a store and has workers work out those that are missing."""

    def __init__(self, store: Store, workers: Workers) -> None:
        self._store = store
        self._workers = workers
        self._used: set[str] = set()
        self.missed = 0

    def each(self, stage: Stage[A, R], inputs: Sequence[A]) -> list[R]:
        """Return the stage's result for each input, in order."""
        known = dict(self._known(stage, map(stage.key, inputs)))
        self._used.update(known)
        found = [known.get(stage.key(one)) for one in inputs]
        held = self._store.known()
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

    def _known(self, stage: Stage[A, R], keys: Iterable[str]) -> Iterator[tuple[str, R]]:
        """Yield the results that can be relied on, with their keys."""
        decode = msgspec.msgpack.Decoder(stage.kind).decode
        held = self._store.digests()
        for key, value in self._store.some(keys):
            try:
                result = decode(value)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            if held.issuperset(stage.names(result)):
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
        work = partial(_all, stage, inputs, known)
        for done in self._workers.batches(work, places, BATCH, stage.least):
            outcomes = done.result or [stage.lost(inputs[place], done.death) for place in done.items]
            self._keep(outcomes)
            for place, one in zip(done.items, outcomes, strict=True):
                if one.value is None:
                    yield place, one.key
                else:
                    found[place] = decode(one.value)

    def _keep(self, outcomes: Sequence[Outcome]) -> None:
        """Put those outcomes that will hold again into the store."""
        new = [one for one in outcomes if one.value is not None]
        kept = {one.key: one.value for one in new if one.keep and one.value is not None}
        self._store.keep(kept, {name: blob for one in new for name, blob in one.blobs.items()})
        self._used.update(kept)
        self.missed += len(new)


def _gaps(found: Sequence[object]) -> list[int]:
    return [place for place, one in enumerate(found) if one is None]


def _all(
    stage: Stage[A, Any],
    inputs: Sequence[A],
    known: Container[str],
    places: Sequence[int],
) -> list[Outcome]:
    stage.ahead([inputs[place] for place in places])
    return [stage.work(inputs[place], known) for place in places]
