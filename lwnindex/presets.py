"""How the archives of other generators are written: their fields, their Markdown, what their templates leave.

A preset is a value; `[[sources]]` names one, and says over it what is otherwise in an archive.
The names of fields are those of each generator's own manual; after them come names that are common elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from lwnindex.model import Dialect, Value

PresetName = Literal["lwn", "jekyll", "hugo", "zola", "pelican", "nikola", "plain"]
Syntax = Literal["liquid", "hugo", "zola", "kramdown", "pelican", "nikola"]
Parting = Literal["none", "spaces", "commas"]
FolderRule = Literal["none", "above-posts", "own"]


class Preset(Value, frozen=True, kw_only=True):
    """How an archive is written.

    `fields` gives each of our fields the names that it may have in a header, of which the first that is there
    counts; a dot leads into a table, as in `taxonomies.tags`.
    `parting` says how a text of several tags or categories is parted, `levels` whether a slash parts the
    levels of a category. `syntaxes` are what is left out of its texts. With `strict`, a field that nothing
    reads is told; with `exact`, names count as they are written, else in any case. `folders` says which
    folders are categories: those above `_posts`, or the file's own. `languages` says whether `name.de.md` is
    `name` in German, `trees` beside or below which folder each language may have one of its own, `sections`
    whether `_index.md` describes a folder and is no article.
    """

    markdown: Dialect
    fields: dict[str, tuple[str, ...]]
    syntaxes: tuple[Syntax, ...] = ()
    parting: Parting = "none"
    levels: bool = False
    strict: bool = False
    exact: bool = False
    folders: FolderRule = "none"
    languages: bool = False
    trees: Literal["content", "_posts"] | None = None
    sections: bool = False


PLACEHOLDERS = (
    *("year", "short_year", "month", "i_month", "day", "i_day", "hour", "minute", "second"),
    *("title", "slug", "name", "filename", "contentbasename", "sections", "categories", "output_ext"),
)
"""The names that stand for parts of an article in patterns of addresses, in Jekyll's and Hugo's manuals."""

TERMS = ("tags", "categories")
"""The fields whose values are entries of named indexes."""

_NAMES = (
    *("title", "date", "updated", "id", "slug", "summary", "draft", "lang", "nav", "entries"),
    *("expires", "original", "aliases", "markup", "guid", *TERMS),
)
_OWN: dict[str, tuple[str, ...]] = {name: (name,) for name in _NAMES} | {"authors": ("authors", "author")}

_COMMON: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "date": ("date", "publishdate", "pubdate", "published", "published_at", "published_date", "created"),
    "updated": (
        "updated",
        "modified",
        "lastmod",
        "last_modified_at",
        "last_updated",
        "updated_at",
        "updateddate",
    ),
    "authors": ("authors", "author", "byline", "extra.author", "extra.authors", "params.author"),
    "entries": ("entries",),
    "slug": ("slug",),
    "summary": ("summary", "description", "excerpt", "abstract"),
    "lang": ("lang", "language", "locale"),
    "draft": ("draft", "is_draft"),
    "published": ("published",),
    "status": ("status",),
    "expires": ("expires", "expirydate", "unpublishdate", "expires_at"),
    "original": ("original", "canonical", "canonical_url", "canonicalurl"),
    "link": ("link",),
    "permalink": ("permalink", "url", "path", "save_as"),
    "aliases": ("aliases", "alias", "redirect_from"),
    "tags": ("tags", "tag", "taxonomies.tags"),
    "categories": ("categories", "category", "taxonomies.categories"),
}
"""The names that fields have in archives of any kind.

`published` is a date or a switch, `link` the article's own address or another's, `permalink` an address or
the pattern of one.
"""


FIELDS = tuple(dict.fromkeys((*_OWN, *_COMMON)))
"""The fields that an article can have."""


def _with(**own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the common fields with a generator's own names before the others."""
    return _COMMON | {
        name: tuple(dict.fromkeys((*names, *_COMMON.get(name, ())))) for name, names in own.items()
    }


PRESETS: Mapping[PresetName, Preset] = MappingProxyType(
    {
        "lwn": Preset(markdown="python", fields=_OWN, strict=True, exact=True),
        "jekyll": Preset(
            markdown="commonmark",
            # A single category goes before several, and is one however many words it has.
            fields=_with(
                updated=("last_modified_at",),
                summary=("excerpt", "description"),
                categories=("category", "categories"),
                tags=("tag", "tags"),
                id=("ref", "page_id"),
            ),
            syntaxes=("liquid", "kramdown"),
            parting="spaces",
            folders="above-posts",
            trees="_posts",
        ),
        "hugo": Preset(
            markdown="commonmark",
            fields=_with(
                # What is said to be changed last stands for the day of an article that names no other.
                date=(*_COMMON["date"], "lastmod", "modified"),
                updated=("lastmod", "modified"),
                title=("title", "linktitle"),
                permalink=("url", "permalink"),
                id=("translationkey",),
            ),
            syntaxes=("hugo",),
            languages=True,
            trees="content",
            sections=True,
        ),
        "zola": Preset(
            markdown="commonmark",
            fields=_with(
                permalink=("path", "permalink"),
                tags=("taxonomies.tags", "taxonomies.tag"),
                categories=("taxonomies.categories", "taxonomies.category"),
                authors=("authors", "author", "taxonomies.authors", "taxonomies.author"),
            ),
            syntaxes=("zola",),
            languages=True,
            sections=True,
        ),
        "pelican": Preset(
            markdown="python",
            fields=_with(updated=("modified",), categories=("category",), permalink=("url",)),
            syntaxes=("pelican",),
            parting="commas",
            folders="own",
        ),
        "nikola": Preset(
            markdown="python",
            fields=_with(categories=("category",)),
            syntaxes=("nikola",),
            parting="commas",
            levels=True,
            languages=True,
        ),
        "plain": Preset(
            markdown="python",
            # To the generators keywords are for search engines, and no terms that pages are listed under.
            fields=_with(tags=("tags", "tag", "taxonomies.tags", "keywords"))
            | {name: (name,) for name in ("id", "nav", "markup", "guid")},
            parting="commas",
            strict=True,
        ),
    }
)
