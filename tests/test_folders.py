"""Folders that would be lost, or read twice, are refused before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.folders import check_content, check_folders
from lwnindex.problems import SiteError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("content/deep", "more", "static", "themes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "file").write_text("")
    (tmp_path / "lwnindex.toml").write_text("")
    return tmp_path


def found(root: Path, **said: object) -> config.Found:
    return config.load(root / "lwnindex.toml", {}, said)


def test_content_folders_come_back_resolved(root: Path) -> None:
    assert check_content(found(root, content=("content", "more"))) == [root / "content", root / "more"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (("missing",), "does not exist"),
        (("file",), "is a file"),
        (("content", "content/deep"), "lie in one another"),
        (("content", "content"), "lie in one another"),
    ],
)
def test_content_that_cannot_be_read_or_would_be_read_twice_is_refused(
    root: Path, content: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SiteError, match=said) as caught:
        check_content(found(root, content=content))

    assert caught.value.exit_code == 2


def test_where_there_is_no_site_the_way_to_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        SiteError, match=r"^there is no site here: .*`lwnindex new site DIR` begins one"
    ) as caught:
        check_folders(config.load(None, {}, {}))

    assert caught.value.exit_code == 2
    (tmp_path / "content").mkdir()
    check_folders(config.load(None, {}, {}))


def test_an_output_beside_what_is_read_is_right(root: Path) -> None:
    check_folders(found(root))


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("content/site", "lie in one another"),
        (".", "lie in one another"),
        ("static", "lie in one another"),
        ("themes/site", "lie in one another"),
        ("file", "is a file, not a folder"),
        (".lwnindex", "is the store, too"),
    ],
)
def test_an_output_that_would_cost_something_is_refused(root: Path, output: str, said: str) -> None:
    with pytest.raises(SiteError, match=said) as caught:
        check_folders(found(root, output=output))

    assert caught.value.exit_code == 2


@pytest.mark.parametrize("store", ["static", "static/deep/.store", "more/../static/x"])
def test_a_store_that_would_be_published_is_refused(root: Path, store: str) -> None:
    with pytest.raises(SiteError, match="would be published") as caught:
        check_folders(found(root, store=store))

    assert caught.value.exit_code == 2
    assert list((root / "static").iterdir()) == []
