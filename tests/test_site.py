"""A whole build: what can be published is, the rest is told, and damage mends itself."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lwnindex import config, site, visits
from lwnindex.digest import digest_bytes
from lwnindex.disk import NOWHERE
from lwnindex.engine.executors import Serial
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Store, Written
from lwnindex.gather import Gathered
from lwnindex.journal import PART, Change, Record, commit, staged
from lwnindex.lock import held
from lwnindex.model import Parsed, Problem
from lwnindex.options import Memory, Options, Preview
from lwnindex.pipeline import parsing
from lwnindex.problems import SiteError
from lwnindex.settings import Config
from lwnindex.writing import Tally, write
from tests.unprivileged import unprivileged

__all__ = ["unprivileged"]

TOML = '[site]\nurl = "https://example.org/"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site with two sound articles that cite each other."""
    put(tmp_path, "lwnindex.toml", TOML)
    put(tmp_path, "content/one.md", article("One", body="See [two](two.md)."))
    put(tmp_path, "content/two.md", article("Two", body="See [one](/Articles/one/)."))
    return tmp_path


def put(folder: Path, path: str, content: str | bytes) -> Path:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def article(title: str = "T", *, body: str = "Words.", header: str = "", topic: str = "Kernel/BPF") -> str:
    return (
        f"---\ntitle: {title}\ndate: 2020-01-02\nauthors: [Desk]\nentries: [{topic}]\n{header}---\n{body}\n"
    )


def built(root: Path, options: Options | None = None, **keys: object) -> site.Report:
    return site.build(config.load(root / "lwnindex.toml", {}, keys), options)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def of(report: site.Report, file: str) -> list[Problem]:
    return [one for one in report.problems if one.file == file]


def told(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(one.severity, one.code, one.line) for one in problems]


# Bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (article(body="caf").encode() + b"\xe9\n", [("error", "not-utf8", 8)]),
        (b"\xff\xfe\x00", [("error", "not-utf8", 1)]),
        (article().replace("title: T\n", ""), [("warning", "no-title", 1)]),
        (article().replace("date: 2020-01-02\n", ""), [("warning", "no-date", 1)]),
        (article().replace("2020-01-02", "2020-02-30"), [("error", "bad-date", 3)]),
        ("# A dump\n\nBy **Desk**\nFebruary 30, 2020\n\nWords.\n", [("error", "bad-date", 4)]),
        (article(topic="Kernal/BPF"), [("warning", "undeclared-index", 5)]),
        ("---\ntitle: [\n---\n# Kept\n\nWords.\n", [("error", "bad-header", 2)]),
        ("---\ntitle: T\ntitle\n---\nWords.\n", [("error", "bad-header", 3)]),
        (article(body="a" * 20_000_000), [("error", "too-large", 7)]),
        (article(body=">" * 5_000 + " deep"), [("error", "too-large", 7)]),
        ("\x00", []),
        ("no header, no title, no date", [("warning", "no-date", 1), ("warning", "no-title", 1)]),
    ],
    ids=[
        *(
            "not-utf8",
            "no-text-at-all",
            "no-title",
            "no-date",
            "bad-date",
            "bad-date-of-dump",
            "undeclared-index",
        ),
        *("bad-header", "bad-header-line", "20-mb-line", "deep", "nul", "nothing-known"),
    ],
)
def test_a_bad_source_is_told_and_has_its_page(
    root: Path, content: str | bytes, expected: list[tuple[str, str, int]]
) -> None:
    put(root, "content/bad.md", content)
    report = built(root)
    problems = of(report, "content/bad.md")

    assert set(expected) <= set(told(problems))
    assert all(one.message.strip() and one.fix.strip() and "\n" not in one.message for one in problems)
    assert not [one for one in problems if one.code == "crash"]
    assert report.articles == 3
    for page in ("bad", "one", "two"):
        assert (root / f"site/Articles/{page}/index.html").is_file()


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda place: place.write_text(" \n"), ("error", "empty", 1)),
        (lambda place: place.symlink_to("bad.md"), ("error", "unreadable", 0)),
        (lambda place: place.symlink_to("/etc/hostname"), ("error", "outside", 0)),
        (os.mkfifo, ("error", "not-a-file", 0)),
        (lambda place: put(place, "inner.md", article("Inner")), ("error", "not-a-file", 0)),
    ],
    ids=["empty", "unreadable", "outside", "fifo", "folder"],
)
def test_what_is_no_article_is_told_and_the_rest_is_published(
    root: Path, make: Callable[[Path], object], expected: tuple[str, str, int]
) -> None:
    make(root / "content/bad.md")
    report = built(root)

    assert told(of(report, "content/bad.md")) == [expected]
    assert report.errors == 1
    assert not (root / "site/Articles/bad").exists()
    assert (root / "site/Articles/one/index.html").is_file()
    assert (root / "site/Articles/inner/index.html").is_file() == (root / "content/bad.md").is_dir()


