"""A theme as a value: its templates and assets, checked, with the digest of all that each template draws on.

A page's key holds the digest of its template's closure: the template and every one that it extends,
includes or imports, found without running it. A template that names its parts dynamically draws on all.
A template that the site or a child theme replaced is looked at only where another draws on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from lwnindex.digest import digest
from lwnindex.inherit import BELOW, is_replaced
from lwnindex.problems import SiteError
from lwnindex.viewmodel import Theme

VISIBLE = {"page", "site"}
"""The names that a template may read."""


def theme(
    templates: Mapping[str, str],
    files: Mapping[str, str],
    assets: Mapping[str, bytes],
    environment: Environment,
    pages: Collection[str] = (),
) -> Theme:
    """Return a checked theme; SiteError where a template does not parse or reads what it may not see.

    `pages` are the templates of pages; where they are told, it is known which others are used.
    """
    drawn = _all_drawn(templates, files, environment)
    parts = {name: _closure(name, templates, drawn) for name in templates if not is_replaced(name)}
    closures = {name: digest(closure) for name, closure in parts.items()}
    used = {each for name in pages for each, *_ in parts.get(name, ())}
    unused = tuple(sorted(parts.keys() - used)) if pages else ()
    return Theme(templates, files, assets, closures, unused=unused)


def _all_drawn(
    templates: Mapping[str, str], files: Mapping[str, str], environment: Environment
) -> dict[str, tuple[str | None, ...]]:
    """Return what each template draws on, of those that anything can draw on."""
    drawn: dict[str, tuple[str | None, ...]] = {}
    waiting = [name for name in templates if not is_replaced(name)]
    for name in waiting:
        if name in drawn or name not in templates:
            continue
        drawn[name] = _drawn(name, templates[name], files, environment)
        waiting += [each for each in drawn[name] if each is not None]
        if None in drawn[name]:
            waiting += templates
    return drawn


def _drawn(
    name: str, text: str, files: Mapping[str, str], environment: Environment
) -> tuple[str | None, ...]:
    """Return the templates that one names itself, None for a name it works out."""
    try:
        tree = environment.parse(text, name)
        every = _every(tree)
        meant = partial(environment.join_path, parent=name)
        faults = [*_unknown(every, environment), *_absent(every, files, meant), *_endless(every, name, meant)]
        faults = faults or _strange(every, meta.find_undeclared_variables(tree) - set(environment.globals))
    except TemplateSyntaxError as error:
        raise SiteError(
            f"{files[name]}:{error.lineno}: the template does not parse: {error.message}."
        ) from error
    if faults:
        raise SiteError("\n".join(f"{files[name]}:{line}: {fault}" for line, fault in sorted(faults)))
    found = tuple(each and meant(each) for each in meta.find_referenced_templates(tree))
    # One that works names out may come to those below it, too.
    return (*found, *(meant(BELOW + each) for each in sorted(files))) if None in found else found


def _every(tree: nodes.Node) -> tuple[nodes.Node, ...]:
    """Return all nodes of a template; one walk costs less than Jinja's `find_all` for each kind."""
    found = [tree]
    for node in found:
        found.extend(node.iter_child_nodes())
    return tuple(found)


def _unknown(every: Sequence[nodes.Node], environment: Environment) -> Iterator[tuple[int, str]]:
    """Yield each filter and test that there is not; Jinja leaves those that stand below an `if` to chance."""
    for each in every:
        if isinstance(each, nodes.Filter) and each.name not in environment.filters:
            yield each.lineno, f'there is no filter "{each.name}".'
        elif isinstance(each, nodes.Test) and each.name not in environment.tests:
            yield each.lineno, f'there is no test "{each.name}".'


def _absent(
    every: Sequence[nodes.Node], known: Collection[str], meant: Callable[[str], str]
) -> Iterator[tuple[int, str]]:
    """Yield each template that another names and that there is not."""
    for part in every:
        if isinstance(part, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            named = part.template
            if isinstance(named, nodes.Const) and meant(named.value) not in known and not _may_miss(part):
                yield part.lineno, f'there is no template "{named.value}"{_where(named.value)}.'


def _endless(
    every: Sequence[nodes.Node], name: str, meant: Callable[[str], str]
) -> Iterator[tuple[int, str]]:
    """Yield what a template says that extends itself."""
    for part in every:
        if isinstance(part, nodes.Extends) and isinstance(part.template, nodes.Const):
            said = part.template.value
            if meant(said) == name:
                yield part.lineno, f'the template extends itself; "{BELOW}{said}" is the one below this one.'


def _where(name: str) -> str:
    return (
        f" below this one; without the {BELOW} it is looked for above too" if name.startswith(BELOW) else ""
    )


def _may_miss(part: nodes.Node) -> bool:
    return isinstance(part, nodes.Include) and part.ignore_missing


def _strange(every: Sequence[nodes.Node], undeclared: set[str]) -> list[tuple[int, str]]:
    """Return each name that a template reads and may not see."""
    names = undeclared - VISIBLE - {name for each in every for name in _assigned(each)}
    return [
        (each.lineno, f'the template reads "{each.name}"; it may read "page" and "site" alone.')
        for each in every
        if isinstance(each, nodes.Name) and each.name in names
    ]


def _assigned(node: nodes.Node) -> Iterator[str]:
    """Yield the names that a template gives a value itself here.

    Jinja's own analysis takes such a name for an undeclared one where a block or loop inside uses it.
    """
    if isinstance(node, nodes.Name) and node.ctx in ("store", "param"):
        yield node.name
    elif isinstance(node, nodes.FromImport):
        yield from (each if isinstance(each, str) else each[1] for each in node.names)
    elif isinstance(node, nodes.Import):
        yield node.target
    elif isinstance(node, nodes.Macro):
        yield node.name


def _closure(
    name: str, templates: Mapping[str, str], drawn: Mapping[str, tuple[str | None, ...]]
) -> list[tuple[str, str, tuple[str | None, ...]]]:
    """Return the names and texts of all templates that one draws on, itself included, and what each names."""
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
    return [(each, templates[each], drawn[each]) for each in sorted(seen)]
