"""What a plug-in does is ended where it takes too long, and told by its function; our own work never is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from lwnindex.engine.limits import Limits
from lwnindex.patience import SlowError, function_in, patient

BRIEF = Limits(0.05, patience=0.3)
HERE = frozenset({__file__})


def loop() -> None:
    while True:
        pass


def wait() -> None:
    while True:
        time.sleep(0.01)


def hold_on() -> None:
    """Do what a loop does that goes on after whatever happens."""
    while True:
        try:
            loop()
        except Exception:  # noqa: BLE001
            continue


@pytest.mark.parametrize(
    ("function", "took"),
    [
        (loop, "took more than 0.05 seconds of CPU"),
        (hold_on, "took more than 0.05 seconds of CPU"),
        (wait, "did nothing but wait for 0.3 seconds"),
    ],
)
def test_a_plug_in_that_does_not_end_is_ended_and_named(function: Callable[[], None], took: str) -> None:
    with pytest.raises(SlowError) as caught:
        patient(BRIEF, function, HERE)

    assert caught.value.function == f"{__name__}.{function.__name__}"
    assert caught.value.place.startswith("test_patience.py:")
    assert str(caught.value) == f"{took} ({caught.value.place})"


def test_what_is_known_by_name_is_blamed_for_what_it_calls() -> None:
    with pytest.raises(SlowError) as caught:
        patient(BRIEF, loop, (), "own.check")

    assert (caught.value.function, caught.value.place) == ("own.check", "")


def test_work_of_our_own_is_done_again_without_an_end() -> None:
    turns = iter([loop])

    def work() -> str:
        next(turns, lambda: None)()
        return "done"

    assert patient(BRIEF, work, ()) == "done"


def test_what_a_plug_in_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        patient(BRIEF, lambda: 1 // 0, HERE)

    assert function_in(caught.value, HERE).startswith(f"{__name__}.")
    assert function_in(caught.value, ()) == ""