def test_two_files_with_one_id_are_both_published(root: Path) -> None:
    put(root, "content/2020/one.md", article("Another one"))
    report = built(root)
    (problem,) = report.problems

    assert (problem.severity, problem.code, problem.line) == ("error", "duplicate-id", 1)
    assert "content/2020/one.md" in problem.file + problem.message
    assert "content/one.md" in problem.file + problem.message
    pages = {place.parent.name for place in (root / "site/Articles").rglob("index.html")}
    assert len(pages) == 3
    assert {"one", "two"} <= pages


def test_all_bad_input_together_leaves_nothing_out(root: Path) -> None:
    bad = {
        "latin.md": b"caf\xe9",
        "empty.md": b"",
        "header.md": b"---\na: [\n---\nWords.",
        "date.md": article().replace("2020-01-02", "2020-13-01").encode(),
        "line.md": b"a" * 20_000_000,
        "two/one.md": article().encode(),
        "index.md": article(topic="Nowhere/X").encode(),
        "caf\udce9.md": article().encode(),
    }
    for name, content in bad.items():
        put(root, f"content/{name}", content)
    (root / "content/loop.md").symlink_to("loop.md")
    report = built(root)

    assert report.articles == 2 + len(bad) - 1
    assert {one.code for one in report.problems} >= {
        *("not-utf8", "empty", "bad-header", "bad-date", "too-large", "duplicate-id", "undeclared-index"),
        "unreadable",
    }
    exported = json.loads(visits.export_json(config.load(root / "lwnindex.toml", {}, {})))
    assert len(exported["articles"]) == report.articles
    assert all((root / "site" / one["path"]).is_file() for one in exported["articles"])
    assert len(exported["problems"]) == len(report.problems)


def test_a_file_that_breaks_a_reader_costs_the_others_nothing(root: Path) -> None:
    # An extension that cannot bear a text stands in for a fault of ours: none is known.
    put(root, "content/bad.md", article(body="Words that break it."))
    put(root, "lwnindex.toml", f'{TOML}[markdown]\nextensions = ["tests.breaking"]\n')
    report = built(root)
    (problem,) = of(report, "content/bad.md")

    assert (problem.severity, problem.code) == ("error", "crash")
    assert "ZeroDivisionError" in problem.message
    assert "breaking.py:" in problem.message
    assert report.articles == 3
    assert (root / "site/Articles/bad/index.html").is_file()


def test_a_site_without_articles_is_a_site_with_a_warning(root: Path) -> None:
    shutil.rmtree(root / "content")
    (root / "content").mkdir()
    report = built(root)

    assert told(list(report.problems)) == [("warning", "no-articles", 0)]
    assert (root / "site/index.html").is_file()


def test_a_site_without_an_address_has_a_warning_and_the_example_s(root: Path) -> None:
    put(root, "lwnindex.toml", "")
    report = built(root)

    assert told(list(report.problems)) == [("warning", "no-url", 0)]
    assert b"https://example.org/Articles/one/" in (root / "site/feed.atom").read_bytes()


# Files and themes --------------------------------------------------------------------------------


