"""The same sources give the same bytes, whatever the machine, path, clock, order and number of hands."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.lengths import is_long, trials
from tests.programs import ROOT
from tests.variant import FILES

EPOCH = "SOURCE_DATE_EPOCH"
Digests = dict[str, str]

CONFIGURATION = """[site]
title = "The same"
url = "https://example.org/"
timezone = "Asia/Tokyo"
[indexes.Topics]
title = "Topics"
[[sources]]
path = "content/blog"
preset = "jekyll"
index = "Topics"
"""
FEED = """<rss version="2.0"><channel><title>F</title><link>https://example.org/</link>{}</channel></rss>"""
ITEM = """<item><title>Item {0}</title><link>https://example.org/{0}</link><guid>{0}</guid>
<pubDate>Wed, 01 Jan 2020 0{0}:00:00 GMT</pubDate><description>&lt;p&gt;Words of {0}.</description></item>"""
SAVED = """<!DOCTYPE html><html><head><title>Saved {0} [LWN.net]</title></head><body>
<div class="PageHeadline"><h1>Saved {0}</h1></div><div class="ArticleText"><div class="FeatureByline">
January {0}, 2020<br>This article was contributed by Desk {0}</div>
<p>Saved words {0}.</p></div></body></html>"""
TOPICS = """["Kernel/Filesystems/Ceph"]
aliases = ["Kernel/Ceph", "Kernel/\u00c7eph"]
parents = ["Security"]
note = "A *note* on it."
["Security/SELinux"]
see_also = ["Kernel/BPF"]
"""
ENTRIES = (
    *("Kernel/BPF", "Kernel/Filesystems/Ceph", "Kernel/Ceph", "Security/SELinux", "Kernel/\u0130stanbul"),
    *(
        "Kernel/\u0131rq",
        "Security/Stra\u00dfe",
        "Development/\u00c5ngstr\u00f6m",
        "Development/\u65e5\u672c",
    ),
)
BODIES = (
    "Plain words of {n}, and [another](/Articles/a{m}/).",
    "```c\nint f{n}(void) {{ return {n}; }}\n```\n\nCode.",
    "| a | b |\n| --- | --- |\n| {n} | {m} |\n\n![p](p.png)",
    "* a list\n* of {n}[^1]\n\n[^1]: A note.\n\n## \u0130\u0131 heading {n}",
    "> quoted\n\n<b>raw</b> &amp; [out](https://example.net/{n}) [dead](/Articles/none/)",
)


class Variant(NamedTuple):
    """Circumstances of a build; `store` is what it finds of earlier ones."""

    number: int
    folder: str
    environment: dict[str, str]
    words: tuple[str, ...]
    now: str
    umask: str
    executor: str
    jobs: str
    store: str


def made(root: Path, articles: int) -> None:
    """Write a site of articles of all kinds."""
    for number in range(articles):
        entry = ENTRIES[number % len(ENTRIES)]
        date = f"20{10 + number % 10}-0{1 + number % 9}-{1 + number % 28:02}"
        head = f"title: Number {number} \u0130\u00e9\ndate: {date}"
        names = f"authors: [Desk {number % 7}, \u00d6zg\u00fcr]\nentries: [{entry}, {ENTRIES[number % 4]}]"
        body = BODIES[number % len(BODIES)].format(n=number, m=(number * 7) % articles)
        more = "draft: true\n" if number % 50 == 49 else ""
        _put(root / f"content/{number % 10}/a{number}.md", f"---\n{head}\n{names}\n{more}---\n{body}\n")
    for number in range(1, 10):
        _put(root / f"content/saved/{number}.html", SAVED.format(number))
        _put(root / f"content/{number}/p.png", f"\x89PNG {number}")
        post = f"---\ntitle: Post {number}\ncategories: [c{number % 3}]\ntags: [t]\n---\n"
        _put(root / f"content/blog/_posts/2019-01-0{number}-p.md", post + "{% raw %}x{% endraw %}\n")
        _put(root / f"content/{number}/a{number}.de.md", f"---\ntitle: Auf {number}\nlang: de\n---\nWorte.\n")
    _put(root / "content/feed.xml", FEED.format("".join(map(ITEM.format, range(1, 10)))))
    _put(root / "content/topics.toml", TOPICS)
    _put(root / "content/pages/about.md", "---\ntitle: About\nnav: 1\n---\nA page.\n")
    _put(root / "static/l/\u00e9.txt", "static")
    _put(root / "lwnindex.toml", CONFIGURATION)


