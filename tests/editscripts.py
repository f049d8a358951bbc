"""Scripts of edits, as hypothesis draws them: whatever may become of an archive between two builds.

An edit is a function whose last argument is the folder of the site; what it cannot be done to, it leaves.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from lwnindex import config
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.refile import refile
from lwnindex.refiling.orders import Order
from tests.edits import overwritten
from tests.sites import Site

TOPICS = ("Kernel/BPF", "Kernel/Filesystems/Ceph", "Kernel/filesystems", "Security/SELinux", "Odd/One")
DECADE = 10 * 365 * 86_400
Edit = Callable[[Path], None]


def article(number: int, topic: str = "Kernel/BPF", body: str = "First words.", day: int = 1) -> str:
    """Return an article that cites its neighbour."""
    fields = (
        f"title: Number {number}\ndate: 2020-01-{day:02}\nauthors: [Desk {number % 3}]\nentries: [{topic}]"
    )
    return (
        f"---\n{fields}\n---\n{body} See [the other](/Articles/a{(number + 1) % 6}/).\n\nMore of {number}.\n"
    )


def started(root: Path) -> Site:
    """Return the site of a few articles, not built yet."""
    here = Site(root)
    for number in range(4):
        here.put(f"content/a{number}.md", article(number, TOPICS[number % 5], day=number + 1))
    return here


def _put(place: Path, text: str) -> None:
    for above in place.parents:
        if above.is_file():
            above.unlink()
    place.parent.mkdir(parents=True, exist_ok=True)
    overwritten(place, text.encode())


# Articles ----------------------------------------------------------------------------------------


def write(number: int, topic: str, body: str, day: int, root: Path) -> None:
    """Write an article anew."""
    _put(root / f"content/a{number}.md", article(number, topic, body, day))


def say_more(number: int, text: str, root: Path) -> None:
    """Add words to what stands below the first paragraph of an article, so that its card stays."""
    place = root / f"content/a{number}.md"
    if place.exists():
        overwritten(place, f"{place.read_text()}\n{text}\n".encode())


def head(number: int, line: str, root: Path) -> None:
    """Put a field into an article's header, in the place of the one of its name."""
    place = root / f"content/a{number}.md"
    if place.exists():
        name = line.partition(":")[0]
        text = re.sub(f"(?m)^{name}: .*\n", "", place.read_text())
        overwritten(place, text.replace("---\n", f"---\n{line}\n", 1).encode())


def draft(number: int, text: str, root: Path) -> None:
    """Write a draft with the body of an article that may stand there, and with more words."""
    body = article(number).split("---\n", 2)[2]
    _put(root / "content/draft.md", f"---\ntitle: Sketch\ndraft: true\n---\n{body}{text}")


def touch(number: int, time: int, root: Path) -> None:
    """Give a file a time of change that lies at another time."""
    place = root / f"content/a{number}.md"
    if place.exists():
        os.utime(place, ns=(time, time))


def touch_all(time: int, root: Path) -> None:
    """Give all sources one time of change."""
    for place in (root / "content").rglob("*"):
        os.utime(place, ns=(time, time))


def delete(path: str, root: Path) -> None:
    """Remove a file or a folder."""
    place = root / path
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def rename(number: int, folder: str, root: Path) -> None:
    """Put an article into another folder."""
    old, new = root / f"content/a{number}.md", root / f"content/{folder}/a{number}.md"
    if old.exists():
        new.parent.mkdir(exist_ok=True)
        old.replace(new)


def rename_folder(old: str, new: str, root: Path) -> None:
    """Give a folder of articles another name."""
    if (root / "content" / old).is_dir() and not (root / "content" / new).exists():
        (root / "content" / old).replace(root / "content" / new)


def exchange(one: int, other: int, root: Path) -> None:
    """Let two articles have each other's names, with all else that they are."""
    first, second, third = (root / f"content/{name}" for name in (f"a{one}.md", f"a{other}.md", "between"))
    if first.exists() and second.exists():
        first.replace(third)
        if second.exists():
            second.replace(first)
        third.replace(second)


