"""What could harm a parser is cut out of a feed, and all else stays as it is."""

from __future__ import annotations

import pytest

from lwnindex.readers.feedtags import MOST_STRAYS
from lwnindex.readers.feedwalk import (
    DEEPEST,
    LONGEST_TAG,
    LONGEST_TEXT,
    MOST_ATTRIBUTES,
    MOST_CATEGORIES,
    MOST_NAMESPACES,
    MOST_PARTS,
    MOST_WORK,
    MOST_WORK_OF_ITEM,
    checked,
)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]><rss/>',
        '<!doctype rss\n [ <!entity a "b"> ]><rss/>',
        '<!DOCTYPE rss SYSTEM "x.dtd" [ ]><rss/>',
        '<rss/><!ENTITY a "b">',
        "<a>" * (DEEPEST + 1),
        "<a" + " b='1'" * (MOST_ATTRIBUTES + 1) + ">",
        "<a" + ' b="1"c' * (MOST_ATTRIBUTES + 1) + ">",
        "<a " + "b " * (MOST_ATTRIBUTES + 1) + ">",
        "<a" + " b='" + "x" * LONGEST_TAG + "'>",
        "<a/>" * (MOST_WORK_OF_ITEM // 20 + 1),
        "<category term='a'/>" * (MOST_CATEGORIES + 1),
    ],
)
def test_what_would_harm_a_parser_is_refused(text: str) -> None:
    assert checked("\n" + text).refused_at == 2


def test_too_many_namespaces_are_refused() -> None:
    text = "".join(f"<a xmlns:b{number}='c'/>" for number in range(MOST_NAMESPACES + 1))
    assert checked(text).refused_at == 1


def test_marks_of_tags_that_end_nowhere_are_refused_where_they_are_many() -> None:
    assert checked("<a>\n" + "<a " * MOST_STRAYS).refusal == ""
    assert checked("<a>\n" + "<a " * (MOST_STRAYS + 1)).refused_at == 1


@pytest.mark.parametrize(
    "text",
    [
        "<a><![CDATA[<!DOCTYPE a [<!ENTITY a>]>]]></a>",
        "<a><!-- <!ENTITY a> --></a>",
        "<a>" * DEEPEST + "</a>" * DEEPEST,
        "<d>" + "<p>" * 150 + "</d><d>" + "<p>" * 150 + "</d>",
        "<a>" + "<br>" * 500 + "</a>",
        "<a>" + "<b/>" * 500 + "</a>",
        "<a>" + "<item><category/></item>" * (MOST_CATEGORIES + 1) + "</a>",
        "<a>" + "<b xmlns:c='d'/>" * (MOST_NAMESPACES + 1) + "</a>",
        '<a href="' + "x y " * 2_000 + '"/>',
        "<r><![CDATA[" + "<a " * (MOST_STRAYS + 1) + "]]></r>",
        "",
    ],
)
def test_all_else_is_as_it_was(text: str) -> None:
    assert (checked(text).text, checked(text).refusal) == (text, "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<a>b < c & d</a>", "<a>b &lt; c & d</a>"),
        ("<a>b</", "<a>b"),
        ("<a <b <c", "&lt;a &lt;b "),
        ("<!-- <a", "&lt;!-- "),
    ],
)
def test_a_mark_of_a_tag_that_ends_nowhere_is_a_letter(text: str, kept: str) -> None:
    assert checked(text).text == kept


