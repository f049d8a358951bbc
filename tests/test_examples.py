"""The examples of the manual do what the manual says: what stands on its pages is what is run here."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import lwnindex
from tests.programs import ROOT

DOCS = ROOT / "docs"


def blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a page of the manual that are in a language."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(folder: Path, *words: str) -> str:
    """Return what a Python program prints that is run in a folder."""
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def test_the_pages_show_the_examples_as_they_are() -> None:
    assert blocks("plugins.md", "python") == [(DOCS / "examples/minutes.py").read_text("utf-8")]
    assert blocks("api.md", "python")[0] == (DOCS / "examples/most_cited.py").read_text("utf-8")


def test_topics_that_only_case_tells_apart_become_one(tmp_path: Path) -> None:
    (tmp_path / "lwnindex.toml").write_text('[site]\nurl = "https://storage.example/"\n')
    (tmp_path / "content").mkdir()
    for at, entry in enumerate(["Kernel/wayland", "Kernel/Wayland", "Kernel/Wayland", 'Kernel/"X"']):
        text = f"---\ntitle: T{at}\ndate: 2009-12-0{at + 1}\nentries: ['{entry}']\n---\nWords.\n"
        (tmp_path / f"content/{at}.md").write_text(text)

    printed = run(tmp_path, str(DOCS / "examples/one_spelling.py"))
    assert printed == '["Kernel/Wayland"]\naliases = ["Kernel/wayland"]\n'
    (tmp_path / "content/topics.toml").write_text(printed)
    run(tmp_path, "-m", "lwnindex", "build", "--strict", "--quiet")


def test_the_plug_in_of_the_manual_works(tmp_path: Path) -> None:
    (toml,), (source, printed) = blocks("plugins.md", "toml"), blocks("plugins.md", "text")
    (tmp_path / "lwnindex.toml").write_text(toml)
    (tmp_path / "minutes.py").write_text(blocks("plugins.md", "python")[0])
    (tmp_path / "content").mkdir()
    (tmp_path / "content/third.minutes").write_text(source)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/author.html").write_text("{{ page.name | initials }}")

    run(tmp_path, "-m", "lwnindex", "build", "--strict", "--quiet")
    assert (
        "<p>We agreed to <em>meet again</em>.</p>"
        in (tmp_path / "site/Articles/third/index.html").read_text()
    )
    assert (tmp_path / "site/Kernel/Block_layer/index.html").is_file()
    assert (tmp_path / "site/Authors/Ada_Example/index.html").read_text() == "A. E."
    assert run(tmp_path, "-m", "lwnindex", "export", "reading-list") == printed


def test_the_check_of_the_manual_finds_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "minutes.py").write_text(blocks("plugins.md", "python")[0])
    monkeypatch.syspath_prepend(str(tmp_path))
    import minutes  # type: ignore[import-not-found]

    (tmp_path / "content").mkdir()
    (tmp_path / "content/one.md").write_text("---\ntitle: One\n---\n")
    with lwnindex.load(lwnindex.Config(), root=tmp_path) as archive:
        found = list(minutes.without_summary(archive))
    assert [(one.code, one.file) for one in found] == [("no-summary", "content/one.md")]


def test_the_script_of_the_manual_finds_the_most_cited_articles() -> None:
    lines = run(ROOT, "docs/examples/most_cited.py").splitlines()
    counts = [int(line.split()[0]) for line in lines]

    assert len(lines) == 10
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1


def test_the_notebook_of_the_manual_holds(tmp_path: Path) -> None:
    (tmp_path / "cells.py").write_text(blocks("api.md", "python")[1])
    assert run(tmp_path, "cells.py") == ""


def names() -> Iterator[tuple[str, str]]:
    """Yield every public name of the API with the one that it belongs to."""
    values = ("Archive", "Article", "Topic", "Loaded", "Site", "Report", "Problem", "Reference", "Manuscript")
    for name in lwnindex.__all__:
        yield name, ""
    for name in (*values, "Registry"):
        kind = getattr(lwnindex, name)
        inherited = set(dir(kind.__mro__[1])) if name == "Loaded" else set()
        fields = getattr(kind, "__struct_fields__", ()) or getattr(kind, "_fields", ())
        own = {each for each in (*vars(kind), *fields) if not each.startswith("_")}
        yield from ((each, name) for each in sorted(own - inherited))


@pytest.mark.parametrize(("name", "of"), sorted(set(names())))
def test_every_name_of_the_api_is_documented_and_has_a_docstring(name: str, of: str) -> None:
    text = (DOCS / "api.md").read_text("utf-8")
    part = text.partition(f"| `{of}` |")[2].partition("\n\n")[0] if of else text

    assert re.search(rf"`{name}[`(]|\b{name}\b", part), f"docs/api.md does not say what {of}.{name} is"
    value = getattr(getattr(lwnindex, of) if of else lwnindex, name)
    assert not callable(value) or value.__doc__


def test_no_name_of_the_api_is_that_of_a_module() -> None:
    """Whoever imports `lwnindex.load` would have it take the place of the function `load`."""
    modules = {path.stem for path in (ROOT / "lwnindex").iterdir()}

    assert modules & set(lwnindex.__all__) == set()
