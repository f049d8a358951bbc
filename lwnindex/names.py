"""Names and addresses: topic anchors, output paths, relative links, article references, sort keys.

Every name that comes from an article becomes part of an output path here.
It is safe on case-insensitive and on Windows file systems, and never leaves the site's folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote, unquote, urlsplit

_DROPPED = re.compile(r"[^\w .\-]")
_RESERVED = re.compile(r"(?:index|index\.html|page|tree|words|byyear|letter|feed[.\-].*)", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:con|clock\$|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_LEADING = re.compile(r"[\W_]+")
"""What stands before a name and is not looked for: quotes, brackets, dots, slashes and all other marks."""

# Python reads no number of more than 4,300 digits.
_LONGEST_NUMBER = 4000
_DIGITS = re.compile(rf"(\d{{1,{_LONGEST_NUMBER}}})")
_END = ("", 0, "0")
_ARTICLE = re.compile(
    r"/(?:Articles/([^/?#\s]+)(?:/(?:rss|bigpage|epub|printable|index\.html)?)?|SubscriberLink/([^/?#\s]+)(?:/[^/?#\s]*)?/?)$"
)
# What most links to articles look like; whatever else does is left to the rules of addresses.
_PLAIN_ARTICLE = re.compile(
    r"(?:https?://([a-z0-9.\-]+))?/Articles/([A-Za-z0-9_\-]+)/?(?:#([\w.:\-]*))?", re.ASCII
)
_PLAIN_PATH = re.compile(r"[\w/.~\-]*", re.ASCII)
_LONGEST_SEGMENT = 180
_LONGEST_NAME = 255
_MARKS = re.compile(r"(?:~[0-9a-f]{6})+\Z")
_LONGEST_PATH = 1000
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\\ud800-\udfff]')
_STEERING = re.compile("[\u2028-\u202e\u2066-\u2069]")
_PAGE_NAME = re.compile(r".+\.html?", re.IGNORECASE)

SITE_FOLDERS = frozenset(
    {"articles", "authors", "archives", "assets", "files", "search", "queries", "static"}
    | {"sitemap.xml", "robots.txt", "404.html", "favicon.svg", "favicon.ico"}
)
"""What stands at the top of the site besides the indexes, case-folded."""


def anchor(levels: Iterable[str]) -> str:
    """Return the anchor of a topic on LWN's index pages, `Filesystems-Ceph` for Filesystems/Ceph.

    Each level loses what is no letter, digit, `_`, space, dot or hyphen; spaces become `_`; `-` joins.
    The rule reproduces 13 of 13 anchors known from lwn.net. It is lossy: keep the name beside it.
    """
    return "-".join(_DROPPED.sub("", level).replace(" ", "_") for level in levels)


def mark(exact: str) -> str:
    """Return the `~` and six hexadecimal digits that tell a name from others with the same address."""
    return "~" + blake2b(exact.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()


def segment(name: str) -> str:
    """Return one level of an output path for a name: the anchor rule in NFC, marked where it must yield."""
    if name.isascii() and name.isdigit() and len(name) <= _LONGEST_SEGMENT:
        return name
    # Before the rule, or an accent of its own would be dropped; and after it, as what is left may join.
    plain = unicodedata.normalize("NFC", anchor([unicodedata.normalize("NFC", name)]))
    safe = _cut(plain.strip("."), _LONGEST_SEGMENT)
    if _DEVICE.fullmatch(safe):
        # With any ending, too, a device is one.
        return safe.replace(".", "_") + mark(name)
    return safe if safe == plain and safe else safe + mark(name)


def _cut(text: str, size: int) -> str:
    """Return the longest start of `text` that fits into `size` bytes of UTF-8."""
    return text.encode("utf-8")[:size].decode("utf-8", "ignore")


def is_reserved(name: str) -> bool:
    """Tell whether this path segment stands beside topics, as `Index`, `page` or `feed.rss` do."""
    return _RESERVED.fullmatch(name) is not None


def is_device(name: str) -> bool:
    """Tell whether Windows takes a name for a device's."""
    return _DEVICE.fullmatch(name) is not None


def is_folder(name: str) -> bool:
    """Tell whether the page of a topic can stand in a folder of this name, which may end with marks."""
    bare = _MARKS.sub("", name)
    if is_reserved(name):
        return False
    return segment(bare) in ((bare,) if bare == name else (bare, bare + mark(bare)))


