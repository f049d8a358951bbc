"""What cannot be rewritten is told, and nothing is changed for it."""

# ruff: noqa: E501 - texts stand here as they are written elsewhere

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.sources import rewritten
from lwnindex.settings import SourceSettings
from tests.makers import source
from tests.refiled import PAGES, entries, reading, renamed, text

PELICAN = SourceSettings(path="content", preset="pelican", index={"tags": "Tags", "categories": "Categories"})
JEKYLL = SourceSettings(path="content", preset="jekyll", index={"tags": "Tags", "categories": "Categories"})
MAPPED = SourceSettings(
    path="content", preset="plain", categories={"mm": "Kernel/M"}, entries=("Kernel/All",)
)
POST = b"Title: T\nDate: 2020-01-01\nTags: a, b\n\nText\n"


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (("Tags/a", "Kernel/A"), "all of them are entries of Tags"),
        (("Tags/a", "Tags/x/y"), "has no levels"),
        (("Tags/a", "Tags/x, y"), "no way to write"),
        (("Categories/news", "Categories/other"), "the folder"),
    ],
)
def test_a_tag_that_cannot_say_it_stays(pair: tuple[str, str], why: str) -> None:
    found = renamed(POST, pair, path="news/1.md", settings=PELICAN)
    assert found.content == POST
    assert found.changed == 0
    assert why in found.obstacles[0].why
    assert found.obstacles[0].file == "content/news/1.md"


def test_what_the_configuration_gives_is_told_as_a_setting() -> None:
    content = b"---\ntitle: T\ntags: [mm]\n---\nText\n"
    found = renamed(content, ("Kernel/M", "Kernel/N"), ("Kernel/All", "Kernel/None"), settings=MAPPED)
    assert found.content == content
    assert found.configured == (("categories", "mm"), ("entries", "Kernel/All"))
    assert found.obstacles == ()


def test_beside_what_stays_the_rest_is_done() -> None:
    found = renamed(POST, ("Tags/a", "Tags/x, y"), ("Tags/b", "Tags/c"), settings=PELICAN)
    assert found.content == POST.replace(b"a, b", b"a, c")
    assert (len(found.obstacles), found.changed) == (1, 1)
    assert found.obstacles[0].line == 3


def test_a_category_that_an_old_address_is_made_of_stays() -> None:
    post = b"---\ntitle: T\ncategories: x\ntags: a\n---\nText\n"
    found = renamed(
        post,
        ("Categories/x", "Categories/y"),
        ("Tags/a", "Tags/b"),
        path="_posts/2020-01-01-t.md",
        settings=JEKYLL,
    )
    assert found.content == post.replace(b"tags: a", b"tags: b")
    assert "old addresses" in found.obstacles[0].why


def test_a_feed_is_left_to_those_who_make_it() -> None:
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": "1", "title": "T", "content_text": "Some text", "tags": ["a"]}]}'
    mapped = SourceSettings(path="content", preset="plain", index={"categories": "Tags"})
    assert entries(feed, "f.json", mapped) == [(("Tags", "a"),)]
    found = renamed(feed, ("Tags/a", "Tags/b"), path="f.json", settings=mapped)
    assert found.content == feed
    assert "feed" in found.obstacles[0].why


def test_a_source_without_the_topic_is_left_alone() -> None:
    assert renamed(POST, ("Kernel/X", "Kernel/Y"), settings=PELICAN).content == POST


def test_a_name_whose_slash_would_part_it_stays_in_a_path() -> None:
    header = b"---\ntitle: T\nentries: [Kernel/A]\n---\nText\n"
    renaming = Renaming(((("Kernel", "A"), ("Kernel", "x/y")),))
    found = rewritten(source("1.md", header), header, reading(), renaming, PAGES)
    assert found.content == header
    assert "another topic" in found.obstacles[0].why


LEVELS = st.sampled_from(
    ["A", "Memory management", "io_uring", "R&D", "clone()", "v. 2", "Ünï", "C++", "a:b", "it's"]
)
ENTRIES = st.lists(
    st.lists(LEVELS, min_size=1, max_size=3).map(lambda levels: "Kernel/" + "/".join(levels)),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(ENTRIES, st.data())
def test_there_and_back_is_what_was(paths: list[str], data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(paths))
    rows = "".join(f"Kernel| {path.partition('/')[2]}  \n" for path in paths)
    dump = f"# T\n\nMay 4, 2010\n\nText.\n\nIndex entries for this article  \n---  \n{rows}\n"
    listed = "".join(f'  - "{path}"\n' for path in paths)
    for whole in (dump, f"---\ntitle: T\nentries:\n{listed}---\nText.\n"):
        there = text(whole, (old, "Kernel/Brand new"))
        assert there != whole
        assert text(there, ("Kernel/Brand new", old)) == whole
