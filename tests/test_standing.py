"""What stands in an output is seen as it is, and what the disk says is told in a sentence."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from lwnindex.disk import DISK
from lwnindex.journal import FRESH, PART, beside
from lwnindex.problems import SiteError
from lwnindex.standing import standing, told, unsealed


def test_all_that_stands_below_a_folder_is_seen_and_no_link_followed(tmp_path: Path) -> None:
    (tmp_path / "one/deep").mkdir(parents=True)
    (tmp_path / "one/file").write_text("text")
    (tmp_path / "one/link").symlink_to("deep")
    (tmp_path / "one/away").symlink_to("nowhere")

    found, folders = standing(str(tmp_path))

    paths = ("one/file", "one/link", "one/away")
    assert found == {path: (tmp_path / path).lstat().st_ino for path in paths}
    assert sorted(folders) == ["one", "one/deep"]


def test_a_record_that_was_to_last_is_removed_beside_an_output_and_in_it(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    for part in (Path(beside(output, PART)), output / PART):
        part.mkdir()
        (part / "record-1").write_text("sealed")
    Path(beside(output, FRESH)).mkdir()

    unsealed(output, DISK)

    assert sorted(each.name for each in tmp_path.rglob("*")) == [".site.lwnindex-new", "site"]


def test_what_the_disk_says_is_told_with_the_place_and_a_way_out(tmp_path: Path) -> None:
    with (
        pytest.raises(SiteError, match=r"site cannot be written: .* \(/odd\)\. Make room"),
        told(tmp_path / "site"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device", "/odd")
