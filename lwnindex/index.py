"""Cards become a catalog: order, addresses, topics, authors, citations. No body is needed for any of it.

A plain function of all cards, run whole whenever a card changed; what it says depends on the cards and the
configuration alone, not on the order they came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import TypeVar
from urllib.parse import quote

import msgspec

from lwnindex import names, times
from lwnindex.aliases import aliases
from lwnindex.canonical import Filing
from lwnindex.due import withheld
from lwnindex.identities import Identified, identified
from lwnindex.model import Author, Card, Catalog, Described, Entry, Index, Problem, Reference, Topic
from lwnindex.near import alike
from lwnindex.problems import problem
from lwnindex.readers.tomlscan import key_of
from lwnindex.relations import Relations, relations
from lwnindex.sees import names_of
from lwnindex.settings import Config, NamedIndex
from lwnindex.slashes import rejoined
from lwnindex.thesaurus import Thesaurus, thesaurus
from lwnindex.topics import Sorts, adopted_by, base_of, places_of, topics
from lwnindex.words import ENGLISH, Words

K = TypeVar("K")

_GUESTS = "GuestArticles"
"""The one of LWN's indexes whose page is not called after its name."""


def index(
    cards: Iterable[Card],
    config: Config,
    words: Words = ENGLISH,
    *,
    described: Iterable[Described] = (),
    today: str = "",
    drafts: bool = False,
) -> Catalog:
    """Return the catalog of all published cards, two of one id told apart; `drafts` are published if told so.

    `described` is what files of topics say. What is dated ahead of the day `today`, or has expired on it, is
    left out as well.
    """
    zone = config.site.timezone
    numbered = [
        (card, place)
        for place, card in enumerate(cards)
        if withheld(card, today, zone, drafts=drafts) is None
    ]
    book = thesaurus(rejoined(described, (entry for card, _ in numbered for entry in card.entries)))
    filing = Filing(book, config.index.declared)
    published = sorted(filing.refiled(numbered), key=lambda one: one[0].file)
    told = identified(published, config.site)
    own = told.articles
    order = _order(own, zone)
    oldest_first = _oldest_first(own, order)
    folders, shared = _article_folders(own, oldest_first)
    pages = {one: names.page_of(f"Articles/{folders[one]}") for one in order}
    paths = pages | _translated_pages(told, folders)
    all_cards = chain(map(own.__getitem__, oldest_first), told.translated.values())
    old, disused = aliases(all_cards, paths, _originals(told))
    rank = {one: place for place, one in enumerate(reversed(oldest_first))}
    by_id = _resolved(told, pages, old, config.site.source.rstrip("/"))
    in_order = [by_id[one] for one in order]
    filed = _grouped((entry, card.id) for card in in_order for entry in card.entries)
    places = places_of(own.values(), book.said)
    steps = _steps(filed, book)
    shown = {*steps, *(name for name, alias in book.aliases.items() if alias.printed)}
    related, astray = relations(book, steps, {one[0] for one in shown}.union(config.indexes))
    indexes, undeclared = _indexes(shown.union(related.adopted), places, config.indexes, words)
    bases = {one.name: base_of(one) for one in indexes}
    tree, clashes = topics(
        *(filed, rank, bases, places),
        empty=book.described,
        sorts=book.sorts,
        folders=book.folders,
        related=related,
    )
    others, former = names_of(book, tree, bases | _other_bases(book, bases, config.indexes, words))
    near = alike(tree, places, rank, book)
    authors, namesakes = _authors(in_order, by_id, rank)
    return Catalog(
        cards=by_id,
        positions=told.positions,
        order=order,
        paths=paths,
        indexes=_counted(indexes, tree, related, book.sorts),
        topics=tree,
        authors=authors,
        cited_by=_cited_by(in_order),
        translations=told.translations,
        aliases=old,
        described={entry: book.described[entry] for entry in tree if entry in book.described},
        sees=others,
        former=former,
        drafts=drafts,
        problems=(
            *(*told.problems, *shared, *disused, *undeclared, *clashes, *namesakes),
            *(*book.problems, *filing.problems(), *astray, *near),
        ),
    )


def _order(cards: Mapping[str, Card], zone: str) -> tuple[str, ...]:
    """Return the ids, newest first and undated last; of one moment the later id comes first."""

    def key(card: Card) -> tuple[str, object, str]:
        return times.sort_key(card.date, zone), names.natural_key(card.id), card.id

    return tuple(card.id for card in sorted(cards.values(), key=key, reverse=True))


def _oldest_first(cards: Mapping[str, Card], order: Sequence[str]) -> tuple[str, ...]:
    """Return the ids by age; what has no date comes last, so that it takes no address from what has one."""
    dated = [one for one in reversed(order) if cards[one].date is not None]
    return (*dated, *(one for one in reversed(order) if cards[one].date is None))