def folded(text: str) -> str:
    """Return what two names share that a case-insensitive file system cannot tell apart."""
    if text.isascii():
        lower = text.lower()
        # The text itself where it can be, so that tables of ids hold none of them twice.
        return text if lower == text else lower
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def distinct(names: Iterable[tuple[str, str]], taken: Collection[str] = ()) -> tuple[str, ...]:
    """Return one segment for each (segment, exact name), in order: the first of equals keeps it plain.

    Equal means equal after case folding; later ones, and any that is `taken` (folded) or reserved,
    get the mark of their exact name.
    """
    seen = set(taken)
    chosen = []
    for plain, exact in names:
        name = plain + mark(exact) if is_reserved(plain) else plain
        key = folded(name)
        while key in seen:
            name += mark(f"{name}\0{exact}" if name != plain else exact)
            key = folded(name)
        seen.add(key)
        chosen.append(name)
    return tuple(chosen)


class Spelling:
    """Spells folders as they were spelled first: two spellings are one folder where case does not count."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._known: dict[str, str] = {"": ""}

    def of(self, folder: str) -> str:
        """Return the path of a folder, each part as in the first path that had it."""
        if folder not in self._known:
            above, _, name = folder.rpartition("/")
            path = f"{self.of(above)}/{name}" if above else name
            self._known[folder] = self._first.setdefault(folded(path), path)
        return self._known[folder]


def page_of(folder: str, number: int = 0) -> str:
    """Return the output path of a list's page: 0 is `index.html`, K the K-th from the oldest."""
    inner = f"page/{number}/index.html" if number else "index.html"
    return f"{folder}/{inner}" if folder else inner


def folder_of(path: str) -> str:
    """Return the folder of an output path, without a slash at its end."""
    return path.rpartition("/")[0]


def root_of(path: str) -> str:
    """Return the way from a page up to the site's folder: `../../` for `Articles/1/index.html`."""
    return "../" * path.count("/")


def href(root: str, path: str, pretty: bool = False) -> str:
    """Return the relative address of an output path, percent-encoded, from a page with this `root`.

    `pretty` leaves out `index.html`, for sites that only a web server will show.
    """
    if _PLAIN_PATH.fullmatch(path):
        return root + (_shortened(path) if pretty else path) or "./"
    plain, hash_mark, fragment = path.partition("#")
    found = root + quote(_shortened(plain) if pretty else plain, safe="/~.-_")
    return (found or "./") + (hash_mark + quote(fragment, safe="~.-_:()!*',;=@/?") if hash_mark else "")


def _shortened(path: str) -> str:
    """Return a path without the `index.html` that a web server finds by itself."""
    is_page = path == "index.html" or path.endswith("/index.html")
    return path[: -len("index.html")] if is_page else path


@lru_cache(maxsize=4096)
def absolute(url: str, path: str) -> str:
    """Return the public address of an output path under the site's `url`; `index.html` is left out."""
    return href(url.rstrip("/") + "/", path, pretty=True)


def old_path(address: str) -> str | None:
    """Return the path of the page that stands for an old address, `/2009/name.html` or `/old/name/`.

    None where it starts with no slash, or has a part that some file system cannot hold or takes for another.
    """
    try:
        plain = unicodedata.normalize("NFC", unquote(address, errors="strict"))
    except UnicodeDecodeError:
        return None
    parts = [part for part in plain.split("/") if part]
    if not plain.startswith("/") or not all(map(_is_name, parts)):
        return None
    path = "/".join(parts)
    page = path if parts and _PAGE_NAME.fullmatch(parts[-1]) else page_of(path)
    return page if len(page.encode("utf-8")) <= _LONGEST_PATH else None


def _is_name(part: str) -> bool:
    """Tell whether every file system can hold a file or folder of this name, which leads here as it is.

    Names that begin with a dot belong to what serves or publishes a site: `.htaccess`, `.git`.
    """
    return not part.startswith(".") and "#" not in part and not _STEERING.search(part) and _is_held(part)


def is_portable(path: str) -> bool:
    """Tell whether every file system can hold a file at this path, and takes it for no other."""
    return len(path.encode("utf-8", "replace")) <= _LONGEST_PATH and all(map(_is_held, path.split("/")))


def _is_held(part: str) -> bool:
    """Tell whether every file system can hold a file or folder of this name."""
    if not part or _NO_NAME.search(part) or part.endswith((".", " ")) or is_device(part):
        return False
    return len(part.encode("utf-8")) <= _LONGEST_NAME


