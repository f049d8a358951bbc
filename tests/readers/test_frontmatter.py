"""An article below a header becomes a manuscript, and nothing of it is left out in silence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lwnindex.model import Manuscript
from lwnindex.presets import PRESETS, PresetName
from lwnindex.problems import problem
from lwnindex.readers.frontmatter import is_headed, read
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings

PRESET_NAMES: tuple[PresetName, ...] = get_args(PresetName)

READING = reading(Config())

FULL = """\
---
title: "Ceph: a file system"
date: 2009-12-22
updated: 2010-01-02T10:00:00Z
authors: [Jane Doe, John\u00a0Roe]
id: ceph
slug: ceph-again
summary: >
  What it is,
  and why.
lang: en
nav: 3
draft: yes
entries:
  - Kernel/Filesystems/Ceph
  - Kernel/Asynchronous I/O
  - [Kernel, Input/output]
  - Kernel/Filesystems/Ceph
---

# Ceph: a file system

Text.
"""


def manuscript(text: str, file: str = "a.md") -> Manuscript:
    return read(text, file, READING)


def codes(found: Manuscript) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in found.problems]


REPEATED = problem(
    "bad-entry",
    "a.md",
    18,
    'the entry "Kernel/Filesystems/Ceph" stands in line 15 already; it is used once.',
    "Take it out, or name the topic that was meant.",
)


def test_every_field_is_read() -> None:
    assert manuscript(FULL) == Manuscript(
        text="Text.",
        lines=(23,),
        id="ceph",
        title="Ceph: a file system",
        date="2009-12-22",
        updated="2010-01-02T10:00:00+00:00",
        authors=("Jane Doe", "John Roe"),
        lang="en",
        slug="ceph-again",
        summary="What it is, and why.",
        nav=3,
        draft=True,
        entries=(
            ("Kernel", "Filesystems", "Ceph"),
            ("Kernel", "Asynchronous I/O"),
            ("Kernel", "Input/output"),
        ),
        entry_lines=(15, 16, 17),
        problems=(REPEATED,),
    )


def test_a_tag_that_means_a_topic_that_is_named_already_is_no_slip() -> None:
    own = SourceSettings(path="content", index={"tags": "Kernel"})
    text = "---\ntitle: a\nentries: [Kernel/Ceph]\ntags: [Ceph, ceph, Ceph]\n---\nText.\n"
    found = read(text, "content/a.md", reading(Config(), own))

    assert (found.entries, found.problems) == ((("Kernel", "Ceph"), ("Kernel", "ceph")), ())


def test_a_header_need_not_have_any_field() -> None:
    assert manuscript("---\n---\nText.") == Manuscript(text="Text.", lines=(3,))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("---\ntitle: a\n---\n", True),
        ("--- \ntitle: a\n...\n", True),
        ("---\n---", True),
        ("---\ntitle: a\n\nnever closed", True),
        ("---\ntitle:\n", True),
        ("---\n\nText\n\n---\n", True),
        ("---\n\nText after a rule", False),
        ("---\nText: after a rule"[:8], False),
        ("----\ntitle: a\n---", False),
        ("\n---\ntitle: a\n---", False),
        ("+++\ntitle = 'a'\n+++", True),
        ("# Title", False),
        ("", False),
    ],
)
def test_a_header_is_known_by_its_first_lines(text: str, wanted: bool) -> None:
    assert is_headed(text, READING) is wanted


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        ("# Given\n\nText", "Given", "Text"),
        ("Given\n===\nText", "Given", "Text"),
        ("# Other\n\nText", "Given", "# Other\n\nText"),
        ("## Given\n\nText", "Given", "## Given\n\nText"),
        ("Text\n\n# Given", "Given", "Text\n\n# Given"),
    ],
)
def test_a_title_said_twice_is_shown_once(body: str, title: str, text: str) -> None:
    found = manuscript(f"---\ntitle: Given\n---\n{body}")

    assert (found.title, found.text) == (title, text)


def test_where_the_header_has_no_title_the_first_heading_serves() -> None:
    found = manuscript("---\nid: a\n---\n\n# A heading\n\nText")

    assert (found.title, found.text, found.lines) == ("A heading", "Text", (7,))


def test_a_date_may_stand_before_the_files_name() -> None:
    assert manuscript("---\ntitle: a\n---", "x/2009-12-22-a.md").date == "2009-12-22"
    assert manuscript("---\ndate: 2010-01-01\n---", "x/2009-12-22-a.md").date == "2010-01-01"
    assert manuscript("---\ndate: never\n---", "x/2009-12-22-a.md").date is None


BROKEN = {
    "a colon": ("---\nid: x\ntitle: a: b\n---\n\n# A heading\n\nText", 3, "A heading", "Text"),
    "no heading": ("---\ntitle: [a\n---\nText", 2, "", "Text"),
    "not closed": ("---\ntitle: a\nauthors:\n  - A\n\n# A heading\n\nText", 1, "A heading", "Text"),
    "not closed, no text": ("---\ntitle: a\n- b\n# c", 1, "", ""),
    "prose between rules": ("---\n\nWords only\n\n---\nText", 2, "", "Text"),
}


@pytest.mark.parametrize(("text", "line", "title", "body"), BROKEN.values(), ids=BROKEN)
def test_a_broken_header_is_an_error_and_the_text_is_read(
    text: str, line: int, title: str, body: str
) -> None:
    found = manuscript(text)
    (fault,) = found.problems

    assert (fault.code, fault.severity, fault.line) == ("bad-header", "error", line)
    assert (found.title, found.text, found.entries) == (title, body, ())


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ("entries: Kernel/Ceph", []),
        ("entries: []", []),
        ("entries:", []),
        ("entries:\n  - Kernel", [("bad-entry", 3)]),
        ("entries:\n  - Kernel/Ceph\n  - Kernel//Ceph", [("bad-entry", 4)]),
        ("entries:\n  -\n  - [Kernel, ~]", [("bad-entry", 3), ("bad-entry", 4)]),
        ("entries:\n  - Kernel: Ceph", [("bad-field", 3)]),
        ("entries:\n  - [Kernel, [Ceph]]", [("bad-field", 3)]),
        ("entries: {Kernel: Ceph}", [("bad-field", 2)]),
    ],
)
def test_entries_that_cannot_be_used_have_their_lines(entries: str, found: list[tuple[str, int]]) -> None:
    assert codes(manuscript(f"---\n{entries}\n---\n")) == found


def test_an_index_block_adds_its_entries() -> None:
    found = manuscript(
        "---\ntitle: a\nentries: [Kernel/Ceph]\n---\nText.\n\n"
        "Index entries for this article\n\nKernel\nCeph\n\n"
        "Kernel\nLocks/\n\nSecurity\nPatches\n\n([Log in](/Login/?target=/Articles/77/) to post comments)"
    )

    assert (found.text, found.id) == ("Text.", "77")
    assert found.entries == (("Kernel", "Ceph"), ("Security", "Patches"))
    assert found.entry_lines == (3, 15)
    assert codes(found) == [("bad-entry", 12)]
    assert dict(found.counts) == {"index-block": 1, "login": 1}


def test_the_text_is_mended_and_its_lines_are_the_files() -> None:
    found = manuscript("---\ntitle: a\n---\n\nText \n| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n")

    assert found.text == "Text\n\n| A | B |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |"
    assert found.lines == (5, 6, 6, 7, 8)
    assert found.counts == (("table", 1),)


def test_what_is_a_call_to_subscribe_in_a_dump_is_the_authors_own_here() -> None:
    assert (
        "> [Join](/Promo/x)" in manuscript("---\ntitle: a\n---\n> [Join](/Promo/x)\n\nto post comments").text
    )


PIECES = (
    "---\n",
    "...\n",
    "title: a\n",
    "entries:\n",
    "- Kernel/Ceph\n",
    "date: x\n",
    "# T\n",
    "\n",
    "a|b",
    "[",
    "\t",
)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=60))
def test_any_text_below_a_rule_is_read(text: str) -> None:
    found = manuscript("---\n" + text)

    assert len(found.entries) == len(found.entry_lines)
    assert len(found.lines) == len(found.text.split("\n")) or (found.lines, found.text) == ((), "")


# Headers of other archives ---------------------------------------------------------------------


def foreign(text: str, preset: PresetName, place: str = "a.md", **said: Any) -> Manuscript:
    rules = reading(Config(), SourceSettings(path="x", preset=preset, **said))
    return read(text, f"content/x/{place}", rules, place)


def fields(found: Manuscript, *names: str) -> dict[str, object]:
    """Return the fields that are set, or those that are named."""
    plain = Manuscript(text="", markup=found.markup)
    shown = names or [
        name for name in Manuscript.__struct_fields__ if name not in ("text", "lines", "markup")
    ]
    return {
        name: getattr(found, name) for name in shown if names or getattr(found, name) != getattr(plain, name)
    }


JEKYLL = """\
---
layout: post
title: "Ceph: a file system"
date: 2009-12-22 10:00:00 +0100
last_modified_at: 2010-01-02
author: Jane Doe and John Roe
categories: kernel storage
tags: [Ceph, File systems]
excerpt: What it is.
lang: pt_br
published: false
permalink: /:year/:title/
redirect_from: /old.html
comments: true
---

