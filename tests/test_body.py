"""From Markdown to a finished body: clean in every case, in pieces around its links, with its outline."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.body import Composed, compose
from lwnindex.clean import clean
from lwnindex.commonmark import UnreadableError
from lwnindex.digest import digest_bytes
from lwnindex.model import Dialect
from lwnindex.pieces import join
from lwnindex.tags import escaped, escaped_text
from tests.constructs import documents
from tests.soup import Reader, ids, nested, soup
from tests.test_clean import dangers

_WORDS = (
    "# A\n\n",
    "## A\n\n",
    "a ",
    "\n\n",
    "[b](#a)",
    "[c](http://e.org/?a&b)",
    "![d](/e.png)",
    "- f\n",
    "> g\n",
    "`h`",
)
markdown = st.one_of(
    soup, nested, st.lists(st.one_of(st.sampled_from(_WORDS), soup), max_size=9).map("".join), st.text()
)
others: st.SearchStrategy[Dialect] = st.sampled_from(("commonmark", "html"))


def pieces(composed: Composed) -> list[str]:
    return msgspec.msgpack.decode(composed.blob, type=list[str])


def html(composed: Composed) -> str:
    """Return a body's HTML with the addresses that its author gave it."""
    images = {number: words for number, _, words in composed.body.images}
    slots = [f' href="{escaped(href)}"' for href in composed.body.hrefs]
    for number, words in images.items():
        slots[number] = f'<a{slots[number]} class="image">{escaped_text(words)}</a>'
    return join(pieces(composed), slots)


def test_a_body_is_its_pieces_around_its_links() -> None:
    found = compose('A [b](/c "d") and <e@f.org>.')

    assert pieces(found) == ["<p>A <a", ' title="d">b</a> and <a', ">e@f.org</a>.</p>"]
    assert found.body.hrefs == ("/c", "mailto:e@f.org")
    assert found.body.digest == digest_bytes(found.blob)
    assert found.problems == ()


def test_an_image_is_a_slot_of_its_own() -> None:
    found = compose("See ![a & b](/c.png), ![](https://d.org/e.png).", host="f.org")

    assert pieces(found) == ["<p>See ", ", ", ".</p>"]
    assert found.body.hrefs == ("/c.png", "https://d.org/e.png")
    assert found.body.images == (
        (0, "a & b", "a & b (image, f.org)"),
        (1, "e.png", "e.png (image, d.org)"),
    )


def test_a_body_without_links_is_one_piece() -> None:
    assert join(pieces(compose("a")), []) == "<p>a</p>"
    assert pieces(compose("")) == [""]


def test_an_address_is_taken_from_no_other_place() -> None:
    found = compose(
        '<span title="<a href=&quot;/x&quot;>">a</span> `<a href="/y">` &lt;a href="/z"&gt; [b](/c)'
    )

    assert found.body.hrefs == ("/c",)


@given(markdown)
def test_every_body_is_clean_and_its_pieces_are_all_of_it(text: str) -> None:
    found = compose(text)

    assert clean(html(found)) == html(found)
    assert not {tag for tag, _ in Reader(html(found)).tags} & {"img", "script", "style", "h1", "font", "svg"}


@given(markdown)
def test_every_id_stands_once_and_every_anchor_is_there(text: str) -> None:
    body = compose(text).body

    assert len(set(body.anchors)) == len(body.anchors)
    assert tuple(ids(html(compose(text)))) == body.anchors
    assert {href[1:] for href in body.hrefs if href.startswith("#text-")} <= set(body.anchors)
    assert {heading.id for heading in body.contents} <= set(body.anchors)


@given(markdown)
def test_equal_texts_give_equal_bodies(text: str) -> None:
    assert compose(text) == compose(text)


@given(markdown)
def test_the_outline_of_a_body_has_no_hole(text: str) -> None:
    levels = [int(name[1]) for name, _ in Reader(html(compose(text))).tags if re.fullmatch("h[1-6]", name)]

    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))


