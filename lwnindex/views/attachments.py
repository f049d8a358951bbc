"""Files that stand beside articles: which of them the site has, and where.

Those that an article leads to are copied below `files/`, with the path that they have below their content
folder. What browsers run as they run a page is copied from a source that is trusted alone.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lwnindex import names
from lwnindex.assetnames import asset_of
from lwnindex.model import Body, Problem, Source
from lwnindex.problems import problem
from lwnindex.settings import Config
from lwnindex.views.archive import Archive
from lwnindex.views.targets import Beside, file_of, source_of

FOLDER = "files"

_PAGES = frozenset(
    {".svg", ".svgz", ".html", ".htm", ".shtml", ".shtm", ".ehtml", ".hxt", ".htx", ".stm", ".xhtml", ".xht"}
    | {".xhtm", ".mht", ".mhtml", ".xml", ".xsl", ".xslt", ".xsd", ".rng", ".dtd", ".wsdl", ".xpdl", ".disco"}
    | {".mno", ".vml", ".rss", ".atom", ".rdf", ".owl", ".opml", ".mml", ".mathml", ".xul", ".xbl", ".hta"}
)
"""Endings of what Chromium opens, or some server sends, as HTML or as XML that may hold HTML."""

_ACTIVE = (
    _PAGES
    | {".htc", ".sct", ".jar", ".js", ".mjs", ".cjs", ".css", ".wasm", ".swf", ".cgi", ".htaccess"}
    | {".htpasswd", ".php", ".php3", ".php4", ".php5", ".php7", ".php8", ".pht", ".phtml", ".phar"}
)
_SETTLED = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp", ".tif", ".tiff", ".pdf", ".ps"}
    | {".txt", ".csv", ".json", ".doc", ".docx", ".odt", ".epub", ".mp3", ".ogg", ".wav", ".flac", ".mp4"}
    | {".webm", ".avi", ".mov", ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".deb", ".rpm"}
)
"""Endings of which every server knows the type."""
_ASSETS = "assets/"
_LONGEST_ENDING = 32
"""Bytes of an ending; with more, it and the name before it could together be longer than a name may be."""

_LONGEST_FOLDER = 700
"""Letters of the folders above a file; more are told apart by a mark, before a system takes offence."""

_FEW = 10
"""Files of a folder that nothing leads to which are told one by one."""


class Attachments(NamedTuple):
    """The files to be copied by their output paths, what leads to them, and what is wrong with others."""

    copied: Mapping[str, Source] = {}
    beside: Beside = Beside()
    problems: tuple[Problem, ...] = ()


def attachments(shelf: Archive, found: Sequence[Source]) -> Attachments:
    """Return those of the files among the sources that the site is to have."""
    if not found:
        return Attachments()
    files = {one.file: one for one in found}
    assets = {one.path: one for one in found if one.path.startswith(_ASSETS)}
    wanted = set(_wanted(shelf, files, assets))
    trusted = {one.path for one in shelf.config.sources if one.trust}
    active = {one for one in wanted if is_active(one) and files[one].rules not in trusted}
    copied = dict(_placed([files[one] for one in sorted(wanted - active)]))
    paths = {one.file: path for path, one in copied.items()}
    problems = [_active(one) for one in sorted(active)]
    problems += _unread(shelf.config, [one for one in found if one.file not in wanted])
    held = {path: paths[one.file] for path, one in assets.items() if one.file in paths}
    return Attachments(copied, Beside(paths, held, frozenset(active)), tuple(problems))


def _wanted(shelf: Archive, files: Mapping[str, Source], assets: Mapping[str, Source]) -> Iterator[str]:
    """Yield the files that a body leads to."""
    for one in shelf.catalog.paths:
        card = shelf.catalog.cards[one]
        yield from _leads(shelf.articles[one].body, card.file, card.source, files)
        yield from _pictures(shelf.articles[one].body, assets)
    for page in shelf.pages:
        yield from _leads(page.body, page.file, page.source, files)
        yield from _pictures(page.body, assets)
    for topic in shelf.catalog.described.values():
        yield from _leads(topic.note, topic.file, source_of(topic.file), files)
        yield from _pictures(topic.note, assets)


def _leads(body: Body, file: str, source: str, files: Mapping[str, Source]) -> Iterator[str]:
    for href in body.hrefs:
        near = file_of(href, file, source)
        if near in files:
            yield near


def _pictures(body: Body, assets: Mapping[str, Source]) -> Iterator[str]:
    """Yield the files in which a body's pictures from elsewhere are held."""
    for number, _, _ in body.images if assets else ():
        found = assets.get(asset_of(body.hrefs[number]))
        if found:
            yield found.file


