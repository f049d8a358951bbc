"""A text is gone through once, and what it holds of other generators' languages is found."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.readers.foreign import cleared
from lwnindex.readers.foreignscan import Scan, has_more
from lwnindex.readers.templatetags import Syntax

MANY = 20_000
JEKYLL: tuple[Syntax, ...] = ("liquid", "kramdown")
ALL: tuple[Syntax, ...] = (*JEKYLL, "hugo", "zola", "pelican", "nikola")


def without(text: str, *syntaxes: Syntax) -> str:
    return "\n".join(line.text for line in cleared(marked(text), syntaxes).lines)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{% highlight ruby linenos %}\nx `y`\n{% endhighlight %}", "```ruby\nx `y`\n```"),
        ("{% raw %}{{ x }} {% y %}{% endraw %} {% z %}", "{{ x }} {% y %}"),
        ("{% raw %}\n{% raw %}\n{% endraw %}", "\n{% raw %}\n"),
        ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "```\n{{ x }}\n```"),
        ("`{% raw %}{{ x }}{% endraw %}` {{ y }}", "`{{ x }}`"),
        ("{% raw %}\n```\n{{ x }}\n```\n{% endraw %}", "\n```\n{{ x }}\n```\n"),
        ("a {% comment %}b {{ c }}{% endcomment %} d", "a  d"),
        ("a {% comment %} d", "a  d"),
        ("{% if a %}\nb\n{% else %}\nc\n{% endif %}", "\nb\n\nc\n"),
        ("[a]({% link _posts/2013-01-01-b.md %})", "[a](/Articles/2013-01-01-b/)"),
        ('<a href="{{ "/x" | relative_url }}">a</a>', '<a href="/x">a</a>'),
        ('<a class="b" href="{{ x }}">a</a>', '<a class="b" >a</a>'),
        ("<img src='{{ site.url }}/a.png'>", "<img src='/a.png'>"),
        ("<{{ site.url }}/a>", "[/a](/a)"),
        ("<{{ 'https://example.org/' }}a>", "<https://example.org/a>"),
        ("a <{{ x }}> b", "a  b"),
        ("[a]({{ site.url }})", "[a](/)"),
        ("[a [b]]({{ x }} 'title') c", "a [b] c"),
        ("![a](https://example.org/{{ x }}/y.png)", "a"),
        ("[a][1] [b][] [c] `[1]` d\n\n[1]: {{ x }}\n[B]: {% y %}", "a b [c] `[1]` d\n\n\n"),
        ("[{{ a }} b](c)", "[ b](c)"),
        ("see [a]: {{ b }}", "see [a]:"),
        ("[^1]: {{ a }} b", "[^1]:  b"),
        ("[1]: {{ a }} b c", "[1]:  b c"),
        ("[x][1]\n\n[1]: {{ a }} 'title'\nb", "x\n\n\nb"),
        ("[1]: {{ site.url }}/a/", "[1]: /a/"),
        ("{% link a.md %}", "/Articles/a/"),
        ('{{ "{% raw %}" }}', "{% raw %}"),
        ("{% include figure.html src='a.png' alt='b' %}", "![b](a.png)"),
        (
            "<div>\n  <p>\n  {% include f.html path='a.png' title='b \"c\"' %}",
            '<div>\n  <p>\n  <img src="a.png" alt="b &quot;c&quot;">',
        ),
        (
            "<div>\n{% include f.html src='a.png' link='https://example.org/' %}</div>",
            '<div>\n<a href="https://example.org/"><img src="a.png" alt=""></a></div>',
        ),
        ("<div>a</div>\n\n{% include f.html src='a.png' %}", "<div>a</div>\n\n![](a.png)"),
        ("a\n<div>\n{% include f.html src='a.png' %}", 'a\n<div>\n<img src="a.png" alt="">'),
        ('<div markdown="1">\n**a**\n</div>', '<div markdown="1">\n\n**a**\n</div>'),
        ("<div class='b' markdown=1 id=c>\n**a**", "<div class='b' markdown=1 id=c>\n\n**a**"),
        ('<div markdown="1">\n\n**a**', '<div markdown="1">\n\n**a**'),
        ('<div markdown="1">\n<p>a', '<div markdown="1">\n<p>a'),
        ("{% include note.html content='a *b*' %}{% include grid.html content=c %}", "a *b*"),
        ('<div markdown="0">\n**a**', '<div markdown="0">\n**a**'),
        ('`<div markdown="1">`\n**a**', '`<div markdown="1">`\n**a**'),
        ("<b>a</b> {% include f.html src='a.png' %}", "<b>a</b> ![](a.png)"),
        ("{% unclosed and {{ open", "{% unclosed and {{ open"),
        ("{% codeblock lang:ruby %}\nx\n{% endcodeblock %}", "```ruby\nx\n```"),
        ("{% # a note %}a", "a"),
        ("<pre>{{ x }}</pre> {{ x }}", "<pre>{{ x }}</pre>"),
        ("<!-- {{ x }} --> {{ x }}", "<!-- {{ x }} -->"),
        (r"\`{{ x }}\`", r"\`\`"),
        ("``a` {{ x }}`` {{ x }}", "``a` {{ x }}``"),
        ("`a\n\n{{ x }}`", "`a\n\n`"),
    ],
)
def test_liquid_becomes_markdown(text: str, wanted: str) -> None:
    assert without(text, *JEKYLL) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "```yaml\nkey: ${{ secrets.X }} {% x %}\n```",
        "a\n\n    {{ x }}\n    {% y %}",
        "`{{ x }}` and ``{% y %}``",
        "> ```\n> {{ x }}\n> ```",
    ],
)
def test_code_that_shows_templates_stays(text: str) -> None:
    assert without(text, *ALL) == text


def test_what_a_text_itself_names_goes_from_its_code() -> None:
    text = "{% assign release = site.data.x %}\n\n    {{ release.size }} {{ other.size }}"

    assert without(text, "liquid") == "\n\n     {{ other.size }}".replace("     ", "    ")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{{< figure\n src="a.png"\n>}}\nb', "![](a.png)\nb"),
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", "```go\nx\n```"),
        ("{{< code file='a' >}}\n{{ end }}\n{{< /code >}}", "```\n{{ end }}\n```"),
        ("{{< code-toggle >}}\na: *b\n{{</ code-toggle >}}", "```\na: *b\n```"),
        ("{{< tab name='x' codelang='yaml' >}}\na: *b\n{{< /tab >}}", "```yaml\na: *b\n```"),
        ("{{< tab name='x' >}}\n*b*\n{{< /tab >}}", "\n*b*\n"),
        ("{{< code file='a' >}} *b* {{< code file='c' >}}\nd\n{{< /code >}}", "*b* \n```\nd\n```"),
        ("a {{< term text='b c' id='d' >}} e", "a b c e"),
        ("a {{< term text=$b >}}{{< term text=page.b >}} e", "a  e"),
        ("{{</* ref */>}} `{{%/* x */%}}`", "{{< ref >}} `{{% x %}}`"),
        ("```\n{{</* ref */>}}\n```", "```\n{{< ref >}}\n```"),
        ("{{< note >}}a **b**{{< /note >}}", "a **b**"),
        ('[a]({{< ref "a.md" >}}) [b]({{< relref "b#c" >}})', "[a](/Articles/a/) [b](/Articles/b/#c)"),
        ("{{ .Title }} {% x %}", "{{ .Title }} {% x %}"),
        ("{{% comment %}}a{{% /comment %}}b", "b"),
    ],
)
def test_hugo_becomes_markdown(text: str, wanted: str) -> None:
    assert without(text, "hugo") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{% quote(by='a') %}\nb\n{% end %}", "\nb\n"),
        ('{{ youtube(id="0RKpf3rK57I") }}', "<https://www.youtube.com/watch?v=0RKpf3rK57I>"),
        ("{{/* x() */}} {{ x }}", "{{ x() }} {{ x }}"),
        ("[a](@/b/2020-01-01-c.md) [d](@/_index.md)", "[a](/Articles/2020-01-01-c/) d"),
        ("[a]: @/b.md", "[a]: /Articles/b/"),
    ],
)
def test_zola_becomes_markdown(text: str, wanted: str) -> None:
    assert without(text, "zola") == wanted


@pytest.mark.parametrize(
    ("syntax", "text", "wanted"),
    [
        ("pelican", "[TOC]\n\na [TOC] b", "\n\na [TOC] b"),
        ("pelican", "[a]({filename}b.md) ![c]({static}d.png) [e]({tag}f)", "[a](b.md) ![c](d.png) e"),
        ("pelican", '<a href="|filename|b.md">a</a> [x]: {tag}', '<a href="b.md">a</a> [x]: {tag}'),
        ("pelican", "`[a]({tag}b)`", "`[a]({tag}b)`"),
        ("nikola", "[a](link://slug/b) [c](link://tag/d)", "[a](/Articles/b/) c"),
        ("nikola", "{{% raw %}}{{% x %}}{{% /raw %}}{{% doc %}}a{{% /doc %}}", "{{% x %}}a"),
    ],
)
def test_pelican_and_nikola_become_markdown(syntax: Syntax, text: str, wanted: str) -> None:
    assert without(text, syntax) == wanted


@pytest.mark.parametrize(
    "mark",
    ["<!-- more -->", "<!--more-->", "<!-- TEASER_END: go on -->", "<!-- PELICAN_END_SUMMARY -->"],
)
def test_the_end_of_a_teaser_goes_whatever_the_language(mark: str) -> None:
    assert has_more(mark)
    assert without(f"## {mark}a\n{mark}\n`{mark}`") == f"## a\n\n`{mark}`"


def test_edits_and_counts_are_those_of_the_text() -> None:
    found = Scan(marked("a {{ x }}"), ["liquid"], "").run()

    assert found.edits == [(2, 9, "")]
    assert found.counts == {"template-left-out": 1}
    assert found.lost == [(2, "Liquid output", "{{ x }}")]


@pytest.mark.parametrize(
    "unit",
    [
        *("{%", "{{", "{% raw %}", "{% highlight x %}", "{{< x", "{:", "{::comment}", "{: a='", "<!--", "]("),
        *("[[[", "[a]({{ x }})", "[a]: {tag}x\n", "` {{ ", 'href="{{', "<{{", "{{</*", "<pre>", "\n{: #a}"),
        *("\n* TOC\n{:toc}", "{% comment %}", "{% x \"a='", "[a](link://tag/x)", "    {% raw %}\n"),
        *("{% highlight a %}\nx\n{% endhighlight %}\n", "{% highlight a %}x{% endhighlight %}"),
    ],
)
def test_hostile_texts_are_gone_through(unit: str) -> None:
    found = cleared(marked(unit * MANY), ALL)

    numbers = [line.number for line in found.lines]
    assert numbers == sorted(numbers)
