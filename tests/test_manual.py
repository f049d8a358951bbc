"""The manual is followed: its commands are run in order, and print what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config, site
from lwnindex.check import check
from lwnindex.options import Options
from tests.followed import DOCS, Command, Reader, differences, steps
from tests.programs import ROOT

HOST = {"you@storage.example:/srv/www/storage/": "www/"}
"""What stands for the server that the tutorial publishes on."""


@pytest.mark.needs_rsync
def test_the_tutorial_leads_to_a_published_site_and_prints_what_it_says(tmp_path: Path) -> None:
    assert differences("tutorial.md", Reader(tmp_path, **HOST)) == []

    published = tmp_path / "storage/www/Articles/btrfs-grows-up/index.html"
    assert 'ceph-joins-the-mainline/index.html">Ceph' in published.read_text("utf-8")
    assert (tmp_path / "storage/Storage_news.zip").is_file()


@pytest.mark.parametrize(
    "page", ["bring-an-archive.md", "keep-an-index.md", "make-a-theme.md", "go-offline.md"]
)
def test_who_follows_a_page_of_tasks_sees_what_it_says(page: str, tmp_path: Path) -> None:
    assert [step for step in steps(page) if isinstance(step, Command)]
    assert differences(page, Reader(tmp_path)) == []


def test_the_commands_of_the_readme_begin_a_site_of_ones_own(tmp_path: Path) -> None:
    own = (DOCS.parent / "README.md").read_text("utf-8").partition("## A site of your own\n")[2]
    typed = [line.partition(" #")[0].strip() for line in own.partition("\n\nAn article")[0].splitlines()]
    reader = Reader(tmp_path / "copy")
    reader.folder.mkdir()

    printed = [reader.run(one) for one in typed if one.startswith(("lwnindex", "cd "))]

    assert [one.startswith("cd ") for one in typed].count(True) == 1
    assert "0 errors, 0 warnings" in printed[-1]
    assert (tmp_path / "news/site/Articles/ceph-joins-the-mainline/index.html").is_file()


def test_the_tutorial_makes_the_mistake_that_it_speaks_of() -> None:
    builds = [step.printed for step in steps("tutorial.md") if isinstance(step, Command)]
    assert any("dead-link" in printed and "1 error" in printed for printed in builds)


def test_the_tutorial_begins_with_the_installation_of_the_readme() -> None:
    """It asks the network, so it is compared and not run."""
    assert "```sh\nmake site\n" in (DOCS / "tutorial.md").read_text("utf-8")
    assert "    make site " in (DOCS.parent / "README.md").read_text("utf-8")


def test_the_manual_is_a_site_without_a_fault_and_has_an_index_of_its_terms(tmp_path: Path) -> None:
    folders = {"output": str(tmp_path / "site"), "store": str(tmp_path / "store")}
    manual = config.load(ROOT / "manual.toml", {}, folders)
    options = Options(executor="serial", now="2030-01-01")

    assert site.build(manual, options).problems == ()
    assert [one.problem for one in check(manual, options).findings] == []
    terms = (tmp_path / "site/Manual/Index/index.html").read_text("utf-8")
    assert all(f'id="{anchor}"' in terms for anchor in ("Index_entries-Slashes", "Topics-Aliases", "Builds"))
    assert (
        '<bdi>Front matter</bdi> <span class="see">see <a href="../../Manual/Index/index.html#Headers"'
        in terms
    )


def test_every_page_of_the_manual_is_filed_under_a_term() -> None:
    pages = [*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md")]
    assert [page.name for page in pages if "\n- Manual/" not in page.read_text("utf-8")[:2000]] == []


def test_whoever_begins_the_manual_is_led_to_every_page() -> None:
    begins = (DOCS / "pages/start.md").read_text("utf-8")
    explained = (DOCS / "how-it-works.md").read_text("utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"](../{page.name})" not in begins] == []
    assert [page.name for page in DOCS.glob("decisions/*.md") if f"/{page.name})" not in explained] == []