def is_active(file: str) -> bool:
    """Tell whether a browser, or a server, would run a file of this name.

    Apache looks past endings that it does not know, and past languages: `p.html.en` is a page there.
    """
    name = posixpath.basename(file).lower()
    endings = [f".{each}" for each in reversed(name.split(".")[1:])]
    if name in _ACTIVE or _is_one_of(_ACTIVE, *endings[:1]):
        return True
    known = (each for each in endings if each in _SETTLED or _is_one_of(_PAGES, each))
    return _is_one_of(_PAGES, *islice(known, 1))


def _is_one_of(some: Collection[str], *endings: str) -> bool:
    """Tell whether an ending is one of some, or becomes one as a file is copied: `.ht*ml` loses its star."""
    return any(each in some or f".{names.segment(each[1:])}" in some for each in endings)


def _placed(found: Iterable[Source]) -> Iterator[tuple[str, Source]]:
    """Yield the files with their output paths: no two of one where case does not count."""
    taken: set[str] = set()
    spelling = names.Spelling()
    for one in found:
        *folders, name = one.path.split("/")
        stem, suffix = _split(name)
        inner = "/".join([FOLDER, *map(names.segment, folders)])
        if len(inner) > _LONGEST_FOLDER:
            inner = f"{FOLDER}/{names.mark(inner)}"
        inner = spelling.of(inner)
        ending = names.segment(suffix[1:]) if suffix else ""
        path = f"{inner}/{names.segment(stem)}{suffix and '.'}{ending}"
        while names.folded(path) in taken:
            stem += names.mark(one.file + stem)
            path = f"{inner}/{names.segment(stem)}{suffix and '.'}{ending}"
        taken.add(names.folded(path))
        yield path, one


def _split(name: str) -> tuple[str, str]:
    """Return a file's name and its ending, unless that is so long that it is none."""
    stem, suffix = posixpath.splitext(name)
    return (stem, suffix) if len(suffix.encode("utf-8")) <= _LONGEST_ENDING else (name, "")


def _active(file: str) -> Problem:
    message = "browsers can run such a file as they run a page: it is not copied, and nothing leads to it."
    fix = "Put a file of another kind in its place, or say `trust = true` in the [[sources]] of its folder."
    return problem("active-file", file, 0, message, fix)


_OTHER_TEXTS = (
    *(".rst", ".org", ".adoc", ".asciidoc", ".textile", ".ipynb", ".mdx", ".rmd", ".qmd", ".creole", ".wiki"),
    *(".rest", ".pandoc", ".meta"),
)
"""What other generators read as articles, and no reader here."""

_TURN = "If it is an article, turn it into Markdown; pandoc knows most of such kinds."
_JOIN = "Headers are read in the file of their text: put what it says above that, and remove it."
_LINK = "Link to it, or remove it; files that are to be copied in any case belong into static/."


def _unread(config: Config, found: Iterable[Source]) -> Iterator[Problem]:
    """Yield what no article leads to, of a folder with many such files the folder alone.

    The archives of other generators are full of files of no article; of theirs, only what may be one is told.
    """
    own = {"", *(one.path for one in config.sources if one.preset in ("lwn", "plain"))}
    folders: dict[str, list[Source]] = defaultdict(list)
    for one in found:
        is_text = one.path.lower().endswith(_OTHER_TEXTS)
        if (one.rules in own or is_text) and not one.path.startswith(_ASSETS):
            folders[posixpath.dirname(one.file)].append(one)
    for folder, inside in folders.items():
        if len(inside) > _FEW:
            message = f"no reader knows {len(inside)} files in this folder, and no article leads to them."
            yield problem("not-read", folder, 0, message, _way_out(inside))
            continue
        for one in inside:
            message = "no reader knows this kind of file, and no article leads to it."
            yield problem("not-read", one.file, 0, message, _way_out([one]))


def _way_out(unread: Iterable[Source]) -> str:
    """Return what may be done about files that are not read."""
    endings = {posixpath.splitext(one.path.lower())[1] for one in unread}
    if endings == {".meta"}:
        return _JOIN
    return _TURN if endings.intersection(_OTHER_TEXTS) else _LINK
