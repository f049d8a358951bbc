"""What the proofs of several promises ask for: a folder in memory, and the program, loaded and waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loaded import Loaded, loaded
from tests.memory import in_memory


@pytest.fixture(scope="module")
def program() -> Iterator[Loaded]:
    with loaded() as process:
        yield process


@pytest.fixture
def memory() -> Iterator[Path]:
    with in_memory() as folder:
        yield folder
