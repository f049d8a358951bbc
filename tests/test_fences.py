"""Fences that Python-Markdown cannot read become code that it reads, where they stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import marked
from lwnindex.pythonmarkdown import to_html
from lwnindex.repairs import mended
from lwnindex.settings import Config

EXTENSIONS = Config().markdown.extensions
PIECES = (
    *(
        "```\n",
        "```c x\n",
        "~~~\n",
        "- a\n",
        "1. b\n",
        "    - c\n",
        "  * d\n",
        "> ",
        "  ",
        "    ",
        "\n",
        "e\n",
    ),
    *("> > ", "\t", "- ```\n", "x| y\n---|---\n1| 2\n"),
)


def text_of(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    lines, counts = mended(marked(text))
    return "\n".join(line.text for line in lines), counts


def shown(text: str) -> str:
    return to_html(text_of(text)[0], EXTENSIONS).replace("\n", "")


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("rust,ignore", "rust"),
        ("python linenos", "python"),
        (' python title="x"', "python"),
        ("{.c}", "c"),
        ("{.c .numbered start=3 x}", "c"),
        ("{#one .c++ y}", "c++"),
        ("c# x", "c#"),
    ],
)
def test_a_fence_keeps_its_language_alone(info: str, language: str) -> None:
    text, counts = text_of(f"a\n\n```{info}\nb *c*\n```\n")

    assert text == f"a\n\n```{language}\nb *c*\n```\n"
    assert counts == (("fence-language", 1),)
    assert f'<pre><code class="language-{language}">b *c*' in to_html(text, EXTENSIONS)


def test_words_that_name_no_language_go() -> None:
    assert text_of('``` title="x"\na\n```')[0] == "```\na\n```"


@pytest.mark.parametrize("text", ["```\na\n```", "~~~ c\na\n~~~", "- a\n\n  ```\n  open", "> ```\n> a\n\nb"])
def test_other_fences_stay(text: str) -> None:
    assert text_of(text) == (text, ())


CODE = "<pre><code>x *y*    z</code></pre>"
PLACES = {
    "two": ("- a\n\n  ```c\n  x *y*\n      z\n  ```\n- b", f"<li><p>a</p>{CODE}</li><li>"),
    "three": ("1. a\n   ```c\n   x *y*\n       z\n   ```\n2. b", f"<li><p>a</p>{CODE}</li><li>"),
    "four": ("- a\n    ```c k\n    x *y*\n        z\n    ```\n    b", f"<li><p>a</p>{CODE}<p>b</p></li>"),
    "six": (
        "- a\n\n      ```\n      x *y*\n          z\n      ```\n\nb",
        f"<li>a{CODE}</li></ul><p>b",
    ),
    "nested": (
        "- a\n    - b\n\n        ~~~\n        x *y*\n            z\n        ~~~",
        f"<li>b{CODE}</li>",
    ),
    "outer": ("- a\n    - b\n\n    c\n\n    ```\n    x *y*\n        z\n    ```", f"<p>c</p>{CODE}</li></ul>"),
    "tab": ("- a\n\n\t```\n\tx *y*\n\t\tz\n\t```", f"<li>a{CODE}</li>"),
    "dumped": ("  * a\n    * b\n      ```\n      x *y*\n          z\n      ```", f"b{CODE}</li>"),
    "quote": ("> a\n> ```c\n> x *y*\n>     z\n> ```\n> b", f"<p>a</p>{CODE}<p>b</p></blockquote>"),
    "bare quote": ("a\n>```\n>x *y*\n>    z\n>```\nb", f"<blockquote>{CODE}</blockquote><p>b"),
    "two quotes": ("> > ```\n> > x *y*\n> >     z\n> > ```\n> a", f"<blockquote>{CODE}</blockquote><p>a"),
    "list in quote": ("> - a\n>   ```\n>   x *y*\n>       z\n>   ```", f"<li>a{CODE}</li>"),
}


@pytest.mark.parametrize(("text", "wanted"), PLACES.values(), ids=PLACES)
def test_a_fence_in_a_list_or_a_quote_is_code_there(text: str, wanted: str) -> None:
    assert wanted in shown(text)
    assert dict(text_of(text)[1])["fence"] == 1
    assert shown(text).count("<pre>") == 1


def test_all_that_stands_in_the_code_stays() -> None:
    text = "- a\n  ```diff\n  > b\n\n  - c\n  x| y\n  ---|---\n  # d\n  ~~~\n  ```\n- e"

    code = "&gt; b\n\n- c\nx| y\n---|---\n# d\n~~~\n"
    assert f"<pre><code>{code}</code></pre>" in to_html(text_of(text)[0], EXTENSIONS)


def test_the_lines_keep_their_numbers() -> None:
    lines, _ = mended(marked("- a\n  ```\n  b\n  ```\n  c", 10))

    assert [(line.number, line.text) for line in lines] == [
        (10, "- a"),
        (11, ""),
        (12, "        b"),
        (13, ""),
        (14, "  c"),
    ]


def test_a_fence_in_one_item_is_not_closed_in_another() -> None:
    text = "- a\n  ```\n  b\n- c\n  ```\n  d\n  ```"

    assert text_of(text)[0] == "- a\n  ```\n  b\n- c\n\n        d"


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_mending_twice_is_mending_once(text: str) -> None:
    once, _ = text_of(text)

    assert text_of(once) == (once, ())
