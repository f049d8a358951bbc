"""Topics that may be one are told, each pair once with both places; what is two by its name is not."""

from __future__ import annotations

import shlex
import tomllib

import pytest
from hypothesis import given
from msgspec.structs import replace

from lwnindex.index import index
from lwnindex.model import Card, Described
from lwnindex.namekeys import number_key, plain_key
from lwnindex.near import similar
from lwnindex.problems import sentence
from tests.cards import cards
from tests.described import described
from tests.makers import card, catalog_of, config, entry

ALIKE = [
    ("KProbes", "Kprobes", "in case only"),
    ("Caf\u00e9", "Cafe\u0301", "in Unicode form only"),
    ("\ufb01le systems", "file systems", "in Unicode form only"),
    ("User-space API", "User space API", "in hyphens and spaces only"),
    ("File systems", "Filesystems", "in hyphens and spaces only"),
    ("get_user_pages", "get-user-pages", "in hyphens and spaces only"),
    ("Driver\u2019s model", "Driver's Model", "in case only"),
    ("Read\u2010copy\u2011update", "Read-copy-update", "in hyphens and spaces only"),
    ("System call", "System calls", "as singular and plural only"),
    ("File system", "Filesystems", "as singular and plural only"),
    ("Bus", "Buses", "as singular and plural only"),
    ("Mutex", "Mutexes", "as singular and plural only"),
    ("Cache", "Caches", "as singular and plural only"),
    ("Patch", "patches", "as singular and plural only"),
    ("Class", "Classes", "as singular and plural only"),
    ("Policy", "Policies", "as singular and plural only"),
    ("Movie", "Movies", "as singular and plural only"),
    ("BPF program", "BPF programs", "as singular and plural only"),
    ("BPF", "BPFs", "as singular and plural only"),
    ("CPU", "CPUs", "as singular and plural only"),
    ("OS", "OSes", "as singular and plural only"),
    ("Zero\u200bcopy", "Zerocopy", "in Unicode form only"),
    ("Soft\u00adware", "Software", "in Unicode form only"),
    ("Mem\u043ery", "Memory", "in Unicode form only"),
    ("Realtime.", "Realtime", "in marks, in an article, or in the order of words only"),
    ("The Linux Foundation", "Linux Foundation", "in marks, in an article, or in the order of words only"),
    ("Swap & paging", "Swap and paging", "in marks, in an article, or in the order of words only"),
    ("Drivers, device", "Device drivers", "in marks, in an article, or in the order of words only"),
    ("An overview", "Overview", "in marks, in an article, or in the order of words only"),
    ("Index node", "Indices node", "as singular and plural only"),
    ("Matrix", "Matrices", "as singular and plural only"),
    ("Mouse", "Mice", "as singular and plural only"),
    ("Driver, device", "Device drivers", "as singular and plural only"),
]
TWO = [
    *[
        ("C", "C++"),
        ("C", "C#"),
        ("A-Z", "Z"),
        ("Swap()", "Swap#"),
        ("4.9", "4.10"),
        ("ext3", "ext4"),
        ("IPv4", "IPv6"),
        ("x86", "x32"),
    ],
    *[("2-6", "26"), ("BPF", "BTF"), ("Bus", "Bu"), ("ZFS", "ZF"), ("NFS", "NF"), ("Class", "Clas")],
    *[("Status", "Statu"), ("Basis", "Basi"), ("MIPS", "MIP"), ("I/O", "IO"), ("big.LITTLE", "bigLITTLE")],
    *[("Locks, spinning, and others", "Spinning locks and others"), ("Theory", "ory"), ("C", "\u0421")],
    *[("Release 2.6.31", "Release 2.6.32"), ("Python 2", "Python 3"), ("Summit/2009", "Summit/2010")],
]


def near(*entries: str | tuple[str, ...], topics: tuple[Described, ...] = ()) -> list[str]:
    """Return the near-duplicates of a catalog in which each entry has an article, the first two."""
    filed = [card(str(place), one, date=f"20{place:02}-01-01") for place, one in enumerate(entries, 1)]
    return told([*filed, card("99", entries[0], date=None)], topics)


