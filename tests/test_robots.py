"""A robots.txt is read as RFC 9309 says."""

from __future__ import annotations

import pytest

from lwnindex.robots import ALL, robots


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("user-agent: LWNindex\nDisallow: /\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: lwnindex\nAllow: /", "/a", True),
        ("User-agent: lwnindex/1.0\nDisallow: /", "/a", False),
        ("User-agent: lwn\nDisallow: /", "/a", True),
        ("User-agent:\nDisallow: /", "/a", True),
        ("User-agent: a\nUser-agent: *\nDisallow: /x", "/xy", False),
        ("User-agent: *\nDisallow: /x\nAllow: /x/y", "/x/y/z", True),
        ("User-agent: *\nDisallow: /x\nAllow: /x", "/x", True),
        ("User-agent: *\nDisallow: /*.php$", "/a/b.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a/b.php?x", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-c-d", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
        ("User-agent: *\nDisallow: /a%20b", "/a b", False),
        ("User-agent: * # all\nDisallow: /x # not this", "/x", False),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nSitemap: https://e.org/s.xml", "/s", False),
    ],
)
def test_rules_are_those_of_the_group_that_is_meant(text: str, path: str, is_allowed: bool) -> None:
    assert robots(text).allow(path) is is_allowed


def test_a_pause_is_kept_within_reason() -> None:
    assert robots("User-agent: *\nCrawl-delay: 2.5").pause == 2.5
    assert robots("User-agent: *\nCrawl-delay: 99999").pause == 30
    assert robots("User-agent: *\nCrawl-delay: soon") == ALL


def test_many_stars_are_matched_in_one_way_through() -> None:
    assert robots(f"User-agent: *\nDisallow: /{'*a' * 5000}b$").allow("/" + "a" * 50_000)
