"""Sources with entries under other names: what becomes of them, made with few words."""

from __future__ import annotations

from lwnindex.manuscripts import manuscripts
from lwnindex.model import Entry
from lwnindex.reading import Reading, readings
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.sources import Rewritten, rewritten
from lwnindex.settings import Config, SourceSettings
from tests.makers import entry, source

PAGES = {name: one.path for name, one in Config().indexes.items()}
"""The folders of the pages of LWN's indexes."""


def reading(settings: SourceSettings | None = None) -> Reading:
    """Return the rules of a source, by default those of files without a table of their own."""
    config = Config(sources=(settings,)) if settings else Config()
    return readings(config)[settings.path if settings else ""]


def entries(
    content: bytes, path: str = "1.md", settings: SourceSettings | None = None
) -> list[tuple[Entry, ...]]:
    """Return the entries of each article of a source."""
    found = manuscripts(source(path, content), content, reading(settings))
    return [one.entries for one in found.manuscripts]


def renamed(
    content: bytes, *pairs: tuple[str, str], path: str = "1.md", settings: SourceSettings | None = None
) -> Rewritten:
    """Return what becomes of a source when topics are renamed, each written with slashes."""
    renaming = Renaming(tuple((entry(old), entry(new)) for old, new in pairs))
    return rewritten(source(path, content), content, reading(settings), renaming, PAGES)


def text(
    content: str, *pairs: tuple[str, str], path: str = "1.md", settings: SourceSettings | None = None
) -> str:
    """Return the text of a source after a renaming in whose way nothing stands."""
    found = renamed(content.encode(), *pairs, path=path, settings=settings)
    assert not found.obstacles, found.obstacles
    assert not found.configured
    return found.content.decode()
