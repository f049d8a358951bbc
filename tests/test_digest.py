"""Equal values have equal names, different ones different names, whatever the machine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import decoded, digest, digest_bytes, digest_pieces
from lwnindex.model import Value
from tests.makers import card

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text() | st.binary(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


class Named(Value, frozen=True, kw_only=True):
    """A value with two fields of one kind."""

    one: str = ""
    other: str = ""


def test_a_name_is_the_same_on_every_machine() -> None:
    assert digest_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest_bytes(b"Ceph") == "9e3759ed31a8795d9644e2de1b04ee6e"
    assert digest(("Kernel", 1, None, Named(one="a"))) == "f79f23f4e000340a24a52b4fed1342b3"


@given(st.lists(st.binary(max_size=9), max_size=5))
def test_bytes_in_pieces_have_the_name_of_the_whole(found: list[bytes]) -> None:
    assert digest_pieces(found) == digest_bytes(b"".join(found))


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_of_a_mapping_does_not_count(found: dict[str, int]) -> None:
    assert digest(found) == digest(dict(reversed(found.items())))


@given(values, values)
def test_only_equal_values_have_one_name(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (repr(one) == repr(other) or _same(one, other))


def _same(one: object, other: object) -> bool:
    """Tell whether two values are equal, a truth and a number being different."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def test_it_counts_which_field_says_what() -> None:
    assert digest(Named(one="a")) != digest(Named(other="a"))
    assert digest(Named(one="ab", other="c")) != digest(Named(one="a", other="bc"))


def test_a_card_has_another_name_when_anything_in_it_changes() -> None:
    own = card("1", "Kernel/Ceph", cites=("2",))
    others = [
        card("2", "Kernel/Ceph", cites=("2",)),
        card("1", "Kernel/Ceph", "Kernel/Ceph", cites=("2",)),
        card("1", ("Kernel", "Ce", "ph"), cites=("2",)),
        card("1", "Kernel/Ceph", cites=("3",)),
        card("1", "Kernel/Ceph", cites=("2",), draft=True),
        card("1", "Kernel/Ceph", cites=("2",), date=None),
    ]
    assert digest(own) == digest(card("1", "Kernel/Ceph", cites=("2",)))
    assert len({digest(one) for one in [own, *others]}) == 7


def test_what_was_kept_is_decoded_and_what_is_of_another_form_is_nothing() -> None:
    assert decoded(b"\x92\x01\x02", tuple[int, int]) == (1, 2)
    assert decoded(None, int) is None
    assert decoded(b"\x01", str) is None
    assert decoded(b"\xa1\xff", str) is None
    assert decoded(b"\x91" * 100_000, object) is None
    assert decoded(b"\x81\xa5other" + b"\x91" * 100_000, Named) is None
    assert decoded(b"\xdd\xff\xff\xff\xff", list[int]) is None
