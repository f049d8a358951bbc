"""What one knows is asked for by words that stand in it, and what does not come up in front is told."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from benchmarks.known_items import (
    TEXT_WITHIN,
    TITLE_WITHIN,
    Asked,
    Known,
    articles,
    by_text,
    by_title,
    score,
    titled,
)
from lwnindex.tokens import tokens
from tests.programs import NODE, ROOT
from tests.searchwriter import Text, write

TEXTS = (
    Text("A flag that nobody reads", "The flag was set once and read never.", path="Articles/1/index.html"),
    Text("Two schedulers, one queue", "Fairness is a matter of weights.", path="Articles/2/index.html"),
    Text("Short", "Rotation of logs, by size or by day.", path="Articles/3/index.html"),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three articles, as far as its search goes."""
    write(tmp_path / "search", TEXTS)
    (tmp_path / "assets").mkdir()
    shutil.copy(ROOT / "themes/default/assets/search-engine.js", tmp_path / "assets")
    return tmp_path


def test_articles_are_read_from_the_files_of_the_search(site: Path) -> None:
    found = [(one.path, one.title, one.text) for one in articles(site)]
    assert found == [(one.path, one.title, one.body) for one in TEXTS]


def test_a_title_is_asked_for_by_three_words_of_its_middle(site: Path) -> None:
    asked = by_title(articles(site), 10, random.Random(1))
    assert sorted(asked) == [
        Asked("Two schedulers, one", "Articles/2/index.html"),
        Asked("flag that nobody", "Articles/1/index.html"),
    ]


def test_a_text_is_asked_for_by_three_of_its_words(site: Path) -> None:
    texts = {one.path: set(tokens(one.text)) for one in articles(site)}
    asked = by_text(articles(site), 10, random.Random(1))
    assert len(asked) == len(TEXTS)
    assert all(len(words := set(tokens(one.query))) == 3 and words <= texts[one.path] for one in asked)


@pytest.mark.parametrize(
    ("query", "count"),
    [("merge window, part", 2), ("window part", 2), ("2.6.33 merge", 1), ("part window", 0)],
)
def test_titles_are_counted_that_have_the_words_in_a_row(query: str, count: int) -> None:
    names = ("The 2.6.33 merge window, part 2", "The merge window part 1", "Merge windows, parts")
    assert titled([Known(f"{name}/index.html", name, "") for name in names], query) == count


@pytest.mark.needs_node
def test_what_comes_up_in_front_is_found_and_the_rest_is_missed(site: Path) -> None:
    known = articles(site)
    chance = random.Random(1)
    wrong = Asked("schedulers", "Articles/1/index.html")
    assert score(site, by_title(known, 10, chance), TITLE_WITHIN, str(NODE)).missed == ()
    assert score(site, by_text(known, 10, chance), TEXT_WITHIN, str(NODE)).missed == ()
    found = score(site, [wrong, Asked("queue", "Articles/2/index.html")], 1, str(NODE))
    assert found == (1, 2, (wrong,))
