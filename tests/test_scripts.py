"""The theme's scripts for searching and for index pages, and that of a preview, hold what their types say."""

from __future__ import annotations

import subprocess

import pytest

from tests.programs import ROOT, TSC

ASSETS = ROOT / "themes" / "default" / "assets"


@pytest.mark.needs_tsc
def test_the_types_of_the_scripts_hold() -> None:
    options = ("--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals", "--noUnusedParameters")
    language = ("--target", "es2023", "--lib", "es2023,dom,dom.iterable")
    scripts = sorted(str(path) for name in ("search*.js", "index.js") for path in ASSETS.glob(name))
    scripts.append(str(ROOT / "lwnindex/preview/client.js"))
    done = subprocess.run([*TSC, *options, *language, *scripts], capture_output=True, text=True, check=False)

    assert scripts
    assert done.stdout == ""
    assert done.returncode == 0
