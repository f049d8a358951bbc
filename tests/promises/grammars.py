"""Texts of every kind that is read, as their grammars allow them and a little beyond."""

# ruff: noqa: ISC004 - texts stand here as they are written elsewhere

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st

from lwnindex.presets import PRESETS
from lwnindex.settings import Config, FeedSettings, SourceSettings
from tests.constructs import documents
from tests.promises import seeds
from tests.soup import soup

_letters = st.text(st.characters(exclude_categories=()), max_size=8)
_said = _letters | st.sampled_from(
    (*seeds.DATES, *seeds.NAMES[:8], "a, b", "Kernel/I/O", "true", "~", "de", "^a(", "")
)
_numbers = st.integers(-(2**70), 2**70) | st.floats() | st.booleans()
_values = st.recursive(
    _said | _numbers | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_said, inner, max_size=3),
    max_leaves=8,
)
_fields = st.sampled_from(
    sorted(
        {
            one.split(".")[0]
            for preset in PRESETS.values()
            for names in preset.fields.values()
            for one in names
        }
    )
)


def _encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(lambda text: text.encode("utf-8", "surrogatepass"))


# Headers -----------------------------------------------------------------------------------------


def _in_yaml(table: Mapping[str, Any]) -> str:
    return "---\n" + "".join(f"{key}: {_json(value)}\n" for key, value in table.items()) + "---\n"


def _in_json(table: Mapping[str, Any]) -> str:
    return _json(table) + "\n\n"


def _in_toml(table: Mapping[str, Any]) -> str:
    return "+++\n" + "".join(f"{_key(key)} = {_toml(value)}\n" for key, value in table.items()) + "+++\n"


def _in_dots(table: Mapping[str, Any]) -> str:
    return "".join(f".. {key}: {_plain(value)}\n" for key, value in table.items()) + "\n"


def _in_lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{key.title()}: {_plain(value)}\n" for key, value in table.items()) + "\n"


def _plain(value: object) -> str:
    return value if isinstance(value, str) else _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value).replace("NaN", "nan").replace("Infinity", "inf").replace("null", '""')


def _key(name: str) -> str:
    return name if name.isalnum() and name.isascii() else json.dumps(name)


_headers = st.builds(
    lambda write, table, text: write(table) + text,
    st.sampled_from((_in_yaml, _in_json, _in_toml, _in_dots, _in_lines)),
    st.dictionaries(_fields, _values, max_size=8),
    documents(),
)

# Files in TOML -----------------------------------------------------------------------------------

_TABLES = {
    name: tuple(value) if isinstance(value, dict) else ()
    for name, value in msgspec.to_builtins(Config()).items()
}
_IN_LISTS = {"sources": SourceSettings.__struct_fields__, "feeds": FeedSettings.__struct_fields__}


def _tables(heads: st.SearchStrategy[str], keys: Sequence[str]) -> st.SearchStrategy[str]:
    rows = st.lists(st.builds("{} = {}\n".format, st.sampled_from(keys), _values.map(_toml)), max_size=4)
    return st.builds(lambda head, found: f"{head}\n{''.join(found)}", heads, rows)


def _several(tables: Sequence[st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*tables), max_size=5).map("".join)


_configurations = _several(
    [
        *(_tables(st.just(f"[{name}]"), keys) for name, keys in _TABLES.items() if keys),
        *(_tables(st.just(f"[[{name}]]"), keys) for name, keys in _IN_LISTS.items()),
        st.builds("{} = {}\n".format, st.sampled_from(sorted(_TABLES)), _values.map(_toml)),
    ]
)
_topics = _several(
    [
        _tables(
            st.lists(_said, min_size=1, max_size=3).map(lambda some: f"[{json.dumps('/'.join(some))}]"),
            ("note", "aliases", "hidden", "see_also", "parents", "related", "sort", "reciprocal", "x"),
        )
    ]
)

# Feeds -------------------------------------------------------------------------------------------

