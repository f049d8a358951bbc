"""A plan says what the next build does, and why, and writes nothing."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lwnindex import config, journal, loading
from lwnindex.options import Options
from lwnindex.planning import Plan, plan
from lwnindex.problems import SiteError
from tests.editscripts import Edit, by_hand, edits, started
from tests.lengths import trials
from tests.sites import Site

EXAMPLES = trials(short=15, long=300)
DAYS = ("2020-01-10", "2020-02-01", "2030-01-01")


def planned(here: Site, **more: object) -> Plan:
    found = config.load(here.root / "lwnindex.toml", {}, {"output": "site", "store": "store"})
    return plan(found, Options("serial")._replace(**more))  # type: ignore[arg-type]


def standing(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return all below a folder: the number and time of change of each, and its bytes or where it leads."""
    found = {}
    for place in sorted(root.rglob("*")):
        seen = place.lstat()
        content = str(place.readlink()).encode() if place.is_symlink() else b""
        whole = place.read_bytes() if place.is_file() and not content else content
        found[str(place)] = (seen.st_ino, seen.st_mtime_ns, whole)
    return found


def kinds(found: Plan, path: str) -> list[str]:
    return [one.kind for one in found.causes[path]]


@pytest.fixture
def here(tmp_path: Path) -> Site:
    """A site that is built."""
    found = started(tmp_path)
    found.built()
    return found


def agrees(here: Site, day: str, *, clean: bool) -> None:
    """Plan, build, and compare; where nothing can be built, the plan says so, too."""
    how = {"now": day, "clean": clean}
    before = standing(here.root)
    try:
        found = planned(here, **how)
    except SiteError as error:
        told = str(error)
    else:
        told = ""
    assert standing(here.root) == before
    if told:
        with pytest.raises(SiteError, match=re.escape(told)):
            here.built(options=Options("serial", clean=clean, now=day))
        return
    report = here.built(options=Options("serial", clean=clean, now=day))

    assert set(found.report.written) == set(report.written)
    assert found.report.removed == report.removed
    assert (found.report.kept, found.report.pages) == (report.kept, report.pages)
    assert found.report.problems == report.problems
    assert found.causes.keys() == {*report.written, *report.removed}
    assert all(found.causes.values())


_STEPS = st.tuples(st.lists(edits, max_size=3), st.sampled_from(DAYS), st.sampled_from((False, False, True)))


@given(script=st.lists(_STEPS, min_size=1, max_size=3), hand=st.booleans())
@settings(
    max_examples=EXAMPLES, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck)
)
def test_a_plan_is_what_the_next_build_does(script: list[tuple[list[Edit], str, bool]], hand: bool) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(loading, "_TOO_FRESH", -(10**15))
        here = started(Path(folder))
        agrees(here, DAYS[0], clean=False)
        for each, day, clean in script:
            for edit in each:
                edit(here.root)
            if hand and (here.root / "site").exists():
                by_hand(here.root)
            agrees(here, day, clean=clean)


def test_nothing_changes_where_nothing_changed(here: Site) -> None:
    assert (planned(here).causes, planned(here).report.kept) == ({}, here.built().pages)


def test_it_names_the_source_of_a_page_and_of_those_that_show_it(here: Site) -> None:
    here.change("content/a1.md", "title: Number 1", "title: Other")
    found = planned(here)

    assert found.causes["Articles/a1/index.html"][0].names == ("content/a1.md",)
    assert kinds(found, "Articles/a1/index.html") == ["source"]
    assert kinds(found, "index.html") == ["shows"]


def test_a_new_article_is_new_and_one_that_went_is_removed(here: Site) -> None:
    (here.root / "content/a2.md").rename(here.root / "content/b.md")
    found = planned(here)

    assert "Articles/b/index.html" in found.new
    assert kinds(found, "Articles/b/index.html") == ["new-source"]
    assert kinds(found, "Articles/a2/index.html") == ["gone"]


def test_it_tells_a_template_from_the_site_and_from_the_configuration(here: Site) -> None:
    here.put("templates/404.html", "{{ page.title }}")
    one = planned(here)
    here.built()
    here.change("lwnindex.toml", 'title = "T"', 'title = "U"')
    two = planned(here)
    here.built()
    here.change("lwnindex.toml", "per_page = 2", "per_page = 1")
    three = planned(here)

    assert {path: [each.kind for each in why] for path, why in one.causes.items()} == {
        "404.html": ["template"]
    }
    assert one.causes["404.html"][0].names == ("404.html",)
    assert "site" in kinds(two, "index.html")
    assert "title" in next(one.names for one in two.causes["index.html"] if one.kind == "site")
    assert {why[0].kind for why in three.causes.values()} == {"configuration"}
    assert {why[0].names for why in three.causes.values()} == {("[pages]",)}


def test_it_tells_of_the_day_that_brings_an_article(tmp_path: Path) -> None:
    here = started(tmp_path)
    here.change("content/a1.md", "date: 2020-01-02", "date: 2020-05-02")
    here.built(options=Options("serial", now="2020-05-01"))
    found = planned(here, now="2020-05-02")

    assert "Articles/a1/index.html" in found.new
    assert found.causes["Articles/a1/index.html"][0].kind == "day"
    assert found.causes["Articles/a1/index.html"][0].names == ("content/a1.md",)


def test_it_tells_of_files_that_are_missing_or_were_changed(here: Site) -> None:
    (here.root / "site/404.html").unlink()
    here.put("site/index.html", "By hand")
    found = planned(here)

    assert (kinds(found, "404.html"), kinds(found, "index.html")) == (["missing"], ["altered"])
    assert kinds(planned(here, clean=True), "404.html")[0] == "missing"


def test_a_copied_file_is_named(here: Site) -> None:
    here.put("static/k.txt", "1")
    assert planned(here).causes["k.txt"][0].names == ("static/k.txt",)


def test_without_an_earlier_build_nothing_is_known(tmp_path: Path) -> None:
    here = started(tmp_path)
    found = planned(here)

    assert {one.kind for why in found.causes.values() for one in why} == {"unknown"}
    assert sorted(place.name for place in tmp_path.iterdir()) == ["content", "lwnindex.toml", "themes"]


def test_it_does_not_begin_before_a_renaming_is_over(here: Site) -> None:
    (here.root / "store/rewriting").mkdir()
    with pytest.raises(SiteError, match="Run `lwnindex build`"):
        planned(here)


def test_after_a_kill_a_plan_tells_all_that_is_not_there_yet(here: Site) -> None:
    here.change("content/a1.md", "More of 1", "Much more of 1")

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal._Completion, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            here.built()
    before = standing(here.root)
    found = planned(here)

    assert "Articles/a1/index.html" in found.report.written
    assert standing(here.root) == before
    here.built()
    assert planned(here).report.written == ()
