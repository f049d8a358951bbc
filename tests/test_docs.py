"""The documents are true: commands, links, and every verb, option, key and problem code has its line."""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote, urlsplit

import click
import lxml.html
import markdown
import msgspec
import pytest

from lwnindex.cli import main
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.problems import CODES
from lwnindex.settings import Config
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import View
from tests import variables
from tests.programs import ROOT

REFERENCE = ROOT / "docs/reference.md"
HEADER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
DOCUMENTS = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page(path: Path) -> lxml.html.HtmlElement:
    """Return a document as HTML, without the header that files it in the manual."""
    body = markdown.markdown(HEADER.sub("", text(path)), extensions=["fenced_code", "tables"])
    return lxml.html.fromstring(f"<div>{body}</div>")


@pytest.mark.parametrize("command", ["make site", "make test"])
def test_readme_and_contributing_open_with_the_commands(command: str) -> None:
    assert command in text(ROOT / "README.md")[:1500]
    assert command in text(ROOT / "CONTRIBUTING.md")[:1500]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_readme_has_the_pip_equivalents(lock: str) -> None:
    assert f"pip install --require-hashes -r {lock}" in text(ROOT / "README.md")
    assert (ROOT / lock).is_file()


def test_every_make_target_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = {
        (path.name, target)
        for path in DOCUMENTS
        for target in re.findall(r"(?:^ *|`)make ([a-z-]+)", text(path), re.MULTILINE)
    }
    assert {name for name in named if name[1] not in targets} == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "package-lock.json"])
def test_locks_name_no_index(lock: str) -> None:
    assert re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", text(ROOT / lock)) == []


