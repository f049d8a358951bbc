"""A stage's results, looked up by the digest of their whole input and worked out only where missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Generic, NamedTuple, TypeVar

import msgspec

from lwnindex.engine.executors import Workers
from lwnindex.engine.store import Store

A = TypeVar("A")
R = TypeVar("R")

BATCH = 200


class Outcome(NamedTuple, Generic[R]):
    """What a stage made: a value, the blobs it names, and whether it depends on its input alone (`keep`)."""

    value: R
    blobs: Mapping[str, bytes]
    keep: bool = True


class Memo:
    """Looks results up in a store and has workers work out those that are missing."""

    def __init__(self, store: Store, workers: Workers) -> None:
        self._store = store
        self._workers = workers
        self._results = store.results()
        self._digests = store.digests()
        self.missed = 0

    def each(
        self,
        stage: Callable[[A], Outcome[R]],
        inputs: Sequence[tuple[str, A]],
        kind: type[R],
        names: Callable[[R], Sequence[str]],
    ) -> list[R]:
        """Return the stage's result for each (key, argument), in order.

        `names` tells which blobs a result names: it counts as known only while they are all held.
        What is not among these inputs is forgotten.
        """
        decode = msgspec.msgpack.Decoder(kind).decode
        known = ((key, self._known(key, decode, names)) for key, _ in inputs)
        found = {key: result for key, result in known if result is not None}
        missing = {key: argument for key, argument in inputs if key not in found}
        self.missed += len(missing)
        for batch in self._workers.batches(partial(_all, stage), list(missing.items()), BATCH):
            found.update(self._kept(batch.result or {}))
        results = [found[key] for key, _ in inputs]
        blobs = {digest for result in results for digest in names(result)}
        if blobs < self._digests or missing or len(self._results) > len(found):
            self._store.sweep(found, blobs)
        return results

    def _known(self, key: str, decode: Callable[[bytes], R], names: Callable[[R], Sequence[str]]) -> R | None:
        value = self._results.get(key)
        if value is None:
            return None
        try:
            result = decode(value)
        except msgspec.DecodeError:
            return None
        return result if self._digests.issuperset(names(result)) else None

    def _kept(self, outcomes: Mapping[str, Outcome[R]]) -> Mapping[str, R]:
        """Return the results of a batch by key, and put those that will hold again into the store."""
        kept = {key: msgspec.msgpack.encode(one.value) for key, one in outcomes.items() if one.keep}
        blobs = {name: blob for one in outcomes.values() for name, blob in one.blobs.items()}
        self._store.keep(kept, blobs)
        self._digests.update(blobs)
        return {key: one.value for key, one in outcomes.items()}


def _all(stage: Callable[[A], Outcome[R]], batch: Sequence[tuple[str, A]]) -> dict[str, Outcome[R]]:
    return {key: stage(argument) for key, argument in batch}
