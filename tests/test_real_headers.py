"""The headers of real archives are read as their own generators read them.

What is expected comes from PyYAML, tomllib and a split of lines, which share nothing with the program.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from lwnindex.model import Manuscript
from lwnindex.presets import PresetName
from lwnindex.readers.frontmatter import is_headed, read
from lwnindex.readers.text import decode
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings


class Told(NamedTuple):
    """What a header says of an article; dates as text, without what the program does with them."""

    title: str
    date: str
    lang: str
    terms: set[tuple[str, str]]
    draft: bool
    updated: str = ""


class Archive(NamedTuple):
    """A folder of the corpora, how it is read, how many texts it holds, and another way to read them."""

    folder: str
    preset: PresetName
    texts: int
    told: Callable[[str, Path], Told]


def yaml_fields(text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load(
        text.split("\n---", 1)[0].removeprefix("---"), Loader=yaml.BaseLoader
    )
    return found


def listed(said: Any) -> list[str]:
    if isinstance(said, str):
        return said.split()
    return [one for one in said or [] if one]


def jekyll(text: str, path: Path) -> Told:
    fields = yaml_fields(text)
    single = fields.get("category")
    categories = ([single] if isinstance(single, str) else single) or listed(fields.get("categories"))
    lang = re.sub("_(.*)", lambda found: "-" + found[1].upper(), fields.get("lang", ""))
    return Told(
        title=" ".join(fields["title"].split()),
        date=fields.get("date") or path.name[:10],
        lang=lang,
        terms={("Categories", one) for one in categories}
        | {("Tags", one) for one in listed(fields.get("tags"))},
        draft=fields.get("published") == "false" or fields.get("draft") == "true",
    )


def nodejs(text: str, path: Path) -> Told:
    fields = yaml_fields(text)
    terms = {("Categories", fields["category"])} if "category" in fields else set()
    return Told(fields["title"], fields["date"], "", terms, False)


def zola(text: str, path: Path) -> Told:
    fields = tomllib.loads(text.split("\n+++", 1)[0].removeprefix("+++"))
    dated = re.search(r"(\d{4})/(\d\d)/(\d\d)/", fields["path"])
    taken = fields.get("taxonomies", {})
    terms = {(name.title(), one) for name in ("tags", "categories") for one in taken.get(name, ())}
    day = str(fields.get("date") or ("-".join(dated.groups()) if dated else ""))
    return Told(fields["title"], day, "", terms, fields.get("draft", False), str(fields.get("updated", "")))


def pelican(text: str, path: Path) -> Told:
    rows = [row.partition(":") for row in text.split("\n\n", 1)[0].split("\n")]
    fields = {name.lower(): value.strip() for name, _, value in rows}
    tags = [one.strip() for one in fields.get("tags", "").split(",")]
    terms = {("Tags", one) for one in tags if one} | {("Categories", fields["category"])}
    return Told(
        fields["title"], fields["date"], fields.get("lang", ""), terms, fields.get("status") == "draft"
    )


ARCHIVES = (
    Archive("nodejs-blog", "hugo", 60, nodejs),
    Archive("nodejs-blog", "jekyll", 60, nodejs),
    Archive("nodejs-blog", "plain", 60, nodejs),
    Archive("opensuse-news", "jekyll", 120, jekyll),
    Archive("ruby-news", "jekyll", 100, jekyll),
    Archive("rust-blog", "zola", 80, zola),
    Archive("this-week-in-rust", "pelican", 60, pelican),
    Archive("tinylab", "jekyll", 40, jekyll),
)


def moment(text: str) -> datetime:
    """Return a date as Python's own reader has it, to the second."""
    joined = re.sub(r" (?=[+-]\d{4}$)", "", text)
    padded = re.sub(r"^(\d{4}-\d\d-\d\d) (\d):", r"\1 0\2:", joined)
    found = datetime.fromisoformat(padded)
    return found - timedelta(microseconds=found.microsecond)


def said(found: Manuscript) -> dict[str, object]:
    return {
        "title": found.title,
        "date": moment(found.date) if found.date else None,
        "lang": found.lang or "",
        "terms": set(found.entries),
        "draft": found.draft,
        "updated": found.updated or "",
    }


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda one: f"{one.folder}-{one.preset}")
def test_headers_are_read_as_by_their_own_generators(archive: Archive, shared: Path) -> None:
    folder = shared / "corpora" / "archives" / archive.folder
    rules = reading(Config(), SourceSettings(path=archive.folder, preset=archive.preset))
    paths = sorted(path for path in folder.rglob("*.m*") if path.is_file())
    faults = set()
    assert len(paths) == archive.texts

    for path in paths:
        place = path.relative_to(folder)
        text, _ = decode(path.read_bytes(), str(place))
        found = read(text, f"content/{archive.folder}/{place}", rules, str(place))
        told = archive.told(text, place)
        assert is_headed(text, rules), place
        assert said(found) == {**told._asdict(), "date": moment(told.date)}, place
        faults |= {one.code for one in found.problems}

    # What bodies lose is the matter of other tests.
    faults.discard("left-out")
    # `layout` and `license` are nobody's in an archive of no generator.
    assert faults == ({"unknown-field"} if archive.preset == "plain" else set())
