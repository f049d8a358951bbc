"""Suggestions for an archive on disk: its words are counted once, and kept until a source changes.

They are kept in the store as a note, under the digest of all that they depend on: the sources, the
configuration and the program. While it holds, neither bodies nor what sources say are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from lwnindex import storing
from lwnindex.config import Found
from lwnindex.digest import decoded, digest, digest_bytes
from lwnindex.due import Days
from lwnindex.engine.store import Store
from lwnindex.gather import Gathered
from lwnindex.model import Article, Catalog, Entry, Parsed, Source, Value
from lwnindex.nearness import Given, Profile, Shelf, Space, shelf
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.suggest import Subject, Subjects, Suggestion, suggestions

if TYPE_CHECKING:
    from lwnindex.trial import Figures

_NOTE = "suggest"


class _Counted(Value, frozen=True, kw_only=True):
    """The words of an archive and its topics, under the digest of what they depend on, for some days."""

    key: str
    days: Days
    shelf: Shelf
    subjects: tuple[Subject, ...]


class Suggested(NamedTuple):
    """The article that was asked about, and what is proposed for it."""

    profile: Profile
    suggestions: tuple[Suggestion, ...]


def suggested(
    found: Found, name: str, number: int = 5, *, own: bool = False, options: Options | None = None
) -> Suggested:
    """Return so many entries for an article, which is named by its file or its id.

    Its `own` entries are among them only if asked for. It need not be in the archive, if there is a file.
    SiteError where there is no such article, or no word in it, or nothing is filed in the archive.
    """
    how = options or Options()

    def answered(gathered: Gathered, store: Store) -> Suggested:
        counted = _counted(gathered, store, how)
        space = Space(counted.shelf)
        _check_filed(counted.subjects)
        one = _named(gathered, space, name) or _outside(gathered, space, name)
        if one is None:
            raise _unknown(space, name)
        if not one.places:
            message = f"{one.file} holds no word that the archive knows: nothing can be suggested."
            raise SiteError(message, exit_code=1)
        return Suggested(one, suggestions(space, counted.subjects, one, number, own=own))

    return storing.gathered(found, how, answered)


def evaluated(
    found: Found, seeds: tuple[int, ...], share: float = 0.2, options: Options | None = None
) -> tuple[Figures, ...]:
    """Return how good suggestions are for the share of the filed articles that each seed holds out."""
    from lwnindex.trial import trial

    how = options or Options()

    def tried(gathered: Gathered, store: Store) -> tuple[Figures, ...]:
        counted = _counted(gathered, store, how)
        _check_filed(counted.subjects)
        space = Space(counted.shelf)
        return tuple(trial(space, seed, share) for seed in seeds)

    return storing.gathered(found, how, tried)


def _counted(gathered: Gathered, store: Store, options: Options) -> _Counted:
    """Return the words of the archive, from the store where they are those of its sources."""
    digests = _digests(gathered)
    key = digest((gathered.fingerprint, gathered.config, digests))
    known = decoded(store.noted(_NOTE), _Counted)
    if known and known.key == key and known.days.hold(gathered.today):
        return known
    made = _count(gathered, store, options, key)
    store.note(_NOTE, msgspec.msgpack.encode(made))
    if not gathered.is_all_known:
        gathered.remember({file: own for file, own, _ in digests})
    return made


def _digests(gathered: Gathered) -> list[tuple[str, str, str]]:
    """Return the sources by file with their digests and rules; what cannot be read has none."""
    return [(one.file, one.digest or _digest(gathered, one), one.rules) for one in gathered.sources.sources]


def _digest(gathered: Gathered, source: Source) -> str:
    try:
        return digest_bytes(gathered.read(source))
    except OSError:
        return ""


def _count(gathered: Gathered, store: Store, options: Options, key: str) -> _Counted:
    """Return the words of the archive, counted."""
    from lwnindex import due
    from lwnindex.engine.memo import Memo
    from lwnindex.pipeline import catalogued

    memo = Memo(store, options.hands("reading"))
    catalog, parsed = catalogued(gathered.inputs, memo, gathered.read, ahead=gathered.ahead)
    made = shelf(_given(catalog, parsed, store.blob), _names(catalog))
    space = Space(made)
    cards = [article.card for one in parsed for article in one.articles]
    days = due.days(cards, gathered.today, gathered.config.site.timezone)
    return _Counted(key=key, days=days, shelf=made, subjects=Subjects(space, space.filed).all())


def _given(catalog: Catalog, parsed: tuple[Parsed, ...], blob: Callable[[str], bytes]) -> Iterator[Given]:
    """Yield all articles; those that are not published, and translations, are none to file others after."""
    articles = [article for one in parsed for article in one.articles]
    models = set(catalog.order)
    for one, place in catalog.positions.items():
        yield _read(articles[place], blob, one in models)._replace(card=catalog.cards[one])
    published = set(catalog.positions.values())
    for place, article in enumerate(articles):
        if place not in published:
            yield _read(article, blob, is_model=False)


def _read(article: Article, blob: Callable[[str], bytes], is_model: bool) -> Given:
    from lwnindex.plaintext import plain_text

    text = plain_text(msgspec.msgpack.decode(blob(article.body.digest), type=list[str]))
    return Given(article.card, tuple(one.text for one in article.body.contents), text, is_model)


def _names(catalog: Catalog) -> dict[Entry, tuple[str, ...]]:
    """Return the other names of topics, with all topics that are described."""
    names: dict[Entry, list[str]] = {entry: [] for entry in catalog.described if len(entry) > 1}
    for one in catalog.sees:
        if one.topic in names:
            names[one.topic].append(one.entry[-1])
    return {entry: tuple(sorted(set(own))) for entry, own in names.items()}


def _check_filed(subjects: tuple[Subject, ...]) -> None:
    if not subjects:
        raise SiteError(
            "no article of the archive has index entries, so there is nothing to suggest.", exit_code=1
        )


def _named(gathered: Gathered, space: Space, name: str) -> Profile | None:
    """Return the article of this id or file, or of this file's name without the ending."""
    ways: tuple[Callable[[Profile], bool], ...] = (
        lambda one: one.id == name,
        lambda one: name in (one.file, one.path),
        lambda one: _stands(gathered, one) == Path(name).resolve(),
        lambda one: PurePosixPath(one.path).stem == name,
    )
    for way in ways:
        one = next(filter(way, space.profiles), None)
        if one:
            return one
    return None


def _stands(gathered: Gathered, one: Profile) -> Path | None:
    place = gathered.sources.places.get(one.file)
    return Path(place).resolve() if place else None


def _outside(gathered: Gathered, space: Space, name: str) -> Profile | None:
    """Return the article of a file that is not in the archive, read as its articles are."""
    place = Path(name)
    if not place.is_file():
        return None
    from lwnindex.parse import parse
    from lwnindex.reading import readings

    try:
        content = place.read_bytes()
    except OSError as error:
        raise SiteError(f"{name} cannot be read: {error.strerror or error}.") from error
    source = Source(file=name, path=place.name, digest=digest_bytes(content))
    parsed, blobs = parse(source, content, readings(gathered.config)[""])
    if not parsed.articles:
        raise SiteError(f"{name} holds no article.", exit_code=2)
    return space.with_words(_read(parsed.articles[0], blobs.__getitem__, is_model=False))


def _unknown(space: Space, name: str) -> SiteError:
    from difflib import get_close_matches

    known = [*(one.id for one in space.profiles), *(one.path for one in space.profiles)]
    close = list(dict.fromkeys(get_close_matches(name, known, n=3)))
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return SiteError(f'there is no article "{name}", nor a file of this name.{meant}', exit_code=2)
