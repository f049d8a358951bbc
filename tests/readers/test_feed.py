"""A feed on disk becomes manuscripts: those of every format, those that are broken, those that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lwnindex.model import Manuscript
from lwnindex.readers import feed
from lwnindex.readers.feedtext import LARGEST
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, SourceSettings

READING = reading(Config())


def rss(*items: str, head: str = "<link>https://example.org/</link>", version: str = "2.0") -> bytes:
    """Return an RSS feed of items that are written as XML."""
    inside = "\n".join(f"<item>{one}</item>" for one in items)
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return (
        f'<?xml version="1.0"?>\n<rss version="{version}" {spaces}><channel>{head}\n{inside}</channel></rss>'
    ).encode()


def manuscripts(content: bytes, rules: Reading = READING) -> tuple[Manuscript, ...]:
    return feed.read(content, "content/a.xml", rules).manuscripts


def codes(content: bytes) -> list[str]:
    return [one.code for one in feed.read(content, "content/a.xml", READING).problems]


def test_an_item_of_lwns_own_feed_is_the_article_that_its_address_names() -> None:
    item = (
        "<title>[$] Two that did not make it</title><link>https://lwn.net/Articles/367000/rss</link>"
        "<dc:date>2009-12-22T18:15:29+00:00</dc:date><dc:creator>corbet</dc:creator>"
        "<description>Not &lt;b&gt;every&lt;/b&gt; patch.</description>"
    )
    (found,) = manuscripts(rss(item))
    assert (found.id, found.title) == ("367000", "Two that did not make it")
    assert (found.date, found.updated) == ("2009-12-22T18:15:29+00:00", None)
    assert found.authors == ("Jonathan Corbet",)
    assert (found.text, found.markup) == ("Not <b>every</b> patch.", "html")
    assert found.original == "https://lwn.net/Articles/367000/rss"


def test_of_two_items_of_one_guid_the_one_updated_later_stays_where_it_stands() -> None:
    old = "<title>Old</title><guid>a</guid><pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate>"
    new = "<title>New</title><guid>a</guid><pubDate>Tue, 02 Jan 2001 00:00:00 GMT</pubDate>"
    other = "<title>Other</title><guid>b</guid>"
    for order in ((old, other, new), (new, other, old)):
        found = manuscripts(rss(*order))
        assert {one.title for one in found} == {"Other", "New"}
        assert dict(found[-1].counts).get("repeat") == 1 or found[-1].title == "Other"
    assert [one.title for one in manuscripts(rss(old, other, new))] == ["Other", "New"]


def test_items_are_told_with_their_guids_and_links() -> None:
    (found,) = feed.items(rss("<title>A</title><guid>urn:a</guid><link>/a</link>"), "a.xml", READING)
    assert (found.guid, found.link) == ("urn:a", "https://example.org/a")
    assert found.manuscript.id == ""


def test_what_is_no_feed_is_said_to_be_none() -> None:
    for content in (b'{"name": "left-pad", "version": "1"}', b"<urlset><url/></urlset>", b"<html></html>"):
        assert codes(content) == ["not-read"]
    assert codes(b" \n") == ["empty"]


ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en"
 xml:base="https://example.org/blog/">
 <title>Feed</title><author><name>The Desk</name></author><link href="/"/>
 <at:deleted-entry ref="urn:gone" when="2009-12-01T00:00:00Z"><at:comment>Gone</at:comment></at:deleted-entry>
 <entry xml:lang="de">
  <title type="html">Caf&amp;eacute; &amp;lt;b&amp;gt; &lt;em&gt;&amp;amp;&lt;/em&gt;</title>
  <id>urn:a</id><link href="a" rel="alternate"/><link rel="enclosure" href="a.ogg"/>
  <published>2009-12-22T18:15:29+01:00</published><updated>2009-12-23T00:00:00Z</updated>
  <category term="kernel" label="The kernel"/><category term="ceph"/>
  <summary>Short &amp; plain.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"
   ><p>Long <a href="b">&lt;text&gt;</a></p></div></content>
 </entry>
 <entry><title type="text">&lt;b&gt; is a tag</title><id>urn:b</id><updated>2009-12-22T00:00:00Z</updated>
  <author><name>corbet</name><email>c@example.org</email></author>
  <content type="text">One &lt;

Two</content></entry>
</feed>"""


