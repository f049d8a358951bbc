"""The feeds that a configuration names become article files, below `feeds/NAME` of the first content folder.

Several feeds are asked at once, those of one host one after the other; what they hold is written in the order
of the configuration. One that fails stops no other. What a feed drops stays, and so does what an editor
changed.
"""

from __future__ import annotations

import html
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from lwnindex import names
from lwnindex.articlefile import revised, written
from lwnindex.config import Found
from lwnindex.contentfiles import is_inside, put, text_of
from lwnindex.digest import digest
from lwnindex.helditems import Held, as_written, link_key
from lwnindex.lock import PATIENCE, held, unheard
from lwnindex.model import Manuscript, Problem
from lwnindex.problems import SiteError, sentence
from lwnindex.readers import feed as reader
from lwnindex.readers.feed import Item
from lwnindex.readers.items import item_id
from lwnindex.readers.posts import Said, plain
from lwnindex.reading import Reading, reading
from lwnindex.settings import FeedSettings, SourceSettings
from lwnindex.web import Answer, Known, Web, WebError
from lwnindex.webtext import in_utf8

FOLDER = "feeds"
"""The folder of all feeds below the first content folder."""

_STATE = "feeds.json"
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_AT_ONCE = 4
_HELD = 16
"""How many answers there may be at most that nobody has read yet: one may have 16 MiB."""
_LONGEST_SUMMARY = 700
_OFFERED = 3
"""How many of the feeds that a page names are told."""
_LONGEST_WAIT = 7 * 86_400


class Order(NamedTuple):
    """What to do: the feeds that are asked, all if none is named, and whether anything is written.

    A feed that is named is asked though it is gone, or asked to be left alone for a while. `now` are seconds
    since 1970.
    """

    names: tuple[str, ...] = ()
    dry_run: bool = False
    waiting: Callable[[str], None] = unheard
    patience: float = PATIENCE
    now: Callable[[], float] = time.time


ALL = Order()


class Fed(NamedTuple):
    """What became of one feed: `news` is a sentence for people, and `counts` are those of its items.

    `state` is "read", "unchanged", "skipped" or "failed".
    """

    name: str
    url: str
    state: str
    news: tuple[str, ...] = ()
    counts: Mapping[str, int] = {}


class Report(NamedTuple):
    """What became of all feeds, in the order of the configuration."""

    feeds: tuple[Fed, ...]

    def count(self, what: str) -> int:
        """Return how many feeds have this state, or how many items have it."""
        return sum((one.state == what) + one.counts.get(what, 0) for one in self.feeds)


class State(msgspec.Struct, frozen=True):
    """What is known of a feed since it was asked last; `rules` are those by which it was read."""

    etag: str = ""
    modified: str = ""
    rules: str = ""
    gone: str = ""
    not_before: float = 0


def fetch(found: Found, web: Web, order: Order = ALL) -> Report:
    """Return what became of the feeds; SiteError where none is named, or one that there is not."""
    chosen = _chosen(named_feeds(found.config.feeds), order.names)
    folder = found.root / found.config.content[0] / FOLDER
    if order.dry_run:
        return _fetched(found, chosen, web, order, folder)
    with held({"content": folder}, order.patience, order.waiting, "fetch"):
        return _fetched(found, chosen, web, order, folder)


def named_feeds(feeds: Sequence[FeedSettings]) -> dict[str, FeedSettings]:
    """Return the feeds by the names of their folders: those that they have, or their hosts."""
    plain_names = [one.name or (urlsplit(one.url).hostname or "feed").removeprefix("www.") for one in feeds]
    segments = names.distinct(
        (names.segment(name), one.url) for name, one in zip(plain_names, feeds, strict=True)
    )
    return dict(zip(segments, feeds, strict=True))


def _chosen(feeds: Mapping[str, FeedSettings], wanted: Sequence[str]) -> dict[str, FeedSettings]:
    if not feeds:
        raise SiteError('the configuration names no feed. Add one: [[feeds]] url = "https://..."', 2)
    strange = [name for name in wanted if not any(_is_called(name, *each) for each in feeds.items())]
    if strange:
        raise SiteError(f'there is no feed "{strange[0]}". There are: {", ".join(feeds)}.', 2)
    return {
        name: one
        for name, one in feeds.items()
        if not wanted or any(_is_called(each, name, one) for each in wanted)
    }


