"""What real articles look like, in figures: what `corpus.py` draws from and its tests hold it to.

Source: the 771 articles of LWN's kernel page, 2009-2012, that the project was developed against, as html2text
dumps. Counted over each article's body, that is what stands before the index block, without the subscribers'
note and the title line. Words are counted outside of code, with a link's text but not its address.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import NamedTuple


class Often(NamedTuple):
    """How many of a thing articles have: the share that has any, and the mean number in those."""

    share: float
    mean: float

    @property
    def overall(self) -> float:
        """The mean number in all articles."""
        return self.share * self.mean


ARTICLES = 771

WORDS = (
    *(173, 331, 408, 500, 645, 762, 849, 914, 974, 1026, 1072),
    *(1119, 1173, 1235, 1311, 1416, 1564, 1751, 2166, 3012, 6270),
)
"""Words of an article: the least, every twentieth part, the most. The mean is 1,234."""

MEAN_WORDS = 1234

LENGTHS = (500, 1000, 1500)
"""Where an article stops to be brief, short, middling; what is past them is long."""

LENGTH_SHARES = (0.149, 0.274, 0.359, 0.218)
"""The share of each of these; so 15 of 100 are briefs."""

PARTS = {
    "held": (Often(0.304, 1.49), Often(0.645, 2.38), Often(0.458, 1.75), Often(0.613, 2.27)),
    "elsewhere": (Often(0.913, 1.96), Often(0.891, 3.09), Often(0.939, 4.23), Often(0.744, 4.86)),
    "web": (Often(0.791, 1.31), Often(0.953, 2.08), Often(0.957, 2.47), Often(0.982, 6.74)),
    "code": (Often(0.165, 1.84), Often(0.365, 2.13), Often(0.300, 2.73), Often(0.458, 5.68)),
    "quotes": (Often(0.024, 1.00), Often(0.051, 1.83), Often(0.112, 2.96), Often(0.201, 3.25)),
    "tables": (Often(0.000, 1.00), Often(0.000, 1.00), Often(0.000, 1.00), Often(0.024, 1.50)),
    "bullets": (Often(0.070, 1.38), Often(0.261, 2.13), Often(0.130, 1.83), Often(0.286, 1.81)),
    "numbers": (Often(0.009, 1.00), Often(0.019, 1.00), Often(0.014, 1.50), Often(0.179, 2.13)),
    "headings": (Often(0.009, 2.00), Often(0.024, 3.40), Often(0.079, 2.55), Often(0.714, 5.29)),
    "spans": (Often(0.548, 4.98), Often(0.839, 9.21), Often(0.809, 11.89), Often(0.893, 32.25)),
    "emphasis": (Often(0.122, 1.21), Often(0.199, 1.57), Often(0.361, 1.68), Often(0.571, 2.46)),
}
"""What articles of each length have: links to articles of the archive, to the publication's others, to the
web; fenced code, block quotes, tables, the two kinds of list, headings, spans of code, emphasis."""

OVERALL = {
    "held": Often(0.520, 2.07),
    "elsewhere": Often(0.879, 3.68),
    "web": Often(0.936, 3.19),
    "code": Often(0.332, 3.37),
    "quotes": Often(0.097, 2.83),
    "tables": Often(0.005, 1.50),
    "bullets": Often(0.191, 1.91),
    "numbers": Often(0.051, 1.92),
    "headings": Often(0.192, 4.80),
    "spans": Often(0.796, 15.38),
    "emphasis": Often(0.327, 1.93),
}
"""The same over all articles."""

PARAGRAPH_WORDS = (5, 10, 28, 43, 57, 69, 79, 90, 103, 119, 160)
CODE_LINES = (1, 1, 1, 1, 2, 3, 4, 6, 9, 14, 40)
AGES = (1, 4, 10, 19, 34, 57, 89, 127, 190, 280, 642)
"""Every tenth part: words of a paragraph, lines of a block of code, how many articles back a cited one is."""

ENTRIES = (364, 300, 90, 15, 2)
"""How many articles have one index entry, two, three, four, five."""

FILINGS = 1304
TOPICS = 407
SINGLE_TOPICS = 177
TOP_TEN = 178
"""All entries; the different topics among them; those with one article; the entries of the ten largest."""

TWO_LEVELS = 0.416
"""The share of entries such as `Filesystems/Ceph`; the others have one level below the index."""


def drawn(random: Random, parts: tuple[int, ...]) -> int:
    """Return a number from a distribution that is given by its least, its equal parts and its most."""
    place = random.random() * (len(parts) - 1)
    low, high = tuple(pairwise(parts))[int(place)]
    return round(low + (high - low) * (place % 1))


def number(random: Random, often: Often) -> int:
    """Return how many of a thing an article has: none, or a geometric number of the given mean."""
    if random.random() >= often.share:
        return 0
    found = 1
    while random.random() >= 1 / often.mean:
        found += 1
    return found
