"""Names that are meant to lead elsewhere, or that some file system cannot hold or takes for another.

They were written for these tests, after the rules of Windows for names, of URLs for escapes and of Unicode
for letters that look alike; `hostile` adds those of the corpus beside the checkout where there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.programs import ROOT

_DOTS = (
    *("..", "%2e%2e", "%252e%252e", ".%2e", "%2E.", "..;", "....//..", "\uff0e\uff0e", "\u2024\u2024"),
    *("..%00", "..\x00", "%c0%ae%c0%ae", "&#46;&#46;", "\\x2e\\x2e", "..\u200b", "\u202e.."),
)
_SLASHES = (
    *("/", "\\", "%2f", "%5c", "%252f", "%255c", "\u2215", "\u2044", "\uff0f", "\u29f8", "//", "/./", ":"),
    *("%c0%af", "&#47;"),
)
_ROOTED = (
    *(
        "/etc/victim",
        "//host/share/x",
        "\\\\host\\share\\x",
        "C:\\victim",
        "C:victim",
        "\\\\?\\C:\\x",
        "~/victim",
    ),
    *("file:///etc/victim", "$HOME/victim", "${HOME}/victim", "`id`", "-rf", "--output=/tmp", "|id", "a\nb"),
)
_DEVICES = (
    "CON",
    "prn",
    "Aux",
    "NUL",
    "COM1",
    "com0",
    "LPT9",
    "COM\u00b9",
    "lpt\u00b3",
    "CONIN$",
    "conout$",
    "CLOCK$",
)
_ENDS = ("", ".", " ", "..", ". .", ".txt", ".tar.gz", " .txt", ":x", "::$DATA", "/", "\\x", "\u00a0")
_CONTROLS = (
    *(
        "a\x00b",
        "a\x07b",
        "a\x1bb",
        "a\x1b[2Jb",
        "a\x7fb",
        "a\x85b",
        "a\x9bb",
        "a\u2028b",
        "a\u202eb",
        "a\ufeffb",
    ),
    *("a\u200bb", "\u2066a", "a\ufffeb", "a\U000e0001b", "\u0000", "\r\n", "\t", " ", "", ".", "..."),
)
_LONG = (
    *(
        "a" * 300,
        "a" * 255,
        "a" * 5000,
        "\u00e9" * 200,
        "\u6f22" * 200,
        "\U0001f600" * 100,
        "a." * 200,
        "e\u0301" * 150,
    ),
    *("\u0130" * 128, "\ufb03" * 100, "x" * 250 + ".html", "." * 300, "/".join("a" * 100 for _ in range(60))),
)
_ALIKE = (
    *(
        "Stra\u00dfe",
        "STRASSE",
        "strasse",
        "\u00e9t\u00e9",
        "e\u0301te\u0301",
        "\u00c9T\u00c9",
        "\u212a",
        "k",
        "K",
    ),
    *(
        "\ufb01le",
        "file",
        "FILE",
        "\u1e9e",
        "ss",
        "\u0130",
        "i\u0307",
        "I",
        "\u0131",
        "\u03c3",
        "\u03c2",
        "\u03a3",
    ),
    *("\ud55c", "\u1112\u1161\u11ab", "A\u030a", "\u212b", "\u00c5", "a b", "a_b", "a  b", "\uff41", "a"),
)
_MAGIC = (
    *(
        "index.html",
        "INDEX.HTML",
        "index",
        "Index",
        "page",
        "feed.rss",
        "feed.atom",
        "feed",
        "_headers",
        "CNAME",
    ),
    *(
        ".htaccess",
        ".git",
        ".well-known",
        "_redirects",
        "robots.txt",
        "sitemap.xml",
        "404.html",
        "search",
        "static",
    ),
    *(
        "search/index.html",
        "assets/site.css",
        "assets",
        "files",
        "Articles",
        "articles",
        "Authors",
        "Archives",
    ),
    *(
        "favicon.ico",
        "web.config",
        ".user.ini",
        "__proto__",
        "constructor",
        "tree",
        "words",
        "letter",
        "byyear",
    ),
    *("Queries", "opml.xml", "feeds.opml", "lwnindex.toml", ".lwnindex", "store", "site"),
)


def own_names() -> tuple[str, ...]:
    """Return the names that were written for these tests."""
    ways = (f"{dots}{slash}" * 3 + "victim" for dots, slash in product(_DOTS, _SLASHES))
    devices = (f"{device}{end}" for device, end in product(_DEVICES, _ENDS))
    return tuple(dict.fromkeys((*ways, *devices, *_ROOTED, *_CONTROLS, *_LONG, *_ALIKE, *_MAGIC)))


def hostile() -> tuple[str, ...]:
    """Return those names and those of the corpus, if there is one beside the checkout."""
    return tuple(dict.fromkeys((*own_names(), *_corpus(ROOT.parent))))


def _corpus(folder: Path) -> Iterator[str]:
    place = folder / "shared/corpora/hostile/paths/names.jsonl"
    if place.is_file():
        yield from (json.loads(line)[1] for line in place.read_text("utf-8").splitlines())