def moved(address: str, old: Mapping[str, str]) -> str | None:
    """Return what `old` has for an old address, by its folded path; it may lack the `.html` at its end."""
    path = old_path(address.partition("#")[0].partition("?")[0]) if old else None
    if path is None:
        return None
    key = folded(path)
    return old.get(key) or old.get(f"{key.removesuffix('/index.html')}.html")


def natural_key(name: str) -> tuple[tuple[str, int, str], ...]:
    """Return a sort key: case, accents and leading marks aside, numbers by value (4.9 before 4.10).

    Names of marks alone come first.
    """
    if name.isascii() and name.isdigit() and len(name) <= _LONGEST_NUMBER:
        return ("", int(name), name), _END
    return _natural_key(name)


@lru_cache(maxsize=16_384)
def _natural_key(name: str) -> tuple[tuple[str, int, str], ...]:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(each for each in decomposed if not unicodedata.combining(each))
    found = bare[marks.end() :] if (marks := _LEADING.match(bare)) else bare
    if not found:
        return ("", -1, bare), _END
    parts = _DIGITS.split(found)
    return tuple(
        (text, int(number), number) for text, number in zip(parts[::2], [*parts[1::2], "0"], strict=True)
    )


def topic_key(levels: Iterable[str]) -> tuple[tuple[tuple[tuple[str, int, str], ...], str], ...]:
    """Return the sort key of a topic: level by level in natural order, equal ones by their exact names."""
    return tuple((natural_key(level), level) for level in levels)


def letter_of(name: str) -> str:
    """Return the letter under which an index files a name; `0-9` for digits, `#` where there is none."""
    key = natural_key(name)
    first, number, _ = key[0]
    if not first and number >= 0:
        return "0-9"
    return first[:1].upper()[:1] if first[:1].isalpha() else "#"


def letter_key(letter: str) -> tuple[int, str]:
    """Return the sort key of such a letter: `#` first, digits next."""
    return ({"#": 0, "0-9": 1}.get(letter, 2), letter)


def article_reference(address: str, hosts: Collection[str]) -> tuple[str, str] | None:
    """Return (id, fragment) if `address` is an article of the publication at one of `hosts`, else None.

    All spellings of LWN's addresses count: with and without scheme, host, trailing slash, `/rss`,
    `/bigpage`, `?format=printable`, and `/SubscriberLink/ID/hash/`.
    """
    plain = _PLAIN_ARTICLE.fullmatch(address)
    if plain:
        host, cited, fragment = plain.groups("")
        return None if host and host not in hosts else (cited, fragment)
    if not may_refer(address):
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc.lower() not in hosts):
        return None
    if not parts.netloc and not _is_rooted(address.strip()):
        return None
    found = _ARTICLE.fullmatch(parts.path)
    cited = unquote(found[1] or found[2]) if found else ""
    return None if cited in ("", ".", "..") else (cited, unquote(parts.fragment))


def may_refer(text: str) -> bool:
    """Tell whether a text could hold an article's address; no is certain."""
    return "/Articles/" in text or "/SubscriberLink/" in text


def _is_rooted(address: str) -> bool:
    """Tell whether an address starts with one slash; browsers take any more of them for a host's."""
    return address.startswith("/") and not address.startswith("//")


def other_names(paths: Mapping[str, str]) -> dict[str, str]:
    """Return the articles by their names that are not their ids as they stand: folded ids, pages' folders.

    `paths` gives each article's id its page.
    """
    folders = ((path.rsplit("/", 2)[-2], one) for one, path in paths.items())
    found = {folded(folder): one for folder, one in folders if folder != one}
    found.update((key, one) for one in paths if (key := folded(one)) != one)
    return found


def article_named(name: str, paths: Mapping[str, str], others: Mapping[str, str]) -> str | None:
    """Return the article that a name in an address means: by its id, else by its page's folder.

    Case does not count. `others` are the `other_names` of `paths`.
    """
    if name in paths:
        return name
    key = folded(name)
    return key if key in paths else others.get(key)


@lru_cache(maxsize=64)
def hosts_of(source: str) -> frozenset[str]:
    """Return the host names under which a publication is linked to: its own, with and without `www.`."""
    host = urlsplit(source).netloc.lower()
    bare = host.removeprefix("www.")
    return frozenset({bare, f"www.{bare}"}) if bare else frozenset()
