"""Frames and films become links, in Markdown and in HTML, and code stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import marked
from lwnindex.readers.players import linked, linked_html


def text_of(text: str) -> tuple[str, int]:
    lines, count = linked(marked(text))
    assert [line.number for line in lines] == [line.number for line in marked(text)]
    return "\n".join(line.text for line in lines), count


def link(address: str, words: str = "") -> str:
    return f'<a href="{address}">{words or address}</a>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            '<iframe width="4" src="https://example.org/a" allowfullscreen></iframe>',
            link("https://example.org/a"),
        ),
        ("<IFRAME SRC='//example.org/a'>No frames.</IFRAME>", link("https://example.org/a")),
        ("<iframe src=https://example.org/a></iframe> b", f"{link('https://example.org/a')} b"),
        (
            '<iframe src="/a?b=1&amp;c=2" title="A *b*"></iframe>',
            link("/a?b=1&amp;c=2", "A &#42;b&#42;"),
        ),
        (
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0"></iframe>',
            link("https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ),
        ('<video controls><source src="/x.mp4" type="video/mp4">None</video>', link("/x.mp4")),
        ('<audio src="x.ogg"></audio>', link("x.ogg")),
        ('<embed src="b.swf"/> c', f"{link('b.swf')} c"),
        ('<object data="a.pdf" type="application/pdf"></object>', link("a.pdf")),
        ('a <iframe\n width="3"\n src="/b">\n</iframe>\nc', f"a {link('/b')}\n\n\n\nc"),
    ],
)
def test_a_player_becomes_a_link(text: str, found: str) -> None:
    assert text_of(text) == (found, 1)
    assert linked_html(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "no player",
        '`<iframe src="/a"></iframe>` in code',
        '```\n<iframe src="/a"></iframe>\n```',
        "<iframe></iframe>",
        '<iframe src="javascript:alert(1)"></iframe>',
        '<iframe src="data:text/html,x"></iframe>',
        '<iframe srcdoc="x"></iframe>',
    ],
)
def test_what_is_none_or_leads_nowhere_stays(text: str) -> None:
    assert text_of(text) == (text, 0)


@given(st.text(st.sampled_from('<>`"= \niframevdo/srcxh:')))
def test_any_text_keeps_its_lines(text: str) -> None:
    found, _ = text_of(text)
    assert found.count("\n") == text.count("\n")
    assert text_of(found)[0].count("<iframe") <= text.count("<iframe")


@pytest.mark.parametrize("piece", ["<iframe ", "<video>", "`", "<iframe src=", "`<iframe>"])
def test_many_that_never_end_cost_little(piece: str) -> None:
    text = piece * 20_000
    assert linked_html(text) == text
