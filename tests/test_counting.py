"""What is kept of an archive's words is what would be counted anew, whatever came over archive and store."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.msgpack import encode

from lwnindex import config, site, suggesting
from lwnindex.engine.store import Store
from lwnindex.options import Options
from lwnindex.suggesting import Suggested
from lwnindex.wordcounts import Counts
from tests.sites import Site, article

SERIAL = Options(executor="serial")
WORDS = ("osd", "rados", "journal", "extents", "io_uring", "内核")


@pytest.fixture
def here(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.put("content/1.md", article("Placement", "osd rados crush", topic="Kernel/Ceph"))
    found.put("content/2.md", article("Snapshots", "osd rados snapshots", day=2, topic="Kernel/Ceph"))
    found.put("content/3.md", article("Extents", "journal, extents", day=3, topic="Kernel/ext4"))
    return found


def suggested(here: Site, name: str = "1", store: str = "store", options: Options = SERIAL) -> Suggested:
    found = config.load(here.root / "lwnindex.toml", {}, {"store": store})
    return suggesting.suggested(found, name, own=True, options=options)


def parts(here: Site, store: str = "store") -> dict[str, bytes | None]:
    with closing(Store(here.root / store)) as opened:
        return {name: opened.part(name) for name in opened.parts()}


def alike(here: Site, store: str = "store") -> dict[str, bytes | None]:
    """Return what is kept without the digests of all that it depends on: these know where the store is."""
    return {re.sub("(?<=^suggest/)[0-9a-f]{32}", "", name): part for name, part in parts(here, store).items()}


def counts(here: Site) -> set[str]:
    return {name for name in parts(here) if name.startswith("suggest/counts/")}


def flip(here: Site, part: bytes) -> None:
    """Damage what a part holds."""
    (pack,) = (here.root / "store").glob("*.pack")
    content = pack.read_bytes()
    assert part in content
    pack.write_bytes(content.replace(part, bytes(each ^ 1 for each in part)))


def marked(here: Site) -> None:
    """Have the counts that are kept of the third article name a word that no article has."""
    (name,) = (
        name for name, part in parts(here).items() if name in counts(here) and b"journal" in (part or b"")
    )
    with closing(Store(here.root / "store")) as store:
        store.keep_parts({name: encode(Counts(words="marker", numbers=(1,)))})


def words(here: Site) -> bytes:
    """Return the part that holds all words."""
    return next(part or b"" for name, part in parts(here).items() if name.endswith("/words"))


def test_after_an_edit_the_words_of_others_are_not_counted_anew(here: Site) -> None:
    suggested(here)
    marked(here)
    here.put("content/2.md", article("Snapshots", "osd rados clones", day=2, topic="Kernel/Ceph"))
    suggested(here)

    assert b"clones" in words(here)
    assert b"marker" in words(here)
    assert b"journal" not in words(here)


@pytest.mark.parametrize("header", ["author: Ann", "date: 2001-02-03", "topics: Kernel/Locking"])
def test_a_header_that_changes_no_word_has_none_counted(here: Site, header: str) -> None:
    here.put("content/3.md", "---\ntitle: T\n---\nA journal.\n")
    suggested(here)
    marked(here)
    here.put("content/3.md", f"---\ntitle: T\n{header}\n---\nA journal.\n")
    suggested(here)

    assert b"marker" in words(here)


def test_what_no_article_needs_is_not_kept(here: Site) -> None:
    suggested(here)
    first = parts(here)
    assert len(counts(here)) == 3
    here.put("content/4.md", article("Osd", "osd", day=4, topic="Kernel/Ceph"))
    suggested(here)
    assert len(counts(here)) == 4
    (here.root / "content/4.md").unlink()
    suggested(here)

    assert parts(here) == first


def test_a_build_leaves_what_was_counted(here: Site) -> None:
    suggested(here)
    first = parts(here)
    found = config.load(here.root / "lwnindex.toml", {}, {"store": "store"})
    site.build(found, SERIAL)

    assert first
    assert parts(here) == first


def test_whatever_part_is_damaged_the_answer_is_the_same(here: Site) -> None:
    expected = suggested(here)
    whole = parts(here)
    for name, part in whole.items():
        if part and len(part) > 8:
            flip(here, part)

            assert parts(here)[name] is None
            assert suggested(here) == expected
            assert suggested(here, "2") == suggested(here, "2", "other")

    assert suggested(here) == expected


def test_damaged_counts_are_made_anew_when_they_are_asked_for(here: Site) -> None:
    expected = suggested(here)
    for name in counts(here):
        part = parts(here)[name]
        assert part
        flip(here, part)

    assert suggested(here) == expected
    assert None not in parts(here).values()


def test_a_damaged_body_is_read_anew(here: Site) -> None:
    expected = suggested(here)
    with closing(Store(here.root / "store")) as store:
        bodies = [store.blob(digest) for digest in store.digests()]
        store.keep_parts({}, store.parts())
    for body in bodies:
        flip(here, body)

    assert suggested(here) == expected


def test_workers_count_as_one_does(here: Site) -> None:
    for number in range(130):
        here.put(f"content/n{number}.md", article(f"N{number}", f"osd word{number} word{number // 2}"))
    crew = Options(executor="processes", jobs=2)

    assert suggested(here, options=crew) == suggested(here, store="other")
    assert alike(here) == alike(here, "other")


TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
TOPICS = st.sampled_from(("Kernel/Ceph", "Kernel/ext4", "Kernel/Osd"))
CHANGES = st.one_of(
    st.tuples(st.sampled_from("1234"), TEXTS, TEXTS, TOPICS),
    st.tuples(st.sampled_from("234")),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=1, max_size=4))
def test_counting_after_edits_is_counting_all(steps: list[list[tuple[str, ...]]]) -> None:
    with TemporaryDirectory() as folder:
        here = Site(Path(folder))
        here.put("content/1.md", article("Placement", "osd rados crush", topic="Kernel/Ceph"))
        for number, changes in enumerate(steps):
            for change in changes:
                _do(here, *change)

            assert suggested(here) == suggested(here, store=f"whole{number}")
            assert alike(here) == alike(here, f"whole{number}")


def _do(here: Site, name: str, *said: str) -> None:
    """Write an article, or remove it."""
    if said:
        title, text, topic = said
        here.put(f"content/{name}.md", article(title or "T", f"{text} osd", day=int(name), topic=topic))
    else:
        (here.root / f"content/{name}.md").unlink(missing_ok=True)
