"""An executor does what `concurrent.futures` says that one does."""

from __future__ import annotations

import threading
from concurrent.futures import Executor

import pytest

from lwnindex.engine.executors import SerialExecutor, executor


def test_the_serial_executor_works_at_once_in_its_caller_s_thread() -> None:
    threads = []
    future = SerialExecutor().submit(lambda: threads.append(threading.current_thread()))

    assert future.done()
    assert threads == [threading.current_thread()]


def test_a_call_gets_its_arguments() -> None:
    assert SerialExecutor().submit(divmod, 7, 2).result() == (3, 1)
    assert SerialExecutor().submit(int, "11", base=2).result() == 3


def test_results_come_in_the_order_of_the_inputs() -> None:
    with SerialExecutor() as working:
        assert list(working.map(str.upper, ["b", "a"])) == ["B", "A"]


def test_a_failure_is_raised_where_its_result_is_asked_for() -> None:
    future = SerialExecutor().submit(divmod, 1, 0)

    assert isinstance(future.exception(), ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        future.result()


def test_an_interruption_ends_the_caller_before_the_next_call() -> None:
    begun = []

    def call(number: int) -> None:
        begun.append(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SerialExecutor().map(call, [1, 2])

    assert begun == [1]


def test_an_executor_is_known_by_its_name() -> None:
    assert isinstance(executor("serial"), Executor)


def test_a_name_that_no_executor_has_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match='no executor "threads"; there is "serial"'):
        executor("threads")
