"""The demo archive in the languages that we speak: no English word of the interface is left on any page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import lxml.html
import pytest

from lwnindex import config, site
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.options import Options
from lwnindex.words import PLACEHOLDER, direction
from tests import sitecheck, wordlist
from tests.programs import ROOT, VNU

every_language = pytest.mark.parametrize("language", wordlist.catalogues())

FOREIGN = """---
title: A letter from abroad
date: 2019-03-02
lang: {}
authors: [The foreign desk, Kernel desk, Release desk]
updated: 2019-03-04
entries: [Kernel/Post, Unheard/Post]
---

## One

Text.

## Two

Text.

## Three

Text.
"""


@cache
def built(language: str) -> Path:
    """Return the demo in a language, with an article in another, of an index that is nowhere declared."""
    work = Path(mkdtemp(prefix="lwnindex-translated-"))
    (work / "more").mkdir()
    (work / "more/letter.md").write_text(FOREIGN.format("en" if language == "he" else "he"), "utf-8")
    (work / "more/undated.md").write_text(
        "---\ntitle: Undated letter\nentries: [Kernel/Post]\n---\n\nText.\n"
    )
    file = work / "lwnindex.toml"
    own = (ROOT / "lwnindex.toml").read_text("utf-8")
    own = own.replace("[site]\n", f'[site]\nlanguage = "{language}"\n', 1)
    file.write_text(
        f'content = [{json.dumps(str(ROOT / "content"))}, "more"]\n' + own + "\n[pages]\nper_page = 5\n"
    )
    site.build(config.load(file, {}, {"output": str(work / "site"), "store": str(work / "store")}))
    return work / "site"


THEIRS = "ancestor-or-self::*[contains(concat(' ', @class, ' '), ' body ') or @class='teaser' or @dir='auto']"
"""What articles and plain pages say themselves, and the titles and names that lists take from them."""


def said(page: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield each text of the interface on a page, and each of its attributes that people read."""
    yield from page.xpath(f"//body//text()[not({THEIRS})][not(ancestor::bdi or ancestor::title)]")
    yield from page.xpath("//@aria-label | //@placeholder | //@data-one | //@data-many | //@data-done")
    yield from page.xpath("//main[@data-search]/@*[starts-with(name(), 'data-')]")
    yield from page.xpath("//meta[@name='description'][not(//article)]/@content")
    yield from (title.split(" - ")[0] for title in page.xpath("//title/text()"))
    # Texts with placeholders come in pieces; whole elements put them together.
    yield from (
        each.text_content() for each in page.xpath(f"//p[not({THEIRS})] | //span[not({THEIRS})] | //a")
    )


NUMBERS = {"n": r"(?:[\d.,]+|\{n\})", "number": r"\d+", "articles": r"\d.*?", "topics": r"\d.*?"}


def pattern(source: str) -> re.Pattern[str]:
    """Return what finds a text of the interface, whatever fills its placeholders."""
    pieces = PLACEHOLDER.split(source.strip(" \n:"))
    found = (NUMBERS.get(each, ".+?") if place % 2 else re.escape(each) for place, each in enumerate(pieces))
    return re.compile("".join(found), re.DOTALL)


def telling(sources: tuple[str, ...]) -> list[str]:
    """Return the sources of a text but those of so few letters that any text may hold them.

    A title of the demo's own is "How to read the index": those of indexes are looked at apart. A topic of its
    own is "Languages".
    """
    return [
        one
        for one in sources
        if one not in ("{name} index", "Languages") and len(re.sub(r"\W", "", PLACEHOLDER.sub("", one))) > 3
    ]


@cache
def pages(language: str) -> dict[str, sitecheck.Page]:
    return sitecheck.pages(built(language))


@every_language
def test_no_english_word_of_the_interface_is_left(language: str) -> None:
    wanted = {one: pattern(one) for sources in wordlist.texts() for one in telling(sources)}
    is_english = cache(lambda text: any(each.fullmatch(text) for each in wanted.values()))
    found = [
        (page.path, text)
        for page in pages(language).values()
        for text in {each.strip(" \n:") for each in said(page.tree)}
        if is_english(text)
    ]

    assert found == []


EMPTY = {
    *("No article with a date yet.", "No article names its author yet.", "Nothing filed yet"),
    *(one for (one, *_) in wordlist.texts() if one.startswith(("Put an article", "No article is filed"))),
    "The address may be one of the publication that is indexed here: {address}",
    *("Original", "Also this week", "{n} more", "News", "Other news"),
    *("What was published in the week of {date}.", "virtual memory"),
    *(one for (one, *_) in wordlist.texts() if one.startswith("This is a")),
    *("The page of this feed", "No article is like that yet."),
    *("No topic yet.", "{n} quieter topic is left out", "see also {topics}", "Draft"),
}
"""What stands on no page of the demo: it has articles, no publication behind it, and no week that is full.

Its topics are few, and links stand where the topics that are referred to are.

What feeds say is looked for in them.

The last line stands where articles speak, too, and is not looked for.
"""


