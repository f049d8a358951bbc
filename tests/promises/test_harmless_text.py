"""No text steers what stands beside it: no page, feed or terminal is another for a character nobody sees."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import lxml.etree
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from lwnindex import cli, config, site
from lwnindex.body import compose
from lwnindex.options import Options
from tests import hostile, sitecheck
from tests.programs import ROOT

Figure = Callable[[str], None]

_STRINGS = ROOT.parent / "shared" / "corpora" / "hostile" / "strings" / "blns" / "blns.json"
_TROJANS = ROOT.parent / "shared" / "corpora" / "hostile" / "unicode" / "trojan-source"
_STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FILE = "content/n\x1b[31m\x9b\u202e\n[INFO] forged.md"
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]"
)
TEMPLATES = (
    *("{{ 7*7 }}", "{% raw %}7{% endraw %}", "{# 7 #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{{7*7}}}"),
    *("[[7*7]]", "@(7*7)", "*{7*7}", "{php}7*7{/php}", "{{ page.title }}{{ site.title }}"),
)
"""The syntaxes of twelve template languages, or what their engines would be asked by."""

CASES = (
    "abc\u202edef",
    "\u202e\u2066\u2067 title",
    "if (a)\u2066 /* x */ \u2069{",
    "".join(map(chr, (0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))),
    "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "a" + "".join(chr(0xE0000 + ord(each)) for each in "hidden") + "\U000e007f",
    "a\ufe0f\ufe0e",
    "Z" + "\u0301\u0334\u0489" * 200,
    "a\0b",
    "".join(map(chr, range(1, 32))),
    "".join(map(chr, range(0x80, 0xA0))),
    "\ufdd0\ufffe\uffff\U0010ffff",
    "a\u2028b\u2029c\x85d\x0be\x0cf",
    "\ufeffa\ufeffb",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b[2J",
    "\x9b31mred\x9d0;title\x9c",
    "a\r\n[INFO] forged line",
    "\x01\x08\x0b\x0c\x0e\x1f\ufffe",
    "]]>",
    "--> <!--",
    "\U0001f468\u200d" * 500,
    "\u05d0\u05d1 abc \u0627\u0644 (1)",
    "\u1100\u1161 \u3164\uffa0\u115f",
    *TEMPLATES,
)


def _texts() -> tuple[str, ...]:
    """Return all cases, with the strings of the corpus where it is there."""
    found = json.loads(_STRINGS.read_text("utf-8"))[::10] if _STRINGS.is_file() else ()
    return tuple(dict.fromkeys((*CASES, *filter(str.strip, found))))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive that has the texts as bodies, in each field, and in feeds; it is built."""
    root = tmp_path_factory.mktemp("harmless")
    hostile.bodies(root, CASES)
    hostile.fields(root, _texts())
    hostile.feeds(root, _texts())
    (root / _FILE).write_text(
        "---\ntitle: N\ndate: 2020-01-02\nentries: [Kernel/Same]\n---\n[a](b) ![a](b.png)\n"
    )
    hostile.built(root)
    return root


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, sitecheck.Page]:
    """All pages of that site."""
    return sitecheck.pages(root / "site")


def test_no_page_and_no_feed_holds_a_control_that_steers_others(root: Path, figure: Figure) -> None:
    held = [
        (path, found[0])
        for path in (root / "site").rglob("*")
        if path.suffix in (".html", ".rss", ".atom", ".json", ".xml", ".opml", ".txt", ".js")
        and (found := _NEVER.search(path.read_bytes().decode("utf-8")))
    ]

    assert held == []
    figure(f"{len(_texts())} texts in every field and in bodies: no control in a page or a feed")


def test_every_feed_and_list_is_well_formed(root: Path, figure: Figure) -> None:
    found = [each for each in (root / "site").rglob("*") if each.suffix in (".rss", ".atom", ".xml", ".opml")]

    for each in found:
        lxml.etree.parse(each, lxml.etree.XMLParser(resolve_entities=False, no_network=True))

    assert len(found) > 10
    figure(f"{len(found)} feeds and lists are well-formed XML")


def test_no_page_has_a_link_that_leads_nowhere(root: Path, pages: dict[str, sitecheck.Page]) -> None:
    assert sitecheck.dead(root / "site", pages) == []


@pytest.mark.parametrize("number", range(len(TEMPLATES)))
def test_the_syntax_of_templates_prints_itself(pages: dict[str, sitecheck.Page], number: int) -> None:
    text = TEMPLATES[number]
    at = _texts().index(text)
    page = pages[f"Articles/f{at}/index.html"]
    head = page.tree.find(".//title").text

    assert text in head
    assert text in page.tree.find(".//h1").text_content()
    assert page.tree.find(".//pre").text_content().strip() == text


