"""An incremental build is a clean one, byte for byte, whatever was done in between, and whoever builds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builder import Builder, Wanted, said
from tests.editscripts import DECADE, Edit, by_hand, edits, started
from tests.lengths import trials
from tests.sites import tree

DAYS = ("2020-01-10", "2020-01-20", "2020-02-01", "2020-03-01", "2030-01-01", "2010-01-01")
HANDS = (("serial", 1), ("processes", 2), ("processes", 3))
SCRIPTS = trials(short=12, long=500)


class Step(NamedTuple):
    """What is done between two builds, and how the second one is run."""

    edits: tuple[Edit, ...]
    hands: tuple[str, int]
    now: str
    skew: int
    distrust: str = ""
    mishap: str = ""

    def wanted(self, root: Path, **more: Any) -> Wanted:
        """Return the build."""
        executor, jobs = self.hands
        return Wanted(root=str(root), executor=executor, jobs=jobs, now=self.now, skew=self.skew, **more)


steps = st.builds(
    Step,
    st.lists(edits, min_size=1, max_size=3).map(tuple),
    st.sampled_from(HANDS),
    st.sampled_from((DAYS[3], DAYS[3], *DAYS)),
    st.sampled_from((0, DECADE, DECADE, -DECADE)),
    st.sampled_from(("", "", "", "", "clean", "no-stat")),
    st.sampled_from(("", "", "", "", "", "by hand", "store")),
)


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    """A process that builds."""
    found = Builder()
    yield found
    found.close()


def followed(step: Step, root: Path, builder: Builder) -> None:
    """Do what a step says, build, and compare the site and what is said of it with those of a clean build."""
    for edit in step.edits:
        edit(root)
    trusting = {"clean": step.distrust == "clean", "trust_stat": step.distrust != "no-stat"}
    compare(step, root, builder.told(step.wanted(root, **trusting)))
    if step.mishap == "by hand" and (root / "site").exists():
        by_hand(root)
        compare(step, root, builder.told(step.wanted(root)))
    elif step.mishap == "store":
        # With it goes what tells whose a page is, so that nothing else may change at once. A mistake in the
        # configuration may have kept it from being made.
        shutil.rmtree(root / "store", ignore_errors=True)
        for each in (root / ".site.lwnindex-trees").glob("[ab]"):
            if each != (root / "site").resolve():
                shutil.rmtree(each)
        compare(step, root, builder.told(step.wanted(root)))


def compare(step: Step, root: Path, own: str) -> None:
    """Compare a site with a clean one; where there can be none, both builds say why."""
    if (root / "clean").is_symlink():
        (root / "clean").unlink()
    for folder in ("clean", ".clean.lwnindex-trees", "clean-store"):
        shutil.rmtree(root / folder, ignore_errors=True)
    clean = said(Wanted(root=str(root), now=step.now, output="clean", store="clean-store"))
    assert own == clean
    if clean.startswith("["):
        here, there = tree(root / "site"), tree(root / "clean")
        assert {path for path in here.keys() | there.keys() if here.get(path) != there.get(path)} == set()


@given(script=st.lists(steps, min_size=1, max_size=4))
# A script takes as long to shorten as to find; it is short enough to be read.
@settings(max_examples=SCRIPTS, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck))
def _follow(script: list[Step], builder: Builder, done: list[int]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        started(root)
        builder.told(Wanted(root=folder, now=DAYS[3], skew=DECADE))
        for step in script:
            followed(step, root, builder)
    done.append(len(script))


def test_every_incremental_build_is_a_clean_one_whatever_was_edited(
    builder: Builder, figure: Callable[[str], None]
) -> None:
    done: list[int] = []
    _follow(builder=builder, done=done)
    figure(f"{len(done)} of {len(done)} scripts, {sum(done)} incremental builds, equal to clean ones")
