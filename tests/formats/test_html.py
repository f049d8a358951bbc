"""What templates can ask for, and what they cannot."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from lwnindex import names
from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.formats import html
from lwnindex.model import Heading
from lwnindex.viewmodel import NotFoundView, SiteView
from lwnindex.viewparts import Line, Link, View

SITE = SiteView(title="The index", url="https://news.example.org/archive")
PLAIN = PlainView(path="a/b/index.html", root="../../", title="A & B", body="digest")


def rendered(template: str, *, view: View = PLAIN, site: SiteView = SITE, body: str = "") -> str:
    """Return what a template makes of a view."""
    found = html.environment({html.TEMPLATE_OF[type(view)]: template})
    return html.page(found, view, site, body).decode()


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("'2009-12-22' | longdate", "December 22, 2009"),
        ("'2009-02-03T08:30:00+01:00' | longdate", "February 3, 2009"),
        ("'2009-12-09' | shortdate", "Dec 9"),
        ("'2009-05-30T00:00:00Z' | shortdate", "May 30"),
        ("'2009-01-22' | monthname", "January"),
        ("'2009-11' | monthname", "November"),
        ("'2009-12-09' | day", "9"),
        ("'2009-12-20' | day", "20"),
        ("999 | thousands", "999"),
        ("1234567 | thousands", "1,234,567"),
        ("1 | counted('article')", "1 article"),
        ("0 | counted('article')", "0 articles"),
        ("1234 | counted('entry', 'entries')", "1,234 entries"),
    ],
)
def test_dates_and_numbers_read_as_in_a_newspaper(expression: str, printed: str) -> None:
    assert rendered("{{ " + expression + " }}") == printed


@pytest.mark.parametrize(
    ("path", "pretty", "address"),
    [
        ("index.html", False, "../../index.html"),
        ("index.html", True, "../../"),
        ("Kernel/Index/index.html#Filesystems-Ceph", False, "../../Kernel/Index/index.html#Filesystems-Ceph"),
        ("Kernel/Index/index.html#letter:#", True, "../../Kernel/Index/#letter:%23"),
        ("Kernel/a?b/index.html", False, "../../Kernel/a%3Fb/index.html"),
        ("Kernel/Größe/index.html", False, "../../Kernel/Gr%C3%B6%C3%9Fe/index.html"),
        ("assets/site.css", True, "../../assets/site.css"),
    ],
)
def test_a_path_becomes_the_way_from_the_page(path: str, pretty: bool, address: str) -> None:
    site = SiteView(title="x", url="https://x.org", nav=(), pretty=pretty, source=path)

    assert rendered("{{ site.source | href }}", site=site) == address


@given(st.sampled_from(["", "../", "../../", "/", "/news/"]), st.text(), st.booleans())
def test_an_address_is_the_one_that_names_gives(root: str, path: str, pretty: bool) -> None:
    assert html._address(root, path, pretty) == names.href(root, path, pretty)


def test_the_page_for_lost_addresses_links_from_the_path_of_the_site() -> None:
    view = NotFoundView(path="404.html", root="/archive/", title="x")

    assert rendered("{{ 'Kernel/Index/index.html' | href }}", view=view) == "/archive/Kernel/Index/index.html"


def test_a_macro_reads_the_page_where_it_is_imported_with_context() -> None:
    parts = {"plain.html": "{% from 'm.html' import m with context %}{{ m('x.html') }}"}
    parts["m.html"] = "{% macro m(path) %}{{ path | href }} {{ path | absolute }}{% endmacro %}"
    found = html.page(html.environment(parts), PLAIN, SITE)

    assert found == b"../../x.html https://news.example.org/archive/x.html"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", "https://news.example.org/archive/"),
        ("a/b/index.html", "https://news.example.org/archive/a/b/"),
        ("feed.rss", "https://news.example.org/archive/feed.rss"),
    ],
)
def test_a_public_address_starts_with_the_site_s(path: str, address: str) -> None:
    assert rendered(f"{{{{ '{path}' | absolute }}}}") == address


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (Link(href="Articles/1/index.html#x", local=True), "../../Articles/1/index.html#x"),
        (Link(href="#text-a", local=True), "#text-a"),
        (Link(href="https://lwn.net/?a=1"), "https://lwn.net/?a=1"),
        (Link(href="HTTP://lwn.net/"), "HTTP://lwn.net/"),
        (Link(href="mailto:desk@example.org"), "mailto:desk@example.org"),
        (Link(href=""), ""),
        (Link(href="", local=True), ""),
        (Link(href="javascript:alert(1)"), ""),
        (Link(href="data:text/html,x"), ""),
        (Link(href="//example.org/"), ""),
    ],
)
def test_a_resolved_link_leads_to_a_page_or_to_the_web_or_nowhere(link: Link, address: str) -> None:
    line = Line(id="1", title="x", path="x", date=None)
    view = ArticleView(
        path="a/b/index.html", root="../../", title="x", line=line, body="", badges=(("x", link),)
    )

    assert rendered("{{ page.badges[0][1] | target }}", view=view) == address


def test_a_body_stands_as_it_is_and_all_else_is_escaped() -> None:
    found = rendered("{{ page.title }} {{ page.body }} {{ page.body[:1] }}", body="<p>A & b</p>")

    assert found == "A &amp; B <p>A & b</p> <"


@pytest.mark.parametrize(
    "template", ["{{ page.nothing }}", "{{ nothing }}", "{{ site.now }}", "{{ page.lines }}"]
)
def test_a_name_that_is_not_there_is_an_error(template: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        rendered(template)


@pytest.mark.parametrize("name", ["lipsum", "range", "cycler", "namespace", "dict", "joiner"])
def test_templates_see_no_globals(name: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        rendered("{{ " + name + "() }}")


def test_there_is_no_chance_in_a_page() -> None:
    with pytest.raises(jinja2.TemplateAssertionError):
        rendered("{{ [1, 2] | random }}")


def test_a_lone_surrogate_does_not_stop_a_page() -> None:
    view = PlainView(path="a/index.html", root="../", title="a\ud800b", body="")

    assert rendered("{{ page.title }}", view=view) == "a?b"


@given(st.one_of(st.text(), st.integers(), st.none(), st.builds(Markup, st.text())))
def test_escaping_does_what_markupsafe_does(value: object) -> None:
    assert html.escaped(value) == str(escape(value))


@pytest.mark.parametrize("text", ["<", ">", "&", '"', "'", "a<b>&'\"c"])
def test_every_special_character_is_escaped_wherever_a_template_prints_it(text: str) -> None:
    view = PlainView(path="a/index.html", root="../", title=text, body="")
    template = (
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ page.title }}|{{ m(page.title) }}|{{ 'a' ~ page.title }}"
    )
    template += "|{% set x %}{{ page.title }}{% endset %}{{ x }}"
    wanted = str(escape(text))

    assert rendered(template, view=view) == f"{wanted}|{wanted}|a{wanted}|{wanted}"


def test_every_kind_of_page_has_a_template_of_its_own() -> None:
    assert len(set(html.TEMPLATE_OF.values())) == len(html.TEMPLATE_OF) == 17


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ('<h2 id="text-a">A</h2>', '<div class="heading"><h2 id="text-a">A</h2>LINK</div>'),
        (
            '<h3 class="x" id="text-a">A</h3>b',
            '<div class="heading"><h3 class="x" id="text-a">A</h3>LINK</div>b',
        ),
        ('<p id="text-a">A</p><h2>B</h2>', '<p id="text-a">A</p><h2>B</h2>'),
        (
            '<p>say id="text-a"</p><h2 id="text-a">A</h2>',
            '<p>say id="text-a"</p><div class="heading"><h2 id="text-a">A</h2>LINK</div>',
        ),
        ("<p>none</p>", "<p>none</p>"),
    ],
)
def test_a_heading_gets_a_link_to_it_and_nothing_else_does(body: str, linked: str) -> None:
    link = '<a class="permalink" href="#text-a" aria-label="Say &#34;x&#34;">#</a>'
    found = html.permalinks(Markup(body), (Heading(level=2, id="text-a", text="A"),), 'Say "x"')

    assert found == linked.replace("LINK", link)
    assert isinstance(found, Markup)