def _is_called(name: str, folder: str, feed: FeedSettings) -> bool:
    return name in (folder, feed.name, feed.url)


# Asking ------------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """A feed, what was known of it, and what asking brought: an answer, an error, or why nobody asked."""

    name: str
    feed: FeedSettings
    rules: Reading
    state: State
    said: Answer | WebError | str


def _fetched(found: Found, feeds: Mapping[str, FeedSettings], web: Web, order: Order, folder: Path) -> Report:
    store = found.root / found.config.store / _STATE
    states = _states(store)
    files = Held(folder)
    turns: dict[str, threading.Lock] = defaultdict(threading.Lock)
    for one in feeds.values():
        turns[urlsplit(one.url).netloc]

    def asked(each: tuple[str, FeedSettings]) -> _Asked:
        name, feed = each
        rules = rules_of(found, name, feed)
        state = states.get(feed.url, State())
        is_known = files.has(name) and state.rules == _digest(rules, feed)
        known = Known(state.etag, state.modified) if is_known else Known()
        with turns[urlsplit(feed.url).netloc]:
            return _Asked(name, feed, rules, state, _said(web, feed, state, known, order))

    fed, every = [], list(feeds.items())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        some = (pool.map(asked, every[at : at + _HELD]) for at in range(0, len(every), _HELD))
        for each in chain.from_iterable(some):
            done, state = _taken(each, files, order)
            states[each.feed.url] = state
            why = "" if order.dry_run else _noted(store, states)
            fed.append(done._replace(state="failed", news=(*done.news, why)) if why else done)
    return Report(tuple(fed))


def rules_of(found: Found, name: str, feed: FeedSettings) -> Reading:
    """Return the rules by which the items of a feed are read."""
    source = SourceSettings(
        path=f"{FOLDER}/{name}",
        index=feed.index or {},
        entries=feed.entries,
        categories=feed.categories,
        url=feed.url,
        lang=feed.lang,
    )
    return reading(found.config, source)


def _states(store: Path) -> dict[str, State]:
    """Return what earlier runs noted; without it every feed is asked once as if it were new."""
    try:
        return msgspec.json.decode(store.read_bytes(), type=dict[str, State])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _noted(store: Path, states: Mapping[str, State]) -> str:
    """Write down what is known of the feeds; return why that could not be, if so."""
    try:
        put(store, msgspec.json.format(msgspec.json.encode(states), indent=1))
    except OSError as error:
        return (
            f"{store} cannot be written: {error.strerror or error}. Make room, or name another: --store DIR."
        )
    return ""


def _said(web: Web, feed: FeedSettings, state: State, known: Known, order: Order) -> Answer | WebError | str:
    """Return what a feed's server says, or why it was not asked."""
    if state.gone and not order.names:
        return f"it is gone since {state.gone}. Remove it from the configuration."
    if state.not_before > order.now() and not order.names:
        until = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(state.not_before))
        return f"its server asked to be left alone until {until}."
    try:
        return web.get(feed.url, known, _ACCEPT)
    except WebError as error:
        return error


def _digest(rules: Reading, feed: FeedSettings) -> str:
    return digest([rules, feed.keep])


# Taking in ---------------------------------------------------------------------------------------


def _taken(one: _Asked, files: Held, order: Order) -> tuple[Fed, State]:
    """Return what became of a feed, and what is to be known of it from now on."""
    state, said = one.state, one.said
    if isinstance(said, str):
        return Fed(one.name, one.feed.url, "skipped", (said,)), state
    if isinstance(said, WebError):
        return Fed(one.name, one.feed.url, "failed", (str(said),)), _after(said, state, order.now())
    moved = (f"it moved for good. Write its new address: {said.moved}",) if said.moved else ()
    if said.content is None:
        return Fed(one.name, one.feed.url, "unchanged", moved), _seen(state)
    try:
        return _read(one, said, files, order, moved)
    except OSError as error:
        why = f"{error.filename or one.name} cannot be written: {error.strerror or error}."
        return Fed(one.name, one.feed.url, "failed", (why,)), state


