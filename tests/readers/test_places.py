"""Where a file stands says what its header does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.presets import PRESETS, PresetName
from lwnindex.readers.places import Place, is_article, language, place_of, without_language

PLACES: dict[str, tuple[str, PresetName, Place]] = {
    "ours": ("a/2009-12-22-ceph.md", "lwn", Place("2009-12-22-ceph", "2009-12-22-ceph", date="2009-12-22")),
    "a post": (
        "de/news/_posts/2009/2009-12-22-ceph.md",
        "jekyll",
        Place(
            "2009-12-22-ceph",
            "ceph",
            lang="de",
            date="2009-12-22",
            folders=("de", "news"),
            categories=("de", "news"),
        ),
    ),
    "a draft": ("_drafts/ceph.md", "jekyll", Place("ceph", "ceph", folders=(), draft=True)),
    "a page": ("about/us.md", "jekyll", Place("us", "us", folders=())),
    "a bundle": (
        "content/posts/2009-12-22-ceph/index.md",
        "zola",
        Place("2009-12-22-ceph", "ceph", date="2009-12-22", folders=("posts",)),
    ),
    "a translation": ("content/ceph.pt-br.md", "hugo", Place("ceph", "ceph", lang="pt-BR", folders=())),
    "a translated bundle": (
        "content/posts/ceph/index.de.md",
        "hugo",
        Place("ceph", "ceph", lang="de", folders=("posts",)),
    ),
    "a tree of a language": (
        "content/zh-cn/news/ceph.md",
        "hugo",
        Place("ceph", "ceph", lang="zh-CN", folders=("zh-cn", "news")),
    ),
    "a tree without its content folder": (
        "ja/ceph/index.md",
        "hugo",
        Place("ceph", "ceph", lang="ja", folders=("ja",)),
    ),
    "a name before a tree": (
        "content/en/ceph.de.md",
        "hugo",
        Place("ceph", "ceph", lang="de", folders=("en",)),
    ),
    "a folder deeper down": (
        "content/news/de/ceph.md",
        "hugo",
        Place("ceph", "ceph", folders=("news", "de")),
    ),
    "a folder that is a word": ("content/my/ceph.md", "hugo", Place("ceph", "ceph", folders=("my",))),
    "a language below posts": (
        "_posts/fr/2009-12-22-ceph.md",
        "jekyll",
        Place("2009-12-22-ceph", "ceph", lang="fr", date="2009-12-22", folders=()),
    ),
    "a language above a page": ("de/about.md", "jekyll", Place("about", "about", lang="de", folders=())),
    "a language of another generator's": (
        "content/de/ceph.md",
        "zola",
        Place("ceph", "ceph", folders=("de",)),
    ),
    "no language": ("posts/node.js.md", "nikola", Place("node.js", "node.js", folders=("posts",))),
    "a version": ("v4.4.3.md", "hugo", Place("v4.4.3", "v4.4.3", folders=())),
    "folders of a date": (
        "2009/12/22/ceph.de.md",
        "plain",
        Place("ceph.de", "ceph.de", date="2009-12-22", folders=("2009", "12", "22")),
    ),
    "a folder as category": (
        "content/kernel/ceph.md",
        "pelican",
        Place("ceph", "ceph", folders=("kernel",), categories=("kernel",)),
    ),
    "no folder as category": ("content/ceph.md", "pelican", Place("ceph", "ceph", folders=())),
}


@pytest.mark.parametrize(("path", "preset", "wanted"), PLACES.values(), ids=PLACES)
def test_a_place_speaks(path: str, preset: PresetName, wanted: Place) -> None:
    assert place_of(path, preset) == wanted


def test_without_its_folders_a_place_says_less() -> None:
    found = place_of("a/_posts/2009-12-22-x.md", "jekyll").alone()

    assert (found.categories, found.folders, found.date) == ((), None, "2009-12-22")


@pytest.mark.parametrize(
    ("path", "preset", "wanted"),
    [
        ("content/posts/_index.md", "hugo", False),
        ("_index.de.md", "zola", False),
        ("index.md", "zola", True),
        ("_index.md", "lwn", True),
        ("_includes/note.md", "jekyll", False),
        ("_posts/2009-12-22-x.md", "jekyll", True),
        ("_includes/note.md", "pelican", True),
        ("extra/robots.txt", "pelican", False),
        ("notes/ceph.txt", "plain", True),
    ],
)
def test_some_files_are_no_articles(path: str, preset: PresetName, wanted: bool) -> None:
    assert is_article(path, preset) is wanted


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("zh_cn", "zh-CN"),
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("zh-hant-TW", "zh-Hant-TW"),
        ("German", "German"),
        ("", ""),
    ],
)
def test_a_language_is_written_as_a_tag(text: str, tag: str) -> None:
    assert language(text) == tag


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [("ceph-de", "ceph"), ("ceph_DE", "ceph"), ("ceph.de", "ceph"), ("code", "code"), ("-de", "-de")],
)
def test_a_name_may_end_in_its_language(stem: str, wanted: str) -> None:
    assert without_language(stem, "de") == wanted


@given(
    st.lists(
        st.sampled_from(["a", "_posts", "2009", "12", "index.md", ".", "content", "é.de.md"]), min_size=1
    )
)
def test_any_path_is_a_place(parts: list[str]) -> None:
    for preset in PRESETS:
        found = place_of("/".join(parts), preset)
        assert len(found.slug) <= len(found.stem)
