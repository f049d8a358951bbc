"""Addresses of other generators lead to the articles and files that they mean."""

from __future__ import annotations

import pytest

from lwnindex import names
from lwnindex.readers.foreignlinks import article_address, bracket_pairs, output, own_address
from lwnindex.readers.templatetags import Syntax


@pytest.mark.parametrize(
    ("syntax", "written", "address"),
    [
        ("liquid", "{{ site.baseurl }}/a", "/a"),
        (
            "liquid",
            "{{site.url}}{{ site.baseurl }}{% post_url 2013-12-25-x %}#y",
            "/Articles/2013-12-25-x/#y",
        ),
        ("liquid", "{% post_url sub/2013-12-25-x %}", "/Articles/2013-12-25-x/"),
        ("liquid", "{%link _posts/2013-12-25-x.md %}", "/Articles/2013-12-25-x/"),
        ("liquid", "{% link assets/a b.pdf %}", "/assets/a"),
        ("liquid", "{% link 'assets/a b.pdf' %}", "/assets/a%20b.pdf"),
        ("liquid", "{{ '/a b' | relative_url }}", "/a%20b"),
        ("liquid", '{{ "/a" | prepend: site.baseurl | prepend: site.url }}', "/a"),
        ("liquid", "{{ page.url }}#x", "#x"),
        ("liquid", "https://example.org/{{ release.tag }}/x", None),
        ("liquid", "{% other %}", None),
        ("liquid", "{{broken", "{{broken"),
        ("hugo", '{{< ref "posts/a.md#b" >}}', "/Articles/a/#b"),
        ("hugo", '{{% relref path="/posts/a/" %}}', "/Articles/a/"),
        ("hugo", '{{< ref "posts/a/index.md" >}}', "/Articles/a/"),
        ("hugo", '{{< ref "#b" >}}', "#b"),
        ("hugo", '{{< ref "posts/_index.md" >}}', None),
        ("hugo", "{{ x }}", "{{ x }}"),
        ("zola", "@/blog/2020-01-01-a.md#b", "/Articles/2020-01-01-a/#b"),
        ("zola", "@/blog/a/index.md", "/Articles/a/"),
        ("zola", "@/blog/_index.md", None),
        ("pelican", "{filename}x.md#a", "x.md#a"),
        ("pelican", "|filename|../x.md", "../x.md"),
        ("pelican", "{filename}/x/y.rst", "/Articles/y/"),
        ("pelican", "{static}/images/a.png", "images/a.png"),
        ("pelican", "{attach}a.png", "a.png"),
        ("pelican", "{tag}rust", None),
        ("pelican", "{index}", None),
        ("pelican", "{unknown}x", "{unknown}x"),
        ("nikola", "link://slug/a-b", "/Articles/a-b/"),
        ("nikola", "link://slug/a-b#c", "/Articles/a-b/#c"),
        ("nikola", "link://filename/posts/a.md", "/Articles/a/"),
        ("nikola", "link://category/a", None),
        ("kramdown", "{{ site.url }}/a", "{{ site.url }}/a"),
        ("liquid", "https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_an_address_is_written_as_here(syntax: Syntax, written: str, address: str | None) -> None:
    assert own_address(written, (syntax,), "") == address


@pytest.mark.parametrize(
    ("path", "source", "address"),
    [
        ("en/news/a.md", "en/news/b.md", "a.md"),
        ("en/news/a.md#x", "en/old/b.md", "../news/a.md#x"),
        ("en/news/a.md", "ja/news/b.md", "/Articles/a/"),
        ("a.md", "b.md", "a.md"),
        ("a.md", "x/b.md", "/Articles/a/"),
        ("x/a/index.md", "x/b/index.md", "../a/index.md"),
        ("../a.md", "x/b.md", "../a.md"),
        ("x/_index.md", "x/b.md", None),
        ("", "x/b.md", None),
    ],
)
def test_files_of_one_folder_link_by_path(path: str, source: str, address: str | None) -> None:
    assert article_address(path, source) == address


def test_an_address_made_here_is_a_reference_to_the_article() -> None:
    address = own_address("{% post_url 2013-12-25-a-b %}#c", ["liquid"], "")

    assert address is not None
    assert names.article_reference(address, frozenset()) == ("2013-12-25-a-b", "c")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"a | b"', "a | b"),
        ("'a' | append: 'b' | escape", "ab"),
        ("site.url", ""),
        ("'a' | upcase", None),
        ("'a' | prepend: x", None),
        ("page.title", None),
        ("'a' 'b'", None),
        ("", None),
    ],
)
def test_an_output_says_what_is_known(expression: str, text: str | None) -> None:
    assert output(expression) == text


def test_brackets_pair_within_a_paragraph() -> None:
    assert dict(bracket_pairs("[a [b] \\] c]\n\n[ \n \n ]")) == {5: 3, 11: 0}
