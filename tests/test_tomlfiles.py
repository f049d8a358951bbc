"""Files of TOML that say how a site is made: a mistake is told with its line, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.problems import SiteError
from lwnindex.tomlfiles import located, table
from tests.unprivileged import unprivileged

__all__ = ["unprivileged"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lwnindex.toml"


def refused(file: Path, content: bytes) -> str:
    """Return what is said of a file that holds this, without its name."""
    file.write_bytes(content)
    with pytest.raises(SiteError) as caught:
        table(file, "the configuration")
    assert caught.value.exit_code == 2
    said = str(caught.value)
    assert said.startswith(f"{file}:")
    assert said.endswith(". Mend it.")
    return said.removeprefix(f"{file}:").replace(": the configuration cannot be read: ", " ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[site]\ntitle = "T\n', "2 a text in quotes does not end in its line"),
        (b"[site]\ntitle = 'T\n", "2 a text in quotes does not end"),
        (b'[site]\ntitle = """T\n\n', "2 a text in quotes does not end"),
        (b"[site]\r\ntitle = T\r\n", "2 this is no value: a text stands in quotes"),
        (b'[site\ntitle = "T"\n', "1 no ] follows the name of a table; a name with spaces, slashes"),
        (b'a/b = "T"\n', "1 no = follows the name of a key; a name with spaces, slashes"),
        (b'[site]\ntitle = "T" x\n', "2 something stands behind a value, in its line"),
        (b'[site]\ntitle = "C:\\T"\n', "2 a backslash in double quotes begins no character"),
        (b'[site]\ntitle = "T"\n\ntitle = "U"\n', '4 it has "title" a second time, after that in line 2'),
        (b"[site]\n[pages]\n[site]\n", '3 it has "site" a second time, after that in line 1'),
        (b"\na = [1,\n2\n", "3 a list does not end in ], or a comma is missing"),
        (b"\n\na = 2001-02-30\n", "3 there is no such date"),
        (b'a = "\x01"', "1 it has a control character, which cannot be seen"),
        (b'\n\xffa = "b"', "2 it is not in UTF-8 here"),
        (b"a = " + b"[" * 3000, "1 it is written nested too deeply"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(file: Path, content: bytes, said: str) -> None:
    assert refused(file, content).startswith(said)


def test_a_file_that_may_not_be_read_is_told(unprivileged: Path) -> None:
    place = unprivileged / "lwnindex.toml"
    place.write_text("")
    place.chmod(0)
    with pytest.raises(
        SiteError, match=r"toml: the theme cannot be read: Permission denied\. Give the right"
    ):
        table(place, "the theme")


def test_a_mark_of_the_order_of_bytes_is_passed_over(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa = 1\r\n")

    assert table(file, "") == {"a": 1}


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("site", "title"), 2),
        (("site", "none"), 1),
        (("sources", 0, "path"), 4),
        (("sources", 1, "path"), 6),
        (("sources", 1, "select", "title"), 8),
        (("sources", 1), 5),
        (("x", "list", 1), 11),
        (("none",), 0),
    ],
)
def test_a_key_is_told_with_its_line_or_that_of_what_it_stands_in(
    file: Path, place: tuple[str | int, ...], line: int
) -> None:
    file.write_text(
        '[site]\ntitle = "T"\n[[sources]]\npath = "a"\n[[sources]]\npath = "b"\n'
        '[sources.select]\ntitle = "h1"\n[x]\nlist = ["a",\n"b"]\n'
    )

    assert located(file, place) == (f"{file}:{line}" if line else str(file))


def test_every_mistake_of_a_configuration_has_its_line(file: Path) -> None:
    file.write_text('[site]\ntitel = "T"\n[[sources]]\npath = "a"\n[[sources]]\npath = "a"\nlang = "?"\n')
    with pytest.raises(SiteError) as caught:
        config.load(file, {}, {})

    assert [line.removeprefix(f"{file}:")[:1] for line in str(caught.value).splitlines()] == ["2", "7"]
    file.write_text(file.read_text().replace("titel", "title").replace("?", "de"))
    with pytest.raises(SiteError, match=r'toml:6: two \[\[sources\]\] have the path "a"'):
        config.load(file, {}, {})


def test_what_no_file_says_is_an_option() -> None:
    with pytest.raises(SiteError, match=r'^options: the key "content": it must name a folder'):
        config.load(None, {}, {"content": ()})
