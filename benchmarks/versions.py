"""On what was measured: the machine and the programs with their versions."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.builders import HUGO, PELICAN, ROOT, Builder, hugo_program

LIBRARIES = ("markdown", "pyromark", "pygments", "jinja2", "nh3", "msgspec")


def machine() -> str:
    """Return what the machine is, in a few words."""
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = f"{pages * page / 2**30:.0f} GiB"
    return f"{os.cpu_count()} cores, {memory}, {platform.system()} {platform.release()}, {platform.machine()}"


def programs(found: tuple[Builder, ...], venv: Path) -> str:
    """Return the versions of what is measured."""
    names = {each.name for each in found}
    said = [" ".join(each for each in ("lwnindex", _release(), _commit(), "on", _python()) if each)]
    program = hugo_program(venv)
    if HUGO in names and program:
        said.append(hugo_release(_said([str(program), "version"])))
    if PELICAN in names:
        code = (
            "import pelican, sys; print('Pelican', pelican.__version__, 'on Python', sys.version.split()[0])"
        )
        said.append(_said([str(venv / "bin" / "python"), "-c", code]))
    return ", ".join(each for each in said if each)


def _python() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if _installed(name))
    return f"{platform.python_implementation()} {sys.version.split()[0]} ({libraries})"


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _commit() -> str:
    """Return the commit that is measured, and whether more than it is; nothing outside of a repository."""
    found = _said(["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"])
    return f"at {found}" if found else ""


def _release() -> str:
    return version("lwnindex") if _installed("lwnindex") else ""


def _said(command: list[str]) -> str:
    """Return what a command prints, or nothing where it cannot."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def hugo_release(text: str) -> str:
    """Return what counts of Hugo's own words: `Hugo 0.168.0`, with `extended` where it is."""
    release = text.partition("-")[0].removeprefix("hugo v")
    return f"Hugo {release}{' extended' if '+extended' in text else ''}" if release else ""