def keep_size_and_time(number: int, root: Path) -> None:
    """Change letters of a body so that neither its size nor its time of change shows it."""
    place = root / f"content/a{number}.md"
    if place.exists():
        seen = place.stat()
        changed = place.read_bytes().translate(bytes.maketrans(b"wo", b"ow"))
        overwritten(place, changed, (seen.st_atime_ns, seen.st_mtime_ns))


def put(path: str, text: str, root: Path) -> None:
    """Write a file."""
    _put(root / path, text)


# Configuration, themes ---------------------------------------------------------------------------


def title(text: str, root: Path) -> None:
    """Give the site another title."""
    put("lwnindex.toml", entitled(root, text), root)


def entitled(root: Path, text: str) -> str:
    """Return the configuration with another title."""
    return re.sub("(?m)^title = .*", f'title = "{text}"', (root / "lwnindex.toml").read_text(), count=1)


def template(text: str, root: Path) -> None:
    """Write a template of the site."""
    put("templates/404.html", f"<!doctype html><title>{text}</title><p>{{{{ page.title }}}}", root)


def below(text: str, root: Path) -> None:
    """Change a template of the theme, on which one of the site may draw or not."""
    put("themes/tiny/templates/404.html", f"{text} {{{{ page }}}} {{{{ site }}}}", root)


def above(text: str, root: Path) -> None:
    """Write a template of the site that draws on the theme's."""
    put("templates/404.html", f'{text} {{% include "!404.html" %}}', root)


def child(name: str, accent: str, root: Path) -> None:
    """Change the site's theme, or what it sets in one that inherits."""
    facts = 'parent = "tiny"\n[options.accent]\ntype = "colour"\ndefault = "#000000"\n'
    put("themes/child/theme.toml", facts, root)
    options = {"options": {"accent": accent}} if name == "child" else {}
    _configure(root, "theme", {"name": name, **options})


def setting(table: str, key: str, value: object, root: Path) -> None:
    """Set a key of the configuration; None takes it away."""
    own = dict(_configured(root).get(table, {}))
    own.pop(key, None)
    _configure(root, table, own if value is None else {**own, key: value})


def tables(name: str, rows: list[dict[str, object]], root: Path) -> None:
    """Have an array of tables in the configuration."""
    _configure(root, name, rows)


def _configured(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "lwnindex.toml").read_text())


def _configure(root: Path, table: str, value: object) -> None:
    whole = {**_configured(root), table: value}
    put("lwnindex.toml", "".join(f"{name} = {_toml(one)}\n" for name, one in whole.items()), root)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {_toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


# What others do ----------------------------------------------------------------------------------


def topic_renamed(old: str, new: str, root: Path) -> None:
    """Have the program rename a topic in all sources; what does not fit is refused."""
    found = config.load(root / "lwnindex.toml", {}, {"output": "site", "store": "store"})
    try:
        refile(found, Order("rename", (old,), new, leave=True), Options("serial"))
    except SiteError:
        return


def checkout(branch: str, root: Path) -> None:
    """Go to a branch of a repository, which is made of what there is; the other one has other articles."""
    if not (root / ".git").exists():
        _git(root, "init", "-q", "-b", "one")
        _committed(root)
        _git(root, "checkout", "-q", "-b", "two")
        for number in range(3):
            write(number, TOPICS[-1], "Words of the branch.", 9, root)
        delete("content/a3.md", root)
        rename(2, "branch", root)
        _committed(root)
    _git(root, "checkout", "-q", "-f", branch)


def _committed(root: Path) -> None:
    _git(root, "add", "-A", "content")
    _git(root, "-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-qm", "All", "--allow-empty")


def _git(root: Path, *words: str) -> None:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=root, env={**os.environ, **quiet}, check=True, timeout=60)


def by_hand(root: Path) -> None:
    """Change some pages of the site, in size or only in their letters."""
    for number, place in enumerate(sorted((root / "site").rglob("*.html"))[:6]):
        page = place.read_bytes()
        overwritten(place, page + b"<p>By hand" if number % 3 else page.swapcase())


