"""The story of a build on one screen: sources are parsed, indexed, linked, and rendered where wanted.

`parse` and `render` are the stages that cost; both are pure, and their results are known by the digest of
their whole input. So there is no incremental mode: a clean build is a build with an empty store.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex.digest import digest, digest_bytes
from lwnindex.engine.memo import Memo, Outcome
from lwnindex.index import index
from lwnindex.link import Plan, link
from lwnindex.model import Catalog, Parsed, Problem, Source
from lwnindex.parse import parse
from lwnindex.problems import ordered, problem
from lwnindex.render import Blob, Renderer, key, render
from lwnindex.settings import Config, Reading, reading
from lwnindex.theme import Theme
from lwnindex.viewmodel import AnyView

Read = Callable[[Source], bytes]
"""Gives the bytes of a source."""


class Inputs(NamedTuple):
    """All that a build depends on: sources, copied files by path, theme, configuration, the tool itself."""

    sources: tuple[Source, ...]
    files: Mapping[str, str]
    theme: Theme
    config: Config
    fingerprint: str


class Site(NamedTuple):
    """A finished site, not yet written: its views and their keys by path, and how to make a file's bytes."""

    catalog: Catalog
    parsed: tuple[Parsed, ...]
    plan: Plan
    keys: Mapping[str, str]
    problems: tuple[Problem, ...]
    page: Callable[[str], bytes]


def build(inputs: Inputs, memo: Memo, read: Read, renderer: Callable[[Plan], Renderer], blob: Blob) -> Site:
    """Return the site that the inputs describe, with every problem met on the way."""
    rules = reading(inputs.config)
    parsed = parsed_sources(inputs, memo, read, rules)
    cards = [article.card for one in parsed for article in one.articles]
    catalog = index(cards, inputs.config)
    assets = {path: digest_bytes(content) for path, content in inputs.theme.assets.items()}
    plan = link(catalog, parsed, inputs.files, assets, inputs.config)
    tools = renderer(plan)
    found = [each for one in parsed for each in one.problems]
    return Site(
        catalog=catalog,
        parsed=tuple(parsed),
        plan=plan,
        keys={path: key(view, tools) for path, view in plan.views.items()},
        problems=ordered([*found, *catalog.problems, *plan.problems]),
        page=partial(_page, plan.views, tools, blob),
    )


def parsed_sources(inputs: Inputs, memo: Memo, read: Read, rules: Reading) -> Sequence[Parsed]:
    """Return what each source holds, in order."""
    rule = digest((inputs.fingerprint, rules))
    named = [(digest(("parse", rule, source)), source) for source in inputs.sources]
    return memo.each(partial(_parsed, read, rules), named, Parsed, _blobs_of)


def _blobs_of(parsed: Parsed) -> tuple[str, ...]:
    bodies = [article.body for article in parsed.articles] + [page.body for page in parsed.pages]
    return tuple(body.digest for body in bodies)


def _parsed(read: Read, rules: Reading, source: Source) -> Outcome[Parsed]:
    """Return a source parsed; where that fails, a Problem in its place, and nothing to be kept."""
    try:
        return Outcome(*parse(source, read(source), rules))
    except OSError as error:
        return Outcome(Parsed(problems=(_unread(source, error),)), {}, keep=False)
    except Exception as error:  # noqa: BLE001 - one source that breaks a reader must not cost the others
        return Outcome(Parsed(problems=(_crash(source, error),)), {}, keep=False)


def _unread(source: Source, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return problem(
        "unreadable", source.file, 0, f"the file cannot be read: {reason}.", "Mend it and build again."
    )


def _crash(source: Source, error: Exception) -> Problem:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
    message = f"the program failed on this file: {type(error).__name__}: {error} ({where})."
    return problem("crash", source.file, 0, message, "Please report it with the file; the rest is published.")


def _page(views: Mapping[str, AnyView], tools: Renderer, blob: Blob, path: str) -> bytes:
    return render(views[path], tools, blob)