def told(filed: list[Card], topics: tuple[Described, ...] = ()) -> list[str]:
    found = index(filed, config(), described=topics).problems
    return [sentence(one) for one in found if one.code == "near-duplicate"]


@pytest.mark.parametrize(("one", "other", "how"), ALIKE)
def test_names_that_differ_in_their_writing_only_are_alike(one: str, other: str, how: str) -> None:
    for keep, drop in [(one, other), (other, one)]:
        (found,) = near(("Kernel", keep), ("Kernel", drop))
        assert f'the topics "Kernel/{drop}" and "Kernel/{keep}" (content/1.md:3) differ {how}.' in found
        assert f'topics merge "Kernel/{drop}" "Kernel/{keep}"' in found


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_that_say_two_things_are_two(one: str, other: str) -> None:
    assert near(("Kernel", one), ("Kernel", other)) == []
    assert slips(one, other) == []


def test_a_pair_is_told_with_both_places_and_a_way_out() -> None:
    assert near("Kernel/KProbes", "Kernel/Kprobes") == [
        (
            'content/2.md:3: near-duplicate: the topics "Kernel/Kprobes" and "Kernel/KProbes" '
            '(content/1.md:3) differ in case only. If they are one, keep "KProbes", which has more articles: '
            'lwnindex topics merge "Kernel/Kprobes" "Kernel/KProbes", or aliases = ["Kernel/Kprobes"] of '
            '["Kernel/KProbes"]. If they are two, name one in the `see_also` of the other.'
        )
    ]


def test_a_proposal_can_be_pasted_into_a_shell_and_into_a_file_of_topics() -> None:
    (found,) = near(("Kernel", '"Fast" $path \\ `x`'), ("Kernel", '"fast" $path \\ `x`'))
    shell, _, toml = found.partition("lwnindex ")[2].partition(", or ")
    assert shlex.split(shell)[2:] == [r'Kernel/"fast" $path \ `x`', r'Kernel/"Fast" $path \ `x`']
    aliases, _, table = toml.partition(". If")[0].partition(" of ")
    assert tomllib.loads(f"{table}\n{aliases}") == {
        r'Kernel/"Fast" $path \ `x`': {"aliases": [r'Kernel/"fast" $path \ `x`']}
    }


def test_of_two_with_as_many_articles_none_is_preferred() -> None:
    for older, newer in [("Kprobes", "KProbes"), ("KProbes", "Kprobes")]:
        (found,) = told(
            [
                card("1", f"Kernel/{newer}", date="2010-01-01"),
                card("2", f"Kernel/{older}", date="2009-01-01"),
            ]
        )
        assert (
            "If they are one, choose its name, for they have as many articles: "
            f'lwnindex topics merge "Kernel/{newer}" "Kernel/{older}" to keep "{older}", '
            f'or lwnindex topics merge "Kernel/{older}" "Kernel/{newer}" to keep "{newer}". If they are two'
        ) in found


def test_a_slip_that_is_older_is_not_kept() -> None:
    slip, *more = (
        card("1", "Kernel/Schedular", date="2009-01-01"),
        *(card(n, "Kernel/Scheduler") for n in "23"),
    )
    (found,) = map(sentence, similar(catalog_of(slip, *more)))
    assert 'keep "Scheduler", which has more articles: lwnindex topics merge "Kernel/Schedular" ' in found


def test_only_topics_of_one_place_are_compared() -> None:
    assert near("Kernel/Huge pages", "Kernel/Memory/Huge pages", "Security/Huge pages") == []


def test_below_two_that_are_alike_nothing_is_told_again() -> None:
    assert len(near("Kernel/KProbes/Uses", "Kernel/Kprobes/uses")) == 1


def test_of_several_each_is_told_with_the_one_to_keep() -> None:
    found = near("Kernel/File systems", "Kernel/Filesystems", "Kernel/file-system")
    assert len(found) == 2
    assert all('keep "File systems"' in one for one in found)


def test_topics_that_are_related_are_meant_to_be_two() -> None:
    apart = described("Kernel/KProbes", see_also=["Kernel/Kprobes"])
    assert near("Kernel/KProbes", "Kernel/Kprobes", topics=(apart,)) == []


