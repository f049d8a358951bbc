"""A preview shows what is written, keeps the last good pages, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.previewed import LONG, Listener, Previewed, asked, previewed
from tests.sites import Site, article, tree


@pytest.fixture
def here(tmp_path: Path) -> Site:
    found = Site(tmp_path / "here")
    found.put("content/one.md", article("One", "First words."))
    found.put("content/two.md", article("Two", "Second words.", day=2))
    return found


def _page(preview: Previewed, path: str) -> str:
    return asked(preview.port, path).decode()


def _faults(listener: Listener, count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = listener.until(lambda told: len(told["faults"]) == count)["faults"]
    return found


def test_what_changes_is_built_told_and_served(here: Site) -> None:
    with previewed(here.root) as preview:
        listener = Listener(preview.port, "/Articles/one/")
        before = listener.told["page"]
        here.put("content/one.md", article("Other", "Further words."))
        listener.until(lambda told: told["page"] > before)

        assert "Other" in _page(preview, "/Articles/one/")
        here.put("content/three.md", article("Three", "Words.", header="draft: true\n"))
        preview.until(lambda line: line.startswith("three.md: "))
        assert "Three" in _page(preview, "/Articles/three/")
        (here.root / "content/three.md").unlink()
        preview.until(lambda line: line.startswith("three.md: "))
        assert _page(preview, "/Articles/three/").startswith("HTTP/1.1 404")
        listener.leave()


def test_the_sites_own_output_and_store_stay_what_they_are(here: Site) -> None:
    here.built()
    before = tree(here.root)
    with previewed(here.root) as preview:
        here.put("content/one.md", article("Other", "Further words."))
        preview.until(lambda line: line.startswith("one.md: "))
    here.put("content/one.md", before["content/one.md"])

    assert tree(here.root) == before


MISTAKES = {
    "header": ("content/one.md", "---\ntitle: [\n---\nWords.\n", "bad-header"),
    "date": ("content/one.md", article("Other", "Words.").replace("2020-01-01", "never"), "bad-date"),
    "new": ("content/three.md", article("Three", "Words.").replace("2020-01-01", "never"), "bad-date"),
    "template": ("themes/tiny/templates/article.html", "\n{% block x %}", ""),
    "page": ("themes/tiny/templates/article.html", "\n{{ page.no.such }}", ""),
    "configuration": ("lwnindex.toml", "[site]\ntitle = \n", ""),
    "key": ("lwnindex.toml", "[sites]\ntitle = 'x'\n", ""),
    "topics": ("content/topics.toml", "[broken", "bad-topics"),
}


@pytest.mark.parametrize(("path", "text", "code"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_over_the_last_good_pages_until_it_is_mended(
    here: Site, path: str, text: str, code: str
) -> None:
    place = here.root / path
    good = place.read_bytes() if place.exists() else None
    with previewed(here.root) as preview:
        listener = Listener(preview.port, "/Articles/one/")
        before = tree(preview.folder / "site")
        here.put(path, text)
        (fault,) = _faults(listener, 1)
        assert (fault["code"], Path(fault["file"]).name) == (code, Path(path).name)
        assert any(row["is_marked"] for row in fault["excerpt"]) or fault["line"] == 0
        assert tree(preview.folder / "site") == before

        if good is None:
            place.unlink()
        else:
            here.put(path, good)
        _faults(listener, 0)
        listener.leave()


def test_what_is_right_waits_beside_what_is_not(here: Site) -> None:
    with previewed(here.root) as preview:
        listener = Listener(preview.port)
        before = tree(preview.folder / "site")
        here.put("content/one.md", article("One", "Words.").replace("2020-01-01", "never"))
        _faults(listener, 1)
        here.put("content/two.md", article("Changed", "Other words.", day=2))
        here.put("content/three.md", article("Three", "Words.").replace("2020-01-01", "never"))
        _faults(listener, 2)
        assert tree(preview.folder / "site") == before

        here.put("content/one.md", article("Mended", "Words."))
        (here.root / "content/three.md").unlink()
        _faults(listener, 0)
        listener.leave()
        until(lambda: "Changed" in _page(preview, "/Articles/two/"))
        until(lambda: "Mended" in _page(preview, "/Articles/one/"))


def until(meant: object) -> None:
    assert callable(meant)
    end = time.monotonic() + LONG
    while not meant():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_mistake_that_was_there_at_first_keeps_nothing_back(here: Site) -> None:
    here.put("content/one.md", article("One", "Words.").replace("2020-01-01", "never"))
    with previewed(here.root) as preview:
        preview.ever(lambda line: "bad-date" in line)
        here.put("content/one.md", article("Other", "Words.").replace("2020-01-01", "never again"))
        # A file that is being written may be built before it is whole, and is built again.
        until(lambda: "Other" in _page(preview, "/Articles/one/"))


def test_a_file_that_was_read_while_it_was_written_keeps_nothing_back(here: Site) -> None:
    wrong = article("One", "Words.").replace("2020-01-01", "never")
    here.put("content/one.md", wrong)
    with previewed(here.root) as preview:
        # So far there is nothing wrong with it.
        here.put("content/one.md", wrong[:3])
        preview.until(lambda line: line.startswith("one.md: "))
        here.put("content/one.md", wrong.replace("One", "Other"))
        until(lambda: "Other" in _page(preview, "/Articles/one/"))


def test_a_template_that_is_broken_at_first_is_told_by_a_page_that_waits(here: Site) -> None:
    good = (here.root / "themes/tiny/templates/article.html").read_bytes()
    here.put("themes/tiny/templates/article.html", "{% block x %}")
    with previewed(here.root) as preview:
        listener = Listener(preview.port)
        assert len(listener.told["faults"]) == 1
        assert "not built yet" in _page(preview, "/")
        here.put("themes/tiny/templates/article.html", good)
        listener.until(lambda told: told["page"] > 0 and not told["faults"])
        listener.leave()
        assert _page(preview, "/").startswith("HTTP/1.1 200")


def test_a_content_folder_that_goes_and_comes_back_is_told_and_built(here: Site) -> None:
    content, away = here.root / "content", here.root / "away"
    with previewed(here.root) as preview:
        listener = Listener(preview.port)
        content.rename(away)
        assert "does not exist" in _faults(listener, 1)[0]["message"]
        away.rename(content)
        _faults(listener, 0)
        # Another folder of that name is watched, too.
        content.rename(away)
        _faults(listener, 1)
        content.mkdir()
        shutil.copy(away / "one.md", content / "one.md")
        _faults(listener, 0)
        here.put("content/one.md", article("Other", "Words."))
        until(lambda: "Other" in _page(preview, "/Articles/one/"))
        listener.leave()


def test_a_changed_configuration_holds_at_once(here: Site) -> None:
    with previewed(here.root) as preview:
        toml = (here.root / "lwnindex.toml").read_text()
        here.put("more/four.md", article("Four", "Words."))
        here.put(
            "lwnindex.toml",
            'content = ["content", "more"]\n' + toml.replace("example.org/", "example.org/docs/"),
        )
        until(lambda: "Four" in _page(preview, "/docs/Articles/four/"))
        here.put("more/four.md", article("Fourth", "Words."))
        until(lambda: "Fourth" in _page(preview, "/docs/Articles/four/"))


_CHANGED_WHEN_READ = """
import sys
from pathlib import Path
from lwnindex import config, serve
from lwnindex.options import Options