def test_changelog_has_an_unreleased_section() -> None:
    assert re.search(r"^## \[?Unreleased\]?$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Return the ids of the headings of a document, as Git's web pages make them."""
    headings = page(path).xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    names = [
        re.sub(r"[^\w\- ]", "", heading.text_content().lower()).replace(" ", "-") for heading in headings
    ]
    return {f"{name}-{k}" if k else name for i, name in enumerate(names) for k in [names[:i].count(name)]}


def links(path: Path) -> Iterator[str]:
    addresses = page(path).xpath("//a/@href|//img/@src")
    return (link for link in addresses if not urlsplit(link).netloc and not urlsplit(link).scheme)


def leads_somewhere(path: Path, link: str) -> bool:
    parts = urlsplit(link)
    target = path.parent / unquote(parts.path) if parts.path else path
    return target.exists() and (not parts.fragment or unquote(parts.fragment) in anchors(target))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    assert [link for link in links(path) if not leads_somewhere(path, link)] == []


def level(element: lxml.html.HtmlElement) -> int:
    """Return 1 to 6 for a heading, and 7 for all else."""
    return int(element.tag[1]) if re.fullmatch("h[1-6]", element.tag) else 7


def words(element: lxml.html.HtmlElement) -> set[str]:
    """Return the first word of every line of code: `--jobs` of `--jobs N`, `title` of `title = "News"`."""
    lines = [line.split() for code in element.iter("code") for line in code.text_content().splitlines()]
    return {line[0] for line in lines if line}


def inside(place: int, elements: list[lxml.html.HtmlElement]) -> set[str]:
    """Return the words of code between the heading at a place and the next that is not below it."""
    top = level(elements[place])
    section = takewhile(lambda element: level(element) > top, elements[place + 1 :])
    return set().union(*map(words, section))


def sections() -> Iterator[tuple[str, set[str]]]:
    """Return each heading of the reference with the words of code in its section."""
    elements = list(page(REFERENCE))
    for place, element in enumerate(elements):
        if level(element) < 7:
            yield element.text_content(), inside(place, elements)


def below(heading: str) -> set[str]:
    """Return the words of code in all sections whose heading matches."""
    return set().union(*(found for title, found in sections() if re.search(heading, title)))


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Return each verb with its full name: `lwnindex export json`."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for verb, child in command.commands.items():
        yield from commands(child, f"{name} {verb}")


VERBS = dict(commands(main, "lwnindex"))


def options(command: click.Command) -> set[str]:
    own = (parameter for parameter in command.params if isinstance(parameter, click.Option))
    return {option for parameter in own for option in (*parameter.opts, *parameter.secondary_opts)}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_section_in_the_reference_with_its_options(verb: str) -> None:
    assert [title for title, _ in sections() if re.search(rf"{verb}\b", title)], f"no heading names {verb}"
    lacking = options(VERBS[verb]) - below(rf"{verb}\b")
    assert not lacking, f"below the heading of {verb} these are missing: {sorted(lacking)}"


def test_the_options_of_the_program_stand_in_the_reference() -> None:
    lacking = options(main) - words(page(REFERENCE))
    assert not lacking, f"missing: {sorted(lacking)}"


def structs(annotation: Any) -> Iterator[type[msgspec.Struct]]:
    """Return the structs in an annotation such as `dict[str, NamedIndex]`."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    for argument in get_args(annotation):
        yield from structs(argument)


def keys(struct: type[msgspec.Struct], table: str = "") -> Iterator[tuple[str, str]]:
    """Return each key of the configuration with its table: `("site", "url")`."""
    for field in msgspec.structs.fields(struct):
        inner = tuple(structs(field.type))
        if not inner:
            yield table, field.encode_name
        for child in inner:
            yield from keys(child, f"{table}.{field.encode_name}".lstrip("."))


TABLES = sorted({table for table, _ in keys(Config)})


@pytest.mark.parametrize("table", TABLES)
def test_every_key_stands_below_a_heading_that_names_its_table(table: str) -> None:
    """A heading names a table by `[site]` or `[indexes.NAME]`; keys above all tables may stand anywhere."""
    known = below(rf"\[{re.escape(table)}[].]") if table else words(page(REFERENCE))
    lacking = [key for of, key in keys(Config) if of == table and key not in known]
    assert not lacking, f"below a heading with [{table}] these are missing: {lacking}"


def test_every_problem_code_stands_in_the_reference() -> None:
    lacking = CODES.keys() - words(page(REFERENCE))
    assert not lacking, f"missing: {sorted(lacking)}"


def test_what_templates_see_is_documented_as_the_code_has_it() -> None:
    assert text(variables.PAGE) == variables.page(), "run `make variables`"


def test_every_variable_of_a_template_says_what_it_is() -> None:
    silent = [
        f"{value.__name__}.{field.name}"
        for value in [SiteView, View, *TEMPLATE_OF, *variables.values()]
        for field in msgspec.structs.fields(value)
        if not variables.said_of_fields(value).get(field.name)
    ]
    assert silent == [], "say it in a comment beside the field"


def test_every_block_and_part_of_the_default_theme_says_what_it_is() -> None:
    written, _, made = text(variables.PAGE).partition("## Parts of the default theme")
    assert variables.blocks() == set(
        re.findall(r"^\| `(\w+)` \|", written.partition(variables.MARK)[0], re.MULTILINE)
    )
    assert re.findall(r"^\| `[\w/.]+` \|.*\|\s*\|$", made, re.MULTILINE) == []


def test_every_filter_says_what_it_gives() -> None:
    made = text(variables.PAGE).partition("## Filters")[2]
    assert re.findall(r"^\| `\w+` \|\s*\|$", made, re.MULTILINE) == []


PROMISES = ROOT / "docs/promises.md"


def _promises() -> dict[str, str]:
    """Return what stands below each numbered heading of the promises."""
    promised = text(PROMISES).partition("## What is not promised")[0]
    parts = re.split(r"^## (\d+)\. .*$", promised, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("number", [str(each) for each in range(1, 11)])
def test_every_promise_names_the_tests_that_show_it(number: str) -> None:
    said = re.findall(r"^- (.+?)(?=^- |\Z)", _promises()[number], re.MULTILINE | re.DOTALL)
    assert said
    for one in said:
        (file,) = re.findall(r"\]\(\.\./(tests/[\w/]+\.py)\)", one)
        named = re.findall(r"`(test_\w+)`", one)
        assert named, one
        assert [name for name in named if f"def {name}(" not in text(ROOT / file)] == []
