"""Who does the work: an executor by its name, all of them `concurrent.futures.Executor`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class SerialExecutor(Executor):
    """Does each task at once, in the caller's own thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the finished future of a call; an interruption ends the caller, too."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future carries whatever the call raised
            future.set_exception(error)
        return future


def executor(name: str) -> Executor:
    """Return the executor of this name; ValueError for one there is not."""
    if name != "serial":
        raise ValueError(f'there is no executor "{name}"; there is "serial"')
    return SerialExecutor()
