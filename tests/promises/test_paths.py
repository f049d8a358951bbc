"""Nothing is written outside the site and its store, whatever a name says, and no link leads out."""

from __future__ import annotations

import json
import os
import re
import socket
import stat
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.assetnames import asset_of
from lwnindex.problems import SiteError
from tests import audited, sitecheck
from tests.hostilenames import hostile
from tests.lengths import is_long, trials
from tests.misbehaving import misbehaving, page
from tests.sites import Site, article

TOML = """[site]
title = "T"
url = "https://example.org/"
[search]
enabled = true
[feeds_out]
formats = ["rss", "atom", "json"]
"""
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"\\|?*\ud800-\udfff]')

Figure = Callable[[str], None]


def some(found: Iterable[str], count: int) -> list[str]:
    """Return so many of some names, from all over them; all where the long form is asked for."""
    every = list(found)
    return every[:: max(1, len(every) // count)] if not is_long() else every


def is_file_name(name: str) -> bool:
    """Tell whether this file system can hold a file of this name beside others."""
    try:
        size = len(os.fsencode(name))
    except UnicodeEncodeError:
        return False
    return 0 < size <= 240 and name not in (".", "..") and not set(name) & {"/", "\0"}


def header(name: str, number: int) -> str:
    """Return the header of an article that says a name wherever it can."""
    said = {
        **dict.fromkeys(("slug", "id", "author", "series", "image", "original", "lang", "summary"), name),
        "title": f"{number} {name}",
        "date": "2020-01-02",
        "tags": [name, f"Kernel/{name}"],
        "aliases": [name, f"/{name}", f"/old/{number}/{name}", f"/old/{name}/index.html"],
        "entries": [
            f"Kernel/{name}",
            f"{name}/Topic",
            f"Kernel/Deep/{name}/{name}/{name}",
            f"Kernel/X/{name}",
        ],
    }
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in said.items()) + "---\n"


def body(name: str) -> str:
    """Return a text that leads to a name in several ways."""
    plain = re.sub(r"[\s<>()\[\]\x00]", "", name)
    ways = (
        plain,
        f"../{plain}",
        f"/{plain}",
        f"/Articles/{plain}/",
        f"{plain}.png",
        f"files/{plain}#{plain}",
    )
    return "Text.\n\n" + "\n\n".join(f"[to](<{way}>) ![picture](<{way}>)" for way in ways) + "\n"


def feed(found: Iterable[str]) -> str:
    """Return a feed whose items say names wherever they can."""
    items = (
        f"<item><guid isPermaLink='false'>{name}</guid><link>https://n.example/{name}</link><title>{name}</title>"
        f"<author>{name}</author><category>{name}</category><enclosure url='{name}' type='image/png'/>"
        f"<pubDate>Tue, 22 Dec 2009 10:00:00 GMT</pubDate><description>{name}</description></item>"
        for name in map(_in_xml, found)
    )
    return f"<rss version='2.0'><channel><title>N</title>{''.join(items)}</channel></rss>"


def _in_xml(name: str) -> str:
    return re.sub(r"[&<>'\"\ud800-\udfff]", lambda found: f"&#{ord(found[0])};", name)


def topics(found: Iterable[str]) -> str:
    """Return a file of topics that have names, folders, other names and addresses of this kind."""
    tables = (
        f"[Kernel.{_quoted(f'{number} {name}')}]\nfolder = {_quoted(name)}\n"
        f"aliases = [{_quoted(f'Kernel/Alias {name}')}]\naddresses = [{_quoted(f'/{name}/')}]\n"
        for number, name in enumerate(found)
    )
    return "\n".join(tables)


def _quoted(text: str) -> str:
    return json.dumps(re.sub(r"[\x7f\ud800-\udfff]", "", text), ensure_ascii=False).replace("\x7f", "")


def hostile_site(root: Path, found: Iterable[str]) -> None:
    """Write a site in which names stand wherever one can stand."""
    every = list(found)
    put(root / "lwnindex.toml", TOML)
    for number, name in enumerate(every):
        put(root / f"content/{number}.md", header(name, number) + body(name))
        if is_file_name(f"{name}.md"):
            put(root / f"content/a/{name}.md", article(f"{number}", body(name)))
            put(root / f"content/b/{name}/1.md", article(f"b{number}", f"[file](<{name}>) ![a](p.png)\n"))
            put(root / f"content/b/{name}/p.png", "picture")
            put(root / f"content/b/{name}/{name}", "beside")
            put(root / f"content/pages/{name}.md", f"---\ntitle: P{number}\n---\n{body(name)}")
            put(root / f"static/{name}", f"static {number}")
    put(root / "content/news.rss", feed(every))
    put(root / "content/topics.toml", topics(every))


def put(place: Path, text: str) -> None:
    """Write a file, unless something stands in its way."""
    with suppress(FileExistsError, NotADirectoryError, IsADirectoryError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8", "surrogatepass")


def around(root: Path, own: Iterable[str] = ("site", "store")) -> dict[str, tuple[int, int, bytes | str]]:
    """Return all that stands around a site but what is its own: kinds, sizes and bytes, by their paths."""
    found = {}
    for base, folders, files in os.walk(root.parent):
        for name in (*folders, *files):
            place = Path(base) / name
            if not any(place.is_relative_to(root / each) for each in own):
                found[str(place)] = _look(place)
    return found


def _look(place: Path) -> tuple[int, int, bytes | str]:
    seen = place.lstat()
    if stat.S_ISLNK(seen.st_mode):
        return seen.st_mode, 0, str(place.readlink())
    return seen.st_mode, seen.st_ino, place.read_bytes() if stat.S_ISREG(seen.st_mode) else ""


def outside(run: audited.Run, root: Path, own: Iterable[str]) -> list[Path]:
    """Return the places that a run changed which are none of those that it may change."""
    allowed = [f"{os.path.realpath(root)}/{each}" for each in own]
    found = audited.written(audited.changes(run.events), root)
    return sorted(place for place in found if not any(_is_in(str(place), one) for one in allowed))


def _is_in(place: str, folder: str) -> bool:
    """Tell whether a place is in a folder, or in the hidden one beside it in which that is made."""
    above, _, name = folder.rpartition("/")
    return place == folder or place.startswith((f"{folder}/", f"{above}/.{name}.lwnindex-"))


def faults(paths: Iterable[str], old: Iterable[str] = ()) -> list[str]:
    """Return a sentence for each output path that some file system cannot hold, or takes for another.

    `old` are pages of old addresses: their folders keep the spelling that these had.
    """
    own, kept = list(paths), set(old)
    every = [*own, *kept]
    told = [f"{path!r}: {part!r}" for path in every for part in path.split("/") if not is_sane(part)]
    told += [f"{path!r} is too long" for path in every if len(path.encode()) > 3_000]
    whole = {"/".join(path.split("/")[:depth]) for path in own for depth in range(1, path.count("/") + 2)}
    whole |= kept
    folded = Counter(
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", one).casefold()) for one in whole
    )
    return told + [f"{one!r} stands {count} times" for one, count in folded.items() if count > 1]


def leads_on(content: bytes) -> bool:
    """Tell whether a file is a page of an old address."""
    return b'<meta http-equiv="refresh"' in content


def is_sane(part: str) -> bool:
    """Tell whether Windows, macOS and a zip archive hold a name as it is."""
    if _FORBIDDEN.search(part) or part.endswith((".", " ")) or not part:
        return False
    return not _DEVICE.fullmatch(part.partition(".")[0].rstrip(" ")) and len(part.encode()) <= 255


def files(folder: Path) -> list[str]:
    """Return the paths of all files below a folder."""
    return sorted(place.relative_to(folder).as_posix() for place in folder.rglob("*") if place.is_file())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site that stands between others, with a victim for those that try to leave it."""
    for place in ("victim", "around/victim", "around/etc/victim"):
        put(tmp_path / place, "victim")
    found = tmp_path / "around/root"
    found.mkdir()
    return found


@pytest.fixture
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a run's events are written, far from its site."""
    return tmp_path_factory.mktemp("events") / "log"


# Names -------------------------------------------------------------------------------------------


def test_whatever_a_name_says_nothing_is_written_outside(root: Path, log: Path, figure: Figure) -> None:
    found = some(hostile(), 60)
    hostile_site(root, found)
    before = around(root)
    run = audited.run("build", "--quiet", cwd=root, log=log)
    paths = files(root / "site")
    store = next(one for one in (".lwnindex", "store") if (root / one).exists())

    assert run.code in (0, 1), run.said[-2000:]
    assert outside(run, root, ("site", store)) == []
    assert around(root, ("site", store)) == before
    old = {path for path in paths if leads_on((root / "site" / path).read_bytes())}
    assert old
    assert faults(sorted({*paths} - old), old) == []
    assert sitecheck.dead(root / "site", sitecheck.pages(root / "site")) == []
    figure(f"{len(found)} names in {len(paths)} files, {len(run.events)} events, 0 writes outside")


any_name = st.text() | st.text(st.characters(), min_size=90, max_size=400) | st.sampled_from(hostile())


@settings(max_examples=trials(200, 20_000))
@given(any_name, any_name)
def test_whatever_a_name_says_the_path_made_of_it_is_sane_and_its_own(name: str, other: str) -> None:
    both = names.distinct([(names.segment(name), name), (names.segment(other), other)])
    paths = [f"Articles/{one}/index.html" for one in both]
    asset, old = asset_of(f"http://{other}/{name}.png"), names.old_path(f"/{name}/{other}")

    assert faults(filter(None, [*paths, asset])) == []
    assert faults([], filter(None, [old])) == []


# Other verbs -------------------------------------------------------------------------------------


def checked(root: Path, log: Path, own: Iterable[str], *verb: str) -> audited.Run:
    """Return the run of a verb that changed nothing but what is its own."""
    before = around(root, own)
    run = audited.run(*verb, cwd=root, log=log)

    assert "Traceback" not in run.said, run.said[-2000:]
    assert outside(run, root, own) == []
    assert around(root, own) == before
    return run


def test_an_import_writes_below_its_folder_alone(root: Path, log: Path, figure: Figure) -> None:
    found = some(hostile(), 40)
    hostile_site(root / "old", found)
    put(root / "lwnindex.toml", TOML)
    (root / "content").mkdir()
    checked(root, log, ("content",), "import", "old/content", "--quiet")
    made = files(root / "content")

    assert faults(one for one in made if one.endswith(".md")) == []
    figure(f"{len(found)} names in {len(made)} files, 0 writes outside")


def test_a_fetch_writes_below_its_folders_alone(root: Path, log: Path, figure: Figure) -> None:
    found = some(hostile(), 100)
    called = [one for one in found if is_file_name(one) and one.isprintable()][:12]
    with misbehaving({}) as server:
        server.usual = page(feed(found).encode(), "application/rss+xml")
        tables = (
            f'[[feeds]]\nurl = "{server.url}/{n}"\nname = {_quoted(one)}\n' for n, one in enumerate(called)
        )
        put(root / "lwnindex.toml", TOML + "".join(tables))
        (root / "content").mkdir()
        own = ("content/feeds", ".lwnindex")
        run = checked(root, log, own, "fetch", "--allow-private", "127.0.0.1", "--quiet")
    made = files(root / "content/feeds")

    assert run.code in (0, 1), run.said[-2000:]
    assert made, run.said[-2000:]
    assert faults(made) == []
    figure(f"{len(found)} items of {len(called)} feeds in {len(made)} files, 0 writes outside")


def test_pictures_are_brought_below_their_folder_alone(root: Path, log: Path, figure: Figure) -> None:
    found = [re.sub(r"[\s<>()#?]", "", name) for name in some(hostile(), 60)]
    with misbehaving({}) as server:
        server.usual = page(b"\x89PNG\r\n\x1a\n", "image/png")
        text = "\n\n".join(f"![](<{server.url}/{name}>) ![](<{server.url}/a/{name}.png>)" for name in found)
        put(root / "lwnindex.toml", TOML)
        put(root / "content/1.md", article("One", text))
        own = ("content/assets",)
        checked(root, log, own, "import", "--assets", "--allow-private", "127.0.0.1", "--quiet")
    made = files(root / "content/assets")

    assert len(made) > len(found)
    assert faults(made) == []
    figure(f"{len(made)} pictures, 0 writes outside")


def test_an_export_writes_its_own_file_alone_and_no_hostile_name_into_it(
    root: Path, log: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hostile_site(root, some(hostile(), 10))
    store = str(tmp_path_factory.mktemp("store"))
    for what, to in (("csv", "csv"), ("sqlite", "a.db"), ("zip", "a.zip"), ("zim", "a.zim")):
        run = audited.run("export", what, "--output", f"out/{to}", "--store", store, cwd=root, log=log)
        strange = [place for place in outside(run, root, ("out",)) if not place.is_relative_to(store)]
        assert run.code in (0, 1), run.said[-2000:]
        assert strange == []
        log.unlink()
    with ZipFile(root / "out/a.zip") as packed:
        held = [name for name in packed.namelist() if not name.endswith("/")]
        old = {name for name in held if leads_on(packed.read(name))}
    assert len(held) > 50
    assert faults([name for name in held if name not in old], old) == []


def test_a_renaming_writes_content_alone(root: Path, log: Path) -> None:
    put(root / "lwnindex.toml", TOML)
    put(root / "content/1.md", article("One", "Words.", topic="Kernel/BPF"))
    for name in some((one for one in hostile() if "\0" not in one and len(one) < 200), 3)[:: trials(1, 5)]:
        with suppress(UnicodeEncodeError):
            f"{name}".encode()
            checked(
                root, log, ("content", ".lwnindex"), "topics", "rename", "--", "Kernel/BPF", f"Kernel/{name}"
            )
            put_anew(root / "content/1.md", article("One", "Words.", topic="Kernel/BPF"))
    assert not [path for path in files(root / "content") if path not in ("1.md", "topics.toml")]


def put_anew(place: Path, text: str) -> None:
    """Write a file as it was at first, and none beside it."""
    (place.parent / "topics.toml").unlink(missing_ok=True)
    place.write_text(text, "utf-8")


# Links and what is no file -----------------------------------------------------------------------

SECRET = "a-secret-from-outside"


def linked_site(root: Path) -> Site:
    """Return a site with links out of every folder that is read, and things that have no end."""
    site = Site(root)
    secret = root.parent / "secret"
    for name in ("page.md", "topics.toml", "feed.rss", "picture.png", "page.html"):
        put(secret / name, article(SECRET, SECRET) if name.endswith("md") else SECRET)
    site.put("content/1.md", article("One", "![a](picture.png) [b](away/picture.png) [c](pipe.png)"))
    for folder in ("content", "content/deep", "static", "content/feeds/a"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        for name in ("page.md", "topics.toml", "feed.rss", "picture.png", "page.html"):
            (root / folder / name).symlink_to(secret / name)
        (root / folder / "away").symlink_to(secret)
        (root / folder / "up").symlink_to("../../secret" if "/" not in folder else "../../../secret")
        os.mkfifo(root / folder / "pipe.png")
        os.mkfifo(root / folder / "pipe.md")
        (root / folder / "null.md").symlink_to("/dev/zero")
        _socket(root / folder / "s.md")
    return site


def _socket(place: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as found:
        here = os.open(place.parent, os.O_RDONLY)
        # The system takes no more than some hundred bytes of a way.
        with suppress(OSError):
            found.bind(f"/proc/self/fd/{here}/{place.name}")
        os.close(here)


def leaks(folder: Path) -> list[str]:
    """Return the files below a folder that hold what stands outside."""
    return [path for path in files(folder) if SECRET.encode() in (folder / path).read_bytes()]


def test_no_link_is_followed_out_of_a_folder_and_nothing_without_an_end_is_waited_for(root: Path) -> None:
    site = linked_site(root)
    told = Counter(one.code for one in site.built().problems)

    assert leaks(root / "site") == leaks(root / "store") == []
    assert told["outside"] == 4 * 8
    assert told["not-a-file"] >= 4 * 2
    assert not any(path.endswith("pipe.png") for path in files(root / "site"))


def test_an_import_follows_no_link_out_of_what_is_imported(root: Path, log: Path) -> None:
    linked_site(root)
    put(root.parent / "new/lwnindex.toml", TOML)
    (root.parent / "new/content").mkdir()
    run = audited.run("import", str(root / "content"), cwd=root.parent / "new", log=log)

    assert "Traceback" not in run.said
    assert leaks(root.parent / "new") == []
    assert files(root.parent / "new/content") == ["1.md"]


def test_a_link_within_a_folder_is_read(root: Path) -> None:
    site = Site(root)
    site.put("content/a/1.md", article("One", "Words of one."))
    (root / "content/2.md").symlink_to("a/1.md")
    site.put("static/a.txt", "inside")
    (root / "static/b.txt").symlink_to("a.txt")
    site.built()

    assert (root / "site/b.txt").read_text() == "inside"
    assert (root / "site/Articles/2/index.html").is_file()


def test_a_folder_of_the_site_that_is_a_link_is_not_written_through(root: Path) -> None:
    site = Site(root)
    site.put("content/1.md", article("One", "Words."))
    site.built()
    away = root.parent / "away"
    (root / "site/Articles").rename(away)
    (root / "site/Articles").symlink_to(away)
    before = {path: (away / path).read_bytes() for path in files(away)}
    site.put("content/1.md", article("One", "Other words."))
    site.put("content/2.md", article("Two", "Words."))
    report = site.built()

    assert {path: (away / path).read_bytes() for path in files(away)} == before
    assert "foreign-file" in {one.code for one in report.problems}


class Racer(threading.Thread):
    """Puts links in the place of files and folders, and these back again, until it is told to stop."""

    def __init__(self, root: Path, secret: Path) -> None:
        super().__init__(daemon=True)
        self.over, self.swaps = threading.Event(), 0
        self._pairs = [
            _pair(root / name, secret) for name in ("content/1.md", "static/1.txt", "content/deep")
        ]

    def run(self) -> None:
        while not self.over.wait(0.0005):
            for place, held, link in self._pairs:
                place.rename(held)
                link.rename(place)
                self.over.wait(0.0005)
                place.rename(link)
                held.rename(place)
                self.swaps += 1


def _pair(place: Path, secret: Path) -> tuple[Path, Path, Path]:
    """Return a place, where it is held meanwhile, and a link that takes its place."""
    aside = place.parent.parent / "aside"
    aside.mkdir(exist_ok=True)
    link = aside / f"link-{place.name}"
    link.symlink_to(secret if place.is_dir() else secret / "deep.md")
    return place, aside / f"held-{place.name}", link


def test_whoever_swaps_files_for_links_meanwhile_brings_nothing_in(root: Path, figure: Figure) -> None:
    site = Site(root)
    secret = root.parent / "secret"
    put(secret / "deep.md", article(SECRET, SECRET))
    put(secret / "p.png", SECRET)
    site.put("content/1.md", article("One", "Words. ![a](deep/p.png)"))
    site.put("content/deep/deep.md", article("Deep", "Words."))
    site.put("content/deep/p.png", "picture")
    site.put("static/1.txt", "inside")
    racer = Racer(root, secret)
    racer.start()
    builds = found = 0
    try:
        while racer.swaps < trials(200, 10_000):
            builds += 1
            found += _raced(site)
    finally:
        racer.over.set()
        racer.join()
    assert found == 0
    figure(f"{racer.swaps} swaps during {builds} builds, {found} bytes from outside")


def _raced(site: Site) -> int:
    """Build a site anew, or fail to; return how many files hold what stands outside."""
    with suppress(SiteError):
        site.clean()
    return len(leaks(site.root / "clean")) + len(leaks(site.root / "clean-store"))
