"""The page at an old address leads to the new one, in every way that needs no script."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from lwnindex.formats.redirect import redirect
from lwnindex.viewmodel import RedirectView, SiteView
from lwnindex.words import ENGLISH
from tests.programs import ROOT, VNU

SITE = SiteView(title="News & more", url="https://example.org/news")


def page(
    path: str = "2018/one.html", target: str = "Articles/1/index.html", title: str = "One", lang: str = ""
) -> str:
    root = "../" * path.count("/")
    view = RedirectView(path=path, root=root, title=title, lang=lang, target=target)
    return redirect(view, SITE, ENGLISH).decode()


def parsed(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def test_it_leads_on_by_itself_by_a_link_and_for_programs() -> None:
    found = parsed(page())

    assert found.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../Articles/1/index.html"]
    assert found.xpath("//main//a/@href") == ["../Articles/1/index.html"]
    assert found.xpath("//link[@rel='canonical']/@href") == ["https://example.org/news/Articles/1/"]
    assert found.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert found.xpath("//script|//style|//@style") == []
    assert found.xpath("//main/p")[0].text_content() == "This page has moved to One."
    assert found.get("lang") == "en"


def test_it_has_the_policy_of_all_pages() -> None:
    frame = (ROOT / "themes/default/templates/base.html").read_text("utf-8")
    (policy,) = parsed(page()).xpath("//meta[contains(@http-equiv, 'Policy')]/@content")
    assert f'content="{policy}"' in frame


def test_a_fragment_goes_along_but_is_no_page_of_its_own() -> None:
    found = page(path="Old/index.html", target="Kernel/Index/index.html#a-b")
    assert 'content="0; url=../Kernel/Index/index.html#a-b"' in found
    assert 'href="https://example.org/news/Kernel/Index/"' in found


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", '" onload="x', "{place}", "a & b"])
def test_no_title_is_more_than_text(title: str) -> None:
    found = parsed(page(title=title, lang="de"))

    assert found.xpath("//script|//@onload") == []
    assert [each.text_content() for each in found.xpath("//h1")] == [title]
    assert found.xpath("//main//a/text()") == [title]
    assert found.xpath("//h1/@lang") == found.xpath("//a/@lang") == ["de"]


@pytest.mark.needs_vnu
def test_the_nu_checker_finds_no_fault(tmp_path: Path) -> None:
    place = tmp_path / "old.html"
    place.write_text(page(title='Über <a> & "b"', lang="de"), "utf-8")
    done = subprocess.run(
        [*VNU, "--format", "json", str(place)], capture_output=True, check=False, timeout=600
    )
    assert json.loads(done.stderr)["messages"] == []