def test_static_files_are_copied_and_follow_their_originals(root: Path) -> None:
    place = put(root, "static/deep/logo.bin", b"\x00\x01")
    put(root, "static/robots.txt", "User-agent: *\nDisallow: /\n")
    built(root)
    assert (root / "site/deep/logo.bin").read_bytes() == b"\x00\x01"
    assert (root / "site/robots.txt").read_bytes() == b"User-agent: *\nDisallow: /\n"

    place.write_bytes(b"\x02")
    assert built(root).written == ("deep/logo.bin",)
    assert (root / "site/deep/logo.bin").read_bytes() == b"\x02"

    place.unlink()
    assert built(root).removed == ("deep/logo.bin",)
    assert not (root / "site/deep").exists()


def test_a_changed_template_changes_the_pages_that_draw_on_it(root: Path) -> None:
    put(root, "templates/404.html", "<!doctype html>{% include 'mine.html' %}")
    part = put(root, "templates/mine.html", "one")
    built(root)
    part.write_text("two")

    assert built(root).written == ("404.html",)
    assert (root / "site/404.html").read_text() == "<!doctype html>two"


def test_a_broken_template_ends_it_and_leaves_the_site_as_it_was(root: Path) -> None:
    built(root)
    before = tree(root / "site")
    put(root, "templates/article.html", "{{ page.titel }}{% if %}")
    with pytest.raises(SiteError, match=r"templates/article\.html:1: ") as caught:
        built(root)

    assert caught.value.exit_code == 3
    assert tree(root / "site") == before


# Two sites, and one again ------------------------------------------------------------------------


def test_two_outputs_share_a_store_and_disturb_each_other_in_nothing(root: Path) -> None:
    built(root, output="one")
    built(root, output="two")
    (root / "content/two.md").unlink()
    built(root, output="one")

    assert built(root, output="one").written == ()
    assert (root / "two/Articles/two/index.html").is_file()
    assert "Articles/two/index.html" in built(root, output="two").removed
    assert tree(root / "one") == tree(root / "two")


@pytest.mark.parametrize("options", [Options(clean=True), Options(trust_stat=False)])
def test_however_it_is_run_a_second_build_writes_nothing(root: Path, options: Options) -> None:
    put(root, "static/k.txt", "k")
    built(root)
    report = built(root, options)

    assert (report.written, report.removed, report.kept) == ((), (), report.pages)


def test_a_clean_build_trusts_nothing_that_an_earlier_one_found_out(root: Path) -> None:
    built(root)
    page = root / "site/Articles/one/index.html"
    seen, right = page.stat(), page.read_bytes()
    page.write_bytes(right.replace(b"See", b"SEE"))
    os.utime(page, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert built(root).written == ()

    assert built(root, Options(clean=True)).written == ("Articles/one/index.html",)
    assert page.read_bytes() == right


def test_an_output_that_is_where_one_stands_needs_no_static_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "site").mkdir()
    monkeypatch.chdir(root / "site")
    found = config.Found(Config(content=("../content",), output=".", store="../store"), Path(), None)

    assert site.build(found).articles == 2
    assert (root / "site/index.html").is_file()
    assert site.build(found).written == ()


def test_a_build_that_writes_nothing_removes_what_a_killed_one_was_removing(root: Path) -> None:
    built(root)
    put(root, ".site.lwnindex-gone/folder/page.html", "of a tree that never became the site")

    assert built(root).written == ()
    assert not (root / ".site.lwnindex-gone").exists()


def test_drafts_are_counted_and_left_out(root: Path) -> None:
    put(root, "content/draft.md", article(header="draft: true\n"))
    put(root, "content/pages/about.md", "---\ntitle: About\ndraft: true\n---\nWords.")
    report = built(root)

    assert (report.articles, report.counts["draft"], report.problems) == (2, 2, ())
    assert not (root / "site/about").exists()


def test_every_stage_has_its_seconds(root: Path) -> None:
    assert list(built(root).stages) == ["load", "parse", "index", "search", "link", "write", "keep"]


# Damage ------------------------------------------------------------------------------------------


