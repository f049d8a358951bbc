"""The programs that are measured: how each is called, where its site stands, and which of them are here."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parent
OUTPUT = "public"
HUGO, PELICAN, OURS, OURS_FULL = "hugo", "pelican", "lwnindex", "lwnindex-full"
NAMES = (HUGO, PELICAN, OURS, OURS_FULL)


class Builder(NamedTuple):
    """A program and its site.

    `site` is what the site is copied from (folders into it by name), `articles` where the corpus goes,
    `template` the template of articles, `kept` what it keeps from one build for the next. One that is `slow`
    is run in the first round alone, the others in every round.
    """

    name: str
    dialect: str
    site: Mapping[str, Path]
    articles: str
    template: str
    command: tuple[str, ...]
    kept: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}
    slow: bool = False


def builders(names: tuple[str, ...], venv: Path) -> tuple[tuple[Builder, ...], tuple[str, ...]]:
    """Return the named builders that are here, and a sentence for each that is not."""
    # They are run in folders of their own.
    found = [_MAKERS[name](venv.resolve()) for name in names]
    absent = [name for name, one in zip(names, found, strict=True) if one is None]
    sentences = tuple(
        f"{name} is left out: it is not in {venv.name}/ (`make bench` puts it there)." for name in absent
    )
    return tuple(one for one in found if one), sentences


def hugo_program(venv: Path) -> Path | None:
    """Return Hugo's own binary; the Python wrapper before it would cost its start."""
    return next(iter(sorted(venv.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))), None)


def _hugo(venv: Path) -> Builder | None:
    program = hugo_program(venv)
    if program is None:
        return None
    return Builder(
        name=HUGO,
        dialect="hugo",
        site={"": HERE / "peers" / "hugo"},
        articles="content/Articles",
        template="layouts/page.html",
        command=(str(program), "--quiet", "--destination", OUTPUT, "--cacheDir", "{site}/.cache"),
        kept=(".cache", "resources", ".hugo_build.lock"),
    )


def _pelican(venv: Path) -> Builder | None:
    program = venv / "bin" / "pelican"
    if not program.is_file():
        return None
    return Builder(
        name=PELICAN,
        dialect="pelican",
        site={"": HERE / "peers" / "pelican"},
        articles="content/Articles",
        template="theme/templates/article.html",
        command=(str(program), "content", "-s", "pelicanconf.py", "-o", OUTPUT, "-q"),
        kept=("cache",),
        environment={"PYTHONDONTWRITEBYTECODE": "1"},
        slow=True,
    )


def _ours(_: Path) -> Builder:
    return _lwnindex(OURS, {"": HERE / "equal"}, "themes/equal/templates/article.html")


def _ours_full(_: Path) -> Builder:
    """Return ourselves with every page that the defaults have, in the default theme."""
    templates = ROOT / "themes" / "default" / "templates"
    return _lwnindex(OURS_FULL, {"": HERE / "full", "templates": templates}, "templates/article.html")


def _lwnindex(name: str, site: Mapping[str, Path], template: str) -> Builder:
    folders = ("--content", "{site}/Articles", "--output", f"{{site}}/{OUTPUT}", "--store", "{site}/.store")
    return Builder(
        name=name,
        dialect="lwnindex",
        site=site,
        articles="Articles",
        template=template,
        command=(sys.executable, "-m", "lwnindex", "build", "--config", "{site}/lwnindex.toml", *folders),
        kept=(".store",),
        environment={"PYTHONPATH": str(ROOT)},
    )


_MAKERS = {HUGO: _hugo, PELICAN: _pelican, OURS: _ours, OURS_FULL: _ours_full}
