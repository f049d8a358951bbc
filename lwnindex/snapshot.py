"""What a finished build leaves for the next: what its sources said to index and link, and what shows a body.

Where no source says anything else to them than last time, the catalog, the views and all keys are those of
last time; a body that changed concerns the pages that show it, and nothing else. Pure values and functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.digest import digest, digest_bytes
from lwnindex.due import Days
from lwnindex.feedviews import FeedView, is_fed
from lwnindex.indexviews import TopicView
from lwnindex.model import Body, Parsed, Problem, Source, Value
from lwnindex.viewmodel import AnyView, SiteView


class Snapshot(Value, frozen=True, kw_only=True):
    """The figures and problems of a build, and the digests of its circumstances and of its sources.

    `circumstances` are all that it depends on but the sources. `read` are the problems met in parsing, with
    `counts` of the rules applied there; `linked` are those of index and link. `pages` counts all files,
    `feeds` those of feeds by kind. `shared` are the digests of bodies that several sources hold. On each of
    the `days` the site is the same.
    """

    circumstances: str
    site: SiteView
    sources: str
    articles: int
    topics: int
    pages: int
    read: tuple[Problem, ...] = ()
    linked: tuple[Problem, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    feeds: tuple[tuple[str, int], ...] = ()
    shared: tuple[str, ...] = ()
    days: Days = Days()


class Said(Value, frozen=True, kw_only=True):
    """What a source was (the digest of its bytes), and what it said to index and link (one more digest)."""

    source: str
    outline: str


class Shown(Value, frozen=True, kw_only=True):
    """What making a page tells: its dead links, the digests of the bodies in it and that of its view.

    `encoded` is the view in msgpack where it holds bodies; such views are kept, to be revised.
    """

    dead: tuple[Problem, ...] = ()
    bodies: tuple[str, ...] = ()
    view: str = ""
    encoded: bytes = b""


class SearchNote(Value, frozen=True, kw_only=True):
    """What the search is made of: the months with the keys of what they hold, the bytes of keys, shards."""

    months: tuple[tuple[str, str], ...]
    sizes: dict[str, int]
    shards: tuple[str, ...]


Showing = dict[str, tuple[tuple[str, str], ...]]
"""By the digest of each body that a source holds: the paths that show it, with the digests of their views."""


def sources_digest(digests: Iterable[tuple[str, str]]) -> str:
    """Return the digest of all sources, given as (file, digest) in order."""
    return digest(list(digests))


def said(parsed: Parsed) -> Said:
    """Return what a source was and said."""
    return Said(source=parsed.digest, outline=parsed.outline)


def outline(parsed: Parsed) -> str:
    """Return the digest of all that `index` and `link` make something of, problems and line numbers apart."""
    articles = [
        (replace(one.card, entry_lines=()), _frame(one.body), is_fed(one), one.badges, one.original)
        for one in parsed.articles
    ]
    pages = [(replace(one, body=_NO_BODY), _frame(one.body), one.body.teaser) for one in parsed.pages]
    return digest((articles, pages, parsed.topics))


_NO_BODY = Body(digest="")


def _frame(body: Body) -> tuple[object, ...]:
    """Return what of a body has a bearing on other pages, or on its links."""
    return body.hrefs, body.images, body.anchors


def changed(before: Mapping[str, Said], sources: Sequence[Source]) -> list[Source] | None:
    """Return the sources that are not what they were; None where there are other files than before."""
    if len(before) != len(sources) or any(one.file not in before for one in sources):
        return None
    return [one for one in sources if one.digest != before[one.file].source]


def counts_of(parsed: Iterable[Parsed]) -> Counter[str]:
    """Return how often each rule was applied, drafts among them."""
    found: Counter[str] = Counter()
    for one in parsed:
        found.update(dict(one.counts))
        found["draft"] += sum(article.card.draft for article in one.articles)
        found["draft"] += sum(page.draft for page in one.pages)
    return found


def revised_counts(
    counts: Iterable[tuple[str, int]], old: Parsed, new: Parsed
) -> tuple[tuple[str, int], ...]:
    """Return the counts of a build in which one source is read anew."""
    found = Counter(dict(counts))
    found.subtract(counts_of([old]))
    found.update(counts_of([new]))
    return tuple(sorted(found.items()))


def bodies(parsed: Parsed) -> list[Body]:
    """Return the bodies that a source holds."""
    notes = (one.note for one in parsed.topics if one.note.digest)
    return [*(one.body for one in parsed.articles), *(one.body for one in parsed.pages), *notes]


def revised(view: AnyView, new: Mapping[str, Body]) -> AnyView:
    """Return a view with other bodies, given by the digests of those that they stand for."""
    if isinstance(view, FeedView):
        entries = (
            replace(one, body=new[one.body].digest) if one.body in new else one for one in view.entries
        )
        return replace(view, entries=tuple(entries))
    if isinstance(view, ArticleView):
        body = new[view.body]
        return replace(view, body=body.digest, contents=body.contents, words=body.words)
    if isinstance(view, PlainView):
        body = new[view.body]
        return replace(view, body=body.digest, contents=body.contents)
    if isinstance(view, TopicView):
        return replace(view, body=new[view.body].digest)
    return view


def shown(view: AnyView, dead: Iterable[Problem], encoded: bytes = b"") -> Shown:
    """Return what making a page tells; `encoded` is its view in msgpack, if that is at hand."""
    found: tuple[str, ...] = ()
    if isinstance(view, ArticleView | PlainView):
        found = (view.body,)
    elif isinstance(view, TopicView):
        found = (view.body,) if view.body else ()
    elif isinstance(view, FeedView):
        found = tuple(one.body for one in view.entries if one.body)
    if not found:
        return Shown(dead=tuple(dead))
    whole = written(view, encoded)
    return Shown(dead=tuple(dead), bodies=found, view=digest_bytes(whole), encoded=whole)


def written(view: AnyView, encoded: bytes = b"") -> bytes:
    """Return a view with bodies as bytes, its kind before its msgpack."""
    return type(view).__name__.encode() + b"\n" + (encoded or msgspec.msgpack.encode(view))


def read(written: bytes) -> AnyView:
    """Return a written view; ValueError where the bytes are none."""
    kind, _, content = written.partition(b"\n")
    decoder = _DECODERS.get(kind)
    if decoder is None:
        raise ValueError(f"no view is a {kind!r}")
    return decoder.decode(content)


def reshown(
    before: Showing, pages: Mapping[str, Shown], paths: Container[str], held: Iterable[str]
) -> Showing:
    """Return which pages show which body after some were made anew; `held` are the bodies that there are now.

    Pages that are not among `paths` are gone.
    """
    found: dict[str, list[tuple[str, str]]] = {body: [] for body in held}
    for body, places in before.items():
        if body in found:
            found[body] += [place for place in places if place[0] not in pages and place[0] in paths]
    for path, one in pages.items():
        for body in one.bodies:
            found.setdefault(body, []).append((path, one.view))
    return {body: tuple(places) for body, places in found.items()}


def shared(bodies: Iterable[str]) -> tuple[str, ...]:
    """Return the bodies that several sources hold; `bodies` are those of each in turn."""
    return tuple(sorted(body for body, count in Counter(bodies).items() if count > 1))


_DECODERS: dict[bytes, msgspec.msgpack.Decoder[ArticleView | PlainView | TopicView | FeedView]] = {
    kind.__name__.encode(): msgspec.msgpack.Decoder(kind)
    for kind in (ArticleView, PlainView, TopicView, FeedView)
}
decode_shown = msgspec.msgpack.Decoder(Shown).decode
