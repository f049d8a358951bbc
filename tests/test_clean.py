"""Nothing that could run, fetch or disguise itself is left, and cleaning twice is cleaning once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from lwnindex.clean import clean, sift, tangle
from tests.soup import Reader, nested, soup

HARMLESS = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
    ),
    *(
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
    ),
    *(
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
    ),
    *("u", "ul", "var", "wbr"),
}
PLAIN_ATTRIBUTES = {
    *(
        "id",
        "class",
        "lang",
        "dir",
        "title",
        "datetime",
        "start",
        "reversed",
        "value",
        "colspan",
        "rowspan",
        "scope",
    ),
    *("tabindex", "role", "aria-label"),
}
ADDRESSES = {"href", "cite"}
# A browser leaves out tabs and line breaks, and what is up to a space before the scheme.
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)


def dangers(fragment: str) -> list[str]:
    """Return all in a fragment that this test does not know to be harmless, by another parser than nh3's."""
    reader = Reader(fragment)
    found = [f"<{tag}>" for tag, _ in reader.tags if tag not in HARMLESS] + reader.others
    for _, given_attributes in reader.tags:
        for name, value in given_attributes.items():
            if name not in PLAIN_ATTRIBUTES | ADDRESSES:
                found.append(f"{name}={value}")
            scheme = SCHEME.match(re.sub(r"[\t\r\n]", "", value or "")) if name in ADDRESSES else None
            if scheme and scheme[1].lower() not in ("http", "https", "mailto", "ftp"):
                found.append(f"{name}={value}")
    return found


@pytest.mark.parametrize(
    "fragment",
    [
        "<script>x</script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<a href=" java\tscript:x">',
        "<svg>",
        "<!-- c -->",
    ],
)
def test_the_check_of_these_tests_sees_dangers(fragment: str) -> None:
    assert dangers(fragment)


@pytest.mark.parametrize(
    ("given_html", "cleaned"),
    [
        ("<p>a<script>b</script>c", "<p>ac</p>"),
        ("<style>p{}</style><p style='x:y' onclick=z>a", "<p>a</p>"),
        ('<img src="http://e.org/t.gif" alt="x">a', "a"),
        ("<svg><a>x</a></svg><math><mi>y</mi></math>", ""),
        ("<form action=/x><input value=y><button>z</button></form>", "z"),
        ("<iframe src=/x>y</iframe><object data=/x>z</object>", "z"),
        ('<a href="javascript:x">a</a><a href="data:text/html,x">b</a>', "<a>a</a><a>b</a>"),
        ('<a href="JaVaScRiPt:x">a</a><a href="vbscript:x">b</a>', "<a>a</a><a>b</a>"),
        ('<a href="/x">a</a><a href="ftp://e.org/">b</a>', '<a href="/x">a</a><a href="ftp://e.org/">b</a>'),
        ('<a href="mailto:a@e.org">a</a>', '<a href="mailto:a@e.org">a</a>'),
        ('<a href="/x" target=_blank rel=opener ping=/y>a</a>', '<a href="/x">a</a>'),
        ("a<!-- b -->c", "ac"),
        ('<span class="k evil">a</span>', '<span class="k">a</span>'),
        ('<code class="language-c language-zzz">a</code>', '<code class="language-c">a</code>'),
        ('<td class="align-right">a', "a"),
        ('<pre tabindex="0" class="plain">a</pre>', '<pre tabindex="0" class="plain">a</pre>'),
        ('<p tabindex="0">a</p><pre tabindex="1">b</pre>', "<p>a</p><pre>b</pre>"),
        ('<div role="dialog" aria-label="Table">a</div>', '<div aria-label="Table">a</div>'),
        ("<pre>\n\n\na\n</pre>", "<pre>a\n</pre>"),
        ("a\x01\x85b&#2;&#13;\ufdd0\ufffe\U0001ffff\tc\n\xa0é", "ab\tc\n&nbsp;é"),
        ("<h1>a</h1><center>b</center>", "ab"),
    ],
)
def test_only_what_is_on_the_list_stays(given_html: str, cleaned: str) -> None:
    assert clean(given_html) == cleaned


