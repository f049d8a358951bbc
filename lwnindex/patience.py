"""Functions of plug-ins, ended where they take too long: a loop without an end is told, and whose it is.

Only what a plug-in does is ended. Where time runs out over work of our own, that is done again, for as
long as it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from types import TracebackType
from typing import TypeVar

from lwnindex.engine.limits import IdleError, Limits, TooLongError, timed
from lwnindex.problems import line_in

T = TypeVar("T")


class SlowError(Exception):
    """A plug-in took too long: in which line it was (empty if not known), in which function, for how long."""

    def __init__(self, place: str, function: str, took: str) -> None:
        super().__init__(f"{took}{f' ({place})' if place else ''}")
        self.place, self.function, self.took = place, function, took


def patient(limits: Limits, work: Callable[[], T], places: Container[str], name: str = "") -> T:
    """Return what work returns; SlowError where the code of a plug-in, that in `places`, takes too long.

    With the `name` of its function, whatever the work does is the plug-in's.
    """
    try:
        return timed(limits, work)
    except TooLongError as error:
        place, function = line_in(error, places), name or function_in(error, places)
        if function:
            raise SlowError(place, function, took(error, limits)) from error
    return work()


def took(error: TooLongError, limits: Limits) -> str:
    """Return what is to be said of the time that something took, or waited."""
    if isinstance(error, IdleError):
        return f"did nothing but wait for {limits.patience:g} seconds"
    return f"took more than {limits.seconds:g} seconds of CPU"


def function_in(error: BaseException, places: Container[str]) -> str:
    """Return the function of a plug-in in which an error arose: the one that was called first."""
    trace: TracebackType | None = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename in places:
            return f"{trace.tb_frame.f_globals.get('__name__', '')}.{code.co_qualname}".lstrip(".")
        trace = trace.tb_next
    return ""
