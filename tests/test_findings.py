"""What the checks of plug-ins find is told in order; a check that fails is named, and costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lwnindex.archive import Archive
from lwnindex.findings import findings
from lwnindex.model import Problem
from lwnindex.registry import Plugins
from lwnindex.settings import Config

ARCHIVE = Archive(config=Config(), articles=(), topics=(), problems=(), text=lambda _: "")


def told(line: int) -> Problem:
    return Problem(code="own-code", severity="warning", file="a.md", line=line, message="It is so.", fix="")


def two(_: Archive) -> Iterator[Problem]:
    yield from (told(2), told(1), told(2))


def broken(_: Archive) -> Iterator[Problem]:
    yield told(3)
    raise KeyError("title")


def odd(_: Archive) -> Any:
    return ["text"]


def test_findings_come_in_order_and_once() -> None:
    assert findings(Plugins(checks={"two": two}), ARCHIVE) == (told(1), told(2))


def test_a_check_that_fails_is_a_crash_that_names_it_and_its_line() -> None:
    plugins = Plugins(checks={"broken": broken, "odd": odd, "two": two}, places=frozenset({__file__}))
    found = findings(plugins, ARCHIVE)

    assert [one.code for one in found].count("own-code") == 3
    crashes = [(one.file, one.line, one.message) for one in found if one.code == "crash"]
    line = broken.__code__.co_firstlineno + 2
    assert crashes == [
        ("test_findings.py", line, "the check \"broken\" of a plug-in fails: KeyError: 'title'."),
        (
            "tests.test_findings.odd",
            0,
            'the check "odd" of a plug-in fails: TypeError: a check yielded str; yield Problem.',
        ),
    ]
