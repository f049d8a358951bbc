"""All texts of the interface, found in the default theme's templates and in what makes views.

`python -m tests.wordlist` (`make words`) writes them to `lwnindex/locale/lwnindex.pot` and brings each
catalogue up to date with it: new texts come in without a translation, texts that have gone leave.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from lwnindex.formats.wording import PLURAL, TEXT
from tests.programs import ROOT

LOCALE = ROOT / "lwnindex/locale"
POT = LOCALE / "lwnindex.pot"
TEMPLATES = ROOT / "themes/default/templates"
_HEADER = """\
# The words of lwnindex's pages{language}. `make words` keeps this file up to date with them.
msgid ""
msgstr ""
{tag}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
{rule}
"""


class Text(NamedTuple):
    """A text and the file it stands in; one that counts has a plural."""

    sources: tuple[str, ...]
    file: str


def texts() -> dict[tuple[str, ...], list[str]]:
    """Return the files of each text."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in (*_in_templates(), *_in_modules()):
        files = found.setdefault(one.sources, [])
        if one.file not in files:
            files.append(one.file)
    return {sources: sorted(files) for sources, files in found.items()}


def _in_templates() -> Iterator[Text]:
    for place in sorted(TEMPLATES.rglob("*.html")):
        for call in Environment(autoescape=True).parse(place.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in (TEXT, PLURAL):
                sources = call.args[:2] if call.node.name == PLURAL else call.args[:1]
                yield Text(tuple(each.as_const() for each in sources), _named(place))


def _in_modules() -> Iterator[Text]:
    for place in sorted((ROOT / "lwnindex").rglob("*.py")):
        for node in ast.walk(ast.parse(place.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
            ):
                (source,) = node.args
                assert isinstance(source, ast.Constant), f"{place}:{node.lineno}"
                yield Text((str(source.value),), _named(place))


def _named(place: Path) -> str:
    return place.relative_to(ROOT).as_posix()


def template() -> Catalog:
    """Return a catalogue of all texts without translations."""
    found = Catalog(project="lwnindex", charset="utf-8", fuzzy=False)
    for sources, files in texts().items():
        found.add(sources if len(sources) > 1 else sources[0], locations=[(file, 0) for file in files])
    return found


def catalogues() -> dict[str, Path]:
    """Return the catalogues that come with the program, by language."""
    return {place.parts[-3]: place for place in sorted(LOCALE.glob("*/LC_MESSAGES/lwnindex.po"))}


def read(place: Path) -> Catalog:
    """Return a catalogue of ours."""
    with place.open("rb") as file:
        return read_po(file, abort_invalid=True)


def write(catalogue: Catalog, place: Path) -> None:
    """Write a catalogue without what changes though no text does: line numbers, time, Babel's version."""
    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    tag = catalogue.locale_identifier
    header = _HEADER.format(
        language=f", {catalogue.locale.english_name}" if catalogue.locale else "",
        tag=f'"Language: {tag}\\n"\n' if tag else "",
        rule=f'"Plural-Forms: {catalogue.plural_forms}\\n"\n' if tag else "",
    )
    place.write_bytes(header.encode() + body.getvalue())


def update() -> None:
    """Bring the template and all catalogues up to date."""
    wanted = template()
    write(wanted, POT)
    for place in catalogues().values():
        found = read(place)
        found.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        write(found, place)


if __name__ == "__main__":
    update()
    sys.stdout.write(f"{len(texts())} texts, {len(catalogues())} languages\n")
