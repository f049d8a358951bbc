"""The manual is followed: its commands are run in order, and print what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.followed import DOCS, Command, Reader, differences, steps

HOST = {"you@storage.example:/srv/www/storage/": "www/"}
"""What stands for the server that the tutorial publishes on."""


@pytest.mark.needs_rsync
def test_the_tutorial_leads_to_a_published_site_and_prints_what_it_says(tmp_path: Path) -> None:
    assert differences("tutorial.md", Reader(tmp_path, **HOST)) == []

    published = tmp_path / "storage/www/Articles/btrfs-grows-up/index.html"
    assert 'ceph-joins-the-mainline/index.html">Ceph' in published.read_text("utf-8")
    assert (tmp_path / "storage/Storage_news.zip").is_file()


def test_the_tutorial_makes_the_mistake_that_it_speaks_of() -> None:
    builds = [step.printed for step in steps("tutorial.md") if isinstance(step, Command)]
    assert any("dead-link" in printed and "1 error" in printed for printed in builds)


def test_the_tutorial_begins_with_the_installation_of_the_readme() -> None:
    """It asks the network, so it is compared and not run."""
    assert "```sh\nmake site\n" in (DOCS / "tutorial.md").read_text("utf-8")
    assert "    make site " in (DOCS.parent / "README.md").read_text("utf-8")