INDEXES = ("Kernel/Index", "Archives/GuestIndex", "Unheard/Index")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Kernel index", "Guest articles", "Unheard index"]),
        ("de", ["Register Kernel", "Gastbeiträge", "Register Unheard"]),
        ("he", ["מפתח Kernel", "כתבות אורחים", "מפתח Unheard"]),
    ],
)
def test_an_index_is_named_in_the_language(language: str, titles: list[str]) -> None:
    found = pages(language)

    assert [found[f"{path}/index.html"].tree.xpath("string(//h1)") for path in INDEXES] == titles


def test_what_is_looked_for_is_on_the_english_pages() -> None:
    """Most of the texts stand on pages of the demo; those that do not are of pages that are empty."""
    texts = {
        text.strip(" \n:")
        for page in pages("en").values()
        for whole in said(page.tree)
        for text in (whole, *whole.split(", "))
    }
    missing = {
        one
        for sources in wordlist.texts()
        for one in telling(sources)[:1]
        if not any(pattern(each).fullmatch(text) for each in sources for text in texts)
    }

    assert missing == EMPTY


@every_language
def test_every_page_says_its_language_and_which_way_it_is_written(language: str) -> None:
    for page in pages(language).values():
        (html,) = page.tree.xpath("/html")
        assert html.get("dir") == direction(language), page.path
        if html.get("lang") != language:
            (article,) = page.tree.xpath("//article")
            assert article.get("dir") == direction(html.get("lang")), page.path


@every_language
def test_no_link_is_dead(language: str) -> None:
    assert sitecheck.dead(built(language), pages(language)) == []


@pytest.mark.needs_vnu
@every_language
def test_the_nu_checker_finds_no_fault(language: str) -> None:
    command = [*VNU, "--format", "json", "--skip-non-html", str(built(language))]
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    # The demo's articles are English, whatever its language is said to be.
    known = ("violates Content Security Policy", "appears to be written in", "This document appears")
    told = [one for one in messages if not any(each in one["message"] for each in known)]

    assert [f"{one.get('url', '')}:{one.get('lastLine')}: {one['message']}" for one in told] == []


def test_all_kinds_of_pages_are_among_them() -> None:
    assert len(TEMPLATE_OF) == 17
    paths = {page.path for page in pages("en").values()}
    assert {"index.html", "404.html", "Archives/index.html", "Authors/index.html"} <= paths
    assert "search/index.html" in paths
    assert any("/page/" in path for path in paths)
    assert any("/W" in path for path in paths)


ARTICLE = "---\ntitle: One\ndate: 2020-01-02\nentries: [Kernel/Post]\n---\n\nText.\n"
OWN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Archives"\nmsgstr "{}"\n'


def small(root: Path, language: str = "de") -> config.Found:
    """Return a site of one article, in a language."""
    (root / "content").mkdir(exist_ok=True)
    (root / "content/1.md").write_text(ARTICLE, "utf-8")
    return config.Found(
        config.load(None, {}, {"site": {"language": language, "url": "https://example.org/"}}).config,
        root,
        None,
    )


def test_a_change_of_a_word_rewrites_the_pages_and_no_change_none(tmp_path: Path) -> None:
    found = small(tmp_path)
    site.build(found)
    own = tmp_path / "locale/de.po"
    own.parent.mkdir()
    own.write_text(OWN.format("Frühere Ausgaben"), "utf-8")
    changed, same = site.build(found), site.build(found)
    page = (tmp_path / "site/Articles/1/index.html").read_text("utf-8")

    assert "Archives/index.html" in changed.written
    assert "Frühere Ausgaben" in page
    assert "Zum Text springen" in page
    assert same.written == ()


def test_a_new_store_and_a_change_lead_to_the_same_bytes(tmp_path: Path) -> None:
    found = small(tmp_path)
    site.build(found)
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale/de.po").write_text(OWN.format("Kiste"), "utf-8")
    site.build(found)
    after = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    site.build(found, Options(clean=True))

    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == after


def test_a_build_with_nothing_changed_loads_no_babel(tmp_path: Path) -> None:
    (tmp_path / "lwnindex.toml").write_text(
        '[site]\nlanguage = "de"\nurl = "https://example.org/"\n', "utf-8"
    )
    small(tmp_path)
    code = (
        "import sys; from pathlib import Path; from lwnindex import config, site;"
        "report = site.build(config.load(Path(sys.argv[1]), {}, {}));"
        "print(len(report.written), 'babel' in sys.modules)"
    )

    def run() -> str:
        command = [sys.executable, "-c", code, str(tmp_path / "lwnindex.toml")]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    first, second = run(), run()

    assert first.endswith(" True")
    assert second == "0 False"
