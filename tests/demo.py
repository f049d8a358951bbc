"""The demo archive in each theme, built once for each process of the tests that look at it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from lwnindex import config, site
from tests.programs import ROOT

THEMES = ("default", "classic")


@cache
def built(theme: str = "default") -> tuple[Path, site.Report]:
    """Return the folder of the demo, built with a theme, and its report."""
    work = Path(mkdtemp(prefix="lwnindex-demo-"))
    folders = {"output": str(work / "site"), "store": str(work / "store")}
    options = {**folders, "theme": {"name": theme}}
    report = site.build(config.load(ROOT / "lwnindex.toml", {}, options))
    return work / "site", report
