"""The archive as one JSON object, for other programs: its articles, its topics, and what was wrong with it.

A catalog and the problems of its build come in, UTF-8 bytes go out. Other programs depend on the keys and
on their order: articles by id, topics by entry, problems by file and line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from operator import itemgetter
from types import MappingProxyType

import msgspec

from lwnindex.formats.thesaurus import other_names
from lwnindex.model import Card, Catalog, Entry, Problem, Reference, See, Topic
from lwnindex.viewmodel import SiteView

Row = dict[str, object]


def archive(
    catalog: Catalog,
    problems: Iterable[Problem],
    site: SiteView,
    notes: Mapping[Entry, str] = MappingProxyType({}),
) -> bytes:
    """Return the archive as JSON, indented, with a newline at its end; `notes` are those of its topics.

    `cited_by` of an article and `articles` of a topic are newest first. An article's `lang` is the site's
    where it names none; `updated` is null where it names none. Each of its translations follows it as an
    article of the same id.
    """
    others = other_names(catalog)
    ids = [(one, key) for one in sorted(catalog.order) for key in (one, *catalog.translations.get(one, ()))]
    found = {
        "site": {"title": site.title, "url": site.url, "source": site.source},
        "articles": [_article(one, catalog.cards[key], catalog, site) for one, key in ids],
        "topics": [
            _topic(topic, notes.get(entry, ""), others.get(entry, ()))
            for entry, topic in sorted(catalog.topics.items(), key=itemgetter(0))
        ],
        "problems": [_problem(one) for one in sorted(problems, key=_place)],
    }
    # A problem may name a file whose name is no text; what cannot be written becomes a question mark.
    encoded = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
    return msgspec.json.format(encoded, indent=1) + b"\n"


def _article(one: str, card: Card, catalog: Catalog, site: SiteView) -> Row:
    return {
        "id": one,
        "path": catalog.paths[card.id],
        "title": card.title,
        "date": card.date,
        "updated": card.updated,
        "authors": card.authors,
        "lang": card.lang or site.language,
        "entries": list(dict.fromkeys(card.entries)),
        "source": card.source,
        "references": [_reference(one) for one in card.references],
        "cited_by": catalog.cited_by.get(one, ()),
    }


def _reference(reference: Reference) -> Row:
    """Return a cited article by the id that the publication's address names, else by its address."""
    named = {"url": reference.url} if reference.id is None else {"id": reference.id}
    return {**named, "fragment": reference.fragment}


def _topic(topic: Topic, note: str, others: Iterable[See]) -> Row:
    return {
        "entry": topic.entry,
        "path": topic.path,
        "anchor": topic.anchor,
        "articles": topic.own,
        "count": topic.count,
        "note": note,
        "aliases": [one.entry for one in others],
        "see_also": topic.see_also,
        "parents": topic.parents,
    }


def _problem(problem: Problem) -> Row:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "message": problem.message,
        "fix": problem.fix,
    }


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file, problem.line, problem.code, problem.message