OTHER_NAME = (
    'content/1.md:3: near-duplicate: the topic "Kernel/EBPF" and "Kernel/eBPF" (t.toml:2), another name of '
    '"Kernel/BPF", differ in case only. If they are one: lwnindex topics merge "Kernel/EBPF" "Kernel/BPF", '
    'or aliases = ["Kernel/EBPF"] of ["Kernel/BPF"]. If they are two, name one in the `see_also` of the '
    "other."
)


def test_a_topic_that_is_alike_to_another_name_of_a_topic_is_told_with_that() -> None:
    bpf = described("Kernel/BPF", "Kernel/eBPF")
    assert near("Kernel/EBPF", "Kernel/BPF", topics=(bpf,)) == [OTHER_NAME]
    assert near("Kernel/EBPF", "Kernel/eBPF", topics=(bpf,)) == [OTHER_NAME]
    assert near("Kernel/Filters/EBPF", "Kernel/BPF", topics=(bpf,)) == []


def test_another_name_that_is_alike_to_its_own_topic_is_what_it_is_for() -> None:
    assert near("Kernel/BPF", topics=(described("Kernel/BPF", "Kernel/bpf"),)) == []
    below = described("Kernel/BPF/Classic", "Kernel/bpf")
    assert near("Kernel/BPF", "Kernel/BPF/Classic", topics=(below,)) == []


def test_of_a_topic_and_another_name_nothing_is_told_where_the_pair_of_topics_is_or_they_are_related() -> (
    None
):
    known = described("Kernel/Interrupt", "Kernel/interrupt")
    (found,) = near("Kernel/Interrupts", "Kernel/Interrupt", topics=(known,))
    assert 'the topics "Kernel/Interrupt' in found
    apart = described("Kernel/BPF", "Kernel/eBPF", see_also=["Kernel/EBPF"])
    assert near("Kernel/EBPF", "Kernel/BPF", topics=(apart,)) == []


def test_a_slip_in_another_name_is_told_with_that() -> None:
    filed = [card("1", "Kernel/Cgruops", "Kernel/Control groups")]
    known = [described("Kernel/Control groups", "Kernel/Cgroups")]
    (found,) = similar(index(filed, config(), described=known))
    assert 'the topic "Kernel/Cgruops" and "Kernel/Cgroups" (t.toml:2), another name' in found.message


@pytest.mark.parametrize(
    ("word", "slip"),
    [("Threads", "Theads"), ("Block layer", "Blok layer"), ("Calls", "Calsl"), ("Kernel", "Kerbel")],
)
def test_a_word_that_no_article_speaks_of_is_a_slip_of_one_that_several_do(word: str, slip: str) -> None:
    filed = [card(str(place), ("Kernel", word), title=f"On {word}") for place in range(1, 4)]
    wrong = card("9", ("Kernel", slip), title="A patch")
    assert len(similar(catalog_of(*filed, wrong))) == 1
    assert similar(catalog_of(*filed, replace(wrong, title=f"On {slip}"))) == ()
    assert similar(catalog_of(*filed[:2], wrong)) == ()


def test_a_slip_is_told_where_its_only_article_speaks_of_the_word() -> None:
    filed = [card("1", "Kernel/Threads", title="A patch"), card("2", "Kernel/Theads", title="More threads")]
    (found,) = similar(catalog_of(*filed))
    assert 'the topics "Kernel/Theads" and "Kernel/Threads"' in found.message
    assert similar(catalog_of(*filed, card("3", "Kernel/Theads", title="A patch"))) == ()


def test_a_slip_is_told_where_others_are_filed_by_the_word_alone() -> None:
    filed = [card(str(place), "Kernel/Threads", title="A patch") for place in range(1, 4)]
    wrong = card("9", "Kernel/Theads", title="A patch")
    assert len(similar(catalog_of(*filed, wrong))) == 1
    assert similar(catalog_of(*filed[:2], wrong)) == ()


@pytest.mark.parametrize(("word", "other"), [("Games", "Gamers"), ("Drivers", "Drives"), ("Code", "Codec")])
def test_a_word_with_another_ending_is_no_slip_of_one_that_several_articles_have(
    word: str, other: str
) -> None:
    filed = [card(str(place), ("Kernel", word), title=f"On {word}") for place in range(1, 4)]
    assert similar(catalog_of(*filed, card("9", ("Kernel", other), title="A patch"))) == ()


