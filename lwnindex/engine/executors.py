"""Who does the work: batches of items go to workers, their results come back as they are finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

A = TypeVar("A")
R = TypeVar("R")


class Done(NamedTuple, Generic[A, R]):
    """A batch and its result; `death` says how an item ended its worker, and then there is none."""

    items: Sequence[A]
    result: R | None
    death: str = ""


class Workers(Protocol):
    """Those who do the work."""

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int
    ) -> Iterator[Done[A, R]]:
        """Yield each batch of at most `size` items with what `work` made of it, in any order.

        What `work` raises is raised here.
        """


class Serial:
    """Does one batch after the other, here."""

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int
    ) -> Iterator[Done[A, R]]:
        """Yield each batch with its result, in order."""
        for start in range(0, len(items), size):
            batch = items[start : start + size]
            yield Done(batch, work(batch))


def workers(name: str) -> Workers:
    """Return the workers of this name; ValueError for one there is not."""
    if name != "serial":
        raise ValueError(f'there is no executor "{name}"; there is "serial"')
    return Serial()