_NAMES = (
    *(
        "title",
        "link",
        "description",
        "author",
        "name",
        "email",
        "guid",
        "id",
        "pubDate",
        "updated",
        "category",
    ),
    *(
        "content",
        "summary",
        "source",
        "dc:date",
        "dc:creator",
        "content:encoded",
        "enclosure",
        "item",
        "entry",
    ),
    *("itunes:author", "media:content", "georss:point", "div", "image", "url", "textInput", "cloud", "ttl"),
)
_ATTRIBUTES = (
    *(
        "",
        " type='html'",
        " type='xhtml'",
        " type='text'",
        " href='a'",
        " rel='alternate'",
        " rel='enclosure' href='//['",
    ),
    *(
        " xml:base='http://['",
        " xml:lang='de'",
        " isPermaLink='false'",
        " term='a' label='b'",
        " mode='base64'",
        " src='a'",
    ),
)
_elements = st.recursive(
    _said.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
    | soup.map("<![CDATA[{}]]>".format)
    | soup,
    lambda inner: st.lists(
        st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(_NAMES), st.sampled_from(_ATTRIBUTES), inner),
        max_size=5,
    ).map("".join),
    max_leaves=12,
)
_ROOTS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/'
    'content/"><channel><item>{}</item></channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>',
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><item>{}</item></rdf:RDF>',
)
_feeds = st.builds(str.format, st.sampled_from(_ROOTS), _elements) | st.fixed_dictionaries(
    {
        "version": st.just("https://jsonfeed.org/version/1.1"),
        "items": st.lists(
            st.dictionaries(
                st.sampled_from(
                    ("id", "url", "title", "content_html", "date_published", "authors", "tags", "attachments")
                ),
                _values,
                max_size=6,
            ),
            max_size=4,
        ),
    }
).map(json.dumps)

# All else ----------------------------------------------------------------------------------------


def _of(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces) | _letters, max_size=20).map("".join)


_heads = _of(
    *(
        "By ",
        "**",
        "Ada Example",
        " and ",
        ", ",
        "  \n",
        "\n\n",
        "December 22, 2009",
        "22 Dec 2009",
        "[Posted ",
        "] ",
    ),
    *(" by corbet", "This article was contributed by ", "[Summit](/Archives/ConferenceIndex/#S)", "* * *\n"),
)
_blocks = _of(
    *(
        "Index entries for this article",
        "\n",
        "\n\n",
        "  \n---  \n",
        "| ",
        " |",
        "[Kernel](/Kernel/Index)",
        "Kernel",
        "/",
    ),
    *(
        "[Locks/RCU](/Kernel/Index#Locks-RCU)",
        "Security",
        "to post comments",
        "<tr><td>",
        "</td></tr>",
        "<table>",
        "\\_",
    ),
)
_dates = _of(
    *(
        "2009",
        "12",
        "22",
        "-",
        "/",
        ".",
        " ",
        ",",
        "T",
        ":",
        "Z",
        "+01:00",
        "Dec",
        "December",
        "dezembro",
        "年",
        "月",
        "日",
    ),
    *("18", "61", "0", "th", "at ", "p.m.", "GMT", "Tue", "de "),
)
_tags = _of(
    *(
        "{% ",
        " %}",
        "{{ ",
        " }}",
        "{{< ",
        " >}}",
        "{{% ",
        "raw",
        "endraw",
        "highlight",
        "endhighlight",
        "figure",
        "ref",
    ),
    *(
        " src='a'",
        ' "b.md#c"',
        "{: .a}",
        "{::comment}",
        "{:/}",
        "\n",
        "\n\n",
        "`",
        "~~~\n",
        "[a](",
        ")",
        "{static}/a",
        "|",
    ),
)
_pages = st.sampled_from((*seeds.PAGES, "<article>")).flatmap(
    lambda page: soup.map(lambda inner: page.replace("</p>", inner, 1) if "</p>" in page else page + inner)
)
_dumps = st.builds("# Title\n\n{}\n\n{}\n\n{}".format, _heads, documents(), _blocks)

GRAMMARS: Mapping[str, st.SearchStrategy[bytes]] = {
    "texts of bytes": st.binary(max_size=200)
    | _encoded(_letters)
    | _letters.map(lambda text: text.encode("utf-16", "replace")),
    "dumps": _encoded(_dumps),
    "headers by every preset": _encoded(_headers),
    "saved pages": _encoded(_pages),
    "feeds": _encoded(_feeds),
    "files of topics": _encoded(_topics),
    "templates' tags": _encoded(_tags),
    "bylines": _encoded(_heads),
    "dates": _encoded(_dates),
    "bodies of HTML": _encoded(soup),
    "bodies of CommonMark": _encoded(documents()),
    "index blocks": _encoded(_blocks),
    "the accelerator": _encoded(documents()),
    "names": _encoded(
        st.text(st.characters(exclude_categories=())) | _of(*seeds.NAMES, "/", "..", ".", "~", "con", " ")
    ),
    "refiling": _encoded(_dumps | _headers),
    "configurations": _encoded(_configurations),
}
"""What is made for each target."""
