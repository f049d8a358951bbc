"""Folders are read whole: what cannot be read is told, and what has not changed is not read again."""

from __future__ import annotations

import os
import resource
import socket
from pathlib import Path
from time import time_ns

import pytest

from lwnindex import loading
from lwnindex.digest import digest_bytes
from lwnindex.engine.store import Hint
from lwnindex.model import Source
from lwnindex.problems import SiteError
from lwnindex.settings import Config, SourceSettings
from tests.edits import overwritten
from tests.unprivileged import unprivileged

LONG_AGO = 10**18

__all__ = ["unprivileged"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An empty content folder below `tmp_path`."""
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def put(folder: Path, path: str, text: str = "text") -> Path:
    """Put a file below a folder."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


def sources(root: Path, hints: dict[str, Hint] | None = None, **keys: object) -> loading.Loaded:
    """Return what the content folders below `root` hold."""
    return loading.sources(Config(**keys), root, hints or {})  # type: ignore[arg-type]


def paths(loaded: loading.Loaded) -> list[str]:
    return [source.path for source in loaded.sources]


def told(loaded: loading.Loaded) -> list[tuple[str, str, str]]:
    """Return each problem's severity, code and file."""
    return [(one.severity, one.code, one.file) for one in loaded.problems]


# What is read ------------------------------------------------------------------------------------


def test_a_source_is_named_and_placed_and_not_read_yet(content: Path) -> None:
    place = put(content, "2009/ceph.md", "# Ceph\n")
    loaded = sources(content.parent)

    assert loaded.sources == (Source(file="content/2009/ceph.md", path="2009/ceph.md", digest=""),)
    assert loaded.places == {"content/2009/ceph.md": str(place)}


def test_three_endings_are_read_in_any_case(content: Path) -> None:
    for name in ("a.md", "b.markdown", "c.txt", "D.MD"):
        put(content, name)

    assert paths(sources(content.parent)) == ["D.MD", "a.md", "b.markdown", "c.txt"]


def test_hidden_files_and_folders_are_passed_over(content: Path) -> None:
    for name in (".hidden.md", ".git/a.md", "b/.c/d.md", "b/.DS_Store"):
        put(content, name)
    put(content, "b/e.md")
    loaded = sources(content.parent)

    assert (paths(loaded), loaded.problems) == (["b/e.md"], ())


def test_the_order_is_that_of_the_names_not_of_the_disk(content: Path) -> None:
    names = ["b.md", "a/z.md", "a.md", "Z.md", "a/b/c.md", "ä.md", "a-b.md"]
    for name in names:
        put(content, name)
    first = paths(sources(content.parent))
    for place in content.rglob("*.md"):
        place.unlink()
    for name in reversed(names):
        put(content, name)

    assert paths(sources(content.parent)) == first == sorted(names)


def test_several_folders_are_read_and_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "one/a.md", "1")
    put(tmp_path, "two/deep/a.md", "2")
    loaded = sources(tmp_path, content=("two/deep/", "./one"))

    assert [source.file for source in loaded.sources] == ["one/a.md", "two/deep/a.md"]
    assert paths(loaded) == ["a.md", "a.md"]


