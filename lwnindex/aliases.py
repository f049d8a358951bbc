"""Where articles were before: each old address becomes the path of a page that leads to the new one.

An address that makes no path, or is that of an older article already, is a Problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lwnindex import names
from lwnindex.model import Card, Problem
from lwnindex.problems import problem


def aliases(
    cards: Iterable[Card], paths: Mapping[str, str], originals: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the output paths of old addresses with the article of each, and the addresses that go unused.

    Of two articles with one address the first has it; an article needs none that is its own page's.
    `originals` names the article of each translation: languages of one article may share an address, as the
    files of one folder do.
    """
    found: dict[str, str] = {}
    holders: dict[str, Card] = {}
    problems = []
    for card in cards:
        for address in dict.fromkeys(card.aliases):
            path = names.old_path(address)
            if path is None:
                problems.append(_bad(card, address))
            elif path != paths[card.id]:
                first = holders.setdefault(names.folded(path), card)
                if first is card:
                    found[path] = card.id
                elif originals.get(first.id, first.id) != originals.get(card.id, card.id):
                    problems.append(_taken(card, address, first))
    return found, tuple(problems)


def _bad(card: Card, address: str) -> Problem:
    return problem(
        "bad-alias",
        card.file,
        1,
        f'the old address "{address}" cannot be a path of this site; nothing leads from it to the article.',
        "Write it as /2009/12/name.html or /old/name/, of names that any file system holds, none hidden.",
    )


def _taken(card: Card, address: str, first: Card) -> Problem:
    return problem(
        "alias-clash",
        card.file,
        1,
        f'the old address "{address}" is that of {first.file} already, and leads there.',
        "Take it out of one of the two headers.",
    )
