"""Who uploads what the lists name, and nothing else, has the site, whatever became of builds in between."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lwnindex import config, journal, loading, site
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.uploads import Listed, Lister, text, write
from tests.editscripts import Edit, bodies, edits, started
from tests.lengths import trials
from tests.sites import Site, tree

EXAMPLES = trials(short=10, long=200)


def listing(here: Site) -> Lister:
    """Build with a list."""
    lister = Lister(partial(write, here.root / "list"))
    found = config.load(here.root / "lwnindex.toml", {}, {"output": "site", "store": "store"})
    site.build(found, Options("serial"), lister)
    return lister


def uploaded(here: Site, remote: Path) -> None:
    """Do with a copy of the site what the list says."""
    for line in (here.root / "list").read_text().splitlines():
        sign, path = line[0], line[2:]
        place = remote / path
        if sign == "-":
            place.unlink()
            for above in place.parents:
                if above == remote or any(above.iterdir()):
                    break
                above.rmdir()
    for line in (here.root / "list").read_text().splitlines():
        if line[0] == "+":
            (remote / line[2:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(here.root / "site" / line[2:], remote / line[2:])


@given(
    script=st.lists(
        st.tuples(
            st.lists(st.one_of(bodies, edits), max_size=3), st.sampled_from(("list", "none", "killed"))
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(
    max_examples=EXAMPLES, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck)
)
def test_what_is_uploaded_by_lists_is_the_site(script: list[tuple[list[Edit], str]]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(loading, "_TOO_FRESH", -(10**15))
        here, remote = started(Path(folder)), Path(folder, "remote")
        listing(here)
        uploaded(here, remote)
        for each, way in [*script, ([], "list")]:
            for edit in each:
                edit(here.root)
            try:
                followed(here, way)
            except SiteError:
                continue
            if way == "list":
                uploaded(here, remote)
                assert tree(remote) == tree(here.root / "site")


class _KilledError(BaseException):
    """The process ends here."""


def followed(here: Site, way: str) -> None:
    """Build with a list or without one, or be killed when the changes are sealed."""
    if way == "list":
        listing(here)
    elif way == "none":
        here.built()
    else:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(journal._Completion, "run", _killed)
            try:
                here.built()
            except _KilledError:
                return


def _killed(*_arguments: object) -> None:
    raise _KilledError


@pytest.fixture
def here(tmp_path: Path) -> Site:
    """A site that is built, and whose list was told."""
    found = started(tmp_path)
    listing(found)
    return found


def test_the_first_list_names_all_and_the_next_what_changed(tmp_path: Path) -> None:
    here = started(tmp_path)
    here.built()
    first = listing(here).listed
    standing = set(tree(tmp_path / "site"))
    (tmp_path / "content/a0.md").unlink()
    second = listing(here).listed

    assert (set(first.written), first.whole) == (standing, True)
    assert "Articles/a0/index.html" in second.removed
    assert not second.whole
    assert len(second.written) < len(first.written)
    assert listing(here).listed == Listed((), (), whole=False)


def test_what_was_built_without_a_list_is_in_the_next_one(here: Site) -> None:
    here.change("content/a1.md", "More of 1", "Much more of 1")
    here.built()

    assert "Articles/a1/index.html" in listing(here).listed.written


def test_a_list_that_could_not_be_written_was_not_told(here: Site) -> None:
    here.change("content/a1.md", "More of 1", "Much more of 1")
    (here.root / "list").unlink()
    (here.root / "list").mkdir()
    with pytest.raises(SiteError, match="the site is published, but"):
        listing(here)
    (here.root / "list").rmdir()

    assert "Articles/a1/index.html" in listing(here).listed.written


def test_what_somebody_put_into_the_place_of_a_page_is_theirs(here: Site) -> None:
    here.put("site/Articles/a0/index.html", "mine")
    (here.root / "content/a0.md").unlink()

    assert "Articles/a0/index.html" not in listing(here).listed.removed


def test_without_a_store_all_is_named(here: Site) -> None:
    shutil.rmtree(here.root / "store")

    assert listing(here).listed.whole


def test_a_site_that_is_a_link_has_one_list_for_both_trees(here: Site) -> None:
    here.put("lwnindex.toml", (here.root / "lwnindex.toml").read_text() + '[output]\nswitch = "symlink"\n')
    first = listing(here).listed
    here.change("content/a1.md", "More of 1", "Much more of 1")
    second = listing(here).listed

    assert (first.whole, second.whole, second.removed) == (False, False, ())
    assert "Articles/a1/index.html" in second.written
    assert len(second.written) < 20


def test_paths_end_with_lines_or_zero_bytes() -> None:
    found = Listed(("a.html", "b c.html"), ("d.html",), whole=False)

    assert text(found) == b"+ a.html\n+ b c.html\n- d.html\n"
    assert text(found, null=True) == b"+ a.html\0+ b c.html\0- d.html\0"


def test_a_line_break_in_a_name_asks_for_zero_bytes() -> None:
    found = Listed(("a\nb",), (), whole=False)

    assert text(found, null=True) == b"+ a\nb\0"
    with pytest.raises(SiteError, match="List with -0"):
        text(found)


def test_a_pipe_is_written_into(here: Site) -> None:
    (here.root / "list").unlink()
    os.mkfifo(here.root / "list")
    reader = os.open(here.root / "list", os.O_RDONLY | os.O_NONBLOCK)
    here.change("content/a1.md", "More of 1", "Much more of 1")
    listing(here)

    assert b"+ Articles/a1/index.html\n" in os.read(reader, 10_000)
    os.close(reader)