def test_a_folder_elsewhere_is_read(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.md")
    loaded = sources(tmp_path / "site", content=(str(tmp_path / "elsewhere"),))

    assert [source.file for source in loaded.sources] == [f"{tmp_path}/elsewhere/a.md"]


@pytest.mark.parametrize(
    ("folder", "name"), [(".", "ceph.md"), ("a/../b", "b/ceph.md"), ("./b/", "b/ceph.md")]
)
def test_files_are_called_as_links_from_one_to_another_are(tmp_path: Path, folder: str, name: str) -> None:
    (tmp_path / "a").mkdir()
    put(tmp_path, name)

    assert [one.file for one in sources(tmp_path, content=(folder,)).sources] == [name]


def test_a_file_whose_name_is_no_utf_8_is_read_under_a_name_that_is(content: Path) -> None:
    Path(os.fsdecode(os.fsencode(content) + b"/caf\xe9.md")).write_text("text")
    loaded = sources(content.parent)

    assert paths(loaded) == [r"caf\xe9.md"]
    assert Path(loaded.places[r"content/caf\xe9.md"]).read_text() == "text"


def test_static_files_are_taken_whatever_they_are(tmp_path: Path) -> None:
    for name in ("k.png", "a.md", "deep/b", "sub.md/c.txt", ".htaccess", ".git/config", ".DS_Store"):
        put(tmp_path / "static", name)
    loaded = loading.static(Config(), tmp_path, {})

    assert (sorted(paths(loaded)), loaded.problems) == (
        [".htaccess", "a.md", "deep/b", "k.png", "sub.md/c.txt"],
        (),
    )


def test_a_static_file_is_digested_at_once(tmp_path: Path) -> None:
    place = put(tmp_path / "static", "deep/k.txt", "k")
    loaded = loading.static(Config(), tmp_path, {})

    assert loaded.sources == (Source(file="static/deep/k.txt", path="deep/k.txt", digest=digest_bytes(b"k")),)
    assert loaded.places == {"static/deep/k.txt": str(place)}


def test_no_static_folder_is_no_problem(tmp_path: Path) -> None:
    assert loading.static(Config(), tmp_path, {}) == loading.Loaded((), {}, {}, ())


# What is not read --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["photo.png", "notes.rst", "notes", "a.md~"])
def test_another_kind_of_file_stands_beside_the_sources_digested(content: Path, name: str) -> None:
    place = put(content, f"2009/{name}", "bytes")
    loaded = sources(content.parent)

    beside = Source(file=f"content/2009/{name}", path=f"2009/{name}", digest=digest_bytes(b"bytes"))
    assert (paths(loaded), told(loaded), loaded.beside) == ([], [], (beside,))
    assert loaded.places[beside.file] == str(place)


def test_a_link_out_of_the_folder_is_an_error_and_not_followed(content: Path, tmp_path: Path) -> None:
    (content / "file.md").symlink_to(put(tmp_path, "outside/secret.md"))
    (content / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
    loaded = sources(tmp_path)

    assert paths(loaded) == []
    assert told(loaded) == [("error", "outside", "content/file.md"), ("error", "outside", "content/folder")]


def test_a_link_inside_the_folder_is_read(content: Path) -> None:
    put(content, "a/one.md", "linked")
    (content / "b.md").symlink_to("a/one.md")
    (content / "c.md").symlink_to("b.md")
    loaded = sources(content.parent)

    assert (paths(loaded), loaded.problems) == (["a/one.md", "b.md", "c.md"], ())
    assert {Path(place).read_text() for place in loaded.places.values()} == {"linked"}


def test_a_content_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "real/a.md")
    (tmp_path / "real/b.md").symlink_to("a.md")
    (tmp_path / "content").symlink_to("real", target_is_directory=True)

    assert paths(sources(tmp_path)) == ["a.md", "b.md"]


def test_a_link_to_a_folder_inside_is_told_and_not_followed(content: Path) -> None:
    put(content, "a/one.md")
    (content / "b").symlink_to("a", target_is_directory=True)
    loaded = sources(content.parent)

    assert (paths(loaded), told(loaded)) == (["a/one.md"], [("warning", "not-read", "content/b")])


def test_a_link_that_is_a_file_by_the_time_it_is_followed_is_an_error(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(content, "a.md")
    (content / "b.md").symlink_to(content / "a.md")
    read = os.readlink

    def swapped(path: str, *, dir_fd: int | None = None) -> str:
        Path(path).unlink()
        Path(path).write_text("a file now")
        return read(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "readlink", swapped)
    found = sources(content.parent)
    assert paths(found) == ["a.md"]
    assert [(one.code, one.file) for one in found.problems] == [("unreadable", "content/b.md")]


def test_a_link_that_leads_nowhere_is_an_error(content: Path) -> None:
    (content / "gone.md").symlink_to("none.md")
    (content / "loop.md").symlink_to("loop.md")
    (content / "one.md").symlink_to("other.md")
    (content / "other.md").symlink_to("one.md")
    loaded = sources(content.parent)

    assert told(loaded) == [
        ("error", "unreadable", f"content/{name}.md") for name in ("gone", "loop", "one", "other")
    ]
    assert "No such file" in loaded.problems[0].message
    assert "symbolic links" in loaded.problems[1].message


def test_what_is_no_regular_file_is_an_error_and_never_opened(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(content / "pipe.md")
    monkeypatch.chdir(content)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
    (content / "null.md").symlink_to("pipe.md")
    loaded = sources(content.parent)

    assert told(loaded) == [
        ("error", "not-a-file", f"content/{name}.md") for name in ("null", "pipe", "socket")
    ]


def test_a_folder_named_like_an_article_is_an_error_and_what_it_holds_is_read(content: Path) -> None:
    put(content, "x.md/inner.md")
    put(content, "x.md/y.txt/deeper.md")
    loaded = sources(content.parent)

    assert paths(loaded) == ["x.md/inner.md", "x.md/y.txt/deeper.md"]
    assert told(loaded) == [
        ("error", "not-a-file", "content/x.md"),
        ("error", "not-a-file", "content/x.md/y.txt"),
    ]


def test_a_static_file_whose_name_is_no_utf_8_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "static", "a.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/static/caf\xe9.txt")).write_text("text")
    loaded = loading.static(Config(), tmp_path, {})

    assert paths(loaded) == ["a.txt"]
    assert told(loaded) == [("error", "unreadable", r"static/caf\xe9.txt")]


def test_a_folder_that_may_not_be_read_is_an_error_and_the_rest_is_named(unprivileged: Path) -> None:
    put(unprivileged, "content/a.md")
    put(unprivileged, "content/folder/b.md")
    (unprivileged / "content/folder").chmod(0)
    loaded = sources(unprivileged)
    (unprivileged / "content/folder").chmod(0o700)

    assert paths(loaded) == ["a.md"]
    assert told(loaded) == [("error", "unreadable", "content/folder")]
    assert "Permission denied" in loaded.problems[0].message


def test_a_static_file_that_may_not_be_read_is_an_error_and_the_rest_is_read(unprivileged: Path) -> None:
    put(unprivileged, "static/a.txt")
    put(unprivileged, "static/locked.txt").chmod(0)
    loaded = loading.static(Config(), unprivileged, {})

    assert paths(loaded) == ["a.txt"]
    assert told(loaded) == [("error", "unreadable", "static/locked.txt")]
    assert "Permission denied" in loaded.problems[0].message


def test_a_content_folder_that_may_not_be_read_is_an_error(unprivileged: Path) -> None:
    put(unprivileged, "content/a.md")
    (unprivileged / "content").chmod(0)
    loaded = sources(unprivileged)
    (unprivileged / "content").chmod(0o700)

    assert told(loaded) == [("error", "unreadable", "content")]


@pytest.mark.parametrize(("make", "said"), [(False, "does not exist"), (True, "is a file, not a folder")])
def test_a_content_folder_that_is_none_ends_it(tmp_path: Path, make: bool, said: str) -> None:
    if make:
        put(tmp_path, "content")
    with pytest.raises(SiteError, match=said) as caught:
        sources(tmp_path)

    assert caught.value.exit_code == 2
    assert "--content DIR" in str(caught.value)


# What is not read again --------------------------------------------------------------------------


def turned_round(place: Path) -> None:
    """Change a file's bytes so that neither its size nor its time of change shows it."""
    seen = place.stat()
    overwritten(place, place.read_bytes()[::-1], (seen.st_atime_ns, seen.st_mtime_ns))


def hint(place: Path, digest: str = "f" * 32) -> Hint:
    """Return the hint that a walk long after the file's last change would have left."""
    seen = place.stat()
    return Hint(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, digest)


@pytest.fixture
def aged(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is so young that its stat would not be trusted."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))


def test_the_same_stat_stands_for_the_same_bytes(content: Path) -> None:
    place = put(content, "a.md", "abc")

    assert sources(content.parent, {"content/a.md": hint(place)}).sources[0].digest == "f" * 32


def test_the_same_stat_of_a_static_file_does_too(tmp_path: Path) -> None:
    place = put(tmp_path, "static/k.txt", "abc")
    loaded = loading.static(Config(), tmp_path, {"static/k.txt": hint(place)})

    assert loaded.sources[0].digest == "f" * 32


def test_a_changed_stat_is_looked_into(content: Path) -> None:
    place = put(content, "a.md", "abc")
    hints = {"content/a.md": hint(place)}
    turned_round(place)

    assert sources(content.parent, hints).sources[0].digest == ""


def test_a_static_file_with_another_stat_is_digested_anew(tmp_path: Path) -> None:
    place = put(tmp_path, "static/k.txt", "abc")
    hints = {"static/k.txt": hint(place)}
    turned_round(place)

    assert loading.static(Config(), tmp_path, hints).sources[0].digest == digest_bytes(b"cba")


@pytest.mark.parametrize("field", ["size", "mtime", "ctime", "inode"])
def test_every_part_of_a_stat_counts(content: Path, field: str) -> None:
    known = hint(put(content, "a.md", "abc"))
    other = known._replace(**{field: getattr(known, field) + 1})

    assert sources(content.parent, {"content/a.md": other}).sources[0].digest == ""


def test_a_file_that_has_just_changed_leaves_no_stat(content: Path) -> None:
    put(content, "a.md")

    assert sources(content.parent).stats == {}


def test_a_file_whose_time_of_change_was_set_leaves_none_either(content: Path) -> None:
    os.utime(put(content, "a.md"), ns=(LONG_AGO, LONG_AGO))

    assert sources(content.parent).stats == {}


def test_a_file_from_the_future_leaves_no_stat(content: Path) -> None:
    os.utime(put(content, "a.md"), ns=(time_ns() + 10**13, time_ns() + 10**13))

    assert sources(content.parent).stats == {}


@pytest.mark.usefixtures("aged")
def test_a_file_that_changed_long_ago_leaves_one(content: Path) -> None:
    place = put(content, "a.md")
    os.utime(place, ns=(LONG_AGO, LONG_AGO))

    assert sources(content.parent).stats == {"content/a.md": hint(place)[:-1]}


@pytest.mark.usefixtures("aged")
def test_hints_are_stats_with_the_digests_that_are_known(content: Path) -> None:
    one, two = put(content, "a.md"), put(content.parent, "static/k.txt")
    put(content, "unread.md")
    both = (sources(content.parent), loading.static(Config(), content.parent, {}))
    digests = {
        "content/a.md": "a" * 32,
        "static/k.txt": "b" * 32,
        "content/unread.md": "",
        "gone.md": "c" * 32,
    }

    assert loading.hints(both, digests) == {
        "content/a.md": hint(one, "a" * 32),
        "static/k.txt": hint(two, "b" * 32),
    }


@pytest.mark.usefixtures("aged")
def test_a_hint_holds_for_the_next_walk_and_the_one_after_it(content: Path) -> None:
    put(content, "a.md", "abc")
    first = loading.hints([sources(content.parent)], {"content/a.md": digest_bytes(b"abc")})
    again = sources(content.parent, first)

    assert [one.digest for one in again.sources] == [digest_bytes(b"abc")]
    assert loading.hints([again], {one.file: one.digest for one in again.sources}) == first


def test_what_is_too_young_leaves_no_hint(content: Path) -> None:
    put(content, "a.md", "abc")

    assert loading.hints([sources(content.parent)], {"content/a.md": digest_bytes(b"abc")}) == {}


@pytest.mark.parametrize("text", [b"", b"text", bytes(range(256)) * 1000], ids=["empty", "small", "large"])
def test_a_source_is_read_whole(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.md").write_bytes(text)
    assert loading.whole(str(tmp_path / "a.md")) == text


def test_what_cannot_be_read_ahead_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"text")
    os.mkfifo(tmp_path / "pipe.md")
    # So often that no process could have all of them open.
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    names = ("missing.md", "a.md", "pipe.md", ".") * min(limit, 100_000)
    loading.ask_ahead([str(tmp_path / name) for name in names])
    assert loading.whole(str(tmp_path / "a.md")) == b"text"


def test_a_source_that_comes_in_pieces_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"text" * 60_000)
    assert loading.whole(str(tmp_path / "a.md")) == b"text" * 60_000


def test_a_pipe_in_the_place_of_a_source_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(OSError, match="it is no regular file"):
        loading.whole(str(tmp_path / "a.md"))


@pytest.mark.parametrize(("name", "kind"), [("missing", FileNotFoundError), ("folder", IsADirectoryError)])
def test_a_source_that_cannot_be_read_is_named(tmp_path: Path, name: str, kind: type[OSError]) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(kind) as found:
        loading.whole(str(tmp_path / name))
    assert found.value.filename == str(tmp_path / name)


# Folders with rules of their own -----------------------------------------------------------------


def rules_of(root: Path, *tables: SourceSettings) -> dict[str, str]:
    return {one.file: one.rules for one in sources(root, sources=tables).sources}


def test_a_file_is_read_by_the_rules_of_the_nearest_table(content: Path) -> None:
    for path in ("a.md", "old/b.md", "old/new/c.md", "older/d.md"):
        put(content, path)
    tables = (SourceSettings(path="content/old"), SourceSettings(path="content/old/new/"))

    assert rules_of(content.parent, *tables) == {
        "content/a.md": "",
        "content/old/b.md": "content/old",
        "content/old/new/c.md": "content/old/new/",
        "content/older/d.md": "",
    }


def test_a_source_elsewhere_is_a_folder_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "archives/jekyll/_posts/2009-12-22-a.md")
    put(tmp_path, "archives/jekyll/deep/b.md")
    tables = (SourceSettings(path="archives/jekyll"), SourceSettings(path="archives/jekyll/deep"))
    found = sources(tmp_path, sources=tables).sources

    assert [(one.file, one.path, one.rules) for one in found] == [
        ("archives/jekyll/_posts/2009-12-22-a.md", "_posts/2009-12-22-a.md", "archives/jekyll"),
        ("archives/jekyll/deep/b.md", "deep/b.md", "archives/jekyll/deep"),
    ]