def test_a_body_of_everything() -> None:
    text = """\
Intro with a [link](/Articles/1/) and a note[^1].

# Top

| A | B |
|---|--:|
| 1 | 2 |

```c
int x;
```

[![Plot](https://static.lwn.net/images/p.png)](/Articles/2/) shows it; <font>see</font> [above](#Top).

[^1]: The note.
"""
    found = compose(text, range(1, 18), host="lwn.net")

    assert found.body.hrefs == (
        *("/Articles/1/", "#text-fn:1", "/Articles/2/", "https://static.lwn.net/images/p.png"),
        *("#text-Top", "#text-fnref:1"),
    )
    assert found.body.href_lines == (1, 1, 13, 13, 13, 1)
    assert found.body.anchors == ("text-fnref:1", "text-Top", "text-fn:1")
    assert [one.text for one in found.body.contents] == ["Top"]
    assert found.body.words == 18
    assert found.body.teaser == "Intro with a link and a note."
    assert found.counts == (("align", 2), ("heading-shift", 1), ("highlight", 1), ("image", 1))
    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>' in html(found)
    assert '<div class="highlight"><pre tabindex="0"><code class="language-c"><span class="kt">' in html(
        found
    )


def test_extensions_are_those_that_are_asked_for() -> None:
    assert "<table>" in html(compose("|A|\n|-|\n|1|"))
    assert "<table>" not in html(compose("|A|\n|-|\n|1|", extensions=("footnotes",)))


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("[a](/x)\n\n[b](/y)", (5, 6, 9), (5, 9)),
        ("[a](/x) [b](/x)\n[c](/x)", (1, 2), (1, 1, 2)),
        ("[a][r] [b](/x)\n\n[r]: /y", (1, 2, 3), (3, 1)),
        ("<a@e.org>", (4,), (4,)),
        ("[a](/x\\(y\\))", (4,), (4,)),
        ('<a href="/?a&amp;b">c</a>', (4,), (4,)),
        ("a[^n]\n\n[^n]: b", (3, 4, 5), (3, 3)),
        ("\n<p id=x></p>\n\n[a](#x)", (1, 2, 3, 4), (4,)),
        ("[a](/x)", (), (0,)),
        ("[a](/&#120;)", (7,), (0,)),
    ],
)
def test_a_link_stands_in_the_line_where_it_was_written(
    text: str, lines: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert compose(text, lines).body.href_lines == expected


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        ("One *two*\nthree &amp; &lt;b&gt;.\n\nFour.", "One two three & <b>."),
        ("> quote\n\n- item\n\n    item\n\n# Head\n\nText.", "Text."),
        ("> > quote\n>\n> more\n\nText.", "Text."),
        ("|a|\n|-|\n|b|\n\nText.", "Text."),
        ("<div><p>Text.</p></div>", "Text."),
        ('<p class="x" title="y>z">Text.</p>', "Text."),
        ("![a](/b.png)\n\nText.", "Text."),
        ("[![a](/b.png)](/c) Text ![d](/e.png), more.", "Text, more."),
        ("Text.[^1]\n\n[^1]: Note.", "Text."),
        ("- a\n- b", ""),
        ("x[^1]\n\n[^1]: Note.".replace("x", "> x"), ""),
        ("", ""),
        ("word " * 60, "word " * 55 + "word…"),
        ("a" * 280, "a" * 280),
        ("a" * 281, "a" * 279 + "…"),
        ("a" * 150 + ", " + "b" * 200, "a" * 150 + "…"),
    ],
)
def test_the_teaser_is_the_first_paragraph_of_prose(text: str, teaser: str) -> None:
    assert compose(text).body.teaser == teaser
    assert len(teaser) <= 280


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 61 + "<b>", "brackets"),
        ("- " * 4_000 + "<b>", "nested too deeply"),
        ("<div>\n" * 900 + "&", "open at once"),
    ],
)
def test_a_text_that_takes_too_long_is_published_letter_by_letter(text: str, reason: str) -> None:
    found = compose(text, (7,) * 999)

    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html(found) == f'<pre class="plain" tabindex="0">{shown}</pre>'
    ((code, line, sentence, fix),) = found.problems
    assert (code, line) == ("too-large", 7)
    assert reason in sentence
    assert fix.endswith(".")
    assert compose(text).problems[0][1] == 0
    assert found.body.words == len(text.split())


def test_html_that_never_settles_is_published_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lwnindex.body._ROUNDS", 1)

    found = compose("a <b>b</b>\n\n<pre>\n\n\nc</pre>", (7,))

    assert html(found).startswith('<pre class="plain" tabindex="0">a &lt;b&gt;')
    assert [problem[:2] for problem in found.problems] == [("too-large", 7)]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("<pre>\n\na</pre>", '<pre tabindex="0">a</pre>'),
        ("a\x01b&#1;", "<p>ab</p>"),
        ("a\ud800b", "<p>a?b</p>"),
        ("<ul>a<p>b</ul>", "<ul><li>a<p>b</p></li></ul>"),
        ("<a href=/x><object><a href=/y>z", "<p><a"),
    ],
)
def test_odd_input_comes_out_well(text: str, result: str) -> None:
    assert html(compose(text)).startswith(result)


