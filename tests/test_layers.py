"""ARCHITECTURE.md is true: it names every module, and each imports only what stands above it there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import ROOT

PACKAGE = ROOT / "lwnindex"
STAGES = ("parse", "index", "search", "link", "theme", "render")
EDGES = (
    *(
        "clock.py",
        "config.py",
        "tomlfiles.py",
        "hosts.py",
        "web.py",
        "outbound.py",
        "contentfiles.py",
        "helditems.py",
        "fetch.py",
        "attached.py",
        "intake.py",
        "importing.py",
        "pictures.py",
        "walk.py",
        "unlinked.py",
        "loading.py",
        "languages.py",
        "themefiles.py",
        "program.py",
        "plugins.py",
        "folders.py",
        "gather.py",
        "revise.py",
    ),
    *("disk.py", "lock.py", "journal.py", "standing.py", "files.py", "writing.py"),
    *("carried.py", "mirror.py", "trees.py", "publishing.py"),
    *(
        "explain.py",
        "options.py",
        "visits.py",
        "check.py",
        "advice.py",
        "explaining.py",
        "underway.py",
        "site.py",
        "export/packing.py",
        "export/zim.py",
        "export/target.py",
        "exporting.py",
    ),
    *("export/sqlite.py", "handover.py"),
    *(
        "uploads.py",
        "planning.py",
        "report.py",
        "cli_manners.py",
        "completing.py",
        "cli_completion.py",
        "cli_version.py",
        "start.py",
        "cli_build.py",
        "cli_due.py",
        "starting.py",
        "cli_new.py",
        "cli_check.py",
        "cli_export.py",
        "cli_sources.py",
        "cli_topics.py",
        "cli.py",
    ),
    *("rewriting.py", "foresight.py", "refile.py", "cli_refiling.py"),
    *(
        "preview/answers.py",
        "preview/server.py",
        "preview/watching.py",
        "preview/room.py",
        "preview/faults.py",
    ),
    *("serve.py", "cli_serve.py"),
    *("api.py", "storing.py", "counting.py", "suggesting.py", "cli_suggest.py"),
)
OUTSIDE_WORLD = {
    *("os", "io", "pathlib", "shutil", "tempfile", "glob", "subprocess", "socket", "http", "urllib.request"),
    *(
        "time",
        "random",
        "secrets",
        "uuid",
        "locale",
        "sqlite3",
        "pickle",
        "shelve",
        "threading",
        "multiprocessing",
    ),
}


def listed() -> list[str]:
    """Return the modules of the list, in its order."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    tree = text.split("```text\nlwnindex/\n", 1)[1].split("```", 1)[0]
    return re.findall(r"^  ([a-z_/]+\.py) ", tree, re.MULTILINE)


def modules() -> list[str]:
    """Return the modules of the package that hold code of their own."""
    found = (path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    return sorted(path for path in found if not path.endswith(("__init__.py", "__main__.py")))


def imported(path: str) -> Iterator[str]:
    """Yield the dotted names that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: str) -> set[str]:
    """Return the modules of ours that a module imports."""
    known = {each.removesuffix(".py").replace("/", "."): each for each in modules()}
    names = {name.removeprefix("lwnindex.") for name in imported(path) if name.startswith("lwnindex.")}
    return {known[name] for name in names if name in known}


def test_the_list_names_every_module_once() -> None:
    assert sorted(listed()) == modules()


@pytest.mark.parametrize("path", modules())
def test_a_module_imports_only_what_stands_above_it(path: str) -> None:
    above = listed()[: listed().index(path)]

    assert ours(path) - set(above) == set()


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_another(stage: str) -> None:
    others = {f"{each}.py" for each in STAGES if each != stage}

    # render's tools are a theme's; it takes the value, not the stage's function.
    allowed = {"theme.py"} if stage == "render" else set()
    assert ours(f"{stage}.py") & others <= allowed


@pytest.mark.parametrize("path", [each for each in modules() if each.startswith("engine/")])
def test_the_engine_knows_no_article(path: str) -> None:
    assert {each for each in ours(path) if not each.startswith("engine/")} <= {"digest.py"}


@pytest.mark.parametrize(
    "path", [each for each in modules() if each not in EDGES and not each.startswith("engine/")]
)
def test_only_edges_reach_the_outside_world(path: str) -> None:
    reached = {
        name for name in imported(path) if name in OUTSIDE_WORLD or name.split(".")[0] in OUTSIDE_WORLD
    }

    assert reached == set()


@pytest.mark.parametrize("path", modules())
def test_only_the_command_line_prints(path: str) -> None:
    tree = ast.parse((PACKAGE / path).read_text("utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert not calls & {"print", "open", "input", "eval", "exec"}


def test_every_module_has_a_test_of_its_name() -> None:
    tests = {path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    wanted = {path: str(Path(path).parent / f"test_{Path(path).name}") for path in modules()}

    assert {path for path, test in wanted.items() if test not in tests} <= {
        "model.py",  # values without behaviour
        "searchindex.py",  # the same
        "viewmodel.py",  # the same
        "viewparts.py",  # the same
        "articleviews.py",  # the same
        "indexviews.py",  # the same
        "feedviews.py",  # the same
        "searchviews.py",  # the same
        "settings.py",  # the same; config's tests read them
        "pipeline.py",  # shown by test_site and the equivalence property
    }
