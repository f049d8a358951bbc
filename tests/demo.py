"""The demo archive, built once for each process of the tests that look at it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from lwnindex import config, site
from tests.programs import ROOT


@cache
def built() -> tuple[Path, site.Report]:
    """Return the folder of the built demo and its report."""
    work = Path(mkdtemp(prefix="lwnindex-demo-"))
    options = {"output": str(work / "site"), "store": str(work / "store")}
    report = site.build(config.load(ROOT / "lwnindex.toml", {}, options))
    return work / "site", report
