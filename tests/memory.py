"""Folders in memory: for thousands of files that are made and removed, and for disks of any size."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_SHARED = "/dev/shm"


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder in memory, where the system has one for all, else on disk."""
    with TemporaryDirectory(dir=_SHARED if os.access(_SHARED, os.W_OK) else None) as folder:
        yield Path(folder)


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[None]:
    """Have a folder be a file system of so many bytes; the test is left out where that is not permitted."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_done("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.skip("needs the right to mount a file system of a certain size")
    try:
        yield
    finally:
        assert _is_done("umount", str(folder))


def resize(folder: Path, size: int) -> None:
    """Have a mounted folder hold so many bytes, no fewer than it does."""
    assert _is_done("mount", "-o", f"remount,size={size}", str(folder))


def _is_done(*command: str) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode
    except FileNotFoundError:
        return False
