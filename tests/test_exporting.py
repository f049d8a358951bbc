"""An export is the site as one file: closed, the same each time, complete or not there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urljoin
from urllib.request import ProxyHandler, build_opener
from uuid import uuid4
from zipfile import ZipFile

import pytest
from libzim.reader import Archive

from lwnindex import config, exporting
from lwnindex.excerpt import Wanted
from lwnindex.exporting import Exported, Order, export
from lwnindex.options import Options
from lwnindex.problems import SiteError, errors, warnings
from lwnindex.site import build
from tests.misbehaving import deaf
from tests.programs import KIWIX, ROOT
from tests.sitecheck import dead, pages
from tests.sites import article

TOML = """[site]
title = "The News: an index"
url = "https://example.org/news/"
source = ""
"""
PART = Wanted(topics=("Kernel/BPF",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site with articles that link to one another, a plain page and a picture."""
    put(tmp_path, "lwnindex.toml", TOML)
    put(tmp_path, "content/1.md", article("One", "See [two](/Articles/2/), [XFS](/Kernel/XFS/). A quagga."))
    put(tmp_path, "content/2.md", article("Two", "See [one](1.md), [three](/Articles/3/).", day=2))
    put(
        tmp_path,
        "content/3.md",
        article("Three", "See [index](/Kernel/Index#BPF).", day=3, topic="Kernel/XFS"),
    )
    put(
        tmp_path,
        "content/pages/about.md",
        "---\ntitle: About\n---\nSee [one](/Articles/1/) and [three](/Articles/3/).\n",
    )
    put(tmp_path, "static/photo.png", "no real picture")
    return tmp_path


