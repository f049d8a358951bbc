"""Entries are suggested after what speaks for them, and it is said what does."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex.model import Entry
from lwnindex.nearness import Space
from lwnindex.shelf import Profile
from lwnindex.shelving import Given, shelf
from lwnindex.subjects import Drawers, Subjects
from lwnindex.suggest import NAME, PATH, REFERENCES, TEXT, WORDS, Suggesting, Suggestion, suggestions
from tests.makers import card, entry

Names = dict[Entry, tuple[str, ...]]


def article(
    name: str, text: str, *entries: str, title: str = "-", by: str = "Desk", cites: tuple[str, ...] = ()
) -> Given:
    return Given(card(name, *entries, title=title, authors=(by,), cites=cites), (), text)


ARCHIVE = (
    article("1", "osd rados crush map", "Kernel/Filesystems/Ceph", title="A new file system"),
    article("2", "osd rados snapshots", "Kernel/Filesystems/Ceph", title="Ceph grows"),
    article("3", "journal extents delayed", "Kernel/Filesystems/ext4", cites=("900",)),
    article("4", "futex spinlock contention", "Kernel/Locking", by="Ann Author"),
    article("5", "lockdep annotations", "Kernel/Locking", "Guests/Author, Ann", by="Ann Author"),
    article("6", "packets queues", "Kernel/Networking"),
)


def space_of(*more: Given, names: Names | None = None) -> Space:
    return Space(shelf([*ARCHIVE, *more], names))


def suggested(
    wanted: Given, *more: Given, names: Names | None = None, own: bool = False, number: int = 9
) -> tuple[Suggestion, ...]:
    space = space_of(wanted, *more, names=names)
    return suggestions(space, drawers_of(space), _of(space, wanted.card.id), number, own=own)


def drawers_of(space: Space) -> Drawers:
    return Drawers(Subjects(space, space.filed).kept())


def _of(space: Space, id: str) -> Profile:  # noqa: A002
    return next(one for one in space.profiles if one.id == id)


def best(wanted: Given, names: Names | None = None) -> Suggestion:
    return suggested(wanted, names=names)[0]


def test_the_weights_sum_up_to_one() -> None:
    assert pytest.approx(1.0) == WORDS + NAME + TEXT + PATH + REFERENCES


@pytest.mark.parametrize(
    ("wanted", "expected", "part"),
    [
        (article("7", "rados and the osd"), "Kernel/Filesystems/Ceph", "words"),
        (article("7", "unheard", title="A word on Ceph"), "Kernel/Filesystems/Ceph", "name"),
        (article("7", "networking networking"), "Kernel/Networking", "text"),
        (article("7", "unheard", by="Ann Author"), "Guests/Author, Ann", "name"),
        (article("7", "unheard", cites=("900",)), "Kernel/Filesystems/ext4", "references"),
        (article("7", "unheard", cites=("6",)), "Kernel/Networking", "references"),
    ],
)
def test_each_part_finds_its_topic(wanted: Given, expected: str, part: str) -> None:
    found = best(wanted)

    assert found.entry == entry(expected)
    assert found.parts[part] > 0


def test_words_of_the_path_speak_for_all_below() -> None:
    found = suggested(article("7", "unheard", title="Filesystems"))

    assert [one.entry for one in found] == [
        entry("Kernel/Filesystems/Ceph"),
        entry("Kernel/Filesystems/ext4"),
    ]
    assert found[0].in_title == ("filesystem",)
    assert found[0].parts["path"] == found[0].score


def test_the_score_is_the_sum_of_its_parts() -> None:
    for one in suggested(article("7", "osd rados crush", title="Ceph and networking", cites=("1",))):
        assert one.score == pytest.approx(sum(one.parts.values()))


def test_reasons_name_the_nearest_articles_and_their_words() -> None:
    found = best(article("7", "osd rados crush"))

    assert [one.id for one in found.near] == ["1", "2"]
    assert set(found.near[0].words) == {"osd", "rados", "crush"}
    assert found.near[0].nearness > found.near[1].nearness


def test_reasons_tell_how_articles_cite() -> None:
    citing = article("8", "packets", "Kernel/Networking", cites=("7",))
    alike = article("9", "packets", "Kernel/Networking", cites=("901",))

    found = suggested(article("7", "queues", cites=("6", "901")), citing, alike)[0]

    assert (found.cites, found.cited_by, found.citing_alike) == (("6",), ("8",), ("9",))


def test_a_name_counts_by_how_many_with_it_are_filed_there() -> None:
    stray = article("8", "unheard", "Kernel/Networking", title="Ceph, not")

    found = best(article("7", "unheard-of", title="Ceph"))
    less = suggested(article("7", "unheard-of", title="Ceph"), stray)[0]

    assert (found.place, found.filed, found.named) == ("title", 1, 1)
    assert (less.filed, less.named) == (1, 2)
    assert found.parts["name"] == pytest.approx(NAME * 1.5 / 2)
    assert less.parts["name"] == pytest.approx(NAME * 1.5 / 3)


def test_an_article_that_is_there_in_other_words_is_judged_as_if_it_were_not() -> None:
    """As an edited copy, a translation or a draft of it: what stands there has no such title."""
    space = space_of(article("7", "zfs", "Kernel/ZFS", title="Sums"), names={entry("Kernel/Swap"): ()})

    for title, wanted in (("Swap and ZFS", "Kernel/Swap"), ("ZFS", "Kernel/ZFS")):
        copy = space.with_words(article("7", "zfs", title=title))
        found = {one.entry: one for one in suggestions(space, drawers_of(space), copy, 9)}
        assert (found[entry(wanted)].filed, found[entry(wanted)].named) == (0, 0)


def test_the_article_in_question_is_none_of_the_others_with_the_name() -> None:
    space = space_of(article("7", "zfs", "Kernel/ZFS", title="ZFS"))
    copy = space.with_words(article("7", "zfs", title="ZFS"))

    found = suggestions(space, drawers_of(space), copy, 9)[0]

    assert (found.entry, found.filed, found.named) == (entry("Kernel/ZFS"), 0, 0)


def test_an_author_who_is_only_spoken_of_is_no_author() -> None:
    found = suggested(article("7", "Ann Author, the author Ann"))

    assert entry("Guests/Author, Ann") not in [one.entry for one in found if one.parts["text"]]


def test_own_entries_are_left_out_unless_asked_for() -> None:
    wanted = article("7", "osd rados", "Kernel/Filesystems/Ceph", title="Ceph")

    assert entry("Kernel/Filesystems/Ceph") not in [one.entry for one in suggested(wanted)]
    found = suggested(wanted, own=True)[0]
    assert (found.entry, found.held) == (entry("Kernel/Filesystems/Ceph"), True)


def test_own_entries_are_judged_as_if_the_article_were_not_filed() -> None:
    filed = suggested(article("7", "osd rados", "Kernel/Filesystems/Ceph", title="Ceph"), own=True)[0]
    unfiled = best(article("7", "osd rados", title="Ceph"))

    assert filed.parts == pytest.approx(unfiled.parts)
    assert (filed.filed, filed.named) == (unfiled.filed, unfiled.named)


def test_a_topic_that_no_other_article_has_is_judged_by_its_name() -> None:
    found = suggested(article("7", "zfs zfs", "Kernel/ZFS", title="ZFS"), own=True)[0]

    assert found.entry == entry("Kernel/ZFS")
    assert (found.parts["words"], found.near, found.named) == (0.0, (), 0)


def test_other_names_of_a_topic_count_as_its_own() -> None:
    names = {entry("Kernel/Networking"): ("Sockets",), entry("Kernel/Swap"): ()}

    assert best(article("7", "unheard", title="On sockets"), names=names).entry == entry("Kernel/Networking")
    assert best(article("7", "unheard", title="To swap"), names=names).entry == entry("Kernel/Swap")


def test_as_many_are_suggested_as_asked_for() -> None:
    assert len(suggested(article("7", "osd journal futex packets"), number=2)) == 2


def test_nothing_is_suggested_where_nothing_speaks_for_it() -> None:
    assert suggested(article("7", "unheard-of")) == ()


def test_words_of_any_language_are_compared() -> None:
    chinese = article("8", "内核调度器", "Kernel/Scheduler")

    assert suggested(article("7", "调度器"), chinese)[0].entry == entry("Kernel/Scheduler")


WORD = st.sampled_from(("osd", "rados", "Ceph", "locking", "networking", "packets", "filesystems", "内核"))
TOPIC = st.sampled_from(("Kernel/Ceph", "Kernel/Locking", "Kernel/Locking/Futex", "Guests/Author, Ann"))
articles = st.builds(
    lambda words, title, entries, cites, by: (words, title, entries, cites, by),
    st.lists(WORD, max_size=6).map(" ".join),
    st.lists(WORD, max_size=2).map(" ".join),
    st.lists(TOPIC, max_size=2, unique=True),
    st.lists(st.sampled_from(("0", "1", "2", "77")), max_size=2).map(tuple),
    st.sampled_from(("Ann Author", "Desk")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(articles, min_size=1, max_size=6), st.integers(0, 9))
def test_suggestions_are_the_same_in_any_order_with_scores_within_bounds(
    drawn: list[tuple[str, str, list[str], tuple[str, ...], str]], seed: int
) -> None:
    cards = [article(str(n), w, *e, title=t, cites=c, by=b) for n, (w, t, e, c, b) in enumerate(drawn)]
    mixed = list(cards)
    Random(seed).shuffle(mixed)
    for wanted in ("0", str(len(cards) - 1)):
        found = _suggested_in(cards, wanted)

        assert found == _suggested_in(mixed, wanted)
        assert all(0 < one.score <= 1 and min(one.parts.values()) >= 0 for one in found)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def _suggested_in(cards: list[Given], wanted: str) -> tuple[Suggestion, ...]:
    space = Space(shelf(cards))
    return suggestions(space, drawers_of(space), _of(space, wanted), 9, own=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(articles, min_size=1, max_size=6))
def test_every_topic_has_the_score_that_its_parts_sum_up_to(
    drawn: list[tuple[str, str, list[str], tuple[str, ...], str]],
) -> None:
    cards = [article(str(n), w, *e, title=t, cites=c, by=b) for n, (w, t, e, c, b) in enumerate(drawn)]
    space = Space(shelf(cards))
    subjects = Subjects(space, space.filed).all()
    for one in space.profiles:
        suggesting = Suggesting(space, one, space.filed)
        expected = [(suggesting.score(subject), place) for place, subject in enumerate(subjects)]

        assert suggesting.scored(drawers_of(space)) == sorted(
            (each for each in expected if each[0] > 0), key=lambda each: (-each[0], each[1])
        )
