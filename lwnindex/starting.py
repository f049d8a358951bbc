"""New sites, articles, topics and themes, as files that were not there: nothing is written over."""

from __future__ import annotations

import os
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lwnindex import starters
from lwnindex.articlefile import begun
from lwnindex.clock import today
from lwnindex.config import Found
from lwnindex.contentfiles import put
from lwnindex.model import Catalog, Entry, Manuscript
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.readers.entries import split_path
from lwnindex.settings import describes_topics
from lwnindex.topicnames import suggested
from lwnindex.visits import Look, look


class Begun(NamedTuple):
    """A file that was written, and what is to be told of how its entries were read."""

    place: Path
    remarks: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A new article: its title and what its header shall say; `new_topics` are allowed if so told."""

    title: str
    entries: tuple[str, ...]
    date: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    draft: bool = False
    new_topics: bool = False


class Saying(NamedTuple):
    """What is to be said of a topic."""

    entry: str
    note: str = ""
    aliases: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


def site(folder: Path, title: str) -> list[Path]:
    """Begin a site in a folder that is empty, or is made; return its files. SiteError where it is not."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SiteError(f"{folder} is there already, and is not empty. Name another folder.", exit_code=2)
    return _written(folder, starters.site(title, today("", os.environ, "UTC")))


def theme(root: Path, name: str) -> list[Path]:
    """Begin a theme of a site; return its files. SiteError where there is one of this name."""
    folder = root / "themes" / name
    if name != starters.slug(name):
        raise SiteError(f'"{name}" is no name of a theme. Take "{starters.slug(name)}".', exit_code=2)
    if name in ("default", "classic") or os.path.lexists(folder):
        raise SiteError(f'there is a theme "{name}" already. Take another name.', exit_code=2)
    return _written(folder, starters.theme(name))


def _written(folder: Path, files: Mapping[str, str]) -> list[Path]:
    places = [folder / path for path in files]
    for place, text in zip(places, files.values(), strict=True):
        _create(place, text)
    return places


