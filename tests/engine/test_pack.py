"""A value is given to who knows its name and its place, and no other is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.engine import pack as module
from lwnindex.engine.growing import UnusableError
from lwnindex.engine.pack import Pack, length

VALUES = st.dictionaries(st.text("abé\x00", max_size=3), st.binary(max_size=40), max_size=9)


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Pack]:
    with closing(Pack(tmp_path / "pack")) as found:
        yield found


@given(st.lists(VALUES, max_size=4))
def test_values_are_found_by_their_names_and_places(batches: list[dict[str, bytes]]) -> None:
    with TemporaryDirectory() as folder, closing(Pack(Path(folder) / "pack")) as pack:
        places: dict[str, int] = {}
        values: dict[str, bytes] = {}
        for batch in batches:
            places.update(pack.put(batch))
            values.update(batch)

        assert {name: pack.get(name, place) for name, place in places.items()} == values
        assert dict(pack.some(places.items())) == values


@pytest.mark.parametrize(("gap", "run"), [(0, 1), (0, 100), (1000, 300), (10**6, 10**6)])
def test_whatever_is_read_at_once_the_same_comes_out(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, gap: int, run: int
) -> None:
    monkeypatch.setattr(module, "_GAP", gap)
    monkeypatch.setattr(module, "_RUN", run)
    values = {str(number): bytes([number]) * (number * 7) for number in range(40)}
    places = pack.put(values)
    some = {name: places[name] for name in ("39", "3", "4", "0", "17", "18", "19")}

    assert dict(pack.some(some.items())) == {name: values[name] for name in some}


def test_another_name_gets_nothing(pack: Pack) -> None:
    places = pack.put({"a": b"one", "b": b"two"})

    assert (pack.get("b", places["a"]), pack.get("", places["a"])) == (None, None)
    assert list(pack.some([("a", places["b"]), ("b", places["b"])])) == [("b", b"two")]


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_wrong_place_gives_nothing(start: int, long: int) -> None:
    with TemporaryDirectory() as folder, closing(Pack(Path(folder) / "pack")) as pack:
        places = pack.put({"a": b"one", "b": bytes(60)})
        place = start << 28 | long

        assert pack.get("a", place) == (b"one" if place == places["a"] else None)
        assert list(pack.some([("a", place)])) == ([("a", b"one")] if place == places["a"] else [])


def test_a_changed_value_is_left_out_and_its_neighbours_are_not(pack: Pack) -> None:
    places = pack.put({"a": b"one", "b": b"two", "c": b"three"})
    pack.path.write_bytes(pack.path.read_bytes().replace(b"two", b"Two"))

    assert dict(pack.some(places.items())) == {"a": b"one", "c": b"three"}
    assert pack.get("b", places["b"]) is None


def test_values_that_were_cut_off_are_left_out(pack: Pack) -> None:
    places = pack.put({"a": b"one", "b": b"two", "c": b"three"})
    pack.path.write_bytes(pack.path.read_bytes()[:-7])

    assert dict(pack.some(places.items())) == {"a": b"one", "b": b"two"}


def test_a_copy_is_as_sound_as_its_original(pack: Pack, tmp_path: Path) -> None:
    values = {str(number): b"%d" % number for number in range(2500)}
    places = pack.put(values)
    pack.path.write_bytes(pack.path.read_bytes().replace(b"1234", b"4321"))
    with closing(Pack(tmp_path / "other")) as other:
        wanted = {name: place for name, place in places.items() if name != "7"}
        copied = other.copy(pack, wanted)

        assert copied.keys() == wanted.keys()
        assert dict(other.some(copied.items())) == {
            name: value for name, value in values.items() if name not in ("7", "1234")
        }
        assert other.size == length(copied.values()) == length(wanted.values())


def test_what_is_too_long_for_a_place_is_refused_before_anything_is_written(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LENGTH", 20)
    with pytest.raises(UnusableError, match="longer than 20 bytes"):
        pack.put({"a": b"short", "b": bytes(17)})

    assert pack.size == 0


def test_a_pack_that_has_no_more_places_is_told(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PLACES", 100 << 28)
    pack.put({"a": bytes(90)})
    with pytest.raises(UnusableError, match="grown too large"):
        pack.put({"b": bytes(2)})