def _article_folders(
    cards: Mapping[str, Card], oldest_first: Sequence[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the name of each article's folder, and the slugs that had to yield to an older."""
    wanted = [(cards[one].slug or one, one) for one in oldest_first]
    plain = [names.segment(name) for name, _ in wanted]
    chosen = names.distinct(zip(plain, oldest_first, strict=True))
    holders = {names.folded(name): cards[one] for name, one in zip(chosen, oldest_first, strict=True)}
    clashes = tuple(
        _shared_slug(cards[one], name, holders.get(names.folded(own)))
        for one, name, own in zip(oldest_first, chosen, plain, strict=True)
        if name != own
    )
    return dict(zip(oldest_first, chosen, strict=True)), clashes


def _originals(told: Identified) -> dict[str, str]:
    """Return the article of each translation."""
    return {key: one for one, keys in told.translations.items() for key in keys}


def _translated_pages(told: Identified, folders: Mapping[str, str]) -> dict[str, str]:
    """Return the pages of translations, in folders of their article's that are called after the languages."""
    found = {}
    for one, keys in told.translations.items():
        tongues = [told.translated[key].lang or "" for key in keys]
        chosen = names.distinct((names.segment(tongue), tongue) for tongue in tongues)
        for key, folder in zip(keys, chosen, strict=True):
            found[key] = names.page_of(f"Articles/{folders[one]}/{folder}")
    return found


def _shared_slug(card: Card, name: str, holder: Card | None) -> Problem:
    message = f'the address of "{card.title}" is {_whose(holder)}; its page is Articles/{name}/.'
    fix = "Give the article a slug of its own in its header."
    return problem("address-clash", card.file, 1, message, fix)


def _whose(holder: Card | None) -> str:
    return f"that of an older one, in {holder.file}" if holder else "one that the site keeps for itself"


def _steps(filed: Iterable[Entry], book: Thesaurus) -> set[Entry]:
    """Return all topics that have articles or are described, and all above these, indexes among them."""
    return {entry[:depth] for entry in (*filed, *book.described) for depth in range(1, len(entry) + 1)}


def _other_bases(
    book: Thesaurus, bases: Mapping[str, str], declared: Mapping[str, NamedIndex], words: Words
) -> dict[str, str]:
    """Return the folders of indexes that there are no more, but for other names of topics."""
    gone = sorted({name[0] for name in book.aliases if name[0] not in bases})
    known = {name: base_of(_declared(name, declared[name], words)) for name in gone if name in declared}
    rest = [name for name in gone if name not in declared]
    taken = {names.folded(base.partition("/")[0]) for base in (*bases.values(), *known.values())}
    folders = names.distinct(((names.segment(name), name) for name in rest), taken | names.SITE_FOLDERS)
    return known | dict(zip(rest, folders, strict=True))


def _indexes(
    filed: Iterable[Entry],
    places: Mapping[Entry, tuple[str, int]],
    declared: Mapping[str, NamedIndex],
    words: Words,
) -> tuple[tuple[Index, ...], tuple[Problem, ...]]:
    """Return the indexes that have entries, by title, the undeclared ones with a warning each."""
    used = sorted({entry[0] for entry in filed})
    known = [_declared(name, declared[name], words) for name in used if name in declared]
    unknown = [name for name in used if name not in declared]
    taken = {names.folded(base_of(one).partition("/")[0]) for one in known} | names.SITE_FOLDERS
    folders = names.distinct(((names.segment(name), name) for name in unknown), taken)
    built = [
        Index(
            name=name,
            title=words.say("{name} index", name=name),
            page=names.page_of(f"{folder}/Index"),
            declared=False,
        )
        for name, folder in zip(unknown, folders, strict=True)
    ]
    found = sorted((*known, *built), key=lambda one: names.topic_key([one.title]))
    return tuple(found), tuple(_undeclared(name, places[(name,)], declared) for name in unknown)


def _declared(name: str, named: NamedIndex, words: Words) -> Index:
    wanted = [names.segment(each) for each in named.path.split("/") if each]
    folder = "/".join(wanted) or f"{names.segment(name)}/Index"
    return Index(name=name, title=named.title or _title(name, words), page=names.page_of(folder))


def _title(name: str, words: Words) -> str:
    """Return what an index is called that a site gives no title of its own."""
    if name == _GUESTS:
        return words.say("Guest articles")
    return words.say("{name} index", name=name)


def _undeclared(name: str, place: tuple[str, int], declared: Iterable[str]) -> Problem:
    close = get_close_matches(name, list(declared), n=1)
    meant = f'Did you mean "{close[0]}"? Else declare' if close else "Declare"
    return problem(
        "undeclared-index",
        *place,
        f'there is no index called "{name}"; it is built all the same.',
        f"{meant} it with [indexes.{key_of(name)}] in lwnindex.toml.",
    )


def _counted(
    indexes: Iterable[Index], tree: Mapping[Entry, Topic], related: Relations, sorts: Sorts
) -> tuple[Index, ...]:
    """Return the indexes with their topics in order and the number of articles below each."""
    inside: dict[str, list[Entry]] = defaultdict(list)
    for entry in tree:
        inside[entry[0]].append(entry)

    def counted(one: Index) -> Index:
        own, adopted = inside[one.name], adopted_by(one.name, related, sorts)
        below = _below((*own, *adopted), tree) if related.adopted else own
        count = len(set[str]().union(*(tree[entry].own for entry in below)))
        return msgspec.structs.replace(one, topics=tuple(own), count=count, adopted=adopted)

    return tuple(map(counted, indexes))


def _below(entries: Iterable[Entry], tree: Mapping[Entry, Topic]) -> set[Entry]:
    """Return some topics and all that stands below them, also where it was adopted."""
    found: set[Entry] = set()
    waiting = [*entries]
    while waiting:
        entry = waiting.pop()
        if entry not in found:
            found.add(entry)
            waiting.extend((*tree[entry].children, *tree[entry].adopted))
    return found


def _authors(
    in_order: Iterable[Card], cards: Mapping[str, Card], rank: Mapping[str, int]
) -> tuple[dict[str, Author], tuple[Problem, ...]]:
    """Return the authors by name, each with a page; the one longest at work keeps a shared address."""
    written = _grouped((name, card.id) for card in in_order for name in card.authors)
    first = {name: max(ids, key=rank.__getitem__) for name, ids in written.items()}
    oldest_first = sorted(written, key=lambda name: (-rank[first[name]], name))
    plain = [names.segment(name) for name in oldest_first]
    chosen = names.distinct(zip(plain, oldest_first, strict=True))
    found = {
        name: Author(name=name, path=names.page_of(f"Authors/{folder}"), articles=tuple(written[name]))
        for name, folder in zip(oldest_first, chosen, strict=True)
    }
    holders = {
        names.folded(each): cards[first[name]] for name, each in zip(oldest_first, chosen, strict=True)
    }
    clashes = tuple(
        _namesake(name, folder, cards[first[name]], holders.get(names.folded(own)))
        for name, folder, own in zip(oldest_first, chosen, plain, strict=True)
        if folder != own
    )
    return {name: found[name] for name in sorted(found, key=lambda one: names.topic_key([one]))}, clashes


def _namesake(name: str, folder: str, card: Card, holder: Card | None) -> Problem:
    message = f'the address of the author "{name}" is {_whose(holder)}; the page is Authors/{folder}/.'
    fix = "If they are one person, sign all articles with one spelling."
    return problem("address-clash", card.file, 0, message, fix)


def _resolved(
    told: Identified, pages: Mapping[str, str], aliases: Mapping[str, str], source: str
) -> dict[str, Card]:
    """Return the cards with each reference as an id held here, or as the address where the article is.

    One that is neither is left out: a file that holds no article, or any other where there is no publication.
    What cites a translation cites the article.
    """
    others = names.other_names(pages)
    articles = _originals(told)
    cards = told.articles | told.translated
    by_source = {card.file: articles.get(one, one) for one, card in cards.items()}
    old = {names.folded(path): articles.get(one, one) for path, one in aliases.items()}

    def resolve(reference: Reference) -> Reference | None:
        if reference.id is None:
            wanted = reference.url or ""
            found = names.moved(wanted, old) if wanted.startswith("/") else by_source.get(wanted)
            return Reference(id=found, url=None, fragment=reference.fragment) if found else None
        address = f"/Articles/{quote(reference.id)}/"
        one = names.article_named(reference.id, pages, others) or names.moved(address, old)
        url = None if one else source + address
        return Reference(id=one, url=url, fragment=reference.fragment) if one or source else None

    def cited(card: Card) -> Card:
        if all(one.id in pages for one in card.references):
            return card
        found = tuple(one for one in map(resolve, card.references) if one)
        return card if found == card.references else msgspec.structs.replace(card, references=found)

    return {one: cited(card) for one, card in cards.items()}


def _cited_by(in_order: Iterable[Card]) -> dict[str, tuple[str, ...]]:
    """Return the articles that cite each one, newest first; nothing cites itself."""
    pairs = ((each.id, card.id) for card in in_order for each in card.references if each.id)
    found = _grouped((cited, one) for cited, one in pairs if cited != one)
    return {one: tuple(citing) for one, citing in found.items()}


def _grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    """Return the articles of each key, in order and once each; all pairs of an article stand together."""
    found: dict[K, list[str]] = {}
    for key, one in pairs:
        ids = found.get(key)
        if ids is None:
            found[key] = [one]
        elif ids[-1] != one:
            ids.append(one)
    return found
