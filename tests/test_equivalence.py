"""An incremental build is a clean one, byte for byte, whatever was done to the archive in between."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex import config, load, site
from tests.edits import overwritten
from tests.programs import ROOT
from tests.sites import Site, tree

TOPICS = ("Kernel/BPF", "Kernel/Filesystems/Ceph", "Kernel/filesystems", "Security/SELinux", "Odd/One")
CONFIGURATION = '[site]\ntitle = "T"\nurl = "https://example.org/"\n[pages]\nper_page = 2\n'
Edit = Callable[[Path], None]


def built(root: Path, output: str = "site", store: str = "store") -> site.Report:
    options = {"output": output, "store": store}
    return site.build(config.load(root / "lwnindex.toml", {}, options))


def article(number: int, topic: str = "Kernel/BPF", body: str = "First words.", day: int = 1) -> str:
    """Return an article that cites its neighbour."""
    fields = (
        f"title: Number {number}\ndate: 2020-01-{day:02}\nauthors: [Desk {number % 3}]\nentries: [{topic}]"
    )
    return (
        f"---\n{fields}\n---\n{body} See [the other](/Articles/a{(number + 1) % 6}/).\n\nMore of {number}.\n"
    )


def start(root: Path, articles: int = 4) -> None:
    (root / "content").mkdir()
    (root / "static").mkdir()
    (root / "lwnindex.toml").write_text(
        '[site]\ntitle = "T"\nurl = "https://example.org/"\n[pages]\nper_page = 2\n'
    )
    for number in range(articles):
        (root / f"content/a{number}.md").write_text(article(number, TOPICS[number % 5], day=number + 1))


numbers = st.integers(0, 5)
topics = st.sampled_from(TOPICS)
days = st.integers(1, 28)
words = st.text(alphabet="ab *`[]<>&\n", max_size=30)


def _write(number: int, topic: str, body: str, day: int) -> Edit:
    return lambda root: _put(root / f"content/a{number}.md", article(number, topic, body, day))


def _put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    overwritten(place, text.encode())


def _body(number: int, text: str) -> Edit:
    """Add words to what stands below the first paragraph of an article, so that its card stays."""

    def change(root: Path) -> None:
        place = root / f"content/a{number}.md"
        if place.exists():
            overwritten(place, f"{place.read_text()}\n{text}\n".encode())

    return change


def _draft(number: int, text: str) -> Edit:
    """Write a draft with the body of an article that may stand there, and with more words."""
    header = "---\ntitle: Sketch\ndraft: true\n---\n"
    body = article(number).split("---\n", 2)[2]
    return lambda root: _put(root / "content/draft.md", f"{header}{body}{text}")


def _touch(number: int, time: int) -> Edit:
    """Give a file a time of change that lies long ago."""

    def touch(root: Path) -> None:
        place = root / f"content/a{number}.md"
        if place.exists():
            os.utime(place, ns=(time, time))

    return touch


def _lose(*paths: str) -> Edit:
    """Remove a file or folder, or several; a store goes with its site, whose pages nobody else knows."""

    def lose(root: Path) -> None:
        for path in paths:
            place = root / path
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)

    return lose


def _delete(number: int) -> Edit:
    return lambda root: (root / f"content/a{number}.md").unlink(missing_ok=True)


def _rename(number: int, folder: str) -> Edit:
    def rename(root: Path) -> None:
        old, new = root / f"content/a{number}.md", root / f"content/{folder}/a{number}.md"
        if old.exists():
            new.parent.mkdir(exist_ok=True)
            old.replace(new)

    return rename


def _keep_size_and_time(number: int) -> Edit:
    """Change letters of a body so that neither its size nor its time of change shows it."""

    def change(root: Path) -> None:
        place = root / f"content/a{number}.md"
        if place.exists():
            seen = place.stat()
            changed = place.read_bytes().replace(b"words", b"swrod")
            overwritten(place, changed, (seen.st_atime_ns, seen.st_mtime_ns))

    return change


def _entitled(root: Path, title: str) -> str:
    """Return the configuration with another title."""
    return re.sub("(?m)^title = .*", f'title = "{title}"', (root / "lwnindex.toml").read_text())


def _title(title: str) -> Edit:
    return lambda root: _put(root / "lwnindex.toml", _entitled(root, title))


def _template(text: str) -> Edit:
    return lambda root: _put(
        root / "templates/404.html", f"<!doctype html><title>{text}</title><p>{{{{ page.title }}}}"
    )


def _below(text: str) -> Edit:
    """Change a template of the theme, on which one of the site may draw or not."""
    return lambda root: _put(root / "themes/tiny/templates/404.html", f"{text} {{{{ page }}}} {{{{ site }}}}")


def _above(text: str) -> Edit:
    """Write a template of the site that draws on the theme's."""
    return lambda root: _put(root / "templates/404.html", f'{text} {{% include "!404.html" %}}')


