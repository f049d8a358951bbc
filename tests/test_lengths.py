"""The proofs of the promises are short in one run of all tests, and as long as asked in a soak."""

from __future__ import annotations

import pytest

from tests.lengths import SOAK, is_long, trials


@pytest.mark.parametrize(("asked", "count"), [("", 3), ("1", 1000), ("5000", 5000)])
def test_a_proof_is_as_long_as_was_asked(asked: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOAK, asked)
    assert trials(3, 1000) == count
    assert is_long() == bool(asked)
