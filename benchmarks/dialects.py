"""One article in the dialect of each program: the same body, the metadata as each wants it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import Article

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def dump(article: Article) -> str:
    """Return an article as html2text leaves a page of LWN's: byline above, index entries below."""
    date = article.date
    rows = "".join(_row(index, topic) for index, *topic in article.entries)
    return (
        f"# {article.title} [LWN.net]\n\nBy **{article.author}**  \n"
        f"{_MONTHS[date.month - 1]} {date.day}, {date.year} \n\n{article.body.rstrip()}  \n"
        f"Index entries for this article  \n---  \n{rows}  \n\n\n* * *\n\nto post comments \n"
    )


def _row(index: str, topic: list[str]) -> str:
    anchor = "-".join(topic).replace(" ", "_")
    return f"[{index}](/{index}/Index)| [{'/'.join(topic)}](/{index}/Index#{anchor})  \n"


def hugo(article: Article) -> str:
    """Return an article with YAML front matter: a taxonomy for each index."""
    filed: dict[str, list[str]] = {}
    for index, *topic in article.entries:
        filed.setdefault(index.lower(), []).append(": ".join(topic))
    fields = {
        "title": article.title,
        "date": f"{article.date:%Y-%m-%dT%H:%M:%SZ}",
        "byline": article.author,
        "summary": article.summary,
        **filed,
    }
    # A JSON value is a YAML one.
    header = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{header}---\n\n{article.body}\n"


def pelican(article: Article) -> str:
    """Return an article with the metadata lines of Python-Markdown: a tag for each entry."""
    tags = ", ".join(": ".join(entry) for entry in article.entries)
    return (
        f"Title: {article.title}\nDate: {article.date:%Y-%m-%d %H:%M}\nAuthor: {article.author}\n"
        f"Slug: {article.id}\nSummary: {article.summary}\nTags: {tags}\n\n{article.body}\n"
    )


DIALECTS: dict[str, Callable[[Article], str]] = {"lwnindex": dump, "hugo": hugo, "pelican": pelican}


def put(article: Article, dialect: str, folder: Path) -> Path:
    """Write an article into a folder of articles, and return its file."""
    place = folder / f"{article.id}.md"
    place.write_text(DIALECTS[dialect](article), "utf-8")
    return place