def test_atom_is_read_by_the_types_of_its_texts() -> None:
    first, second = manuscripts(ATOM)
    assert (first.title, second.title) == ("Café <b> &", "<b> is a tag")
    assert (first.lang, second.lang) == ("de", "en")
    assert (first.date, first.updated) == ("2009-12-22T18:15:29+01:00", "2009-12-23T00:00:00+00:00")
    assert (first.authors, second.authors) == (("The Desk",), ("Jonathan Corbet",))
    assert first.original == "https://example.org/blog/a"
    assert first.summary == "Short & plain."
    assert first.text == (
        '<p>Long <a href="https://example.org/blog/b">&lt;text&gt;</a></p>\n'
        '<p><a href="https://example.org/blog/a.ogg">a.ogg</a></p>'
    )
    assert second.text == "<p>One &lt;</p>\n<p>Two</p>"
    assert (first.lines, first.problems) == ((6, 6), ())


ITEM = "<title>A &amp; B</title><link>https://example.org/a</link><description>Text</description>"
OLD = {
    "rss 0.91": (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        f'<rss version="0.91"><channel><title>F</title><item>{ITEM}</item></channel></rss>'
    ),
    "rss 0.92": f'<rss version="0.92"><channel><item>{ITEM}</item></channel></rss>',
    "rss without a version": f"<rss><channel><item>{ITEM}</item></channel></rss>",
    "rss 0.90": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/><item>{ITEM}</item></rdf:RDF>'
    ),
    "rss 1.0": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/"><channel/><item rdf:about="https://example.org/a">{ITEM}</item></rdf:RDF>'
    ),
    "atom 0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A &amp; B</title>'
        '<link rel="alternate" type="text/html" href="https://example.org/a"/>'
        '<content type="text/html" mode="escaped">Text</content></entry></feed>'
    ),
    "cdf": (
        '<CHANNEL HREF="https://example.org/"><TITLE>F</TITLE><ITEM HREF="https://example.org/a">'
        "<TITLE>A &amp; B</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>"
    ),
    "rss in capitals": f'<RSS version="2.0"><channel><item>{ITEM}</item></channel></RSS>',
    "an entry by itself": (
        '<entry xmlns="http://www.w3.org/2005/Atom"><title>A &amp; B</title><link href="https://example.org/a"/>'
        "<summary>Text</summary></entry>"
    ),
    "json 1.0": (
        '{"version": "https://jsonfeed.org/version/1", "title": "F", "items": [{"id": "1", "title": "A & B",'
        ' "url": "https://example.org/a", "content_html": "<p>Text</p>"}]}'
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("form", OLD)
def test_every_format_is_read_in_every_encoding(form: str, encoding: str) -> None:
    found = feed.read(OLD[form].encode(encoding), "content/a.xml", READING)
    (one,) = found.manuscripts
    assert (one.title, one.text, one.original) == ("A & B", "<p>Text</p>", "https://example.org/a")
    assert found.problems == ()


JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "language": "en",
    "authors": [{"name": "The Desk"}],
    "items": [
        {
            "id": "1",
            "url": "https://example.org/a/",
            "title": "A <b> & B",
            "content_html": "<p><a href='b'>Text</a></p>",
            "content_text": "Text",
            "summary": "Short.",
            "date_published": "2009-12-22T18:15:29+01:00",
            "date_modified": "2009-12-23T18:15:29+01:00",
            "tags": ["x"],
            "language": "de",
            "attachments": [{"url": "https://example.org/a.ogg", "title": "The talk"}, {"url": 5}, 7],
        },
        {"id": "2", "content_text": "1 < 2\n\nNo title \ud800."},
    ],
}


