"""How an article was read is told of any name that it goes by."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.explaining import explain
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests.sites import Site

DUMP = """# A title

By **Reporter 7**
December 22, 2009

Plain words.

* * *

A [reference][1] and more.

[1]: /Articles/12/
"""


@pytest.fixture
def here(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.put("content/367788.md", DUMP)
    found.put("content/2020/own.md", "---\nid: mine\ntitle: Own\nentries: [Kernel/Locking]\n---\nWords.\n")
    return found


def explained(here: Site, name: str) -> list[str]:
    found = config.load(here.root / "lwnindex.toml", {}, {"store": "store"})
    lines = explain(lambda: found, name, Options(executor="serial"))
    return list(takewhile(lambda line: " page " not in line, lines))


@pytest.mark.parametrize("name", ["367788", "367788.md", "content/367788.md"])
def test_an_article_goes_by_its_id_and_its_file(here: Site, name: str) -> None:
    assert explained(here, name)[:4] == [
        "content/367788.md: a dump of a page",
        "  id 367788",
        "  title A title",
        "  by Reporter 7, 2009-12-22",
    ]


def test_a_file_is_found_where_it_stands(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here.root / "content/2020")

    assert explained(here, "own.md")[0] == "content/2020/own.md: Markdown with a header"


def test_an_id_of_a_header_is_found(here: Site) -> None:
    said = explained(here, "mine")

    assert said[1] == "  id mine"
    assert "  entry Kernel / Locking" in said
    assert any("no-date" in line for line in said)


def test_the_lines_are_those_of_the_source(here: Site) -> None:
    assert explained(here, "mine")[-1].startswith("  line 6 by pyromark")


def test_what_reaches_across_a_text_is_named_as_the_reason(here: Site) -> None:
    last = explained(here, "367788")[-1]

    assert "by Python-Markdown: " in last
    assert not last.endswith(": ")


def test_the_setting_that_turns_the_fast_way_off_is_named(here: Site) -> None:
    here.put("lwnindex.toml", "[markdown]\naccelerate = false\n")

    assert "accelerate is off" in explained(here, "mine")[-1]


def test_a_file_without_text_is_told_so(here: Site) -> None:
    here.put("content/empty.md", " \n")

    assert any("empty" in line for line in explained(here, "empty.md")[1:])


def test_a_name_that_nothing_has_is_refused_with_what_is_near(here: Site) -> None:
    with pytest.raises(SiteError, match="Did you mean 367788") as caught:
        explained(here, "36778")

    assert caught.value.exit_code == 2


def test_a_file_of_topics_is_told_topic_by_topic(here: Site) -> None:
    here.put("content/topics.toml", '["Kernel/A"]\n["Kernel/B/C"]\nsort = 1\n')

    assert explained(here, "content/topics.toml")[:3] == [
        "content/topics.toml: a file of topics",
        "  line 1 describes Kernel / A",
        "  line 2 describes Kernel / B / C",
    ]
    assert "bad-field" in explained(here, "topics.toml")[3]


def test_problems_of_an_article_stand_in_the_order_of_lines(here: Site) -> None:
    here.put(
        "content/late.md",
        "---\nid: late\nentries: [Kernel/A, Kernel/A]\nfoo: 1\ntitle: T\ndate: 2020-13-45\nbar: 2\n---\nA.\n",
    )

    told = [line for line in explained(here, "late") if line.startswith(("  error: ", "  warning: "))]
    lines = [int(line.split(":")[2]) for line in told]
    assert len(set(lines)) > 2
    assert lines == sorted(lines)
