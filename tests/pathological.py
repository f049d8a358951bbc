"""Texts of any size that programs take long for: each name's function gives one of about n characters."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, pairwise

Made = Callable[[int], str]


def _of(unit: str, end: str = "") -> Made:
    return lambda size: unit * max(1, size // len(unit)) + end


def _around(before: str, after: str, inner: str = "a") -> Made:
    def made(size: int) -> str:
        times = max(1, size // (len(before) + len(after)))
        return before * times + inner + after * times

    return made


def _numbered(pattern: str, end: str = "") -> Made:
    """Return what repeats a pattern in which `#` is a number."""

    def made(size: int) -> str:
        parts: list[str] = []
        length = 0
        for number in count():
            parts.append(pattern.replace("#", str(number)))
            length += len(parts[-1])
            if length >= size:
                return "".join(parts) + end
        raise AssertionError

    return made


def _stairs(mark: str, step: str = "    ") -> Made:
    """Return lines each of which is indented more than the one before."""

    def made(size: int) -> str:
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(step * len(parts) + mark + "\n")
            length += len(parts[-1])
        return "".join(parts)

    return made


def _first(start: str, unit: str, end: str = "") -> Made:
    return lambda size: start + unit * max(1, size // len(unit)) + end


def _halves(one: str, other: str) -> Made:
    return lambda size: one * max(1, size // 2 // len(one)) + "\n\n" + other * max(1, size // 2 // len(other))


def _table(columns: int, cell: str = "a", mark: str = "-") -> Made:
    row = f"|{cell}" * columns + "|\n"
    return lambda size: row + f"|{mark}" * columns + "|\n" + row * max(1, size // len(row))


def _spans(attributes: str, cells: int = 1) -> Made:
    row = "<tr>" + f"<td {attributes}>a</td>" * cells + "</tr>\n"
    return lambda size: "<table>\n" + row * max(1, size // len(row)) + "</table>"


_ELEMENTS = (
    *("a", "b", "i", "em", "code", "span", "font", "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table"),
    *("tr", "td", "th", "caption", "tbody", "blockquote", "pre", "h2", "center", "section", "details"),
    *("button", "form", "select", "option", "svg", "math", "template", "textarea", "title", "style", "ruby"),
    *("nobr", "object", "marquee", "frameset", "noscript", "iframe", "q", "sub", "address", "x-y", "img"),
)

_MARKS = (
    *(
        "[",
        "]",
        "![",
        "](",
        "[](",
        "[a](b",
        "[a][b]",
        "[^a]",
        "[^a]: b\n",
        "[a]: b\n",
        '[a]: <b> "',
        "*[a]: b\n",
    ),
    *("(", "((", "<", "<<", "< ", "<a", "<a>", "</a>", "<!", "<!--", "<!-- -->", "-->", "<![CDATA[", "]]>"),
    *("<?", "<?a ?>", "<a:", "<a@b.", "<a b='", '<a b="', "<a b=c ", "<a\n", "<1", "&", "&a", "&a;", "&amp;"),
    *(
        "&#1",
        "&#x",
        "&lt;a",
        "*",
        "**",
        "***",
        "*a",
        "a*",
        "**a",
        "a** ",
        "_",
        "__a",
        "a__ ",
        "*_",
        "_a*b",
        "*a_",
    ),
    *(
        "**a*",
        "`",
        "``",
        "`a",
        "a`` ",
        "\\",
        "\\\\",
        "\\`",
        "\\[",
        "~",
        "~~",
        "~~a",
        "^",
        "==",
        "++",
        "$",
        "$$",
    ),
    *(
        "|",
        "||",
        "|a",
        "|-",
        "-|-",
        "\\|",
        "|`",
        "a|b\n",
        "|\n",
        ":",
        ": ",
        ":-",
        "a\n: b\n",
        "a\n\n: b\n",
        ":a:",
    ),
    *(
        "{",
        "{:",
        "{: .a",
        "{: #a }",
        "a{: b=c }\n\n",
        "{{",
        "{%",
        "}",
        "#",
        "# ",
        "# a\n",
        "#a#\n",
        "## a ##\n\n",
    ),
    *(
        "a\n=\n",
        "a\n-\n",
        "-",
        "- ",
        "-\n",
        "- a\n",
        "- a\n\n",
        "- - ",
        "* ",
        "+ ",
        "1. ",
        "1) ",
        "1. a\n",
        "9" * 9,
    ),
    *(
        "- a\n  b\n",
        "- a\n\n      b\n",
        "* a\n+ b\n",
        "> ",
        ">\n",
        "> a\n",
        "> a\n\n",
        ">a\nb\n",
        "> - a\n",
        "- > ",
    ),
    *(
        "```",
        "```\n",
        "```a\n",
        "~~~\n",
        "```\n~~~\n",
        "````\n```\n",
        " ```\n",
        "```a\n```\n",
        "    a\n",
        "\ta\n",
    ),
    *(
        "\t",
        " ",
        "\n",
        " \n",
        "a \n",
        "a  \n",
        "a\\\n",
        "\n\n",
        "\n \n",
        "a\n\n",
        "a\n",
        "a ",
        "a",
        "!",
        "!!! a\n",
    ),
    *(
        "!!! a\n    b\n\n",
        "[TOC]\n",
        "[[a]]",
        "[[",
        "--",
        "---",
        "...",
        '"',
        "'",
        "'a\"",
        "http://",
        "http://a ",
        "www.a",
    ),
    *(
        "a@b.c ",
        "a.",
        "\xa0",
        "\u200b",
        "\u202e",
        "\u0301",
        "\U0001f600",
        "\u2028",
        "\x0b",
        "\x0c",
        "\x00",
        "\x02",
    ),
    *(
        "\x02wzxhzdk:0\x03",
        "\x03",
        "\ue000",
        "\uf8ff",
        "é",
        "中",
        "a中 ",
        "\ufeff",
        "0",
        "1.1.1 ",
        "a_b_c ",
    ),
    *("///Footnotes Go Here///\n", "[a]:\n", "[a]: b\n 'c\n", "[^a]:\n    b\n\n", "a\n:   b\n\n    c\n\n"),
)

MARKDOWN: dict[str, Made] = {
    **{f"marks {mark!r}": _of(mark) for mark in _MARKS},
    **{f"lines {mark!r}": _of(mark + "\n") for mark in _MARKS if not mark.endswith("\n")},
    **{f"paragraphs {mark!r}": _of(mark + "a\n\n") for mark in _MARKS if not mark.endswith("\n")},
    **{f"items {mark!r}": _of("- " + mark + "a\n") for mark in _MARKS if "\n" not in mark},
    "brackets around": _around("[", "]"),
    "brackets and links around": _around("[", "](a)"),
    "images around": _around("![", "](a)"),
    "parentheses around": _around("(", ")"),
    "link to parentheses": lambda size: "[a](" + "(" * (size // 2) + ")" * (size // 2) + ")",
    "link to spaces": _first("[a](b", " ", "c)"),
    "link with a title": _first('[a](b "', "c", ""),
    "label without end": _first("[", "a "),
    "stars around": _around("*a ", " b*"),
    "strong around": _around("**a ", " b**"),
    "underscores around": _around("_a ", " b_"),
    "strong and emphasis around": _around("**a *b ", " c* d**"),
    "code around": _around("`a ``", "`` b`"),
    "longer and longer code": lambda size: "a".join("`" * at for at in range(1, int((2 * size) ** 0.5))),
    "longer and longer code with gaps": lambda size: " a\n".join(
        "`" * at for at in range(1, int((2 * size) ** 0.5))
    ),
    "quotes around": _stairs("> a", ">"),
    "quoted lists": _stairs("- a", "> "),
    "stairs of lists": _stairs("- a"),
    "stairs of lists by two": _stairs("* a", "  "),
    "stairs of numbers": _stairs("1. a", "   "),
    "stairs of lists with blank lines": _stairs("- a\n"),
    "stairs of terms": _stairs(":   a"),
    "stairs of notes": _stairs("!!! note\n"),
    "stairs of footnotes": _stairs("[^a]: b\n"),
    "stairs by tabs": _stairs("- a", "\t"),
    "stairs of quotes": _stairs("> a", "  "),
    "many references": lambda size: _numbered("[a#]: /b\n")(size // 2) + "\n" + _numbered("[a#] ")(size // 2),
    "many references of one": _halves("[a]: /b\n", "[a] "),
    "one long reference": lambda size: "[a]: /" + "b" * (size // 2) + "\n\n" + "[a] " * (size // 8),
    "long labels": lambda size: "[" + "a" * (size // 2) + "]: /b\n\n[" + "a" * (size // 2) + "]",
    "many abbreviations": lambda size: (
        _numbered("*[A#]: b\n")(size // 2) + "\n" + _numbered("A# ")(size // 2)
    ),
    "one long abbreviation": lambda size: "*[A]: " + "b" * (size // 2) + "\n\n" + "A " * (size // 4),
    "many footnotes": lambda size: (
        _numbered("a[^#] ")(size // 2) + "\n\n" + _numbered("[^#]: b\n\n")(size // 2)
    ),
    "one footnote many times": lambda size: "a[^1] " * (size // 6) + "\n\n[^1]: b",
    "footnotes in footnotes": _numbered("[^#]: a[^#] b[^1]\n\n"),
    "one long footnote": lambda size: "a[^1]\n\n[^1]: b\n" + "\n    c\n" * (size // 8),
    "headings of one name": _of("## a\n\n"),
    "headings of two names": _of("## a\n\n### a 2\n\n"),
    "headings by number": _numbered("## a #\n\n"),
    "headings of one name underlined": _of("a\n---\n\n"),
    "a long heading": _first("# ", "a"),
    "headings of links": _of("## [a](b) *c*\n\n"),
    "heading with marks at its end": _first("# a", " #", " b"),
    "underline that is none": _first("a\n", "=", "b"),
    "a wide table": lambda size: _table(max(1, size // 9))(1),
    "a long table": _table(2),
    "a square table": lambda size: _table(max(1, int((size / 3) ** 0.5)))(size),
    "a table of one column": _table(1),
    "a table with short rows": lambda size: (
        "|a" * int(size**0.5) + "|\n" + "|-" * int(size**0.5) + "|\n" + "|b\n" * (size // 4)
    ),
    "a table of code": _table(3, "`a|"),
    "a table of links": _table(3, "[a](b)"),
    "tables": _of("|a|b|\n|-|-|\n|1|2|\n\n"),
    "a table after a long line": lambda size: "a|" * (size // 2) + "\n-|-\n",
    "terms": _of("a\n:   b\n"),
    "terms apart": _of("a\n\n:   b\n\n"),
    "terms of one": _first("a\n", ":   b\n"),
    "a long paragraph of lines": _of("a b c\n"),
    "a long item": _first("- a\n", "  b\n"),
    "a long quote": _of("> a b c\n"),
    "lazy quotes": _first("> a\n", "b\n"),
    "items of paragraphs": _of("- a\n\n    b\n\n"),
    "items of code": _of("- a\n\n        b\n\n"),
    "numbers": _numbered("#. a\n"),
    "one item and many paragraphs": _first("- a\n\n", "    b\n\n"),
    "fences not closed": _numbered("```a#\nb\n\n"),
    "fences of growing length": lambda size: "\n".join(
        "`" * at for at in range(3, int((2 * size) ** 0.5) + 3)
    ),
    "fences with attributes": _of("``` {.a #b c=d}\ne\n```\n\n"),
    "attributes": _of("a\n{: .b #c d=e }\n\n"),
    "long attributes": _first("a {: ", 'b="c" ', "}"),
    "toc and headings": lambda size: "[TOC]\n\n" + _numbered("## a #\n\n")(size),
    "toc many times": lambda size: "[TOC]\n\n" * (size // 16) + "# a\n\n" * (size // 10),
    "words": _of("word "),
    "links": _numbered("[a#](/b/#) "),
    "images": _numbered("![a#](/b/#.png)\n\n"),
    "links to headings": lambda size: "## a\n\n" * (size // 12) + "[b](#a)\n\n" * (size // 18),
    "links not written so": _numbered("[a](b&#x41;#) "),
    "autolinks": _numbered("<http://a/#>\n"),
    "entities": _of("&eacute;"),
    "entities of numbers": _numbered("&##;"),
    "escapes": _of("\\*\\_\\`"),
    "emphasis not closed in paragraphs": _of("*a **b\n\n"),
    "brackets not closed in paragraphs": _of("[a ![b\n\n"),
    "html blocks with markdown": _around('<div markdown="1">\n', "\n</div>\n"),
    "html block and blank lines": _of("<div>\n\na\n\n</div>\n\n"),
    "html blocks not closed": _of("<div>\n\na\n\n"),
    "script in lines": _of("<script>a\n\n"),
    "lines of code": _of("    a\n\n"),
    "code of one line": _first("    ", "a b "),
    "front matter": _numbered("a#: b\n"),
    "carriage returns": _of("a\r\n\r\n"),
    "mixed": _of("*a* **b** `c` [d](e) <b>f</b> &amp; ![g](h) [^i] --- ... 'j' \"k\"\n"),
    "mixed blocks": _of(
        "# a\n\n- b\n\n    c\n\n> d\n\n```e\nf\n```\n\n|g|h|\n|-|-|\n|i|j|\n\n1. k\n\n***\n\n"
    ),
    "all marks": _of("".join(mark for mark in _MARKS if mark.isascii())),
    "all marks in lines": _of("\n".join(mark for mark in _MARKS if mark.isascii())),
    "all marks in paragraphs": _of("\n\n".join(mark for mark in _MARKS if mark.isascii())),
}

HTML: dict[str, Made] = {
    **{f"<{name}>": _of(f"<{name}>") for name in _ELEMENTS},
    **{f"</{name}>": _of(f"</{name}>") for name in _ELEMENTS},
    **{f"<{name}>a, in lines": _of(f"<{name}>a\n\n") for name in _ELEMENTS},
    **{f"<{name}> around": _around(f"<{name}>", f"</{name}>") for name in _ELEMENTS},
    **{f"<{name}> beside": _of(f"<{name}>a</{name}>\n") for name in _ELEMENTS},
    **{f"<{name}> in paragraphs": _of(f"<p><{name}>a</p>") for name in _ELEMENTS},
    **{
        f"<{name}> with attributes": _of(
            f'<{name} id="a" class=b title=\'c\' align=left href="/d" name=e>f</{name}>'
        )
        for name in _ELEMENTS
    },
    **{
        f"{times} <{name}> before paragraphs": _first(f"<{name}>" * times, "<p>a</p>")
        for name in ("a", "b", "i", "font", "span", "nobr")
        for times in (1, 3, 5, 20, 100)
    },
    **{
        f"{times} <{name}> with attributes before paragraphs": _first(
            "".join(f"<{name} id=a{at}>" for at in range(times)), "<p>a</p>"
        )
        for name in ("b", "font", "i")
        for times in (3, 5, 20)
    },
    "<b><p> misnested": _of("<b><p>a</b></p>"),
    "<i><b> misnested": _of("<i><b>a</i></b>"),
    "<a><div> misnested": _of("<a><div></a></div>"),
    "<table><b> misnested": _of("<table><b>a<tr>"),
    "<b><table> around": _around("<b><table><tr><td>", "</td></tr></table></b>"),
    "cells around": _around("<table><tr><td>", "</td></tr></table>"),
    "tables in cells": _of("<table><tr><td>"),
    "lists around": _around("<ul><li>", "</li></ul>"),
    "spans of 1000 columns": _spans("colspan=1000"),
    "spans of 1000 columns, apart": _of("<table><tr><td colspan=1000>a</td></tr></table>\n"),
    "spans of 1000 columns, many in a row": _spans("colspan=1000", 90),
    "spans of 60000 rows": _spans("rowspan=60000"),
    "spans of both": _spans("colspan=100 rowspan=100", 10),
    "spans of 2 rows": _spans("rowspan=2", 20),
    "spans of 9 by 9, apart": _of(
        "<table>" + "<tr>" + "<td colspan=100 rowspan=9>a</td>" * 9 + "</tr></table>\n"
    ),
    "a long row": _first("<table><tr>", "<td>a"),
    "long rows": _spans("", 1000),
    "a long column": _first("<table>", "<tr><td>a"),
    "bodies": _first("<table>", "<tbody><tr><td>a</td></tr></tbody>"),
    "comments": _of("<!-- a -->"),
    "comments not closed": _of("<!-- a "),
    "comments of dashes": _first("<!--", "-"),
    "instructions": _of("<?a b?>"),
    "cdata": _of("<![CDATA[a]]>"),
    "entities of one text": _of("&amp;"),
    "entities of names": _of("&eacute;&lt;&nbsp;"),
    "entities of numbers": _of("&#233;&#x41;"),
    "entities that are none": _of("&a "),
    "entities in an attribute": _first('<a href="', "&amp;", '">b</a>'),
    "an attribute": _first('<a title="', "a ", '">b</a>'),
    "an attribute not closed": _first('<a title="', "a "),
    "attributes": _first("<a ", "b=c "),
    "attributes by number": lambda size: "<a " + _numbered("b#=c ")(size) + ">d</a>",
    "attributes not closed": _of('<a b="'),
    "ids": _numbered('<p id="a#">b</p>\n'),
    "ids of one name": _of('<p id="a">b</p>\n'),
    "headings of one name": _of("<h2>a</h2>\n"),
    "headings around": _around("<h2><b>", "</b></h2>"),
    "a long heading": _first("<h2>", "<b>a</b>", "</h2>"),
    "links to names": lambda size: (
        _numbered('<a href="#a#">b</a> ')(size // 2) + _numbered("<h2>a#</h2>")(size // 2)
    ),
    "links around images": _first("<a href=b>", "<img src=a>", "</a>"),
    "images": _numbered('<img src="/a#.png" alt="b">'),
    "lines of code": _of("<pre>a\n</pre>\n"),
    "blocks of code": _of('<pre><code class="language-c">int a;</code></pre>\n'),
    "blocks of code not closed": _of('<pre><code class="language-c">'),
    "boxes of code": _of('<div class="highlight-c"><div><pre>a</pre></div></div>\n'),
    "breaks": _of("<br>"),
    "breaks and spaces": _of("<br> \n"),
    "rules": _of("<hr>"),
    "terms": _first("<dl>", "<dt>a<dd>b"),
    "options": _first("<select>", "<option>a"),
    "scripts": _of("<script>a</script>"),
    "players": _of('<iframe src="https://www.youtube.com/embed/a"></iframe>\n'),
    "angles": _of("<"),
    "angles both": _of("<>"),
    "angles and blanks": _of("< "),
    "closing angles": _of(">"),
    "quotes": _of('"'),
    "null characters": _of("\x00"),
    "words": _of("word "),
    "empty lines": _of("\n\n"),
    "lines that no source has": _numbered("a\n&notina#"),
    "lines that no source has, and cells": _of("<?- a\n<td>"),
    "svg and html": _of("<svg><p><math><b>"),
    "mixed": _of(
        "<p>a <b>b</b> <a href='/c'>d</a> &amp; <code>e</code></p><ul><li>f</ul><table><td>g</table>"
    ),
}

_CODE_UNITS = (
    *("(", "[", "{", "<", ">", '"', "'", "`", "\\", "/*", "*/", "//", "#", "--", "a", "a ", "a.", "a,", "a:"),
    *(
        "a=",
        "a(",
        "a<",
        "a[",
        "a{",
        "1",
        "0x",
        "_",
        "$",
        "@",
        "%",
        "&",
        "|",
        "!",
        "?",
        ";",
        "+",
        "-",
        "*",
        "/",
    ),
    *(
        "<!--",
        "<a ",
        "</a>",
        "<<A",
        '"""',
        "{{",
        "{%",
        "${",
        "#{",
        "a::",
        "=>",
        "if ",
        "class ",
        "A",
        "é",
        "\t",
    ),
    *(
        " ",
        "a \\",
        "'a ",
        '"a ',
        "\\u",
        "%s",
        "begin ",
        "[[",
        "((",
        "{-",
        "(*",
        'r"',
        "::",
        "..",
        "a-",
        "> ",
        "$ ",
    ),
)


