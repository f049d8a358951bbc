"""A permuted index has a topic under each word that somebody may look for, and its name whole at each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lwnindex.indexviews import WordsView
from lwnindex.model import Card, See
from lwnindex.settings import Config
from lwnindex.viewparts import Crumb
from lwnindex.views.archive import Archive
from lwnindex.views.permuted import STOP_WORDS, cuts, word_pages
from tests.cards import cards
from tests.makers import archive_of, card, config, entry, made

ENGLISH = STOP_WORDS["en"]
PAGE = "Kernel/Words/index.html"


def words_of(name: str, language: str = "en") -> list[str]:
    """Return the words by which a name is looked for."""
    return [name[start:end] for start, end in cuts(name, STOP_WORDS[language])]


def views_of(shelf: Archive) -> list[WordsView]:
    return made(word_pages(shelf, shelf.catalog.indexes[0]), WordsView)


def told(view: WordsView) -> list[str]:
    """Return the lines of a page, each with its word in brackets."""
    return [f"{one.before}[{one.word}]{one.after}" for letter in view.letters for one in letter.lines]


def of(*found: Card | str, settings: Config = config()) -> Archive:  # noqa: B008
    """Return an archive of articles, one for each entry."""
    held = [card(str(place), one) if isinstance(one, str) else one for place, one in enumerate(found)]
    return archive_of(*held, config=settings)


def with_alias(shelf: Archive, alias: str, topic: str, *, printed: bool = True) -> Archive:
    """Return an archive in which a topic has another name."""
    see = See(entry=entry(alias), topic=entry(topic), path="x/index.html", anchor="x", printed=printed)
    return shelf._replace(catalog=replace(shelf.catalog, sees=(*shelf.catalog.sees, see)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Huge pages", ["Huge", "pages"]),
        ("Memory management / Huge pages", ["Memory", "management", "Huge", "pages"]),
        ("Storage, Filesystem, & Memory", ["Storage", "Filesystem", "Memory"]),
        ("Drepper, Ulrich", ["Drepper", "Ulrich"]),
        ("io_uring", ["io_uring", "uring"]),
        ("get_user_pages()", ["get_user_pages()", "user", "pages"]),
        ("clone()", ["clone()"]),
        ("linux-next", ["linux-next", "next"]),
        ("Wi-Fi", ["Wi-Fi", "Fi"]),
        ("Out-of-memory handling", ["Out-of-memory", "memory", "handling"]),
        ("x86_64", ["x86_64"]),
        ("Asynchronous I/O", ["Asynchronous", "I/O"]),
        ("GNU/Linux", ["GNU/Linux", "Linux"]),
        ("TCP/IP", ["TCP/IP"]),
        ("big.LITTLE", ["big.LITTLE", "LITTLE"]),
        ("LSFMM+BPF", ["LSFMM+BPF", "BPF"]),
        ("C++", ["C++"]),
        ("C#", ["C#"]),
        ("/proc and .NET", ["proc", "NET"]),
        ("Releases / 4.9", ["Releases"]),
        ("linux.conf.au / 2018", ["linux.conf.au", "conf"]),
        ("Python 3.13-rc1 and v2", ["Python"]),
        ("4.9", ["4.9"]),
        ("The end of the line", ["The", "end", "line"]),
        ("Scheduler / and power management", ["Scheduler", "power", "management"]),
        ("of the", ["of the"]),
        ("++", ["++"]),
        ("日本 語", ["日本", "語"]),
        ("Ko\u0301d \u2019n\u2019 roll", ["Ko\u0301d", "n", "roll"]),
        ("“Quoted” (in brackets)", ["Quoted", "brackets"]),
        ("O\u2019Brien, Pat", ["O\u2019Brien", "Brien", "Pat"]),
    ],
)
def test_a_name_is_looked_for_by_these_words(name: str, words: list[str]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("de", "Verwaltung der Speicher", ["Verwaltung", "Speicher"]),
        ("fr", "Gestion de l'espace", ["Gestion", "l'espace", "espace"]),
        ("es", "Gestión de la memoria", ["Gestión", "memoria"]),
        ("it", "Gestione della rete e dei dischi", ["Gestione", "della", "rete", "dischi"]),
        ("nl", "Beheer van het geheugen", ["Beheer", "geheugen"]),
        ("pt", "Gestão da memória", ["Gestão", "memória"]),
    ],
)
def test_each_language_has_its_own_small_words(language: str, name: str, words: list[str]) -> None:
    assert words_of(name, language) == words


def test_small_words_are_small() -> None:
    assert all(len(word) <= 3 and word == word.lower() for words in STOP_WORDS.values() for word in words)


@given(st.text(max_size=40) | st.text("ab_-./'() 4", max_size=40))
def test_words_are_parts_of_a_name_from_left_to_right(name: str) -> None:
    found = cuts(name, ENGLISH)
    starts = [start for start, _ in found]
    assert starts == sorted(set(starts))
    assert all(0 <= start <= end <= len(name) for start, end in found)
    assert all(start < end for start, end in found) or not name
    assert len(found) <= len(name) // 2 + 1


def test_a_number_of_any_length_is_seen_to_be_one() -> None:
    assert words_of("Run " + "1" * 5000 + "-") == ["Run"]


def test_every_topic_stands_under_each_of_its_words_in_order() -> None:
    (view,) = views_of(
        of("Kernel/Memory management/Huge pages", "Kernel/huge zero page", "Kernel/Huge pages")
    )
    assert told(view) == [
        *("[Huge] pages", "Memory management / [Huge] pages", "[huge] zero page"),
        *("Memory [management]", "Memory [management] / Huge pages"),
        *("[Memory] management", "[Memory] management / Huge pages"),
        *("huge zero [page]", "Huge [pages]", "Memory management / Huge [pages]", "huge [zero] page"),
    ]
    assert [letter.letter for letter in view.letters] == ["H", "M", "P", "Z"]
    assert [(line.path, line.count) for line in view.letters[0].lines[:2]] == [
        ("Kernel/Huge_pages/index.html", 1),
        ("Kernel/Memory_management/Huge_pages/index.html", 1),
    ]


def test_the_page_leads_to_its_letters_and_to_the_other_orders() -> None:
    (view,) = views_of(of("Kernel/Huge pages"))
    assert (view.path, view.root, view.title) == (PAGE, "../../", "Kernel index by words")
    assert view.crumbs == (Crumb(name="Kernel index", path="Kernel/Index/index.html"),)
    assert view.bar == (Crumb(name="H", path=f"{PAGE}#letter:H"), Crumb(name="P", path=f"{PAGE}#letter:P"))
    assert [letter.id for letter in view.letters] == ["letter:H", "letter:P"]
    assert [one.name for one in view.others] == ["From A to Z", "As a tree"]
    assert (view.topics, view.feeds[0].path) == (1, "Kernel/Index/feed.rss")


def test_another_name_stands_under_its_words_and_leads_to_the_topic() -> None:
    shelf = with_alias(of("Kernel/Virtual memory/Swap"), "Kernel/Swap space", "Kernel/Virtual memory/Swap")
    (view,) = views_of(with_alias(shelf, "Kernel/Hidden", "Kernel/Virtual memory", printed=False))
    led = Crumb(name="Virtual memory / Swap", path="Kernel/Virtual_memory/Swap/index.html")
    found = [line for letter in view.letters for line in letter.lines if line.see]
    assert [(line.before, line.word, line.after) for line in found] == [
        ("Swap ", "space", ""),
        ("", "Swap", " space"),
    ]
    assert {(line.see, line.path, line.count) for line in found} == {(led, led.path, 0)}
    assert not [one for one in told(view) if "Hidden" in one]


def test_another_name_of_a_topic_elsewhere_says_in_which_index_that_is() -> None:
    shelf = of("Kernel/A", "Security/Disks")
    (view,) = views_of(with_alias(shelf, "Kernel/Locks", "Security/Disks"))
    assert [line.see and line.see.name for line in view.letters[-1].lines] == ["Security / Disks"]


def test_the_small_words_are_those_of_the_site_s_language() -> None:
    (view,) = views_of(of("Kernel/Art der Dinge", settings=config(site={"language": "de-AT"})))
    assert told(view) == ["[Art] der Dinge", "Art der [Dinge]"]
    (view,) = views_of(of("Kernel/Art der Dinge", settings=config(site={"language": "he"})))
    assert told(view) == ["[Art] der Dinge", "Art [der] Dinge", "Art der [Dinge]"]


def test_a_long_one_has_a_page_for_each_letter() -> None:
    first, *letters = views_of(of("Kernel/Huge pages", "Kernel/4.9", settings=config(index={"split": 2})))
    assert [view.path for view in letters] == [
        f"Kernel/Words/letter/{one}/index.html" for one in ("0-9", "H", "P")
    ]
    assert [(letter.letter, letter.lines, letter.path) for letter in first.letters] == [
        (view.letter, (), view.path) for view in letters
    ]
    assert [told(view) for view in letters] == [["[4.9]"], ["[Huge] pages"], ["Huge [pages]"]]
    assert all(view.bar == first.bar and view.root == "../../../../" for view in letters)
    assert first.bar[0] == Crumb(name="0-9", path="Kernel/Words/letter/0-9/index.html#letter:0-9")
    assert (letters[1].title, letters[1].topics) == ("Kernel index by words: H", 1)
    assert letters[1].crumbs[-1] == Crumb(name="Kernel index by words", path=PAGE)
    assert [one.path for one in letters[1].others] == ["Kernel/Index/index.html", "Kernel/Tree/index.html"]


def test_what_looks_long_and_is_not_stays_on_one_page() -> None:
    (view,) = views_of(of("Kernel/Incomprehensibilities", settings=config(index={"split": 1})))
    assert told(view) == ["[Incomprehensibilities]"]


def test_a_site_without_words_has_none() -> None:
    assert views_of(of("Kernel/A", settings=config(pages={"words": False}))) == []


@given(cards(), st.sampled_from((1, 20_000)))
def test_every_topic_is_there_and_every_line_is_its_name(found: list[Card], split: int) -> None:
    shelf = archive_of(*found, config=config(index={"split": split}))
    names = {topic.path: " / ".join(topic.entry[1:]) for topic in shelf.catalog.topics.values()}
    for one in shelf.catalog.indexes:
        views = made(word_pages(shelf, one), WordsView)
        lines = [line for view in views for letter in view.letters for line in letter.lines]
        assert {line.path for line in lines} == {shelf.catalog.topics[each].path for each in one.topics}
        assert all(line.before + line.word + line.after == names[line.path] for line in lines)
        assert (len(views) > 1) == (len(lines) > split)
