"""A theme as a value: its templates and assets, checked, with the digest of all that each template draws on.

A page's key holds the digest of its template's closure: the template and every one that it extends,
includes or imports, found without running it. A template that names its parts dynamically draws on all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

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
        strange = meta.find_undeclared_variables(tree) - VISIBLE - _assigned(tree) - set(environment.globals)
    except TemplateSyntaxError as error:
        raise SiteError(
            f"{files[name]}:{error.lineno}: the template does not parse: {error.message}."
        ) from error
    for line, fault in sorted(_faults(tree, strange, files)):
        raise SiteError(f"{files[name]}:{line}: {fault}")
    return tuple(meta.find_referenced_templates(tree))


def _faults(
    tree: nodes.Template, strange: Collection[str], known: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield the line and the sentence of each name in a template that stands for nothing."""
    for each in tree.find_all(nodes.Name):
        if each.name in strange:
            yield each.lineno, f'the template reads "{each.name}"; it may read "page" and "site" alone.'
    for part in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = part.template
        if isinstance(named, nodes.Const) and named.value not in known and not _may_miss(part):
            yield part.lineno, f'there is no template "{named.value}".'


def _may_miss(part: nodes.Node) -> bool:
    return isinstance(part, nodes.Include) and part.ignore_missing


def _assigned(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives a value itself.

    Jinja's own analysis takes such a name for an undeclared one where a block or loop inside uses it.
    """
    names = {each.name for each in tree.find_all(nodes.Name) if each.ctx in ("store", "param")}
    imported = (each for found in tree.find_all(nodes.FromImport) for each in found.names)
    names |= {each if isinstance(each, str) else each[1] for each in imported}
    names |= {found.target for found in tree.find_all(nodes.Import)}
    return names | {found.name for found in tree.find_all(nodes.Macro)}


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
