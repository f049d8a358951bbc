"""An incremental build is a clean one, byte for byte; whole scripts are in promises/test_incremental.py."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex import config, loading, site
from tests.editscripts import TOPICS, Edit, article, bodies, started, title
from tests.programs import ROOT
from tests.sites import Site, tree


def built(root: Path, output: str = "site", store: str = "store") -> site.Report:
    options = {"output": output, "store": store}
    return site.build(config.load(root / "lwnindex.toml", {}, options))


def start(root: Path, articles: int = 4) -> None:
    (root / "content").mkdir()
    (root / "static").mkdir()
    (root / "lwnindex.toml").write_text(
        '[site]\ntitle = "T"\nurl = "https://example.org/"\n[pages]\nper_page = 2\n'
    )
    for number in range(articles):
        (root / f"content/a{number}.md").write_text(article(number, TOPICS[number % 5], day=number + 1))


def followed(script: list[Edit], here: Site) -> None:
    """Do what a script says, build, and compare the site with a clean one."""
    for edit in script:
        edit(here.root)
    here.assert_clean(here.built())


@given(scripts=st.lists(st.lists(bodies, min_size=1, max_size=3), min_size=1, max_size=5))
@settings(deadline=None, max_examples=12)
def test_an_incremental_build_equals_a_clean_one_where_bodies_alone_change(scripts: list[list[Edit]]) -> None:
    with TemporaryDirectory() as work, pytest.MonkeyPatch.context() as patched:
        patched.setattr(loading, "_TOO_FRESH", -(10**15))
        here = started(Path(work))
        here.built()
        for script in scripts:
            followed(script, here)


# Two executors -----------------------------------------------------------------------------------


def run(here: Site, executor: str) -> dict[str, object]:
    """Build in a process of its own, where workers can be forked; return its report's figures."""
    words = [
        "lwnindex",
        "build",
        "--json",
        "--config",
        "lwnindex.toml",
        "--jobs",
        "2",
        "--executor",
        executor,
    ]
    done = subprocess.run(
        [sys.executable, "-m", *words, "--output", executor, "--store", f"{executor}-store"],
        cwd=here.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stdout
    report = json.loads(done.stdout.splitlines()[-1])
    return {name: value for name, value in report.items() if name not in ("seconds", "stages")}


def test_one_process_and_several_do_the_same(tmp_path: Path) -> None:
    here = Site(tmp_path)
    for number in range(80):
        here.put(f"content/a{number}.md", article(number, TOPICS[number % 5], day=number % 28 + 1))
    edits: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: here.change("content/a7.md", "More of", "Still more of"),
        lambda: here.change("lwnindex.toml", '"T"', '"U"'),
    )
    for edit in edits:
        edit()
        assert run(here, "serial") == run(here, "processes")
        assert tree(tmp_path / "serial") == tree(tmp_path / "processes")

    clean = here.clean()
    assert tree(tmp_path / "processes") == tree(tmp_path / "clean")
    assert clean.articles == 80


# What is written ---------------------------------------------------------------------------------


def test_a_second_build_touches_no_file(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    report = built(tmp_path)

    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before
    assert (report.written, report.removed) == ((), ())


def test_a_body_edit_changes_the_article_and_the_feeds_that_carry_it(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    before = tree(tmp_path / "site")
    place = tmp_path / "content/a2.md"
    place.write_text(place.read_text() + "\nA last paragraph.\n")
    report = built(tmp_path)
    after = tree(tmp_path / "site")

    changed = {path for path in after if after[path] != before.get(path)}
    searched = {"search/catalog.js", "search/terms/t-.js", "search/texts/2020-01-0.js"}
    assert changed == {"Articles/a2/index.html", "feed.rss", "feed.atom", "feed.json", *searched}
    assert set(report.written) == changed


def test_two_checkouts_in_two_places_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two/deeper"
    first.mkdir()
    start(first)
    shutil.copytree(first, second)
    built(first)
    built(second)

    assert tree(first / "site") == tree(second / "site")


def test_a_lost_store_costs_no_content(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    before = tree(tmp_path / "site")
    shutil.rmtree(tmp_path / "store")
    report = built(tmp_path)

    assert tree(tmp_path / "site") == before
    assert (report.written, report.errors) == ((), 0)


def test_a_lost_store_and_an_edit_leave_no_page_behind(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    shutil.rmtree(tmp_path / "store")
    title("Another", tmp_path)
    report = built(tmp_path)
    built(tmp_path, "clean", "clean-store")

    assert report.errors == 0
    assert tree(tmp_path / "site") == tree(tmp_path / "clean")