def put(folder: Path, path: str, text: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def exported(root: Path, order: Order, environment: dict[str, str] | None = None) -> Exported:
    found = config.load(root / "lwnindex.toml", {}, {})
    return export(found, order, environment or {}, Options(executor="serial"))


def zipped(root: Path, wanted: Wanted = Wanted()) -> Exported:  # noqa: B008
    return exported(root, Order("zip", wanted, str(root / "out.zip")))


def unzipped(root: Path) -> Path:
    """Return the folder of the site that an archive holds, unpacked."""
    with ZipFile(root / "out.zip") as archive:
        archive.extractall(root / "out")
    (top,) = (root / "out").iterdir()
    return top


def command(root: Path, *words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "lwnindex", "export", *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


# What is in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [Wanted(), PART, Wanted(years=("2020",), indexes=("Kernel",))])
def test_every_link_inside_leads_to_what_is_inside(root: Path, wanted: Wanted) -> None:
    report = zipped(root, wanted)
    top = unzipped(root)
    found = pages(top)

    assert top.name == "The_News_an_index"
    assert dead(top, found) == []
    assert report.pages == len(found) > 5
    assert report.files == sum(1 for each in top.rglob("*") if each.is_file())
    assert report.size == (root / "out.zip").stat().st_size


def test_a_part_holds_what_was_wanted_and_leads_out_for_the_rest(root: Path) -> None:
    report = zipped(root, PART)
    top = unzipped(root)
    about, two = (top / path for path in ("about/index.html", "Articles/2/index.html"))

    assert report.articles == 2
    assert not (top / "Articles/3").exists()
    assert not (top / "Kernel/XFS").exists()
    assert 'href="https://example.org/news/Articles/3/"' in about.read_text("utf-8")
    assert 'href="https://example.org/news/Articles/3/"' in two.read_text("utf-8")
    assert 'href="../../Articles/1/index.html"' in two.read_text("utf-8")
    assert (top / "photo.png").read_text() == "no real picture"


NAVIGATION = """[theme.options]
navigation = [
    ["Three", "Articles/3/index.html"],
    ["XFS", "Kernel/Index/index.html#XFS"],
    ["BPF", "Kernel/BPF/index.html"],
]
"""


@pytest.mark.parametrize(
    ("toml", "out"),
    [
        (TOML, ["https://example.org/news/Articles/3/", "https://example.org/news/Kernel/Index/#XFS"]),
        (TOML.replace("https://example.org/news/", ""), []),
    ],
)
def test_a_theme_s_navigation_leads_out_of_a_part_or_has_no_such_link(
    root: Path, toml: str, out: list[str]
) -> None:
    put(root, "lwnindex.toml", toml + NAVIGATION)
    report = zipped(root, PART)
    found = pages(unzipped(root))["index.html"].tree

    assert errors(report.problems) == 0
    assert report.problems == zipped(root).problems
    links = found.xpath("//nav[@class='pages']//a[text()='Three' or text()='XFS' or text()='BPF']/@href")
    assert links == [*out, "Kernel/BPF/index.html"]


def test_the_whole_is_the_site_as_it_is_built(root: Path) -> None:
    zipped(root)
    build(config.load(root / "lwnindex.toml", {}, {}), Options(executor="serial"))
    top, site = unzipped(root), root / "site"
    inside = {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
    built = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    assert {str(path) for path in built.keys() - inside.keys()} == {"404.html", "robots.txt", "sitemap.xml"}
    assert inside == {path: built[path] for path in inside}


def test_a_page_of_the_output_is_taken_only_if_it_is_as_it_was_written(root: Path) -> None:
    zipped(root)
    before = (root / "out.zip").read_bytes()
    build(config.load(root / "lwnindex.toml", {}, {}), Options(executor="serial"))
    place = root / "site/Articles/1/index.html"
    seen = place.stat()
    place.write_bytes(b"x" * seen.st_size)
    os.utime(place, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    zipped(root)

    assert (root / "out.zip").read_bytes() == before


def test_problems_are_those_of_a_build(root: Path) -> None:
    put(root, "content/4.md", article("Four", "See [nothing](/Articles/77/).", day=4))
    report = zipped(root)
    built = build(config.load(root / "lwnindex.toml", {}, {}), Options(executor="serial"))

    assert report.problems == built.problems
    assert (errors(report.problems), warnings(report.problems)) == (1, 0)


def test_hostile_names_stay_below_the_top_folder(root: Path) -> None:
    put(
        root,
        "content/x.md",
        article("X", "Text.", topic='"../../K/.. /..\\\\x:y"', header='id: "../../up"\nslug: ".."\n'),
    )
    put(root, "lwnindex.toml", TOML.replace("The News: an index", "../../etc"))
    zipped(root)
    with ZipFile(root / "out.zip") as archive:
        names = archive.namelist()

    tops = {name.partition("/")[0] for name in names}
    assert len(tops) == 1
    assert not tops & {"", ".", ".."}
    assert not [
        name for name in names if {"..", ".", ""} & set(name.split("/")) or re.search(r"[\\:\0]", name)
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file of such a name")
@pytest.mark.parametrize("name", ["a\\..\\..\\b.css", "C:x.css"])
def test_a_file_that_could_be_unpacked_elsewhere_is_left_out_and_told(root: Path, name: str) -> None:
    put(root, f"static/{name}", "p {}")
    put(root, "static/fine.css", "p {}")

    assert [one.file for one in zipped(root).problems if one.code == "bad-path"] == [f"static/{name}"]
    with ZipFile(root / "out.zip") as archive:
        assert {each.rpartition("/")[2] for each in archive.namelist()} & {
            name,
            "x.css",
            "b.css",
            "fine.css",
        } == {"fine.css"}


def test_a_file_is_called_after_what_was_wanted_as_far_as_a_folder_has_room(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = tuple("Kernel/" + letter * 60 for letter in "\u7d22\u5f15")
    put(root, "lwnindex.toml", TOML.replace("The News: an index", "\u65b0\u805e" * 20))
    for number, topic in enumerate(topics):
        put(root, f"content/t{number}.md", article(f"T {number}", "Text.", topic=topic))
    monkeypatch.chdir(root)
    found = Path(exported(root, Order("zip", Wanted(topics=topics))).output)

    assert found.is_file()
    assert found.name.startswith("\u65b0\u805e")


# The same each time ------------------------------------------------------------------------------


def test_the_bytes_depend_on_nothing_but_the_input(root: Path) -> None:
    for number in range(60):
        put(root, f"content/n{number}.md", article(f"N {number}", "Text.", day=1 + number % 28))
    said = []
    for place, (seed, zone, jobs) in enumerate(
        (("1", "UTC", "1"), ("2", "Asia/Tokyo", "2"), ("3", "UTC", "3"))
    ):
        words = ("zip", "--output", f"{place}.zip", "--store", f"store{place}", "--jobs", jobs)
        said.append(command(root, *words, PYTHONHASHSEED=seed, TZ=zone).communicate(timeout=100))

    assert {err for _, err in said} == {b""}
    assert len({(root / f"{place}.zip").read_bytes() for place in range(3)}) == 1


@pytest.mark.parametrize(
    ("environment", "time"),
    [({}, (2020, 1, 3, 0, 0, 0)), ({"SOURCE_DATE_EPOCH": "1261483844"}, (2009, 12, 22, 12, 10, 44))],
)
def test_the_time_is_told_or_the_newest_article_s_day(
    root: Path, environment: dict[str, str], time: tuple[int, ...]
) -> None:
    exported(root, Order("zip", output=str(root / "out.zip")), environment)
    with ZipFile(root / "out.zip") as archive:
        assert {one.date_time for one in archive.infolist()} == {time}


@pytest.mark.parametrize("said", ["soon", "9" * 30])
def test_a_time_that_is_none_is_told(root: Path, said: str) -> None:
    with pytest.raises(SiteError, match="SOURCE_DATE_EPOCH") as raised:
        exported(root, Order("zip"), {"SOURCE_DATE_EPOCH": said})
    assert raised.value.exit_code == 2


# Complete or not there ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["zip", "zim"])
def test_what_is_no_export_of_ours_is_left_alone(root: Path, kind: exporting.Kind) -> None:
    place = root / f"out.{kind}"
    place.write_bytes(b"theirs")
    with pytest.raises(SiteError, match="left alone"):
        exported(root, Order(kind, output=str(place)))

    assert place.read_bytes() == b"theirs"


@pytest.mark.parametrize("kind", ["zip", "zim"])
def test_what_is_ours_is_replaced(root: Path, kind: exporting.Kind) -> None:
    order = Order(kind, output=str(root / f"out.{kind}"))
    before = exported(root, order)
    put(root, "content/5.md", article("Five", "Text.", day=5))

    assert exported(root, order).articles == before.articles + 1


@pytest.mark.parametrize("kind", ["zip", "zim"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_ended_at_work_it_leaves_no_half_file(root: Path, kind: str, end: signal.Signals) -> None:
    for number in range(150):
        put(root, f"content/n{number}.md", article(f"N {number}", "Text. " * 2000, topic=f"Kernel/T{number}"))
    run = command(root, kind, "--output", f"out.{kind}")
    part = root / f".out.{kind}.lwnindex-part"
    wait_until(lambda: (part / "waiting").exists() or run.poll() is not None)
    run.send_signal(end)
    _, err = run.communicate(timeout=100)

    assert run.returncode == (130 if end == signal.SIGINT else -9), err
    assert not (root / f"out.{kind}").exists()
    assert part.exists() == (end == signal.SIGKILL)


def wait_until(is_so: object) -> None:
    """Wait until something is so, or some minutes."""
    assert callable(is_so)
    end = monotonic() + 300
    while not is_so():
        assert monotonic() < end
        sleep(0.005)


# ZIM ---------------------------------------------------------------------------------------------


def test_a_zim_file_has_pages_without_feeds(root: Path) -> None:
    report = exported(root, Order("zim", output=str(root / "out.zim")))
    archive = Archive(root / "out.zim")

    assert archive.main_entry.get_item().path == "index.html"
    assert archive.article_count == report.pages
    assert archive.has_entry_by_path("Articles/1/index.html")
    assert not archive.has_entry_by_path("feed.rss")
    assert b"feed." not in bytes(archive.main_entry.get_item().content)
    assert archive.get_metadata("Title") == b"The News: an index"
    assert archive.get_metadata("Name") == b"the_news_an_index_en_all"
    assert archive.get_metadata("Date") == b"2020-01-03"


def test_without_libzim_the_way_out_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "lwnindex.export.zim", raising=False)
    monkeypatch.delattr("lwnindex.export.zim", raising=False)
    monkeypatch.setitem(sys.modules, "libzim.writer", None)
    monkeypatch.chdir(root)
    with pytest.raises(SiteError, match=r"pip install 'lwnindex\[zim\]'") as raised:
        exported(root, Order("zim"))

    assert raised.value.exit_code == 2


@contextmanager
def served(place: Path) -> Iterator[str]:
    """Give the address at which kiwix-serve shows a ZIM file; its path is that of no other server."""
    path = uuid4().hex
    for _ in range(40):
        with deaf() as port:
            address = f"http://127.0.0.1:{port}/{path}/"
        # Until the server has it, the port may become another's: then it ends, and another one is tried.
        options = ("--address", "127.0.0.1", "--port", str(port), "--urlRootLocation", path)
        words = [str(KIWIX), *options, str(place)]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
            try:
                wait_until(
                    lambda address=address, program=program: program.poll() is not None or answers(address)
                )
                if program.poll() is None:
                    yield address
                    return
            finally:
                program.kill()
    raise AssertionError("kiwix-serve found no port")


def answers(address: str) -> bool:
    try:
        return bool(fetched(address))
    except OSError:
        return False


def fetched(address: str) -> str:
    """Return what stands at an address of this machine, whatever proxy the environment names."""
    with build_opener(ProxyHandler({})).open(address, timeout=60) as answer:
        return str(answer.read().decode())


@pytest.mark.needs_kiwix
def test_kiwix_finds_an_article_by_a_word_and_shows_it(root: Path) -> None:
    exported(root, Order("zim", output=str(root / "out.zim")))
    with served(root / "out.zim") as address:
        results = fetched(f"{address}search?pattern=quagga")
        (found,) = set(re.findall(r'href="([^"]*Articles/[^"]*)"', results))
        shown = fetched(urljoin(address, found))

    assert found.endswith("Articles/1/index.html")
    assert "A quagga." in shown
