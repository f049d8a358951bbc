"""No article, saved page or feed runs a script in a reader's browser, or has it ask anybody for anything.

The texts that try are in every place where a text can stand; the site that the program makes of them is
opened in Chromium. What the cleaning would let through by a mistake is kept back by the policy of the page.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import canary, hostile
from tests.canary import Seen
from tests.lengths import is_long, trials
from tests.serving import serving
from tests.vectors import ADDRESSES, OWN, vectors

pytestmark = pytest.mark.needs_chromium

_ALL = 6_200
_TOGETHER = 40
_BODY = re.compile(rb'<div class="body"[^>]*>(.*)<footer class="foot"', re.DOTALL)
_HEAD = re.compile(
    rb'<!doctype html>\n<html [^<>]*>\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" '  # noqa: E501
    rb"content=\"default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    rb"font-src 'self'; base-uri 'none'; form-action 'self'\">\n"
)

_OPENED = (".xhtm", ".shtm", ".ehtml", ".xsd", ".rng", ".xbl", ".svgz", ".html.en", ".svg.x")
"""Endings that Chromium, or Apache, takes for those of pages, and Python may not know."""

Figure = Callable[[str], None]


@pytest.fixture(scope="module")
def found() -> tuple[str, ...]:
    """The texts that are tried."""
    return vectors(trials(300, _ALL))


@pytest.fixture(scope="module")
def articles(found: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of articles with the texts as their bodies: in the short form each in one of the dialects."""
    root = tmp_path_factory.mktemp("bodies")
    for number, dialect in enumerate(hostile.DIALECTS):
        hostile.bodies(root, found if is_long() else found[number::3], [dialect])
    return _beside_frames(hostile.built(root))