HARMFUL = [
    ("<a>" * (DEEPEST + 1), "nested more than 200 deep"),
    ("<a" + " b='1'" * (MOST_ATTRIBUTES + 1) + "/>", "500 attributes"),
    ("<a b='" + "x" * LONGEST_TAG + "'/>", "500 attributes, or endless ones"),
    ("<category/>" * (MOST_CATEGORIES + 1), "1000 categories"),
    ("<a/>" * (MOST_WORK_OF_ITEM // 20), "too many elements"),
    ("&" * (MOST_WORK_OF_ITEM + 1), "too many elements, lines and references"),
    ("\n" * (MOST_WORK_OF_ITEM + 1), "too many elements, lines and references"),
]


@pytest.mark.parametrize(("inner", "why"), HARMFUL)
def test_an_item_that_would_harm_a_parser_is_left_out_and_no_other(inner: str, why: str) -> None:
    ends = "</a>" * inner.count("<a>")
    text = f"<rss>\n<item>1</item>\n<item>{inner}{ends}</item>\n<item>3</item></rss>"
    found = checked(text)
    newlines = "\n" * inner.count("\n")

    assert found.text == f"<rss>\n<item>1</item>\n{newlines}\n<item>3</item></rss>"
    assert found.lines == (2, 4 + len(newlines))
    assert [(why in one.what, one.line) for one in found.cuts] == [(True, 3)]


@pytest.mark.parametrize(
    ("many", "why"),
    [
        ("<item/>" * (MOST_WORK // 30), "there are too many elements"),
        ("<!---->" * MOST_PARTS, "300000 tags"),
        ("<b/>" + "<" * (MOST_STRAYS + 1), "5000 marks of tags"),
    ],
)
def test_behind_what_is_too_much_for_a_feed_nothing_is_kept_and_all_above_is(many: str, why: str) -> None:
    found = checked(f"<r:RDF>\n<item>1</item>\n{many}</r:RDF>")

    assert found.text.startswith("<r:RDF>\n<item>1</item>")
    assert found.text.endswith("</r:RDF>")
    assert len(found.text) < len(many)
    assert [(why in one.what, one.line) for one in found.cuts] == [(True, 3)]
    assert found.text.count("<item") == len(found.lines)


def test_an_item_without_end_is_left_out_up_to_the_next() -> None:
    found = checked("<rss><item>" + "<a>" * DEEPEST + "</b></a><item>2</item></rss>")

    assert (found.text, len(found.lines), len(found.cuts)) == ("<rss><item>2</item></rss>", 1, 1)


def test_of_an_endless_text_the_start_is_kept() -> None:
    text = f"<rss><item><t>{'x' * 2 * LONGEST_TEXT}</t><t>more</t></item>\n<item><t>2</t></item></rss>"
    found = checked(text)

    assert found.text == f"<rss><item><t>{'x' * LONGEST_TEXT}</t><t></t></item>\n<item><t>2</t></item></rss>"
    assert [one.line for one in found.cuts] == [1]


def test_a_long_head_is_left_out_and_its_lines_are_told() -> None:
    found = checked("<?x " + "\n" * 9_000 + "?><rss>\n<item/></rss>")

    assert (found.text, found.above, found.lines) == ("<rss>\n<item/></rss>", 9_000, (9_002,))


def test_the_names_of_people_are_shortened_and_nothing_else() -> None:
    long = "a@" + "a." * 3_000
    text = f"<r><author>{long}</author><t>{long}</t><dc:creator><![CDATA[{long}]]></dc:creator></r>"
    assert checked(text).text == (
        f"<r><author>{long[:80]}</author><t>{long}</t><dc:creator><![CDATA[{long[:80]}]]></dc:creator></r>"
    )


def test_a_name_that_is_cut_keeps_no_half_of_a_reference() -> None:
    text = checked("<author>" + "a " * 248 + "b&amp;c</author>").text
    assert text == "<author>" + "a " * 248 + "b</author>"


def test_items_are_told_with_their_lines() -> None:
    found = checked("<rss>\n<item>\n</item><item/>\n\n<atom:entry/></rss>")
    assert (found.root, found.lines) == ("rss", (2, 3, 5))


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"\n "http://example.org/rss.dtd">',
        '<!--\n<!ENTITY a "x">-->',
        '<?x <!DOCTYPE a [<!ENTITY a "x">]>\n?>',
        '\n<![CDATA[<!ENTITY a "x">]]>',
    ],
)
def test_what_stands_before_the_root_comes_to_no_parser(prolog: str) -> None:
    assert (checked(f"{prolog}<rss/>").text, checked(f"{prolog}<rss/>").lines) == ("\n<rss/>", ())
    assert checked(f"{prolog}<rss><item/></rss>").lines == (2,)


@pytest.mark.parametrize(
    "before",
    ["<!-- <!ENTITY b 'x'> -->", "<?x <!-- ?>", "<?x <![CDATA[ ?>", "<!DOCTYPE a 'b>c'>", "<!-- --> "],
)
def test_nothing_before_a_declaration_hides_it(before: str) -> None:
    found = checked(f'{before}\n<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>')
    assert (found.refusal, found.refused_at) == ("it declares entities or elements", 2)