@given(soup)
def test_cleaning_twice_is_cleaning_once(fragment: str) -> None:
    assert clean(clean(fragment)) == clean(fragment)


@given(nested)
def test_cleaning_lists_and_tables_twice_is_cleaning_once(fragment: str) -> None:
    assert clean(clean(fragment)) == clean(fragment)


@given(soup)
def test_nothing_dangerous_is_left(fragment: str) -> None:
    assert dangers(clean(fragment)) == []


def test_none_of_thousands_of_attacks_leaves_anything_dangerous(shared: Path) -> None:
    lines = (shared / "corpora/hostile/xss/vectors.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(line)["html"] for line in lines]

    cleaned = [clean(vector) for vector in vectors]

    assert len(vectors) >= 3_000
    assert [
        found for vector, one in zip(vectors, cleaned, strict=True) if (found := (vector, dangers(one)))[1]
    ] == []
    assert [one for one in cleaned if clean(one) != one] == []


def test_html_that_never_settles_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lwnindex.clean._ROUNDS", 1)

    assert clean("<a><object><a>x\x01") == "&lt;a&gt;&lt;a&gt;x&lt;/a&gt;&lt;/a&gt;"


def test_sifting_keeps_what_is_still_to_be_turned_into_something_else() -> None:
    written = '<center align="left"><img src="/x.png" alt="a"><a name="b">c</a><font>d</font></center>'

    assert sift(written) == written


def test_sifting_lets_nobody_pass_for_us() -> None:
    given_html = (
        '<div class="scroll highlight" tabindex="0" role="group"><a class="image" href="/x">a</a></div>'
    )

    assert sift(given_html) == '<div class="highlight"><a class="" href="/x">a</a></div>'


@given(soup)
def test_sifting_leaves_nothing_but_images_to_clean(fragment: str) -> None:
    turned = {"img", "h1", "font", "tt", "center", "section", "details", "figure"}

    found = dangers(sift(fragment))

    assert {each for each in found if each.startswith("<")} <= {f"<{one}>" for one in turned}
    assert {each.partition("=")[0] for each in found if not each.startswith("<")} <= {
        "src",
        "alt",
        "align",
        "name",
    }


@pytest.mark.parametrize(
    ("fragment", "part"),
    [
        ("<div>" * 700, "open at once"),
        ("<DIV>" * 700, "open at once"),
        ("<b id=x>" * 300 + "<p>x" * 1_000, "never closed"),
        ("<a " + "b='<' " * 21_000 + ">", "tag is thousands"),
        ("<a " + "b " * 21_000, "tag is thousands"),
    ],
)
def test_html_that_would_take_too_long_is_told(fragment: str, part: str) -> None:
    assert part in (tangle(fragment) or "")


@pytest.mark.parametrize(
    "fragment",
    [
        "<div>" * 400,
        "<p>a" * 5_000,
        "<div></div>" * 5_000,
        "</div>" * 5_000,
        "<b>a</b>" * 5_000,
        "<table><tr><td>a" + "<tr><td>b" * 5_000,
        "a < b " * 5_000,
        '<img src="data:image/png;base64,' + "A" * 100_000 + '">',
    ],
)
def test_html_that_is_only_long_is_not(fragment: str) -> None:
    assert tangle(fragment) is None


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ('<CODE CLASS="language-c x">a</CODE>', '<code class="language-c">a</code>'),
        ("<span/class=k>a</span>", '<span class="k">a</span>'),
        ('<code\nclass="language-none">a</code>', '<code class="">a</code>'),
    ],
)
def test_the_classes_of_code_are_known_however_a_tag_is_written(written: str, cleaned: str) -> None:
    assert clean(written) == sift(written) == cleaned


def test_a_text_without_coloured_code_is_cleaned_without_pygments() -> None:
    program = "import sys; from lwnindex.clean import clean, sift; from lwnindex.usual import usual\n"
    program += "print(clean(sift('<p class=x>a <code>b</code></p>')), usual('<p>a</p>') is not None, "
    program += "any('pygments' in one for one in sys.modules))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout == "<p>a <code>b</code></p> True False\n"