def changed(root: Path, file: str, what: bytes, by: bytes) -> None:
    """Put other bytes, as many, everywhere in the place of some in the store, behind the program's back."""
    (place,) = (root / ".lwnindex").glob(file)
    content = place.read_bytes()
    assert what in content
    place.write_bytes(content.replace(what, by))


def overwritten(root: Path, file: str, content: bytes) -> None:
    """Put other bytes in the place of a file of the store, or have its first half alone."""
    (place,) = (root / ".lwnindex").glob(file)
    place.write_bytes(content or place.read_bytes()[: place.stat().st_size // 2])


def removed(root: Path, file: str) -> None:
    """Remove a file of the store."""
    (place,) = (root / ".lwnindex").glob(file)
    place.unlink()


@pytest.mark.parametrize(
    "harm",
    [
        lambda root: changed(root, "*.pack", b"Words", b"wORDS"),
        lambda root: changed(root, "*.pack", b"two", b"TWO"),
        lambda root: changed(root, "*.log", b"blobs/", b"Blobs/"),
        lambda root: changed(root, "*.log", b"index.html", b"other.html"),
        lambda root: changed(root, "*.log", b"written/", b"Written/"),
        lambda root: overwritten(root, "*.pack", b"this is no pack " * 9999),
        lambda root: overwritten(root, "*.log", b"this is no log " * 999),
        lambda root: overwritten(root, "*.pack", b""),
        lambda root: overwritten(root, "*.log", b""),
        lambda root: removed(root, "*.pack"),
        lambda root: removed(root, "*.log"),
        lambda root: shutil.rmtree(root / ".lwnindex"),
    ],
    ids=[
        *("blobs", "results", "blobs-table", "written", "written-table", "no-pack", "no-log"),
        *("half-pack", "half-log", "lost-pack", "lost-log", "gone"),
    ],
)
def test_a_damaged_store_costs_time_and_no_content(root: Path, harm: Callable[[Path], object]) -> None:
    for number in range(5):
        put(root, f"content/more{number}.md", article(f"More {number}", body=f"Words {number}." * 300))
    built(root)
    harm(root)
    put(root, "content/one.md", article("One", body="Another body, which needs its page and feed anew."))
    report = built(root)
    built(root, output="clean", store="clean-store")

    assert report.problems == ()
    assert tree(root / "site") == tree(root / "clean")
    assert built(root).written == ()


def test_a_body_that_is_damaged_is_not_published(root: Path) -> None:
    built(root)
    changed(root, "*.pack", b"See", b"SEE")
    shutil.rmtree(root / "site")
    built(root)

    assert b"See <a" in (root / "site/Articles/one/index.html").read_bytes()


def test_damage_that_shows_late_is_mended_as_well(root: Path) -> None:
    built(root)
    before = tree(root / "site")
    (root / "site/Articles/one/index.html").unlink()
    changed(root, "*.pack", b"See", b"SEE")

    assert built(root).problems == ()
    assert tree(root / "site") == before
    assert built(root).written == ()


def test_a_store_that_cannot_be_used_is_told(root: Path) -> None:
    (root / ".lwnindex/store-2.log").mkdir(parents=True)

    with pytest.raises(SiteError, match=r"the store cannot be used: .*Name another: --store DIR") as caught:
        built(root)
    assert caught.value.exit_code == 3


# What changes while it is read -------------------------------------------------------------------


def parsed_after(root: Path, change: Callable[[], object]) -> list[Parsed]:
    """Return what the sources hold if something happens between their being found and read."""
    found = config.load(root / "lwnindex.toml", {}, {})
    with closing(Store(root / "store")) as store:
        gathered = Gathered(found, store, trust=True)
        inputs = gathered.inputs
        change()
        return Memo(store, Serial()).each(parsing(inputs, gathered.read), inputs.sources)


def test_a_source_that_changes_after_it_was_found_is_what_it_is_when_it_is_read(root: Path) -> None:
    content = article("Changed")
    one, two = parsed_after(root, lambda: put(root, "content/one.md", content))

    assert (one.articles[0].card.title, two.articles[0].card.title) == ("Changed", "Two")
    assert one.digest == digest_bytes(content.encode())


def test_a_source_that_is_gone_when_it_is_to_be_read_is_an_error(root: Path) -> None:
    one, two = parsed_after(root, (root / "content/one.md").unlink)

    assert (one.articles, one.digest, told(list(one.problems))) == ((), "", [("error", "unreadable", 0)])
    assert "No such file" in one.problems[0].message
    assert two.articles


def test_what_could_not_be_read_is_read_by_the_next_build(root: Path) -> None:
    parsed_after(root, (root / "content/one.md").unlink)
    put(root, "content/one.md", article("Back"))
    one, _ = parsed_after(root, root.stat)

    assert [each.card.title for each in one.articles] == ["Back"]


@pytest.mark.parametrize("path", ["static/x.css", "content/x.png"])
def test_a_file_that_is_written_anew_while_it_is_copied_is_copied_by_the_next_build(
    root: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    put(root, "content/one.md", article("One", body="![x](x.png)"))

    def meanwhile(*words: Any, **more: Any) -> Tally:
        put(root, path, "ha")
        try:
            return write(*words, **more)
        finally:
            put(root, path, "half and whole")

    put(root, "content/x.png", "half and whole")
    put(root, path, "half and whole")
    with monkeypatch.context() as patched:
        patched.setattr(site, "write", meanwhile)
        built(root)
    built(root)

    (copy,) = (place for place in (root / "site").rglob(Path(path).name) if place.is_file())
    assert copy.read_text() == "half and whole"


@pytest.fixture
def imported(root: Path) -> None:
    """Have everything imported that a build imports late, while that may be read."""
    built(root)


def test_what_may_not_be_read_is_an_error_and_the_rest_is_published(
    imported: None, unprivileged: Path
) -> None:
    put(unprivileged, "lwnindex.toml", TOML)
    put(unprivileged, "content/locked.md", article("Locked")).chmod(0)
    put(unprivileged, "content/one.md", article("One"))
    report = built(unprivileged)
    again = built(unprivileged)

    assert told(of(report, "content/locked.md")) == [("error", "unreadable", 0)]
    assert "Permission denied" in of(report, "content/locked.md")[0].message
    assert (report.articles, again.articles) == (1, 1)
    assert again.problems == report.problems


# Two at once -------------------------------------------------------------------------------------


@pytest.mark.parametrize("common", ["site", "store"])
def test_a_second_build_waits_and_then_leaves(root: Path, common: str) -> None:
    built(root)
    before, told = tree(root / "site"), list[str]()
    put(root, "content/one.md", article("Changed"))
    mine = {"output": "site" if common == "site" else "own", "store": "store" if common == "store" else "own"}
    with (
        held({"store": root / "store", "output": root / "site"}),
        pytest.raises(SiteError, match="another build") as caught,
    ):
        built(root, Options(patience=0.1, waiting=told.append), **mine)

    assert (caught.value.exit_code, len(told)) == (3, 1)
    assert tree(root / "site") == before
    assert not (root / "own").exists()


def test_what_a_dead_build_began_is_completed_even_by_one_that_fails(root: Path) -> None:
    built(root)
    part, page = root / f".site{PART}", "Articles/one/index.html"
    part.mkdir()
    Path(staged(str(part), page)).write_text("what the dead build wrote")
    commit(str(part), Record((Change(page, Written("", "", NOWHERE), new=False),), (), {}, ()))
    put(root, "templates/article.html", "{{ page.nothing.at.all }}")
    with pytest.raises(SiteError, match=r"article\.html"):
        built(root)

    assert (root / "site" / page).read_text() == "what the dead build wrote"
    assert not part.exists()


def test_a_build_that_fails_leaves_no_empty_folders(root: Path) -> None:
    put(root, "templates/article.html", "{{ page.nothing.at.all }}")
    with pytest.raises(SiteError, match=r"article\.html"):
        built(root, output="a/site")

    assert not (root / "a").exists()


# Folders -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("static", ["files", "./files/", "part/files"])
def test_the_folder_of_the_site_may_be_the_content_folder(tmp_path: Path, static: str) -> None:
    put(tmp_path, "lwnindex.toml", f'content = ["."]\nstatic = "{static}"\n{TOML}')
    put(tmp_path, "one.md", article("One", body="See [two](part/two.md) and ![a picture](part/cut.png)."))
    put(tmp_path, "part/two.md", article("Two", body="See [one](../one.md), [its picture](cut.png)."))
    put(tmp_path, "part/cut.png", b"\x89PNG\r\n\x1a\n")
    put(tmp_path, f"{static}/robots.md", "what is copied is no article\n")
    put(tmp_path, "templates/note.md", "nor is what stands among templates\n")
    report = built(tmp_path, output=str(tmp_path.with_name("out")))

    assert [one for one in report.problems if one.code != "bad-image"] == []
    assert report.articles == 2
    page = (tmp_path.with_name("out") / "Articles/one/index.html").read_text()
    assert 'two/index.html">two</a>' in page
    assert 'part/cut.png"' in page


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"output": "content"}, "lie in one another"),
        ({"output": "content/site"}, "lie in one another"),
        ({"output": "."}, "lie in one another"),
        ({"output": "static"}, "lie in one another"),
        ({"output": "static/deep"}, "lie in one another"),
        ({"output": "link"}, "lie in one another"),
        ({"output": "templates"}, "lie in one another"),
        ({"output": "themes/mine"}, "lie in one another"),
        ({"output": "lwnindex.toml"}, "is a file, not a folder"),
        ({"content": ("none",)}, "does not exist"),
        ({"content": ("lwnindex.toml",)}, "is a file, not a folder"),
        ({"content": ("content", "content")}, "lie in one another"),
        ({"content": ("content", "content/deep")}, "lie in one another"),
        ({"theme": {"name": "none"}}, "there is no theme"),
    ],
)
def test_folders_that_cannot_be_are_refused_and_nothing_is_touched(
    root: Path, keys: dict[str, object], said: str
) -> None:
    put(root, "content/deep/three.md", article("Three"))
    put(root, "static/deep/k.txt", "k")
    (root / "link").symlink_to("content", target_is_directory=True)
    before = tree(root)
    with pytest.raises(SiteError, match=said) as caught:
        built(root, None, **keys)

    assert caught.value.exit_code == 2
    assert {path for path in tree(root) if not path.startswith(".lwnindex/")} == set(before)


