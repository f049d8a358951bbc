"""Plug-ins put beside the configuration of a small site."""

from __future__ import annotations

from pathlib import Path

from lwnindex import config
from lwnindex.config import Found
from lwnindex.plugins import loaded
from lwnindex.registry import Plugins
from tests.sites import TOML, Site, article

READER = """
from lwnindex import Manuscript

def read(source, content, reading):
    title, _, text = content.decode().partition("\\n")
    return Manuscript(title=title, date="2020-01-05", entries=(("Kernel", "BPF"),), text=text)

def extend(registry):
    registry.add_reader(".note", read)
"""
"""A plug-in that reads a title and a text."""


def with_plugin(root: Path, text: str = READER, names: str = '"own:extend"') -> Site:
    """Return a site of one article and one note, with the plug-in `own`."""
    site = Site(root)
    site.put("lwnindex.toml", f"plugins = [{names}]\n{TOML}")
    site.put("own.py", text)
    site.put("content/one.md", article("One", "Words, and [a note](two.note)."))
    site.put("content/two.note", "Two\nSee *one*.")
    return site


def found(site: Site) -> Found:
    """Return the site's configuration."""
    return config.load(site.root / "lwnindex.toml", {}, {})


def plugins(root: Path, text: str, names: str = '"own:extend"') -> Plugins:
    """Return what a plug-in of this text adds."""
    return loaded(found(with_plugin(root, text, names)))
