"""A small site on disk, its builds, and the clean build with which each must agree."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from lwnindex import config, site
from lwnindex.engine.executors import Serial
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Store
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.gather import Gathered
from lwnindex.model import Source
from lwnindex.options import Options
from lwnindex.revise import Last, Revision, revision
from lwnindex.site import Report
from tests.edits import overwritten

TOML = """[site]
title = "T"
url = "https://example.org/"
[pages]
per_page = 2
[theme]
name = "tiny"
"""
PAGE = """<meta name="generator" content="lwnindex"><title>{{ page.title }}</title>
<p>{{ page }} {{ site }}"""
"""A template that shows all that there is to see, so that no change is missed; it is read soon."""


def article(title: str, body: str, *, day: int = 1, topic: str = "Kernel/BPF", header: str = "") -> str:
    """Return an article with a header."""
    fields = f"title: {title}\ndate: 2020-01-{day:02}\nauthors: [Desk]\nentries: [{topic}]\n{header}"
    return f"---\n{fields}---\n{body}\n"


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def figures(report: Report) -> dict[str, object]:
    """Return what a report says of a site, whatever the build had to do."""
    return {
        "articles": report.articles,
        "topics": report.topics,
        "pages": report.pages,
        "problems": report.problems,
        "counts": dict(report.counts),
    }


class _Reading(Gathered):
    """What was gathered, with the sources written down that are read."""

    def __init__(self, found: config.Found, store: Store, now: str) -> None:
        super().__init__(found, store, trust=True, now=now)
        self.opened: list[str] = []

    def read(self, source: Source) -> bytes:
        self.opened.append(source.file)
        return super().read(source)


class Site:
    """A site in a folder, built into `site` with the store `store` below it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.opened: list[str] = []
        self.parsed = 0
        self.put("lwnindex.toml", TOML)
        for name in TEMPLATE_OF.values():
            self.put(f"themes/tiny/templates/{name}", "{% include 'all.html' %}")
        self.put("themes/tiny/templates/all.html", PAGE)
        self.put("themes/tiny/assets/site.css", "p {}")

    def put(self, path: str, content: str | bytes) -> Path:
        """Write a file as an editor does that writes in place."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        overwritten(place, content if isinstance(content, bytes) else content.encode())
        return place

    def change(self, path: str, old: str, new: str) -> None:
        """Put other words everywhere in the place of some that a file holds."""
        text = (self.root / path).read_text("utf-8")
        assert old in text
        self.put(path, text.replace(old, new))

    def built(self, output: str = "site", store: str = "store", options: Options | None = None) -> Report:
        """Build it."""
        found = self._found(output, store)
        return site.build(found, options or Options(executor="serial"))

    def clean(self, options: Options | None = None) -> Report:
        """Build it into the folder `clean`, with nothing known from earlier."""
        if (self.root / "clean").is_symlink():
            (self.root / "clean").unlink()
        for folder in ("clean", ".clean.lwnindex-trees", "clean-store"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        return self.built("clean", "clean-store", options)

    def revision(self, now: str = "") -> Revision | None:
        """Return what the next build would revise; `opened` and `parsed` then say what that took."""
        with closing(Store(self.root / "store")) as store:
            gathered = _Reading(self._found("site", "store"), store, now)
            memo = Memo(store, Serial())
            found = revision(gathered, store, memo, Last(store, (self.root / "site").resolve()))
            self.opened, self.parsed = gathered.opened, memo.missed
        return found

    def assert_clean(self, report: Report, options: Options | None = None) -> None:
        """Compare the site and what a build told of it with those of a clean build."""
        clean = self.clean(options)
        own, right = tree(self.root / "site"), tree(self.root / "clean")

        assert {path for path in own.keys() | right.keys() if own.get(path) != right.get(path)} == set()
        assert figures(report) == figures(clean)

    def _found(self, output: str, store: str) -> config.Found:
        return config.load(self.root / "lwnindex.toml", {}, {"output": output, "store": store})