def test_several_content_folders_make_one_site(root: Path) -> None:
    put(root, "more/three.md", article("Three", body="See [one](/Articles/one/)."))
    report = built(root, None, content=("content", "more"))

    assert (report.articles, report.problems) == (3, ())


def test_a_build_needs_no_configuration_at_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    report = site.build(config.Found(Config(), Path(), None))

    assert (report.articles, report.errors) == (2, 0)


DRAFTED = "---\ntitle: Sketch\ndraft: true\ndate: 2020-01-05\nentries: [Kernel/BPF]\n---\nWords of it.\n"


def test_drafts_are_shown_and_marked_where_they_are_asked_for(root: Path) -> None:
    put(root, "content/sketch.md", DRAFTED)
    put(root, "content/pages/plan.md", "---\ntitle: Plan\ndraft: true\n---\nWords.\n")
    found = config.load(root / "lwnindex.toml", {}, {})

    report = site.build(found, Options("serial", drafts=True))

    mark = '<strong class="badge draft">Draft</strong>'
    for path in ("Articles/sketch", "Kernel/BPF", "Kernel/Index", "plan"):
        assert mark in (root / f"site/{path}/index.html").read_text("utf-8"), path
    for path in ("feed.rss", "feed.atom", "feed.json", "Kernel/BPF/feed.atom", "search/docs/2020-01.js"):
        assert "[Draft] Sketch" in (root / f"site/{path}").read_text("utf-8"), path
    assert "draft" not in report.counts


