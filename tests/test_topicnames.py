"""What somebody types finds the topic that is meant, or says which may be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lwnindex.model import Catalog, See
from lwnindex.problems import SiteError
from lwnindex.thesaurus import written
from lwnindex.topicnames import Meant, index_named, meant
from tests.makers import card, catalog_of

CEPH = ("Kernel", "Filesystems", "Ceph")
IO = ("Kernel", "Block layer", "I/O scheduling")


@pytest.fixture
def catalog() -> Catalog:
    found = catalog_of(
        card("1", CEPH, IO),
        card("2", "Security/BPF", "Kernel/BPF", "Kernel/Été"),
        card("3", "Free software/GNU"),
    )
    see = See(entry=("Kernel", "RADOS"), topic=CEPH, path="Kernel/RADOS/index.html", anchor="RADOS")
    return replace(found, sees=(see,))


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("Kernel/Filesystems/Ceph", CEPH),
        ("Kernel/Filesystems", CEPH[:2]),
        (" Kernel / Filesystems / Ceph/", CEPH),
        ("Kernel/Block layer/I/O scheduling", IO),
    ],
)
def test_a_path_is_the_topic_s_whatever_slashes_its_names_hold(
    catalog: Catalog, typed: str, entry: tuple[str, ...]
) -> None:
    assert meant(catalog, typed) == Meant(entry)


@pytest.mark.parametrize(
    ("typed", "entry", "remark"),
    [
        ("Kernel/RADOS", CEPH, "Kernel/RADOS is another name of Kernel/Filesystems/Ceph."),
        ("kernel/rados", CEPH, "kernel/rados is read as Kernel/Filesystems/Ceph."),
        ("kernel/filesystems/CEPH", CEPH, "kernel/filesystems/CEPH is read as Kernel/Filesystems/Ceph."),
        ("kernel/ÉTÉ", ("Kernel", "Été"), "kernel/ÉTÉ is read as Kernel/Été."),
    ],
)
def test_another_name_leads_to_the_topic_and_is_told(
    catalog: Catalog, typed: str, entry: tuple[str, ...], remark: str
) -> None:
    assert meant(catalog, typed) == Meant(entry, remark)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Kernel/Filesystem/Ceph", 'Did you mean "Kernel/Filesystems/Ceph"?'),
        ("Kernal/Filesystem/Cepf", 'Did you mean "Kernel/Filesystems/Ceph"?'),
        ("kernel/filesytems", 'Did you mean "Kernel/Filesystems"?'),
        ("Kernel/Block layer/I/O schedulnig", 'Did you mean "Kernel/Block layer/I/O scheduling"?'),
        ("Filesytems", 'Did you mean "Kernel/Filesystems"?'),
        ("Kernel/nope", "`lwnindex topics list` names all."),
        ("ceph", 'Did you mean "Kernel/Filesystems/Ceph"?'),
        ("BPF", 'Did you mean "Kernel/BPF" or "Security/BPF"?'),
        ("Kernel/Files", 'Did you mean "Kernel/Filesystems"?'),
        ("block", 'Did you mean "Kernel/Block layer"?'),
        ("Ke", "`lwnindex topics list` names all."),
        ("Kernel", "topics tree --index Kernel`"),
        ("kernel", '"Kernel" is an index. See `lwnindex topics tree --index Kernel`.'),
        ("Free software", "See `lwnindex topics tree --index 'Free software'`."),
        ("Zebra", "`lwnindex topics list` names all."),
    ],
)
def test_an_unknown_topic_says_what_may_be_meant(catalog: Catalog, typed: str, said: str) -> None:
    with pytest.raises(SiteError) as raised:
        meant(catalog, typed)

    assert said in str(raised.value)
    assert raised.value.exit_code == 2


def test_of_two_in_another_case_neither_is_taken() -> None:
    found = catalog_of(card("1", "Kernel/KProbes"), card("2", "Kernel/Kprobes"))

    with pytest.raises(SiteError, match=r"KProbes.*Kprobes"):
        meant(found, "kernel/kprobes")


def test_an_index_goes_by_its_name(catalog: Catalog) -> None:
    assert index_named(catalog, "kernel") == "Kernel"
    with pytest.raises(SiteError, match='Did you mean "Kernel"'):
        index_named(catalog, "Kernal")
    with pytest.raises(SiteError, match="There are: Free software, Kernel, Security"):
        index_named(catalog, "Zzz")


def test_a_topic_is_written_with_slashes() -> None:
    assert written(IO) == "Kernel/Block layer/I/O scheduling"
