"""A chain of themes and a site's own templates become one theme: what stands above wins, path by path.

What it replaces is not lost: `!article.html` in a template names the `article.html` of the layers below its
own (`{% extends "!article.html" %}`). A template that was replaced keeps a name of its own for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

BELOW = "!"
"""Stands before the name of a template that is looked for below the layer it is named in."""


class Layer(NamedTuple):
    """What one theme holds, or the site: templates and their files by name, assets by output path."""

    name: str
    templates: Mapping[str, str]
    files: Mapping[str, str]
    assets: Mapping[str, bytes]


class Layered(NamedTuple):
    """Layers as one theme.

    `below` says for each template what the templates below its layer are called, by their own names.
    """

    templates: dict[str, str]
    files: dict[str, str]
    assets: dict[str, bytes]
    below: dict[str, dict[str, str]]


def layered(layers: Sequence[Layer]) -> Layered:
    """Return layers, the lowest first, as one theme."""
    found = Layered({}, {}, {}, {})
    beneath: dict[str, str] = {}
    for place, layer in enumerate(layers):
        names = _names(place, layers)
        found.templates.update((names[name], text) for name, text in layer.templates.items())
        found.files.update((names[name], file) for name, file in layer.files.items())
        found.assets.update(layer.assets)
        found.below.update(dict.fromkeys(names.values(), beneath) if beneath else {})
        beneath = beneath | names
    return found


def _names(place: int, layers: Sequence[Layer]) -> dict[str, str]:
    """Return what the templates of a layer are called: by their names, but for those that are replaced."""
    here, above = layers[place], layers[place + 1 :]
    return {
        name: f"{name}{BELOW}{here.name}" if any(name in each.templates for each in above) else name
        for name in here.templates
    }


def is_replaced(name: str) -> bool:
    """Tell whether a template is one that another stands above."""
    return f".html{BELOW}" in name


def named(below: Mapping[str, Mapping[str, str]], name: str, inside: str) -> str:
    """Return which template is meant by a name inside another."""
    if not name.startswith(BELOW):
        return name
    return below.get(inside, {}).get(name.removeprefix(BELOW), name)