@pytest.mark.parametrize("body", ["Words of it.", "Other words."])
def test_a_build_after_one_with_drafts_is_a_clean_one(root: Path, body: str) -> None:
    put(root, "content/sketch.md", DRAFTED)
    found = config.load(root / "lwnindex.toml", {}, {})
    site.build(found, Options("serial", drafts=True))
    put(root, "content/sketch.md", DRAFTED.replace("Words of it.", body))

    report = site.build(found, Options("serial"))
    clean = site.build(config.load(root / "lwnindex.toml", {}, {"output": "clean", "store": "other"}))

    assert not (root / "site/Articles/sketch").exists()
    assert tree(root / "site") == tree(root / "clean")
    assert report.counts == clean.counts
    assert report.counts["draft"] == 1


def test_a_memory_keeps_templates_while_they_are_what_they_were(root: Path) -> None:
    put(root, "content/sketch.md", DRAFTED)
    put(root, "templates/article.html", "<h1>{{ page.title }}</h1>")
    found = config.load(root / "lwnindex.toml", {}, {})
    how = Options("serial", drafts=True, memory=Memory({}, {}))
    page = root / "site/Articles/sketch/index.html"
    site.build(found, how)
    assert how.memory
    before = dict(how.memory.templates)

    put(root, "content/sketch.md", DRAFTED.replace("Sketch", "Other"))
    site.build(found, how)
    assert (page.read_text("utf-8"), how.memory.templates) == ("<h1>Other</h1>", before)
    put(root, "templates/article.html", "<h2>{{ page.title }}</h2>")
    site.build(found, how)
    assert page.read_text("utf-8") == "<h2>Other</h2>"
    assert len(how.memory.templates) == 1


