"""The addresses of the web that a site links to: asked politely, and remembered.

Several hosts are asked at once, each for one address after the other, with a pause between them and only for
what its robots.txt allows. What each answered stands in the store at once, so an interrupted run loses
nothing; it is asked again after days, or the next day where something was amiss.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec

from lwnindex.checking.findings import Finding, Sighting
from lwnindex.contentfiles import put
from lwnindex.problems import problem
from lwnindex.robots import ALL, LARGEST, Robots, robots
from lwnindex.settings import CheckSettings
from lwnindex.web import Limits, Web, WebError

FILE = "outbound.jsonl"
LIMITS = Limits(total=20.0, retries=0, size=LARGEST)
AT_ONCE = 8
PAUSE = 1.0
"""Seconds between two questions to a host, at least."""

_GONE = frozenset((404, 410))
_SERVERS = 500
_PATIENCE = 3
"""Failures on so many days make an address dead."""

_LONGEST_WAIT = 20.0
_MOST_DAYS = 60
_SPARE = 1000
"""Lines that are no longer needed before the file is written anew."""

State = Literal["found", "gone", "failed", "kept-out"]


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an address answered on a day; `since` is the first of `times` days that it failed.

    `moved` is where it is now, `said` the sentence of a failure; before the day `again` it is not asked.
    """

    url: str
    day: str
    state: State
    said: str = ""
    moved: str = ""
    since: str = ""
    times: int = 0
    again: str = ""


class Order(NamedTuple):
    """How addresses are asked: on which day, by what settings, and how long is waited between questions."""

    today: str
    settings: CheckSettings
    pause: float = PAUSE
    at_once: int = AT_ONCE
    progress: Callable[[str, int, int], None] | None = None
    sleep: Callable[[float], None] = time.sleep


class Report(NamedTuple):
    """What became of all addresses: how many were asked now, were `known`, are `left` for another run."""

    findings: tuple[Finding, ...]
    asked: int = 0
    known: int = 0
    left: int = 0


def ask(outward: Mapping[str, Sighting], store: Path, web: Web, order: Order) -> Report:
    """Return what became of the addresses, each with the place where it is linked first."""
    book = Book(store / FILE)
    wanted = [url for url in outward if not _is_skipped(url, order.settings.skip)]
    due = [url for url in wanted if _is_due(book.answers.get(url), order)]
    asked = 0
    for one in _answers(due, web, order):
        book.add(_counted(one, book.answers.get(one.url)))
        asked += 1
        if order.progress:
            order.progress("asking", asked, len(due))
    book.close(outward, order)
    found = [each for url in wanted for each in _findings(book.answers.get(url), outward[url])]
    told = tuple(one for one in found if one.problem.code not in order.settings.ignore)
    left = sum(url not in book.answers for url in wanted)
    return Report(told, asked, len(wanted) - asked - left, left)