def test_a_source_may_be_a_single_file(tmp_path: Path) -> None:
    put(tmp_path, "news/a.md")
    put(tmp_path, "news/b.md")
    found = sources(tmp_path, sources=(SourceSettings(path="news/a.md"),)).sources

    assert [(one.file, one.path, one.rules) for one in found] == [("news/a.md", "a.md", "news/a.md")]


def test_a_source_that_is_missing_is_refused(content: Path) -> None:
    with pytest.raises(SiteError, match=r"source folder .* does not exist.*\[\[sources\]\]") as caught:
        sources(content.parent, sources=(SourceSettings(path="none"),))
    assert caught.value.exit_code == 2


def test_a_content_folder_that_is_named_is_not_missed_silently(tmp_path: Path) -> None:
    put(tmp_path, "news/a.md")
    with pytest.raises(SiteError, match=r"content folder .* does not exist"):
        sources(tmp_path, content=("articles",), sources=(SourceSettings(path="news"),))


def test_files_of_topics_are_sources_where_they_are_looked_for(content: Path) -> None:
    for name in (
        "topics.toml",
        "topics/a.toml",
        "topics/b/c.toml",
        "other.toml",
        "b/topics.toml",
        "topics/d.tml",
    ):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text("")

    found = loading.sources(Config(), content.parent, {})

    assert {one.path for one in found.sources if "to" in one.path} == {
        *("topics.toml", "topics/a.toml", "topics/b/c.toml")
    }
    assert {one.path for one in found.beside} >= {"other.toml", "b/topics.toml", "topics/d.tml"}


@pytest.mark.parametrize(
    ("preset", "is_read"), [("lwn", True), ("plain", True), ("hugo", False), ("zola", False)]
)
def test_files_of_topics_are_none_of_another_generator_s(tmp_path: Path, preset: str, is_read: bool) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/topics.toml").write_text("")
    rules = Config(content=(), sources=(SourceSettings(path="old", preset=preset),))  # type: ignore[arg-type]

    found = loading.sources(rules, tmp_path, {})

    assert [one.file for one in found.sources] == ["old/topics.toml"] * is_read


def test_folders_in_folders_without_end_are_read_soon(content: Path) -> None:
    here = os.open(content, os.O_RDONLY)
    for _ in range(500):
        os.mkdir("e", dir_fd=here)
        below = os.open("e", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("a.md", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)

    assert paths(sources(content.parent)) == ["e/" * 500 + "a.md"]
