"""Addresses of the web are asked politely, each when its time has come, and what they answered is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from lwnindex.checking.findings import Sighting
from lwnindex.outbound import FILE, LIMITS, Answer, Book, Order, Report, ask
from lwnindex.settings import CheckSettings
from lwnindex.web import Web
from tests.misbehaving import Server, deaf, garbled, in_turn, misbehaving, page, redirect, status

PRIVATE = frozenset({"127.0.0.1"})
TEXT = page(b"x")


class Asking:
    """Asks a server for the addresses of a site, on one day after the other; pauses are not waited for."""

    def __init__(self, store: Path, server: Server) -> None:
        self.store, self.server = store, server
        self.pauses: list[float] = []
        self.settings = CheckSettings()

    def ask(self, *paths: str, day: str = "2020-06-01", whole: tuple[str, ...] = ()) -> Report:
        urls = [*(self.server.url + path for path in paths), *whole]
        outward = {url: Sighting("one.md", number, "p", "", "") for number, url in enumerate(urls, 1)}
        order = Order(day, self.settings, sleep=self.pauses.append)
        return ask(outward, self.store, Web(LIMITS._replace(private=PRIVATE)), order)

    def codes(self, *paths: str, day: str = "2020-06-01") -> list[str]:
        return [one.problem.code for one in self.ask(*paths, day=day).findings]

    def asked(self) -> list[str]:
        """Return what was asked since the last time, robots.txt apart."""
        paths = [path for path in self.server.paths() if path != "/robots.txt"]
        self.server.asked.clear()
        return paths


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Asking]:
    """Asks a server that has nothing yet."""
    with misbehaving({}) as server:
        yield Asking(tmp_path / "store", server)


def test_what_is_there_is_no_finding_and_is_not_asked_again_for_days(here: Asking) -> None:
    here.server.answers["/a"] = TEXT

    assert here.codes("/a") == []
    assert here.asked() == ["/a"]
    assert here.codes("/a", day="2020-06-30") == []
    assert here.asked() == []
    assert here.codes("/a", day="2020-07-01") == []
    assert here.asked() == ["/a"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/none", "dead-address"),
        ("/gone", "dead-address"),
        ("/broken", "no-answer"),
        ("/garbled", "no-answer"),
        ("/moved", "moved-address"),
        ("/away", ""),
    ],
)
def test_each_answer_has_its_code(here: Asking, path: str, code: str) -> None:
    here.server.answers |= {
        "/gone": status(410),
        "/broken": status(500),
        "/garbled": garbled,
        "/moved": redirect("/a", 301),
        "/away": redirect("/a"),
        "/a": TEXT,
    }

    assert here.codes(path) == ([code] if code else [])


def test_a_move_tells_where_to(here: Asking) -> None:
    here.server.answers |= {"/moved": redirect("/a", 308), "/a": TEXT}

    (one,) = here.ask("/moved").findings

    assert one.problem.fix == f"Write {here.server.url}/a instead."
    assert (one.problem.file, one.problem.line) == ("one.md", 1)


def test_what_failed_is_asked_the_next_day_and_dead_on_the_third(here: Asking) -> None:
    here.server.answers["/a"] = status(500)

    found = [here.codes("/a", day=f"2020-06-0{day}") for day in (1, 1, 2, 3)]

    assert found == [["no-answer"], ["no-answer"], ["no-answer"], ["dead-address"]]
    here.server.answers["/a"] = TEXT
    assert here.codes("/a", day="2020-06-04") == []


def test_robots_are_obeyed_and_asked_for_once(here: Asking) -> None:
    here.server.answers |= {
        "/robots.txt": page(b"User-agent: *\nDisallow: /no\nCrawl-delay: 3"),
        "/a": TEXT,
        "/b": TEXT,
    }

    assert here.codes("/no", "/a", "/b") == []
    assert here.server.paths() == ["/robots.txt", "/a", "/b"]
    assert here.pauses == [3.0, 3.0]


def test_a_host_whose_rules_cannot_be_read_is_left_alone(here: Asking) -> None:
    here.server.answers |= {"/robots.txt": status(503), "/a": TEXT}

    (one,) = here.ask("/a").findings

    assert (one.problem.code, here.asked()) == ("no-answer", [])
    assert f"{here.server.url}/a: the server answered 503" in one.problem.message


def test_who_asks_says_so(here: Asking) -> None:
    here.server.answers["/a"] = TEXT
    here.ask("/a")

    assert {one.headers["User-Agent"].partition("/")[0] for one in here.server.asked} == {"lwnindex"}


def test_there_is_a_pause_between_two_questions_to_a_host(here: Asking) -> None:
    here.server.answers |= {"/a": TEXT, "/b": TEXT}
    here.ask("/a", "/b")

    assert here.pauses == [1.0, 1.0]


def test_a_short_wish_for_patience_is_granted_and_a_long_one_ends_it(here: Asking) -> None:
    here.server.answers |= {
        "/a": in_turn(status(429, Retry_After="5"), TEXT),
        "/b": status(429, Retry_After="172800"),
        "/c": TEXT,
    }

    report = here.ask("/a", "/b", "/c")

    assert 5.0 in here.pauses
    assert [one.problem.code for one in report.findings] == ["no-answer"]
    assert (report.asked, report.left) == (2, 1)
    here.asked()
    here.ask("/b", "/c", day="2020-06-02")
    assert here.asked() == ["/c"]


def test_a_port_at_which_nobody_listens_is_no_answer(here: Asking) -> None:
    with deaf() as port:
        (one,) = here.ask(whole=(f"http://127.0.0.1:{port}/a",)).findings

    assert one.problem.code == "no-answer"
    assert f"{port}/a: no connection" in one.problem.message


def test_private_hosts_are_refused(here: Asking, tmp_path: Path) -> None:
    url = f"{here.server.url}/a"
    order = Order("2020-06-01", CheckSettings(), sleep=here.pauses.append)

    (one,) = ask({url: Sighting("one.md", 1, "p", "", "")}, tmp_path, Web(LIMITS), order).findings

    assert "not public" in one.problem.message
    assert here.server.asked == []


@pytest.mark.parametrize("url", ["http://", "http://[", "https:///x"])
def test_what_has_no_host_is_not_asked(here: Asking, url: str) -> None:
    assert here.ask(whole=(url,)) == Report(())


def test_addresses_can_be_left_out(here: Asking) -> None:
    here.settings = CheckSettings(skip=(f"{here.server.url}/shy",))

    assert here.ask("/shy/a") == Report(())
    assert here.server.asked == []


def test_codes_can_be_ignored(here: Asking) -> None:
    here.settings = CheckSettings(ignore=("dead-address",))

    assert here.codes("/none") == []


def test_what_was_answered_is_kept_as_it_comes(here: Asking) -> None:
    here.server.answers |= {"/a": TEXT}
    here.ask("/a", "/none")

    lines = [msgspec.json.decode(line) for line in (here.store / FILE).read_bytes().splitlines() if line]
    assert [(one["url"][-2:], one["state"]) for one in lines] == [("/a", "found"), ("ne", "gone")]


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_run_that_was_killed_loses_what_it_was_writing_alone(tmp_path: Path, cut: int) -> None:
    first, second, third = (
        Answer(url=f"https://e.org/{name}", day="2020-06-01", state="found") for name in "abc"
    )
    book = Book(tmp_path / FILE)
    book.add(first)
    book.add(second)
    place = tmp_path / FILE
    place.write_bytes(place.read_bytes()[:-cut])
    Book(place).add(third)

    known = Book(place).answers
    assert first.url in known
    assert third.url in known


def test_a_file_that_is_damaged_costs_questions_alone(here: Asking) -> None:
    here.store.mkdir()
    (here.store / FILE).write_bytes(b'\xff\n{"url": 1}\n[]\n{"url": "x", "day": "never", "state": "found"}\n')
    here.server.answers["/a"] = TEXT

    assert here.codes("/a") == []


def test_the_file_is_written_anew_when_little_of_it_is_of_use(here: Asking) -> None:
    book = Book(here.store / FILE)
    for day in range(1100):
        book.add(Answer(url="https://old.example/", day=f"20{day % 10 + 10}-01-01", state="found"))
    here.server.answers["/a"] = TEXT
    here.ask("/a")

    assert list(Book(here.store / FILE).answers) == [f"{here.server.url}/a"]
    assert len((here.store / FILE).read_bytes().splitlines()) == 1
