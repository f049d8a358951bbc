"""All that is wrong with a site is found: by its code, and where it is to be mended."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.check import Checked, check
from lwnindex.checking.sarif import sarif
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests.programs import ROOT
from tests.sites import article

TOML = '[site]\nurl = "https://news.example/"\n'
SERIAL = Options(executor="serial", now="2020-06-01")
BASE = "themes/mine/templates/base.html"
MINE = f'{TOML}[theme]\nname = "mine"\n'
PNG = "content/pic.png"


class Site:
    """A site of two articles that is right, to which a fault is done."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.put("lwnindex.toml", TOML)
        self.put("content/one.md", article("One", "See [the other](two.md).\n\n## A part\n\nWords."))
        self.put("content/two.md", article("Two", "A [part of it](one.md#A_part).", day=2))

    def put(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def theme(self, old: str = "", new: str = "") -> None:
        """Give the site a theme of its own that is the default one with another text in its frame."""
        self.put("lwnindex.toml", MINE)
        self.put("themes/mine/theme.toml", 'name = "mine"\nparent = "default"\n')
        text = (ROOT / "themes/default/templates/base.html").read_text("utf-8")
        assert old in text
        self.put(BASE, text.replace(old, new, 1))

    def checked(self, options: Options = SERIAL) -> Checked:
        return check(config.load(self.root / "lwnindex.toml", {}, {}), options)

    def found(self) -> list[tuple[str, str, int]]:
        told = [one.problem for one in self.checked().findings]
        return [(one.code, one.file, one.line) for one in told]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_site_that_is_right_has_no_finding_and_none_is_written(site: Site) -> None:
    assert site.found() == []
    assert not (site.root / "site").exists()


BODIES = [
    ("dead-link", "See [it](nowhere.md).", 7),
    ("dead-anchor", "See\n[it](two.md#nowhere).", 8),
    ("vague-link", "Words.\n\nIt is [here](https://other.example/a).", 9),
    ("empty-link", "Words.\n\n<a href='https://other.example/a'> </a>", 9),
    ("no-alt", "Words.\n\n![](pic.png)", 9),
    ("table-headers", "Words.\n\n<table><tr><td>cell one</td></tr></table>", 9),
    ("unlabelled-code", "Words.\n\n```\nint main(void)\n```", 9),
]


@pytest.mark.parametrize(("code", "body", "line"), BODIES, ids=[code for code, *_ in BODIES])
def test_a_fault_of_a_text_is_told_with_its_line(site: Site, code: str, body: str, line: int) -> None:
    if code == "no-alt":
        site.put(PNG, "no picture")
    site.put("content/bad.md", article("Bad", body, day=3))

    assert site.found() == [(code, "content/bad.md", line)]


FRAMES = [
    ("dead-link", '<a class="skip"', '<a href="/about/">About</a>\n<a class="skip"'),
    ("dead-file", '<a class="skip"', '<img src="/logo.png" alt="Logo">\n<a class="skip"'),
    ("no-alt", '<a class="skip"', '<img src="{{ "assets/favicon.svg" | href }}">\n<a class="skip"'),
    ("bad-html", "{% block main %}", "<section>\n{% block main %}"),
    ("repeated-id", 'id="page:find"', 'id="page:main"'),
    ("no-lang", ' lang="{{ page.lang or site.language }}"', ""),
    ("empty-link", '<a class="skip"', '<a href="{{ "index.html" | href }}"></a>\n<a class="skip"'),
    ("heading-order", "{% block main %}", "<h4>News</h4>\n{% block main %}"),
    ("no-label", '<label for="page:find">', "<label>"),
    ("dead-anchor", 'href="#page:main"', 'href="#main"'),
]


@pytest.mark.parametrize(("code", "old", "new"), FRAMES, ids=[code for code, *_ in FRAMES])
def test_a_fault_of_the_theme_is_one_finding_with_the_number_of_pages(
    site: Site, code: str, old: str, new: str
) -> None:
    site.theme(old, new)

    found = [one for one in site.checked().findings if one.problem.code == code]

    assert len(found) == 1, [one.problem for one in found]
    assert found[0].pages > 10
    assert found[0].problem.file.endswith(".html")


def test_what_stands_in_a_template_as_it_is_is_told_with_its_line(site: Site) -> None:
    site.theme('<a class="skip"', '<img src="/logo.png" alt="Logo">\n<a class="skip"')
    text = (site.root / BASE).read_text("utf-8")

    ((_, file, line),) = site.found()

    assert (file, text.splitlines()[line - 1]) == (BASE, '<img src="/logo.png" alt="Logo">')


def test_a_tag_that_begins_as_no_other_is_found_in_its_template(site: Site) -> None:
    site.theme('<a class="skip"', '<img src="{{ "assets/favicon.svg" | href }}">\n<a class="skip"')
    text = (site.root / BASE).read_text("utf-8")

    ((code, file, line),) = site.found()

    assert (code, file) == ("no-alt", BASE)
    assert text.splitlines()[line - 1].startswith("<img src=")


STATIC = [
    ("dead-link", "static/x.html", "<p>a\n<a href='no.html'>no</a>", 2),
    ("bad-html", "static/x.html", "<p>a\n</div>", 2),
    ("no-page-title", "static/x.html", "<!doctype html><html lang=en><body><h1>x</h1></body></html>", 1),
    ("dead-file", "static/x.css", "p {}\np { background: url(no.png) }", 2),
    ("unsound-feed", "static/x.rss", "<rss>\n<channel>\n</rss>", 3),
]


@pytest.mark.parametrize(("code", "path", "text", "line"), STATIC, ids=[one[0] for one in STATIC])
def test_a_fault_of_a_copied_file_is_told_with_its_line(
    site: Site, code: str, path: str, text: str, line: int
) -> None:
    site.put(path, text)

    assert site.found() == [(code, path, line)]


def test_each_copied_file_is_told_of(site: Site) -> None:
    for name in ("x", "y"):
        site.put(f"static/{name}.html", "<!doctype html><html lang=en><body><h1>x</h1></body></html>")

    assert site.found() == [("no-page-title", f"static/{name}.html", 1) for name in ("x", "y")]


JSON = {
    "item": ('{"version": "https://jsonfeed.org/version/1.1", "items": [1]}', "the file is no JSON Feed"),
    "items": ('{"version": "https://jsonfeed.org/version/1.1", "items": 7}', "the file is no JSON Feed"),
    "field": ('{"version": "https://jsonfeed.org/version/1", "feed_url": 7}', "the file is no JSON Feed"),
    "none": ("{", "the file is no JSON"),
    "deep": ("[" * 100_000, "deeper than programs read them"),
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON)
def test_a_copied_json_feed_of_any_shape_is_told_of(site: Site, text: tuple[str, str]) -> None:
    site.put("static/x.json", text[0])

    assert site.found() == [("unsound-feed", "static/x.json", 1)]
    assert text[1] in site.checked().findings[0].problem.message


def test_json_that_is_no_feed_is_left_alone(site: Site) -> None:
    site.put("static/x.json", '{"items": [1], "version": 2}')

    assert site.found() == []


@pytest.mark.parametrize(
    ("code", "header", "line"),
    [("dated-ahead", "updated: 2030-01-01", 0), ("gone-by", "expires: 2020-02-01", 6)],
)
def test_what_its_date_keeps_from_the_site_is_told(site: Site, code: str, header: str, line: int) -> None:
    text = article("Kept", "Words.", day=3, header=f"{header}\n")
    if code == "dated-ahead":
        text, line = text.replace("date: 2020-01-03\n", "date: 2030-01-03\n"), 3
    site.put("content/kept.md", text)

    assert site.found() == [(code, "content/kept.md", line)]


def test_topics_that_are_alike_or_empty_are_told(site: Site) -> None:
    site.put("content/one.md", article("One", "W.", topic="Kernel/Scheduling"))
    site.put("content/two.md", article("Two", "W.", topic="Kernel/Schedulling"))
    site.put("content/topics.toml", '["Kernel/Nothing"]\n')

    assert {code for code, *_ in site.found()} == {"near-duplicate", "empty-topic"}


def test_the_budget_of_a_host_is_told_with_its_name(site: Site) -> None:
    site.put("lwnindex.toml", f"{TOML}[check]\nmax_files = 3\nmax_bytes = 100\n")

    assert site.found() == [("over-budget", "lwnindex.toml", 0)] * 2


def test_codes_are_ignored_on_request(site: Site) -> None:
    site.put("content/bad.md", article("Bad", "It is [here](https://other.example/a).", day=3))
    site.put("lwnindex.toml", f'{TOML}[check]\nignore = ["vague-link"]\n')

    assert site.found() == []


PLUGIN = """
from lwnindex import Problem

def extend(registry):
    registry.add_check("short-title", short)

def short(archive):
    for one in archive.articles:
        if len(one.title) < 4:
            yield Problem(
                code="short-title", severity="error", file="content/x.md", line=1, message=one.title, fix=""
            )
"""


def test_what_checks_of_plug_ins_find_is_told_and_may_be_ignored(site: Site) -> None:
    site.put("mine.py", PLUGIN)
    site.put("lwnindex.toml", f'plugins = ["mine:extend"]\n{TOML}')

    assert site.found() == [("short-title", "content/x.md", 1)] * 2
    told = json.loads(sarif(site.checked().findings, "1", {}))
    (rule,) = told["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]) == ("short-title", {"level": "error"})

    site.put("lwnindex.toml", f'plugins = ["mine:extend"]\n{TOML}[check]\nignore = ["short-title"]\n')
    assert site.found() == []


@pytest.mark.parametrize("code", ["dead-lynk", "mine"])
def test_a_code_to_be_ignored_that_there_is_not_is_told(site: Site, code: str) -> None:
    site.put("lwnindex.toml", f'{TOML}[check]\nignore = ["{code}"]\n')

    with pytest.raises(SiteError, match=f'names "{code}", which is no code'):
        site.found()


def test_a_note_of_a_topic_is_told_with_its_file(site: Site) -> None:
    site.put(
        "content/topics.toml", "[\"Kernel/BPF\"]\nnote = '''\nIt is [here](https://other.example/a).\n'''\n"
    )

    assert site.found() == [("vague-link", "content/topics.toml", 3)]


def test_addresses_of_the_web_are_known_with_the_place_of_the_first(site: Site) -> None:
    site.put("content/bad.md", article("Bad", "W.\n\nOn [its page](https://other.example/a#b).", day=3))

    found = site.checked().outward["https://other.example/a"]

    assert (found.file, found.line) == ("content/bad.md", 9)


def test_workers_find_what_one_process_finds(site: Site) -> None:
    for number in range(40):
        body = f"It is [here](https://o.example/{number}).\n\n```\nx{number}\n```\n\n[no](two.md#no)"
        site.put(f"content/{number}.md", article(f"A {number}", body, day=3))

    alone = site.checked()

    assert site.checked(SERIAL._replace(executor="processes", jobs=2)) == alone
    assert len(alone.findings) == 120


def test_a_template_that_fails_ends_the_check(site: Site) -> None:
    site.theme("{% block main %}", "{{ page.nothing }}{% block main %}")

    with pytest.raises(SiteError, match=r"base\.html"):
        site.checked()


def test_a_site_without_an_address_can_be_checked(site: Site) -> None:
    site.put("lwnindex.toml", "")

    assert [code for code, *_ in site.found()] == ["no-url"]


@pytest.mark.parametrize("url", ["https://example.org", "https://example.org/"])
def test_the_address_that_new_sites_begin_with_is_told_until_it_is_another(site: Site, url: str) -> None:
    site.put("lwnindex.toml", TOML.replace("https://news.example/", url))

    assert [code for code, *_ in site.found()] == ["no-url"]


def test_what_a_feed_repeats_of_an_article_is_told_of_the_article(site: Site) -> None:
    site.put("content/bad.md", article("Bad", "See [it](https://news.example/nowhere/).", day=3))

    assert site.found() == [("dead-link", "content/bad.md", 7)]


def test_pretty_links_lead_to_pages(site: Site) -> None:
    site.put("lwnindex.toml", f'{TOML}[links]\nstyle = "pretty"\n')

    assert site.found() == []


def test_nothing_is_wrong_with_the_demo(tmp_path: Path) -> None:
    found = config.load(ROOT / "lwnindex.toml", {}, {"store": str(tmp_path)})

    assert check(found, Options(now="2026-06-01")).findings == ()


def test_nothing_is_wrong_with_the_golden_site(tmp_path: Path) -> None:
    golden = tmp_path / "golden"
    shutil.copytree(ROOT / "tests/golden", golden, ignore=shutil.ignore_patterns("site"))
    found = config.load(golden / "lwnindex.toml", {}, {"store": str(tmp_path / "store")})
    told = {(one.problem.code, one.problem.file) for one in check(found).findings}

    assert told == set()
