"""What is not there is told in the words of templates, with what is meant and what there is."""

from __future__ import annotations

import pytest

from lwnindex.articleviews import HomeView
from lwnindex.formats import html
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.formats.lacking import lacking
from lwnindex.problems import SiteError
from lwnindex.render import Renderer, render
from lwnindex.theme import theme
from lwnindex.themeoptions import shown
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import Line

SITE = SiteView(title="T", url="https://example.org/", theme=shown({"accent": "red"}))
HOME = HomeView(
    path="index.html", root="", title="Home", newest=(Line(id="1", title="", path="", date=None),)
)


def said(template: str) -> str:
    """Return what is said of a front page that is made by this template."""
    tools = html.environment({"home.html": template})
    whole = theme({"home.html": template}, {"home.html": "home.html"}, {}, tools)
    with pytest.raises(SiteError) as caught:
        render(HOME, Renderer(lambda: tools, whole, SITE, ""), lambda _: b"")
    return str(caught.value)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (
            "{{ page.titel }}",
            "there is no `page.titel`. Did you mean `page.title`? `page` in `home.html` has a",
        ),
        ("{{ page.quux }}", "there is no `page.quux`. `page` in `home.html` has alive, articles, "),
        (
            "{{ page.updated }}",
            "It is for `article.html`: elsewhere write {% if page.updated is defined %} aro",
        ),
        ("{{ site.titel }}", "there is no `site.titel`. Did you mean `site.title`? It has archives, "),
        ("{{ site.theme.acent }}", "`site.theme.acent`. Did you mean `site.theme.accent`? It has accent."),
        ("{{ page.newest[0].tilte }}", 'a Line has no "tilte". Did you mean "title"? It has authors, date, '),
        ("{{ page.newest[7].title }}", "a list of 1 has no number 7."),
        (
            "{{ page.newest.title }}",
            'a list has no "title". {% for one in ... %} goes through what is in it.',
        ),
        ("{{ page.title.x }}", 'index.html: a text has no "x".'),
        (
            "{{ page.newest[0].date.day }}",
            '"day" is asked of what is none here. Write {% if ... %} around it.',
        ),
        ("{% set a = {'x': 1} %}{{ a.y }}", 'a table has no "y". It has x.'),
        ("{% set a = {1: 'x', 'z': 2} %}{{ a.y }}", 'a table has no "y". It has 1, z.'),
        ("{{ page[site] }}", "a HomeView has nothing that goes by a SiteView."),
        ("{{ page[0] }}", "a HomeView has no number 0."),
        ("{{ 5[0] }}", "a number has no number 0."),
        ("{% macro m(b) %}{{ b.c }}{% endmacro %}{{ m() }}", "parameter 'b' was not provided."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(template: str, expected: str) -> None:
    whole = said(f"\n{template}")

    assert expected in whole
    assert whole.startswith("home.html:2: the template fails on index.html: ")
    assert "object" not in whole
    assert whole[-2:] not in ("..", "?.")


def test_what_is_not_there_may_be_asked_for() -> None:
    tools = html.environment({"home.html": "{{ page.none is defined }}{{ page.none | default('none') }}"})

    assert html.page(tools, HOME, SITE) == b"Falsenone"


def test_a_name_of_nothing_is_told() -> None:
    from jinja2.utils import missing

    assert lacking(missing, "x", TEMPLATE_OF) == 'there is nothing called "x" here'
