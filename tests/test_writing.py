"""Only what changed is written, and nothing that somebody else put there is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import digest_bytes
from lwnindex.engine.executors import Serial
from lwnindex.engine.store import Store, Written
from lwnindex.journal import PART, known_as
from lwnindex.problems import SiteError
from lwnindex.standing import intact, written
from lwnindex.writing import Made, Make, Tally, write
from tests.disks import unprivileged_folder

MARKED = '<meta name="generator" content="lwnindex">'


class Site:
    """An output folder with its store, and the pages that were asked for."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "site"
        self.store = Store(root / "store")
        self.rendered: list[str] = []

    def write(
        self, pages: Mapping[str, str], *, trust_stat: bool = True, trust_key: bool = True, key: str = ""
    ) -> Tally:
        """Bring the folder to hold these texts by their paths; a text is its own key, unless one is given."""
        self.rendered = []

        def page(path: str) -> bytes:
            self.rendered.append(path)
            return pages[path].encode()

        def make(path: str, last: str) -> Made:
            own = key or digest_bytes(pages[path].encode())
            return Made(own, None if own == last else page(path))

        return self.make(tuple(pages), make, trust_stat=trust_stat, trust_key=trust_key)

    def make(
        self, paths: Sequence[str], make: Make, *, trust_stat: bool = True, trust_key: bool = True
    ) -> Tally:
        """Bring the folder to hold what is made for these paths."""
        trusted = {"trust_stat": trust_stat, "trust_key": trust_key}
        return write(paths, make, self.folder, self.store, Serial(), **trusted)  # type: ignore[arg-type]

    def lose_store(self) -> None:
        """Have an empty store from now on."""
        self.store.close()
        self.store.path.unlink()
        self.store = Store(self.store.path.parent)

    def put(self, path: str, text: str) -> Path:
        """Put a file into the folder, as a person does."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place

    def texts(self) -> dict[str, str]:
        """Return every file's text by its path."""
        return {
            place.relative_to(self.folder).as_posix(): place.read_text()
            for place in self.folder.rglob("*")
            if place.is_file()
        }

    def times(self) -> dict[Path, tuple[int, int]]:
        """Return when each file and folder was last changed, and which it is."""
        return {each: (each.stat().st_mtime_ns, each.stat().st_ino) for each in self.folder.rglob("*")}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path)
    yield found
    found.store.close()


def codes(tally: Tally) -> list[tuple[str, str]]:
    """Return each problem's code and the name of its file."""
    return [(one.code, Path(one.file).name) for one in tally.problems]


PAGES = {"index.html": "home", "Kernel/BPF/index.html": "bpf", "Articles/1/index.html": "one"}


# What changed ------------------------------------------------------------------------------------


def test_a_first_write_makes_every_file(site: Site) -> None:
    tally = site.write(PAGES)

    assert site.texts() == PAGES
    assert tally == Tally(tuple(PAGES), 0, (), ())


@pytest.mark.parametrize("trust_stat", [True, False])
def test_a_second_write_touches_nothing_and_renders_nothing(site: Site, trust_stat: bool) -> None:
    site.write(PAGES)
    before = site.times()

    assert site.write(PAGES, trust_stat=trust_stat) == Tally((), 3, (), ())
    assert (site.rendered, site.times()) == ([], before)


def test_a_changed_page_alone_is_written(site: Site) -> None:
    site.write(PAGES)
    before = site.times()
    tally = site.write({**PAGES, "index.html": "new"})

    assert tally == Tally(("index.html",), 2, (), ())
    assert site.rendered == ["index.html"]
    changed = {place for place, seen in site.times().items() if before[place] != seen}
    assert changed == {site.folder / "index.html"}


def test_a_page_whose_key_changed_and_whose_bytes_did_not_is_kept(site: Site) -> None:
    site.write({"a": "same"})
    before = site.times()
    tally = site.write({"a": "same"}, key="another key")

    assert (tally.written, tally.kept, site.times()) == ((), 1, before)


