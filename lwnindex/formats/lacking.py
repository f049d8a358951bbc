"""What a template asks for and is not there, as a sentence: what is meant, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from typing import Any

import msgspec
from jinja2 import StrictUndefined
from jinja2.utils import missing

from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import View

_KINDS: Mapping[type, str] = {
    str: "a text",
    int: "a number",
    bool: "what is true or false",
    tuple: "a list",
    list: "a list",
    dict: "a table",
}


class Lacking(StrictUndefined):
    """A name that is not there; whatever is done with it tells so, in words of the templates."""

    __slots__ = ()
    templates: Mapping[type, str] = {}
    """The template of each kind of page."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        return lacking(self._undefined_obj, self._undefined_name, self.templates)


def lacking(value: Any, name: Any, templates: Mapping[type, str]) -> str:
    """Return that a value has nothing of this name, what may be meant, and what it has; no stop ends it."""
    if value is missing:
        return f'there is nothing called "{name}" here'
    if value is None:
        return f'"{name}" is asked of what is none here. Write {{% if ... %}} around it'
    if not isinstance(name, str | int):
        return f"{_called(value)} has nothing that goes by {_called(name)}"
    if isinstance(name, int):
        many = f" of {len(value)}" if isinstance(value, Sized) else ""
        return f"{_called(value)}{many} has no number {name}"
    shown = _shown(value)
    said = f"there is no `{shown}.{name}`" if shown else f'{_called(value)} has no "{name}"'
    return " ".join([f"{said}.", *_ways(value, name, templates)]).rstrip(".")


def _shown(value: Any) -> str:
    """Return what all templates call a value; nothing for one that is part of another."""
    if isinstance(value, SiteView):
        return "site"
    if type(value).__name__ == "Options":
        return "site.theme"
    return "page" if isinstance(value, View) else ""


def _called(value: Any) -> str:
    """Return what kind of value something is, as the manual calls it."""
    kind = type(value)
    return _KINDS.get(kind) or f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _ways(value: Any, name: str, templates: Mapping[type, str]) -> Iterator[str]:
    from difflib import get_close_matches

    known = _known(value)
    shown = _shown(value)
    close = get_close_matches(name, known, n=1)
    others = [f"`{file}`" for kind, file in templates.items() if shown == "page" and name in _fields(kind)]
    if close and not others:
        yield f"Did you mean `{shown}.{close[0]}`?" if shown else f'Did you mean "{close[0]}"?'
    if others:
        asked = f"{{% if page.{name} is defined %}}"
        yield f"It is for {' and '.join(others)}: elsewhere write {asked} around it."
    if isinstance(value, list | tuple) and not known:
        yield "{% for one in ... %} goes through what is in it."
    if known:
        yield f"{_has(value, templates)} {', '.join(known)}."


def _has(value: Any, templates: Mapping[type, str]) -> str:
    template = templates.get(type(value))
    return f"`page` in `{template}` has" if template else "It has"


def _known(value: Any) -> Sequence[str]:
    return sorted(map(str, value)) if isinstance(value, dict) else sorted(_fields(type(value)))


def _fields(kind: type) -> Sequence[str]:
    return kind.__struct_fields__ if issubclass(kind, msgspec.Struct) else getattr(kind, "_fields", ())
