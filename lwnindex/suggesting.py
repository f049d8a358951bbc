"""Suggestions for an archive on disk: an article is found there by its name, or stands outside of it.

While the words that are kept of the archive hold, neither bodies nor what sources say are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lwnindex import storing
from lwnindex.config import Found
from lwnindex.counting import read, with_words
from lwnindex.engine.store import Store
from lwnindex.gather import Gathered
from lwnindex.nearness import Space
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.shelf import Profile
from lwnindex.subjects import Drawers
from lwnindex.suggest import Suggestion, suggestions

if TYPE_CHECKING:
    from lwnindex.trial import Figures

T = TypeVar("T")


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

    def answered(gathered: Gathered, space: Space, drawers: Drawers) -> Suggested:
        _check_filed(drawers)
        one = _named(gathered, space, name) or _outside(gathered, space, name)
        if one is None:
            raise _unknown(space, name)
        if not space.is_known(one):
            message = f"{one.file} holds no word that the archive knows: nothing can be suggested."
            raise SiteError(message, exit_code=1)
        return Suggested(one, suggestions(space, drawers, one, number, own=own))

    return _asked(found, options or Options(), answered)


def evaluated(
    found: Found, seeds: tuple[int, ...], share: float = 0.2, options: Options | None = None
) -> tuple[Figures, ...]:
    """Return how good suggestions are for the share of the filed articles that each seed holds out."""
    from lwnindex.trial import trial

    def tried(_: Gathered, space: Space, drawers: Drawers) -> tuple[Figures, ...]:
        _check_filed(drawers)
        return tuple(trial(space, seed, share) for seed in seeds)

    return _asked(found, options or Options(), tried)


def _asked(found: Found, options: Options, answer: Callable[[Gathered, Space, Drawers], T]) -> T:
    """Return what is made of the words of the archive."""

    def answered(gathered: Gathered, store: Store) -> T:
        return with_words(gathered, store, options, partial(answer, gathered))

    return storing.gathered(found, options, answered)


def _check_filed(drawers: Drawers) -> None:
    if not drawers.kept.entries:
        raise SiteError(
            "no article of the archive has index entries, so there is nothing to suggest.", exit_code=1
        )


def _named(gathered: Gathered, space: Space, name: str) -> Profile | None:
    """Return the article of this id or file, or of this file's name without the ending."""
    known = space.shelf.articles
    for places in (
        _where(known.ids, name),
        chain(_where(known.files, name), _where(known.paths, name)),
        _standing(gathered, known.files, Path(name)),
        (
            place
            for place, path in enumerate(known.paths)
            if name in path and PurePosixPath(path).stem == name
        ),
    ):
        place = min(places, default=None)
        if place is not None:
            return space.shelf.profile(place)
    return None


def _where(names: Sequence[str], name: str) -> Iterator[int]:
    """Yield the first place of a name, if it is there."""
    if name in names:
        yield names.index(name)


def _standing(gathered: Gathered, files: Sequence[str], name: Path) -> Iterator[int]:
    """Yield the places of articles whose file is this one."""
    try:
        inode, place = name.stat().st_ino, name.resolve()
    except OSError:
        return
    stats, stands = gathered.sources.stats, gathered.sources.places
    for number, file in enumerate(files):
        # Links are followed for those files alone that may be the one: that takes longer than all else.
        may_be = file in stands and (file not in stats or stats[file][-1] == inode)
        if may_be and Path(stands[file]).resolve() == place:
            yield number


def _outside(gathered: Gathered, space: Space, name: str) -> Profile | None:
    """Return the article of a file that is not in the archive, read as its articles are."""
    place = Path(name)
    if not _is_file(place):
        return None
    from lwnindex.digest import digest_bytes
    from lwnindex.model import Source
    from lwnindex.parse import parse
    from lwnindex.reading import readings

    try:
        content = place.read_bytes()
    except OSError as error:
        raise SiteError(f"{name} cannot be read: {error.strerror or error}.") from error
    source = Source(file=name, path=place.name, digest=digest_bytes(content))
    parsed, blobs = parse(source, content, readings(gathered.config)[""], gathered.plugins.readers)
    if not parsed.articles:
        raise SiteError(f"{name} holds no article.", exit_code=2)
    return space.with_words(read(parsed.articles[0], blobs.__getitem__))


def _is_file(place: Path) -> bool:
    """Tell whether a file stands at a place; at one that cannot be, as of too long a name, none does."""
    try:
        return place.is_file()
    except OSError:
        return False


def _unknown(space: Space, name: str) -> SiteError:
    from difflib import get_close_matches

    known = [*space.shelf.articles.ids, *space.shelf.articles.paths]
    close = list(dict.fromkeys(get_close_matches(name, known, n=3)))
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return SiteError(f'there is no article "{name}", nor a file of this name.{meant}', exit_code=2)
