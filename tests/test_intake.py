"""What was imported is a file of its own, below the folder that is written to and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.intake import Intake, Read, Report
from lwnindex.model import Manuscript
from lwnindex.problems import SiteError
from lwnindex.readers.items import Items
from lwnindex.reading import reading
from lwnindex.registry import NONE
from lwnindex.settings import Config


def taken(root: Path, *sources: tuple[str, tuple[str, ...]]) -> Report:
    """Take in sources, each with its path and the ids of the articles in it."""
    rules = reading(Config())
    found = [
        Read(path, path, Items(tuple(Manuscript(text="Text.", title="T", id=one) for one in ids)), rules)
        for path, ids in sources
    ]
    return Intake(root / "new", None, dry_run=False, plugins=NONE).done(iter(found))


@pytest.mark.parametrize(
    ("path", "ids", "written"),
    [
        ("2009/a.md", ("",), ("2009/a.md",)),
        ("2009/a.md", ("b",), ("2009/a.md",)),
        ("news.rss", ("1", "2"), ("news/1.md", "news/2.md")),
        ("news.rss", ("1",), ("news/1.md",)),
    ],
)
def test_an_article_is_where_its_source_was(
    tmp_path: Path, path: str, ids: tuple[str, ...], written: tuple[str, ...]
) -> None:
    assert taken(tmp_path, (path, ids)).written == written
    assert all((tmp_path / "new" / one).is_file() for one in written)


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../../b.md", "..\\b.md", "C:/b.md"])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    (written,) = taken(tmp_path, (path, ("",))).written

    assert not {"..", ".", ""} & {*written.split("/")}
    assert [one.relative_to(tmp_path / "new").as_posix() for one in tmp_path.rglob("*.md")] == [written]


def test_two_that_a_disk_may_take_for_one_are_two(tmp_path: Path) -> None:
    first, second = taken(tmp_path, ("a.md", ("",)), ("A.md", ("",))).written

    assert first == "a.md"
    assert second.casefold().startswith("a~")


def test_a_path_that_no_system_takes_is_shortened(tmp_path: Path) -> None:
    (long,) = taken(tmp_path, ("a/" * 2000 + "b.md", ("",))).written

    assert long.startswith("a/b~")
    assert (tmp_path / "new" / long).is_file()


def test_a_source_without_articles_is_told(tmp_path: Path) -> None:
    assert taken(tmp_path, ("a.md", ())).skipped == (("a.md", "no article is in it"),)


def test_a_folder_that_cannot_be_had_ends_the_run_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("a file")

    with pytest.raises(SiteError, match=r"cannot be written: .* Import again, it goes on"):
        taken(tmp_path, ("a.md", ("",)))
