"""No text needs more than ten seconds of CPU and a gigabyte to be composed, and each has a body.

The bounds are the kernel's, in a process for each text: what goes beyond them is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import pytest

from lwnindex.digest import digest_bytes
from lwnindex.highlight import languages, largest
from lwnindex.markup import limits
from lwnindex.model import Dialect
from tests import bounded, pathological
from tests.lengths import is_long, trials
from tests.programs import ROOT

_DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_LARGE = 50_000
_MEGABYTES_OF_LARGE = 600
_FILLINGS = pathological.FILLINGS
_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
_OF_GENERATORS = (1_000, 100_000, 10_000_000)

Figure = Callable[[str], None]


def _some(names: Sequence[str], salt: str, most: int) -> list[str]:
    """Return some names, others for each salt, always the same."""
    return sorted(names, key=lambda name: digest_bytes(f"{salt}{name}".encode()))[:most]


def _held(
    table: str, way: str, figure: Figure, most: int, sizes: Sequence[int] = _SIZES, *, in_soak: int = 80
) -> None:
    """Try so many texts of a table, in a soak of each size, and fail where one did not end well."""
    names = list(bounded.made(table))
    tried = [
        one
        for size in (sizes if is_long() else (_LARGE,))
        for one in bounded.ended(
            table, way, size, _some(names, f"{way}{size}", trials(most, in_soak)), str(ROOT)
        )
    ]
    plain = sum("too-large" in one.said for one in tried)
    slowest = max(tried, key=lambda one: one.seconds)
    figure(
        f"{len(tried)} texts ended, {plain} of them letter by letter; the slowest took {slowest.seconds} s"
    )
    assert [one for one in tried if one.status] == []


@pytest.mark.parametrize("way", ["python", "slow", "commonmark", "html", "extra", "read:lwn"])
def test_every_markdown_has_a_body_in_time(way: str, figure: Figure) -> None:
    _held("MARKDOWN", way, figure, 6)


@pytest.mark.parametrize(
    "way", ["html", "slow", "commonmark", "read:html", "read:page", "read:lwnpage", "read:edition"]
)
def test_every_html_has_a_body_in_time(way: str, figure: Figure) -> None:
    _held("HTML", way, figure, 6)


@pytest.mark.parametrize("way", ["read:plain", "read:hugo", "read:lwn"])
def test_every_header_and_every_dump_is_an_article_in_time(way: str, figure: Figure) -> None:
    _held("HEADERS", way, figure, 8)


def test_code_of_every_language_has_a_body_in_time(figure: Figure) -> None:
    chosen = _some(sorted(languages()), "", trials(3, len(languages())))
    names = list(pathological.CODE)
    tried = [
        one
        for language in chosen
        for one in bounded.ended("CODE", f"code:{language}", _LARGE, _some(names, language, 6), str(ROOT))
    ]
    figure(f"{len(tried)} texts of code in {len(chosen)} languages ended")
    assert [one for one in tried if one.status] == []


def test_generated_code_of_every_language_has_a_body_in_time(shared: Path, figure: Figure) -> None:
    table = str(shared / "corpora/hostile/generators/code_gen.py")
    names = list(bounded.made(table))
    chosen = _some(sorted(languages()), "generated", trials(4, 150))
    tried = [
        (language, one)
        for language in chosen
        for one in bounded.ended(
            table, f"coded:{language}", largest(language), _some(names, language, 12), str(ROOT)
        )
    ]
    slowest = max(one.seconds for _, one in tried)
    figure(f"{len(tried)} articles of code in {len(chosen)} languages ended; the slowest took {slowest} s")
    assert [one for one in tried if one[1].status] == []


@pytest.mark.parametrize("extension", ["", "codehilite", "extra"])
def test_no_extension_of_python_markdown_takes_a_text_beyond_the_bounds(
    extension: str, shared: Path, figure: Figure
) -> None:
    way = f"extension:{extension}"
    _held("MARKDOWN", way, figure, 4, (100_000,))
    _held(str(shared / "corpora/hostile/generators/markdown_gen.py"), way, figure, 4, (10_000, 100_000))


def test_each_extension_alone_holds_the_bounds(shared: Path, figure: Figure) -> None:
    table = str(shared / "corpora/hostile/generators/markdown_gen.py")
    names = list(bounded.made(table))
    tried = [
        one
        for name in bounded.EXTENSIONS
        for one in bounded.ended(
            table, f"extension:{name}", _LARGE, _some(names, name, trials(1, 30)), str(ROOT)
        )
    ]
    figure(f"{len(tried)} texts ended with one of {len(bounded.EXTENSIONS)} extensions")
    assert [one for one in tried if one.status] == []


@pytest.mark.parametrize("unit", sorted(_FILLINGS))
def test_a_very_large_source_is_shown_within_the_bounds(unit: str, figure: Figure) -> None:
    (one,) = bounded.ended("FILLINGS", "read:lwn", 25_000_000 if is_long() else 10_000_000, [unit], str(ROOT))

    figure(f"{unit}: {one.seconds} s and {one.megabytes} MB")
    assert one.status == 0
    assert one.megabytes <= _MEGABYTES_OF_LARGE


@pytest.mark.parametrize("way", ["python", "slow", "commonmark", "html", "read:plain"])
def test_the_generators_beside_the_checkout_have_bodies_in_time(
    way: str, shared: Path, figure: Figure
) -> None:
    table = str(shared / "corpora/hostile/generators/markdown_gen.py")
    _held(table, way, figure, 3, _OF_GENERATORS, in_soak=len(bounded.made(table)))


def test_no_real_article_is_beyond_a_limit(shared: Path, figure: Figure) -> None:
    found = [
        path
        for path in (shared / "corpora").rglob("*.m*d*")
        if path.is_file() and "hostile" not in path.parts
    ]
    found.append(shared / "corpora/hostile/markdown/commonmark/spec.txt")
    refused = [
        (path.name, dialect)
        for path in found
        for dialect in _DIALECTS
        if limits(path.read_text("utf-8", "replace"), dialect, usual=False)
    ]

    figure(f"{len(found)} articles are within the limits of {len(_DIALECTS)} dialects")
    assert refused == []
