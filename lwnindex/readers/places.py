"""What the place of a file says of its article: date, language, categories, whether it is one at all.

`place` is a file's path below the folder of its archive; where nobody knows that folder, the file's name.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from lwnindex.presets import PRESETS, Preset, PresetName
from lwnindex.readers.dates import date_of_name, date_of_path, date_of_stem

_SECOND_LETTERS = {
    "a": "abefkmnrsvyz",
    "b": "aeghimnors",
    "c": "aehorsuvy",
    "d": "aevz",
    "e": "elnostu",
    "f": "afijory",
    "g": "adlnuv",
    "h": "aeiortuyz",
    "i": "adegikostu",
    "j": "av",
    "k": "agijklmnorsuvwy",
    "l": "abginotuv",
    "m": "ghiklnrsty",
    "n": "abdeglnorvy",
    "o": "cjmrs",
    "p": "ailst",
    "q": "u",
    "r": "mnouw",
    "s": "acdegiklmnoqrstuvw",
    "t": "aeghiklnorstwy",
    "u": "gkrz",
    "v": "eio",
    "w": "ao",
    "x": "h",
    "y": "io",
    "z": "ahu",
}
_LANGUAGES = frozenset(one + two for one, others in _SECOND_LETTERS.items() for two in others)
"""The codes of ISO 639-1."""

_IN_FOLDERS = frozenset(
    (
        *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl"),
        *("he", "hi", "hr", "hu", "id", "it", "ja", "ka", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt"),
        *("ro", "ru", "sk", "sl", "sr", "sv", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh"),
    )
)
"""Those that a folder is called by; others are more often a word, as `is`, `go`, `my`, `ml` and `cv` are."""

_TAG = r"([A-Za-z]{2})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?"
_SUFFIX = r"(.+)[.]([A-Za-z]{2}(?:[-_][A-Za-z]{2,4}){0,2})"
_DATED = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{8})[-_ ]+(?=.)"
_POSTS = r"(?:^|/)(?:_posts|_drafts)/"
_APART = frozenset({"_layouts", "_includes", "_data", "_sass", "_site"})


NO_TAG = "Write a BCP 47 tag such as en, de or pt-BR."


class Place(NamedTuple):
    """What the place of a file says.

    `stem` is its name, or that of its folder if it is an index file, without ending and language; `slug` is
    that without a date. `folders` are those above it that stand in addresses, None where they are not known.
    """

    stem: str
    slug: str
    lang: str = ""
    date: str | None = None
    folders: tuple[str, ...] | None = None
    categories: tuple[str, ...] = ()
    draft: bool = False

    def alone(self) -> Place:
        """Return what the name alone says, where nobody knows which folders are the archive's own."""
        return self._replace(folders=None, categories=())


def is_article(path: str, preset: PresetName) -> bool:
    """Return whether the file at a path is an article; Hugo's and Zola's `_index.md` are of a folder.

    To no other generator is a plain text one, as `robots.txt` is not.
    """
    own = PRESETS[preset]
    folders, _, name = path.rpartition("/")
    if name.lower().endswith(".txt") and preset not in ("lwn", "plain"):
        return False
    if own.sections:
        return not name.startswith("_index.")
    return own.folders != "above-posts" or not _APART.intersection(folders.split("/"))


def place_of(path: str, preset: PresetName) -> Place:
    """Return what a place says in the archives of a generator."""
    own = PRESETS[preset]
    stem, lang = _stem(path, own)
    if own.exact:
        return Place(stem, stem, date=date_of_name(path))
    folders = tuple(posixpath.dirname(path).split("/")) if "/" in path else ()
    bundle = posixpath.basename(path).startswith("index.")
    return Place(
        stem=stem,
        slug=re.sub(_DATED, "", stem, count=1),
        lang=lang or _folder_language(folders, own),
        date=date_of_stem(stem) or date_of_path(path),
        folders=_meant(folders[:-1] if bundle else folders, own),
        categories=_categories(path, own),
        draft=own.folders == "above-posts" and "_drafts" in folders,
    )


def _stem(path: str, own: Preset) -> tuple[str, str]:
    """Return a file's name without its ending, and its language; of an `index` file, its folder's name."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    found = re.fullmatch(_SUFFIX, stem) if own.languages else None
    lang = language(found[2]) if found and found[2][:2].lower() in _LANGUAGES else ""
    stem = found[1] if found and lang else stem
    folder = posixpath.basename(posixpath.dirname(path))
    return (folder if stem == "index" and folder else stem), lang


def _folder_language(folders: tuple[str, ...], own: Preset) -> str:
    """Return the language of a whole tree: below `content` (Hugo), above or below `_posts` (Jekyll)."""
    if own.trees is None:
        return ""
    at = folders.index(own.trees) if own.trees in folders else -1
    for name in (*folders[at + 1 : at + 2], *(folders[:1] if own.trees == "_posts" and at >= 0 else ())):
        if re.fullmatch(_TAG, name) and name[:2].lower() in _IN_FOLDERS:
            return language(name)
    return ""


def without_language(stem: str, lang: str) -> str:
    """Return a name without the language that it ends in, as in `name-de` and `name_de` beside `Lang: de`."""
    for mark in "-_.":
        ending = f"{mark}{lang}".lower()
        if stem.lower().endswith(ending) and len(stem) > len(ending):
            return stem[: -len(ending)]
    return stem


def is_tag(text: str) -> bool:
    """Return whether a text is a tag of a language by its looks."""
    return re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", text) is not None


def language(text: str) -> str:
    """Return a tag of a language as BCP 47 writes it, `zh-CN` of `zh_cn`; what is none as it is."""
    found = re.fullmatch(_TAG, text)
    if found is None:
        return text
    script, region = found[2], found[3]
    return "-".join(filter(None, (found[1].lower(), script and script.title(), region and region.upper())))


def _meant(folders: tuple[str, ...], own: Preset) -> tuple[str, ...]:
    """Return the folders that addresses have: those above `_posts` (Jekyll), those below `content`."""
    if own.folders == "above-posts":
        special = [at for at, name in enumerate(folders) if name in ("_posts", "_drafts")]
        return folders[: special[0]] if special else ()
    return folders[folders.index("content") + 1 :] if "content" in folders else folders


def _categories(path: str, own: Preset) -> tuple[str, ...]:
    """Return the folders that are categories: all above `_posts` (Jekyll), or the file's own (Pelican)."""
    if own.folders == "above-posts":
        found = re.search(_POSTS, path)
        return tuple(filter(None, path[: found.start()].split("/"))) if found else ()
    own_folder = posixpath.basename(posixpath.dirname(path))
    return (own_folder,) if own.folders == "own" and own_folder not in ("", "content") else ()