def test_a_slip_is_told_also_where_it_reads_like_another_plural() -> None:
    filed = [card(str(place), "Kernel/Deadline timers", title="On a deadline") for place in range(1, 4)]
    assert len(similar(catalog_of(*filed, card("9", "Kernel/Deadlie timers", title="A patch")))) == 1


def test_a_described_topic_without_articles_is_told_where_it_is_described() -> None:
    (found,) = near("Kernel/KProbes", topics=(described("Kernel/Kprobes", line=7),))
    assert found.startswith("t.toml:7: ")


@given(cards())
def test_names_with_one_key_have_the_other(found: list[Card]) -> None:
    for one in catalog_of(*found).topics:
        assert plain_key(one[-1]) == plain_key(one[-1].upper()) or not one[-1].isascii()
        assert number_key(one[-1])


def slips(*names: str) -> list[str]:
    """Return what `similar` has to say of topics of these names."""
    filed = [card(str(place), ("Kernel", one)) for place, one in enumerate(names, 1)]
    return [sentence(one) for one in similar(catalog_of(*filed, card("99", ("Kernel", names[0]))))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Filesystems", "Filesytems"),
        ("Scheduler", "Schedular"),
        ("Virtualization", "Virtualisation"),
        ("Networking", "Netwroking"),
        ("Access control", "Acces control"),
        ("Semaphores", "Semaphors"),
        ("Kernel", "Kernle"),
        ("Color maps", "Colour maps"),
        ("License plates", "Licence plates"),
        ("Center", "Centre"),
        ("Catalog", "Catalogue"),
        ("Naive locks", "Na\u00efve locks"),
        ("Swap memory", "Swap (memory)"),
        ("Quoted thing", '"Quoted" thing'),
        ("Slab allocators", "Slab; allocators"),
        ("Linuss law", "Linus's law"),
        ("Memory management", "Memory managment"),
        ("Documentation", "Docmuentaiton"),
        ("Kernel", "Kernal"),
        ("Patches", "Pacthes"),
        ("Debugging", "Debuging"),
        ("Security", "Securty"),
        ("Embedded systems", "Embeded systems"),
        ("Netfilter", "Netfiter"),
        ("Bandwidth", "Bandwith"),
    ],
)
def test_a_slip_of_the_hand_is_told(one: str, other: str) -> None:
    (found,) = slips(one, other)
    assert f'the topics "Kernel/{other}" and "Kernel/{one}"' in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[
            ("OpenSSH", "OpenSSL"),
            ("system", "systemd"),
            ("Tracing", "Tracking"),
            ("WAL", "Wall"),
            ("For", "Four"),
            ("System calls/bpf()", "System calls/bpf#"),
            ("Protection", "Production"),
        ],
        *[
            ("Scheduler", "Scheduled"),
            ("Scheduling", "Schedulers"),
            ("Context", "Content"),
            ("Locking", "Looking"),
        ],
        *[("Remove", "Remote"), ("Huge pages", "Page huge"), ("Contributors", "Contributions")],
        *[("Blocking", "Locking"), ("Swap", "Swab"), ("Perf tools", "Perl tools"), ("Trees", "Three")],
        *[("x86_64 systems", "x86_32 systems"), ("Release management", "Memory management")],
    ],
)
def test_other_words_are_no_slips(one: str, other: str) -> None:
    assert slips(one, other) == []


@pytest.mark.parametrize(("one", "other", "how"), ALIKE)
def test_what_is_alike_is_no_slip(one: str, other: str, how: str) -> None:
    assert slips(one, other) == []


def test_slips_are_told_apart_by_see_also() -> None:
    filed = [card("1", "Kernel/Networking", "Kernel/Netwroking")]
    apart = [described("Kernel/Networking", see_also=["Kernel/Netwroking"])]
    assert similar(index(filed, config(), described=apart)) == ()
    assert entry("Kernel/Netwroking") in index(filed, config(), described=apart).topics


def test_of_many_names_a_letter_apart_some_are_told_of_each() -> None:
    every = [card(str(at), f"Kernel/Memory management{chr(0x4E00 + at)}") for at in range(60)]

    assert 60 < len(similar(catalog_of(*every))) <= 600
