"""A store is held by one at a time, and what is damaged in it is as good as missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.engine.store import DamagedError, Store
from lwnindex.gather import Gathered
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.storing import gathered, with_store
from tests.sites import Site, article


@pytest.fixture
def found(tmp_path: Path) -> config.Found:
    here = Site(tmp_path)
    here.put("content/1.md", article("One", "Words."))
    return config.load(tmp_path / "lwnindex.toml", {}, {"store": "store"})


def test_what_is_noted_is_there_the_next_time(found: config.Found) -> None:
    with_store(found, Options(), lambda store: store.note("a", b"1"))

    assert with_store(found, Options(), lambda store: store.noted("a")) == b"1"
    assert with_store(found, Options(clean=True), lambda store: store.noted("a")) is None


def test_of_a_damaged_store_nothing_is_left_the_second_time(found: config.Found) -> None:
    seen = []

    def run(store: Store) -> str:
        seen.append(store.noted("a"))
        store.note("a", b"1")
        if len(seen) < 3:
            raise DamagedError("x")
        return "done"

    assert with_store(found, Options(), run) == "done"
    assert seen == [None, None, None]


def test_a_program_that_fails_with_what_the_store_holds_begins_again_without(found: config.Found) -> None:
    told: list[str] = []
    options = Options(waiting=told.append)
    with_store(found, options, lambda store: store.note("a", b"1"))

    def run(store: Store) -> str:
        if store.noted("a") is not None:
            raise KeyError("what nobody kept")
        return "done"

    assert with_store(found, options, run) == "done"
    assert [sentence.rpartition(" (")[2] for sentence in told] == ["KeyError: 'what nobody kept')."]


def test_a_program_that_fails_without_it_fails(found: config.Found) -> None:
    told: list[str] = []

    def run(store: Store) -> None:
        store.note("a", b"1")
        raise KeyError("of its own")

    with pytest.raises(KeyError, match="of its own"):
        with_store(found, Options(waiting=told.append), run)
    assert told == []


def test_a_store_that_cannot_be_made_is_told(found: config.Found) -> None:
    (found.root / "store").write_text("a file", "utf-8")

    with pytest.raises(SiteError, match="--store DIR"):
        with_store(found, Options(), lambda store: store.noted("a"))


def test_sources_are_gathered_with_the_store(found: config.Found) -> None:
    def use(here: Gathered, store: Store) -> tuple[list[str], str]:
        store.note("a", b"1")
        return [one.file for one in here.sources.sources], here.today

    assert gathered(found, Options(now="2020-02-03"), use) == (["content/1.md"], "2020-02-03")
