"""A site whose articles are there in several languages, and were elsewhere before, as its readers have it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lxml.html
import pytest
from playwright.sync_api import Page, expect

from lwnindex import config
from lwnindex import site as build
from lwnindex.exporting import Order, export
from lwnindex.formats.redirect import redirect
from lwnindex.options import Options
from lwnindex.viewmodel import RedirectView, SiteView
from lwnindex.words import ENGLISH
from tests import sitecheck
from tests.axe import violations

TOML = '[site]\ntitle = "News"\nurl = "https://example.org/news/"\nsource = ""\n'
TITLES = {"en": "A quiet release", "de": "Eine ruhige Ausgabe", "he": "מהדורה שקטה"}
OWN = {"en": "Articles/quiet/index.html", **{tag: f"Articles/quiet/{tag}/index.html" for tag in ("de", "he")}}


def text(tag: str, title: str, body: str, name: str = "quiet") -> str:
    fields = f"id: {name}\nlang: {tag}\ntitle: {title}\ndate: 2020-01-02\nauthors: [Desk]"
    return f"---\n{fields}\nentries: [Kernel/BPF]\n---\n{body}\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> config.Found:
    """A built site of two articles, one of them in three languages, the other in two."""
    root = tmp_path_factory.mktemp("languages")
    (root / "content").mkdir()
    (root / "lwnindex.toml").write_text(TOML)
    for tag, title in TITLES.items():
        body = f"Word{tag} of it. See [the next](/Articles/next/) and [German](quiet.de.md)."
        (root / f"content/quiet.{tag}.md").write_text(text(tag, title, body), "utf-8")
    for tag in ("en", "de"):
        (root / f"content/next.{tag}.md").write_text(text(tag, f"Next {tag}", "It came.", "next"), "utf-8")
    made = config.load(root / "lwnindex.toml", {}, {})
    report = build.build(made, Options(executor="serial"))
    assert (report.articles, report.problems) == (2, ())
    return made


@pytest.fixture(scope="module")
def site(found: config.Found) -> Path:
    return found.output


def tree(site: Path, path: str) -> Any:
    return lxml.html.document_fromstring((site / path).read_text("utf-8"))


def test_no_link_of_the_site_is_dead(site: Path) -> None:
    assert sitecheck.dead(site, sitecheck.pages(site)) == []


@pytest.mark.parametrize("tag", OWN)
def test_every_language_names_every_other_to_programs(site: Path, tag: str) -> None:
    page = tree(site, OWN[tag])
    told = {each.get("hreflang"): each.get("href") for each in page.xpath("//link[@hreflang]")}
    address = "https://example.org/news/Articles/quiet/"

    assert told == {"en": address, "de": f"{address}de/", "he": f"{address}he/"}
    assert page.get("lang") == tag
    assert page.xpath("//link[@rel='canonical']/@href") == [told[tag]]


@pytest.mark.parametrize(
    "path", ["index.html", "Kernel/Index/index.html", "Kernel/BPF/index.html", "Authors/Desk/index.html"]
)
def test_every_list_has_an_article_once(site: Path, path: str) -> None:
    page = (site / path).read_text("utf-8")
    assert TITLES["en"] in page
    assert not [title for tag, title in TITLES.items() if tag != "en" and title in page]


def test_feeds_have_it_once_and_the_sitemap_every_page(site: Path) -> None:
    entries = json.loads((site / "feed.json").read_text())["items"]
    assert [one["title"] for one in entries].count(TITLES["en"]) == 1
    assert len(entries) == 2
    assert "Articles/quiet/he/" in (site / "sitemap.xml").read_text()


def test_the_search_finds_each_language_by_its_own_words(site: Path) -> None:
    docs = (site / "search/docs/2020-01.js").read_text("utf-8")
    terms = "".join(place.read_text("utf-8") for place in (site / "search/terms").iterdir())
    assert all(title in docs and OWN[tag] in docs for tag, title in TITLES.items())
    assert all(f"word{tag}" in terms for tag in TITLES)


def test_links_of_a_translation_stay_in_its_language_where_they_can(site: Path) -> None:
    linked = {tag: tree(site, path).xpath("//div[@class='body']//a/@href") for tag, path in OWN.items()}
    assert linked == {
        "en": ["../../Articles/next/index.html", "../../Articles/quiet/de/index.html"],
        "de": ["../../../Articles/next/de/index.html", "../../../Articles/quiet/de/index.html"],
        "he": ["../../../Articles/next/index.html", "../../../Articles/quiet/de/index.html"],
    }


def test_as_one_file_an_article_comes_with_its_translations(found: config.Found, tmp_path: Path) -> None:
    order = Order("zip", output=str(tmp_path / "site.zip"))
    export(found, order, {}, Options(executor="serial"))
    with ZipFile(order.output) as packed:
        names = {name.partition("/")[2] for name in packed.namelist()}
    assert set(OWN.values()) <= names


# In a browser --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reader_goes_from_language_to_language(page: Page, site: Path, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto((site / OWN["en"]).as_uri())
    for name, tag in (("Deutsch", "de"), ("עברית", "he"), ("English", "en")):
        languages = page.get_by_role("navigation", name="Languages")
        languages.get_by_role("link", name=name).click()
        expect(page).to_have_url((site / OWN[tag]).as_uri())
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[tag])
        expect(languages.locator("[aria-current=page]")).to_have_text(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert violations(page) == []


def test_an_old_address_opens_the_article_from_a_folder(page: Page, site: Path) -> None:
    old = RedirectView(path="2018/old.html", root="../", title="A quiet release", target=OWN["de"])
    (site / "2018").mkdir()
    (site / old.path).write_bytes(redirect(old, SiteView(title="News", url="https://example.org/"), ENGLISH))

    page.goto((site / old.path).as_uri())
    expect(page).to_have_url((site / OWN["de"]).as_uri())
