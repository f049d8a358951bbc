"""A site of texts that is published as a link, and what stands there then."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from lwnindex.digest import digest_bytes
from lwnindex.disk import DISK, Disk
from lwnindex.engine.executors import Serial
from lwnindex.engine.store import Store
from lwnindex.publishing import Link
from lwnindex.writing import Made, Tally, write
from tests.test_journal import THEIRS

Pages = Mapping[str, str]


def published(root: Path, pages: Pages, disk: Disk = DISK, store: str = "store") -> Tally:
    """Publish a site of these texts as a link `site` in a root, with the store beside it."""

    def make(path: str, last: str) -> Made:
        own = digest_bytes(pages[path].encode())
        return Made(own, None if own == last else pages[path].encode())

    (root / ".site.lwnindex-trees").mkdir(exist_ok=True)
    with closing(Store(root / store)) as known:
        link = Link(root / "site", known, disk)
        return link.write(partial(write, tuple(pages), make, store=known, workers=Serial(), disk=disk))


def plainly(root: Path, pages: Pages) -> Tally:
    """Bring a folder, or the tree that a link leads to, to hold these texts by renames."""

    def make(path: str, last: str) -> Made:
        own = digest_bytes(pages[path].encode())
        return Made(own, None if own == last else pages[path].encode())

    with closing(Store(root / "store")) as store:
        return write(tuple(pages), make, root / "site", store, Serial())


def texts(folder: Path) -> dict[str, str]:
    """Return every file's text by its path."""
    places = sorted(each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_text() for each in places}


def site(root: Path) -> dict[str, str]:
    """Return the texts of the site as it is published; none where there is none."""
    return texts((root / "site").resolve())


def emptied(root: Path) -> list[str]:
    """Return the folders of the trees in which nothing stands."""
    places = (root / ".site.lwnindex-trees").rglob("*")
    return sorted(str(each) for each in places if each.is_dir() and not any(each.iterdir()))


def hidden(root: Path) -> set[str]:
    """Return the names of all that stands beside the site."""
    beside = {each.name for each in root.iterdir()} - {"site", "store", "another", ".site.lwnindex-trees"}
    return beside | {each.name for each in (root / ".site.lwnindex-trees").iterdir()}


def theirs(root: Path) -> None:
    """Have files in the site that somebody put there."""
    for path, text in THEIRS.items():
        (root / "site" / path).parent.mkdir(exist_ok=True)
        (root / "site" / path).write_text(text)


def begun(root: Path, before: Pages | None) -> None:
    """Have a site of these pages that was published twice, with files of others; none at all for None."""
    if before is None:
        return
    published(root, before)
    theirs(root)
    published(root, {**before, "once.html": "once", "once/in/folders.html": "once"})
    published(root, before)