def _create(place: Path, text: str) -> None:
    """Write a file where nothing stands; SiteError where something does."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise SiteError(f"{error.filename or place} is there already, and is left alone.", 2) from error
    except (NotADirectoryError, FileNotFoundError) as error:
        raise SiteError(f"{place.parent} cannot be a folder: {error.strerror}. Name another.", 2) from error


# Articles ----------------------------------------------------------------------------------------


def article(found: Found, asked: Asked, options: Options) -> Begun:
    """Write an article file that a build takes; SiteError where an entry may be a slip."""

    def begin(seen: Look) -> Begun:
        day = asked.date or seen.gathered.today
        slash_names = found.config.index.slash_names
        read = [_entry(seen.catalog, one, slash_names, new=asked.new_topics) for one in asked.entries]
        entries = tuple(dict.fromkeys(entry for entry, _ in read))
        manuscript = Manuscript(
            text="",
            title=asked.title,
            date=day,
            authors=asked.authors,
            lang=asked.lang or None,
            draft=asked.draft,
            entries=entries,
        )
        place = _place(found, seen, asked.title, day[:4])
        _create(place, begun(manuscript, slash_names))
        return Begun(place, tuple(remark for _, remark in read if remark))

    return look(found, options, begin)


def _place(found: Found, seen: Look, title: str, year: str) -> Path:
    """Return where an article is to stand: no other article has its name, and nothing stands there."""
    folder = found.root / found.config.content[0] / year
    taken = {one.card.id for parsed in seen.parsed for one in parsed.articles}
    taken |= {place.stem for place in folder.glob("*")} if folder.is_dir() else set()
    return folder / f"{starters.slug(title, taken)}.md"


def _entry(catalog: Catalog, typed: str, slash_names: Sequence[str], *, new: bool) -> tuple[Entry, str]:
    """Return the entry that somebody typed, and what is to be told of that."""
    meant, close = suggested(catalog, typed)
    if meant:
        return meant.entry, meant.remark
    levels = tuple(level.strip() for level in split_path(typed.strip("/"), slash_names))
    if len(levels) < 2 or not all(levels):
        message = f'"{typed}" is no entry. Name an index and a topic: --in "Kernel/Filesystems".'
        raise SiteError(message, exit_code=2)
    if close and not new:
        message = f'there is no topic "{typed}". Did you mean {starters.listed(close)}?'
        raise SiteError(f"{message} `--new-topic` takes it as it is.", exit_code=2)
    remark = f"{starters.path_of(levels)} is a new topic." if catalog.topics else ""
    return levels, remark


# Topics ------------------------------------------------------------------------------------------


def topic(found: Found, saying: Saying, options: Options) -> Begun:
    """Add a topic's table to a file of topics; SiteError where it has one, or is another's name."""

    def add(seen: Look) -> Begun:
        entry, remarks = _described(seen.catalog, saying.entry, found.config.index.slash_names)
        place = _topics_file(found, seen)
        old = place.read_bytes() if place.exists() else b""
        end = "\r\n" if b"\r\n" in old else "\n"
        said = {"note": saying.note, "aliases": saying.aliases, "see_also": saying.see_also}
        table = starters.topic(starters.path_of(entry), said, end)
        put(place, _with_table(place, old, table, end))
        return Begun(place, remarks)

    return look(found, options, add)


def _described(catalog: Catalog, typed: str, slash_names: Sequence[str]) -> tuple[Entry, tuple[str, ...]]:
    """Return the entry of a topic that no file describes yet, and what is to be told of it."""
    levels = tuple(level.strip() for level in split_path(typed.strip("/"), slash_names))
    meant, close = suggested(catalog, typed)
    entry = meant.entry if meant else levels
    if entry in catalog.described:
        one = catalog.described[entry]
        message = f"{starters.path_of(entry)} is described in {one.file}:{one.line} already. Change it there."
        raise SiteError(message, exit_code=2)
    if meant and meant.remark:
        raise SiteError(f"{meant.remark} Describe {starters.path_of(entry)}.", exit_code=2)
    if len(levels) < 2 or not all(levels):
        raise SiteError(f'"{typed}" is no topic. Name it with its index: "Kernel/BPF".', exit_code=2)
    if meant:
        return entry, ()
    offered = f" Did you mean {starters.listed(close)}?" if close else ""
    return levels, (f"no article is filed under {starters.path_of(levels)} yet.{offered}",)


def _topics_file(found: Found, seen: Look) -> Path:
    """Return the file of topics that tables are added to."""
    usual = found.root / found.config.content[0] / "topics.toml"
    files = [one for one in seen.gathered.sources.sources if describes_topics(one.path)]
    if usual.exists() or not files:
        return usual
    return Path(seen.gathered.sources.way(files[0].file))


def _with_table(place: Path, old: bytes, table: str, end: str) -> bytes:
    """Return a file with one more table; SiteError where that is not exactly what it says then."""
    new = old + starters.apart(old, end).encode() + table.encode()
    try:
        before, after = (tomllib.loads(each.decode("utf-8-sig")) for each in (old, new))
    except (ValueError, RecursionError) as error:
        raise SiteError(f"{place} cannot be read: {error}. Mend it first.") from error
    if after != before | tomllib.loads(table):
        raise SiteError(f"{place} would not say the same with one more table. Add it by hand.")
    return new


# An editor ---------------------------------------------------------------------------------------


def edit(place: Path, environment: Mapping[str, str]) -> None:
    """Open a file in the editor that the environment names, and wait; SiteError where that fails.

    As Git does: VISUAL on a terminal that can move its cursor, else EDITOR, else vi; a shell reads its words.
    """
    is_dumb = environment.get("TERM", "dumb") == "dumb"
    editor = environment.get("VISUAL", "") if not is_dumb else ""
    editor = editor or environment.get("EDITOR", "") or ("" if is_dumb else "vi")
    if not editor:
        raise SiteError(f"{place} is written, but no editor is known. Set EDITOR.")
    words = ["sh", "-c", f'{editor} "$@"', editor, str(place)]
    code = subprocess.run(words, check=False).returncode  # noqa: S603 - it is the user's own
    if code:
        raise SiteError(f'the editor "{editor}" ended with {code}. {place} stays as it is.')
