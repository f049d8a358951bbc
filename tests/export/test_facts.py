"""A ZIM file says of itself what openZIM asks for, in as many letters as readers show."""

from __future__ import annotations

from datetime import date

import pytest

from lwnindex.export.facts import Facts, shortened

FACTS = Facts("news_en_all", "News", "", "eng", "lwn.net", "News", date(2009, 12, 22))


def test_every_fact_is_said() -> None:
    assert FACTS.metadata() == {
        "Name": "news_en_all",
        "Title": "News",
        "Description": "News",
        "Language": "eng",
        "Creator": "lwn.net",
        "Publisher": "News",
        "Date": date(2009, 12, 22),
        "Scraper": "lwnindex",
        "Tags": "_ftindex:yes",
    }
    assert FACTS._replace(source="https://example.org/").metadata()["Source"] == "https://example.org/"


def test_titles_and_descriptions_are_as_long_as_readers_show() -> None:
    found = FACTS._replace(title="word " * 30, description="word " * 30).metadata()

    assert (found["Title"], found["Description"]) == (
        f"{'word ' * 5}word…",
        f"{'word ' * 15}word…",
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("ten letter", "ten letter"),
        ("eleven let.", "eleven…"),
        ("ninelette s", "ninelette…"),
        ("elevenletters", "elevenlet…"),
        ("a list, of it", "a list…"),
    ],
)
def test_a_text_is_cut_between_words_if_it_can_be(text: str, short: str) -> None:
    assert shortened(text, 10) == short
