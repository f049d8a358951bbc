"""What happens to a site between two builds, and how it is put back as it was."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.builders import OUTPUT, Builder
from benchmarks.corpus import Article
from benchmarks.dialects import put

MARK = "Index entries"
"""Words that every builder's template of articles holds: they are changed to change all articles' pages."""


class Site(NamedTuple):
    """A builder's site on disk: the article that gets edited, the newest one, the template as it was."""

    builder: Builder
    folder: Path
    edited: Article
    newest: Article
    template: str

    @property
    def output(self) -> Path:
        """The folder that the site is built into."""
        return self.folder / OUTPUT

    @property
    def articles(self) -> Path:
        """The folder of the corpus."""
        return self.folder / self.builder.articles

    @property
    def command(self) -> list[str]:
        """What builds the site."""
        return [word.replace("{site}", str(self.folder)) for word in self.builder.command]

    def put(self, article: Article) -> Path:
        """Write an article into the corpus, and return its file."""
        return put(article, self.builder.dialect, self.articles)


def sites(
    builders: tuple[Builder, ...], corpus: Iterable[Article], edit: int, folder: Path
) -> tuple[Site, ...]:
    """Return a new site in `folder` for each builder, with the corpus in its dialect.

    `edit` is the place in the corpus of the article that gets edited.
    """
    for each in builders:
        _laid_out(each, folder / each.name)
    edited, newest = _put_all(builders, corpus, edit, folder)
    return tuple(
        Site(
            each, folder / each.name, edited, newest, (folder / each.name / each.template).read_text("utf-8")
        )
        for each in builders
    )


def _laid_out(builder: Builder, folder: Path) -> None:
    for name, source in builder.site.items():
        shutil.copytree(source, folder / name, dirs_exist_ok=True)
    (folder / builder.articles).mkdir(parents=True)


def _put_all(
    builders: tuple[Builder, ...], corpus: Iterable[Article], edit: int, folder: Path
) -> tuple[Article, Article]:
    """Write the corpus, and return the article to edit and the newest; no other is kept."""
    kept: list[Article] = []
    for place, article in enumerate(corpus):
        for each in builders:
            put(article, each.dialect, folder / each.name / each.articles)
        kept = [*kept[:1], article] if place > edit else [article]
    return kept[0], kept[-1]


def away(path: Path, trash: Path) -> None:
    """Move something out of the way, if it is there.

    On ext4, files that are made soon after many were deleted cost several times more.
    """
    if path.exists():
        trash.mkdir(parents=True, exist_ok=True)
        path.rename(trash / f"{time.time_ns()}")


def _cold(site: Site, _: str, trash: Path) -> None:
    for name in (OUTPUT, *site.builder.kept):
        away(site.folder / name, trash)


def _nothing(_site: Site, _mark: str, _trash: Path) -> None:
    return


def _body(site: Site, mark: str, _: Path) -> None:
    site.put(site.edited._replace(body=f"{site.edited.body}\n\nOne more paragraph, number {mark}. "))


def _title(site: Site, mark: str, _: Path) -> None:
    site.put(site.edited._replace(title=f"{site.edited.title}, number {mark}"))


def _added(site: Site, mark: str, _: Path) -> None:
    site.put(_new(site, mark))


def _new(site: Site, mark: str) -> Article:
    last = site.newest
    return last._replace(
        id=last.id + 1,
        title=f"The latest, number {mark}",
        date=last.date + timedelta(days=1),
        entries=(*last.entries, ("Kernel", f"Brand new {mark}")),
    )


def _template(site: Site, mark: str, _: Path) -> None:
    text = site.template.replace(MARK, f"{MARK} {mark}")
    (site.folder / site.builder.template).write_text(text, "utf-8")


SCENARIOS: dict[str, Callable[[Site, str, Path], None]] = {
    "cold": _cold,
    "nothing changed": _nothing,
    "one body edited": _body,
    "one title edited": _title,
    "one article added under a new topic": _added,
    "one template edited": _template,
}
"""What is done before each build, in the order of the builds; each starts from what the one before left."""


def restore(site: Site) -> None:
    """Put a site's input back as it was before the first scenario."""
    site.put(site.edited)
    (site.articles / f"{_new(site, '').id}.md").unlink(missing_ok=True)
    (site.folder / site.builder.template).write_text(site.template, "utf-8")
