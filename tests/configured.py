"""Configurations read from texts, and what is said against them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.problems import SiteError
from lwnindex.settings import Config


def read(folder: Path, text: str, environment: dict[str, str] | None = None, **options: object) -> Config:
    """Return the configuration of a file with this text."""
    file = folder / config.FILE
    file.write_text(text, "utf-8")
    return config.load(file, environment or {}, options).config


def mistakes(folder: Path, text: str) -> list[str]:
    """Return what is said against a file with this text, without the file's name and lines."""
    with pytest.raises(SiteError) as caught:
        read(folder, text)
    assert caught.value.exit_code == 2
    file = re.escape(str(folder / config.FILE))
    found = [re.fullmatch(rf"{file}(?::\d+)?: (.*)", line) for line in str(caught.value).splitlines()]
    assert None not in found, str(caught.value)
    return [one[1] for one in found if one]
