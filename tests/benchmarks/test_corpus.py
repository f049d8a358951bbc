"""The corpus is the same each time, and has the shape of the articles that it was measured by.

Tolerances are those of chance in 2,000 articles, and of what words cannot be made to fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, pairwise
from statistics import mean, quantiles

import pytest

from benchmarks import measured
from benchmarks.corpus import Article, articles

CORPUS = tuple(articles(2000))
IDS = {one.id for one in CORPUS}
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(article: Article) -> str:
    """Return a body without its code and the addresses of its links."""
    return re.sub(r"\]\([^)]*\)", "]", FENCED.sub("", article.body))


def cited(article: Article) -> list[int]:
    return [int(one) for one in re.findall(r"\]\(/Articles/(\d+)/\)", article.body)]


def runs(pattern: str) -> Callable[[Article], int]:
    """Return what counts the blocks of lines that begin like this."""
    found = re.compile(rf"(?:^{pattern}.*(?:\n|\Z))+", re.MULTILINE)
    return lambda article: len(found.findall(FENCED.sub("", article.body)))


COUNTED: dict[str, Callable[[Article], int]] = {
    "held": lambda one: sum(each in IDS for each in cited(one)),
    "elsewhere": lambda one: sum(each not in IDS for each in cited(one)),
    "web": lambda one: one.body.count("](http://"),
    "code": lambda one: len(FENCED.findall(one.body)),
    "quotes": runs("> "),
    "tables": runs(r"---\|"),
    "bullets": runs(r"  \* "),
    "numbers": runs(r"  \d+\. "),
    "headings": runs("#### "),
    "spans": lambda one: len(re.findall(r"`[^`\n]+`(?!\|)", FENCED.sub("", one.body))),
    "emphasis": lambda one: len(re.findall(r"(?<!\w)_\w+_(?!\w)", prose(one))),
}


def test_the_same_size_and_seed_give_the_same_articles() -> None:
    assert tuple(articles(30, 7)) == tuple(articles(30, 7))


def test_another_seed_gives_other_articles() -> None:
    one, other = (next(articles(1, seed)) for seed in (1, 2))
    assert one.body != other.body
    assert one.title != other.title


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    assert tuple(islice(articles(1000), 30)) == tuple(articles(30))


def test_articles_come_oldest_first_under_rising_ids() -> None:
    assert [one.id for one in CORPUS] == sorted(IDS)
    assert all(one.date < other.date for one, other in pairwise(CORPUS))


def test_only_older_articles_are_cited() -> None:
    assert all(each < one.id for one in CORPUS for each in cited(one))


def test_no_one_real_writes() -> None:
    assert all(re.fullmatch(r"Reporter \d+", one.author) for one in CORPUS)


def test_articles_are_as_long_as_real_ones() -> None:
    words = [len(prose(one).split()) for one in CORPUS]
    assert mean(words) == pytest.approx(measured.MEAN_WORDS, rel=0.1)
    assert quantiles(words, n=20) == pytest.approx(measured.WORDS[1:-1], rel=0.15)


@pytest.mark.parametrize("name", measured.OVERALL)
def test_articles_hold_as_much_as_real_ones(name: str) -> None:
    found = [COUNTED[name](one) for one in CORPUS]
    wanted = measured.OVERALL[name]
    assert sum(each > 0 for each in found) / len(found) == pytest.approx(wanted.share, abs=0.04)
    assert mean(found) == pytest.approx(wanted.overall, rel=0.15, abs=0.01)


def test_long_articles_hold_more() -> None:
    brief, long = (
        [COUNTED["headings"](one) for one in CORPUS if (len(prose(one).split()) > 1500) is past]
        for past in (False, True)
    )
    assert mean(long) > 10 * mean(brief)


def test_what_is_cited_lies_as_far_back_as_in_the_archive() -> None:
    place = {one.id: rank for rank, one in enumerate(CORPUS)}
    ages = [place[one.id] - place[each] for one in CORPUS[700:] for each in cited(one) if each in place]
    assert quantiles(ages, n=10) == pytest.approx(measured.AGES[1:-1], rel=0.25, abs=1)


def test_bodies_begin_and_end_with_a_paragraph() -> None:
    ends = [one.body.split("\n\n")[place] for one in CORPUS for place in (0, -1)]
    assert not [each for each in ends if each.startswith(("```", ">", "  ", "#", "Name|"))]
