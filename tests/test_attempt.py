"""A source is parsed as it is written, or as plain text, or named; what is not as written is never kept."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest

from lwnindex.attempt import Attempt, Rules
from lwnindex.digest import digest_bytes
from lwnindex.engine.limits import Bounds, Guard, Limits
from lwnindex.engine.memo import Outcome
from lwnindex.model import Parsed, Source
from lwnindex.reading import Reading, readings
from lwnindex.settings import Config

BRIEF = Bounds(Limits(0.1, patience=0.3), Limits(0.1, patience=0.3))
TEXT = b"""---
title: One
date: 2020-01-02
authors: [Desk]
entries: [Kernel/BPF]
---
Words, *not* a <b>tag</b>.
"""
READING = readings(Config())[""]


def loop() -> None:
    while True:
        pass


def wait() -> None:
    time.sleep(1_000_000)


def fail() -> None:
    raise ZeroDivisionError("by 0")


def starve() -> None:
    raise MemoryError


def leave() -> None:
    """Do what an extension does that takes itself for a program; a panic of Rust is no Exception either."""
    sys.exit(5)


def dig() -> None:
    dig()


def attempt(
    fault: Callable[[], object] = fail, times: int = 0, content: bytes = TEXT, reading: Reading = READING
) -> Attempt:
    """Return what parses sources, of which reading the first so many times goes wrong."""
    turns: Iterator[int] = iter(range(times))

    def read(source: Source) -> bytes:
        if next(turns, None) is not None:
            fault()
        return content

    return Attempt(read, {"": Rules(reading, "r")}, BRIEF, Guard())


def source(path: str = "one.md") -> Source:
    return Source(file=f"content/{path}", path=path, digest="")


def parsed(outcome: Outcome) -> Parsed:
    assert outcome.value
    return msgspec.msgpack.decode(outcome.value, type=Parsed)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one.severity, one.code) for one in parsed(outcome).problems]


def body(outcome: Outcome) -> str:
    """Return the HTML of the only body, without its links."""
    (blob,) = outcome.blobs.values()
    return "".join(msgspec.msgpack.decode(blob, type=list[str]))


def test_a_sound_source_is_parsed_as_it_is_written_and_kept() -> None:
    found = attempt().written(source(), ())

    assert found.keep
    assert parsed(found).digest == digest_bytes(TEXT)
    assert parsed(found).outline
    assert told(found) == []
    assert body(found) == "<p>Words, <em>not</em> a <b>tag</b>.</p>"


def test_what_is_known_is_not_parsed() -> None:
    key = attempt().written(source(), ()).key

    assert attempt().written(source(), {key}) == Outcome(key, None, {})


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (loop, "too-costly"),
        (wait, "too-costly"),
        (starve, "too-costly"),
        (dig, "too-large"),
        (fail, "crash"),
        (leave, "crash"),
    ],
)
def test_a_source_that_fails_once_is_plain_text_with_all_that_its_header_says(
    fault: Callable[[], object], code: str
) -> None:
    found = attempt(fault, 1).written(source(), ())
    (article,) = parsed(found).articles

    assert told(found) == [("error", code)]
    assert (article.card.title, article.card.date) == ("One", "2020-01-02")
    assert article.card.entries == (("Kernel", "BPF"),)
    assert body(found) == '<pre class="plain" tabindex="0">Words, *not* a &lt;b&gt;tag&lt;/b&gt;.</pre>'


@pytest.mark.parametrize("fault", [loop, wait, starve, dig, fail, leave])
def test_a_source_that_fails_twice_is_named_by_its_file_and_all_its_text_is_there(
    fault: Callable[[], object],
) -> None:
    found = attempt(fault, 2).written(source(), ())
    (article,) = parsed(found).articles

    assert len(told(found)) == 1
    assert (article.card.title, article.card.date, article.card.entries) == ("one", None, ())
    assert "title: One" in body(found)
    assert "a &lt;b&gt;tag&lt;/b&gt;." in body(found)


@pytest.mark.parametrize("fault", [loop, wait, starve, dig, fail, leave])
def test_a_source_that_fails_always_has_a_page_that_says_so(fault: Callable[[], object]) -> None:
    found = attempt(fault, 9).written(source(), ())

    assert [one.card.title for one in parsed(found).articles] == ["one"]
    assert "too large to be shown" in body(found)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_nothing_that_is_not_as_it_is_written_is_kept_or_known(times: int) -> None:
    found = attempt(fail, times).written(source(), ())

    assert not found.keep
    assert (parsed(found).digest, parsed(found).outline) == ("", "")


def test_after_a_death_a_source_is_plain_text_and_after_two_it_is_named() -> None:
    again = attempt().again(source(), "exited with status 3")
    lost = attempt().lost(source(), "killed by signal 11 (SIGSEGV)")

    assert parsed(again).articles[0].card.title == "One"
    assert body(again).startswith('<pre class="plain"')
    assert "its process ended (exited with status 3)" in parsed(again).problems[0].message
    assert parsed(lost).articles[0].card.title == "one"
    assert told(lost) == [("error", "crash")]
    assert not again.keep
    assert not lost.keep


def test_a_death_by_the_limit_of_time_is_told_as_that() -> None:
    found = attempt().again(source(), "killed by signal 24 (SIGXCPU)")

    assert told(found) == [("error", "too-costly")]
    assert "more than 0.1 seconds of CPU" in parsed(found).problems[0].message


def test_an_interrupt_of_the_terminal_ends_the_build_whatever_is_parsed() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for times in (1, 2, 3):
        with pytest.raises(KeyboardInterrupt):
            attempt(interrupt, times).written(source(), ())


def test_a_source_that_cannot_be_read_is_not_published() -> None:
    def vanish() -> None:
        raise FileNotFoundError(2, "No such file or directory")

    found = attempt(vanish, 9)

    for one in (found.written(source(), ()), found.again(source(), "?"), found.lost(source(), "?")):
        assert (told(one), parsed(one).articles, one.keep) == ([("error", "unreadable")], (), False)


@pytest.mark.parametrize(
    "header",
    ["draft: true", "Draft = true", '"draft": true,', "published: false", "Status: draft", "  draft: 'yes'"],
)
def test_what_looks_like_a_draft_stays_one_where_only_its_name_is_known(header: str) -> None:
    content = f"---\ntitle: One\n{header}\n---\nWords.".encode()

    assert parsed(attempt(content=content).lost(source(), "?")).articles[0].card.draft
    assert not parsed(attempt().lost(source(), "?")).articles[0].card.draft


def test_a_plain_page_stays_one_and_a_file_of_topics_is_no_article() -> None:
    page = parsed(attempt().lost(source("pages/about.md"), "?"))
    topics = parsed(attempt().lost(source("topics.toml"), "?"))

    assert (len(page.articles), [one.path for one in page.pages]) == (0, ["about/index.html"])
    assert (topics.articles, topics.pages, len(topics.problems)) == ((), (), 1)


def test_a_feed_keeps_its_items_as_plain_text() -> None:
    items = "".join(f"<item><title>T{n}</title><description>&lt;p&gt;D{n}</description></item>" for n in "12")
    content = f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()
    found = attempt(fail, 1, content).written(source("feed.xml"), ())

    assert [one.card.title for one in parsed(found).articles] == ["T1", "T2"]
    assert len(re.findall("&lt;p&gt;D", str(found.blobs.values()))) == 2