def test_every_real_article_has_a_finished_body(shared: Path) -> None:
    files = sorted((shared / "corpora/lwn-kernel-2009-2012").glob("*.md"))[::8]

    for path in files:
        text = path.read_text("utf-8")
        found = compose(text, range(1, text.count("\n") + 2), host="lwn.net")

        assert found.problems == ()
        assert clean(html(found)) == html(found)
        assert 0 not in found.body.href_lines
        assert found.body.words > 100
    assert len(files) > 90


def test_an_address_over_two_lines_counts_as_both() -> None:
    found = compose("[a](/b\nc)\n[d](/e)", (1, 2, 3)).body

    assert found.hrefs == ("/b\nc", "/e")
    assert found.href_lines == (1, 3)


# The other dialects -----------------------------------------------------------------------------


@given(st.one_of(markdown, documents()), others)
def test_a_body_of_any_dialect_is_clean_and_always_the_same(text: str, dialect: Dialect) -> None:
    found = compose(text, markup=dialect)

    assert clean(html(found)) == html(found)
    assert dangers(html(found)) == []
    assert not {tag for tag, _ in Reader(html(found)).tags} & {"img", "script", "style", "h1", "font", "svg"}
    assert compose(text, markup=dialect) == found


@given(st.one_of(markdown, documents()), others)
def test_every_id_of_any_dialect_stands_once(text: str, dialect: Dialect) -> None:
    found = compose(text, markup=dialect)

    assert len(set(found.body.anchors)) == len(found.body.anchors)
    assert tuple(ids(html(found))) == found.body.anchors
    assert {href[1:] for href in found.body.hrefs if href.startswith("#text-")} <= set(found.body.anchors)
    assert len(found.body.href_lines) == len(found.body.hrefs)


@pytest.mark.parametrize("dialect", ["commonmark", "html"])
def test_none_of_thousands_of_attacks_gets_through(shared: Path, dialect: Dialect) -> None:
    lines = (shared / "corpora/hostile/xss/vectors.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(line)["html"] for line in lines]

    assert len(vectors) >= 3_000
    for vector in vectors:
        composed = html(compose(vector, markup=dialect))
        assert dangers(composed) == [], vector
        assert clean(composed) == composed, vector


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("[a](javascript:alert(1)) <a href='javascript:x' onclick=y>b</a>", "commonmark"),
        ("# a {onclick=x style=y}\n\n<javascript:x>", "commonmark"),
        ('```c,"onclick=x\na\n```', "commonmark"),
        ("<script>x</script><p onclick=y style=z><svg onload=x>", "html"),
        ("<pre class='language-c' onclick=x><script>y</script><img src=x onerror=y>", "html"),
        ("<a href=javascript:x>a</a>", "html"),
    ],
)
def test_nothing_runs_in_any_dialect(text: str, dialect: Dialect) -> None:
    assert dangers(html(compose(text, markup=dialect))) == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
        ("- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n"),
        ("~~a~~", "<p><del>a</del></p>\n"),
        ("Vec<T>", "<p>Vec&lt;T&gt;</p>\n"),
        ("# A {#b .c}\n\n[up](#b)", '<h2 id="text-b">A</h2>\n<p><a href="#text-b">up</a></p>\n'),
        ("## A {.c}", '<h2 id="text-A">A</h2>\n'),
        ("~~~zzz\na\n~~~", '<pre tabindex="0"><code>a\n</code></pre>\n'),
        (
            "|a|\n|-:|\n|1|",
            (
                '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead><tr>'
                '<th class="align-right">a</th></tr></thead><tbody>\n'
                '<tr><td class="align-right">1</td></tr>\n</tbody></table></div>\n'
            ),
        ),
    ],
)
def test_commonmark_comes_out_as_all_bodies_do(text: str, result: str) -> None:
    assert html(compose(text, markup="commonmark")) == result


@pytest.mark.parametrize("info", ["c", "c,ignore", "c {hl_lines=[1]}", "c:title.c", "C"])
def test_code_has_the_colours_that_it_has_in_the_other_dialect(info: str) -> None:
    found = compose(f"```{info}\nint x;\n```", markup="commonmark")

    assert html(found).strip() == html(compose("```c\nint x;\n```")).strip()
    assert found.counts == (("highlight", 1),)


