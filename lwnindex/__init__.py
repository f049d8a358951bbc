"""lwnindex: a static site generator for a news index.

The names of `__all__` are its Python API; each is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lwnindex.api import Loaded, Site, build, load, write
    from lwnindex.archive import Archive, Article, Topic
    from lwnindex.model import Manuscript, Problem, Reference, Source
    from lwnindex.problems import SiteError
    from lwnindex.reading import Reading
    from lwnindex.registry import Registry
    from lwnindex.settings import Config
    from lwnindex.site import Report

__all__ = [
    "Archive",
    "Article",
    "Config",
    "Loaded",
    "Manuscript",
    "Problem",
    "Reading",
    "Reference",
    "Registry",
    "Report",
    "Site",
    "SiteError",
    "Source",
    "Topic",
    "build",
    "load",
    "write",
]

_PLACES = {
    **dict.fromkeys(("Loaded", "Site", "build", "load", "write"), "api"),
    **dict.fromkeys(("Archive", "Article", "Topic"), "archive"),
    **dict.fromkeys(("Manuscript", "Problem", "Reference", "Source"), "model"),
    "SiteError": "problems",
    "Reading": "reading",
    "Registry": "registry",
    "Config": "settings",
    "Report": "site",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
