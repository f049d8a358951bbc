"""What stands above wins, path by path, and what it replaces can be named from where it was replaced."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from lwnindex.formats import html
from lwnindex.inherit import Layer, Layered, is_replaced, layered
from lwnindex.problems import SiteError
from lwnindex.theme import theme
from lwnindex.viewmodel import NotFoundView, SiteView, Theme

SITE = SiteView(title="T", url="https://example.org/")
VIEW = NotFoundView(path="404.html", root="", title="T")


def joined(*templates: dict[str, str], assets: tuple[dict[str, bytes], ...] = ()) -> Layered:
    """Return layers of templates as one theme; they are called after letters, the lowest `a`."""
    found = []
    for place, (name, texts) in enumerate(zip("abcdef", templates, strict=False)):
        held = assets[place] if assets else {}
        found.append(Layer(name, texts, {each: f"{name}/{each}" for each in texts}, held))
    return layered(found)


def rendered(found: Layered) -> set[str]:
    """Return the page `404.html` as it is rendered, the quick way and Jinja's own."""
    tools = html.environment(found.templates, below=found.below)
    return {
        html.page(tools, VIEW, SITE).decode(),
        tools.get_template("404.html").render(page=VIEW, site=SITE),
    }


def checked(found: Layered) -> Theme:
    tools: Environment = html.environment(found.templates, below=found.below)
    return theme(found.templates, found.files, found.assets, tools)


BASE = "<{% block a %}a{% endblock %}>"
MORE = "{% extends '!404.html' %}{% block a %}NAME {{ super() }}{% endblock %}"


def more(name: str) -> str:
    return MORE.replace("NAME", name)


@pytest.mark.parametrize(
    ("layers", "text"),
    [
        (({"404.html": "a"},), "a"),
        (({"404.html": "a"}, {}), "a"),
        (({}, {"404.html": "b"}), "b"),
        (({"404.html": "a"}, {"404.html": "b"}, {"404.html": "c"}), "c"),
        (({"404.html": BASE}, {"404.html": more("b")}), "<b a>"),
        (({"404.html": BASE}, {"404.html": more("b")}, {"404.html": more("c")}), "<c b a>"),
        (({"404.html": BASE}, {}, {"404.html": more("c")}), "<c a>"),
        (({"404.html": BASE}, {"404.html": more("b")}, {}), "<b a>"),
        (({"404.html": "{% include 'p.html' %}", "p.html": "a"}, {"p.html": "b"}), "b"),
        (
            ({"404.html": "{% include 'p.html' %}", "p.html": "a"}, {"p.html": "b{% include '!p.html' %}"}),
            "ba",
        ),
        # What is replaced is named from another template, too, and is what stands below that one's layer.
        (({"p.html": "a"}, {"404.html": "{% include '!p.html' %}"}, {"p.html": "c"}), "a"),
        (({"p.html": "a"}, {"p.html": "b"}, {"404.html": "{% include '!p.html' %}", "p.html": "c"}), "b"),
        (({"p.html": "a"}, {"404.html": "{% include '!p.html' %}", "p.html": "b"}, {"p.html": "c"}), "a"),
        # Worked out, and among several.
        (({"404.html": "a"}, {"404.html": "b{% include '!' ~ page.path %}"}), "ba"),
        (({"404.html": "a"}, {"404.html": "b{% include ['!none.html', '!404.html'] %}"}), "ba"),
        (
            (
                {"m.html": "{% macro m() %}a{% endmacro %}"},
                {"404.html": "{% from '!m.html' import m %}{{ m() }}"},
            ),
            "a",
        ),
        # A name that begins so is the name of a file all the same.
        (({"404.html": "{% include '!p.html' %}", "!p.html": "a"},), "a"),
    ],
)
def test_a_template_wins_over_those_below_and_can_name_them(
    layers: tuple[dict[str, str], ...], text: str
) -> None:
    assert rendered(joined(*layers)) == {text}


def test_assets_win_path_by_path() -> None:
    found = joined(
        {}, {}, {}, assets=({"x": b"a", "y": b"a", "z": b"a"}, {"y": b"b", "z": b"b"}, {"z": b"c"})
    )

    assert found.assets == {"x": b"a", "y": b"b", "z": b"c"}


def test_each_template_knows_its_file() -> None:
    found = joined({"p.html": "", "q.html": ""}, {"p.html": ""})

    assert found.files == {"p.html": "b/p.html", "p.html!a": "a/p.html", "q.html": "a/q.html"}
    assert {name for name in found.templates if is_replaced(name)} == {"p.html!a"}


LAYERS: tuple[dict[str, str], ...] = (
    {"404.html": BASE, "p.html": "a", "q.html": "{% include 'p.html' %}"},
    {"p.html": "b"},
    {},
)


def changed(layers: tuple[dict[str, str], ...], place: int, name: str) -> set[str]:
    """Return the templates whose digest changes with one in a layer."""
    before = checked(joined(*layers)).closures
    edited = [{**each} for each in layers]
    edited[place][name] += " "
    after = checked(joined(*edited)).closures
    assert before.keys() == after.keys()
    return {each for each in before if before[each] != after[each]}


def test_nothing_depends_on_a_template_that_was_replaced() -> None:
    assert changed(LAYERS, 0, "p.html") == set()
    assert changed(LAYERS, 1, "p.html") == {"p.html", "q.html"}


def test_what_extends_one_that_was_replaced_depends_on_it() -> None:
    layers = (LAYERS[0], {"p.html": "{% extends '!p.html' %}"}, {"404.html": more("c")})

    assert changed(layers, 0, "p.html") == {"p.html", "q.html"}
    assert changed(layers, 0, "404.html") == {"404.html"}


def test_what_works_out_a_name_depends_on_all_even_below() -> None:
    layers = ({"p.html": "a"}, {"p.html": "b"}, {"404.html": "{% include page.title %}"})

    assert changed(layers, 0, "p.html") == {"404.html"}


def test_what_works_out_a_name_is_another_where_something_else_is_below() -> None:
    one, other, works_out = {"q.html": "a"}, {"q.html": "b"}, {"p.html": "{% include page.x %}"}
    above = checked(joined(one, works_out, other))
    level = checked(joined(one | works_out, {}, other))

    assert above.closures["p.html"] != level.closures["p.html"]


def test_a_template_that_was_replaced_and_that_nothing_draws_on_may_be_broken() -> None:
    broken = {"p.html": "{% if %}"}

    assert set(checked(joined(broken, {"p.html": ""})).closures) == {"p.html"}
    with pytest.raises(SiteError, match=r"^a/p\.html:1: the template does not parse"):
        checked(joined(broken, {"p.html": "{% include '!p.html' %}"}))


@pytest.mark.parametrize(
    "layers", [({"p.html": "{% extends '!p.html' %}"},), ({}, {"p.html": "{% include '!q.html' %}"})]
)
def test_a_template_that_is_not_below_is_told(layers: tuple[dict[str, str], ...]) -> None:
    with pytest.raises(SiteError, match=r'p\.html:1: there is no template "![pq]\.html" below this one'):
        checked(joined(*layers))
