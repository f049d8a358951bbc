"""The archive as JSON has exactly the keys that other programs were promised."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace

from lwnindex.formats.export import archive
from lwnindex.model import Card, Catalog, Problem, Reference, Topic
from lwnindex.viewmodel import SiteView
from tests.thesauri import see

SITE = SiteView(
    title="Index of news", url="https://example.org/news", source="https://example.net", language="en"
)
CEPH = ("Kernel", "Filesystems", "Ceph")
MODEL = ("Kernel", "Development model")


def card(name: str, **fields: Any) -> Card:
    """Return the card of an article, `content/NAME.md`."""
    given: dict[str, Any] = {"title": f"Article {name}", "date": "2009-12-22", **fields}
    return Card(id=name, file=f"content/{name}.md", source=f"{name}.md", **given)


def topic(entry: tuple[str, ...], *own: str, count: int = 1) -> Topic:
    return Topic(
        entry=entry, path="/".join((*entry, "index.html")), anchor="-".join(entry[1:]), own=own, count=count
    )


def catalog(
    *cards: Card, topics: tuple[Topic, ...] = (), cited_by: dict[str, tuple[str, ...]] | None = None
) -> Catalog:
    """Return a catalog of cards in that order."""
    return Catalog(
        cards={one.id: one for one in cards},
        positions={one.id: place for place, one in enumerate(cards)},
        order=tuple(one.id for one in cards),
        paths={one.id: f"Articles/{one.slug or one.id}/index.html" for one in cards},
        indexes=(),
        topics={one.entry: one for one in topics},
        authors={},
        cited_by=cited_by or {},
    )


def exported(found: Catalog, *problems: Problem) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(archive(found, problems, SITE))
    return content


def test_a_translation_is_an_article_of_its_own_with_the_id_of_its_article() -> None:
    german = replace(card("1", lang="de", title="Eins"), id="1/de", source="1.de.md")
    found = catalog(card("2"), card("1"), cited_by={"1": ("2",)})
    cards, paths = {"1/de": german, **found.cards}, {"1/de": "Articles/1/de/index.html", **found.paths}
    rows = exported(replace(found, cards=cards, paths=paths, translations={"1": ("1/de",)}))["articles"]

    assert [(row["id"], row["lang"], row["path"]) for row in rows] == [
        ("1", "en", "Articles/1/index.html"),
        ("1", "de", "Articles/1/de/index.html"),
        ("2", "en", "Articles/2/index.html"),
    ]
    assert (rows[1]["title"], rows[1]["source"], rows[1]["cited_by"]) == ("Eins", "1.de.md", ["2"])


def test_an_article_is_exported_with_all_that_its_card_says() -> None:
    full = card(
        "1",
        slug="ceph",
        updated="2010-01-02T12:00:00+01:00",
        authors=("Kernel desk", "Release desk"),
        lang="de",
        entries=(CEPH, MODEL, CEPH),
        references=(
            Reference(id="2", url=None, fragment="Comments"),
            Reference(id=None, url="https://example.com/", fragment=""),
        ),
    )
    found = exported(catalog(full, card("2"), cited_by={"1": ("3", "2")}))
    assert found["articles"][0] == {
        "id": "1",
        "path": "Articles/ceph/index.html",
        "title": "Article 1",
        "date": "2009-12-22",
        "updated": "2010-01-02T12:00:00+01:00",
        "authors": ["Kernel desk", "Release desk"],
        "lang": "de",
        "entries": [["Kernel", "Filesystems", "Ceph"], ["Kernel", "Development model"]],
        "source": "1.md",
        "references": [{"id": "2", "fragment": "Comments"}, {"url": "https://example.com/", "fragment": ""}],
        "cited_by": ["3", "2"],
    }


def test_what_an_article_does_not_say_is_null_or_empty_and_its_language_that_of_the_site() -> None:
    (found,) = exported(catalog(card("1", date=None)))["articles"]
    assert found == {
        "id": "1",
        "path": "Articles/1/index.html",
        "title": "Article 1",
        "date": None,
        "updated": None,
        "authors": [],
        "lang": "en",
        "entries": [],
        "source": "1.md",
        "references": [],
        "cited_by": [],
    }


def test_a_topic_is_exported_with_its_own_articles_and_the_count_of_its_subtree() -> None:
    found = exported(catalog(topics=(topic(CEPH, "2", "1", count=7),)))
    assert found["topics"] == [
        {
            "entry": ["Kernel", "Filesystems", "Ceph"],
            "path": "Kernel/Filesystems/Ceph/index.html",
            "anchor": "Filesystems-Ceph",
            "articles": ["2", "1"],
            "count": 7,
            "note": "",
            "aliases": [],
            "see_also": [],
            "parents": [],
        }
    ]


def test_a_topic_is_exported_with_its_note_other_names_and_other_places() -> None:
    full = replace(topic(CEPH), see_also=(MODEL,), parents=(("Kernel",), MODEL))
    sees = (see("Kernel/Ceph FS", CEPH), see("Kernel/RADOS", CEPH, printed=False))
    of = replace(catalog(topics=(full, topic(MODEL))), sees=sees)
    plain, found = json.loads(archive(of, (), SITE, {CEPH: "A filesystem."}))["topics"]

    assert (found["note"], found["aliases"]) == (
        "A filesystem.",
        [["Kernel", "Ceph FS"], ["Kernel", "RADOS"]],
    )
    assert (found["see_also"], found["parents"]) == ([list(MODEL)], [["Kernel"], list(MODEL)])
    assert (plain["note"], plain["aliases"], plain["see_also"], plain["parents"]) == ("", [], [], [])


def test_the_site_and_its_problems_are_exported() -> None:
    first = Problem(
        code="no-date", severity="warning", file="a.md", line=0, message="It has none.", fix="Add it."
    )
    second = Problem(code="empty", severity="error", file="b.md", line=3, message="It is empty.", fix="")
    found = exported(catalog(), second, first)
    assert list(found) == ["site", "articles", "topics", "problems"]
    assert found["site"] == {
        "title": "Index of news",
        "url": "https://example.org/news",
        "source": "https://example.net",
    }
    assert found["problems"] == [
        {
            "code": "no-date",
            "severity": "warning",
            "file": "a.md",
            "line": 0,
            "message": "It has none.",
            "fix": "Add it.",
        },
        {
            "code": "empty",
            "severity": "error",
            "file": "b.md",
            "line": 3,
            "message": "It is empty.",
            "fix": "",
        },
    ]


def test_articles_come_by_id_and_topics_by_entry() -> None:
    parent = topic(CEPH[:2])
    found = exported(catalog(card("9"), card("b"), card("10"), topics=(topic(CEPH), topic(MODEL), parent)))
    assert [one["id"] for one in found["articles"]] == ["10", "9", "b"]
    assert [tuple(one["entry"]) for one in found["topics"]] == [MODEL, CEPH[:2], CEPH]


def test_only_published_articles_are_exported() -> None:
    held = catalog(card("1"), card("2"))
    held.cards["3"] = card("3", draft=True)
    assert [one["id"] for one in exported(held)["articles"]] == ["1", "2"]


def test_the_file_is_indented_utf8_that_escapes_no_letter() -> None:
    content = archive(catalog(card("1", title="Größe — 日本語 \N{PENGUIN}")), (), SITE)
    assert "Größe — 日本語 \N{PENGUIN}".encode() in content
    assert content.endswith(b"}\n")
    assert b'\n {\n  "articles"' not in content
    assert b'\n "articles": [\n  {\n   "id": "1",\n' in content


def test_a_problem_with_a_file_whose_name_is_no_text_is_exported() -> None:
    bad = Problem(
        code="unreadable", severity="error", file="caf\udce9.md", line=0, message="\udce9", fix="Rename it."
    )
    assert exported(catalog(), bad)["problems"][0]["file"] == "caf?.md"