def _child(name: str, accent: str) -> Edit:
    """Change the site's theme, or what it sets in one that inherits."""
    facts = 'parent = "tiny"\n[options.accent]\ntype = "colour"\ndefault = "#000000"\n'
    setting = (
        f'name = "{name}"\noptions = {{ accent = "{accent}" }}\n' if name == "child" else 'name = "tiny"\n'
    )

    def change(root: Path) -> None:
        _put(root / "themes/child/theme.toml", facts)
        rest = (root / "lwnindex.toml").read_text().partition("[theme]\n")[0]
        _put(root / "lwnindex.toml", f"{rest}[theme]\n{setting}")

    return change


def _static(name: str, text: str) -> Edit:
    return lambda root: _put(root / "static" / name, text)


lost = st.sampled_from([("site/feed.rss",), ("site/Articles",), ("site",), ("site", "store")])
marks = st.sampled_from(
    ["Words.", "*Other* words.", "[x](/)", "[y](/Articles/a1/#b)", "## B", "x[^1]\n\n[^1]: y"]
)
bodies = st.one_of(
    st.builds(_body, numbers, words),
    st.builds(_body, numbers, marks),
    st.builds(_draft, numbers, st.sampled_from(["", "", "Words.\n"])),
    st.builds(_touch, numbers, st.sampled_from([10**18, 2 * 10**18 // 10])),
    st.builds(_keep_size_and_time, numbers),
)
edits = st.one_of(
    bodies,
    bodies,
    bodies,
    st.builds(_write, numbers, topics, words, days),
    st.builds(_delete, numbers),
    st.builds(_rename, numbers, st.sampled_from(["x", "y"])),
    st.builds(_title, st.sampled_from(["T", "U"])),
    st.builds(_template, st.sampled_from(["one", "two"])),
    st.builds(_above, st.sampled_from(["one", "two"])),
    st.builds(_below, st.sampled_from(["one", "two"])),
    st.builds(_child, st.sampled_from(["child", "tiny"]), st.sampled_from(["#000000", "#123", "#456"])),
    st.builds(_static, st.sampled_from(["k.txt", "l/m.txt"]), st.sampled_from(["1", "22"])),
    lost.map(lambda paths: _lose(*paths)),
)
scripts = st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=5)


def followed(script: list[Edit], here: Site) -> None:
    """Do what a script says, build, and compare the site with a clean one."""
    for edit in script:
        edit(here.root)
    here.assert_clean(here.built())


@given(scripts=scripts)
@settings(deadline=None, max_examples=8)
def test_every_incremental_build_equals_a_clean_one(scripts: list[list[Edit]]) -> None:
    with TemporaryDirectory() as work:
        here = started(Path(work))
        for script in scripts:
            followed(script, here)


@given(scripts=scripts)
@settings(deadline=None, max_examples=12)
def test_it_does_where_unchanged_files_are_known_by_their_stat(scripts: list[list[Edit]]) -> None:
    with TemporaryDirectory() as work, pytest.MonkeyPatch.context() as patched:
        patched.setattr(load, "_TOO_FRESH", -(10**15))
        here = started(Path(work))
        for script in scripts:
            followed(script, here)


@given(scripts=st.lists(st.lists(bodies, min_size=1, max_size=3), min_size=1, max_size=5))
@settings(deadline=None, max_examples=12)
def test_it_does_where_bodies_alone_change(scripts: list[list[Edit]]) -> None:
    with TemporaryDirectory() as work, pytest.MonkeyPatch.context() as patched:
        patched.setattr(load, "_TOO_FRESH", -(10**15))
        here = started(Path(work))
        for script in scripts:
            followed(script, here)


def started(root: Path) -> Site:
    """Return the site of a few articles, built."""
    here = Site(root)
    for number in range(4):
        here.put(f"content/a{number}.md", article(number, TOPICS[number % 5], day=number + 1))
    here.built()
    return here


# Two executors -----------------------------------------------------------------------------------


def run(here: Site, executor: str) -> dict[str, object]:
    """Build in a process of its own, where workers can be forked; return its report's figures."""
    words = [
        "lwnindex",
        "build",
        "--json",
        "--config",
        "lwnindex.toml",
        "--jobs",
        "2",
        "--executor",
        executor,
    ]
    done = subprocess.run(
        [sys.executable, "-m", *words, "--output", executor, "--store", f"{executor}-store"],
        cwd=here.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stdout
    report = json.loads(done.stdout.splitlines()[-1])
    return {name: value for name, value in report.items() if name not in ("seconds", "stages")}


def test_one_process_and_several_do_the_same(tmp_path: Path) -> None:
    here = Site(tmp_path)
    for number in range(80):
        here.put(f"content/a{number}.md", article(number, TOPICS[number % 5], day=number % 28 + 1))
    edits: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: here.change("content/a7.md", "More of", "Still more of"),
        lambda: here.change("lwnindex.toml", '"T"', '"U"'),
    )
    for edit in edits:
        edit()
        assert run(here, "serial") == run(here, "processes")
        assert tree(tmp_path / "serial") == tree(tmp_path / "processes")

    clean = here.clean()
    assert tree(tmp_path / "processes") == tree(tmp_path / "clean")
    assert clean.articles == 80


# What is written ---------------------------------------------------------------------------------


def test_a_second_build_touches_no_file(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    report = built(tmp_path)

    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before
    assert (report.written, report.removed) == ((), ())


def test_a_body_edit_changes_the_article_and_the_feeds_that_carry_it(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    before = tree(tmp_path / "site")
    place = tmp_path / "content/a2.md"
    place.write_text(place.read_text() + "\nA last paragraph.\n")
    report = built(tmp_path)
    after = tree(tmp_path / "site")

    changed = {path for path in after if after[path] != before.get(path)}
    searched = {"search/catalog.js", "search/terms/t-.js", "search/texts/2020-01-0.js"}
    assert changed == {"Articles/a2/index.html", "feed.rss", "feed.atom", "feed.json", *searched}
    assert set(report.written) == changed


def test_two_checkouts_in_two_places_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two/deeper"
    first.mkdir()
    start(first)
    shutil.copytree(first, second)
    built(first)
    built(second)

    assert tree(first / "site") == tree(second / "site")


def test_a_lost_store_costs_no_content(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    before = tree(tmp_path / "site")
    shutil.rmtree(tmp_path / "store")
    report = built(tmp_path)

    assert tree(tmp_path / "site") == before
    assert (report.written, report.errors) == ((), 0)


def test_a_lost_store_and_an_edit_leave_no_page_behind(tmp_path: Path) -> None:
    start(tmp_path)
    built(tmp_path)
    shutil.rmtree(tmp_path / "store")
    _title("Another")(tmp_path)
    report = built(tmp_path)
    built(tmp_path, "clean", "clean-store")

    assert report.errors == 0
    assert tree(tmp_path / "site") == tree(tmp_path / "clean")
