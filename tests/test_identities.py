"""Cards of one id in several languages are one article; of one language, they are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.identities import Identified, identified
from lwnindex.model import Card
from lwnindex.settings import SiteSettings
from tests.makers import card

LANGUAGES = (None, "en", "EN", "de", "pt", "pt-BR", "pt_br", "con")


def told(*found: Card, language: str = "en") -> Identified:
    return identified([(one, place) for place, one in enumerate(found)], SiteSettings(language=language))


def of(file: str, name: str = "1", **fields: str | None) -> Card:
    return card(name, "Kernel/Ceph", file=file, source=file, **fields)  # type: ignore[arg-type]


def test_languages_of_one_id_are_one_article() -> None:
    found = told(of("a.md", lang="de", title="Eins"), of("b.md", "1", lang="en"), of("c.md", lang="fr"))

    assert {one: each.file for one, each in found.articles.items()} == {"1": "b.md"}
    assert {one: each.file for one, each in found.translated.items()} == {"1/de": "a.md", "1/fr": "c.md"}
    assert found.translations == {"1": ("1/de", "1/fr")}
    assert found.positions == {"1": 1, "1/de": 0, "1/fr": 2}
    assert all(each.id == one for one, each in found.translated.items())
    assert found.problems == ()


@pytest.mark.parametrize(
    ("language", "langs", "primary"),
    [
        ("en", ("de", "en", "fr"), "en"),
        ("en", ("de", None, "fr"), None),
        ("en", ("de", "EN"), "EN"),
        ("pt", ("de", "pt-BR", "fr"), "pt-BR"),
        ("pt-BR", ("pt-PT", "pt_br"), "pt_br"),
        ("ja", ("de", "fr"), "de"),
    ],
)
def test_the_site_s_language_stands_for_the_article(
    language: str, langs: tuple[str | None, ...], primary: str | None
) -> None:
    found = told(*(of(f"{place}.md", lang=lang) for place, lang in enumerate(langs)), language=language)
    assert [one.lang for one in found.articles.values()] == [primary]


def test_else_the_oldest_does_and_what_has_no_date_last() -> None:
    cards = (
        of("a.md", lang="de", date=None),
        of("b.md", lang="fr", date="2010-01-02"),
        of("c.md", lang="it", date="2010-01-01"),
        of("d.md", lang="ja", date="2010-01-01"),
    )
    assert told(*cards).articles["1"].file == "c.md"


def test_ids_are_compared_without_case_and_the_article_s_is_written() -> None:
    found = told(of("a.md", "CEPH", lang="de"), of("b.md", "Ceph", lang="en"))
    assert (list(found.articles), list(found.translated)) == (["Ceph"], ["Ceph/de"])


def test_a_translation_is_filed_as_its_article_is_and_says_the_rest_itself() -> None:
    own = of("a.md", title="One", date="2010-01-01", authors=("Desk",), lang="en")  # type: ignore[arg-type]
    bare = card("1", "Other/Topic", file="b.md", title="Eins", date=None, authors=(), lang="de")
    said = card("1", file="c.md", title="Un", date="2010-02-02", authors=("Bureau",), lang="fr")
    found = told(own, bare, said).translated

    assert [found["1/de"].entries, found["1/fr"].entries] == [own.entries] * 2
    assert (found["1/de"].title, found["1/de"].date, found["1/de"].authors) == ("Eins", own.date, own.authors)
    assert (found["1/fr"].title, found["1/fr"].date, found["1/fr"].authors) == (
        "Un",
        "2010-02-02",
        ("Bureau",),
    )


@pytest.mark.parametrize("langs", [("de", "de"), (None, "en"), ("pt-BR", "pt_br")])
def test_two_of_one_language_are_two_articles_and_a_problem(langs: tuple[str | None, str]) -> None:
    found = told(of("a.md", lang=langs[0]), of("b.md", lang=langs[1]), of("c.md", lang="ja"))
    marked = f"1{names.mark('b.md')}"

    assert set(found.articles) == {"1", marked}
    assert set(found.translated) == {"1/ja"}
    (error,) = found.problems
    assert (error.code, error.file) == ("duplicate-id", "b.md")
    assert "is that of a.md already" in error.message


def test_an_article_whose_id_is_like_a_translation_s_keeps_it() -> None:
    found = told(of("a.md", "1/de"), of("b.md", lang="en"), of("c.md", lang="de"))
    assert set(found.articles) == {"1/de", "1"}
    assert set(found.translated) == {f"1/de{names.mark('1/de')}"}


@given(st.lists(st.tuples(st.sampled_from(("1", "a", "A", "a/de")), st.sampled_from(LANGUAGES)), max_size=8))
def test_every_card_has_one_key_and_none_is_another_s(said: list[tuple[str, str | None]]) -> None:
    found = told(*(of(f"{place}.md", name, lang=lang) for place, (name, lang) in enumerate(said)))
    keys = [*found.articles, *found.translated]

    assert len({names.folded(one) for one in keys}) == len(keys) == len(said)
    assert sorted(found.positions.values()) == list(range(len(said)))
    assert sorted(key for each in found.translations.values() for key in each) == sorted(found.translated)
    assert found.translations.keys() <= found.articles.keys()
