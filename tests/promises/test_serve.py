"""A preview that is left running over edits of all kinds holds in the end what a clean build makes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lwnindex import config, site
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests import editscripts
from tests.editscripts import Edit, started
from tests.lengths import trials
from tests.previewed import LONG, Listener, Previewed, previewed
from tests.sites import tree

DAY = "2020-03-01"
EDITS = trials(short=10, long=100)
SCRIPTS = trials(short=1, long=5)
_MOST_MENDED = 50

edits = st.one_of(
    *(editscripts.edits, editscripts.bodies, editscripts.others, editscripts.files),
)
scripts = st.lists(
    st.tuples(edits, st.sampled_from((0.0, 0.0, 0.02, 0.1, 0.5))), min_size=EDITS, max_size=EDITS
)


def _clean(root: Path) -> dict[str, bytes]:
    """Return what a clean build makes of the site, with drafts as a preview has them."""
    for each in ("clean", "clean-store"):
        shutil.rmtree(root / each, ignore_errors=True)
    found = config.load(root / "lwnindex.toml", {}, {"output": "clean", "store": "clean-store"})
    site.build(found, Options("serial", now=DAY, drafts=True))
    return tree(root / "clean")


def _mend(root: Path, preview: Previewed) -> None:
    """Take away what keeps the last good pages: what is wrong in a configuration, a template, or a source."""
    for each in ("lwnindex.toml", "themes", "templates"):
        editscripts.delete(each, root)
    (root / "content").mkdir(exist_ok=True)
    shutil.copytree(root / "first", root, dirs_exist_ok=True)
    listener = Listener(preview.port)
    end = time.monotonic() + LONG
    for _ in range(_MOST_MENDED):
        files = {one["file"] for one in listener.told["faults"]}
        for file in files:
            if file.startswith("content/"):
                editscripts.delete(file, root)
        if not files and _until(lambda: _clean(root) == tree(preview.folder / "site"), 2.0):
            break
        if files and time.monotonic() < end:
            listener.hear()
    listener.leave()


def _until(meant: Callable[[], bool], seconds: float = LONG) -> bool:
    """Tell whether something comes to be so."""
    end = time.monotonic() + seconds
    while not (found := meant()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


@given(script=scripts)
@settings(max_examples=SCRIPTS, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck))
def _follow(script: list[tuple[Edit, float]], done: list[int]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "here"
        started(root)
        for each in ("lwnindex.toml", "themes"):
            place = root / "first" / each
            place.parent.mkdir(exist_ok=True)
            (shutil.copytree if (root / each).is_dir() else shutil.copy)(root / each, place)
        with previewed(root, "--now", DAY) as preview:
            for edit, pause in script:
                # What cannot be done to what is there is left.
                with suppress(OSError, SiteError):
                    edit(root)
                # Some come while a build is at work, some after it.
                time.sleep(pause)
            _mend(root, preview)
            right, own = _clean(root), tree(preview.folder / "site")
            assert {path for path in own.keys() | right.keys() if own.get(path) != right.get(path)} == set()
            assert preview.process.poll() is None
        done.append(len(script))


def test_a_preview_that_was_left_running_over_edits_is_a_clean_build(
    figure: Callable[[str], None],
) -> None:
    done: list[int] = []
    _follow(done=done)

    figure(f"{sum(done)} edits in {len(done)} previews")
    assert len(done) >= 1
