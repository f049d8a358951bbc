"""What stands on a page is found in its source again."""

from __future__ import annotations

import pytest

from lwnindex.checking.wherefrom import Lines

TEXT = """---
title: T
---
A *word* of [Ceph\\_FS](x.md) and
one that is broken over
lines.

```
int main(void)
```

```c
int other(void)
```

    indented code

~~~
~~~
"""


@pytest.mark.parametrize(
    ("needle", "line"),
    [("A word of", 4), ("Ceph_FS", 4), ("and one that is", 4), ("lines.", 6), ("nowhere", 0), ("...", 0)],
)
def test_letters_and_digits_are_compared(needle: str, line: int) -> None:
    assert Lines(TEXT).line_of(needle) == line


@pytest.mark.parametrize(
    ("words", "near", "line"),
    [("here", 3, 1), ("here", 1, 1), ("here", 6, 5), ("there", 3, 3), ("this", 1, 6)],
)
def test_a_link_is_where_its_words_are(words: str, near: int, line: int) -> None:
    text = "It is [here][1].\n\n[1]: x\n\n[here](x)\n<a href=x>this</a>\n"

    assert Lines(text).line_of_link(words, near) == line


@pytest.mark.parametrize(
    ("code", "line"),
    [("int main(void)\n", 8), ("int other(void)\n", 0), ("indented code\n", 0), ("not there", 0), ("", 0)],
)
def test_only_fences_without_a_language_are_found(code: str, line: int) -> None:
    assert Lines(TEXT).bare_fence_before(code) == line


def test_the_same_code_in_an_earlier_fence_hides_no_bare_one() -> None:
    assert Lines("```c\nx = 1\n```\n\n```\nx = 1\n```\n").bare_fence_before("x = 1\n") == 5
