"""A small site in full: every byte of every page is what a person once looked at and agreed to.

`python -m tests.test_golden` writes the site anew; look at the difference before you commit it.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from lwnindex import config, site
from tests import searchfiles
from tests.programs import ROOT

GOLDEN = ROOT / "tests/golden"
EXPECTED = GOLDEN / "site"


def built(work: Path) -> dict[str, bytes]:
    """Return the files of the small site but its assets, which have tests of their own."""
    options = {"output": str(work / "site"), "store": str(work / "store")}
    report = site.build(config.load(GOLDEN / "lwnindex.toml", {}, options))
    problems = [f"{one.severity} {one.code} {one.file}:{one.line}" for one in report.problems]
    files = files_of(work / "site")
    pages = {path: _shown(path, content) for path, content in files.items() if not path.startswith("assets/")}
    return {**pages, "problems": "\n".join([*problems, f"{dict(report.counts)}", ""]).encode()}


def _shown(path: str, content: bytes) -> bytes:
    """Return a file as a person can read it: another zlib may deflate a text to other bytes."""
    if not path.startswith("search/texts/"):
        return content
    return json.dumps(searchfiles.texts(content), indent=1, ensure_ascii=False).encode()


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_small_site_is_what_it_was(tmp_path: Path) -> None:
    found = built(tmp_path)
    wanted = files_of(EXPECTED)

    assert sorted(found) == sorted(wanted)
    assert [path for path in wanted if found[path] != wanted[path]] == []


def rewrite() -> None:
    """Write the expected site anew."""
    with TemporaryDirectory() as work:
        found = built(Path(work))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, content in found.items():
        (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / path).write_bytes(content)


if __name__ == "__main__":
    rewrite()
    sys.stdout.write(f"{EXPECTED} is written anew\n")
