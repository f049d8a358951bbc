"""A configuration is read whole or refused with every mistake in it, and what is shown of it reads back."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import config, conflicts
from lwnindex.problems import SiteError
from lwnindex.settings import (
    LWN_INDEXES,
    LWN_NICKS,
    BylineSettings,
    Config,
    FeedSettings,
    FeedsSettings,
    IndexSettings,
    LinksSettings,
    NamedIndex,
    OutputSettings,
    PagesSettings,
    QuerySettings,
    SiteSettings,
    SourceSettings,
    StripSettings,
    ThemeSettings,
)
from lwnindex.times import WEEKDAYS
from tests.configured import read
from tests.programs import ROOT

# What is read ------------------------------------------------------------------------------------


def test_an_empty_file_says_what_no_file_says(tmp_path: Path) -> None:
    assert read(tmp_path, "") == config.load(None, {}, {}).config == Config()


def test_no_file_has_this_folder_for_its_root() -> None:
    assert config.load(None, {}, {}) == (Config(), Path(), None)


def test_a_file_s_folder_is_its_root(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text("")

    assert config.load(file, {}, {})[1:] == (tmp_path, file)


def test_this_repository_s_own_configuration_is_read() -> None:
    assert config.load(ROOT / config.FILE, {}, {}).config.site.title == "The Demonstration Index"


def test_every_table_can_be_set(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        'content = ["a", "b"]\n[site]\nurl = "https://example.org/news/"\n[pages]\nauthors = false\n'
        '[feeds_out]\ncontent = "full"\n[links]\nstyle = "pretty"\n[theme]\nname = "mine"\n',
    )

    assert found.content == ("a", "b")
    assert found.site.url == "https://example.org/news/"
    assert not found.pages.authors
    assert (found.feeds_out.content, found.links.style, found.theme.name) == ("full", "pretty", "mine")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufeffoutput = "public"').output == "public"


def test_indexes_are_added_to_lwn_s(tmp_path: Path) -> None:
    found = read(
        tmp_path, '[indexes.Hardware]\ntitle = "Hardware"\n[indexes.Kernel]\npath = "Kern/Index"'
    ).indexes

    assert set(found) == {*LWN_INDEXES, "Hardware"}
    assert found["Hardware"] == NamedIndex(title="Hardware")
    assert found["Kernel"] == NamedIndex(path="Kern/Index")
    assert found["Security"] == LWN_INDEXES["Security"]


def test_nicks_are_added_to_lwn_s(tmp_path: Path) -> None:
    found = read(tmp_path, '[bylines.nicks]\ndesk = "News desk"\njake = "Another"').bylines.nicks

    assert found == {**LWN_NICKS, "desk": "News desk", "jake": "Another"}


# What wins ---------------------------------------------------------------------------------------


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    text = 'static = "file"\noutput = "file"\nstore = "file"\ncontent = ["file"]'
    environment = {"LWNINDEX_OUTPUT": "environment", "LWNINDEX_STORE": "environment"}
    found = read(tmp_path, text, environment, store="option")

    assert (found.static, found.output, found.store) == ("file", "environment", "option")


def test_the_environment_can_name_every_folder() -> None:
    environment = {
        "LWNINDEX_CONTENT": f"a{os.pathsep}/b",
        "LWNINDEX_STATIC": "s",
        "LWNINDEX_OUTPUT": "o",
        "LWNINDEX_STORE": "t",
    }
    found = config.load(None, environment, {}).config

    assert (found.content, found.static, found.output, found.store) == (("a", "/b"), "s", "o", "t")


@pytest.mark.parametrize(
    ("text", "environment", "said", "way"),
    [
        ("", {}, {}, ("site", "renames")),
        ('output = "public"', {}, {}, ("public", "renames")),
        ("[output]", {}, {}, ("site", "renames")),
        ('[output]\nfolder = "public"', {}, {}, ("public", "renames")),
        ('[output]\nswitch = "symlink"', {}, {}, ("site", "symlink")),
        ('[output]\nswitch = "symlink"', {"LWNINDEX_OUTPUT": "e"}, {}, ("e", "symlink")),
        ('[output]\nswitch = "symlink"', {"LWNINDEX_OUTPUT": "e"}, {"output": "o"}, ("o", "symlink")),
        ("", {}, {"output": {"switch": "symlink"}}, ("site", "symlink")),
    ],
)
def test_a_folder_that_is_named_for_one_run_changes_as_the_file_says(
    tmp_path: Path, text: str, environment: dict[str, str], said: dict[str, object], way: tuple[str, str]
) -> None:
    found = read(tmp_path, text, environment, **said).publishing

    assert (found.folder, found.switch) == way


def test_an_empty_variable_says_nothing() -> None:
    assert config.load(None, {"LWNINDEX_OUTPUT": "", "LWNINDEX_CONTENT": ""}, {}).config == Config()


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"[site\n", b"a = 1\na = 2\n", b'title = "\xff"', b"\x00", b"a = " + b"[" * 9999]
)
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / config.FILE).write_bytes(content)
    with pytest.raises(SiteError, match="the configuration cannot be read") as caught:
        config.load(tmp_path / config.FILE, {}, {})

    assert caught.value.exit_code == 2


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="No such file"):
        config.load(tmp_path / "none.toml", {}, {})


def test_a_mistake_of_the_caller_s_is_told_too() -> None:
    with pytest.raises(
        SiteError, match='options: the key "output": Expected a text in quotes or a table, got a whole number'
    ):
        config.load(None, {}, {"output": 7})


# Where it is found -------------------------------------------------------------------------------


def test_the_nearest_file_upwards_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "a/b/c"
    deep.mkdir(parents=True)
    (tmp_path / config.FILE).write_text("")
    assert config.find(deep) == tmp_path / config.FILE

    (tmp_path / "a/b" / config.FILE).write_text("")
    assert config.find(deep) == tmp_path / "a/b" / config.FILE
    assert config.find(tmp_path / "a/b") == tmp_path / "a/b" / config.FILE


def test_a_folder_of_that_name_is_none(tmp_path: Path) -> None:
    (tmp_path / "a" / config.FILE).mkdir(parents=True)
    (tmp_path / config.FILE).write_text("")

    assert config.find(tmp_path / "a") == tmp_path / config.FILE


def test_a_folder_that_does_not_exist_is_looked_for_upwards_all_the_same(tmp_path: Path) -> None:
    (tmp_path / config.FILE).write_text("")

    assert config.find(tmp_path / "none/deeper") == tmp_path / config.FILE


# What is shown -----------------------------------------------------------------------------------

words = st.text(max_size=8)
lists = st.lists(words, max_size=3).map(tuple)
numbers = st.integers(1, 10**6)
settings = st.one_of(words, numbers, st.booleans(), lists, st.lists(lists, max_size=2).map(tuple))
configs = st.builds(
    Config,
    content=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=3).map(tuple),
    static=words,
    output=st.one_of(
        words, st.builds(OutputSettings, folder=words, switch=st.sampled_from(["renames", "symlink"]))
    ),
    store=words,
    site=st.builds(
        SiteSettings,
        title=words.map("T{}".format),
        url=st.sampled_from(["", "https://example.org/"]),
        description=words,
        language=st.sampled_from(["en", "pt-BR"]),
        source=st.just(""),
        timezone=st.sampled_from(["UTC", "Asia/Tokyo"]),
    ),
    indexes=st.dictionaries(
        words, st.builds(NamedIndex, title=words, path=st.sampled_from(["", "a/b", "c"])), max_size=3
    ).map(lambda extra: {**LWN_INDEXES, **extra}),
    index=st.builds(IndexSettings, per_topic=numbers, split=numbers, slash_names=lists),
    pages=st.builds(
        PagesSettings,
        authors=st.booleans(),
        archives=st.booleans(),
        weeks=st.booleans(),
        week_starts=st.sampled_from(WEEKDAYS),
        per_page=numbers,
    ),
    feeds_out=st.builds(
        FeedsSettings,
        formats=st.permutations(["rss", "atom", "json"]).map(tuple),
        items=numbers,
        content=st.sampled_from([None, "full", "summary"]),
        archives=st.booleans(),
        hubs=st.sampled_from([(), ("https://hub.example/?a=1",)]),
        query=st.lists(
            st.builds(
                QuerySettings,
                name=words.filter(str.strip),
                any=lists,
                without=lists,
                author=words | lists,
                since=st.none() | st.dates(),
            ),
            max_size=2,
        ).map(tuple),
    ),
    sources=st.lists(
        st.builds(
            SourceSettings,
            path=words.filter(str.strip),
            preset=st.sampled_from(["lwn", "zola"]),
            index=words | st.fixed_dictionaries({"tags": words}),
            categories=st.dictionaries(words, words, max_size=2),
            fields=st.fixed_dictionaries({"title": words | lists}),
            trust=st.booleans(),
        ),
        max_size=2,
        unique_by=lambda one: one.path,
    ).map(tuple),
    feeds=st.sampled_from([(), (FeedSettings(url="https://example.org/feed", categories={"a b": "K/C"}),)]),
    links=st.builds(LinksSettings, style=st.sampled_from(["file", "pretty"])),
    strip=st.builds(StripSettings, quotes=lists, lines=lists.map(lambda some: tuple(map(re.escape, some)))),
    bylines=st.builds(
        BylineSettings,
        nicks=st.dictionaries(words, words, max_size=3).map(lambda extra: {**LWN_NICKS, **extra}),
        title_suffixes=lists,
    ),
    theme=st.builds(ThemeSettings, name=words, options=st.dictionaries(words, settings, max_size=3)),
)


@given(configs.map(config._with_indexes).filter(lambda one: not [*conflicts.conflicts(one)]))
def test_what_is_shown_reads_back_as_the_same(shown: Config) -> None:
    with TemporaryDirectory() as folder:
        assert read(Path(folder), config.described(shown)) == shown


@given(words)
def test_nothing_is_shown_that_steers_a_terminal(title: str) -> None:
    shown = config.described(Config(site=SiteSettings(title=title)))

    assert not {each for each in shown if ord(each) < 32 or 127 <= ord(each) < 160} - {"\n"}


def test_every_key_is_shown() -> None:
    shown = config.described(Config())

    for table in msgspec.to_builtins(Config()).values():
        for name, value in table.items() if isinstance(table, dict) else ():
            assert value is None or f"{name} = " in shown or f"{name}]" in shown
    assert '[indexes.Kernel]\ntitle = ""\npath = "Kernel/Index"\n' in shown


# Tables of sources and feeds ---------------------------------------------------------------------


def test_sources_and_feeds_are_lists_of_tables(tmp_path: Path) -> None:
    text = """
    [[sources]]
    path = "old"
    preset = "jekyll"
    index = { tags = "Topics" }
    [sources.select]
    title = "h1"
    [[sources]]
    path = "news"
    [[feeds]]
    url = "https://example.org/feed?a=b"
    """
    found = read(tmp_path, text)

    assert [(one.path, one.preset, one.select.title) for one in found.sources] == [
        ("old", "jekyll", "h1"),
        ("news", "lwn", ""),
    ]
    assert found.feeds[0].url == "https://example.org/feed?a=b"
    assert {"Topics", "Tags", "Categories", "Kernel"} <= found.indexes.keys()


# Queries -----------------------------------------------------------------------------------------

QUERY = """[[feeds_out.query]]
name = "Filesystems lately"
all = ["Kernel/Filesystems"]
any = ["Kernel", "Security"]
not = ["Briefs"]
author = "Kernel desk"
since = 2009-01-01

[[feeds_out.query]]
name = "B"
author = ["A", "B"]
since = "2010-02-03"
"""


def test_queries_are_read_and_shown(tmp_path: Path) -> None:
    found = read(tmp_path, QUERY)
    first, second = found.feeds_out.query
    assert (first.all, first.any, first.without) == (
        ("Kernel/Filesystems",),
        ("Kernel", "Security"),
        ("Briefs",),
    )
    assert (first.author, first.since) == ("Kernel desk", date(2009, 1, 1))
    assert (second.author, second.since) == (("A", "B"), date(2010, 2, 3))
    assert read(tmp_path, config.described(found)) == found


def test_a_number_without_end_is_told_as_what_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "lwnindex.toml"
    file.write_text(f"content = [{'9' * 5_000}]", "utf-8")
    with pytest.raises(SiteError, match="cannot be read"):
        config.load(file, {}, {})
