"""After a damaged store the next build is a clean one; a hostile one runs nothing and breaks nothing."""

from __future__ import annotations

import marshal
import math
import os
import pickle
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lwnindex import loading
from lwnindex.engine.log import Change, Kind, Log
from lwnindex.engine.store import FORMAT, DamagedError, Store
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.site import Report
from tests.lengths import trials
from tests.programs import ROOT
from tests.sites import TOML, Site, article, tree
from tests.states import SYMLINK

Figure = Callable[[str], None]
Files = dict[str, bytes]

FEED = """<rss version="2.0"><channel><title>F</title><link>https://example.org/</link>
<item><title>Item</title><link>https://example.org/1</link><guid>one</guid>
<pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate><description>Words of a feed.</description></item>
</channel></rss>"""
NEWER = {f"store-{FORMAT + 1}.log": b"of tomorrow", f"store-{FORMAT + 1}-00ff.pack": b"\x00" * 99}
"""The files of a newer version's store, which no build may touch."""


@pytest.fixture(params=["renames", "symlink"])
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Site:
    """A site of all kinds of sources, built twice, so that the store knows its files by their stat."""
    monkeypatch.setattr(loading, "_TOO_FRESH", -(10**15))
    found = Site(tmp_path / "project")
    if request.param == "symlink":
        found.put("lwnindex.toml", TOML + SYMLINK)
    for number in range(6):
        link = f"[the next](/Articles/a{(number + 1) % 6}/)"
        body = f"Words of {number}, {link}.\n\n![p](p.png)\n\n```c\nint i;\n```"
        found.put(f"content/a{number}.md", article(f"Number {number}", body, day=number + 1))
    found.put("content/p.png", b"\x89PNG\r\n\x1a\n")
    found.put("content/about.md", "---\ntitle: About\nlayout: page\n---\nA page.\n")
    found.put("content/feed.xml", FEED)
    found.put("content/topics.toml", '["Kernel/BPF"]\nnote = "A *note*."\naliases = ["eBPF"]\n')
    found.put("static/robots-too.txt", "x")
    for name, content in NEWER.items():
        found.put(f"store/{name}", content)
    found.built()
    found.change("content/a0.md", "Words", "More words")
    found.built()
    return found


def kept(here: Site) -> Files:
    """Return the files of the store that are this version's."""
    return {path: content for path, content in tree(here.root / "store").items() if path not in NEWER}


def put_back(here: Site, files: Mapping[str, bytes]) -> None:
    """Let the store have these files, and a newer version's."""
    shutil.rmtree(here.root / "store")
    for path, content in {**NEWER, **files}.items():
        here.put(f"store/{path}", content)


# Damage ------------------------------------------------------------------------------------------


def _one(chance: random.Random, files: Files) -> str:
    """Return the name of a file in which something stands."""
    return chance.choice(sorted(name for name in files if files[name]))


