"""A folder for tests of what may not be read: no right holds there beyond those of everyone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lwnindex import themefiles
from lwnindex.settings import Config
from tests.programs import ROOT


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that everyone may write to, and for the test no right beyond those of everyone."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        # What Python imports late, it may not be able to read any more.
        themefiles.theme_files(Config(), ROOT)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)
