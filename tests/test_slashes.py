"""A name with a slash, as articles have it, is what a file of topics means by it."""

from __future__ import annotations

import pytest

from lwnindex.model import Described, Entry, Mention
from lwnindex.slashes import rejoined

FILED: tuple[Entry, ...] = (
    ("Security", "SSL/TLS"),
    ("Kernel", "I/O", "Disks"),
    ("Kernel", "A", "B/C"),
    ("Kernel", "A/B", "C"),
    ("Kernel", "R/W"),
    ("Kernel", "R", "W"),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Security/SSL/TLS", ("Security", "SSL/TLS")),
        ("Security/SSL/TLS/Handshake", ("Security", "SSL/TLS", "Handshake")),
        ("Kernel/I/O", ("Kernel", "I/O")),
        ("Kernel/I/O/Disks", ("Kernel", "I/O", "Disks")),
        ("Kernel/A/B/C", ("Kernel", "A", "B", "C")),
        ("Kernel/R/W", ("Kernel", "R", "W")),
        ("Kernel/Other", ("Kernel", "Other")),
    ],
)
def test_the_name_that_articles_are_filed_under_is_meant(written: str, meant: Entry) -> None:
    entry = tuple(written.split("/"))
    own, other = rejoined(
        [
            Described(entry=entry, file="content/topics.toml"),
            Described(
                entry=("Kernel", "X"),
                file="content/topics.toml",
                aliases=(Mention(entry=entry, line=3),),
                hidden=(entry,),
                see_also=(Mention(entry=entry, line=4),),
                parents=(Mention(entry=entry, line=5),),
            ),
        ],
        FILED,
    )

    assert own.entry == meant
    assert other.aliases == (Mention(entry=meant, line=3),)
    assert other.hidden == (meant,)
    assert (other.see_also[0], other.parents[0]) == (
        Mention(entry=meant, line=4),
        Mention(entry=meant, line=5),
    )


def test_without_such_names_nothing_is_another() -> None:
    described = [Described(entry=("Kernel", "A", "B"), file="content/topics.toml")]

    assert rejoined(described, [("Kernel", "A"), ("Kernel", "C")]) == described
    assert rejoined([], FILED) == []
