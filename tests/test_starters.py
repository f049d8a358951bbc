"""Names are made of titles, tables are added behind all else."""

from __future__ import annotations

import tomllib

import pytest

from lwnindex.starters import apart, site, slug, theme, topic


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ceph at twenty: Über alles", "ceph-at-twenty-uber-alles"),
        ("  I/O & C++  ", "i-o-c"),
        ("記事", "記事"),
        ("../../etc/passwd", "etc-passwd"),
        ("!?", "article"),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert slug("Ceph", {"ceph", "ceph-2"}) == "ceph-3"


def test_a_table_says_what_it_was_given() -> None:
    table = topic('Kernel/"x"', {"note": 'A "file"\nsystem', "aliases": ["Kernel/Ä"], "see_also": ()}, "\r\n")

    assert tomllib.loads(table) == {'Kernel/"x"': {"note": 'A "file"\nsystem', "aliases": ["Kernel/Ä"]}}
    assert table.count("\r\n") == table.count("\n") == 3


def test_tables_are_a_line_apart() -> None:
    assert (apart(b""), apart(b"a = 1\n"), apart(b"a = 1"), apart(b"a\r\n", "\r\n")) == (
        "",
        "\n",
        "\n\n",
        "\r\n",
    )


def test_the_files_of_sites_and_themes_are_sound_toml() -> None:
    assert tomllib.loads(site('A "title"', "2026-01-02")["lwnindex.toml"])["site"]["title"] == 'A "title"'
    assert tomllib.loads(theme("evening")["theme.toml"])["parent"] == "default"
