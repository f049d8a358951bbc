"""The wheel holds all that a build needs, the themes too."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.programs import ROOT

ARTICLE = """\
# A queue for every device [LWN.net]

By **Kernel desk**\x20\x20
January 19, 2014\x20

The 3.13 kernel has a block layer with several queues.
Index entries for this article\x20\x20
---\x20\x20
[Kernel](/Kernel/Index)| [Block layer/Multiqueue](/Kernel/Index#Block_layer-Multiqueue)\x20\x20


* * *

to post comments\x20
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of this checkout, not even by an environment variable."""
    ours = ("PYTHON", "LWNINDEX_", "COV_", "COVERAGE_", "PIP_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)


def pip(*arguments: str | Path, cwd: Path) -> None:
    quiet = ("--disable-pip-version-check", "--quiet")
    done = run(sys.executable, "-m", "pip", *quiet, *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, cwd=folder)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    pip("--python", folder, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    # Tests use no network, so the libraries are those of the running environment. A folder that a .pth
    # file names comes last, and its own .pth files are not read: this checkout is not found through it.
    libraries = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    (site_packages(folder) / "libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    return folder


def site_packages(environment: Path) -> Path:
    (found,) = environment.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages")
    return found


def program(environment: Path, name: str) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin") / name


def test_the_installed_package_is_the_one_that_runs(environment: Path, tmp_path: Path) -> None:
    done = run(
        program(environment, "python"), "-c", "import lwnindex; print(lwnindex.__file__)", cwd=tmp_path
    )
    assert Path(done.stdout.strip()).is_relative_to(environment), done.stderr


@pytest.mark.parametrize("theme", sorted(each.name for each in (ROOT / "themes").iterdir()))
def test_the_themes_are_inside_the_package_file_for_file(environment: Path, theme: str) -> None:
    ours, packed = ROOT / "themes" / theme, site_packages(environment) / "lwnindex/themes" / theme
    assert tree(packed) == tree(ours)
    assert tree(ours)


def test_the_words_are_inside_the_package(environment: Path) -> None:
    ours, packed = ROOT / "lwnindex/locale", site_packages(environment) / "lwnindex/locale"
    assert tree(packed) == tree(ours)
    assert "de/LC_MESSAGES/lwnindex.po" in tree(ours)


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_installed_lwnindex_builds_a_folder_elsewhere(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "580000.md").write_text(ARTICLE, encoding="utf-8")
    lwnindex = program(environment, "lwnindex")
    done = run(lwnindex, "build", "--content", "articles", "--output", "site", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/index.html").is_file()
    assert "A queue for every device" in (tmp_path / "site/Articles/580000/index.html").read_text("utf-8")
    assert (tmp_path / "site/Kernel/Block_layer/Multiqueue/index.html").is_file()


def test_an_installed_theme_inherits_from_another(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "580000.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "lwnindex.toml").write_text('[theme]\nname = "classic"\n', encoding="utf-8")
    done = run(program(environment, "lwnindex"), "build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {each.name for each in (tmp_path / "site/assets").iterdir()} >= {"classic.css", "site.css"}