def _flipped(chance: random.Random, files: Files) -> None:
    name = _one(chance, files)
    content = bytearray(files[name])
    for _ in range(chance.choice((1, 1, 1, 8))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    files[name] = bytes(content)


def _cut(chance: random.Random, files: Files) -> None:
    name = _one(chance, files)
    files[name] = files[name][: chance.randrange(len(files[name]))]


def _zeroed(chance: random.Random, files: Files) -> None:
    name = _one(chance, files)
    start, size = chance.randrange(len(files[name])), chance.randrange(1, 5000)
    part = files[name][start : start + size]
    files[name] = files[name][:start] + bytes(len(part)) + files[name][start + size :]


def _longer(chance: random.Random, files: Files) -> None:
    name = _one(chance, files)
    garbage = chance.choice((chance.randbytes(chance.randrange(1, 3000)), files[name][-500:], bytes(4096)))
    files[name] += garbage


def _without_a_piece(chance: random.Random, files: Files) -> None:
    name = _one(chance, files)
    start = chance.randrange(len(files[name]))
    files[name] = files[name][:start] + files[name][start + chance.randrange(1, 400) :]


def _pieces_swapped(chance: random.Random, files: Files) -> None:
    """Swap two entries, whole where they are those of a log, which is the file of which it can be told."""
    name = _one(chance, files)
    places = sorted(chance.randrange(len(files[name])) for _ in range(4))
    a, b, c, d, e = (files[name][start:end] for start, end in pairwise((0, *places, None)))
    files[name] = a + d + c + b + e


def _files_swapped(chance: random.Random, files: Files) -> None:
    names = chance.sample(sorted(files), 2)
    files[names[0]], files[names[1]] = files[names[1]], files[names[0]]


def _lost(chance: random.Random, files: Files) -> None:
    del files[chance.choice(sorted(files))]


def _of_another_version(chance: random.Random, files: Files) -> None:
    name = chance.choice(sorted(files))
    files[name] = chance.choice((b"SQLite format 3\x00" + bytes(4000), *NEWER.values(), b""))


HARM = (
    *(_flipped, _flipped, _flipped, _cut, _cut, _zeroed, _longer, _without_a_piece),
    *(_pieces_swapped, _files_swapped, _lost, _of_another_version),
)


def _entries_swapped(chance: random.Random, here: Site) -> None:
    """Let two results, blobs or parts have each other's places, under right checksums of the log."""
    with closing(Log(here.root / f"store/store-{FORMAT}.log")) as log:
        tables = [name for name in log.names() if name.startswith(("results/", "blobs/"))]
        if not tables:  # all of them are in the pack
            return
        name = chance.choice(sorted(tables))
        rows = log.table(name, msgspec.msgpack.Decoder(tuple[dict[str, int], list[str]]).decode)
        one, other = chance.sample(sorted(rows), 2)
        rows[one], rows[other] = rows[other], rows[one]
        log.add(Change(name, Kind.REPLACE, msgspec.msgpack.encode((rows, [])), len(rows)))


def edited(chance: random.Random, here: Site, number: int) -> None:
    """Change the words of some articles; the paths of the site stay."""
    for _ in range(chance.choice((0, 1, 1, 2))):
        name = f"content/a{chance.randrange(6)}.md"
        here.put(name, (here.root / name).read_text() + f"\nWords {number}.\n")


def test_whatever_is_damaged_in_a_store_the_next_build_is_a_clean_one(here: Site, figure: Figure) -> None:
    chance = random.Random(5)
    count = trials(short=20, long=1000)
    yesterday = kept(here)
    for number in range(count):
        edited(chance, here, number)
        here.built()
        today = kept(here)
        harm(chance, here, today, yesterday)
        told: list[str] = []
        report = here.built(options=Options("serial", waiting=told.append))
        here.assert_clean(report)
        assert told == [], number
        assert {name: (here.root / "store" / name).read_bytes() for name in NEWER} == NEWER
        yesterday = today
    figure(f"{count} of {count} builds with a damaged store were clean ones")


def harm(chance: random.Random, here: Site, today: Files, yesterday: Files) -> None:
    """Damage the store, or let it have older files."""
    kind = chance.randrange(len(HARM) + 3)
    if kind < len(HARM):
        files = dict(today)
        HARM[kind](chance, files)
        put_back(here, files)
    elif kind == len(HARM):
        put_back(here, {name: chance.choice((today, yesterday)).get(name, b"") for name in today})
    elif kind == len(HARM) + 1:
        put_back(here, yesterday)
    else:
        _entries_swapped(chance, here)


# Hostility ---------------------------------------------------------------------------------------

MARK = "canary"
ABSURD = (
    *(b"", b"\xc1", b"\xc0", b"\x01", b"\xa1\xff", b"\xcb" + b"\x7f\xf8" + bytes(6)),
    *(b"\x91" * 100_000, b"\x81\xa1a" * 100_000, b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff"),
    *(b"\xc6\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\x92\xdf\xff\xff\xff\xff\x90", b"\x92\x80\x90\x01"),
    *(b"\x92\x81\xa1a\xcf" + b"\xff" * 8 + b"\x90", b"\x92\x81\xa1a\xd3" + b"\xff" * 8 + b"\x90"),
    f"cposix\nsystem\n(S'touch {MARK}'\ntR.".encode(),
    f"__import__('os').system('touch {MARK}')".encode(),
    msgspec.msgpack.encode("{{ ''.__class__.__mro__ }} {% include '/etc/passwd' %}"),
)
"""No values that a build makes: too deep, too many, of no form, and what other programs would run."""

LIES: tuple[Any, ...] = (
    *("", "../../../evil.html", "/evil.html", "..", ".", "a/../../../evil.html", "\x00", "x" * 300, "evil\n"),
    *("content/a1.md", "index.html", "2020-01-01", "9999-99-99", "javascript:alert(1)", "\u202e", "0" * 32),
    *(-1, 0, 1, 2**63, 2**31, math.nan, math.inf, None, True, [], {}, [[]], ["../evil"], {"../evil.html": 1}),
)


def names_of(here: Site) -> list[str]:
    """Return what the log of the store speaks of."""
    with closing(Log(here.root / f"store/store-{FORMAT}.log")) as log:
        return sorted(name for name in log.names() if name != "pack")


def sealed(here: Site, name: str, body: bytes) -> None:
    """Say something in the log, under right checksums."""
    with closing(Log(here.root / f"store/store-{FORMAT}.log")) as log:
        log.add(Change(name, Kind.REPLACE, body, 1))


def _values(store: Store) -> Iterator[tuple[str, str, bytes]]:
    """Yield all that is sound in the pack: its kind, its name, its bytes."""
    yield from (("results", name, value) for name, value in sorted(store.results().items()))
    for name in sorted(store.digests()):
        with suppress(DamagedError):
            yield "blobs", name, store.blob(name)


def forged(here: Site, kind: str, name: str, value: bytes) -> None:
    """Put a value into the pack in the place of the one that has its name, under right checksums."""
    with closing(Store(here.root / "store")) as store:
        if kind == "blobs":
            store.sweep(store.known(), store.digests() - {name})
        store.keep(*({name: value} if one == kind else {} for one in ("results", "blobs")))


@contextmanager
def within(more: int) -> Iterator[None]:
    """Let this process have so many bytes more of memory, and no others."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def survived(here: Site) -> Report | None:
    """Build with at most a gigabyte more; None where that ends with a sentence for people."""
    with within(1 << 30):
        try:
            return here.built(options=Options("serial", waiting=lambda _sentence: None))
        except SiteError:
            return None


def beside(here: Site) -> Files:
    """Return all files around the output and the store."""
    found = tree(here.root.parent)
    ours = ("site", ".site.lwnindex-trees", "store", "clean", ".clean.lwnindex-trees", "clean-store")
    own = tuple(f"project/{name}/" for name in ours)
    return {path: content for path, content in found.items() if not path.startswith(own)}


def test_values_that_no_build_makes_are_as_good_as_missing(here: Site, figure: Figure) -> None:
    chance = random.Random(6)
    count = trials(short=15, long=250)
    before, sound = beside(here), kept(here)
    for number in range(count):
        here.put("content/a1.md", article("Number 1", f"Words {number}."))
        body = chance.choice(ABSURD)
        if number % 2:
            sealed(here, chance.choice(names_of(here)), body)
        else:
            with closing(Store(here.root / "store")) as store:
                kind, name, _ = chance.choice(list(_values(store)))
            forged(here, kind, name, body)
        report = survived(here)
        assert report, (number, body[:20])
        here.assert_clean(report)
    here.put("content/a1.md", before["project/content/a1.md"])
    assert beside(here) == before
    assert sound
    figure(f"{count} of {count} builds with absurd values were clean ones")


WATCHED = """
import sys
from pathlib import Path
seen, folder, mark = [], sys.argv[1], sys.argv[2]
never = ("pickle.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.", "socket.")
def heard(event, told):
    if event.startswith(never):
        seen.append((event, repr(told)[:200]))
    elif event in ("compile", "exec", "import", "marshal.loads"):
        code = [getattr(one, name, "") for one in told for name in ("co_filename", "co_consts", "co_names")]
        said = repr((told, code))
        if mark in said or folder in said:
            seen.append((event, said[:200]))
sys.addaudithook(heard)
from lwnindex import config, site
from lwnindex.options import Options
found = config.load(Path(sys.argv[3]), {}, {"output": "site", "store": folder})
site.build(found, Options("serial"))
assert not seen, seen
"""
CODE = (
    f"cposix\nsystem\n(S'touch {MARK}'\ntR.".encode(),
    pickle.dumps(Path(MARK)),
    marshal.dumps(compile(f"open({MARK!r}, 'w')", MARK, "exec")),
    f"open({MARK!r}, 'w')".encode(),
    f"{{{{ cycler.__init__.__globals__.os.system('touch {MARK}') }}}}".encode(),
)
"""What some programs would run that find it among what they keep."""


@pytest.mark.parametrize("code", CODE, ids=["command", "pickle", "marshal", "source", "template"])
def test_no_code_in_a_store_is_run(here: Site, code: bytes) -> None:
    with closing(Store(here.root / "store")) as store:
        known = list(_values(store))
    for number, (kind, name, _) in enumerate(known):
        forged(here, kind, name, code if number % 2 else msgspec.msgpack.encode(code))
    for number, name in enumerate(names_of(here)):
        sealed(here, name, msgspec.msgpack.encode(code.decode("latin-1")) if number % 2 else code)
    for name in (f"{MARK}.py", "lwnindex.py", "sitecustomize.py", "msgspec.py", "store.pickle"):
        here.put(f"store/{name}", code)
    here.put("content/a1.md", article("Number 1", "Other words."))
    words = [str(here.root / "store"), MARK, str(here.root / "lwnindex.toml")]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *words],
        cwd=here.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    assert list(here.root.parent.rglob(MARK)) == []
    here.assert_clean(here.built())


def lied(chance: random.Random, value: Any) -> Any:
    """Return a value with one of its parts replaced by a lie."""
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        return [*value[:place], lied(chance, value[place]), *value[place + 1 :]]
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value, key=str))
        if chance.random() < 0.2:
            return {(chance.choice(LIES[:16]) if one == key else one): each for one, each in value.items()}
        return {**value, key: lied(chance, value[key])}
    return chance.choice(LIES)


def hostile(chance: random.Random, here: Site) -> None:
    """Tell the next build some lies in the form that it expects."""
    for _ in range(chance.choice((1, 3, 10))):
        if chance.random() < 0.4:
            name = chance.choice(names_of(here))
            with closing(Log(here.root / f"store/store-{FORMAT}.log")) as log:
                body = log.value(name) or b""
            sealed(here, name, _told(chance, body))
        else:
            with closing(Store(here.root / "store")) as store:
                known = list(_values(store))
            if known:
                kind, name, body = chance.choice(known)
                forged(here, kind, name, _told(chance, body))


def _told(chance: random.Random, body: bytes) -> bytes:
    """Return the bytes of a value with a lie in it, behind the line that some begin with."""
    head, line, rest = body.partition(b"\n") if body[:1].isalpha() else (b"", b"", body)
    try:
        return head + line + msgspec.msgpack.encode(lied(chance, msgspec.msgpack.decode(rest)))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body


def test_a_hostile_store_breaks_no_build_and_nothing_outside_the_output(here: Site, figure: Figure) -> None:
    chance = random.Random(7)
    count = trials(short=20, long=1000)
    told = 0
    before = beside(here)
    for number in range(count):
        hostile(chance, here)
        if number % 2:
            here.put("content/a1.md", article("Number 1", f"Words {number}."))
        told += survived(here) is None
        here.put("content/a1.md", before["project/content/a1.md"])
        assert beside(here) == before, number
        if number % 4 == 3:
            begin_again(here)
    figure(
        f"{count} builds with hostile stores ended, {told} of them with a sentence; nothing outside changed"
    )


def begin_again(here: Site) -> None:
    """Have a site and a store that nobody has lied to."""
    if (here.root / "site").is_symlink():
        (here.root / "site").unlink()
    for folder in ("site", ".site.lwnindex-trees", "store"):
        shutil.rmtree(here.root / folder, ignore_errors=True)
    here.built()
    here.built()
