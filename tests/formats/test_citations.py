"""Citations say what an article says, whatever its title holds, and nothing in them breaks out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.formats.citations import bibtex, markdown
from lwnindex.pythonmarkdown import to_html
from lwnindex.viewparts import Person
from tests.theme.samples import line

ANY = st.characters(codec="utf-8")
ADDRESS = "https://news.example.org/Articles/1/"
_SAID = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def plain(tex: str) -> str:
    """Return what LaTeX would print for a text."""
    return re.sub(r"\\(?:([a-z]+)\{\}|(.))", lambda found: _SAID[found[1]] if found[1] else found[2], tex)


def fields(entry: str) -> dict[str, str]:
    """Return the fields of an entry as BibTeX parts them: by counting braces, an escaped one too."""
    head, _, rest = entry.partition(",\n")
    assert re.fullmatch(r"@misc\{[A-Za-z0-9-]+", head)
    found = {}
    while rest != "}":
        name, _, rest = rest.lstrip().partition(" = ")
        end, depth = 0, 0
        while rest[end] != "," or depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        found[name] = rest[:end]
        rest = rest[end + 1 :].lstrip("\n")
    return found


def test_an_entry_has_all_that_is_known() -> None:
    assert bibtex(line("117", title="Ceph in 2.6.34"), "The index", ADDRESS) == (
        "@misc{117-2009,\n"
        "  author = {Kernel desk},\n"
        "  title = {{Ceph in 2.6.34}},\n"
        "  howpublished = {The index},\n"
        "  url = {https://news.example.org/Articles/1/},\n"
        "  year = 2009,\n"
        "  month = dec,\n"
        "  day = 22,\n"
        "}"
    )


def test_what_is_not_known_is_left_out() -> None:
    found = fields(bibtex(line("日本", date=None, authors=()), "The index", "/Articles/1/"))

    assert list(found) == ["title", "howpublished"]
    assert bibtex(line("日本", date=None), "The index", ADDRESS).startswith("@misc{article,")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("100 % of a & b # 1 _x $5", r"{{100 \% of a \& b \# 1 \_x \$5}}"),
        ("a } b { c", r"{{a \textbraceright{} b \textbraceleft{} c}}"),
        (r"\input{/x} ~^", None),
        ("}, url = {x", None),
        ("Ωmega: “quoted” 山田", "{{Ωmega: “quoted” 山田}}"),
        ("two\nlines\\\\", None),
    ],
)
def test_a_title_is_escaped_for_bibtex(title: str, written: str | None) -> None:
    found = fields(bibtex(line("1", title=title), "The index", ADDRESS))["title"]

    assert written in (None, found)
    assert plain(found[2:-2]) == " ".join(title.split())


@given(st.text(ANY), st.text(ANY))
def test_no_title_and_no_name_breaks_out_of_its_field(title: str, name: str) -> None:
    one = line(name, title=title, authors=(Person(name=name or "x"),))
    found = fields(bibtex(one, name, ADDRESS))

    assert plain(found["title"][2:-2]) == " ".join(title.split())
    assert set(found) <= {"author", "title", "howpublished", "url", "year", "month", "day"}


def test_names_are_parted_by_and_alone() -> None:
    names = ("Ada Lovelace", "Smith, Sons and Co", "山田 花子")
    one = line("1", authors=tuple(Person(name=name) for name in names))

    assert fields(bibtex(one, "x", ADDRESS))["author"] == (
        "{Ada Lovelace and {Smith, Sons and Co} and 山田 花子}"
    )


def test_an_address_keeps_its_escapes_and_no_brace() -> None:
    found = fields(bibtex(line("1"), "x", "https://example.org/a%20b/{c}/#d_e&f"))

    assert found["url"] == "{https://example.org/a%20b/%7Bc%7D/#d_e&f}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("io_uring [1] *now*", r"io\_uring \[1\] \*now\*"),
        ("](x) <b>", r"\](x) &#60;b&#62;"),
        ("`a` | b\\", r"\`a\` &#124; b\\"),
        ("plain, with “quotes”", "plain, with “quotes”"),
    ],
)
def test_a_text_is_escaped_for_markdown(text: str, written: str) -> None:
    assert markdown(text) == written


@given(st.text(st.sampled_from("[]()*_`\\<>!#&{} ab")))
def test_markdown_shows_the_text_as_a_link_s_words(text: str) -> None:
    html = to_html(f"x [{markdown(text)}](https://example.org/) y", ())
    said = unescape(re.sub(r"<[^>]+>", "", html))

    assert " ".join(said.split()) == " ".join(f"x {text} y".split())
