"""Every mistake in a configuration is told, each in a sentence with its key and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.configured import mistakes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('outptu = "x"', 'there is no key "outptu". Did you mean "output"?'),
        ('[site]\ntitel = "x"', 'there is no key "site.titel". Did you mean "site.title"?'),
        (
            'plugins = ["my site"]',
            '"my site" is no plug-in. Write its module and its function, as in "mysite:extend".',
        ),
        ('plugins = ["a:b", "a:b"]', 'the key "plugins": it names a plug-in twice.'),
        ('plugins = "a:b"', 'the key "plugins": Expected a list, got a text in quotes.'),
        ("[pages]\nzzz = 1", 'there is no key "pages.zzz". There are: authors, archives, weeks,'),
        (
            '[indexes.Kernel]\ntitel = "x"',
            'there is no key "indexes.Kernel.titel". Did you mean "indexes.Kernel.title"?',
        ),
        ('[indxes.Kernel]\ntitle = "x"', 'there is no key "indxes". Did you mean "indexes"?'),
        ("output = 1", 'the key "output": Expected a text in quotes or a table, got a whole number.'),
        ("[output]\nfolder = 1", 'the key "output.folder": Expected a text in quotes, got a whole number.'),
        ('[output]\nfodler = "x"', 'there is no key "output.fodler". Did you mean "output.folder"?'),
        ('[output]\nswitch = "symlinks"', 'Did you mean "symlink"?'),
        ('content = "content"', 'the key "content": Expected a list, got a text in quotes.'),
        ("content = [1]", 'the key "content": Expected a text in quotes, got a whole number at [0].'),
        (
            '[[sources]]\npath = "x"\nfields = { title = 3 }',
            'the key "sources[0].fields.title": Expected a text in quotes or a list, got a whole number.',
        ),
        ("[site]\ntitle = 2009-12-22", 'the key "site.title": Expected a text in quotes, got a date.'),
        ("site = 1", 'the key "site": Expected a table, got a whole number.'),
        ("indexes = 1", 'the key "indexes": Expected a table, got a whole number.'),
        ("indexes.Kernel = 1", 'the key "indexes.Kernel": Expected a table, got a whole number.'),
        (
            '[pages]\nper_page = "1"',
            'the key "pages.per_page": Expected a whole number, got a text in quotes.',
        ),
        (
            "[pages]\nper_page = 1.5",
            'the key "pages.per_page": Expected a whole number, got a number with a fraction.',
        ),
        ("[pages]\nauthors = 1", 'the key "pages.authors": Expected true or false, got a whole number.'),
        (
            "[bylines.nicks]\njake = 1",
            'the key "bylines.nicks.jake": Expected a text in quotes, got a whole number.',
        ),
        (
            '[feeds_out]\nformats = ["rss", "xml"]',
            "the key \"feeds_out.formats\": Invalid enum value 'xml' at [1].",
        ),
        ('[feeds_out]\nformats = ["rss", "rss"]', 'the key "feeds_out.formats": it names a format twice.'),
        (
            '[links]\nstyle = "ugly"',
            "the key \"links.style\": Invalid enum value 'ugly'. There are: file, pretty.",
        ),
        (
            '[index]\ndeclared = "wran"',
            'the key "index.declared": Invalid enum value \'wran\'. Did you mean "warn"?',
        ),
        ("[pages]\nnewest = 0", 'the key "pages.newest": 0 is too small; it must be 1 or more.'),
        ("[pages]\nper_page = 0", 'the key "pages.per_page": 0 is too small; it must be 1 or more.'),
        (
            '[feeds_out]\nhubs = ["hub.example", "https://a.example/?x=1"]',
            'the key "feeds_out.hubs": "hub.example" is no address of a hub',
        ),
        (
            '[feeds_out]\nhubs = ["https://a.example/", "https://a.example/"]',
            'the key "feeds_out.hubs": it names a hub twice.',
        ),
        (
            '[[sources]]\npath = "x"\npermalink = "/:yaer/:title/"',
            'is no pattern of addresses, such as "/:year/:month/:title/". Nothing stands for :yaer.',
        ),
        ('[[sources]]\npath = "x"\npermalink = ":year/"', '":year/" is no pattern of addresses'),
        ("[feeds_out]\nitems = 0", 'the key "feeds_out.items": 0 is too small'),
        ("[index]\nper_topic = -1", 'the key "index.per_topic": -1 is too small'),
        ("[index]\nsplit = 0", 'the key "index.split": 0 is too small'),
        ("content = []", 'the key "content": it must name a folder'),
        ('content = ["a", ""]', 'the key "content": it must name a folder'),
        ('[site]\ntitle = " "', 'the key "site.title": it must not be empty.'),
        ('[site]\nurl = "example.org"', 'the key "site.url": "example.org" is no whole address'),
        (
            '[site]\nurl = "ftp://example.org/"',
            'the key "site.url": "ftp://example.org/" is no whole address',
        ),
        ('[site]\nurl = "https://"', 'the key "site.url": "https://" is no whole address'),
        ('[site]\nurl = "https://a b/"', 'the key "site.url": "https://a b/" is no whole address'),
        ('[site]\nurl = "https://[::1/"', 'the key "site.url": "https://[::1/" is no whole address'),
        ('[site]\nurl = "https://example.org/?a=b"', 'the key "site.url"'),
        ('[site]\nurl = "https://example.org/#a"', 'the key "site.url"'),
        ('[site]\nsource = "lwn.net"', 'the key "site.source": "lwn.net" is no whole address'),
        ('[site]\ntimezone = "Mars/Base"', 'the key "site.timezone": "Mars/Base" is no time zone'),
        ('[site]\ntimezone = "../UTC"', 'the key "site.timezone": "../UTC" is no time zone'),
        ('[site]\ntimezone = "Europe"', 'the key "site.timezone": "Europe" is no time zone'),
        (
            '[site]\nlanguage = "english please"',
            'the key "site.language": "english please" is no language tag',
        ),
        (
            '[indexes.X]\npath = "../../etc"',
            'the key "indexes.X.path": "../../etc" cannot be a folder of a site',
        ),
        ('[indexes.X]\npath = "a//b"', 'the key "indexes.X.path"'),
        ('[indexes.X]\npath = "My Index"', '"My Index" cannot be a folder of a site; "My_Index" can.'),
        ('[indexes.X]\npath = "CON/Index"', 'the key "indexes.X.path"'),
        (
            '[markdown]\nextensions = ["no_such"]',
            "cannot use the extension \"no_such\": No module named 'no_such'.",
        ),
        ('[markdown]\nextensions = ["json"]', 'cannot use the extension "json"'),
        ('[strip]\nlines = ["(a"]', 'the key "strip.lines": "(a" is no regular expression: missing )'),
        ('[strip]\nrest = ["*"]', 'the key "strip.rest": "*" is no regular expression'),
    ],
)
def test_a_mistake_is_told_with_its_key_and_a_way_out(tmp_path: Path, text: str, said: str) -> None:
    told = mistakes(tmp_path, text)

    assert len(told) == 1
    assert said in told[0]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = (
        'outptu = "x"\ncontent = 1\n[site]\ntitel = "x"\nurl = "no"\n[indexes.Kernel]\nptah = ""\n'
        '[pages]\nper_page = 0\nauthors = "yes"\n'
    )

    assert [told.split('"')[1] for told in mistakes(tmp_path, text)] == [
        "outptu",
        "content",
        "site.titel",
        "site.url",
        "indexes.Kernel.ptah",
        "pages.per_page",
        "pages.authors",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[sources]]\npath = "a"\npreset = "jekyl"', 'the key "sources[0].preset"'),
        (
            '[[sources]]\npath = "a"\n[[sources]]\npaht = "b"',
            'there is no key "sources[1].paht". Did you mean',
        ),
        ('[[sources]]\npath = "a"\n[sources.select]\nbdy = "p"', 'there is no key "sources[0].select.bdy"'),
        ('[[sources]]\npath = "a"\nfields = {autor = "by"}', 'no article has a field "autor". Did you mean'),
        ('[[sources]]\npath = "a"\nindex = {tag = "T"}', '"tag" is no field of entries'),
        ('[[sources]]\npath = "a"\nurl = "old"', '"old" is no whole address'),
        ('[[sources]]\npath = "a"\nlang = "?"', '"?" is no language tag'),
        ('[[feeds]]\nurl = "feed.xml"', '"feed.xml" is no address of a feed'),
        ('[sources]\npath = "a"', 'the key "sources"'),
    ],
)
def test_a_mistake_in_a_list_of_tables_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert said in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[feeds_out.query]]\nname = "A"\nnay = ["B"]', 'there is no key "feeds_out.query[0].nay".'),
        ('[[feeds_out.query]]\nname = "A"\nany = "B"', 'the key "feeds_out.query[0].any": Expected a list'),
        (
            '[[feeds_out.query]]\nname = "A"\n[[feeds_out.query]]\nname = "B"\nsince = "2009-13-01"',
            'the key "feeds_out.query[1].since": Invalid',
        ),
        ("[feeds_out.query]\nname = 1", 'the key "feeds_out.query": Expected a list, got a table.'),
        ("[feeds_out]\nquery = [1]", 'the key "feeds_out.query[0]": Expected a table'),
    ],
)
def test_a_mistake_in_a_query_is_told(tmp_path: Path, text: str, said: str) -> None:
    (told,) = mistakes(tmp_path, text)
    assert told.startswith(said)
