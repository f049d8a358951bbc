"""Each program gets the same article: the metadata in its own words, and the body the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from benchmarks.corpus import Article
from benchmarks.dialects import DIALECTS, dump, hugo, pelican, put

ARTICLE = Article(
    id=1234,
    title="On the kalo: and so",
    author="Reporter 7",
    date=datetime(2009, 12, 2, 9, tzinfo=UTC),
    entries=(("Kernel", "Filesystems", "Kalo ser"), ("Security", "Tun"), ("Kernel", "Mi")),
    summary='Kalo "ser" tun.',
    body="Kalo _ser_ tun. \n\n```c\nint x;\n```\n\nSee [it](/Articles/1200/). ",
)


def test_a_dump_has_the_shape_of_a_saved_page() -> None:
    above, body, below = dump(ARTICLE).partition(ARTICLE.body.rstrip())
    assert above == "# On the kalo: and so [LWN.net]\n\nBy **Reporter 7**  \nDecember 2, 2009 \n\n"
    assert body
    assert below == (
        "  \nIndex entries for this article  \n---  \n"
        "[Kernel](/Kernel/Index)| [Filesystems/Kalo ser](/Kernel/Index#Filesystems-Kalo_ser)  \n"
        "[Security](/Security/Index)| [Tun](/Security/Index#Tun)  \n"
        "[Kernel](/Kernel/Index)| [Mi](/Kernel/Index#Mi)  \n"
        "  \n\n\n* * *\n\nto post comments \n"
    )


def test_hugo_finds_a_taxonomy_for_each_index() -> None:
    _, header, body = hugo(ARTICLE).split("---\n", 2)
    assert yaml.safe_load(header) == {
        "title": ARTICLE.title,
        "date": "2009-12-02T09:00:00Z",
        "byline": ARTICLE.author,
        "summary": ARTICLE.summary,
        "kernel": ["Filesystems: Kalo ser", "Mi"],
        "security": ["Tun"],
    }
    assert body.strip() == ARTICLE.body.strip()


def test_pelican_finds_a_tag_for_each_entry() -> None:
    header, body = pelican(ARTICLE).split("\n\n", 1)
    assert dict(line.split(": ", 1) for line in header.splitlines()) == {
        "Title": ARTICLE.title,
        "Date": "2009-12-02 09:00",
        "Author": ARTICLE.author,
        "Slug": "1234",
        "Summary": ARTICLE.summary,
        "Tags": "Kernel: Filesystems: Kalo ser, Security: Tun, Kernel: Mi",
    }
    assert body.strip() == ARTICLE.body.strip()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_article_is_put_under_its_id(tmp_path: Path, dialect: str) -> None:
    place = put(ARTICLE, dialect, tmp_path)
    assert place == tmp_path / "1234.md"
    assert place.read_text("utf-8") == DIALECTS[dialect](ARTICLE)
