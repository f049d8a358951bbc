"""Sites whose theme inherits, is extended and has options: a change rewrites what it should, and no more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lwnindex.problems import SiteError
from tests.sites import Site, article

THEME = """parent = "tiny"
[options.accent]
type = "colour"
default = ["#8b1a1a", "#f0a48f"]
[options.logo]
type = "path"
default = ""
[options.navigation]
type = "links"
default = []
"""
FRAME = "<title>{{ page.title }}</title>{% block main %}tiny{% endblock %}{{ site.theme.accent.dark }}\n"
OPTIONS = "assets/theme-options.css"


def extending(name: str, words: str) -> str:
    """Return a template that adds words to the one it stands above."""
    return f'{{% extends "!{name}" %}}{{% block main %}}{words}, {{{{ super() }}}}{{% endblock %}}'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site, its theme `child`, and that one's parent `tiny`."""
    found = Site(tmp_path)
    found.change("lwnindex.toml", '"tiny"', '"child"')
    found.put("themes/child/theme.toml", THEME)
    for name in ("article.html", "404.html", "home.html"):
        found.put(f"themes/tiny/templates/{name}", FRAME)
    found.put("themes/child/templates/404.html", extending("404.html", "child"))
    found.put("themes/child/templates/home.html", FRAME)
    found.put("templates/404.html", extending("404.html", "site"))
    found.put("templates/article.html", extending("article.html", "site"))
    found.put("content/one.md", article("One", "Words."))
    return found


def configured(said: str) -> Callable[[Site], object]:
    return lambda site: site.change("lwnindex.toml", 'name = "child"', f'name = "child"\n{said}')


ALL = {"index.html", "404.html", "Articles/one/index.html"}
EDITS: dict[str, tuple[Callable[[Site], object], set[str]]] = {
    "a template that two extend": (
        lambda site: site.change("themes/tiny/templates/404.html", "tiny", "small"),
        {"404.html"},
    ),
    "a template that one of them extends": (
        lambda site: site.change("themes/child/templates/404.html", "child", "kid"),
        {"404.html"},
    ),
    "a template that was replaced": (
        lambda site: site.change("themes/tiny/templates/home.html", "tiny", "small"),
        set(),
    ),
    "a template that the site extends": (
        lambda site: site.change("themes/tiny/templates/article.html", "tiny", "small"),
        {"Articles/one/index.html"},
    ),
    "a template of the site": (
        lambda site: site.change("templates/404.html", "site", "place"),
        {"404.html"},
    ),
    "a template that the site no longer has": (
        lambda site: (site.root / "templates/404.html").unlink(),
        {"404.html"},
    ),
    "a template that the site has now": (
        lambda site: site.put("templates/home.html", extending("home.html", "site")),
        {"index.html"},
    ),
    "a template that the child has now": (
        lambda site: site.put("themes/child/templates/article.html", extending("article.html", "child")),
        {"Articles/one/index.html"},
    ),
    "an asset over the parent's": (
        lambda site: site.put("themes/child/assets/site.css", "q {}"),
        {"assets/site.css"},
    ),
    "a file over both": (lambda site: site.put("static/assets/site.css", "b {}"), {"assets/site.css"}),
}


@pytest.mark.parametrize(("edit", "pages"), EDITS.values(), ids=EDITS)
def test_an_edit_of_a_theme_rewrites_what_draws_on_it(
    site: Site, edit: Callable[[Site], object], pages: set[str]
) -> None:
    site.built()
    edit(site)
    report = site.built()

    assert set(report.written) == pages
    site.assert_clean(report)


SETTINGS = {
    "a colour": '[theme.options]\naccent = "#123456"',
    "two colours": '[theme.options]\naccent = ["#123456", "#fedcba"]',
    "the default": '[theme.options]\naccent = ["#8b1a1a", "#f0a48f"]',
    "links": '[theme.options]\nnavigation = [["Home", "index.html"], ["LWN", "https://lwn.net/"]]',
    "none": "",
}


def test_every_change_of_options_is_a_clean_build(site: Site) -> None:
    plain = (site.root / "lwnindex.toml").read_text("utf-8")
    for said in (*SETTINGS.values(), *reversed(SETTINGS.values())):
        site.put("lwnindex.toml", plain)
        configured(said)(site)
        site.assert_clean(site.built())


def test_a_default_that_changes_is_seen(site: Site) -> None:
    site.built()
    site.change("themes/child/theme.toml", "#f0a48f", "#f0a48e")
    report = site.built()

    assert set(report.written) >= ALL
    assert "#f0a48e" in (site.root / "site/404.html").read_text("utf-8")
    site.assert_clean(report)