def test_json_feed_is_read_as_its_keys_say() -> None:
    first, second = manuscripts(json.dumps(JSON).encode())
    assert (first.title, first.summary, first.lang) == ("A <b> & B", "Short.", "de")
    assert (first.date, first.updated) == ("2009-12-22T18:15:29+01:00", "2009-12-23T18:15:29+01:00")
    assert first.text == (
        '<p><a href="https://example.org/a/b">Text</a></p>\n'
        '<p><a href="https://example.org/a.ogg">The talk</a></p>'
    )
    assert second.text == "<p>1 &lt; 2</p>\n<p>No title \ufffd.</p>"
    assert (second.title, second.authors, second.lang) == (
        "1 < 2 No title \ufffd.",
        ("The Desk",),
        "en",
    )


def test_the_longest_of_an_items_texts_is_its_text_and_the_other_its_summary() -> None:
    text = "<content:encoded>&lt;p&gt;Long text.&lt;/p&gt;</content:encoded>"
    item = f"<title>A</title><description>Short.</description>{text}"
    (found,) = manuscripts(rss(item))
    assert (found.text, found.summary) == ("<p>Long text.</p>", "Short.")


def test_nothing_is_taken_from_a_text_before_it_is_cleaned_as_all_bodies_are() -> None:
    text = (
        '<article><svg viewBox="0 0 1 1"><title>A</title></svg><math><mi>x</mi></math><x-y z="1"/></article>'
    )
    (found,) = manuscripts(rss(f"<title>A</title><description><![CDATA[{text}]]></description>"))
    assert found.text == text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "it declares entities or elements"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>'.encode("utf-16"), "it declares entities or elements"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>'.encode("utf-16-be"), "it declares entities or elements"),
        (b"<rss>" + b"<a>" * 300, "elements are nested more than 200 deep"),
        (b" " * (LARGEST + 1), "it has more than 16 MiB"),
    ],
)
def test_what_could_harm_the_parser_is_not_parsed(content: bytes, message: str) -> None:
    (found,) = feed.read(content, "content/a.xml", READING).problems
    assert (found.code, message in found.message) == ("unsafe-feed", True)


def test_a_broken_feed_gives_what_of_it_can_be_read() -> None:
    content = b"<rss version='2.0'><channel>\n<item><title>A & B</title></item>\n<item><title>C</ti"
    found = feed.read(content, "content/a.xml", READING)
    assert found.manuscripts[0].title == "A & B"
    assert next((one.code, one.line, one.severity) for one in found.problems) == ("bad-feed", 2, "warning")


def test_an_item_that_says_nothing_is_left_out_and_told() -> None:
    content = rss("<title>A</title>", "<pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate>", "<link>/b</link>")
    assert [one.title for one in manuscripts(content)] == ["A", "https://example.org/b"]
    (told,) = feed.read(content, "a.xml", READING).problems
    assert (told.code, told.line) == ("bad-feed", 4)


def test_what_is_relative_is_taken_from_where_the_source_was_published() -> None:
    rules = reading(Config(), SourceSettings(path="a", url="https://example.org/news/"))
    (found,) = manuscripts(
        rss(
            "<title>A</title><link>a</link><description>&lt;a href='b'&gt;B&lt;/a&gt;</description>", head=""
        ),
        rules,
    )
    assert found.original == "https://example.org/news/a"
    assert found.text == '<a href="https://example.org/news/b">B</a>'


def test_the_language_is_the_sources_where_the_feed_tells_none() -> None:
    rules = reading(Config(), SourceSettings(path="a", lang="de"))
    assert [one.lang for one in manuscripts(rss("<title>A</title>"), rules)] == ["de"]
    assert [
        one.lang for one in manuscripts(rss("<title>A</title>", head="<language>not one!</language>"), rules)
    ] == ["de"]
    assert [
        one.lang for one in manuscripts(rss("<title>A</title>", head="<language>pt_BR</language>"), rules)
    ] == ["pt-BR"]


def test_bytes_that_name_a_file_or_an_address_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(rss("<title>A</title>"))
    for name in (str(path), path.as_uri()):
        assert codes(name.encode()) == ["not-read"]
        found = feed.read(f'<!DOCTYPE rss SYSTEM "{name}">{OLD["rss 0.92"]}'.encode(), "a.xml", READING)
        assert [one.title for one in found.manuscripts] == ["A & B"]
