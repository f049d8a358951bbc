"""A slash parts levels, or belongs to a name; the link or the list of names decides."""

from __future__ import annotations

import pytest

from lwnindex.readers.entries import filed, split_path, split_topic, terms
from lwnindex.reading import reading
from lwnindex.settings import Config, IndexSettings, SourceSettings

NAMES = IndexSettings().slash_names


@pytest.mark.parametrize(
    ("path", "levels"),
    [
        ("Kernel/Filesystems/Ceph", ("Kernel", "Filesystems", "Ceph")),
        ("Kernel/Asynchronous I/O", ("Kernel", "Asynchronous I/O")),
        ("Kernel/Block layer/I/O scheduling", ("Kernel", "Block layer", "I/O scheduling")),
        ("Kernel/I/O", ("Kernel", "I/O")),
        ("Kernel/API/Objects", ("Kernel", "API", "Objects")),
        ("Kernel/Networking/TCP/IP", ("Kernel", "Networking", "TCP/IP")),
        ("kFreeBSD/GNU/x", ("kFreeBSD/GNU", "x")),
        ("Kernel", ("Kernel",)),
        ("/Kernel//", ("", "Kernel", "", "")),
    ],
)
def test_a_path_is_parted_but_inside_the_listed_names(path: str, levels: tuple[str, ...]) -> None:
    assert split_path(path, NAMES) == levels


def test_without_a_list_every_slash_parts() -> None:
    assert split_path("Kernel/I/O", ()) == ("Kernel", "I", "O")
    assert split_path("Kernel/I/O", ("noslash",)) == ("Kernel", "I", "O")


@pytest.mark.parametrize(
    ("topic", "fragment", "levels", "by_list"),
    [
        ("Ceph", "", ("Ceph",), False),
        ("Filesystems/Ceph", "Filesystems-Ceph", ("Filesystems", "Ceph"), False),
        ("Asynchronous I/O", "Asynchronous_IO", ("Asynchronous I/O",), False),
        ("Block layer/I/O scheduling", "Block_layer-IO_scheduling", ("Block layer", "I/O scheduling"), False),
        ("Input/output", "Inputoutput", ("Input/output",), False),
        ("I/O", "I-O", ("I", "O"), False),
        ("a/b_c", "a-b%5Fc", ("a", "b_c"), False),
        ("Scheduler/and power management", "Scheduler-and_power_management", None, False),
        ("Asynchronous I/O", "Elsewhere", ("Asynchronous I/O",), True),
        ("Asynchronous I/O", "", ("Asynchronous I/O",), True),
        ("Filesystems/Ceph", "", ("Filesystems", "Ceph"), False),
        ("Filesystems//Ceph", "Filesystems-Ceph", ("Filesystems", "", "Ceph"), False),
        ("a/b/c/d/e/f/g/h/i/j", "abcdefghij", tuple("abcdefghij"), False),
    ],
)
def test_the_link_settles_the_slashes_and_else_the_list(
    topic: str, fragment: str, levels: tuple[str, ...] | None, by_list: bool
) -> None:
    assert split_topic(topic, fragment, NAMES) == (levels or tuple(topic.split("/")), by_list)


def test_entries_are_kept_once_in_order_with_their_lines() -> None:
    found = filed(
        [(("Kernel", " Ceph\u00a0fs "), 3), (("Kernel", "Ceph fs"), 4), (("Kernel", "A", "B"), 5)], "a.md"
    )

    assert found.entries == (("Kernel", "Ceph fs"), ("Kernel", "A", "B"))
    assert found.lines == (3, 5)
    assert found.problems == ()


def test_of_the_first_so_many_entries_a_repeat_is_told_with_both_lines() -> None:
    ceph = ("Kernel", "Ceph")
    found = filed([(ceph, 3), (ceph, 4), (ceph, 4), (ceph, 5)], "a.md", telling=2)

    assert (found.entries, found.lines) == ((ceph,), (3,))
    assert [(one.code, one.line) for one in found.problems] == [("bad-entry", 4)]
    assert found.problems[0].message == 'the entry "Kernel/Ceph" stands in line 3 already; it is used once.'


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (("Kernel",), 'the entry "Kernel" names no topic'),
        (("",), 'the entry "" names no topic'),
        (("Kernel", "", "x"), 'the entry "Kernel//x" has an empty level'),
        (("", "x"), 'the entry "/x" has an empty level'),
        (("Kernel", "\x1b", "x"), 'the entry "Kernel//x" has an empty level'),
        (("Kernel", "\u202e"), 'the entry "Kernel/" has an empty level'),
    ],
)
def test_an_entry_without_topic_or_with_an_empty_level_is_a_warning(
    levels: tuple[str, ...], said: str
) -> None:
    found = filed([(levels, 7)], "a.md")
    (fault,) = found.problems

    assert found.entries == ()
    assert (fault.code, fault.severity, fault.line) == ("bad-entry", "warning", 7)
    assert fault.message.startswith(said)


FOUND = [("tags", "a/b", 3), ("categories", "A/B", 4), ("tags", "", 5)]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (SourceSettings(path="x", preset="hugo"), [(("Tags", "a/b"), 3), (("Categories", "A/B"), 4)]),
        (
            SourceSettings(path="x", preset="nikola", index="News"),
            [(("News", "a/b"), 3), (("News", "A", "B"), 4)],
        ),
        (SourceSettings(path="x", index={"tags": "News/Old"}), [(("News", "Old", "a/b"), 3)]),
        (
            SourceSettings(path="x", index={"tags": ""}, categories={"a/B": "Kernel/I/O/x"}),
            [(("Kernel", "I/O", "x"), 3), (("Kernel", "I/O", "x"), 4)],
        ),
        (SourceSettings(path="x", index={"tags": ""}, entries=("News/All",)), [(("News", "All"), 1)]),
    ],
)
def test_terms_are_entries(source: SourceSettings, wanted: list[tuple[tuple[str, ...], int]]) -> None:
    assert terms(FOUND, reading(Config(), source)) == wanted


def test_without_a_table_of_their_own_files_have_no_terms() -> None:
    assert terms(FOUND, reading(Config())) == []