def test_footnotes_are_the_same_in_both_dialects_of_markdown() -> None:
    text = "Text.[^a] More.[^b] Text.[^a]\n\n[^a]: One *note*.\n\n[^b]: Two.\n"
    found, expected = compose(text, range(1, 7), markup="commonmark"), compose(text, range(1, 7))

    assert html(found).strip() == html(expected).strip()
    assert found.body.href_lines == expected.body.href_lines
    assert found.body.teaser == "Text. More. Text."


@pytest.mark.parametrize("depth", [300, 700, 5_000])
@pytest.mark.parametrize("piece", ["> ", "- ", "> - ", "1. "])
def test_what_commonmark_nests_too_deeply_is_plain_text(piece: str, depth: int) -> None:
    found = compose(piece * depth + "a", (7,), markup="commonmark")

    assert html(found).startswith('<pre class="plain" tabindex="0">')
    assert [problem[:2] for problem in found.problems] == [("too-large", 7)]


def test_a_text_that_the_engine_fails_on_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> None:
        raise UnreadableError

    monkeypatch.setattr("lwnindex.commonmark.rendered", fail)
    found = compose("a", markup="commonmark")

    assert html(found) == '<pre class="plain" tabindex="0">a</pre>'
    assert found.problems[0][2] == "CommonMark's engine fails on it."


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("<p>*a*\n\n    b</p>", "<p>*a*\n\n    b</p>"),
        ("One.\n\nTwo & <b>three</b>.", "<p>One.</p>\n<p>Two &amp; <b>three</b>.</p>"),
        ("<h1>A</h1><p>b<p>c", '<h2 id="text-A">A</h2><p>b</p><p>c</p>'),
        ("<html><head><title>t</title></head><body><p>a</body></html>", "<p>a</p>"),
        ("<center>a</center>", '<div class="align-center">a</div>'),
        ("<ul>a<p>b</ul>", "<ul><li>a<p>b</p></li></ul>"),
        (
            '<div class="highlight-c"><pre>int</pre></div>',
            (
                '<div class="highlight"><pre tabindex="0"><code class="language-c">'
                '<span class="kt">int</span>\n</code></pre></div>'
            ),
        ),
        ("", ""),
    ],
)
def test_html_comes_out_as_all_bodies_do(text: str, result: str) -> None:
    assert html(compose(text, markup="html")) == result


def test_html_tells_the_lines_of_its_links_and_a_teaser() -> None:
    text = (
        '<h2>A</h2>\n<p>See <a href="/?a&amp;b">b</a>.\n<a href="#x">c</a></p>\n'
        '<p id=x><img src="/i.png" alt="d">'
    )
    found = compose(text, (3, 4, 5, 6), host="e.org", markup="html").body

    assert found.hrefs == ("/?a&b", "#text-x", "/i.png")
    assert found.href_lines == (4, 5, 6)
    assert found.teaser == "See b. c"
    assert [one.text for one in found.contents] == ["A"]


def test_tangled_html_is_plain_text() -> None:
    found = compose("<div>\n" * 900 + "&", (7,), markup="html")

    assert html(found).startswith('<pre class="plain" tabindex="0">&lt;div&gt;')
    assert [problem[:2] for problem in found.problems] == [("too-large", 7)]


@pytest.mark.parametrize("dialect", ["commonmark", "html"])
def test_an_address_that_was_encoded_stands_where_it_was_written(dialect: Dialect) -> None:
    text = "[a](/ü)" if dialect == "commonmark" else "<a href='/ü'>a</a>"

    assert compose(f"\n{text}", (1, 2), markup=dialect).body.href_lines == (2,)


def test_links_that_are_looked_for_too_long_have_no_line() -> None:
    text = "a" * 99_999 + "\n" + "".join(f"[a](/{number}\\_b)\n" for number in range(2_000))
    found = compose(text, range(1, 2_002), markup="commonmark").body

    assert len(found.href_lines) == 2_000
    assert set(found.href_lines) == {0}


@pytest.mark.parametrize("folder", ["nodejs-blog", "rust-blog"])
def test_real_articles_of_commonmark_have_finished_bodies(shared: Path, folder: str) -> None:
    files = sorted((shared / "corpora/archives" / folder).rglob("*.md"))

    for path in files:
        found = compose(path.read_text("utf-8"), markup="commonmark")
        assert found.problems == (), path
        assert clean(html(found)) == html(found)
    assert len(files) > 50
