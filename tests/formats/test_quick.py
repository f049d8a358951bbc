"""Templates for the usual page: the same text as Jinja's, or none."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from lwnindex.articleviews import AuthorsView
from lwnindex.formats import html
from lwnindex.formats.quick import Quick, escaped
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import Bar, Crumb

SITE = SiteView(title="A & B", url="https://example.org/", indexes=(Crumb(name="<K>", path="K/index.html"),))
PAGE = AuthorsView(
    path="Authors/index.html",
    root="../",
    title='"Authors"',
    authors=(Bar(name="Ann & Bo", count=1234, path="Authors/ä/index.html"), Bar(name="Cy", count=0)),
)
BASE = '<h1>{{ page.title }}</h1>{% block main %}{% endblock %}<p>{{ "index.html" | href }}</p>'
PART = "{% macro row(bar) %}<li>{{ bar.name }}: {{ bar.count | counted('article') }}</li>{% endmacro %}"


def quick(body: str, page: AuthorsView = PAGE, site: SiteView = SITE) -> str | None:
    return Quick(html.environment(templates(body))).page("authors.html", page, site)


def usual(body: str, page: AuthorsView = PAGE, site: SiteView = SITE) -> str:
    template = html.environment(templates(body)).get_template("authors.html")
    return template.render(page=page, site=site)


def templates(body: str) -> dict[str, str]:
    inherits = '{% extends "base.html" %}{% block main %}' + body + "{% endblock %}"
    return {"authors.html": inherits, "base.html": BASE, "part.html": PART}


@pytest.mark.parametrize(
    "body",
    [
        "{{ page.title }} {{ site.title }} {{ 1 + 2 }} {{ none }} {{ ('<b>' | safe) ~ '<i>' }}",
        "{% for one in page.authors %}{{ loop.index }} {{ one.name }}{% else %}none{% endfor %}",
        "{% for one in page.authors if one.path %}{{ one.path | href }} {{ one.name }}{% endfor %}",
        "{% from 'part.html' import row with context %}{{ row(page.authors[0]) }}{{ row(page.authors[1]) }}",
        "{% from 'part.html' import row %}{{ row(page.authors[0]) }}",
        "{% include 'part.html' %}{% filter upper %}{{ page.title }}{% endfilter %}",
        "{% set name %}{{ page.authors[0].name }}{% endset %}{{ name }}{{ {'class': 1}.class }}",
        "{{ page.authors | map(attribute='name') | join(', ') }}{{ [[1], [2]] | map(attribute=0) | join }}",
        "{{ ['<b>' | safe, '<i>'] | join('&') }}{{ page.authors | join('|', attribute='count') }}",
        "{{ page.authors | map(attribute='name') | map('upper') | join }}{{ none | map('e') | list }}",
        "{{ '2009-12-22' | longdate }} {{ page.path | absolute }} {{ (page.path | href) | length }}",
        "{% autoescape false %}{{ page.path | href }}{{ page.title }}{% endautoescape %}",
        "{% set types = {'rss': 'a'} %}{{ types['rss'] }}{% if page.authors[0].count > 9 %}yes{% endif %}",
    ],
)
def test_the_usual_page_is_what_jinja_makes_of_it(body: str) -> None:
    assert quick(body) == usual(body)


@pytest.mark.parametrize(
    "body",
    [
        "{% if page.teaser is defined %}never{% else %}always{% endif %}",
        "{{ page.teaser | default('none') }}",
        "{% set types = {'rss': 'a'} %}{{ types.rss }}",
        "{% set page = site %}{{ page.title }}",
    ],
)
def test_a_page_that_lacks_what_is_asked_for_is_left_to_jinja(body: str) -> None:
    assert quick(body) is None
    assert usual(body)


@pytest.mark.parametrize(
    "body",
    [
        "{% for one in site.indexes %}{{ loop.index }}{{ one.name }} {{ one.path | href }}{% endfor %}",
        "{% for one in site.indexes %}{{ page.title }}{{ one.name }}{% endfor %}",
        "{% for one in site.indexes if one.path != page.path %}{{ one.name }}{% else %}none{% endfor %}",
        "{% for one in site.indexes %}{% if one.path == page.path %}here{% endif %}{% endfor %}",
        "{% for one in page.authors %}{% for one in site.indexes %}{{ one.name }}{% endfor %}{% endfor %}",
        "{% for each in page.crumbs %}{% for one in site.indexes %}{{ each.name }}{% endfor %}{% endfor %}",
        "{% set each = page.title %}{% for one in site.indexes %}{{ each }}{% endfor %}",
        "{% for each in site.indexes %}{{ 'Authors/index.html' | href }}{{ 'x' | absolute }}{% endfor %}",
        "{% for it in site.indexes %}{% for x in it.name %}{{ x }}{{ loop.first }}{% endfor %}{% endfor %}",
        "{% for x in page.path %}{% for x in x %}{{ x }}{% endfor %}{% endfor %}",
        "{% for one in site.indexes %}{% set x = one.name %}{{ x }}{{ page.root }}{% endfor %}",
    ],
)
def test_a_loop_says_of_each_page_what_is_true_of_it(body: str) -> None:
    renderer, crumb = Quick(html.environment(templates(body))), Crumb(name="Step", path="K/a/index.html")
    here = AuthorsView(path="K/index.html", root="../", title="Kernel", crumbs=(crumb,))
    deep = AuthorsView(path="K/a/index.html", root="../../", title="Kernel / a", crumbs=(crumb, crumb))
    other = SiteView(title="Other", url="https://example.net/", indexes=(crumb,), pretty=True)
    for site in (SITE, other, SITE):
        for page in (PAGE, here, deep, PAGE):
            assert renderer.page("authors.html", page, site) == usual(body, page, site)


def row(says: str, before: str = "") -> str:
    """Return a template with a macro that says something of `it`."""
    return before + "{% macro row(it) %}" + says + "{% endmacro %}"


PARTS = {
    "site.html": row("{{ it.path | href }} {{ it.path | absolute }} {{ site.title }}"),
    "page.html": row("{{ page.title }} {{ it.name }}"),
    "both.html": row("{{ one(it) }}", "{% from 'page.html' import row as one with context %}"),
    "more.html": row("{{ one(it) }}", "{% from 'site.html' import row as one with context %}"),
    "with.html": row("{% include 'told.html' %}"),
    "told.html": "{{ page.title }}",
    "path.html": row("{% set here = page.path %}{{ here }}"),
    "loop.html": row("{% for one in [it] %}{{ one.name }}{{ loop.index }}{% endfor %}{{ page.title }}"),
    "sums.html": row("{% set n = it.name | length %}{% for one in [n] %}{{ one * 2 + n }}{% endfor %}"),
    "bare.html": row("{{ it.name }}", "{% from 'site.html' import row as one %}"),
    "list.html": row("{{ seen.append(it.name) }}{{ seen }}", "{% set seen = [] %}"),
}


@pytest.mark.parametrize("part", [name for name, text in PARTS.items() if "row(" in text])
def test_a_macro_of_another_template_says_of_each_page_what_is_true_of_it(part: str) -> None:
    body = f"{{% from '{part}' import row with context %}}{{{{ row(page.crumbs[0]) }}}}"
    found = html.environment({**templates(body), **PARTS})
    renderer, crumb = Quick(found), Crumb(name="<Step>", path="K/a/index.html")
    here = AuthorsView(path="K/index.html", root="../", title="Kernel", crumbs=(crumb,))
    deep = AuthorsView(path="K/a/index.html", root="../../", title="Kernel / a", crumbs=(crumb, crumb))
    other = SiteView(title="Other", url="https://example.net/", pretty=True)
    for site in (SITE, other, SITE):
        for page in (here, deep, here):
            expected = found.get_template("authors.html").render(page=page, site=site)
            assert renderer.page("authors.html", page, site) == expected


MACRO = "{% macro m(a, b='<b>', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}"


@pytest.mark.parametrize(
    "body",
    [
        MACRO + "{{ m('<a>') }}{{ m(1, 2, 3) }}{{ m(1, c=page.title) }}{{ m(b=1, a=2) }}{{ m('x') ~ '<i>' }}",
        MACRO + "{% autoescape false %}{{ m('<a>') }}{% endautoescape %}{{ m('<a>') | length }}",
        "{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2) }}",
        "{% macro m(a) %}{{ a }}{{ kwargs }}{% endmacro %}{{ m(1, b='<') }}",
        "{% macro m(a) %}{{ caller(a) }}{% endmacro %}{% call(x) m('<') %}{{ x }}{% endcall %}",
        "{% for one in [[1, [2, [3]]], [4]] recursive %}{{ one[0] }}{{ loop(one[1:]) }}{% endfor %}",
    ],
)
def test_a_macro_is_called_as_jinja_calls_it(body: str) -> None:
    assert quick(body) == usual(body)


@pytest.mark.parametrize("call", ["m(1, 2, 3, 4)", "m(1, d=2)", "m(1, a=2)", "m()"])
def test_a_macro_that_is_called_amiss_is_left_to_jinja(call: str) -> None:
    body = MACRO + "{{ " + call + " }}"
    assert quick(body) is None
    with pytest.raises((TypeError, UndefinedError)):
        usual(body)


def test_an_address_that_would_be_escaped_is_left_to_jinja() -> None:
    body = "{{ 'K/index.html#it\\'s' | href }}"
    assert quick(body) is None
    assert "it&#39;s" in usual(body)
    assert b"it&#39;s" in html.page(html.environment(templates(body)), PAGE, SITE)


def test_an_error_is_that_of_jinja() -> None:
    with pytest.raises(UndefinedError, match=r"there is no `page\.teaser`"):
        html.page(html.environment(templates("{{ page.teaser }}")), PAGE, SITE)


def test_addresses_are_those_of_the_page_and_the_site() -> None:
    renderer = Quick(html.environment(templates("{{ page.path | href }}")))
    pretty = SiteView(title="", url="https://example.org/", pretty=True)
    deeper = AuthorsView(path="a/b/c", root="../../", title="")
    found = [renderer.page("authors.html", one, site) for one in (PAGE, deeper) for site in (SITE, pretty)]
    ends = ["../Authors/index.html<p>../index.html</p>", "../Authors/<p>../</p>"]
    ends += ["../../a/b/c<p>../../index.html</p>", "../../a/b/c<p>../../</p>"]
    assert [str(one).partition("</h1>")[2] for one in found] == ends


@pytest.mark.parametrize("value", ["", "plain", "<&>\"'", Markup("<b>"), 7, None, True, 1.5])
def test_what_is_printed_is_escaped_as_ever(value: object) -> None:
    assert escaped(value) == html.escaped(value)