def _lines_of(unit: str, width: int) -> Made:
    line = (unit * width)[: max(width, len(unit))] + "\n"
    return _of(line)


CODE: dict[str, Made] = {
    f"{unit!r} in lines of {width}": _lines_of(unit, width) for unit in _CODE_UNITS for width in (1, 60, 390)
}


def _yaml(pattern: str) -> Callable[[Made], Made]:
    """Return what puts a text into a header: a `#` in a pattern stands for it."""
    return lambda made: lambda size: f"---\n{pattern.replace('#', made(size))}\n---\n\nText.\n"


_FIELDS = (
    "title",
    "date",
    "authors",
    "tags",
    "entries",
    "id",
    "slug",
    "lang",
    "summary",
    "aliases",
    "nav",
    "zzz",
)
_IN_YAML = (
    "[",
    "{",
    "- ",
    "? ",
    '"',
    "'",
    "&a ",
    "*a ",
    "!",
    "| ",
    "a: ",
    "a,",
    "\t",
    "[{",
    "word ",
    "<b>",
    "/a",
)
_BOMB = "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in pairwise("abcdefghi")
)
_INDEX = "# T\n\ntext\n\nIndex entries for this article\n---\n"
_ROW = "[Kernel](/Kernel/Index)| [Ceph](/Kernel/Index#Ceph)\n"

