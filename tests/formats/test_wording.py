"""Texts in templates become those of the site's language before a page is made."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from lwnindex.formats import html
from lwnindex.formats.quick import Quick
from lwnindex.problems import SiteError
from lwnindex.theme import theme
from lwnindex.viewmodel import NotFoundView, SiteView
from lwnindex.words import ENGLISH, Words

OTHER = Words(
    language="xx",
    texts={
        "Contents": ("Inhalt <&>",),
        "By {names}": ("{names} schrieb & ging",),
        "{a} of {b}": ("{b}: {a}, {a}",),
        "{n} article\0{n} articles": ("ein Artikel", "{n} Artikel"),
        "{n} in {place}\0{n} all in {place}": ("{place}: {n}", "{place}: alle {n}"),
    },
    group=".",
)
THREE = Words(rule="n==1 ? 0 : n==2 ? 1 : 2", texts={"{n} a\0{n} b": ("one", "two", "{n} many")})
SITE = SiteView(title="A & B", url="https://example.org/")


def said(template: str, words: Words = ENGLISH, **given: object) -> str:
    return html.environment({"a.html": template}, words).get_template("a.html").render(given)


@pytest.mark.parametrize(
    ("template", "english", "other"),
    [
        ('{{ _("Contents") }}', "Contents", "Inhalt &lt;&amp;&gt;"),
        ('<p title="{{ _("Contents") }}">', '<p title="Contents">', '<p title="Inhalt &lt;&amp;&gt;">'),
        ('{{ _("By {names}", names=name) }}', "By &lt;b&gt;", "&lt;b&gt; schrieb &amp; ging"),
        ('{{ _("By {names}", names=safe) }}', "By <i>", "<i> schrieb &amp; ging"),
        ('{% set x = _("By {names}", names=safe) %}{{ x }}', "By <i>", "<i> schrieb &amp; ging"),
        ('{% set x = _("By {names}", names=name) %}{{ x }}', "By &lt;b&gt;", "&lt;b&gt; schrieb &amp; ging"),
        ('{{ _("{a} of {b}", a=1, b=_("Contents")) }}', "1 of Contents", "Inhalt &lt;&amp;&gt;: 1, 1"),
        ('{{ ngettext("{n} article", "{n} articles", 1) }}', "1 article", "ein Artikel"),
        ('{{ ngettext("{n} article", "{n} articles", many) }}', "1,234 articles", "1.234 Artikel"),
        (
            '{{ ngettext("{n} in {place}", "{n} all in {place}", 2, place=name) }}',
            *("2 all in &lt;b&gt;", "&lt;b&gt;: alle 2"),
        ),
        (
            '{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(_("Contents")) }}',
            "<Contents>",
            "<Inhalt &lt;&amp;&gt;>",
        ),
        ('{% if many %}{{ _("Contents") | length }}{% endif %}', "8", "10"),
        ('{{ _("Unknown") }}{{ "_" }} _("x")', 'Unknown_ _("x")', 'Unknown_ _("x")'),
    ],
)
def test_a_text_is_said_in_the_sites_language(template: str, english: str, other: str) -> None:
    given: dict[str, Any] = {"name": "<b>", "safe": Markup("<i>"), "many": 1234}

    assert said(template, **given) == english
    assert said(template, OTHER, **given) == other


@pytest.mark.parametrize(("number", "text"), [(1, "one"), (2, "two"), (3, "3 many"), (0, "0 many")])
def test_a_language_may_have_three_forms(number: int, text: str) -> None:
    assert said('{{ ngettext("{n} a", "{n} b", n) }}', THREE, n=number) == text


def test_quick_templates_say_the_same() -> None:
    counted = '{{ ngettext("{n} article", "{n} articles", 2) }}'
    text = '{{ _("By {names}", names=site.title) }} {{ _("Contents") }} ' + counted
    tools = html.environment({"404.html": text}, OTHER)
    view = NotFoundView(path="404.html", root="/", title="x")

    assert Quick(tools).page("404.html", view, SITE) == tools.get_template("404.html").render(
        page=view, site=SITE
    )


def test_what_is_not_there_is_an_error_in_a_text_too() -> None:
    with pytest.raises(UndefinedError):
        said('{{ _("By {names}", names=page) }}')


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("{{ _(page.title) }}", "stands in quotes, not in a variable"),
        ("{{ _('a' if page else 'b') }}", "stands in quotes"),
        ("{{ _('a' ~ 'b') }}", "stands in quotes"),
        ("{{ _(1) }}", "stands in quotes"),
        ("{{ _() }}", "_() takes one text"),
        ("{{ _('a', 'b') }}", "_() takes one text"),
        ("{{ _ }}", '"_" can only be called'),
        ("{{ ngettext }}", '"ngettext" can only be called'),
        ("{{ [1] | map(_) }}", '"_" can only be called'),
        ("{% for _ in page %}{% endfor %}", '"_" can only be called'),
        ("{{ _('a', **page) }}", "names what it is given"),
        ("{{ _('By {x}') }}", 'the placeholders of "By {x}" are x, and it is given nothing'),
        ("{{ _('By', x=1) }}", 'the placeholders of "By" are none, and it is given x'),
        ("{{ ngettext('a', 'b') }}", "two texts in quotes and a number"),
        ("{{ ngettext(page.a, 'b', 1) }}", "stands in quotes"),
        ("{{ ngettext('{x}', 'b', 1) }}", "the placeholders"),
    ],
)
def test_what_cannot_be_looked_up_is_refused_with_file_and_line(expression: str, told: str) -> None:
    tools = html.environment({})
    with pytest.raises(TemplateSyntaxError) as caught:
        tools.parse("\n" + expression)
    with pytest.raises(SiteError) as checked:
        theme({"a.html": "\n" + expression}, {"a.html": "themes/t/a.html"}, {}, tools)

    assert told in str(caught.value)
    assert str(checked.value).startswith("themes/t/a.html:2: ")
    assert told in str(checked.value)


def test_a_theme_may_use_both_and_still_nothing_else() -> None:
    files = {"a.html": "themes/t/a.html"}
    text = "{{ _('a') }}{{ ngettext('{n} a', '{n} b', 1) }}"

    assert theme({"a.html": text}, files, {}, html.environment({})).closures
    with pytest.raises(SiteError, match='the template reads "gettext"'):
        theme({"a.html": text + "{{ gettext('a') }}"}, files, {}, html.environment({}))
