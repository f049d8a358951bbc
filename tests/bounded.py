"""A program that does each piece of work in a process which the kernel ends when it needs too much.

`python -m tests.bounded TABLE WAY SIZE NAME...` composes texts of `pathological`, or of a file of generators,
and prints for each a line: how it ended (0 is well), its CPU seconds, its megabytes, what came of it.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex.body import compose
from lwnindex.highlight import largest
from lwnindex.model import Dialect
from lwnindex.parse import parse
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings
from tests import makers, pathological

SECONDS = 10
MEGABYTES = 1024
_EXTRA = ("extra", "toc", "smarty", "nl2br", "sane_lists", "admonition", "attr_list", "md_in_html")
EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables"),
    *("toc", "wikilinks"),
)
"""All that come with Python-Markdown."""

_SOURCES = {
    "lwn": SourceSettings(path="content", preset="lwn"),
    "plain": SourceSettings(path="content", preset="plain"),
    "hugo": SourceSettings(path="content", preset="hugo"),
}

_LWN = "<html><head><title>T [LWN.net]</title></head><body><div class=PageHeadline><h1>T</h1></div>"
_PAGES = {
    "html": "",
    "page": "<html><head><title>T</title></head><body><article><h1>T</h1>",
    "lwnpage": f"{_LWN}<div class=ArticleText>",
    "edition": f"{_LWN}<div class=ArticleText><h2 class=SummaryHL><a href=/Articles/5/>A</a></h2>\n<p>b</p>",
}
"""The beginnings of saved pages, in which the texts stand: without one, nobody knows where an article is."""


class Ended(NamedTuple):
    """How a piece of work ended, what it cost, and what came of it: the codes of its problems."""

    name: str
    status: int
    seconds: float
    megabytes: int
    said: str


def ended(table: str, way: str, size: int, names: Sequence[str], root: str) -> list[Ended]:
    """Return how the texts with these names ended, each in a process of its own."""
    command = [sys.executable, "-m", "tests.bounded", table, way, str(size), *names]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [Ended(name, int(status), float(cpu), int(mb), said) for name, status, cpu, mb, said in rows]


def made(table: str) -> Mapping[str, pathological.Made]:
    """Return the generators of a table of `pathological`, or of a file."""
    if not table.endswith(".py"):
        found: Mapping[str, pathological.Made] = getattr(pathological, table)
        return found
    spec = importlib.util.spec_from_file_location("generators", table)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    cases: Mapping[str, pathological.Made] = module.CASES
    return cases


def _work(way: str, text: str) -> str:
    """Return what composing or reading a text comes to; it must have a body."""
    kind, _, detail = way.partition(":")
    if kind == "read":
        return _read(text, detail)
    if kind == "coded":
        # As much as has colours: in lines, or the block is none for any lexer.
        return _coded(text, detail)
    if kind == "code":
        block = f"```{detail}\n{text[:8000]}\n```\n\n"
        found = compose(block * (len(text) // 8000 + 1))
    elif kind == "extra":
        found = compose(text, extensions=_EXTRA)
    elif kind == "extension":
        found = compose(text, extensions=(detail,) if detail else EXTENSIONS)
    else:
        dialect: Dialect = "html" if kind == "html" else "commonmark" if kind == "commonmark" else "python"
        found = compose(text, accelerate=kind != "slow", markup=dialect)
    assert found.blob
    return " ".join(code for code, *_ in found.problems)


def _coded(text: str, language: str) -> str:
    """Return nothing, of an article with two blocks of code as they are and two in short lines."""
    # The line end before the closing fence is code, too.
    size = max(largest(language) - 1, 0)
    lines = "\n".join(text[at : at + 390] for at in range(0, len(text), 390))
    blocks = [f"~~~~{language}\n{one[:size]}\n~~~~\n\n" for one in (text, lines, text[:1000], lines[:1000])]
    assert compose("".join(blocks)).blob
    return ""


def _case(way: str, generator: pathological.Made, size: int) -> str:
    return _work(way, generator(size))


def _read(text: str, detail: str) -> str:
    """Return the codes of what reading a source says; it must be an article, unless it holds no text."""
    suffix = "html" if detail in _PAGES else "md"
    rules = reading(Config(), _SOURCES.get(detail, _SOURCES["lwn"]))
    content = f"{_PAGES.get(detail, '')}{text}".encode("utf-8", "replace")
    found, blobs = parse(makers.source(f"2009/a.{suffix}"), content, rules)
    codes = {one.code for one in found.problems}
    assert (found.articles and blobs) or codes & {"empty", "not-read"}, codes
    return " ".join(sorted(codes))


def _forked(work: Callable[[], str]) -> tuple[int, float, int, str]:
    """Return how work ended in a process with bounds."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        _do(work, theirs)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8", errors="replace") as file:
        said = file.read().strip()
    _, status, used = os.wait4(child, 0)
    return status, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, said


def _do(work: Callable[[], str], pipe: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        os.write(pipe, work().encode())
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the process that waits shall know
        os.write(pipe, repr(error).encode("utf-8", "replace")[:200].replace(b"\n", b" "))
        os._exit(1)


def _lines(table: str, way: str, size: int, names: Sequence[str]) -> Iterator[str]:
    cases = made(table)
    for name in names:
        status, seconds, megabytes, said = _forked(partial(_case, way, cases[name], size))
        yield f"{name}\t{status}\t{seconds:.2f}\t{megabytes}\t{said}"


if __name__ == "__main__":
    _work("slow", "a *b*\n")
    for line in _lines(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
