"""The words of an archive on disk, counted once and kept in its store until a source changes.

All that is made of them is kept under the digest of what it depends on: the sources, the configuration and
the program. How much the words of one article count is kept under the digest of that article, so that after
an edit they are counted anew of no other. What is missing, or damaged, is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from msgspec.msgpack import decode, encode

from lwnindex.digest import decoded, digest, digest_bytes
from lwnindex.due import Days
from lwnindex.engine.executors import Workers
from lwnindex.engine.store import DamagedError, Store
from lwnindex.gather import Gathered
from lwnindex.model import Article, Card, Catalog, Entry, Parsed, Source, Value
from lwnindex.nearness import Space
from lwnindex.options import Options
from lwnindex.shelf import MissingError, Shelf
from lwnindex.subjects import Drawers, Kept, Subjects
from lwnindex.wordcounts import Counts, counted

if TYPE_CHECKING:
    from lwnindex.shelving import Given

T = TypeVar("T")
Blob = Callable[[str], bytes]
"""Gives a body by its digest."""

_NOTE = "suggest"
_PARTS = "suggest/"
_COUNTS = "counts/"
_SUBJECTS = "subjects"
_MANY = 64
"""Articles that are counted at once."""


class _Counted(Value, frozen=True, kw_only=True):
    """Of what archive words are kept, as the digest of all that they depend on, and for what days."""

    key: str
    days: Days


def with_words(gathered: Gathered, store: Store, options: Options, use: Callable[[Space, Drawers], T]) -> T:
    """Return what is made of the words of the archive, from the store where they are those of its sources.

    Where a part of them turns out missing, `use` is called again.
    """
    digests = _digests(gathered)
    key = digest((gathered.fingerprint, gathered.config, digests))
    known = decoded(store.noted(_NOTE), _Counted)
    if known and known.key == key and known.days.hold(gathered.today):
        with suppress(MissingError):
            return _used(_reader(store, key), use)
    made = _count(gathered, store, options, key)
    if not gathered.is_all_known:
        gathered.remember({file: own for file, own, _ in digests})
    try:
        return _used(_reader(store, key, made), use)
    except MissingError as error:
        raise DamagedError(*error.args) from error


def _digests(gathered: Gathered) -> list[tuple[str, str, str]]:
    """Return the sources by file with their digests and rules; what cannot be read has none."""
    return [(one.file, one.digest or _digest(gathered, one), one.rules) for one in gathered.sources.sources]


def _digest(gathered: Gathered, source: Source) -> str:
    try:
        return digest_bytes(gathered.read(source))
    except OSError:
        return ""


def _used(read: Callable[[str], bytes | None], use: Callable[[Space, Drawers], T]) -> T:
    kept = decoded(read(_SUBJECTS), Kept)
    if kept is None:
        raise MissingError(_SUBJECTS)
    return use(Space(Shelf(read)), Drawers(kept))


def _reader(store: Store, key: str, made: Mapping[str, bytes] | None = None) -> Callable[[str], bytes | None]:
    """Return what gives the parts of a shelf, those that were `made` just now from there."""
    own = made or {}

    def read(name: str) -> bytes | None:
        return own.get(name) or store.part(_kept_as(key, name))

    return read


def _kept_as(key: str, name: str) -> str:
    return f"{_PARTS}{name}" if name.startswith(_COUNTS) else f"{_PARTS}{key}/{name}"


def _count(gathered: Gathered, store: Store, options: Options, key: str) -> dict[str, bytes]:
    """Return the words of the archive as parts, which are kept from now on in the place of earlier ones."""
    from lwnindex import due
    from lwnindex.engine.memo import Memo
    from lwnindex.pipeline import catalogued
    from lwnindex.shelving import Tallied, shelved

    memo = Memo(store, options.hands("reading"))
    catalog, parsed = catalogued(gathered.inputs, memo, gathered.read, ahead=gathered.ahead)
    tallies = _Tallies(store, gathered.fingerprint)
    tallied = [
        Tallied(card, tallies.name(card, one), is_model) for one, card, is_model in _all(catalog, parsed)
    ]
    tallies.complete(options.hands("counting"))
    made, vectors = shelved(tallied, tallies.counts, _names(catalog))
    made[_SUBJECTS] = encode(_subjects(Space(Shelf(made.get), vectors)))
    parts = {_kept_as(key, name): part for name, part in made.items()}
    left = {*parts, *tallies.kept()}
    store.keep_parts(parts, [name for name in store.parts() if name.startswith(_PARTS) and name not in left])
    cards = [article.card for one in parsed for article in one.articles]
    days = due.days(cards, gathered.today, gathered.config.site.timezone)
    store.note(_NOTE, encode(_Counted(key=key, days=days)))
    return made


def _all(catalog: Catalog, parsed: Iterable[Parsed]) -> Iterator[tuple[Article, Card, bool]]:
    """Yield all articles with their cards, and tell whether others may be filed after them.

    They may not be after those that are not published, nor after translations.
    """
    articles = [article for one in parsed for article in one.articles]
    models = set(catalog.order)
    for one, place in catalog.positions.items():
        yield articles[place], catalog.cards[one], one in models
    published = set(catalog.positions.values())
    for place, article in enumerate(articles):
        if place not in published:
            yield article, article.card, False


def _subjects(space: Space) -> Kept:
    return Subjects(space, space.filed).kept()


class _Tallies:
    """How much the words of articles count, by names that say what it depends on; what is new is kept."""

    def __init__(self, store: Store, fingerprint: str) -> None:
        self._store = store
        self._fingerprint = fingerprint
        self._articles: dict[str, tuple[Card, Article]] = {}

    def name(self, card: Card, article: Article) -> str:
        """Return the name of an article's counts."""
        body = article.body
        name = digest((self._fingerprint, card.title, [one.text for one in body.contents], body.digest))
        self._articles[name] = (card, article)
        return name

    def kept(self) -> Iterator[str]:
        """Yield how the store calls them."""
        return map(_counts_of, self._articles)

    def complete(self, workers: Workers) -> None:
        """Have those counted that are not kept."""
        held = self._store.parts()
        missing = [name for name in self._articles if _counts_of(name) not in held]
        for done in workers.batches(self._encoded, missing, _MANY):
            counts = done.result or self._encoded(done.items)
            self._store.keep_parts(dict(zip(map(_counts_of, done.items), counts, strict=True)))

    def counts(self, name: str) -> Counts:
        """Return how much the words of an article count; what is damaged is counted anew."""
        known = decoded(self._store.part(_counts_of(name)), Counts)
        if known is None:
            known = self._counted(name)
            self._store.keep_parts({_counts_of(name): encode(known)})
        return known

    def _encoded(self, names: Sequence[str]) -> list[bytes]:
        return [encode(self._counted(name)) for name in names]

    def _counted(self, name: str) -> Counts:
        card, article = self._articles[name]
        given = read(article, self._store.blob)
        return counted(card.title, given.headings, given.text)


def _counts_of(name: str) -> str:
    return _kept_as("", f"{_COUNTS}{name}")


def read(article: Article, blob: Blob) -> Given:
    """Return an article with what it says, as one after which none may be filed."""
    from lwnindex.plaintext import plain_text
    from lwnindex.shelving import Given

    text = plain_text(decode(blob(article.body.digest), type=list[str]))
    return Given(article.card, tuple(one.text for one in article.body.contents), text, is_model=False)


def _names(catalog: Catalog) -> dict[Entry, tuple[str, ...]]:
    """Return the other names of topics, with all topics that are described."""
    names: dict[Entry, list[str]] = {entry: [] for entry in catalog.described if len(entry) > 1}
    for one in catalog.sees:
        if one.topic in names:
            names[one.topic].append(one.entry[-1])
    return {entry: tuple(sorted(set(own))) for entry, own in names.items()}