def test_a_template_extends_what_it_replaces(site: Site) -> None:
    site.built()

    for path, text in {
        "404.html": "<title>Page not found</title>site, child, tiny#f0a48f",
        "index.html": "<title>T</title>tiny#f0a48f",
        "Articles/one/index.html": "<title>One</title>site, tiny#f0a48f",
    }.items():
        assert (site.root / "site" / path).read_text("utf-8") == text


def test_the_stylesheet_of_options_stands_last_and_only_where_one_is_set(site: Site) -> None:
    for name in ("404.html", "home.html"):
        site.put(f"themes/tiny/templates/{name}", "{{ site.stylesheets | join(' ') }}")
    (site.root / "themes/child/templates/home.html").unlink()
    site.put("themes/tiny/assets/zebra.css", "p {}")
    site.built()
    before = (site.root / "site/index.html").read_text("utf-8")
    configured('[theme.options]\naccent = "#123456"')(site)
    site.built()

    assert before == "assets/pygments.css assets/site.css assets/zebra.css"
    assert (site.root / "site/index.html").read_text("utf-8") == f"{before} {OPTIONS}"
    assert "  --accent: #123456;\n" in (site.root / "site" / OPTIONS).read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ('acent = "#123"', 'there is no key "theme.options.acent". Did you mean "theme.options.accent"?'),
        ('accent = "#1234567"', 'the key "theme.options.accent": "#1234567" is no colour'),
        ('accent = "red; } body { display: none"', 'the key "theme.options.accent": '),
        ('logo = "logo.svg"', 'the key "theme.options.logo": there is no file "logo.svg"'),
        ("accent = {}", 'the key "theme.options.accent": Expected'),
    ],
)
def test_an_option_that_cannot_be_is_a_mistake_of_the_configuration(
    site: Site, said: str, fault: str
) -> None:
    configured(f"[theme.options]\n{said}")(site)
    with pytest.raises(SiteError) as caught:
        site.built()

    line = (site.root / "lwnindex.toml").read_text("utf-8").splitlines().index(said) + 1
    assert str(caught.value).startswith(f"{site.root / 'lwnindex.toml'}:{line}: {fault}")
    assert caught.value.exit_code == 2


def test_a_path_is_that_of_a_file_of_the_site_or_of_the_theme(site: Site) -> None:
    site.put("static/img/logo.svg", "<svg/>")
    site.put("themes/tiny/assets/sign.svg", "<svg/>")
    site.put("templates/home.html", "{{ site.theme.logo | href }}")
    for path in ("img/logo.svg", "assets/sign.svg"):
        configured(f'[theme.options]\nlogo = "{path}"')(site)
        site.built()
        assert (site.root / "site/index.html").read_text("utf-8") == path
        site.change("lwnindex.toml", f'[theme.options]\nlogo = "{path}"', "")


def test_a_link_that_leads_nowhere_is_a_problem(site: Site) -> None:
    said = '[["Home", "index.html#top"], ["Lost", "lost/index.html"], ["Away", "https://lwn.net/"]]'
    configured(f"[theme.options]\nnavigation = {said}")(site)
    (found,) = site.built().problems

    assert (found.code, found.file) == ("dead-link", "lwnindex.toml")
    assert 'the link "Lost"' in found.message
    site.put("content/two.md", article("Two", "Words."))
    site.assert_clean(site.built())


@pytest.mark.parametrize("folder", ["templates", "themes/child/templates"])
def test_a_template_that_no_page_uses_is_told_by_each_build(site: Site, folder: str) -> None:
    if folder != "templates":
        shutil.rmtree(site.root / "templates")
    site.put(f"{folder}/artcle.html", "{{ page.title }}")
    site.put(f"{folder}/parts/zzz.html", "{{ page.title }}")
    site.put(f"{folder}/home.html", '{% include "parts/used.html" %}')
    site.put(f"{folder}/parts/used.html", "{{ page.title }}")
    # What the site's templates left no use for is not its affair.
    site.put("themes/tiny/templates/left.html", "{{ page.title }}")
    told = [
        ("unused-template", f"{folder}/artcle.html", 'Did you mean "article.html"?'),
        (
            *("unused-template", f"{folder}/parts/zzz.html"),
            "Include it in a template that is used, or remove it.",
        ),
    ]

    for _ in range(2):
        found = site.built().problems
        assert [(one.code, one.file, one.fix) for one in found if one.code == "unused-template"] == told
    site.put(f"{folder}/home.html", "{% include page.title ignore missing %}")
    assert "unused-template" not in [one.code for one in site.built().problems]
