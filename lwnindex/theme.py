"""A theme as a value: its templates and assets, checked, with the digest of all that each template draws on.

A page's key holds the digest of its template's closure: the template and every one that it extends,
includes or imports, found without running it. A template that names its parts dynamically draws on all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta

from lwnindex.digest import digest
from lwnindex.problems import SiteError

VISIBLE = {"page", "site"}
"""The names that a template may read."""


class Theme(NamedTuple):
    """Templates by name and where each came from; assets by output path; the digest of each closure."""

    templates: Mapping[str, str]
    files: Mapping[str, str]
    assets: Mapping[str, bytes]
    closures: Mapping[str, str]


def theme(
    templates: Mapping[str, str],
    files: Mapping[str, str],
    assets: Mapping[str, bytes],
    environment: Environment,
) -> Theme:
    """Return a checked theme; SiteError where a template does not parse or reads what it may not see."""
    drawn = {name: _drawn(name, text, files, environment) for name, text in templates.items()}
    closures = {name: digest(_closure(name, templates, drawn)) for name in templates}
    return Theme(templates, files, assets, closures)


def _drawn(
    name: str, text: str, files: Mapping[str, str], environment: Environment
) -> tuple[str | None, ...]:
    """Return the templates that one names itself, None for a name it works out."""
    try:
        tree = environment.parse(text, name)
    except TemplateSyntaxError as error:
        raise SiteError(
            f"{files[name]}:{error.lineno}: the template does not parse: {error.message}."
        ) from error
    strange = meta.find_undeclared_variables(tree) - VISIBLE - set(environment.globals)
    if strange:
        named = ", ".join(f'"{each}"' for each in sorted(strange))
        raise SiteError(f'{files[name]}: the template reads {named}; it may read "page" and "site" alone.')
    return tuple(meta.find_referenced_templates(tree))


def _closure(
    name: str, templates: Mapping[str, str], drawn: Mapping[str, tuple[str | None, ...]]
) -> list[tuple[str, str]]:
    """Return the names and texts of all templates that one draws on, itself included."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in seen or each not in templates:
            continue
        seen.add(each)
        waiting += [found for found in drawn[each] if found is not None]
        if None in drawn[each]:
            waiting += templates
    return sorted((each, templates[each]) for each in seen)