def _printed(root: Path, *words: str) -> str:
    """Return all that a command prints, on both streams."""
    said = [str(root / each) if each == _FILE else each for each in words]
    found = CliRunner().invoke(
        cli.main, [*said, "--config", str(root / "lwnindex.toml")], catch_exceptions=False
    )
    assert found.exit_code in (0, 1)
    return found.output.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "words",
    [
        *(("build",), ("build", "--json"), ("config",), ("explain", _FILE)),
        *(("topics", verb, *more) for verb in ("list", "tree", "lint", "gaps") for more in ((), ("--json",))),
        *(("topics", "show", "Kernel/Same"), ("topics", "suggest", _FILE)),
        ("topics", "suggest", "--json", _FILE),
        ("topics", "rename", "Kernel/Same", "Kernel/Other", "--dry-run"),
        *(("export", *form) for form in (("json",), ("csv", "--table", "articles"), ("skos",))),
        *(("import", _FILE, "--to", "new", "--dry-run", *more) for more in ((), ("--json",))),
    ],
)
def test_nothing_that_a_command_prints_steers_a_terminal(root: Path, words: tuple[str, ...]) -> None:
    said = _printed(root, *words)

    assert said
    assert [line for line in said.split("\n") if _NEVER.search(line)] == []
    # Neither the case nor the name with a line break forges one.
    assert "\n[INFO]" not in said


@pytest.mark.parametrize("letter", _STEERING)
def test_two_names_that_differ_by_a_control_are_one_topic(tmp_path: Path, letter: str) -> None:
    for number, name in enumerate(("Ceph", f"Ce{letter}ph")):
        place = tmp_path / "content" / f"{number}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f'---\ntitle: "A{letter}"\ndate: 2020-01-02\nentries: ["Kernel/{name}"]\n---\nB\n')
    (tmp_path / "lwnindex.toml").write_text('[site]\ntitle = "T"\n')
    folders = {"output": "site", "store": "store"}

    report = site.build(config.load(tmp_path / "lwnindex.toml", {}, folders), Options(executor="serial"))

    assert report.topics == 1


def _snippets() -> list[tuple[str, str]]:
    own = [("c", "/*\u202e } \u2066if (admin)\u2069 \u2066 begin */\n")]
    return own + [
        (each.suffix[1:], each.read_text("utf-8"))
        for each in sorted(_TROJANS.glob("*/*"))
        if each.suffix in (".js", ".py")
    ]


@pytest.mark.parametrize("accelerate", [True, False])
def test_code_reads_as_it_is_run(accelerate: bool, figure: Figure) -> None:
    for language, code in _snippets():
        for body in (f"```{language}\n{code}\n```\n", f"`{code.splitlines()[0]}`\n"):
            blob = compose(body, accelerate=accelerate).blob.decode("utf-8", "replace")

            assert not _NEVER.search("".join(each for each in blob if each in _STEERING))
            assert [each for each in _STEERING if each in body and f"[U+{ord(each):04X}]" not in blob] == []
        plain = compose(code, is_plain=True).blob.decode("utf-8", "replace")
        assert [each for each in _STEERING if each in code and f"[U+{ord(each):04X}]" not in plain] == []
    figure(f"{len(_snippets())} snippets show every control by its name")


_ORDER = """
() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const odd = [];
  while (walk.nextNode()) {
    const text = walk.currentNode;
    let last = null;
    for (let at = 0; at < text.data.length; at += 1) {
      if (!/[A-Za-z0-9]/.test(text.data[at])) continue;
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const box = range.getClientRects()[0];
      if (!box || !box.width) continue;
      if (last && Math.abs(box.top - last.top) < 1 && box.left < last.left) odd.push(text.data);
      last = box;
    }
  }
  return odd;
}
"""
"""The texts of a page whose Latin letters do not stand from left to right."""


@pytest.mark.parametrize("theme", ["default", "classic"])
def test_no_field_has_what_follows_it_stand_in_another_order(tmp_path: Path, page: Page, theme: str) -> None:
    for number, letter in enumerate(("\u202e", "\u202b", "\u2067", "\u202e\u2067")):
        place = tmp_path / "content" / f"{number}.md"
        place.parent.mkdir(exist_ok=True)
        name = json.dumps(f"one {letter}two three")
        place.write_text(
            f"---\ntitle: {name}\nauthors: [{name}, Second]\nsummary: {name}\ndate: 2020-01-0{number + 1}\n"
            f"entries: [[Kernel, {name}], [Kernel, zebra]]\nid: a{number}\n---\nBody {letter}text here.\n\n"
            f"`code {letter}shown here`\n"
        )
    (tmp_path / "lwnindex.toml").write_text(
        f'[site]\ntitle = "T"\nurl = "https://example.org/"\n[theme]\nname = "{theme}"\n'
    )
    folders = {"output": "site", "store": "store"}
    site.build(config.load(tmp_path / "lwnindex.toml", {}, folders), Options(executor="serial"))
    pages = [each for each in sorted((tmp_path / "site").rglob("*.html")) if b"two" in each.read_bytes()]

    for each in pages:
        page.goto(each.as_uri())
        assert page.evaluate(_ORDER) == [], each
    assert len(pages) > 8
    page.set_content("<p>one \u202etwo three</p>")
    assert page.evaluate(_ORDER) != []