@pytest.fixture(scope="module")
def named(found: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of articles, and of items of feeds, with the texts in each of their fields."""
    root = tmp_path_factory.mktemp("fields")
    some = found if is_long() else (*OWN[::2], *found[len(OWN) :: 20])
    hostile.fields(root, some)
    hostile.feeds(root, some if is_long() else OWN[1::2])
    return _beside_frames(hostile.built(root))


def _beside_frames(site: Path) -> Path:
    canary.beside(site)
    return site


def _opened(site: Path, paths: Sequence[Path], together: int = _TOGETHER, script: str = "") -> Seen:
    return canary.visited(
        [one.as_uri() for one in paths], f"{site.as_uri()}/", together=together, script=script
    )


def _assert_quiet(seen: Seen, pages: int) -> None:
    """Hold that so many pages were opened, of which none did anything of its own."""
    assert seen.opened == pages > 0
    assert seen == Seen(seen.opened, (), (), (), (), ())


def _pages(site: Path, below: str) -> list[Path]:
    # A folder may be called as a page is, where a title ends so.
    return sorted(one for one in (site / below).rglob("*.html") if one.is_file())


def _unlike(pages: Sequence[Path]) -> list[Path]:
    """Return the pages of articles without those whose body another has as well."""
    bodies: dict[bytes, Path] = {}
    for page in pages:
        body = _BODY.search(page.read_bytes())
        assert body, page
        bodies.setdefault(body[1], page)
    return list(bodies.values())


def _spread(pages: Sequence[Path], wanted: int) -> list[Path]:
    return list(pages[:: max(1, len(pages) // wanted)])[:wanted]


def test_no_body_of_an_article_runs_or_asks_for_anything(
    articles: Path, found: tuple[str, ...], figure: Figure
) -> None:
    written = _pages(articles, "Articles")
    different = _unlike(written)

    seen = _opened(articles, different)

    assert len(written) == len(found) * (3 if is_long() else 1)
    _assert_quiet(seen, len(different))
    figure(
        f"{len(found)} vectors, {len(written)} articles, {seen.opened} different bodies: 0 executions, 0 requests"  # noqa: E501
    )


def test_no_field_of_an_article_and_no_item_of_a_feed_runs_or_asks_for_anything(
    named: Path, figure: Figure
) -> None:
    written = _pages(named, "Articles")

    seen = _opened(named, written)

    _assert_quiet(seen, len(written))
    figure(f"{seen.opened} articles and items: 0 executions, 0 requests")


def test_no_list_index_topic_author_or_old_address_runs_or_asks_for_anything(
    named: Path, figure: Figure
) -> None:
    # A server's page for lost addresses has its files at the root.
    others = [one for one in _pages(named, "") if "Articles" not in one.parts and one.name != "404.html"]
    some = _spread(others, trials(50, 2_000))

    seen = _opened(named, some)

    _assert_quiet(seen, len(some))
    figure(f"{seen.opened} of {len(others)} pages: 0 executions, 0 requests")


def test_a_page_that_has_the_window_to_itself_a_server_or_a_printer_is_as_quiet(named: Path) -> None:
    some = _spread(_pages(named, "Articles"), trials(12, 200))
    some += [named / "index.html", named / "Kernel/Index/index.html"]
    with serving(named) as server:
        served = canary.visited(
            [f"{server}/{quote(one.relative_to(named).as_posix())}" for one in (*some, named / "404.html")],
            f"{server}/",
        )
    printed = canary.visited(
        [one.as_uri() for one in some], f"{named.as_uri()}/", together=_TOGETHER, medium="print"
    )

    _assert_quiet(served, len(some) + 1)
    _assert_quiet(printed, len(some))


def test_a_feed_that_is_opened_as_a_page_runs_nothing(named: Path) -> None:
    feeds = [named / one for one in ("feed.rss", "feed.atom", "feed.json", "index.opml", "sitemap.xml")]
    feeds += _spread(sorted((named / "Authors").rglob("feed.*")), trials(5, 300))

    # Chromium shows bare XML by a script of its own.
    seen = _opened(named, feeds, together=1)

    assert seen.opened == len(feeds)
    assert [one for one in seen.ran if "a script at" not in one] == []
    assert (seen.asked, seen.left, seen.odd) == ((), (), ())


def test_no_file_beside_an_article_runs_whatever_its_ending(tmp_path: Path, figure: Figure) -> None:
    endings = [*_OPENED, "", ".no-such", *sorted(mimetypes.types_map)[:: trials(6, 1)]]
    folder = tmp_path / "content"
    folder.mkdir()
    for ending in endings:
        (folder / f"f{ending}").write_text(f'<html xmlns="http://www.w3.org/1999/xhtml">{OWN[0]}</html>')
    links = "".join(f"[a](f{ending})\n" for ending in endings)
    (folder / "a.md").write_text(f"---\ntitle: A\ndate: 2020-01-02\n---\n{links}")
    site = _beside_frames(hostile.built(tmp_path))
    copied = sorted((site / "files").rglob("f*"))

    seen = _opened(site, copied)

    assert len(copied) > len(endings) // 2
    # Chromium shows a PDF by pages of its own.
    asked = [one for one in seen.asked if ": chrome" not in one]
    assert (seen.ran, asked, seen.left, seen.odd) == ((), [], (), ())
    figure(f"{len(endings)} endings, {len(copied)} copied: 0 executions")


def test_a_search_for_anything_runs_nothing(named: Path) -> None:
    page = (named / "search/index.html").as_uri()
    asked = [
        f"{page}?q={quote(one)}" for one in (*OWN[:: trials(8, 1)], *ADDRESSES[:: trials(8, 1)], "alert")
    ]
    asked += [f"{page}?q=a&{name}={quote(OWN[0])}" for name in ("index", "topic", "author", "year", "page")]
    typed = """text => {
      const box = document.getElementById("page:query");
      box.value += " alert";
      box.dispatchEvent(new Event("input"));
      box.form.requestSubmit();
    }"""

    seen = canary.visited(asked, f"{named.as_uri()}/", together=10, script=typed)

    _assert_quiet(seen, len(asked))


def test_every_page_says_its_policy_before_anything_else(articles: Path, named: Path) -> None:
    for site in (articles, named):
        assert [one for one in _pages(site, "") if not _HEAD.match(one.read_bytes())] == []


@pytest.fixture
def unclean(found: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose articles have the texts as their bodies as they are written."""
    hostile.bodies(tmp_path, found, ["html"])
    hostile.undisturbed(monkeypatch)
    return _beside_frames(hostile.built(tmp_path))


def test_the_policy_holds_alone_where_nothing_is_cleaned(
    unclean: Path, found: tuple[str, ...], figure: Figure
) -> None:
    pages = _pages(unclean, "Articles")

    seen = _opened(unclean, pages)

    assert seen.opened == len(pages) == len(found)
    # The cleaning is off indeed, and pages try what they may not.
    assert OWN[0] in (unclean / "Articles/html-0/index.html").read_text("utf-8")
    assert len(seen.blocked) > len(pages) // 10
    assert seen.ran == ()
    # To a page from a folder, whatever a folder could hold is of its own origin; it is no request of a network.  # noqa: E501
    assert [one for one in seen.asked if ": file:" not in one] == []
    figure(
        f"{seen.opened} vectors, {len(seen.blocked)} attempts kept back: 0 executions, 0 subresource requests; "  # noqa: E501
        f"{len(seen.left)} navigations"
    )


def test_what_a_page_without_a_policy_would_run_is_seen(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    bodies = {
        "runs": "<img src=x onerror=alert(1)>",
        "holds": "<script>document.title</script>",
        "asks": "<img src=https://e.org/t.gif>",
        "leaves": "<meta http-equiv=refresh content='0;url=https://e.org/'>",
        "links": '<a href="javascript:void 0">a</a>',
        "lists": "<meta http-equiv=refresh content='0;url=file:///'>",
        "strays": '<a href="file:///etc/hostname">a</a><a href="../outside.html">b</a>',
        "stays": '<a href="links.html#a">a</a><a href="#b">b</a><a href="https://e.org/">c</a>',
        "obeys": f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">{OWN[0]}',
    }
    for name, body in bodies.items():
        (site / f"{name}.html").write_text(f"<!doctype html><title>T</title>{body}")
    canary.beside(site)

    for together in (1, _TOGETHER):
        seen = _opened(site, _pages(site, ""), together)

        # What shows a folder to whom a page led there is the browser's own.
        assert [one for one in seen.ran if one.endswith("file:///")] == []
        assert [
            tuple(name for name in bodies if any(f"{name}.html" in one for one in what))
            for what in ([one for one in seen.ran if "links.html" not in one], *seen[3:], seen.blocked)
        ] == [("runs", "holds"), ("asks",), ("leaves", "lists", "strays"), ("links", "strays"), ("obeys",)]
