"""Words, dates and numbers in a language; which way a language is written."""

from __future__ import annotations

import pytest

from lwnindex.digest import digest
from lwnindex.words import ENGLISH, Words, direction

SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
POLISH = Words(
    language="xx",
    texts={"Page {n}": ("S. {n}",), "{n} day\0{n} days": ("{n} dzień", "{n} dni", "{n} dni!")},
    rule=SLAVIC,
    group="\N{NO-BREAK SPACE}",
)


def test_a_text_is_the_languages_or_the_english_one() -> None:
    assert POLISH.text("Page {n}") == "S. {n}"
    assert POLISH.text("Contents") == ENGLISH.text("Contents") == "Contents"


def test_placeholders_are_filled_and_what_fills_them_is_left_alone() -> None:
    assert POLISH.say("Page {n}", n="{n} {x}") == "S. {n} {x}"
    assert ENGLISH.say("{a} of {b}", a="1", b="2") == "1 of 2"


@pytest.mark.parametrize(("number", "form"), [(0, 1), (1, 0), (2, 1), (21, 1), (1000, 1)])
def test_english_has_two_forms(number: int, form: int) -> None:
    assert ENGLISH.form(number) == form
    assert ENGLISH.forms == 2


@pytest.mark.parametrize(("number", "form"), [(1, 0), (2, 1), (5, 2), (12, 2), (22, 1), (112, 2), (0, 2)])
def test_a_language_may_have_more_forms(number: int, form: int) -> None:
    assert POLISH.form(number) == form
    assert POLISH.forms == 3


def test_a_text_without_translation_is_english_in_every_form() -> None:
    assert ENGLISH.texts_of("{n} day", "{n} days") == ("{n} day", "{n} days")
    assert POLISH.texts_of("{n} day", "{n} days") == ("{n} dzień", "{n} dni", "{n} dni!")
    assert POLISH.texts_of("{n} word", "{n} words") == ("{n} word", "{n} words", "{n} words")


def test_english_dates() -> None:
    assert ENGLISH.longdate("2009-12-09") == "December 9, 2009"
    assert ENGLISH.shortdate("2009-12-09T10:00:00Z") == "Dec 9"
    assert ENGLISH.mediumdate("2009-05-30") == "May 30, 2009"
    assert ENGLISH.monthday("2009-09-30") == "September 30"
    assert ENGLISH.monthname("2009-01") == "January"
    assert ENGLISH.shortmonth("2009-01") == "Jan"
    assert ENGLISH.monthyear("2009-12") == "December 2009"
    assert ENGLISH.monthyear("0209-01") == "January 209"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")]
)
def test_english_numbers(number: int, shown: str) -> None:
    assert ENGLISH.thousands(number) == shown


def test_a_language_has_its_own_mark_between_groups() -> None:
    assert POLISH.thousands(1234567) == "1\xa0234\xa0567"


@pytest.mark.parametrize(
    ("number", "shown"), [(1234, "1,234"), (123456, "1,23,456"), (12345678, "1,23,45,678"), (99, "99")]
)
def test_a_language_may_have_groups_of_two_digits(number: int, shown: str) -> None:
    assert Words(sizes=(3, 2)).thousands(number) == shown


def test_no_group_is_no_group() -> None:
    assert Words(group="").thousands(1234567) == "1234567"


def test_words_have_a_digest_that_shows_each_of_them() -> None:
    assert digest(POLISH) != digest(ENGLISH)
    assert digest(Words(texts={"a": ("b",), "c": ("d",)})) == digest(Words(texts={"c": ("d",), "a": ("b",)}))


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        *((each, "rtl") for each in ("ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "iw")),
        *(
            (each, "rtl")
            for each in ("he-IL", "AR-eg", "az-Arab", "ku-Arab-IQ", "ff-Adlm", "pa-Arab", "fa_IR")
        ),
        *(
            (each, "ltr")
            for each in ("en", "de", "el", "ja", "ar-Latn", "he-Latn-IL", "ug-Cyrl", "dv-Deva", "")
        ),
        ("zh-cmn-Hans", "ltr"),
        ("ar-1606", "rtl"),
    ],
)
def test_a_language_is_written_one_way(tag: str, wanted: str) -> None:
    assert direction(tag) == wanted