* Text
  * More
"""

HUGO = """\
+++
title = "Ceph"
linkTitle = "C"
publishDate = 2009-12-22T10:00:00Z
expiryDate = "2011-01-01"
lastmod = 2010-01-02
Draft = true
tags = [
  "Ceph",
  "File systems",
]
url = "/ceph"
aliases = ["/old/"]
[author]
name = "Jane Doe"
+++
Text
"""

ZOLA = """\
+++
path = "2009/12/22/ceph"
title = "Ceph"
authors = ["Jane Doe and John Roe"]
aliases = ["2009/12/22/ceph.html"]
[taxonomies]
tags = ["Ceph"]
categories = ["Kernel"]
[extra]
team = "Storage"
+++
Text
"""

PELICAN = """\
Title: Ceph
DATE: 2009-12-22 10:00
Modified: 2010-01-02
Tags: Ceph, File systems
Authors: Doe, Jane; Roe, John
Slug: ceph-fs
Status: hidden
Summary: What
    it is.

Text
"""

NIKOLA = """\
<!--
.. title: Ceph
.. slug: ceph-fs
.. date: 2009-12-22 10:00:00 UTC+01:00
.. tags: Ceph, private
.. category: Kernel/Storage
.. description: What it is.
.. type: text
-->

Text
"""

ARCHIVES: dict[str, tuple[str, PresetName, str, dict[str, object]]] = {
    "jekyll": (
        JEKYLL,
        "jekyll",
        "news/_posts/2009-12-21-ceph.md",
        {
            "title": "Ceph: a file system",
            "date": "2009-12-22T10:00:00+01:00",
            "updated": "2010-01-02",
            "authors": ("Jane Doe", "John Roe"),
            "lang": "pt-BR",
            "summary": "What it is.",
            "draft": True,
            "aliases": ("/2009/ceph/", "/old.html"),
            "entries": (
                ("Categories", "kernel"),
                ("Categories", "storage"),
                ("Tags", "Ceph"),
                ("Tags", "File systems"),
            ),
            "entry_lines": (7, 7, 8, 8),
        },
    ),
    "hugo": (
        HUGO,
        "hugo",
        "content/posts/ceph.de.md",
        {
            "id": "ceph",
            "title": "Ceph",
            "date": "2009-12-22T10:00:00+00:00",
            "updated": "2010-01-02",
            "authors": ("Jane Doe",),
            "lang": "de",
            "draft": True,
            "expires": "2011-01-01",
            "aliases": ("/ceph/", "/old/"),
            "entries": (("Tags", "Ceph"), ("Tags", "File systems")),
            "entry_lines": (9, 10),
        },
    ),
    "zola": (
        ZOLA,
        "zola",
        "content/ceph.md",
        {
            "title": "Ceph",
            "date": "2009-12-22",
            "authors": ("Jane Doe and John Roe",),
            "aliases": ("/2009/12/22/ceph/", "/2009/12/22/ceph.html"),
            "entries": (("Categories", "Kernel"), ("Tags", "Ceph")),
            "entry_lines": (8, 7),
        },
    ),
    "pelican": (
        PELICAN,
        "pelican",
        "content/kernel/ceph.md",
        {
            "title": "Ceph",
            "date": "2009-12-22T10:00:00",
            "updated": "2010-01-02",
            "authors": ("Doe, Jane", "Roe, John"),
            "slug": "ceph-fs",
            "aliases": ("/ceph-fs.html",),
            "summary": "What it is.",
            "draft": True,
            "entries": (("Categories", "kernel"), ("Tags", "Ceph"), ("Tags", "File systems")),
            "entry_lines": (1, 4, 4),
        },
    ),
    "nikola": (
        NIKOLA,
        "nikola",
        "posts/ceph.md",
        {
            "title": "Ceph",
            "date": "2009-12-22T10:00:00+01:00",
            "slug": "ceph-fs",
            "aliases": ("/posts/ceph-fs/",),
            "summary": "What it is.",
            "draft": True,
            "entries": (("Categories", "Kernel", "Storage"), ("Tags", "Ceph")),
            "entry_lines": (6, 5),
        },
    ),
    "anyone's": (
        "---\ndate: '2009-12-22T10:00:00.000Z'\ncategory: new\ntitle: Ceph\nauthor: A B, C D\n---\nText",
        "plain",
        "ceph.md",
        {
            "title": "Ceph",
            "date": "2009-12-22T10:00:00+00:00",
            "authors": ("A B", "C D"),
            "entries": (("Categories", "new"),),
            "entry_lines": (3,),
        },
    ),
    "no header": (
        "# Ceph\n\nText",
        "zola",
        "2009-12-22-ceph.md",
        {"title": "Ceph", "date": "2009-12-22", "aliases": ("/ceph/",)},
    ),
}


@pytest.mark.parametrize(("text", "preset", "place", "wanted"), ARCHIVES.values(), ids=ARCHIVES)
def test_the_headers_of_other_archives_are_read(
    text: str, preset: PresetName, place: str, wanted: dict[str, object]
) -> None:
    found = foreign(text, preset, place)

    assert fields(found) == wanted
    assert found.markup == PRESETS[preset].markdown
    assert found.text.split("\n")[0] in ("Text", "* Text")


@pytest.mark.parametrize(
    ("text", "preset", "place", "wanted"),
    [
        ("Title: a\nLang: de\nSlug: x\n\n", "pelican", "ceph-de.md", ("ceph", "de")),
        ("Title: a\nLang: de\nSlug: x\n\n", "pelican", "ceph.md", ("x", "de")),
        ("Title: a\nSlug: x\n\n", "pelican", "ceph.md", ("", None)),
        (".. title: a\n\n", "nikola", "ceph.de.md", ("ceph", "de")),
        ("+++\n+++\n", "zola", "content/ceph/index.de.md", ("ceph", "de")),
        ("---\nref: all\nlang: de\n---\n", "jekyll", "ceph.md", ("all", "de")),
        ("---\nref: all\n---\n", "jekyll", "ceph.md", ("", None)),
        ("---\ntranslationKey: all\n---\n", "hugo", "ceph.de.md", ("all", "de")),
        ("---\nid: own\nlang: de\n---\n", "plain", "ceph.md", ("own", "de")),
    ],
)
def test_translations_have_one_id(
    text: str, preset: PresetName, place: str, wanted: tuple[str, str | None]
) -> None:
    found = foreign(text, preset, place)

    assert (found.id, found.lang) == wanted


def test_a_source_has_a_language_of_its_own() -> None:
    assert foreign("---\ntitle: a\n---\n", "hugo", lang="de").lang == "de"
    assert foreign("---\nlang: fr\n---\n", "lwn", lang="de").lang == "fr"


@pytest.mark.parametrize(
    ("text", "preset", "place", "wanted"),
    [
        ("---\npublished: 2009-12-22\n---\n", "hugo", "a.md", ("2009-12-22", False)),
        ("---\nlastmod: 2009-12-22\n---\n", "hugo", "a.md", ("2009-12-22", False)),
        ("---\npublished: true\n---\n", "jekyll", "2009-12-22-a.md", ("2009-12-22", False)),
        ("---\npublished: no\n---\n", "jekyll", "a.md", (None, True)),
        ("---\ntitle: a\n---\n", "jekyll", "_drafts/a.md", (None, True)),
        ("---\nstatus: published\n---\n", "nikola", "a.md", (None, False)),
        ("---\nstatus: Draft\n---\n", "plain", "a.md", (None, True)),
        ("---\ndate:\n---\n", "jekyll", "2009-12-22-a.md", ("2009-12-22", False)),
        ("---\nurl: /2009/12/22/a/\n---\n", "hugo", "a.md", ("2009-12-22", False)),
        ("---\ntitle: a\n---\n", "hugo", "2009/12/22/a.md", ("2009-12-22", False)),
        ("---\ndate: 2009-02-30\n---\n", "jekyll", "2009-12-22-a.md", (None, False)),
        ("+++\ndate = 2009-02-30\n+++\n", "zola", "2009-12-22-a.md", (None, False)),
    ],
)
def test_when_and_whether_an_article_is_published(
    text: str, preset: PresetName, place: str, wanted: tuple[str | None, bool]
) -> None:
    found = foreign(text, preset, place)

    assert (found.date, found.draft) == wanted
    assert codes(found) == ([("bad-date", 2)] if "02-30" in text else [])


def test_a_configuration_names_fields_and_indexes() -> None:
    text = "---\ntitle: a\nwriter: A\nextra: {topic: Kernel}\n---\n"
    said: dict[str, Any] = {
        "fields": {"authors": "writer", "tags": ("x", "extra.topic")},
        "index": "News",
        "entries": ("News/All",),
    }
    found = foreign(text, "zola", **said)

    assert found.authors == ("A",)
    assert found.entries == (("News", "Kernel"), ("News", "All"))


def test_fields_that_nobody_reads_are_told_in_archives_of_our_own_shape() -> None:
    text = "---\ntitle: a\nlayout: post\ntags: [b]\n---\n"

    assert codes(foreign(text, "jekyll")) == []
    assert codes(foreign(text, "plain")) == [("unknown-field", 3)]
    assert codes(manuscript(text)) == [("unknown-field", 3), ("unknown-field", 4)]
    assert codes(manuscript('+++\ntitle = "a"\n\nlayout = "post"\n+++\n')) == [("unknown-field", 4)]


def test_an_articles_own_header_names_its_dialect() -> None:
    fields = "title: a\nmarkup: html\noriginal: https://example.org/a\naliases: [/a/]"
    found = manuscript(f"---\n{fields}\n---\n\n<h1>a</h1>\n\n| A\n")

    assert (found.markup, found.text, found.problems) == ("html", "<h1>a</h1>\n\n| A", ())
    assert (found.original, found.aliases) == ("https://example.org/a", ("/a/",))
    assert codes(manuscript("---\ntitle: a\nmarkup: rst\n---\n")) == [("bad-field", 3)]


def test_only_texts_of_python_markdown_are_mended() -> None:
    table = "---\ntitle: a\n---\n\nText \n| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n"

    assert foreign(table, "hugo").text == "Text \n| A | B |\n| --- | --- |\n| 1 | 2 | 3 |"
    assert foreign(table, "pelican").counts == (("table", 1),)


def test_what_the_generators_templates_left_is_cleared_away_with_a_problem() -> None:
    text = "---\ntitle: a\n---\n\nText\n{: .note}\n\n{% include x.html %}\n"
    found = foreign(text, "jekyll")

    assert found.text == "Text"
    assert codes(found) == [("left-out", 8)]
    assert foreign("---\ntitle: a\n---\n\n{% x %}", "plain").text == "{% x %}"


def test_a_path_of_zolas_counts_from_the_folder_of_its_texts() -> None:
    found = foreign("# T\n\n[a](@/news/b.md)", "zola", "content/news/a.md")

    assert found.text == "[a](b.md)"


def test_an_index_block_is_known_in_texts_of_our_own_shape_only() -> None:
    text = "---\ntitle: a\n---\nText.\n\nIndex entries for this article\n\nKernel\nCeph\n"

    assert foreign(text, "plain").entries == (("Kernel", "Ceph"),)
    assert foreign(text, "jekyll").entries == ()


def test_lines_between_fences_are_pelicans_even_where_they_are_no_yaml() -> None:
    found = foreign("---\nTitle: Ceph: again\nTags: a, b\n---\nText", "pelican")

    assert (found.title, found.entries, codes(found)) == ("Ceph: again", (("Tags", "a"), ("Tags", "b")), [])


NAMES = st.from_regex(r"[A-Za-z][A-Za-z .:#-]{0,20}[A-Za-z]", fullmatch=True)


@given(
    st.fixed_dictionaries(
        {"title": NAMES},
        optional={
            "slug": NAMES,
            "description": NAMES,
            "draft": st.booleans(),
            "tags": st.lists(NAMES, max_size=3),
            "date": st.dates(date(1000, 1, 1), date(9998, 12, 31)),
            "extra": st.fixed_dictionaries({"author": NAMES}),
        },
    ),
    st.sampled_from(PRESET_NAMES),
)
def test_yaml_and_toml_of_the_same_fields_are_the_same(said: dict[str, Any], preset: PresetName) -> None:
    ours = [one for one in said.items() if one[0] != "extra"]
    tables = "".join(
        f"\n[{name}]\nauthor = {json.dumps(one['author'])}" for name, one in said.items() if name == "extra"
    )
    plain = {name: str(one) if isinstance(one, date) else one for name, one in ours}
    lines = "\n".join(f"{name} = {one if name == 'date' else json.dumps(one)}" for name, one in plain.items())
    asis = {**plain, **{name: one for name, one in said.items() if name == "extra"}}

    in_yaml = foreign(f"---\n{yaml.safe_dump(asis, sort_keys=False)}---\nText", preset)
    in_toml = foreign(f"+++\n{lines}{tables}\n+++\nText", preset)
    hidden = {"lines": (), "entry_lines": (), "problems": ()}

    assert replace(in_yaml, **hidden) == replace(in_toml, **hidden)
    assert {one.code for one in in_yaml.problems} == {one.code for one in in_toml.problems}


FOREIGN_PIECES = (
    *("---\n", "+++\n", "<!--\n", "-->\n", ".. title: a\n", "Title: a\n", "title = 'a'\n", "[extra]\n"),
    *(
        "tags: [a, {b: c}]\n",
        "tags = [1, [2]]\n",
        "permalink: /:x/\n",
        "url = 3\n",
        "link: http://[\n",
        "    more\n",
    ),
    *(
        "date = 2009-02-30\n",
        "author: {name: [x]}\n",
        "\n",
        "# T\n",
        "status: 1\n",
        "lang: [de]\n",
        "published: {}\n",
    ),
)


@given(
    st.lists(st.sampled_from(FOREIGN_PIECES), max_size=20).map("".join) | st.text(max_size=60),
    st.sampled_from(PRESET_NAMES),
    st.sampled_from(("a.md", "_posts/2009-1-2-a.md", "x/index.de.md", "2009/12/22/a")),
)
def test_any_text_is_read_by_any_preset(text: str, preset: PresetName, place: str) -> None:
    found = foreign(text, preset, place)
    last = text.count("\n") + 1

    assert len(found.entries) == len(found.entry_lines)
    assert all(1 <= one.line <= last for one in found.problems)
    assert len(found.lines) == len(found.text.split("\n")) or (found.lines, found.text) == ((), "")


def test_frames_become_links_and_are_counted() -> None:
    text = '---\ntitle: T\n---\n<iframe src="https://example.org/a"></iframe>\n\n`<iframe src="/b">`\n'
    found = read(text, "a.md", READING)

    assert found.text == '<a href="https://example.org/a">https://example.org/a</a>\n\n`<iframe src="/b">`'
    assert dict(found.counts)["player"] == 1