def _put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def variant(number: int) -> Variant:
    """Return the circumstances of a number."""
    chance = random.Random(number)
    pick = chance.choice
    environment = {
        "PYTHONHASHSEED": str(chance.randrange(2**32)),
        "TZ": pick(("UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia", "LMT-14:45")),
        "LC_ALL": pick(("C", "POSIX", "C.utf8", "tr_TR.UTF-8", "de_DE.UTF-8", "de_DE.ISO-8859-1")),
        "LANG": pick(("C", "tr_TR.UTF-8", "de_DE@euro")),
        "PYTHONUTF8": pick(("0", "1")),
        "PYTHONCOERCECLOCALE": pick(("0", "1")),
        EPOCH: "1583020800",
        "COLUMNS": pick(("20", "200")),
    }
    now = pick(("", "2020-03-01"))
    if now:
        environment[EPOCH] = pick(("", "4102444800"))
    return Variant(
        number,
        pick(("a", "with spaces and more of them", "\u00fcml\u00e4ut \u65e5", "deep/er" * 9)),
        environment,
        pick(((), ("-O",), ("-OO",), ("-B",), ("-X", "dev"))),
        now,
        pick(("022", "077", "002")),
        *pick((("serial", "1"), *(("processes", str(jobs)) for jobs in range(1, 9)))),
        pick(("cold", "warm", "another's")),
    )


def built(base: Path, one: Variant, work: Path, past: Path | None) -> tuple[Path, Digests, Digests]:
    """Build a copy of a site among some circumstances; return where, and the digests of site and exports."""
    root = work / str(one.number) / one.folder / "site"
    shutil.copytree(base, root)
    if past and one.store != "cold":
        shutil.copytree(past / ".lwnindex", root / ".lwnindex")
        if one.store == "another's":
            shutil.copytree(past / "site", root / "site")
    _stamp(root, one.number)
    home = work / str(one.number) / "home"
    home.mkdir()
    passed = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    how = ("--executor", one.executor, "--jobs", one.jobs, *(("--now", one.now) if one.now else ()))
    # An export costs as much as a build; in a short proof each second build has them.
    forms = " ".join(FILES) if is_long() or one.number % 2 else ""
    done = subprocess.run(
        [sys.executable, *one.words, "-m", "tests.variant", str(one.number), one.umask, forms, *how],
        cwd=root,
        env={**passed, **one.environment, "HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, one
    site, exports = json.loads(done.stdout)
    # What is packed bears the moment that the environment tells, and is compared with what was so, too.
    return root, site, {f"{path} {one.environment[EPOCH]}": own for path, own in exports.items()}


def _stamp(root: Path, number: int) -> None:
    """Give all files times of change of chance."""
    chance = random.Random(number)
    for place in sorted(root.rglob("*")):
        time = chance.randrange(4 * 10**18)
        os.utime(place, ns=(time, time))


def test_the_same_sources_give_the_same_bytes_whatever_the_circumstances(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    base = tmp_path / "base"
    made(base, 1000 if is_long() else 150)
    count = trials(short=6, long=64)
    known: Digests = {}
    sites: Digests = {}
    past: Path | None = None
    for number in range(count):
        one = variant(number)
        root, site, exports = built(base, one, tmp_path, past)
        sites = sites or site
        assert {path for path in site.keys() | sites.keys() if site.get(path) != sites.get(path)} == set(), (
            one
        )
        first = {path: known.setdefault(_compared(path), own) for path, own in exports.items()}
        assert {path for path, own in exports.items() if first[path] != own} == set(), one
        if past:
            shutil.rmtree(past)
        past = root
    assert len(sites) > 500
    figure(f"{count} of {count} builds, each of {len(sites)} files, and their exports equal")


def _compared(export: str) -> str:
    """Return what an export is compared with: one of its name, if it is packed of the same moment."""
    return export if ".zip" in export else export.partition(" ")[0]