def test_a_missing_page_is_written_again(site: Site) -> None:
    site.write(PAGES)
    (site.folder / "Kernel/BPF/index.html").unlink()

    assert site.write(PAGES).written == ("Kernel/BPF/index.html",)
    assert site.texts() == PAGES


@pytest.mark.parametrize("text", ["edited by hand", "emoh"], ids=["longer", "as-long"])
def test_a_page_edited_by_hand_is_written_again(site: Site, text: str) -> None:
    site.write(PAGES)
    place = site.put("index.html", text)
    os.utime(place, ns=(7, 7))

    assert site.write(PAGES).written == ("index.html",)
    assert site.texts() == PAGES


def test_without_stat_a_page_is_looked_at_whatever_its_time_says(site: Site) -> None:
    site.write({"a": "text"})
    place = site.folder / "a"
    seen = place.stat()
    place.write_text("TEXT")
    os.utime(place, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    assert site.write({"a": "text"}, trust_stat=False).written == ("a",)


def test_without_keys_every_page_is_made_anew_and_the_equal_ones_are_kept(site: Site) -> None:
    site.write(PAGES)
    before = site.times()

    assert site.write(PAGES, trust_key=False) == Tally((), 3, (), ())
    assert (site.rendered, site.times()) == (list(PAGES), before)


class Opened:
    """Counts the files that are opened below a folder, those to be written apart."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.read = self.written = 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and self.folder and str(arguments[0]).startswith(self.folder):
            writing = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            self.written += bool(writing)
            self.read += not writing

    @contextmanager
    def below(self, folder: Path) -> Iterator[Opened]:
        """Count from nothing, below this folder."""
        self.folder, self.read, self.written = str(folder), 0, 0
        try:
            yield self
        finally:
            self.folder = None


@pytest.fixture(scope="module")
def opened() -> Opened:
    return Opened()


def test_only_what_changed_is_read_or_written(site: Site, opened: Opened) -> None:
    pages = {f"{number % 9}/{number}.html": f"text {number}" for number in range(100)}
    site.write(pages)
    top = site.folder.parent / f".{site.folder.name}{PART}"

    with opened.below(site.folder):
        site.write(pages)
    assert (site.rendered, opened.read, opened.written) == ([], 0, 0)

    changed = {**pages, "1/1.html": "TEXT 1", "2/2.html": "TEXT 2"}
    with opened.below(site.folder):
        site.write(changed)
    assert (site.rendered, opened.read, opened.written) == (["1/1.html", "2/2.html"], 0, 0)

    # Two files and the record are written, and all three synced, and the folder.
    with opened.below(top):
        site.write(pages)
    assert (opened.read, opened.written) == (4, 3)

    with opened.below(site.folder):
        site.write(pages, key="another key, the same bytes")
    assert (len(site.rendered), opened.read, opened.written) == (100, 0, 0)


def test_a_first_site_is_written_once_and_never_read(site: Site, opened: Opened) -> None:
    pages = {f"{number % 9}/{number}.html": f"text {number}" for number in range(100)}
    with opened.below(site.folder.parent / f".{site.folder.name}"):
        site.write(pages)

    assert (opened.read, opened.written) == (0, 100)


# What is removed ---------------------------------------------------------------------------------


def test_a_page_that_is_gone_is_removed_with_the_folders_it_leaves_empty(site: Site) -> None:
    site.write({"index.html": "home", "Kernel/a/b/index.html": "deep", "Kernel/index.html": "kernel"})
    tally = site.write({"index.html": "home", "Kernel/index.html": "kernel"})

    assert tally == Tally((), 2, ("Kernel/a/b/index.html",), ())
    assert sorted(each.name for each in (site.folder / "Kernel").iterdir()) == ["index.html"]


def test_a_folder_with_somebody_s_file_stays(site: Site) -> None:
    site.write({"Kernel/a/index.html": "deep"})
    site.put("Kernel/notes.txt", "mine")
    site.write({})

    assert site.texts() == {"Kernel/notes.txt": "mine"}
    assert not (site.folder / "Kernel/a").exists()


def test_the_output_itself_stays(site: Site) -> None:
    site.write(PAGES)
    site.write({})

    assert list(site.folder.iterdir()) == []


def test_a_removed_page_that_was_edited_by_hand_stays_and_is_its_editor_s(site: Site) -> None:
    site.write(PAGES)
    site.put("index.html", "edited by hand")
    rest = {path: text for path, text in PAGES.items() if path != "index.html"}

    assert site.write(rest).removed == ()
    assert site.write(rest).problems == ()
    assert site.texts() == {**rest, "index.html": "edited by hand"}
    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]


def test_a_removed_page_that_was_only_touched_goes(site: Site) -> None:
    site.write(PAGES)
    os.utime(site.folder / "index.html", ns=(7, 7))

    assert site.write({}).removed == tuple(sorted(PAGES))


def test_a_page_that_somebody_removed_before_us_is_no_matter(site: Site) -> None:
    site.write(PAGES)
    (site.folder / "index.html").unlink()
    del (rest := dict(PAGES))["index.html"]

    assert site.write(rest) == Tally((), 2, (), ())


def test_a_file_becomes_a_folder_and_a_folder_a_file(site: Site) -> None:
    site.write({"a": "file", "b/c/d": "deep"})
    site.write({"a/b": "in a folder", "b": "file"})
    assert site.texts() == {"a/b": "in a folder", "b": "file"}

    site.write({"a": "file", "b/c/d": "deep"})
    assert site.texts() == {"a": "file", "b/c/d": "deep"}


# What is not ours --------------------------------------------------------------------------------


def test_files_of_others_stay(site: Site) -> None:
    theirs = {".git/HEAD": "ref", "CNAME": "news.example", ".gitignore": "*", "Kernel/BPF/notes.txt": "mine"}
    for path, text in theirs.items():
        site.put(path, text)
    site.write(PAGES)
    assert site.texts() == {**PAGES, **theirs}

    site.write({})
    assert site.texts() == theirs


def test_a_file_of_another_s_in_a_page_s_place_is_an_error_and_untouched(site: Site) -> None:
    site.put("index.html", "<h1>My own page</h1>")
    tally = site.write(PAGES)

    assert codes(tally) == [("foreign-file", "index.html")]
    assert tally.problems[0].severity == "error"
    assert site.texts() == {**PAGES, "index.html": "<h1>My own page</h1>"}
    assert (len(tally.written), tally.kept) == (2, 0)
    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]


def test_once_it_is_out_of_the_way_the_page_is_written(site: Site) -> None:
    place = site.put("index.html", "<h1>My own page</h1>")
    site.write(PAGES)
    place.unlink()

    assert site.write(PAGES) == Tally(("index.html",), 2, (), ())


def test_a_file_of_another_s_above_a_page_is_an_error_and_the_rest_is_written(site: Site) -> None:
    site.put("Kernel", "a file, not a folder")

    assert codes(site.write({**PAGES, "Kernel/index.html": "kernel"})) == [("foreign-file", "index.html")] * 2
    assert site.texts() == {
        "Kernel": "a file, not a folder",
        "index.html": "home",
        "Articles/1/index.html": "one",
    }


@pytest.mark.parametrize("known", [True, False], ids=["known-page", "new-page"])
def test_a_folder_in_a_page_s_place_is_an_error(site: Site, known: bool) -> None:
    site.write(PAGES if known else {})
    (site.folder / "index.html").unlink(missing_ok=True)
    site.put("index.html/mine.txt", "mine")

    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]
    assert site.texts()["index.html/mine.txt"] == "mine"
    assert site.texts()["Articles/1/index.html"] == "one"


def test_a_page_edited_by_hand_where_a_folder_is_wanted_stays(site: Site) -> None:
    site.write({"a": "file"})
    site.put("a", "edited by hand")

    assert codes(site.write({"a/b": "deep", "c": "free"})) == [("kept-file", "a"), ("foreign-file", "b")]
    assert site.texts() == {"a": "edited by hand", "c": "free"}


@pytest.mark.parametrize("known", [True, False], ids=["known-page", "new-page"])
def test_a_link_in_a_page_s_place_is_not_written_through(site: Site, tmp_path: Path, known: bool) -> None:
    site.write(PAGES if known else {})
    outside = tmp_path / "outside.html"
    outside.write_text("<h1>Elsewhere</h1>" + MARKED)
    (site.folder / "index.html").unlink(missing_ok=True)
    (site.folder / "index.html").symlink_to(outside)

    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]
    assert outside.read_text() == "<h1>Elsewhere</h1>" + MARKED
    assert (site.folder / "index.html").is_symlink()


def test_a_dangling_link_is_not_written_through(site: Site, tmp_path: Path) -> None:
    site.write({})
    (site.folder / "index.html").symlink_to(tmp_path / "new.html")

    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]
    assert not (tmp_path / "new.html").exists()


def test_a_link_above_a_page_is_not_written_through(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "BPF").mkdir(parents=True)
    site.write({})
    (site.folder / "Kernel").symlink_to(outside, target_is_directory=True)

    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]
    assert list(outside.rglob("*.html")) == []


def test_nothing_is_removed_through_a_link(site: Site, tmp_path: Path) -> None:
    site.write(PAGES)
    (site.folder / "Kernel").rename(tmp_path / "moved")
    (site.folder / "Kernel").symlink_to(tmp_path / "moved", target_is_directory=True)
    site.write({})

    assert (tmp_path / "moved/BPF/index.html").read_text() == "bpf"


def test_the_output_may_itself_be_a_link(site: Site, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    site.folder.symlink_to(tmp_path / "www", target_is_directory=True)

    assert site.write(PAGES).problems == ()
    assert (tmp_path / "www/Kernel/BPF/index.html").read_text() == "bpf"
    assert site.write({}).removed == tuple(sorted(PAGES))


def test_an_empty_folder_that_somebody_prepared_keeps_its_rights(site: Site) -> None:
    site.folder.mkdir()
    site.folder.chmod(0o2750)
    before = site.folder.stat()

    assert site.write(PAGES).written == tuple(PAGES)
    assert (site.folder.stat().st_ino, site.folder.stat().st_mode) == (before.st_ino, before.st_mode)
    assert sorted(each.name for each in site.folder.parent.iterdir()) == ["site", "store"]


def test_a_folder_that_is_not_empty_any_more_when_the_tree_is_made_keeps_what_it_holds(site: Site) -> None:
    site.folder.mkdir()

    def make(path: str, last: str) -> Made:
        site.put("CNAME", "news.example")
        return Made("key", path.encode())

    assert site.make(("a", "b"), make) == Tally(("a", "b"), 0, (), ())
    assert site.texts() == {"a": "a", "b": "b", "CNAME": "news.example"}
    assert sorted(each.name for each in site.folder.parent.iterdir()) == ["site", "store"]


def test_a_file_that_somebody_put_there_while_the_tree_was_made_is_not_ours(site: Site) -> None:
    site.folder.mkdir()
    before = {"a": Written("k", "d", (1, 2, 3)), "old": Written("k", "d", (4, 5, 6))}
    site.store.record(known_as(site.folder), before)

    def make(path: str, last: str) -> Made:
        site.put("b", "mine")
        return Made("key", path.encode())

    tally = site.make(("a", "b"), make)

    assert (tally.written, codes(tally)) == (("a",), [("foreign-file", "b")])
    assert site.texts() == {"a": "a", "b": "mine"}
    assert list(written(site.folder, site.store)) == ["a"]


@pytest.mark.parametrize("stands", [False, True], ids=["fresh", "changed"])
@pytest.mark.parametrize("absolute", [False, True])
def test_what_a_store_says_of_places_elsewhere_is_not_heard(
    site: Site, tmp_path: Path, stands: bool, absolute: bool
) -> None:
    (tmp_path / "victim").write_text("mine")
    path = str(tmp_path / "victim") if absolute else "../victim"
    if stands:
        site.write(PAGES)
    site.store.record(known_as(site.folder), {path: Written("", digest_bytes(b"mine"), ())})

    assert path not in written(site.folder, site.store)
    assert intact(site.folder, site.store) == (3 if stands else 0)
    assert site.write({"index.html": "home"}).problems == ()
    assert (site.texts(), (tmp_path / "victim").read_text()) == ({"index.html": "home"}, "mine")


# A lost store ------------------------------------------------------------------------------------


def test_after_a_lost_store_equal_files_are_adopted_untouched(site: Site) -> None:
    site.write(PAGES)
    site.lose_store()
    before = site.times()

    assert site.write(PAGES) == Tally((), 3, (), ())
    assert site.times() == before
    assert site.write({}).removed == tuple(sorted(PAGES))


@pytest.mark.parametrize(
    "text",
    [
        f"<!doctype html><head>{MARKED}",
        "<rss><generator>lwnindex</generator>",
        "# Made by lwnindex\nUser-agent: *",
        "<!-- Made by lwnindex --><urlset>",
        '{\n "version": "https://jsonfeed.org/version/1.1",\n "title": "T"}',
    ],
)
def test_after_a_lost_store_files_with_our_mark_are_overwritten(site: Site, text: str) -> None:
    site.put("index.html", text)

    assert site.write(PAGES).problems == ()
    assert site.texts() == PAGES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<h1>My own page</h1>",
        "x" * 5000 + MARKED,
        "\x00\x01",
        '{"version":"https://jsonfeed.org/version/1.1"}',
        '{\n  "version": "https://jsonfeed.org/version/1.1"}',
    ],
)
def test_after_a_lost_store_files_without_our_mark_are_not(site: Site, text: str) -> None:
    site.put("index.html", text)

    assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]
    assert site.texts()["index.html"] == text


# Failure -----------------------------------------------------------------------------------------


def failing(error: BaseException) -> Make:
    """Return what makes every page anew, but fails on one."""

    def make(path: str, _last: str) -> Made:
        if path == "Kernel/BPF/index.html":
            raise error
        return Made("new", b"new")

    return make


@pytest.mark.parametrize("error", [SiteError("the template fails"), KeyboardInterrupt("stopped")])
@pytest.mark.parametrize("pages", [None, {}, PAGES], ids=["no-site", "empty-site", "site"])
def test_a_page_that_fails_leaves_everything_as_it_was(
    site: Site, pages: dict[str, str] | None, error: BaseException
) -> None:
    if pages is not None:
        site.write(pages)
    before = everything(site.folder.parent)

    with pytest.raises(type(error), match=str(error)):
        site.make(tuple(PAGES), failing(error))

    assert everything(site.folder.parent) == before
    assert site.write(PAGES).problems == ()
    assert site.texts() == PAGES


def everything(folder: Path) -> dict[str, tuple[int, int]]:
    """Return which file or folder has which name, and when it was changed; but not of the store."""
    found = ((each.relative_to(folder).as_posix(), each.lstat()) for each in folder.rglob("*"))
    return {name: (seen.st_ino, seen.st_mtime_ns) for name, seen in found if not name.startswith("store")}


@pytest.mark.parametrize("pages", [{}, PAGES], ids=["empty-site", "site"])
def test_a_file_to_be_copied_that_vanishes_ends_it_with_its_name(site: Site, pages: dict[str, str]) -> None:
    site.write(pages)

    with pytest.raises(SiteError, match=r"gone\.png cannot be read: No such file.*Build again"):
        site.make(("a.png",), lambda path, last: Made("k", site.folder.parent / "gone.png"))
    assert site.texts() == pages


def test_a_file_to_be_copied_is_copied_and_kept(site: Site) -> None:
    original = site.folder.parent / "original.bin"
    original.write_bytes(b"x" * 3_000_000)
    site.write(PAGES)

    def make(path: str, last: str) -> Made:
        return Made("another key" if last else "key", original)

    assert site.make(("a.bin",), make).written == ("a.bin",)
    assert (site.folder / "a.bin").read_bytes() == b"x" * 3_000_000
    assert site.make(("a.bin",), make) == Tally((), 1, (), (), late=("a.bin",))
    original.write_bytes(b"y" * 3_000_000)
    assert site.make(("a.bin",), make).written == ("a.bin",)
    assert (site.folder / "a.bin").read_bytes() == b"y" * 3_000_000


@pytest.mark.parametrize("pages", [{}, PAGES], ids=["empty-site", "site"])
def test_a_file_that_changes_before_it_is_copied_is_told_as_late(site: Site, pages: dict[str, str]) -> None:
    original = site.folder.parent / "original.bin"
    original.write_bytes(b"whole")
    site.write(pages)

    def make(path: str, _last: str) -> Made:
        return Made(digest_bytes(b"whole"), original) if path == "a.bin" else Made("k", b"made")

    assert site.make(("a.bin", "b.html"), make).late == ()
    original.write_bytes(b"half")
    assert site.make(("a.bin", "b.html"), make).late == ("a.bin",)


@pytest.mark.parametrize("ending", ["", "/mine.txt"])
def test_something_in_the_way_of_a_part_is_told_and_nothing_is_lost(site: Site, ending: str) -> None:
    site.write(PAGES)
    mine = site.put(f"../.site{PART}{ending}", "mine")

    with pytest.raises(SiteError, match="cannot be written") as caught:
        site.write({**PAGES, "index.html": "new"})

    assert caught.value.exit_code == 3
    assert (site.texts(), mine.read_text()) == (PAGES, "mine")


def test_an_output_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    site = Site(tmp_path)
    site.folder /= "below"
    with closing(site.store), pytest.raises(SiteError, match="Not a directory"):
        site.write(PAGES)


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that everyone may write to, and for the test no right beyond those of everyone."""
    with unprivileged_folder() as folder:
        yield folder


def test_a_folder_without_the_right_to_write_is_told_and_no_part_stays(unprivileged: Path) -> None:
    site = Site(unprivileged)
    site.write(PAGES)
    locked = site.folder / "Kernel/BPF"
    locked.chmod(0o555)
    with closing(site.store), pytest.raises(SiteError, match=r"Permission denied.*give the right to write"):
        site.write(dict.fromkeys(PAGES, "new"))
    locked.chmod(0o755)

    assert not list(unprivileged.rglob(f"*{PART}*"))
    assert site.texts() == PAGES


def test_a_page_that_may_not_be_read_is_written_again(unprivileged: Path) -> None:
    site = Site(unprivileged)
    site.write(PAGES)
    (site.folder / "index.html").chmod(0)
    with closing(site.store):
        assert site.write(PAGES, trust_stat=False).written == ("index.html",)


def test_a_file_of_another_s_that_may_not_be_read_is_an_error(unprivileged: Path) -> None:
    site = Site(unprivileged)
    site.put("index.html", "mine").chmod(0)
    with closing(site.store):
        assert codes(site.write(PAGES)) == [("foreign-file", "index.html")]


# Whatever happened before ------------------------------------------------------------------------

PATHS = ("a", "a/b", "a/b/c", "d/e", "d/f", "g")


def _is_possible(paths: list[str]) -> bool:
    return not any(one != other and other.startswith(f"{one}/") for one in paths for other in paths)


@pytest.mark.parametrize("path", ["../up.html", "/up.html", "a/../../up.html", "a\0.html", ""])
def test_a_path_that_leads_out_is_the_caller_s_fault(tmp_path: Path, path: str) -> None:
    site = Site(tmp_path)
    with closing(site.store), pytest.raises(ValueError, match="leads out"):
        site.write({"index.html": "x", path: "evil"})
    assert not site.folder.exists()
    assert not list(tmp_path.rglob("up.html"))


sites = st.dictionaries(st.sampled_from(PATHS), st.sampled_from("xyz"), max_size=5).filter(
    lambda pages: _is_possible(list(pages))
)


@given(st.lists(sites, min_size=1, max_size=6))
def test_the_folder_holds_the_last_site_whatever_was_there_before(states: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.put("mine.txt", "mine")
        with closing(site.store):
            for pages in states:
                assert site.write(pages).problems == ()
                assert site.texts() == {**pages, "mine.txt": "mine"}
        folders = {each for each in site.folder.rglob("*") if each.is_dir()}
        assert folders == {site.folder / each for path in states[-1] for each in Path(path).parents} - {
            site.folder
        }
