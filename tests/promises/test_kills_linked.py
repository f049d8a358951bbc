"""Promises 1 and 2 for a site that is a link: it is the old tree or the new one, also after a kill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.lengths import trials
from tests.loaded import Loaded
from tests.promises.walking import SEED, SIZE, Walk
from tests.readingon import digest, reading_on
from tests.states import EDITS, SYMLINK, Archive

Figure = Callable[[str], None]


def test_a_site_that_is_a_link_to_a_tree_is_wholly_old_or_new_after_a_kill_at_any_moment(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    count = trials(10, 1000)
    walk = Walk(Archive(memory / "archive", program, SIZE, SYMLINK), SEED, whole=True)
    while walk.kills < count:
        walk.step()
    figure(f"{walk.kills} kills: 0 half files, 0 mixed trees, {walk.kills} of {count} recovered")


def test_who_reads_a_site_that_is_a_link_to_a_tree_reads_the_old_one_or_the_new_one_also_through_kills(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    count, readings = trials(4, 400), 0
    archive = Archive(memory / "archive", program, SIZE, SYMLINK)
    archive.built()
    seen: list[str] = []
    with reading_on(archive.output) as reader:
        # A tree is written to by the build after the next: until then whoever opened it has to be done.
        walk = Walk(archive, SEED, whole=True, kinds=EDITS, rest=lambda: seen.extend(reader.seen()))
        while walk.kills < count:
            before = archive.found()
            walk.step()
            right = {digest(one) for one in (before, archive.clean(archive.state))}
            assert [one for one in seen if one not in right] == []
            readings += len(seen)
            seen.clear()
    figure(f"{readings} readings through {count} kills: 0 mixed, 0 failed")