def _is_skipped(url: str, skip: Iterable[str]) -> bool:
    """Tell whether an address is not to be asked, or is one of no host."""
    return any(url.startswith(one) for one in skip) or not _host(url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _is_due(known: Answer | None, order: Order) -> bool:
    if known is None or known.day > order.today:
        return True
    days = order.settings.external_days if known.state in ("found", "kept-out") else 1
    return order.today >= max(_later(known.day, days), known.again)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _counted(one: Answer, before: Answer | None) -> Answer:
    """Return an answer with the number of days on which the address has failed."""
    if one.state != "failed":
        return one
    has_failed = before is not None and before.state == "failed"
    times = before.times + (before.day != one.day) if before and has_failed else 1
    since = before.since if before and has_failed else one.day
    return msgspec.structs.replace(one, since=since, times=times)


# What is told ------------------------------------------------------------------------------------


def _findings(known: Answer | None, where: Sighting) -> Iterator[Finding]:
    """Yield what is wrong with an address."""
    if known is None or (known.state in ("found", "kept-out") and not known.moved):
        return
    if known.moved:
        message, fix = f"{known.url} has moved for good.", f"Write {known.moved} instead."
        code = "moved-address"
    elif known.state == "gone" or known.times >= _PATIENCE:
        since = f" It has failed since {known.since}." if known.since else ""
        code, message = "dead-address", f"{known.said}{since}"
        fix = "Link to where it is now, or to a copy in a web archive."
    else:
        code, message, fix = "no-answer", known.said, "Try it in a browser; it is asked again tomorrow."
    yield Finding(problem(code, where.file, where.line, message, fix), where.page, where.pages)


# What is remembered ------------------------------------------------------------------------------


class Book:
    """What addresses have answered, in a file to which each answer is added as it comes."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.answers: dict[str, Answer] = {}
        self._lines = 0
        for line in _lines(place):
            self._lines += 1
            try:
                one = msgspec.json.decode(line, type=Answer)
                date.fromisoformat(one.day)
            except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
                continue
            self.answers[one.url] = one

    def add(self, one: Answer) -> None:
        """Keep an answer; where it has no room on disk, this run knows it all the same."""
        self.answers[one.url] = one
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            with self._place.open("ab") as file:
                # A line that a killed run began would take this one with it.
                file.write(b"\n" + msgspec.json.encode(one) + b"\n")
        except OSError:
            return
        self._lines += 1

    def close(self, wanted: Mapping[str, object], order: Order) -> None:
        """Write the file anew where most of it is of no more use: old answers, of links that are gone."""
        since = _later(order.today, -max(_MOST_DAYS, order.settings.external_days))
        kept = {url: one for url, one in self.answers.items() if url in wanted or one.day >= since}
        if self._lines > 2 * len(kept) + _SPARE:
            try:
                put(self._place, b"".join(msgspec.json.encode(one) + b"\n" for one in kept.values()))
            except OSError:
                return
            self._lines = len(kept)


def _lines(place: Path) -> list[bytes]:
    try:
        return [line for line in place.read_bytes().split(b"\n") if line]
    except OSError:
        return []


# Asking ------------------------------------------------------------------------------------------


def _answers(urls: Iterable[str], web: Web, order: Order) -> Iterator[Answer]:
    """Yield the answers as they come; some addresses may have none.

    The threads end with the program: who interrupts it does not wait for a server.
    """
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[_host(url)].append(url)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for host in sorted(hosts):
        waiting.put(hosts[host])
    heard: queue.SimpleQueue[Answer | BaseException | None] = queue.SimpleQueue()
    count = min(order.at_once, len(hosts))
    for _ in range(count):
        threading.Thread(target=_work, args=(waiting, heard, web, order), daemon=True).start()
    while count:
        one = heard.get()
        if isinstance(one, BaseException):
            raise one
        count -= one is None
        if one is not None:
            yield one


def _work(
    waiting: queue.SimpleQueue[list[str]],
    heard: queue.SimpleQueue[Answer | BaseException | None],
    web: Web,
    order: Order,
) -> None:
    """Ask host by host until none is left."""
    try:
        while True:
            for one in _of_host(waiting.get_nowait(), web, order):
                heard.put(one)
    except queue.Empty:
        heard.put(None)
    except BaseException as error:  # noqa: BLE001 - it is raised where the answers are heard
        heard.put(error)


def _of_host(urls: list[str], web: Web, order: Order) -> Iterator[Answer]:
    """Yield the answers of the addresses of a host, as far as it wants to be asked."""
    try:
        rules = _rules(urls[0], web)
    except WebError as error:
        asked = _robots_of(urls[0])
        for url in urls:
            failed = _failed(url, error, order)
            yield msgspec.structs.replace(failed, state="failed", said=failed.said.replace(asked, url, 1))
        return
    for url in urls:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not rules.allow(path):
            yield Answer(url=url, day=order.today, state="kept-out")
            continue
        order.sleep(max(order.pause, rules.pause))
        one, wait = _asked(url, web, order)
        yield one
        if wait > _LONGEST_WAIT:
            return


def _rules(url: str, web: Web) -> Robots:
    """Return what a host asks of us; WebError where it cannot be asked, or is out of order."""
    try:
        answer = web.get(_robots_of(url), accept="text/plain, */*;q=0.5")
    except WebError as error:
        if 0 < error.status < _SERVERS or "too large" in str(error):
            return ALL
        raise
    return robots((answer.content or b"").decode("utf-8", "replace"))


def _robots_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _asked(url: str, web: Web, order: Order) -> tuple[Answer, float]:
    """Return what an address answers, and the seconds that its host then wants to be left alone."""
    for is_last in (False, True):
        try:
            found = web.reach(url)
        except WebError as error:
            wait = error.wait or 0.0
            if is_last or not 0 < wait <= _LONGEST_WAIT:
                return _failed(url, error, order), wait
            order.sleep(wait)
        else:
            moved = found.moved if found.moved.rstrip("/") != url.rstrip("/") else ""
            return Answer(url=url, day=order.today, state="found", moved=moved), 0.0
    raise AssertionError


def _failed(url: str, error: WebError, order: Order) -> Answer:
    state: State = "gone" if error.is_gone or error.status in _GONE else "failed"
    days = min(int((error.wait or 0) // 86_400) + 1, _MOST_DAYS)
    return Answer(url=url, day=order.today, state=state, said=str(error), again=_later(order.today, days))