# Strategies --------------------------------------------------------------------------------------


def _edits(function: Callable[..., None], *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Edit]:
    return st.builds(partial, st.just(function), *arguments)


def _of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


numbers = st.integers(0, 5)
topics = _of(*TOPICS)
days = st.integers(1, 28)
words = st.text(alphabet="ab *`[]<>&\n", max_size=30)
moments = st.one_of(_of(0, 10**9, 10**18, 1_600_000_000 * 10**9, 4 * 10**18), st.integers(0, 4 * 10**18))
marks = _of(
    *("Words.", "*Other* words.", "[x](/)", "[y](/Articles/a1/#b)", "## B", "x[^1]\n\n[^1]: y"),
    *("![p](p.png)", "[b](b.txt)", "```c\nint i;\n```", "[t](/Kernel/Index)", "<b>raw</b>"),
)
bodies: st.SearchStrategy[Edit] = st.one_of(
    _edits(say_more, numbers, words),
    _edits(say_more, numbers, marks),
    _edits(draft, numbers, _of("", "", "Words.\n")),
    _edits(touch, numbers, moments),
    _edits(keep_size_and_time, numbers),
)
_HEADERS = (
    *("title: Other", "title: ''", "date: 2020-01-01", "date: 2020-02-02 10:00", "date: never"),
    *("updated: 2020-03-01", "id: a1", "id: other", "slug: short", "summary: In short.", "draft: true"),
    *("draft: false", "lang: de", "lang: en", "nav: 1", "entries: [Security/SELinux, Odd]", "entries: []"),
    *("expires: 2020-02-01", "original: https://example.org/x", "aliases: [/old/, /Articles/a0/]"),
    *("markup: html", "guid: tag:x", "tags: [a, b]", "categories: [c]", "author: Somebody", "authors: []"),
    *("authors: [Desk 1, Desk 2]", "unknown: 1", "aliases: [/older/]", "id: a1\nlang: fr"),
)
_TOPICFILES = (
    '["Kernel/BPF"]\naliases = ["Kernel/eBPF"]\n',
    '["Kernel/BPF"]\nnote = "A *note* with [a link](/Articles/a1/)."\naddress = "bpf"\n',
    '["Kernel/Filesystems"]\nparents = ["Odd"]\nsee_also = ["Security"]\naliases = ["Kernel/filesystems"]\n',
    '["Security/SELinux"]\nhidden = ["Odd/One"]\nsort = "zz"\n',
    "",
    "[broken",
)
_FEED = """<rss version="2.0"><channel><title>F</title><link>https://example.org/</link><item>
<title>Item {0}</title><link>https://example.org/{0}</link><guid>{0}</guid>
<pubDate>Wed, 0{0} Jan 2020 00:00:00 GMT</pubDate><description>Words of {0}.</description></item>
</channel></rss>"""
_SAVED = """<!DOCTYPE html><html><head><title>Saved {0} [LWN.net]</title></head><body>
<div class="PageHeadline"><h1>Saved {0}</h1></div><div class="ArticleText"><div class="FeatureByline">
January {0}, 2020<br>This article was contributed by Desk</div><p>Saved words {0}.</p></div></body></html>"""
files: st.SearchStrategy[Edit] = st.one_of(
    _edits(put, _of("static/k.txt", "static/l/m.txt", "static/k.txt/n"), _of("1", "22")),
    _edits(put, _of("content/p.png", "content/b.txt", "content/x/p.png", "content/b.dat"), _of("1", "22")),
    _edits(put, _of("content/topics.toml", "content/topics/k.toml"), _of(*_TOPICFILES)),
    _edits(put, st.just("content/f.xml"), st.integers(1, 3).map(_FEED.format)),
    _edits(put, st.just("content/saved.html"), st.integers(1, 3).map(_SAVED.format)),
    _edits(put, st.just("content/pages/about.md"), _of("# About\n", "---\ntitle: A\nnav: 1\n---\nPage.\n")),
    _edits(
        put,
        st.builds("content/a{}.{}.md".format, numbers, _of("de", "fr")),
        st.builds("---\ntitle: Auf {}\nlang: de\nid: a1\ndate: 2020-01-02\n---\nWorte.\n".format, numbers),
    ),
    _edits(delete, st.builds("content/a{}.md".format, numbers)),
    _edits(
        delete,
        _of(
            "content/topics.toml", "content/topics", "content/f.xml", "content/x", "static/l", "content/p.png"
        ),
    ),
)
_SETTINGS: dict[str, dict[str, tuple[object, ...]]] = {
    "site": {
        "description": ("About", None),
        "language": ("de", "he", "en"),
        "timezone": ("Asia/Tokyo", "UTC"),
        "source": ("https://example.net", None),
        "url": ("https://example.com/below/", "https://example.org/"),
    },
    "index": {"per_topic": (1, 100), "split": (200, None), "declared": ("warn", "only", "any")},
    "pages": {
        **dict.fromkeys(
            ("authors", "archives", "weeks", "trees", "words", "related", "backlinks"), (False, True)
        ),
        "week_starts": ("monday", None),
        "newest": (0, 1, 12),
        "per_page": (1, 2, 50),
    },
    "feeds_out": {
        "formats": (["rss"], ["json", "atom"], None),
        "items": (1, 2, 30),
        "content": ("summary", "full"),
        "archives": (False, True),
        "opml": (False, True),
        "hubs": (["https://hub.example/"], None),
        "query": ([{"name": "Mine", "all": ["Kernel"]}], None),
    },
    "links": {"style": ("pretty", "file")},
    "markdown": {"extensions": (["tables"], None), "accelerate": (False, True)},
    "strip": {"lines": (["Words."], None)},
    "bylines": {"nicks": ({"desk": "Desk 1"}, None)},
    "search": {"enabled": (False, True)},
    "indexes": {"Kernel": ({"title": "The kernel", "by_year": True}, {"path": "k/"}, None)},
}
settings: st.SearchStrategy[Edit] = st.one_of(
    *(
        _edits(setting, st.just(table), st.just(key), _of(*values))
        for table, keys in _SETTINGS.items()
        for key, values in keys.items()
    ),
    _edits(
        tables,
        st.just("sources"),
        _of(
            [],
            [{"path": "content/x", "preset": "jekyll", "index": "Odd"}],
            [{"path": "content/y", "lang": "de"}],
        ),
    ),
    _edits(title, _of("T", "U")),
)
templates: st.SearchStrategy[Edit] = st.one_of(
    _edits(template, _of("one", "two")),
    _edits(above, _of("one", "two")),
    _edits(below, _of("one", "two")),
    _edits(child, _of("child", "tiny"), _of("#000000", "#123", "#456")),
    _edits(put, st.just("themes/tiny/assets/site.css"), _of("p {}", "b {}")),
    _edits(delete, _of("templates", "themes/child/templates")),
)
lost: st.SearchStrategy[Edit] = _edits(
    delete, _of("site/feed.rss", "site/Articles", "site", "site/index.html")
)
switches: st.SearchStrategy[Edit] = _edits(
    setting, st.just("output"), st.just("switch"), _of("symlink", "symlink", "renames")
)
others: st.SearchStrategy[Edit] = st.one_of(
    _edits(rename, numbers, _of("x", "y")),
    _edits(rename_folder, _of("x", "y", "branch"), _of("x", "y", "z")),
    _edits(exchange, numbers, numbers),
    _edits(checkout, _of("one", "two")),
    _edits(topic_renamed, _of("Kernel/BPF", "Kernel", "Odd/One"), _of("Kernel/BPF", "Kernel/New", "Odd/New")),
    _edits(touch_all, moments),
)
edits: st.SearchStrategy[Edit] = st.one_of(
    *(bodies, bodies, bodies),
    _edits(write, numbers, topics, words, days),
    _edits(head, numbers, _of(*_HEADERS)),
    *(files, settings, templates, lost, switches, others),
)
