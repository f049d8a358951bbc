"""What kramdown writes in braces goes, but for ids."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.readers.foreign import cleared


def without(text: str) -> str:
    return "\n".join(line.text for line in cleared(marked(text), ["kramdown"]).lines)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\n{: .b}", "a\n"),
        ("a\n{: .b}\n\nc", "a\n\nc"),
        ("a\n{: .b}\nc", "a\n\nc"),
        ("* a\n{: .b}\n* c", "* a\n* c"),
        ("{: .b}\n\na", "\na"),
        ("# A\n{: .b}\nc", "# A\nc"),
        ("# A\n{: #b .c}\nd", "# A {#b}\nd"),
        ('# A\n{: id="b"}', "# A {#b}"),
        ("# A {#x}\n{: #b}", "# A {#x}"),
        ("# A {: #b}", "# A {#b}"),
        ("# A {:.no_toc}", "# A"),
        ("# A {#b}", "# A {#b}"),
        ("a\n{: #b}", 'a\n<a id="b"></a>'),
        ("a\n{: #b}\nc", 'a\n<a id="b"></a>\n\nc'),
        ("|a|\n{: #b}", '|a|\n\n<a id="b"></a>'),
        ('![a](b.png){: width="3" style="c: d"} e', "![a](b.png) e"),
        ("*a*{:b} {:b} c", "*a* {:b} c"),
        ("*a*{:#b}", '*a*<a id="b"></a>'),
        ("![a](b.png){:width=300 .c}", "![a](b.png)"),
        ("{:.b} a", "a"),
        ("* {:.b} a", "*  a"),
        ("* TOC\n{:toc}\n\na", "\n\na"),
        ("1. x\n{: toc .y}", ""),
        ("a\n{:toc}", "a\n"),
        ("{:a: .b #c}\n\nd", "\nd"),
        ('{::options toc_levels="1" /}\na', "\na"),
        ("a {::comment}b\nc{:/comment} d", "a \nd"),
        ("{::comment}\nb\n{:/}\nc", "\nc"),
        ("{::nomarkdown}<b>x</b>{:/nomarkdown}", "<b>x</b>"),
        ("{::comment} a", "a"),
        ("`{: .a}` and\n\n    {: .b}", "`{: .a}` and\n\n    {: .b}"),
        ("{:b=>2} {:?} {:} {: .2}", "{:b=>2} {:?} {:} {: .2}"),
        ("$$a^{b}$$ and[^1]", "$$a^{b}$$ and[^1]"),
    ],
)
def test_braces_go(text: str, wanted: str) -> None:
    assert without(text) == wanted


def test_what_goes_is_counted() -> None:
    found = cleared(marked("* TOC\n{:toc}\n\n# A\n{: #b}\n\nc\n{: .d}"), ["kramdown"])

    assert found.counts == {"attribute-id": 1, "attributes": 1, "toc": 1}
    assert found.lost == ()
