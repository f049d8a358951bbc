"""A shell is given the names of the last build, and the store stays as it is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from lwnindex import config
from lwnindex.completing import Names, leave, matching, names, outermost, pages
from lwnindex.engine.store import Store
from tests.sites import Site, article


def found(root: Path) -> config.Found:
    return config.load(root / "lwnindex.toml", {}, {"output": "site", "store": "store"})


def test_a_build_leaves_the_names_of_topics_articles_and_indexes(tmp_path: Path) -> None:
    here = Site(tmp_path)
    here.put("content/a.md", article("A", "Text.", topic="Kernel/Block layer/I/O scheduling"))
    here.put("content/d.md", article("D", "Text.", header="draft: true\n"))
    here.put("content/topics.toml", '["Kernel/Block layer"]\naliases = ["Kernel/Disks"]\n')
    here.built()

    assert names(found(tmp_path)) == Names(
        (
            "Kernel/Block layer",
            "Kernel/Block layer/I/O scheduling",
            "Kernel/Disks",
            "Kernel/Disks/I/O scheduling",
        ),
        ("a", "d"),
        ("Kernel",),
    )


def test_no_store_has_no_names_and_is_not_made(tmp_path: Path) -> None:
    here = Site(tmp_path)

    assert names(found(here.root)) == Names()
    assert not (tmp_path / "store").exists()


def test_names_that_are_kept_are_not_kept_again(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        leave(store, Names(("Kernel/BPF",)))
        size = store.path.stat().st_size
        leave(store, Names(("Kernel/BPF",)))

        assert store.path.stat().st_size == size


def test_letter_case_counts_if_that_leaves_some() -> None:
    known = ("Kernel/BPF", "kernel/bpf")

    assert matching(known, "kernel/") == ["kernel/bpf"]
    assert matching(known, "KERNEL/") == ["Kernel/BPF", "kernel/bpf"]
    assert matching(known, "x") == []


def test_of_very_many_topics_those_above_others_are_offered() -> None:
    many = [
        path for number in range(300) for path in (f"K/{number:03}", f"K/{number:03}/a", f"K/{number:03} b")
    ]

    assert outermost(many[:100]) == many[:100]
    assert outermost(many) == sorted(path for path in many if not path.endswith("/a"))


def test_the_pages_of_the_site_are_found_folder_by_folder(tmp_path: Path) -> None:
    here = Site(tmp_path)
    here.put("content/a.md", article("A", "Text.", topic="Kernel/Block layer"))
    assert pages(found(tmp_path), "Ker") == []
    here.built()

    assert pages(found(tmp_path), "Ker") == ["Kernel/"]
    assert pages(found(tmp_path), "/Ker") == ["/Kernel/"]
    assert pages(found(tmp_path), "Kernel/Block_layer/i") == ["Kernel/Block_layer/index.html"]
    assert pages(found(tmp_path), "../") == pages(found(tmp_path), "none/") == []