class _Watching:
    """Who watches the pages of a site while it is built."""

    def __init__(self, *wanted: str, refuse: str = "") -> None:
        self._wanted, self._refuse = wanted, refuse
        self.shown: list[tuple[str, ...]] = []
        self.files: set[str] = set()

    def options(self) -> Options:
        return Options("serial", preview=Preview(self.consent, lambda: self._wanted, self._show))

    def consent(self, problems: Iterable[Problem], digests: Mapping[str, str]) -> None:
        self.files = set(digests)
        if any(one.code == self._refuse for one in problems):
            raise SiteError("refused")

    def _show(self, paths: Collection[str]) -> None:
        self.shown.append(tuple(paths))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Other", "See [one](/Articles/one/) and [this](/no/)."),
        ("Two", "See [two](two.md). Further words."),
        ("Two", "See [one](/Articles/one/). Further words."),
        ("Two", "See [the search](/search/) and [one](/Articles/one/)."),
    ],
)
def test_pages_that_are_looked_at_are_published_first_and_the_end_is_a_clean_build(
    root: Path, title: str, body: str
) -> None:
    built(root, Options("serial"))
    put(root, "content/two.md", article(title, body=body))
    watching = _Watching("Articles/two/index.html", "no/such/page.html")

    report = built(root, watching.options())
    built(root, output="clean", store="other")

    assert watching.shown[0] == ("Articles/two/index.html",)
    assert len(set(report.written)) == len(report.written)
    assert report.kept + len(report.written) == report.pages
    assert watching.files == {"content/one.md", "content/two.md"}
    assert tree(root / "site") == tree(root / "clean")
    assert built(root, Options("serial")).written == ()


def test_a_body_that_changes_after_pages_were_published_first_is_in_all_that_show_it(root: Path) -> None:
    built(root, Options("serial"))
    put(root, "content/two.md", article("Other", body="Words."))
    built(root, _Watching("Articles/two/index.html", "feed.rss").options())
    put(root, "content/two.md", article("Other", body="Further words."))

    report = built(root, Options("serial"))
    built(root, output="clean", store="other")

    assert "Articles/two/index.html" in report.written
    assert tree(root / "site") == tree(root / "clean")


@pytest.mark.parametrize("title", ["One", "Other"])
def test_nothing_is_published_without_consent(root: Path, title: str) -> None:
    built(root, Options("serial"))
    before = tree(root / "site")
    put(root, "content/two.md", article("Two", body="Further words.", header="updated: never\n"))
    put(root, "content/one.md", article(title, body="Other words."))

    with pytest.raises(SiteError, match="refused"):
        built(root, _Watching("Articles/one/index.html", refuse="bad-date").options())

    assert tree(root / "site") == before
