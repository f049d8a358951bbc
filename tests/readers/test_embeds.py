"""A tag that plainly shows a picture, a video or a page becomes that picture or a link."""

from __future__ import annotations

import pytest

from lwnindex.readers.embeds import embedded, safe
from lwnindex.readers.templatetags import arguments


@pytest.mark.parametrize(
    ("name", "given", "markdown"),
    [
        ("youtube", "0RKpf3rK57I", "<https://www.youtube.com/watch?v=0RKpf3rK57I>"),
        ("youtube", 'id="0RKpf3rK57I" autoplay=true', "<https://www.youtube.com/watch?v=0RKpf3rK57I>"),
        ("youtube", "https://youtu.be/0RKpf3rK57I", "<https://youtu.be/0RKpf3rK57I>"),
        ("include", 'youtube.html id="0RKpf3rK57I"', "<https://www.youtube.com/watch?v=0RKpf3rK57I>"),
        ("include", 'embed/video id="123" provider="vimeo"', "<https://vimeo.com/123>"),
        ("vimeo_simple", "123", "<https://vimeo.com/123>"),
        ("gist", "someone 0a1b", "<https://gist.github.com/someone/0a1b>"),
        ("gist", "someone/0a1b", "<https://gist.github.com/someone/0a1b>"),
        ("gist", 'url="https://gist.github.com/a/1"', "<https://gist.github.com/a/1>"),
        ("tweet", "12", "<https://twitter.com/i/status/12>"),
        ("tweet", 'user="Someone" id="12"', "<https://twitter.com/Someone/status/12>"),
        ("x", 'user="Someone" id="12"', "<https://twitter.com/Someone/status/12>"),
        ("figure", 'src="a.png" alt="A"', "![A](a.png)"),
        ("figure", 'src="a.png" caption="A cap"', "![A cap](a.png)"),
        ("figure", 'src="a.png" alt="A" caption="A *cap*"', "![A](a.png) A *cap*"),
        ("figure", 'src="a.png" caption="By [a](b)"', "![](a.png) By [a](b)"),
        ("figure", 'src="a.png" link="https://example.org/"', "[![](a.png)](https://example.org/)"),
        ("include", 'figure.html image_path="/i/(a).jpg" alt="[b]"', r"![\[b\]](/i/%28a%29.jpg)"),
        ("img", "left /images/a.png 300 200", "![](/images/a.png)"),
        ("button", 'href="https://example.org/" text="Get it"', "[Get it](https://example.org/)"),
        ("card", 'url="https://example.org/"', "<https://example.org/>"),
    ],
)
def test_what_a_tag_plainly_shows_is_kept(name: str, given: str, markdown: str) -> None:
    assert embedded(name, arguments(given)) == markdown


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("include", ""),
        ("include", "toc.html"),
        ("youtube", "a<b"),
        ("youtube", ""),
        ("figure", 'src="{{ x }}.png"'),
        ("figure", 'src="a.pdf"'),
        ("if", "page.url"),
        ("note", 'title="x"'),
        ("button", 'href="javascript:x"'),
    ],
)
def test_of_all_else_nothing_is_known(name: str, given: str) -> None:
    assert embedded(name, arguments(given)) is None


@pytest.mark.parametrize(("given", "sound"), [("a b(c).png", "a%20b%28c%29.png"), ("ä.png", "ä.png")])
def test_an_address_stands_safely_in_a_link(given: str, sound: str) -> None:
    assert safe(given) == sound
