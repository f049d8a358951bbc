"""Whatever parsing an article does, the article has a page, in bounded time, and the others are as ever."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from lwnindex.digest import decoded
from lwnindex.engine.limits import Bounds, Limits
from lwnindex.engine.store import Store
from lwnindex.model import Parsed
from lwnindex.options import Options
from lwnindex.site import Report
from tests.alone import alone
from tests.faulty import FAULTS, IN_PYTHON, SWITCH, mended
from tests.lengths import is_long, trials
from tests.programs import ROOT
from tests.sites import TOML, Site, article, figures, tree

BRIEF = Bounds(Limits(0.5, 1 << 28), Limits(0.5, 1 << 28))
GOOD = 12
CODES = {"loop": "too-costly", "loop-in-c": "too-costly", "eat": "too-costly", "recurse": "too-large"}
"""What is told of a fault; of the others, a crash."""


def site_of(folder: str, bad: Mapping[str, str]) -> Site:
    """Return a site of sound articles and these bad ones, each with a fault of a name."""
    site = Site(Path(folder))
    site.put("lwnindex.toml", f'{TOML}[markdown]\nextensions = ["tests.faulty"]\n')
    for number in range(GOOD):
        site.put(f"content/good-{number}.md", article(f"Good {number}", "Words, *as ever*.", day=1 + number))
    for name, fault in bad.items():
        header = "summary: It is bad\n"
        site.put(f"content/{name}.md", article(name, f"Some <b>words</b>: !{fault}!", day=28, header=header))
    return site


def bounded(executor: str, jobs: int | None = None) -> Options:
    """Return how to build within small bounds, or within the usual ones in a soak."""
    return Options(executor=executor, jobs=jobs, bounds=Bounds() if is_long() else BRIEF)


def assert_told(report: Report, bad: Mapping[str, str]) -> None:
    """Look for one error of each bad article, which names its file, what happened and a way out."""
    told = {one.file: one for one in report.problems if one.severity == "error"}

    assert len(told) == report.errors == len(bad)
    for name, fault in bad.items():
        one = told[f"content/{name}.md"]
        assert (one.code, bool(one.message), bool(one.fix)) == (CODES.get(fault, "crash"), True, True)


def assert_published(site: Site, bad: Mapping[str, str]) -> None:
    """Look for a page of each bad article, with its title and its text as it is written."""
    shown = texts(site)
    for name, fault in bad.items():
        page = (site.root / f"site/Articles/{name}/index.html").read_text("utf-8")
        assert f"<title>{name}" in page
        assert f'<pre class="plain" tabindex="0">Some &lt;b&gt;words&lt;/b&gt;: !{fault}!</pre>' in shown


def texts(site: Site) -> set[str]:
    """Return all bodies without links that the store holds."""
    with closing(Store(site.root / "store")) as store:
        blobs = [store.blob(one) for one in store.digests()]
    found = [decoded(blob, list[str]) for blob in blobs]
    return {one[0] for one in found if one}


def kept(site: Site) -> set[str]:
    """Return the titles of all articles of which the store has results."""
    with closing(Store(site.root / "store")) as store:
        values = list(store.results().values())
    parsed = [one for one in (decoded(value, Parsed) for value in values) if one]
    return {article.card.title for one in parsed for article in one.articles}


def others(site: Site, folder: str) -> dict[str, bytes]:
    """Return the pages of the sound articles."""
    pages = tree(site.root / folder)
    return {path: page for path, page in pages.items() if path.startswith("Articles/good-")}


def assert_bounded(bad: Mapping[str, str], executor: str, jobs: int | None = None) -> None:
    """Build a site with bad articles, look at it, and build it again without the fault."""
    with tempfile.TemporaryDirectory() as folder:
        site, how = site_of(folder, bad), bounded(executor, jobs)
        with mended():
            site.clean(how)
        report = site.built(options=how)

        assert report.articles == GOOD + len(bad)
        assert_told(report, bad)
        assert_published(site, bad)
        assert kept(site) == {f"Good {number}" for number in range(GOOD)}
        assert len(others(site, "site")) == GOOD
        assert others(site, "site") == others(site, "clean")
        with mended():
            site.assert_clean(site.built(options=how), how)


@alone
def test_an_article_that_fails_in_any_way_has_a_page_and_costs_no_other() -> None:
    many = trials(1, 8)
    bad = {f"bad-{fault}-{number}": fault for fault in FAULTS for number in range(many)}

    assert_bounded(bad, "processes", 2)


@alone
def test_one_worker_is_enough_for_that() -> None:
    assert_bounded({f"bad-{fault}": fault for fault in ("exit", "loop")}, "processes", 1)


@alone
def test_without_workers_what_python_can_end_costs_no_other_either() -> None:
    assert_bounded({f"bad-{fault}": fault for fault in IN_PYTHON}, "serial")


@alone
def test_an_article_that_is_nested_without_end_has_a_page() -> None:
    bad = {"bad-recurse": "recurse"}
    with tempfile.TemporaryDirectory() as folder:
        site = site_of(folder, bad)
        report = site.built(options=bounded("processes"))

        assert_told(report, bad)
        assert_published(site, bad)


@alone
def test_an_edit_that_makes_an_article_bad_and_one_that_mends_it_end_as_a_clean_build() -> None:
    how = bounded("processes", 1)
    with tempfile.TemporaryDirectory() as folder:
        site = site_of(folder, {"bad": "none"})
        site.built(options=how)
        site.change("content/bad.md", "!none!", "!exit!")
        report = site.built(options=how)
        assert_told(report, {"bad": "exit"})
        assert_published(site, {"bad": "exit"})
        assert figures(site.built(options=how)) == figures(report)
        site.change("content/bad.md", "!exit!", "!none!")
        site.assert_clean(site.built(options=how), how)


def test_what_bad_articles_cost_is_bounded_and_the_build_ends_with_1(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    bad = {f"bad-{fault}-{number}": fault for fault in tried() for number in range(trials(1, 4))}
    site = site_of(str(tmp_path), bad)
    clean, clean_seconds = told_by_program(site, **{SWITCH: "off"})
    shutil.rmtree(tmp_path / "store")
    done, seconds = told_by_program(site)

    assert (clean.returncode, done.returncode) == (0, 1), done.stderr
    assert all((tmp_path / f"site/Articles/{name}/index.html").is_file() for name in bad)
    assert all(done.stderr.count(f"content/{name}.md: ") == 1 for name in bad)
    each = (seconds - clean_seconds) / len(bad)
    assert each <= 10
    figure(f"{len(bad)} bad articles: {each:.1f} s of CPU each, at most 10")


def tried() -> Iterable[str]:
    """Return the faults that are tried with the usual limits: only in a soak those that use them up."""
    return FAULTS if is_long() else ("exit", "kill", "abort", "fail")


def told_by_program(site: Site, **environment: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Return what the program says of a build by two workers, and the seconds of CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "lwnindex", "build", "--jobs", "2", "--store", "store"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