HEADERS: dict[str, Made] = {
    **{f"{field}: {unit!r}": _yaml(f"{field}: a#")(_of(unit)) for field in _FIELDS for unit in _IN_YAML},
    **{f"{field} in quotes": _yaml(f'{field}: "#"')(_of("a ")) for field in _FIELDS},
    **{f"{field} in lines": _yaml(f"{field}: |\n#")(_of("  a\n")) for field in _FIELDS},
    **{f"{field} as a list": _yaml(f"{field}:\n#")(_of("- a/b\n")) for field in _FIELDS},
    **{f"{field} as a table": _yaml(f"{field}:\n#")(_of("  a: b\n")) for field in _FIELDS},
    "a bomb of aliases": lambda _: f"---\na: &a [b]\n{_BOMB}tags: *i\nentries: *i\ntitle: *i\n---\n\nText.\n",
    "an alias of itself": lambda _: "---\ntitle: &a [*a]\n---\n\nText.\n",
    "nested lists": _yaml("title: #")(_around("[", "]")),
    "nested tables": _yaml("title: #")(_around("{a: ", "}")),
    "stairs of tables": _yaml("#")(_stairs("a:", " ")),
    "names": _yaml("#")(lambda size: "".join(f"a{at}: b\n" for at in range(size // 8))),
    "one name": _yaml("#")(_of("title: b\n")),
    "digits": _yaml("nav: #\ndate: 9")(_of("9")),
    "comments": _yaml("#")(_of("; a\n")),
    "fences": _of("---\n"),
    "no end": _first("---\n", "title: a\n"),
    "toml lists": lambda size: "+++\ntitle = " + "[" * size + "\n+++\n\nText.\n",
    "toml names": lambda size: "+++\na" + ".a" * (size // 2) + " = 1\n+++\n\nText.\n",
    "toml tables": lambda size: "+++\n" + "".join(f"[a{at}]\n" for at in range(size // 8)) + "+++\n\nText.\n",
    "toml text": lambda size: '+++\ntitle = """' + '"a' * (size // 2) + '"""\n+++\n\nText.\n',
    "toml with no end": _first('+++\na = """', "a\n"),
    "json lists": lambda size: '{\n"title": ' + "[" * size + "\n}\n\nText.\n",
    "json tables": lambda size: '{\n"title": ' + '{"a":' * (size // 5) + "\n}\n\nText.\n",
    "lines": lambda size: "".join(f"Name{at}: b\n" for at in range(size // 10)) + "\nText.\n",
    "dotted lines": lambda size: ".. title: a\n" + ".. tags: b\n" * (size // 11) + "\nText.\n",
    "a long heading": _first("# ", "a ", "\n\nText.\n"),
    "a heading of marks": _first("# ", "*a `b [c](d) ", "\n\nText.\n"),
    "blank lines": lambda size: "\n" * size + "a",
    "an index block": _first(_INDEX, _ROW),
    "a row": _first(_INDEX + "[Kernel](/Kernel/Index)| [", "a/", "](/Kernel/Index#a)\n"),
    "a row of brackets": _first(_INDEX + "[Kernel](/Kernel/Index)| ", "["),
    "a row of cells": _first(_INDEX, "|a"),
    "index blocks": _of(_INDEX),
    "a byline": _first("# T\n\nBy **", "a ", "**\nDecember 22, 2009\n\nText.\n"),
    "a byline of names": _first("# T\n\nBy ", "Ann Lee, ", "\nDecember 22, 2009\n\nText.\n"),
    "a byline of links": _first("# T\n\nBy ", "[a](b)", "\n\nText.\n"),
    "bylines": _first("# T\n\n", "By Ann\n", "\nText.\n"),
    "dates": _first("# T\n\n", "December 22, 2009\n", "\nText.\n"),
    "a long date": _first("# T\n\nDecember ", "2", ", 2009\n\nText.\n"),
    "badges": _first("# T\n\n", "[![b](c)](d)\n", "\nText.\n"),
    "calls to subscribe": _first("# T\n\n", "> **[Subscribe](/subscribe/)**\n\n", "Text.\n"),
    "comments of readers": _first(
        "# T\n\nText.\n\n", "([Log in](https://lwn.net/Login/) to post comments)\n\n"
    ),
    "headings": _of("# T\n"),
    "rules": _first("# T\n\nText.\n\n", "* * *\n\n"),
    "own addresses": _first("# T\n\n", "https://lwn.net/Articles/123/\n"),
}

FILLINGS: dict[str, Made] = {
    name: _of(unit)
    for name, unit in (
        *(("words", "word and "), ("ampersands", "&"), ("angles", "<"), ("null", "\x00"), ("quotes", '"')),
        *(("Windows lines", "a\r\n"), ("astral", "\U0001f600"), ("one line", "a"), ("short lines", "a\n")),
    )
}
"""What a very large source may consist of."""
