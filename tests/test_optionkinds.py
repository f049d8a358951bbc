"""Each kind of option takes what it should, and nothing that would leave its declaration in a stylesheet."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.optionkinds import KINDS, Colour, Named
from lwnindex.viewparts import Link

CHOICES = ("wide", "narrow")


def css(kind: str, value: Any) -> str:
    """Return what a stylesheet gets for a value."""
    found = KINDS[kind]
    assert found.css is not None
    return found.css(found.read(value, ()))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("colour", "#abc", "#abc"),
        ("colour", "#8B1A1A", "#8b1a1a"),
        ("colour", "#8b1a1a80", "#8b1a1a80"),
        ("colour", ["#8b1a1a", "#f0a48f"], "light-dark(#8b1a1a, #f0a48f)"),
        ("colour", ("#000", "#000"), "#000"),
        ("colour", "rgb(10, 20, 30)", "rgb(10, 20, 30)"),
        ("colour", "rgba(10,20,30,.5)", "rgba(10,20,30,.5)"),
        ("colour", "hsl(120deg 50% 40% / 0.5)", "hsl(120deg 50% 40% / 0.5)"),
        ("colour", "OKLCH(0.6 0.15 -30)", "oklch(0.6 0.15 -30)"),
        ("font", "serif", "serif"),
        ("font", "Charter, 'Sitka Text', Serif", '"Charter", "Sitka Text", serif'),
        ("font", ["Noto Sans", "system-ui", "-apple-system"], '"Noto Sans", system-ui, -apple-system'),
        ("font", "源ノ明朝, Source Serif 4", '"源ノ明朝", "Source Serif 4"'),
        ("font", "", ""),
        ("length", "66ch", "66ch"),
        ("length", ".9rem", ".9rem"),
        ("length", "112.5%", "112.5%"),
        ("length", "", ""),
    ],
)
def test_what_a_stylesheet_gets(kind: str, value: Any, text: str) -> None:
    assert css(kind, value) == text


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("colour", "#ABC", Colour(light="#abc", dark="#abc")),
        ("colour", ["#abc", "#def"], Colour(light="#abc", dark="#def")),
        ("text", "<b> & \"q\" 'q'", "<b> & \"q\" 'q'"),
        ("text", "", ""),
        ("path", "logo.svg", "logo.svg"),
        ("path", "img/a logo.png", "img/a logo.png"),
        ("path", "", ""),
        ("choice", "narrow", "narrow"),
        ("flag", False, False),
        ("links", [], ()),
        (
            "links",
            [["About", "about/index.html#us"], ["LWN", "https://lwn.net/?a=1&b=2"]],
            (
                Named(name="About", link=Link(href="about/index.html#us", local=True)),
                Named(name="LWN", link=Link(href="https://lwn.net/?a=1&b=2")),
            ),
        ),
    ],
)
def test_what_templates_see(kind: str, value: Any, found: Any) -> None:
    assert KINDS[kind].read(value, CHOICES) == found


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("colour", "", '"" is no colour, such as "#8b1a1a"'),
        ("colour", "#12345", '"#12345" is no colour'),
        ("colour", "ab12cd", "is no colour"),
        ("colour", "red", "is no colour"),
        ("colour", 3, "3 is no colour"),
        ("colour", True, "true is no colour"),
        ("colour", ["#000"], '["#000"] is no colour'),
        ("colour", ["#000", "#fff", "#aaa"], "is no colour"),
        ("colour", ["#000", "x"], "is no colour"),
        ("colour", "rgb(1, 2)", "is no colour"),
        ("colour", "rgb(, , )", "is no colour"),
        ("colour", "url(x)", "is no colour"),
        ("colour", "#000;} body {display: none", "is no colour"),
        ("colour", "var(--paper)", "is no colour"),
        ("colour", "#000\n", "is no colour"),
        ("font", "Charter;", "is no stack of fonts"),
        ("font", '"Charter', "is no stack of fonts"),
        ("font", "Charter,,serif", "is no stack of fonts"),
        ("font", "a\\22", "is no stack of fonts"),
        ("font", 'x"} body{', "is no stack of fonts"),
        ("font", [], "[] is no stack of fonts"),
        ("font", "url(x)", "is no stack of fonts"),
        ("length", 66, "66 is no length"),
        ("length", "66", '"66" is no length'),
        ("length", "-1px", "is no length"),
        ("length", "1px;x:y", "is no length"),
        ("length", "calc(1px)", "is no length"),
        ("length", "1e9px", "is no length"),
        ("text", "two\nlines", '"two?lines" is no line of text'),
        ("text", 1, "1 is no line of text"),
        ("path", "/logo.svg", "is no path of a file"),
        ("path", "../logo.svg", "is no path"),
        ("path", "a//b", "is no path"),
        ("path", "https://example.org/x.svg", "is no path"),
        ("choice", "middling", '"middling" is no choice. There are: wide, narrow'),
        ("choice", True, "is no choice"),
        ("flag", "yes", '"yes" is no flag: true or false'),
        ("flag", 1, "is no flag"),
        ("links", "about", "is no list of links"),
        ("links", [["About"]], "is no list of links"),
        ("links", ["ab"], "is no list of links"),
        ("links", [["", "about/index.html"]], "is no list of links"),
        ("links", [["About", "javascript:alert(1)"]], "is no list of links"),
        ("links", [["About", "//example.org/"]], "is no list of links"),
        ("links", [["About", "/about/"]], "is no list of links"),
        ("links", [["About", 3]], "is no list of links"),
    ],
)
def test_what_is_refused(kind: str, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        KINDS[kind].read(value, CHOICES)


texts = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="#abc019(), \"'-%;}/*\\\n", max_size=16),
    st.from_regex(r"\A(#[0-9a-f]{6}|rgb\([0-9]+, 2, 3\)|Charter|1\.5rem)[;}\n\"' ]?.?\Z"),
)


@given(kind=st.sampled_from([name for name, one in KINDS.items() if one.css]), value=texts)
def test_no_value_leaves_its_declaration(kind: str, value: str) -> None:
    try:
        found = css(kind, value)
    except ValueError:
        return
    bare = re.sub(r'"[^"\\\n]*"', "", found)

    assert not set(bare) & set(";{}\"'\\\n\r\f<>@!:*")
    assert bare.count("(") == bare.count(")")
