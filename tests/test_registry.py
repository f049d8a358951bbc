"""What a plug-in adds is checked at once: its kind, its name, and that the name is new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lwnindex.registry import EXPORTS, RegistrationError, Registry, called, miscalled, taker


def anything(*_: Any) -> Any:
    return None


def later(*_: Any) -> Any:
    return None


def test_readers_take_files_by_suffix_or_by_path_in_the_order_of_their_registration() -> None:
    registry = Registry()
    registry.add_reader(".Log", anything)
    registry.add_reader(lambda path: path.startswith("minutes/"), later)

    assert [one.name for one in registry.readers] == [f".log by {called(anything)}", called(later)]
    assert taker(registry.readers, "minutes/a.LOG") == registry.readers[0]
    assert taker(registry.readers, "minutes/a.txt") == registry.readers[1]
    assert taker(registry.readers, "a.txt") is None


def test_each_kind_has_its_names() -> None:
    registry = Registry()
    for add in (registry.add_filter, registry.add_check, registry.add_exporter):
        add("same", anything)

    assert list(registry.filters) == list(registry.checks) == list(registry.exporters) == ["same"]


MEANT: list[tuple[Callable[[Any], None], str]] = [
    (
        lambda to: to.add_filter(anything, "f"),
        'the name of a filter comes before its function. Write registry.add_filter("name", function).',
    ),
    (
        lambda to: to.filter("f", anything),
        'a registry has no "filter". Write registry.add_filter("name", function).',
    ),
    (lambda to: to.add_filters("f", anything), 'no "add_filters". Write registry.add_filter("name", fu'),
    (lambda to: to.view("f", anything), 'no "view". Write registry.add_reader(".log", function), reg'),
    (lambda to: to.add_check("c", anything, seconds=0), "0 is no number of seconds. Give one above 0."),
]


@pytest.mark.parametrize(("add", "said"), MEANT)
def test_what_is_called_amiss_is_told_with_what_is_meant(add: Callable[[Any], None], said: str) -> None:
    with pytest.raises(RegistrationError) as caught:
        add(Registry())
    assert said in str(caught.value)


def test_what_a_registry_does_not_have_is_an_attribute_that_is_not_there() -> None:
    assert not hasattr(Registry(), "filter")
    assert not hasattr(Registry(), "__wrapped__")


def test_a_call_with_too_few_values_is_told_with_how_it_is_called() -> None:
    add: Any = Registry().add_filter
    with pytest.raises(TypeError) as caught:
        add(anything)

    assert miscalled(caught.value) == 'write registry.add_filter("name", function)'
    assert miscalled(TypeError("f() missing 1")) == miscalled(ValueError("Registry.add_check() x")) == ""


BAD: list[tuple[Callable[[Registry], None], str]] = [
    (lambda to: to.add_reader("log", anything), '"log" is no suffix of files. Write one as in ".log".'),
    (lambda to: to.add_reader("", anything), '"" is no suffix of files. Write one as in ".log".'),
    (lambda to: to.add_reader(".a", 3), "the reader int is of type int. Give a function."),  # type: ignore[arg-type]
    (lambda to: to.add_reader(3, anything), "(which files it takes) is of type int. Give a function."),  # type: ignore[arg-type]
    (
        lambda to: to.add_reader(".old", anything),
        'there is a reader of ".old" already. Leave one of them out.',
    ),
    (
        lambda to: to.add_filter("a b", anything),
        "'a b' is no name of a filter. Write a name as Python has them",
    ),
    (lambda to: to.add_filter("f", None), "the filter f is of type NoneType. Give a function."),  # type: ignore[arg-type]
    (lambda to: to.add_check("No", anything), "'No' is no name of a check. Write small letters and hyphens"),
    (lambda to: to.add_check(3, anything), "3 is no name of a check."),  # type: ignore[arg-type]
    (lambda to: to.add_exporter("json", anything), 'the exporter "json" is one of lwnindex.'),
    (
        lambda to: to.add_exporter("old", anything),
        'the name "old" is used for another exporter (tests.test_registry.anything)',
    ),
    (lambda to: to.add_library(""), "'' is no name of a distribution. Name one, as in docutils."),
]


@pytest.mark.parametrize(("add", "said"), BAD)
def test_what_cannot_be_added_is_refused(add: Callable[[Registry], None], said: str) -> None:
    registry = Registry()
    registry.add_reader(".old", anything)
    registry.add_exporter("old", anything)

    with pytest.raises(RegistrationError) as caught:
        add(registry)
    assert said in str(caught.value)


def test_the_names_of_our_exporters_are_those_of_the_command_line() -> None:
    from lwnindex.cli import main

    export: Any = main.commands["export"]
    assert sorted(export.commands) == sorted(EXPORTS)