def _after(error: WebError, state: State, now: float) -> State:
    if error.is_gone:
        return State(gone=time.strftime("%Y-%m-%d", time.gmtime(now)))
    wait = min(error.wait or 0, _LONGEST_WAIT)
    return msgspec.structs.replace(_seen(state), not_before=now + wait if wait else 0)


def _seen(state: State) -> State:
    return msgspec.structs.replace(state, gone="", not_before=0)


def _read(
    one: _Asked, answer: Answer, files: Held, order: Order, moved: tuple[str, ...]
) -> tuple[Fed, State]:
    found = reader.feed(in_utf8(answer), one.name, one.rules)
    told = _no_feed(answer, found.problems) or tuple(map(sentence, found.problems))
    news = (*moved, *told)
    if found.problems and not found.items:
        return Fed(one.name, one.feed.url, "failed", news), one.state
    counts: Counter[str] = Counter()
    for item in _called(found.items):
        done, more = _written(one, item, files, order.dry_run)
        counts[done] += 1
        news += more
    state = State(answer.known.etag, answer.known.modified, _digest(one.rules, one.feed))
    return Fed(one.name, one.feed.url, "read", news, dict(counts)), state


def _no_feed(answer: Answer, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Return what to tell of an answer that is no feed, if it is none."""
    codes = {one.code for one in problems}
    if "empty" in codes:
        return (f"{answer.url}: the answer is empty. Check the address, or try again later.",)
    if "not-read" not in codes:
        return ()
    feeds = tuple(dict.fromkeys(reader.offered(in_utf8(answer), answer.url)))[:_OFFERED]
    what = f' but "{answer.kind[:60]}"' if answer.kind else ""
    way = f"Its page names this: {' or '.join(feeds)}" if feeds else "Look for the address of its feed."
    return (f"{answer.url}: what stands there is no feed{what}. {way}",)


def _called(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, each with something that it will be known by: its guid, an address that it alone has.

    One that has neither is called by its title and date, so it is the same one when it is asked for again.
    """
    shared = Counter(link_key(item.link) for item in items)
    numbers: Counter[str] = Counter()
    for item in items:
        key = link_key(item.link)
        known = item if key and shared[key] == 1 else item._replace(link="")
        if not any(as_written(known)):
            own = f"item:{item_id(item.manuscript.title, item.manuscript.date)}"
            numbers[own] += 1
            known = known._replace(guid=own if numbers[own] == 1 else f"{own}:{numbers[own]}")
        yield known


def _written(one: _Asked, item: Item, files: Held, dry_run: bool) -> tuple[str, tuple[str, ...]]:
    """Write an item where it stands, or anew; return what became of it, and what to tell of it."""
    news = tuple(map(sentence, item.manuscript.problems))
    manuscript = _kept_of(item.manuscript, one.feed.keep)
    place = files.place_of(one.name, item)
    text = written(manuscript, item.guid, one.rules.slash_names)
    if place is None:
        why = _added(files.add(one.name, item), text, files.folder, dry_run)
        return ("kept", why) if why else ("new", news)
    old = text_of(place)
    if files.is_elsewhere(one.name, place) or old is None:
        return "same", ()
    revision = revised(old, text)
    if revision is None:
        return "kept", ()
    if revision.text == old.removeprefix("\ufeff").replace("\r\n", "\n"):
        return "same", ()
    if not dry_run:
        put(place, revision.text.encode("utf-8", "surrogateescape"))
    if not revision.kept:
        return "changed", news
    what = ", ".join(revision.kept)
    return "kept", (*news, f"{place}: the feed has another version of what you edited: {what}.")


def _added(place: Path, text: str, folder: Path, dry_run: bool) -> tuple[str, ...]:
    """Write a new file, and return nothing, or why it was not written."""
    if not is_inside(place, folder):
        return (f"{place}: a link leads out of the folder of feeds; nothing is written there.",)
    if not dry_run:
        put(place, text.encode("utf-8", "surrogatepass"))
    return ()


def _kept_of(found: Manuscript, keep: str) -> Manuscript:
    """Return what of an item is kept."""
    if keep == "summary":
        short = found.summary or plain(Said(found.text, is_html=True))[:_LONGEST_SUMMARY]
        found = msgspec.structs.replace(
            found, text=f"<p>{html.escape(short, quote=False)}</p>" if short else "", summary=""
        )
    return found
