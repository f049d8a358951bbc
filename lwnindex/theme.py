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
        faults = [*_unknown(tree, environment), *_absent(tree, files)] or _strange(tree, environment)
    except TemplateSyntaxError as error:
        raise SiteError(
            f"{files[name]}:{error.lineno}: the template does not parse: {error.message}."
        ) from error
    if faults:
        raise SiteError("\n".join(f"{files[name]}:{line}: {fault}" for line, fault in sorted(faults)))
    return tuple(meta.find_referenced_templates(tree))


def _unknown(tree: nodes.Template, environment: Environment) -> Iterator[tuple[int, str]]:
    """Yield each filter and test that there is not; Jinja leaves those that stand below an `if` to chance."""
    for each in tree.find_all(nodes.Filter):
        if each.name not in environment.filters:
            yield each.lineno, f'there is no filter "{each.name}".'
    for one in tree.find_all(nodes.Test):
        if one.name not in environment.tests:
            yield one.lineno, f'there is no test "{one.name}".'


def _absent(tree: nodes.Template, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield each template that another names and that there is not."""
    parts: list[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport] = []
    for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        parts += tree.find_all(kind)
    for part in parts:
        named = part.template
        if isinstance(named, nodes.Const) and named.value not in known and not _may_miss(part):
            yield part.lineno, f'there is no template "{named.value}".'


def _may_miss(part: nodes.Node) -> bool:
    return isinstance(part, nodes.Include) and part.ignore_missing


def _strange(tree: nodes.Template, environment: Environment) -> list[tuple[int, str]]:
    """Return each name that a template reads and may not see."""
    names = meta.find_undeclared_variables(tree) - VISIBLE - _assigned(tree) - set(environment.globals)
    return [
        (each.lineno, f'the template reads "{each.name}"; it may read "page" and "site" alone.')
        for each in tree.find_all(nodes.Name)
        if each.name in names
    ]


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
