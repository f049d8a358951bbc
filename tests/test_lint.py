"""Each fault of the thesaurus and of the filing is found with its places; what is as it should be is not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lwnindex.lint import Finding, Place, finding_lines, finding_object, lint, summary
from lwnindex.model import Card, Catalog, Described, Mention, Problem
from tests.makers import card, catalog_of, entry

FILE = "content/topics.toml"


def described(catalog: Catalog, *topics: Described) -> Catalog:
    """Return a catalog with descriptions, each of which is a topic there."""
    known = {one.entry: one for one in topics}
    blank = next(iter(catalog.topics.values()))
    empty = {
        one: replace(blank, entry=one, own=(), count=0, children=())
        for one in known
        if one not in catalog.topics
    }
    return replace(catalog, described=known, topics={**catalog.topics, **empty})


def codes(*cards: Card) -> list[str]:
    return [one.code for one in lint(catalog_of(*cards), (), (), hints=True)]


def problem(code: str, file: str = "content/1.md", message: str = "so.") -> Problem:
    return Problem(code=code, severity="warning", file=file, line=3, message=message, fix="Mend it.")


# Problems of the build ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "is_told"),
    [
        (problem("near-duplicate"), True),
        (problem("unknown-topic", FILE), True),
        (problem("undeclared-index"), True),
        (problem("bad-entry"), True),
        (problem("bad-field", FILE), True),
        (problem("bad-field"), False),
        (problem("dead-link"), False),
        (problem("address-clash", message='the topic "A" and the older "B" would share it.'), True),
        (problem("address-clash", message='the address of the author "A" is that of an older one.'), False),
    ],
)
def test_problems_of_topics_are_findings_and_no_others(found: Problem, is_told: bool) -> None:
    told = lint(catalog_of(card("1", "Kernel/A")), [found, found], {FILE})

    assert [one.message for one in told] == [found.message] * is_told


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ('the topics "A" and "B" (content/2.md:7) differ in case only.', Place("content/2.md", 7)),
        ('"A" is described at content/topics.toml:9 already.', Place(FILE, 9)),
        ("nothing happens at noon (at 12:30).", None),
    ],
)
def test_the_other_place_is_the_one_that_the_sentence_names(message: str, place: Place | None) -> None:
    catalog = catalog_of(card("1", "Kernel/A"), card("2", "Kernel/A"))
    (found,) = lint(catalog, [problem("near-duplicate", message=message)], {FILE})

    assert found.places == (Place("content/1.md", 3), *((place,) if place else ()))
    assert found.severity == "warning"


def test_of_two_that_may_be_one_it_is_not_told_that_their_addresses_clash() -> None:
    clash = 'the topic "Kernel / a" and the older "Kernel / A" would share a folder on some file systems.'
    other = 'the topic "Kernel / b" and the older "Kernel / A" would share the anchor #A.'
    near = 'the topics "Kernel/a" and "Kernel/A" (content/1.md:3) differ in case only.'
    problems = [problem("address-clash", message=clash), problem("address-clash", message=other)]

    assert len(lint(catalog_of(), problems, ())) == 2
    found = lint(catalog_of(), [*problems, problem("near-duplicate", message=near)], ())
    assert [one.message for one in found] == [other, near]


# What only lint looks at -------------------------------------------------------------------------


def test_a_described_topic_without_articles_is_told_and_one_above_articles_is_not() -> None:
    catalog = described(
        catalog_of(card("1", "Kernel/A/B")),
        Described(entry=entry("Kernel/A"), file=FILE, line=1),
        Described(entry=entry("Kernel/Empty"), file=FILE, line=4),
    )

    (found,) = lint(catalog, (), ())
    assert (found.code, found.severity, found.places) == ("empty-topic", "warning", (Place(FILE, 4),))
    assert '"Kernel/Empty"' in found.message


def test_a_topic_by_a_mistaken_name_is_not_told_to_be_empty_as_well() -> None:
    said = Described(entry=entry("Kernel/Schduler"), file=FILE, line=4)
    catalog = described(catalog_of(card("1", "Kernel/Scheduler")), said)
    near = problem("near-duplicate", FILE, 'the topics "Kernel/Schduler" and "Kernel/Scheduler" differ.')

    assert [one.code for one in lint(catalog, [near], {FILE})] == ["near-duplicate"]


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("Kernel/Red/black trees", "Kernel/Red-black trees"),
        ("Kernel/D/Bus", "Kernel/D-Bus"),
        ("Kernel/Per/CPU variables", "Kernel/Per-CPU variables"),
        ("Kernel/Locking/Reader/writer locks", "Kernel/Locking/Reader-writer locks"),
    ],
)
def test_a_name_that_was_parted_at_a_hyphen_is_told_with_the_mend(path: str, whole: str) -> None:
    found = [one for one in lint(catalog_of(card("1", path)), (), ()) if one.code == "parted-name"]

    assert [(one.severity, one.places) for one in found] == [("warning", (Place("content/1.md", 3),))]
    assert f'lwnindex topics rename "{path}" "{whole}"' in found[0].fix


def test_a_parted_name_that_is_there_as_a_whole_is_to_be_merged_with_that() -> None:
    filed = card("1", "Kernel/Checkpoint/restart"), card("2", "Kernel/Checkpoint-Restart")
    (found,) = lint(catalog_of(*filed), (), ())

    assert (found.code, found.places) == ("parted-name", (Place("content/1.md", 3), Place("content/2.md", 3)))
    assert 'topics merge "Kernel/Checkpoint/restart" "Kernel/Checkpoint-Restart".' in found.fix


@pytest.mark.parametrize(
    ("topic", "parent", "is_needless"),
    [
        ("Kernel/Locking/Mutexes", "Kernel/Locking", True),
        ("Kernel/Locking/Mutexes/Debugging", "Kernel/Locking", True),
        ("Kernel/Locking", "Kernel", True),
        ("Kernel/Locking/Mutexes", "Kernel", False),
        ("Kernel/Locking/Mutexes", "Kernel/Lock", False),
        ("Kernel/Locking", "Kernel/Locking", False),
    ],
)
def test_a_parent_that_a_topic_stands_below_anyway_is_told(
    topic: str, parent: str, is_needless: bool
) -> None:
    above = Mention(entry=tuple(parent.split("/")), line=4)
    said = Described(entry=entry(topic), file=FILE, line=1, parents=(above,))
    told = lint(described(catalog_of(card("1", topic)), said), (), ())

    assert [(one.code, one.places) for one in told] == [("needless-parent", (Place(FILE, 4),))] * is_needless


@pytest.mark.parametrize(
    "path",
    [
        "Kernel/Filesystems/Ceph",
        "Kernel/GCC/Plugins",
        "Development/System initialization/systemd",
        "Kernel/Git/gitk",
    ],
)
def test_a_lone_sub_topic_of_another_kind_is_a_hint(path: str) -> None:
    catalog = catalog_of(card("1", path))

    assert lint(catalog, (), ()) == ()
    assert [one.code for one in lint(catalog, (), (), hints=True)] == ["lone-sub-topic"]


def test_a_topic_with_something_of_its_own_or_a_description_may_have_one_sub_topic() -> None:
    assert codes(card("1", "Kernel/D/Bus"), card("2", "Kernel/D")) == []
    assert codes(card("1", "Kernel/D/Bus", "Kernel/D/Trace")) == []
    told = described(
        catalog_of(card("1", "Kernel/D/Bus")), Described(entry=entry("Kernel/D"), file=FILE, line=1)
    )
    assert lint(told, (), (), hints=True) == ()


def test_topics_above_one_that_is_described_alone_have_its_place() -> None:
    deep = entry("Kernel/D/Bus/Tools")
    catalog = described(catalog_of(card("1", "Kernel/A")), Described(entry=deep, file=FILE, line=5))
    above = {
        deep[:end]: replace(catalog.topics[deep], entry=deep[:end], children=(deep[: end + 1],))
        for end in (2, 3)
    }
    found = lint(replace(catalog, topics={**catalog.topics, **above}), (), ())

    assert {(one.code, one.places) for one in found} == {
        ("empty-topic", (Place(FILE, 5),)),
        ("parted-name", (Place(FILE, 5),)),
    }


def test_an_article_filed_under_a_topic_and_one_above_it_is_a_hint_with_both_lines() -> None:
    (found,) = lint(catalog_of(card("1", "Kernel/A/B", "Kernel/A")), (), (), hints=True)

    assert (found.code, found.severity) == ("filed-above", "hint")
    assert found.places == (Place("content/1.md", 4), Place("content/1.md", 3))


def test_two_topics_of_one_name_are_a_hint_unless_something_relates_them() -> None:
    one, other = entry("Kernel/Filesystems/Btrfs"), entry("Kernel/Btrfs")
    catalog = catalog_of(
        card("1", one, other, "Kernel/Filesystems/Ceph"), card("2", other, "Kernel/Filesystems/Ceph")
    )

    (found,) = lint(catalog, (), (), hints=True)
    assert (found.code, found.places[0]) == ("same-name", Place("content/1.md", 3))
    assert "has 1 of the 1 articles" in found.message
    assert 'merge "Kernel/Filesystems/Btrfs" "Kernel/Btrfs"' in found.fix
    for more in ({"parents": (one[:-1],)}, {"see_also": (one,)}):
        topics = {**catalog.topics, other: replace(catalog.topics[other], **more)}
        assert lint(replace(catalog, topics=topics), (), (), hints=True) == ()


def test_a_name_that_stands_at_many_places_is_a_heading() -> None:
    def told(count: int) -> int:
        filed = [f"Kernel/{one}/{name}" for one in "ABCDEF"[:count] for name in ("Sessions", f"Topic {one}")]
        return len(codes(card("1", *filed)))

    assert (told(2), told(3), told(4)) == (1, 3, 0)


def test_two_topics_of_one_name_in_two_indexes_are_none() -> None:
    assert codes(card("1", "Kernel/Filesystems", "Security/Filesystems")) == []


def test_related_siblings_with_one_article_between_them_are_a_hint() -> None:
    mention = Mention(entry=entry("Kernel/B"), line=3)
    said = Described(entry=entry("Kernel/A"), file=FILE, line=1, see_also=(mention,))

    (found,) = lint(described(catalog_of(card("1", "Kernel/A", "Kernel/B")), said), (), (), hints=True)
    assert (found.code, found.places) == ("thin-topics", (Place(FILE, 1), Place(FILE, 3)))
    many = catalog_of(card("1", "Kernel/A", "Kernel/B"), card("2", "Kernel/B"))
    assert lint(described(many, said), (), (), hints=True) == ()


def test_findings_come_by_their_places_whatever_the_order_of_the_cards() -> None:
    cards = [card(str(one), f"Kernel/{name}/Bus") for one, name in enumerate("DEF")]

    found = lint(catalog_of(*cards), (), ())
    assert found == lint(catalog_of(*cards[::-1]), (), ())
    assert [one.places[0].file for one in found] == ["content/0.md", "content/1.md", "content/2.md"]


# Told --------------------------------------------------------------------------------------------

TWO = Finding("same-name", "hint", (Place("a.md", 3), Place("b.md", 0)), "two names.", "Merge.")


def test_a_finding_is_a_line_with_both_places() -> None:
    assert list(finding_lines([TWO])) == ["hint: a.md:3: same-name: two names. Merge. (The other: b.md)"]
    named = TWO._replace(message="two names (b.md).")
    assert list(finding_lines([named])) == ["hint: a.md:3: same-name: two names (b.md). Merge."]


def test_programs_are_told_both_places() -> None:
    assert finding_object(TWO)["places"] == [{"file": "a.md", "line": 3}, {"file": "b.md", "line": 0}]


def test_the_last_line_counts() -> None:
    assert summary(()) == "nothing to mend"
    assert summary([TWO, TWO, TWO._replace(severity="error")]) == "1 error, 2 hints"