times = []

def find():
    file = Path(sys.argv[1])
    found = config.load(file, {}, {})
    times.append(found)
    if len(times) == 2:
        file.write_text(file.read_text().replace("example.org/", "example.org/docs/"))
    return found

serve.serve(serve.Asked(find, Options(), print, lambda address: print(address, flush=True)))
"""


def test_a_configuration_that_changes_before_it_is_watched_holds(here: Site) -> None:
    passing = here.root.parent / "passing"
    passing.mkdir()
    words = [sys.executable, "-c", _CHANGED_WHEN_READ, str(here.root / "lwnindex.toml")]
    running = subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(passing)}
    )
    try:
        assert running.stdout
        said = next(line for line in running.stdout if line.startswith("http"))
        assert said.endswith("/docs/\n")
    finally:
        running.terminate()
        running.communicate()


@pytest.mark.parametrize("by_name", [True, False])
def test_a_configuration_that_is_gone_is_told_until_it_is_back(
    here: Site, monkeypatch: pytest.MonkeyPatch, by_name: bool
) -> None:
    monkeypatch.chdir(here.root)
    toml = here.root / "lwnindex.toml"
    # One that stands above it is not meant.
    (here.root.parent / "lwnindex.toml").write_text('[site]\ntitle = "Above"\n')
    with previewed(here.root, by_name=by_name) as preview:
        listener = Listener(preview.port)
        before = tree(preview.folder / "site")
        toml.rename(here.root / "away.toml")
        (fault,) = _faults(listener, 1)
        assert "configuration" in fault["message"]
        here.put("content/three.md", article("Three", "Words."))
        assert preview.until(lambda line: "last good pages stay" in line)
        assert tree(preview.folder / "site") == before

        (here.root / "away.toml").rename(toml)
        _faults(listener, 0)
        until(lambda: "Three" in _page(preview, "/Articles/three/"))
        listener.leave()


def test_a_configuration_that_an_editor_replaces_was_never_gone(here: Site) -> None:
    toml = here.root / "lwnindex.toml"
    text = toml.read_text()
    with previewed(here.root) as preview:
        toml.rename(here.root / "lwnindex.toml~")
        time.sleep(0.05)
        toml.touch()
        time.sleep(0.05)
        toml.write_text(text.replace("example.org/", "example.org/docs/"))
        until(lambda: _page(preview, "/docs/Articles/one/").startswith("HTTP/1.1 200"))
        preview.end()
        assert not any("configuration" in line for line in preview.said)


@pytest.mark.parametrize("path", ["group/words.py", "helpers/words.py"])
def test_code_in_a_package_of_a_plug_in_is_watched(here: Site, path: str) -> None:
    package = path.partition("/")[0]
    here.put(path, "def shout(text):\n    return text.upper()\n")
    here.put(f"{package}/__init__.py", "")
    here.put("group/__init__.py", _PLUGIN.replace("PACKAGE", package))
    here.put("lwnindex.toml", 'plugins = ["group:extend"]\n' + (here.root / "lwnindex.toml").read_text())
    template = here.root / "themes/tiny/templates/article.html"
    template.write_text(template.read_text() + "{{ page.title | shout }}\n")
    with previewed(here.root) as preview:
        assert "ONE" in _page(preview, "/Articles/one/")
        here.put(path, "def shout(text):\n    raise ValueError(text)\n")
        preview.until(lambda line: "ValueError" in line)
        here.put(path, "def shout(text):\n    return text * 2\n")
        preview.until(lambda line: line.startswith("words.py: "))
        assert "OneOne" in _page(preview, "/Articles/one/")


def test_a_package_that_is_broken_when_a_plug_in_first_imports_it_is_watched(here: Site) -> None:
    here.put("group.py", "def extend(registry):\n    pass\n")
    here.put("helpers/__init__.py", "def shout(\n")
    here.put("lwnindex.toml", 'plugins = ["group:extend"]\n' + (here.root / "lwnindex.toml").read_text())
    with previewed(here.root) as preview:
        listener = Listener(preview.port)
        here.put("group.py", "import helpers\n\ndef extend(registry):\n    pass\n")
        assert "helpers" in _faults(listener, 1)[0]["message"]
        here.put("helpers/__init__.py", "def shout():\n    pass\n")
        _faults(listener, 0)
        listener.leave()


_PLUGIN = """
from PACKAGE.words import shout

