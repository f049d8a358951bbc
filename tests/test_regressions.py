"""Faults that were found by looking at whole sites, each as it was first seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lwnindex import config, site
from lwnindex.problems import SiteError
from tests import feedrules, sitecheck


def built(root: Path, files: dict[str, str], **keys: object) -> tuple[site.Report, dict[str, sitecheck.Page]]:
    """Build a site from these files and return its report and its pages."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    options = {"site": {"url": "https://here.example/", "source": "https://lwn.net"}, **keys}
    report = site.build(config.Found(config.load(None, {}, options).config, root, None))
    return report, sitecheck.pages(root / "site")


def article(body: str, header: str = "") -> str:
    return f"---\ntitle: T\ndate: 2020-01-01\nentries: [Kernel/BPF]\n{header}---\n{body}\n"


def body_of(pages: dict[str, sitecheck.Page], one: str) -> str:
    (found,) = pages[f"Articles/{one}/index.html"].tree.xpath("//div[@class='body']")
    return str(found.text_content()).strip()


@pytest.mark.parametrize(
    "text",
    [
        "the <title> element goes on.",
        "a vector<int> and /proc/<pid>/mem",
        "an #include <stdio.h> as it was",
        "<kernel config>",
        "a <script> in words",
        "<sector number, R/W bit> of a request",
    ],
)
def test_angle_brackets_in_prose_take_nothing_away(tmp_path: Path, text: str) -> None:
    _, pages = built(tmp_path, {"content/a.md": article(f"{text}\n\nThe second paragraph.")})

    assert body_of(pages, "a") == f"{text}\nThe second paragraph."


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\u2003", "\u2028", "\t", "&#x1;"])
def test_no_white_space_uncovers_a_script(tmp_path: Path, space: str) -> None:
    _, pages = built(tmp_path, {"content/a.md": article(f"<a href='{space}javascript:alert(1)'>a</a>")})
    (page,) = [page for path, page in pages.items() if path == "Articles/a/index.html"]

    assert not [href for href in page.tree.xpath("//a/@href") if "javascript" in href]


def test_a_picture_that_is_held_is_shown_and_any_other_is_a_link(tmp_path: Path) -> None:
    text = "![held](/img/a.png) ![away](https://x.example/b.png)"
    report, pages = built(tmp_path, {"content/a.md": article(text), "static/img/a.png": "P"})
    page = pages["Articles/a/index.html"]

    assert page.tree.xpath("//img/@src | //img/@alt") == ["../../img/a.png", "held"]
    assert page.tree.xpath("//a[@class='image']/@href") == ["https://x.example/b.png"]
    assert "https://here.example/img/a.png" in (tmp_path / "site/feed.json").read_text("utf-8")
    assert report.errors == 0


@pytest.mark.parametrize(
    "href", ["https://here.example/Articles/b/", "../b/index.html", "../b/", "b.md", "/Articles/b/"]
)
def test_every_local_link_to_an_article_has_its_backlink(tmp_path: Path, href: str) -> None:
    files = {"content/a.md": article(f"[b]({href})"), "content/b.md": article("B.")}
    _, pages = built(tmp_path, files)
    (link,) = pages["Articles/a/index.html"].tree.xpath("//div[@class='body']//a/@href")

    assert link == "../../Articles/b/index.html"
    assert pages["Articles/b/index.html"].tree.xpath("//section[@class='cited-by']//a/@href") == [
        "../../Articles/a/index.html"
    ]


def test_control_characters_of_a_header_reach_no_page_and_no_feed(tmp_path: Path) -> None:
    header = 'authors: ["A\\x07b", "\\e"]\nsummary: "s\\0\\uFFFE"\nslug: "x\\x07"\n'
    text = article("Words.", header).replace("title: T", 'title: "a\\x07b\\0c\\e"')
    _, pages = built(tmp_path, {"content/a.md": text})

    assert pages["Articles/x/index.html"].tree.xpath("string(//h1)") == "ab\ufffdc"
    for path in (tmp_path / "site").rglob("*.*"):
        content = path.read_text("utf-8") if path.is_file() else ""
        assert not set(content) & set(map(chr, [*range(9), *range(14, 32), 0xFFFE])), path
    assert [fault for feed in (tmp_path / "site").rglob("feed.*") for fault in feedrules.faults(feed)] == []


def test_an_entry_of_many_levels_is_no_path(tmp_path: Path) -> None:
    deep = "/".join(["Kernel", *["a" * 170] * 30])
    report, pages = built(tmp_path, {"content/a.md": article("W.", "id: x\n").replace("Kernel/BPF", deep)})

    assert [one.code for one in report.problems] == ["bad-entry"]
    assert "Articles/x/index.html" in pages


def test_notes_among_the_templates_are_no_templates(tmp_path: Path) -> None:
    files = {
        "content/a.md": article("W."),
        "templates/README.md": "{{ no }}",
        "templates/base.html~": "{% no %}",
    }
    report, _ = built(tmp_path, files)

    assert report.errors == 0


def test_a_fragment_of_a_copied_file_is_kept(tmp_path: Path) -> None:
    _, pages = built(tmp_path, {"content/a.md": article("[a](/doc.pdf#page=3)"), "static/doc.pdf": "P"})

    assert pages["Articles/a/index.html"].tree.xpath("//div[@class='body']//a/@href") == [
        "../../doc.pdf#page=3"
    ]


def test_a_body_that_no_reader_of_feeds_takes_is_a_summary_there(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article("word " * 300_000), "content/b.md": article("Short.")})
    items = json.loads((tmp_path / "site/feed.json").read_text("utf-8"))["items"]

    assert {item["id"].split("/")[-2]: "content_html" in item for item in items} == {"a": False, "b": True}


def test_a_page_written_before_a_build_broke_is_still_ours(tmp_path: Path) -> None:
    files = {"content/a.md": article("A."), "content/b.md": article("B.")}
    built(tmp_path, files)
    broken = "{{ page.line.id[9].x if page.line.id == 'a' }}"
    with pytest.raises(SiteError):
        built(tmp_path, {"templates/article.html": broken})
    (tmp_path / "templates/article.html").unlink()
    (tmp_path / "content/b.md").unlink()
    _, pages = built(tmp_path, {})

    assert "Articles/b/index.html" not in pages


def test_a_page_changed_by_hand_is_not_left_behind_in_silence(tmp_path: Path) -> None:
    files = {"content/a.md": article("A."), "content/b.md": article("B.")}
    built(tmp_path, files)
    (tmp_path / "site/Articles/b/index.html").write_text("mine", "utf-8")
    (tmp_path / "content/b.md").unlink()
    report, _ = built(tmp_path, {})

    assert [one.code for one in report.problems] == ["kept-file"]
    assert (tmp_path / "site/Articles/b/index.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("//a b.example/c", []),
        ("http://[::1]:80/c", ["http://[::1]:80/c"]),
        ("https://u@a.example:8080/c?d#e", ["https://u@a.example:8080/c?d#e"]),
        ("mailto:a@b.example", ["mailto:a@b.example"]),
    ],
)
def test_an_address_that_no_browser_understands_is_no_link(
    tmp_path: Path, href: str, expected: list[str]
) -> None:
    report, pages = built(tmp_path, {"content/a.md": article(f'<a href="{href}">a</a>')})

    assert pages["Articles/a/index.html"].tree.xpath("//div[@class='body']//a/@href") == expected
    assert [one.code for one in report.problems] == ([] if expected else ["bad-address"])
