"""Markdown as it is really written, and as it is written to break something, in pieces."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    *("word", "two words", "snake_case_name", "__init__", "2.6.31", "it's", "AT&T &", "x < 5", "a<b", "#tag"),
    *("_emph_", "*emph*", "**strong**", "__strong__", "***both***", "_a *b* c_", "**a _b_ c**", "_a. b._"),
    *("`code`", "``a`b``", "`<div>`", "`a & b`", "`&lt;`", "`x\\`", "`", "_`code`_", "**`code`**,", "`a``b`"),
    *("[link](/a_b_c)", "[link](http://example.org/?a=b&c=d)", "[_a_](/b)", "_[a](/b)_.", "**[a](/b)**:"),
    *(
        '[a](/x "title")',
        "[a](<x y>)",
        "[a]( /x )",
        "[a]()",
        "[](/x)",
        "[a](b(c)d)",
        "[a](b\\)c)",
        "[a](b'c)",
    ),
    *("[l [m] n](/x)", "[x]", "[x][y]", "[x]: /y", "[^1]", "[^1]: note", "*[ABC]: long", "ABC", "[a\\](b)"),
    *("![image](/i.png)", "![\\[image\\]](/i.png)", "[![i](/i.png)](/x)", "![", "![a](/ü.png)", "[a](/ü)"),
    *(
        "&amp;",
        "&copy;",
        "&foo;",
        "&#60;",
        "&#60 ",
        "&",
        "&;",
        "a&b;c",
        "<b>bold</b>",
        "<div>",
        "</div>",
        "<br>",
    ),
    *("<http://example.org/a_b>", "<me@example.org>", "vector<int>", "<!-- c -->", "<", "> 3", "<=", "</p>"),
    *("C\\+\\+", "\\*", "\\_", "\\\\", "\\`", "\\a", "\\", "1986\\.", "12.", "\\[x\\]", "a|b", "|", "~~s~~"),
    *(
        "*",
        "_",
        "**",
        "2*3*4",
        "a*b",
        "*a",
        "_a",
        "a_",
        "a*",
        "_a_b",
        "(_a_)",
        "(*a*)",
        "_a_'s",
        "/_a_/",
        "*(a)*",
    ),
    *("\u201cquoted\u201d", "\u201c_q_\u201d", "\u2014", "é_a_", "_é_", "a\xa0b", "\xa0", "\u3000", "\u200b"),
    *(
        "http://example.org/a_b_c",
        "$x$",
        "{.c}",
        ":",
        "a:",
        "=",
        "-",
        "+",
        "!",
        "[",
        "]",
        "(",
        ")",
        " ",
        "  ",
    ),
)
STARTS = (
    *("", "# ", "#### ", "> ", "> > ", ">", "  * ", "* ", "- ", "+ ", "    * ", "        * ", "  1. ", "1. "),
    *(
        "3. ",
        "2) ",
        "    ",
        "        ",
        "  ",
        "   ",
        "\t",
        "| ",
        " ",
        "~~~",
        "```",
        "```c",
        ": ",
        "- - ",
        "> * ",
    ),
    *("> # ", ">     ", "    1. ", "  10. ", "      * ", "a | b\n---|---\n"),
)
ENDS = (
    "\n",
    "\n\n",
    "  \n",
    "  \n\n",
    " \n",
    "\n\n\n",
    "\n>\n",
    "\n> \n",
    "\\\n",
    " |\n",
    "\n \n",
    "\n\n\n\n",
)
BLOCKS = (
    '```c\nint a;\n\tb("<x>" && 3);\n\n```',
    "```\n# x\n> y\n```",
    "~~~ python\nx\n~~~",
    "````\n```\n````",
    "```\nopen",
    "> ```\n> x\n> ```",
    "  ```\n  x\n  ```",
    "    code <x>\n    more & less\n\n    last",
    "    code\n\n\n    code",
    "| A | B |\n| --- | ---: |\n| `a` | _b_ |\n| 1 | 2 |",
    "|A|\n|-|\n|b|",
    "| A | B |\n| --- | --- |\n| short |",
    "A | B  \n---|---\n1 | 2",
    "  * one\n  * two _x_\n    * three\n  * four",
    "  * one\n\n  * two",
    "  * one\n\n    * two\n\n    * three\n\n  * four",
    "  * one\n\n    * two\n    * three",
    "  * one\n\n    text",
    "  1. one\n  2. two",
    "2. one\n\n3. two",
    "1. a\n    * b\n2. c",
    "* a\n    1. b\n* c",
    "* a\n  b\n* c",
    "* a\n    b",
    "* a  \n* b  ",
    "- a\n- b",
    "* a\n- b",
    "* a\n\n- b",
    "* a\n\n1. b",
    "* a\n\n        code",
    "* [ ] a\n* [x] b",
    "> quote _a_\n>\n> b",
    "> a  \n> b",
    "> a\n> \n>   * x\n>   * y",
    "> a\n\n> b",
    "> a\n>\n\n> b",
    "> a\n>",
    "> a\nlazy",
    "on *NIX",
    "> # a\n> b",
    "> 1. a\n> 2. b\n>\n> c",
    "#### Title",
    "# Title #",
    "# Title\ntext",
    "text\n# Title",
    "Title\n---",
    "Title\n===",
    "* * *",
    "---",
    "___",
    "One.\nTwo  \nthree",
    "text\n* a\n* b",
    "a\n    b",
    "term\n: meaning",
    "<div>\nraw\n</div>",
    "<p>open",
    "[r]: /x",
    "[^1]: note",
    "note[^1]",
    "[^b]: _more_ [a](/b)",
    "text  ",
    "\xa0",
)


def _line(words: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=words).map(" ".join)


def _lists() -> st.SearchStrategy[str]:
    marks = st.sampled_from(("  * ", "  * ", "    * ", "* ", "  1. "))
    return st.lists(st.tuples(marks, _line(2)).map("".join), min_size=1, max_size=4).map("\n".join)


def _quotes() -> st.SearchStrategy[str]:
    return st.lists(_line(2).map("> {}".format), min_size=1, max_size=3).map("\n".join)


def _wild() -> st.SearchStrategy[str]:
    lines = st.tuples(st.sampled_from(STARTS), _line(3), st.sampled_from(ENDS)).map("".join)
    return st.lists(lines, min_size=1, max_size=4).map("".join)


def documents() -> st.SearchStrategy[str]:
    """Return texts of real constructs, tame and wild ones beside each other."""
    tame = st.one_of(_line(4), st.sampled_from(BLOCKS), _lists(), _quotes())
    part = st.one_of(tame, tame, tame, tame, _wild())
    gaps = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n\n\n", "\n"))
    pairs = st.lists(st.tuples(part, gaps).map("".join), min_size=1, max_size=6)
    return pairs.map("".join)