def extend(registry):
    registry.add_filter("shout", shout)
"""


def test_a_stylesheet_alone_changes_no_page(here: Site) -> None:
    with previewed(here.root) as preview:
        listener = Listener(preview.port)
        before = listener.told
        here.put("themes/tiny/assets/site.css", "p { margin: 0 }")
        told = listener.until(lambda told: told["style"] > before["style"])
        listener.leave()

        assert told["page"] == before["page"]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_whatever_signal_ends_it_leaves_nothing_behind(here: Site, number: int, code: int) -> None:
    # One that no other preview takes once it is free.
    port = free_port()
    with previewed(here.root, "--port", str(port)) as preview:
        processes = _children(preview.process.pid)

        assert preview.end(number) == code

    assert list(preview.passing.iterdir()) == []
    until(lambda: not any(_lives(each) for each in processes))
    # The two streams come in any order.
    rest = [line for line in preview.said if line != preview.address and not line.startswith("2 articles")]
    assert rest == (["lwnindex: interrupted"] if number == signal.SIGINT else [])
    with pytest.raises(OSError, match=r"refused|10061"):
        asked(port, "/")


def test_the_folder_of_a_large_site_goes_soon_after_the_preview(here: Site) -> None:
    with previewed(here.root) as preview:
        large = preview.folder / "large"
        for folder in range(200):
            (large / str(folder)).mkdir(parents=True)
            for file in range(100):
                (large / str(folder) / str(file)).touch()
        assert preview.end(signal.SIGINT) == 130
    until(lambda: list(preview.passing.iterdir()) == [])


def test_what_a_killed_one_leaves_ends_and_is_removed_by_the_next(here: Site) -> None:
    with previewed(here.root) as preview:
        processes = _children(preview.process.pid)
        folder = preview.folder
        preview.end(signal.SIGKILL)
        until(lambda: not any(_lives(each) for each in processes))
        assert folder.exists()

    with previewed(here.root):
        assert not folder.exists()


def free_port() -> int:
    """Return a port that nobody listens on, and that is given to nobody who asks for none."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _children(pid: int) -> list[int]:
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(each.parent.name))
    return found


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_drafts_are_left_out_where_they_are_not_wanted(here: Site) -> None:
    here.put("content/three.md", article("Three", "Words.", header="draft: true\n"))
    with previewed(here.root, "--no-drafts") as preview:
        assert _page(preview, "/Articles/three/").startswith("HTTP/1.1 404")


def test_a_missing_content_folder_ends_it_at_first(here: Site) -> None:
    shutil.rmtree(here.root / "content")
    with pytest.raises(AssertionError, match="does not exist"), previewed(here.root):
        pass
    assert os.listdir(here.root.parent / "here-passing") == []  # noqa: PTH208 - its names are all that is asked
