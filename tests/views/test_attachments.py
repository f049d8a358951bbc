"""Files beside articles: what an article leads to is copied, once, and nothing that browsers run."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lwnindex import names
from lwnindex.articleviews import ArticleView
from lwnindex.assetnames import asset_of
from lwnindex.digest import digest
from lwnindex.index import index
from lwnindex.indexviews import TopicView
from lwnindex.link import Plan, link
from lwnindex.model import Article, Body, Parsed, Source
from lwnindex.settings import Config, SourceSettings
from lwnindex.viewmodel import FileView
from lwnindex.views.attachments import attachments
from tests.makers import archive_of, article, body, card, plain
from tests.thesaurus import described, known


def file(path: str, root: str = "content", rules: str = "") -> Source:
    return Source(file=f"{root}/{path}", path=path, digest=digest(path), rules=rules)


def pictured(*hrefs: str) -> Body:
    """Return a body with these addresses, each that of a picture."""
    return replace(body(*hrefs), images=tuple((at, f"p{at}", f"p{at} (image)") for at in range(len(hrefs))))


def with_body(one: Article, own: Body) -> Article:
    return replace(one, body=own)


def planned(articles: list[Article], files: list[Source], **keys: object) -> Plan:
    config = Config(**keys)  # type: ignore[arg-type]
    parsed = [Parsed(articles=tuple(articles))]
    catalog = index([one.card for one in articles], config)
    return link(catalog, parsed, {}, {}, config, beside=files)


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(one.code, one.file) for one in plan.problems]


def test_a_picture_beside_its_article_is_shown_and_copied() -> None:
    one = with_body(article(card("1", source="2009/1.md")), pictured("p.png"))
    plan = planned([one], [file("2009/p.png")])
    view, copied = plan.view("Articles/1/index.html"), plan.view("files/2009/p.png")

    assert isinstance(view, ArticleView)
    assert [(each.href, each.local, each.held, each.words) for each in view.links] == [
        ("files/2009/p.png", True, True, "p0")
    ]
    assert isinstance(copied, FileView)
    assert copied.digest == digest("2009/p.png")
    assert plan.problems == ()


@pytest.mark.parametrize(("of", "href"), [("topics.toml", "p.png"), ("topics/kernel.toml", "../p.png")])
def test_a_picture_in_the_note_of_a_topic_is_shown_and_copied(of: str, href: str) -> None:
    held = article(card("1", "Kernel/A"))
    noted = replace(described("Kernel/A", pictured(href, "/p.png")), file=f"content/{of}")
    catalog = known(index([held.card], Config()), noted)
    plan = link(catalog, [Parsed(articles=(held,))], {}, {}, Config(), beside=[file("p.png")])
    view, problems = plan.made("Kernel/A/index.html")

    assert isinstance(view, TopicView)
    assert [(each.href, each.held) for each in view.links] == [("files/p.png", True)] * 2
    assert isinstance(plan.view("files/p.png"), FileView)
    assert not problems


@pytest.mark.parametrize(
    "href",
    ["../p%20q.pdf", "/p%20q.pdf", "../p%20q.pdf#page=3", "../p%20q.pdf?x", "./../2009/../p%20q.pdf"],
)
def test_a_file_is_found_seen_from_the_article_and_from_the_folder(href: str) -> None:
    plan = planned([article(card("1", source="2009/1.md"), href)], [file("p q.pdf")])
    view = plan.view("Articles/1/index.html")

    assert isinstance(view, ArticleView)
    assert [each.href.partition("#")[0] for each in view.links] == ["files/p_q.pdf"]
    assert "files/p_q.pdf" in plan.paths


def test_a_missing_picture_is_an_error_that_names_it() -> None:
    plan = planned([with_body(article("1"), pictured("gone.png"))], [])
    (lost,) = plan.made("Articles/1/index.html").problems

    assert (lost.severity, lost.code, lost.file, lost.line) == ("error", "dead-link", "content/1.md", 5)
    assert '"gone.png"' in lost.message


def test_a_file_of_another_folder_is_none_of_this_one() -> None:
    plan = planned([article("1", "/p.pdf")], [file("p.pdf", root="other")])

    assert "files/p.pdf" not in plan.paths


def test_a_picture_from_elsewhere_is_shown_where_it_was_brought_in() -> None:
    address = "https://example.org/a/p.png"
    one = with_body(article("1"), pictured(address, "https://example.org/a/q.png"))
    plan = planned([one], [file(asset_of(address)), file("assets/other/unused.png")])
    view = plan.view("Articles/1/index.html")

    assert isinstance(view, ArticleView)
    held, remote = view.links
    assert (held.local, held.held) == (True, True)
    assert held.href in plan.paths
    assert (remote.href, remote.held) == ("https://example.org/a/q.png", False)
    assert plan.problems == ()


@pytest.mark.parametrize(
    "name",
    [
        "p.svg",
        "P.SVG",
        "p.html",
        "p.js",
        "p.xml",
        "p.rss",
        "p.atom",
        "p.rdf",
        "p.mml",
        "p.htc",
        "p.jar",
        ".htaccess",
        "p.ht*ml",
        "p.xhtm",
        "p.shtm",
        "p.ehtml",
        "p.xsd",
        "p.rng",
        "p.wsdl",
        "p.owl",
        "p.hxt",
        "p.phar",
        "p.php5",
        "p.html.en",
        "p.svg.unheard-of",
        "p.xhtml.en.utf8",
        "p.svg.",
        ".svg.x",
    ],
)
def test_what_browsers_run_is_copied_from_a_trusted_source_alone(name: str) -> None:
    plan = planned([article("1", name)], [file(name)])
    assert told(plan) == [("active-file", f"content/{name}")]
    assert plan.problems[0].severity == "error"
    assert plan.made("Articles/1/index.html").problems == []
    assert not [path for path in plan.paths if path.startswith("files/")]

    trusting = planned(
        [article("1", name)],
        [file(name, rules="content")],
        sources=(SourceSettings(path="content", trust=True),),
    )
    assert told(trusting) == []
    assert [path for path in trusting.paths if path.startswith("files/")]


@pytest.mark.parametrize(
    "name",
    ["p.html.gz", "p.svg.png", "p.js.map", "p.css.diff", "xml", "p-1.2.pdf", "p.xml.txt"],
)
def test_a_page_s_ending_before_another_that_every_server_knows_does_no_harm(name: str) -> None:
    plan = planned([article("1", name)], [file(name)])

    assert told(plan) == []
    assert f"files/{name}" in plan.paths


def test_what_nothing_leads_to_is_told_of_a_folder_with_many_as_one() -> None:
    found = [file("a.png"), *(file(f"many/{at}.png") for at in range(11))]
    plan = planned([article("1")], found)

    assert told(plan) == [("not-read", "content/a.png"), ("not-read", "content/many")]
    assert "11 files" in plan.problems[1].message


def test_nobody_asks_why_files_stand_in_another_generator_s_archive() -> None:
    sources = (SourceSettings(path="old", preset="jekyll"),)
    assert told(planned([article("1")], [file("a.scss", root="old", rules="old")], sources=sources)) == []


def test_plain_pages_have_files_too() -> None:
    found = attachments(archive_of(plain("about/index.html", "p.pdf")), [file("pages/p.pdf")])

    assert dict(found.beside.paths) == {"content/pages/p.pdf": "files/pages/p.pdf"}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=6, unique=True))
def test_no_two_files_have_one_path_and_none_leaves_the_folder(found: list[str]) -> None:
    files = [file(name) for name in found if "/" not in name and "\0" not in name and name not in (".", "..")]
    hrefs = [f"/{''.join(f'%{byte:02X}' for byte in one.path.encode())}" for one in files]
    config = Config(sources=(SourceSettings(path="", trust=True),))
    copied = attachments(archive_of(article("1", *hrefs), config=config), files).copied

    assert len(copied) == len(files)
    assert len({names.folded(path) for path in copied}) == len(files)
    assert all(PurePosixPath(path).parts[0] == "files" and ".." not in path.split("/") for path in copied)


def test_folders_that_differ_in_case_alone_are_one() -> None:
    files = [file(name) for name in ("B/Deep/a.png", "b/deep/b.png", "b/DEEP/a.png", "c/a.png")]
    found = attachments(archive_of(article("1", *(f"/{one.path}" for one in files))), files)

    assert len(found.copied) == 4
    assert {path.rpartition("/")[0] for path in found.copied} == {"files/B/Deep", "files/c"}
    assert len({names.folded(path) for path in found.copied}) == 4


def test_of_another_generators_files_those_that_may_be_articles_are_told() -> None:
    files = [file(name, rules="blog") for name in ("a.rst", "b.png", "c.yml", "d/E.ORG")]
    plan = planned([article("1")], files, sources=(SourceSettings(path="blog", preset="nikola"),))

    assert told(plan) == [("not-read", "content/a.rst"), ("not-read", "content/d/E.ORG")]
    assert "Markdown" in plan.problems[0].fix


def test_a_header_in_a_file_of_its_own_belongs_above_its_text() -> None:
    sources = (SourceSettings(path="blog", preset="nikola"),)
    for files in ([file("a.meta", rules="blog")], [file(f"d/{at}.meta", rules="blog") for at in range(11)]):
        (problem,) = planned([article("1")], files, sources=sources).problems
        assert problem.fix.startswith("Headers are read in the file of their text")


@pytest.mark.parametrize("path", [f"{'a' * 70}!.{'b' * 180}", "/".join(["a."] * 400) + "/b.png"])
def test_a_file_with_a_long_name_gets_one_that_every_system_can_hold(path: str) -> None:
    plan = planned([article("1", f"/{path}")], [file(path)])
    (found,) = (one for one in plan.paths if one.startswith("files/"))

    assert max(len(part) for part in found.split("/")) <= 255
    assert len(found) < 1000
    assert plan.problems == ()
