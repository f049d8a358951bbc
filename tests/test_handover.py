"""What is handed over is whole, the same each time, and takes the place of nothing but its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from lwnindex import config, handover
from lwnindex.formats.tables import NAMES
from lwnindex.handover import Handed
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests.programs import ROOT
from tests.sites import article

SERIAL = Options(executor="serial")
LONG = "A quagga. " * 2000
LIMITED = """
import resource, sys
sys.dont_write_bytecode = True
from lwnindex.cli import main
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
main()
"""
"""The program on a disk that takes no more of a file than its first argument says."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site with two articles."""
    put(tmp_path, "lwnindex.toml", '[site]\nurl = "https://example.org/"\n')
    put(tmp_path, "content/1.md", article("One", LONG))
    put(tmp_path, "content/2.md", article("Two", "See [one](/Articles/1/).", topic="Kernel/XFS"))
    return tmp_path


def put(folder: Path, path: str, text: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def csv(root: Path, target: Path) -> Handed:
    return handover.csv_files(config.load(root / "lwnindex.toml", {}, {}), str(target), SERIAL)


def sqlite(root: Path, target: Path) -> Handed:
    return handover.sqlite_file(config.load(root / "lwnindex.toml", {}, {}), str(target), SERIAL)


def turtle(root: Path, target: Path | str = "") -> Handed:
    return handover.skos_graph(config.load(root / "lwnindex.toml", {}, {}), "turtle", str(target), SERIAL)


def jsonld(root: Path, target: Path | str = "") -> Handed:
    return handover.skos_graph(config.load(root / "lwnindex.toml", {}, {}), "jsonld", str(target), SERIAL)


Write = Callable[[Path, Path], Handed]
FILES: tuple[Write, ...] = (sqlite, turtle, jsonld)
ALL: tuple[Write, ...] = (csv, *FILES)


def held(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder, or in a file."""
    places = folder.rglob("*") if folder.is_dir() else [folder]
    return {one.name: one.read_bytes() for one in places}


@pytest.mark.parametrize("write", ALL)
def test_the_same_archive_gives_the_same_bytes(root: Path, write: Write) -> None:
    assert write(root, root / "out") == Handed(())
    before = held(root / "out")
    (root / "content/1.md").rename(root / "content/3.md")
    (root / "content/3.md").rename(root / "content/1.md")
    write(root, root / "out")

    assert held(root / "out") == before
    assert sorted(each.name for each in root.iterdir()) == [".lwnindex", "content", "lwnindex.toml", "out"]


@pytest.mark.parametrize("write", ALL)
def test_what_is_ours_is_replaced(root: Path, write: Write) -> None:
    write(root, root / "out")
    before = held(root / "out")
    put(root, "content/4.md", article("Four", "New.", topic="Kernel/New"))
    write(root, root / "out")

    assert held(root / "out") != before


@pytest.mark.parametrize("write", FILES)
def test_what_is_not_ours_is_left_alone(root: Path, write: Write) -> None:
    put(root, "out", "Somebody's notes.")
    with pytest.raises(SiteError, match="left alone") as raised:
        write(root, root / "out")

    assert raised.value.exit_code == 2
    assert (root / "out").read_text() == "Somebody's notes."


def test_what_cannot_be_read_is_not_taken_for_ours(tmp_path: Path) -> None:
    assert not handover._begins_with(b"", tmp_path / "missing")
    assert not handover._begins_with(b"", tmp_path)


def test_a_table_that_is_not_ours_keeps_all_from_being_written(root: Path) -> None:
    put(root, "out/texts.csv", "mine;yours\r\n")
    with pytest.raises(SiteError, match=r"texts\.csv is there already"):
        csv(root, root / "out")

    assert held(root / "out") == {"texts.csv": b"mine;yours\r\n"}


def test_every_table_is_a_file_and_other_files_stay(root: Path) -> None:
    put(root, "out/notes.txt", "x")
    csv(root, root / "out")

    assert sorted(held(root / "out")) == sorted([*(f"{name}.csv" for name in NAMES), "notes.txt"])


@pytest.mark.parametrize("name", NAMES)
def test_a_table_alone_is_that_of_the_files(root: Path, name: str) -> None:
    csv(root, root / "out")
    found = handover.csv_table(config.load(root / "lwnindex.toml", {}, {}), name, SERIAL)

    assert found.content == (root / f"out/{name}.csv").read_bytes()


def test_a_graph_that_goes_to_no_file_is_that_of_the_file(root: Path) -> None:
    for write in (turtle, jsonld):
        write(root, root / "out")
        assert write(root).content == (root / "out").read_bytes()
        (root / "out").unlink()


def test_both_formats_say_the_same_of_the_demo(tmp_path: Path) -> None:
    found = config.load(ROOT / "lwnindex.toml", {}, {"store": str(tmp_path)})
    one = Graph().parse(data=handover.skos_graph(found, "turtle", "", SERIAL).content, format="turtle")
    other = Graph().parse(data=handover.skos_graph(found, "jsonld", "", SERIAL).content, format="json-ld")

    assert len(one) > 500
    assert isomorphic(one, other)


@pytest.mark.parametrize("write", ALL)
def test_a_place_that_cannot_be_written_is_told(root: Path, write: Write) -> None:
    with pytest.raises(SiteError, match=r"cannot be (written|made)") as raised:
        write(root, root / "lwnindex.toml/out")

    assert raised.value.exit_code == 3


@pytest.mark.parametrize(("kind", "write"), [("csv", csv), ("sqlite", sqlite), ("skos", turtle)])
def test_a_full_disk_ends_with_three_and_leaves_what_was_there(root: Path, kind: str, write: Write) -> None:
    write(root, root / "out.ttl")
    before = held(root / "out.ttl")
    put(root, "content/5.md", article("Five", "New.", topic=", ".join(f"Kernel/T{n}" for n in range(99))))
    turtle(root)
    # The store's log has room for a note.
    most = max(each.stat().st_size for each in (root / ".lwnindex").glob("*.log")) + 1000
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(most), "export", kind, "--output", "out.ttl"],
        cwd=root,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert held(root / "out.ttl") == before
    assert not [each for each in root.iterdir() if "part" in each.name]


def test_problems_are_told_and_counted(root: Path) -> None:
    put(root, "lwnindex.toml", "")
    put(root, "content/bad.md", "")
    found = turtle(root)

    assert [one.code for one in found.problems] == ["empty", "no-url"]
    assert b"<https://example.org/Kernel/BPF/#topic>" in found.content
