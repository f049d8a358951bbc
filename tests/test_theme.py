"""A theme is checked before it is used, and each template is known by all that it draws on."""

from __future__ import annotations

import pytest

from lwnindex.formats.html import environment
from lwnindex.problems import SiteError
from lwnindex.theme import theme
from lwnindex.viewmodel import Theme
from tests.programs import ROOT


def made(templates: dict[str, str]) -> Theme:
    """Return the theme of these templates, which stand in `themes/t/`."""
    return theme(templates, {name: f"themes/t/{name}" for name in templates}, {}, environment(templates))


def drawing_on(templates: dict[str, str], name: str = "page.html") -> set[str]:
    """Return the templates on which one depends: those whose change shows in its digest."""
    before = made(templates).closures[name]
    changed = ({**templates, each: templates[each] + " "} for each in templates)
    return {
        each
        for each, after in zip(templates, map(made, changed), strict=True)
        if after.closures[name] != before
    }


PARTS = {"a.html": "A", "b.html": "B", "c.html": "C"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no parts", set()),
        ('{% include "a.html" %}', {"a.html"}),
        ('{% extends "a.html" %}', {"a.html"}),
        ('{% import "a.html" as a %}', {"a.html"}),
        ('{% from "a.html" import a %}', {"a.html"}),
        ('{% include ["a.html", "b.html"] %}', {"a.html", "b.html"}),
        ('{% include ("a.html", "b.html") %}', {"a.html", "b.html"}),
        ('{% include "none.html" ignore missing %}', set()),
        (
            '{% if page.x %}{% include "a.html" %}{% else %}{% include "b.html" %}{% endif %}',
            {"a.html", "b.html"},
        ),
        ('{% include "a.html" if page.x else "b.html" %}', {*PARTS}),
        ("{% include page.part %}", {*PARTS}),
        ('{% include "a" ~ ".html" %}', {*PARTS}),
        ("{% extends page.base %}", {*PARTS}),
        ('{# {% include "a.html" %} #}', set()),
        ('{% raw %}{% include "a.html" %}{% endraw %}', set()),
    ],
)
def test_a_template_depends_on_the_parts_that_it_names(text: str, parts: set[str]) -> None:
    assert drawing_on({"page.html": text, **PARTS}) == {"page.html", *parts}


def test_a_template_depends_on_the_parts_of_its_parts() -> None:
    chain = {
        "page.html": '{% extends "a.html" %}',
        "a.html": '{% include "b.html" %}',
        "b.html": '{% include "a.html" %}',
        "c.html": '{% include "page.html" %}',
    }

    assert drawing_on(chain) == {"page.html", "a.html", "b.html"}


def test_a_part_that_names_its_parts_at_run_time_draws_on_all() -> None:
    templates = {"page.html": '{% include "a.html" %}', "a.html": "{% include page.x %}", "b.html": "B"}

    assert drawing_on(templates) == {*templates}
    assert drawing_on(templates, "b.html") == {"b.html"}


def test_another_template_s_text_under_one_s_name_is_another_theme() -> None:
    one, other = made({"page.html": "A", "b.html": "B"}), made({"page.html": "B", "b.html": "A"})

    assert one.closures["page.html"] != other.closures["page.html"]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("one\ntwo {{ date }}", "2", 'the template reads "date"; it may read "page" and "site" alone'),
        ("{{ page.x }}\n\n{{ now() }}", "3", 'reads "now"'),
        ("{{ range(3) }}", "1", 'reads "range"'),
        ("{{ late }}\n{{ early }}\n{{ late }}", "1", 'reads "late"'),
        ("one\n{% if %}", "2", "the template does not parse: Expected an expression"),
        ("one\n{% for each in page.lines %}\n", "2", "does not parse: Unexpected end of template"),
        ("one\n\n{{ page.title | hrf }}", "3", 'there is no filter "hrf"'),
        ("{{ page.list | random }}", "1", 'there is no filter "random"'),
        ("{% if page.x is odder %}{% endif %}", "1", 'there is no test "odder"'),
        ("{% if page.x %}\n{{ page.y | hrf }}{% endif %}", "2", 'there is no filter "hrf"'),
        ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "2", "block 'a' defined twice"),
        ('one\n{% include "parts/none.html" %}', "2", 'there is no template "parts/none.html"'),
        ('{% extends "none.html" %}', "1", 'there is no template "none.html"'),
        ('{% extends "page.html" %}', "1", 'the template extends itself; "!page.html" is the one below'),
        ("{% trans %}x{% endtrans %}", "1", "unknown tag 'trans'"),
    ],
)
def test_a_template_that_cannot_work_is_refused_with_its_line(text: str, place: str, said: str) -> None:
    with pytest.raises(SiteError) as caught:
        made({"page.html": text})

    assert str(caught.value).startswith(f"themes/t/page.html:{place}: ")
    assert said in str(caught.value)
    assert caught.value.exit_code == 3


def test_every_fault_of_a_template_is_told() -> None:
    with pytest.raises(SiteError) as caught:
        made({"page.html": "{{ two }}\n{{ one }}"})

    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "themes/t/page.html:1",
        "themes/t/page.html:2",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title }} {{ site.title }}",
        "{% for each in page.lines %}{{ loop.index }}{{ each }}{% endfor %}",
        "{% set word = page.title %}{% if word %}{% block inner scoped %}{{ word }}{% endblock %}{% endif %}",
        "{% set words %}{{ page.title }}{% endset %}{{ words }}",
        "{% macro m(x, y=1) %}{{ x }}{{ y }}{{ caller() }}{{ varargs }}{{ kwargs }}{% endmacro %}",
        "{% macro m(x) %}{{ caller(x) }}{% endmacro %}{% call(y) m(1) %}{{ y }}{% endcall %}",
        '{% import "a.html" as a %}{{ a.b() }}',
        '{% from "a.html" import b, c as d %}{{ b() }}{{ d() }}',
        "{% block a %}{{ super() }}{% endblock %}{{ self.a() }}",
        "{% for key, value in page.x %}{% for each in value recursive %}{{ key }}{% endfor %}{% endfor %}",
        "{{ page.x is defined }}{{ page.x | map(attribute='y') | join(', ') }}",
    ],
)
def test_a_template_may_read_its_page_the_site_and_its_own_names(text: str) -> None:
    made({"page.html": text, "a.html": "{% macro b() %}{% endmacro %}{% macro c() %}{% endmacro %}"})


def test_it_hands_on_what_it_was_given() -> None:
    found = theme({"a.html": "A"}, {"a.html": "t/a.html"}, {"assets/a.css": b"a"}, environment({}))

    assert (found.templates, found.files) == ({"a.html": "A"}, {"a.html": "t/a.html"})
    assert found.assets == {"assets/a.css": b"a"}
    assert list(found.closures) == ["a.html"]


def test_the_default_theme_passes() -> None:
    folder = ROOT / "themes/default/templates"
    templates = {
        each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in folder.rglob("*.html")
    }

    assert {"home.html", "article.html", "topic.html"} <= set(made(templates).closures)


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("no parts", ("a.html", "b.html", "c.html")),
        ('{% include "a.html" %}', ("b.html", "c.html")),
        ('{% extends "a.html" %}', ("b.html", "c.html")),
        ("{% include page.title %}", ()),
    ],
)
def test_what_no_page_draws_on_is_known_where_that_can_be(text: str, unused: tuple[str, ...]) -> None:
    templates = {"page.html": text, **PARTS}
    files = {name: name for name in templates}

    assert theme(templates, files, {}, environment(templates), {"page.html"}).unused == unused
