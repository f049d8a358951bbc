"""The default theme's options: what each does to a page, and that its stylesheet has them as declared."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from lwnindex import themeoptions
from lwnindex.optionkinds import KINDS
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import View
from tests.programs import ROOT
from tests.theme.pages import THEME, Document, render
from tests.theme.samples import ARTICLE, HOME, MISSING, OPTIONS, PLAIN, SITE

CSS = (THEME / "assets" / "site.css").read_text("utf-8")


def site(**said: Any) -> SiteView:
    """Return the sample site with some options set."""
    values = themeoptions.chosen(OPTIONS, said, "lwnindex.toml")
    return msgspec.structs.replace(SITE, theme=themeoptions.shown(values))


def declared(name: str) -> str:
    """Return what the stylesheet says for a custom property, spelt as an option's value is."""
    (found,) = re.findall(rf"^    --{name}: (.*);$", CSS, re.MULTILINE)
    return str(found)


@pytest.mark.parametrize(
    "name", [name for name, one in OPTIONS.items() if KINDS[one.kind].css and one.default]
)
def test_the_stylesheet_has_each_option_as_it_is_declared(name: str) -> None:
    option = OPTIONS[name]
    kind = KINDS[option.kind]
    own = kind.read(declared(name), ()) if option.kind != "colour" else declared(name)

    assert kind.css is not None
    assert own == kind.css(option.default)
    assert f"var(--{name})" in CSS


def test_the_size_is_used_where_it_is_set() -> None:
    assert CSS.count("var(--size, ") == 2


def test_a_logo_stands_for_the_name_and_says_it() -> None:
    for view, root in ((HOME, ""), (ARTICLE, "../../"), (MISSING, MISSING.root)):
        (image,) = Document(render(view, site(logo="img/logo.svg"))).named("img")

        assert image == {"src": f"{root}img/logo.svg", "alt": SITE.title}
    assert Document(render(HOME)).named("img") == []


def links(view: View, shown: SiteView) -> list[dict[str, str | None]]:
    """Return the links of the navigation to all of the site, by the names of theirs."""
    page = Document(render(view, shown))
    inside = [place for place, (_, given) in enumerate(page.tags) if given.get("aria-label") == "Site"]
    both = zip(page.tags, page.around, strict=True)
    return [given for (tag, given), around in both if tag == "a" and {*inside} & {*around}]


def test_links_are_added_to_the_navigation() -> None:
    said = [["Licence", "licence/index.html"], ["<LWN>", "https://lwn.net/"], ["About", PLAIN.path]]
    found = links(PLAIN, site(navigation=said))

    assert links(PLAIN, SITE) == found[:-3]
    assert found[-3:] == [
        {"href": "../licence/index.html", "dir": "auto"},
        {"href": "https://lwn.net/", "rel": "external noreferrer", "dir": "auto"},
        {"href": "../about/index.html", "aria-current": "page", "dir": "auto"},
    ]
    assert "&lt;LWN&gt;" in render(PLAIN, site(navigation=said))


def test_a_site_that_has_nothing_else_to_lead_to_shows_them_too() -> None:
    bare = msgspec.structs.replace(
        site(navigation=[["A", "a/index.html"]]), archives=False, authors=False, nav=()
    )

    assert [each["href"] for each in links(HOME, bare)] == ["a/index.html"]


def test_a_line_stands_at_the_foot() -> None:
    page = render(ARTICLE, site(footer="All texts <CC-BY>"))

    assert '<p dir="auto">All texts &lt;CC-BY&gt;</p>' in page[page.index('<footer class="colophon"') :]


def test_what_is_not_set_leaves_no_trace() -> None:
    more = site(navigation=[["A", "a/index.html"]], footer="x", logo="x.svg")

    assert render(HOME, more) != render(HOME, site()) == render(HOME)


def test_every_option_stands_in_the_reference() -> None:
    text = (ROOT / "docs/reference.md").read_text("utf-8")
    table = text.partition("### `[theme.options]`")[2].partition("##")[0]

    assert re.findall(r"^\| `(\w+)` \| (\w+) \|", table, re.MULTILINE) == [
        (name, one.kind) for name, one in OPTIONS.items()
    ]
