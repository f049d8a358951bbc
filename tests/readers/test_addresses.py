"""An article keeps the addresses that it had, its own first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.presets import PLACEHOLDERS, PresetName
from lwnindex.readers.addresses import original, paths, placeholders, slugified
from lwnindex.readers.header import Values, read_header
from lwnindex.readers.places import place_of
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings

POST = "news/_posts/2009-12-22-ceph.md"


def header(text: str, preset: PresetName, base: str = "") -> Values:
    return read_header(
        text, "a.md", 2, "yaml", reading(Config(), SourceSettings(path="x", preset=preset, url=base))
    )


def found(
    text: str, preset: PresetName = "jekyll", path: str = POST, date: str | None = "2009-12-22"
) -> list[str]:
    rules = reading(Config(), SourceSettings(path="x", preset=preset))
    return list(paths(header(text, preset), place_of(path, preset), date, ("Kernel News",), rules))


@pytest.mark.parametrize(
    ("text", "preset", "wanted"),
    [
        ("permalink: /ceph/", "jekyll", ["/ceph/"]),
        (
            "permalink: ceph.html\nredirect_from: [/old, 'https://example.org/older/?x#y']",
            "jekyll",
            ["/ceph.html", "/old", "/older/"],
        ),
        ("permalink: /:year/:i_month/:day/:title/", "jekyll", ["/2009/12/22/ceph/"]),
        (
            "permalink: ':categories/:short_year/:slug:output_ext'\nslug: Ceph FS",
            "jekyll",
            ["/kernel-news/09/ceph-fs.html"],
        ),
        ("title: a", "jekyll", ["/kernel-news/2009/12/22/ceph.html"]),
        (
            "path: 2009/12/22/Ceph-1.0\naliases: [x.html, releases/1.0]",
            "zola",
            ["/2009/12/22/Ceph-1.0/", "/x.html", "/releases/1.0/"],
        ),
        ("url: /ceph", "hugo", ["/ceph/"]),
        ("save_as: ceph/index.html", "pelican", ["/ceph/"]),
        ("link: https://example.org/2009/ceph/", "jekyll", ["/2009/ceph/"]),
        ("permalink:", "plain", []),
        ("permalink: false", "plain", []),
        ("url: /:sections/:filename/", "hugo", ["/news/_posts/2009-12-22-ceph/"]),
        ("title: 'Ceph: what it is, and -  was'", "pelican", ["/ceph-what-it-is-and-was.html"]),
        ("title: 'Über Ceph'\nslug: ceph", "pelican", ["/ceph.html"]),
        ("title: 'Über Ceph'", "pelican", ["/uber-ceph.html"]),
        ("title: Ядро", "pelican", []),
        ("title: a\nlang: de", "pelican", []),
    ],
)
def test_addresses_are_paths_from_the_root(text: str, preset: PresetName, wanted: list[str]) -> None:
    assert found(text, preset) == wanted


@pytest.mark.parametrize(
    ("path", "preset", "wanted"),
    [
        ("content/Kernel/My_Ceph 1.0.md", "zola", ["/Kernel/my_ceph-1-0/"]),
        ("content/kernel/Ceph 1.0.md", "hugo", ["/kernel/ceph-1.0/"]),
        ("content/kernel/ceph.pt-br.md", "hugo", ["/pt-br/kernel/ceph/"]),
        ("content/pt-br/kernel/ceph.md", "hugo", ["/pt-br/kernel/ceph/"]),
        ("content/kernel/ceph.de.md", "zola", ["/de/kernel/ceph/"]),
        ("about.md", "jekyll", []),
        ("Ceph FS.md", "nikola", ["/posts/ceph-fs/"]),
        ("posts/2009/ceph.de.md", "nikola", ["/de/posts/2009/ceph/"]),
        ("pages/about.md", "nikola", ["/pages/about/"]),
    ],
)
def test_without_one_the_generators_own_is_known(path: str, preset: PresetName, wanted: list[str]) -> None:
    assert found("title: a", preset, path) == wanted


@pytest.mark.parametrize(
    ("text", "preset", "date", "wanted"),
    [
        ("title: a", "jekyll", "2009-12-22", ["/2009/12/ceph/"]),
        ("title: Ceph FS", "pelican", "2009-12-22", ["/2009/12/ceph-fs/"]),
        ("title: a\nslug: x", "hugo", "2009-12-22", ["/2009/12/x/"]),
        ("title: a\npermalink: /y/", "jekyll", "2009-12-22", ["/y/"]),
        ("title: a", "jekyll", None, ["/kernel-news/ceph.html"]),
    ],
)
def test_a_pattern_of_the_configuration_goes_before_that_of_the_generator(
    text: str, preset: PresetName, date: str | None, wanted: list[str]
) -> None:
    pattern = "/:year/:month/:title/" if date else "/:categories/:title:output_ext"
    rules = reading(Config(), SourceSettings(path="x", preset=preset, permalink=pattern))

    assert list(paths(header(text, preset), place_of(POST, preset), date, ("Kernel News",), rules)) == wanted


def test_where_a_part_of_the_pattern_is_not_known_there_is_no_address() -> None:
    rules = reading(Config(), SourceSettings(path="x", preset="plain", permalink="/:year/:title/"))
    assert paths(header("title: a", "plain"), place_of("a.md", "plain"), None, (), rules) == ()


def test_all_that_may_stand_in_a_pattern_is_known_to_the_configuration() -> None:
    assert set(placeholders(place_of(POST, "jekyll"), "", "2009-12-22", ())) == set(PLACEHOLDERS)


@pytest.mark.parametrize(
    ("text", "date", "said"),
    [
        ("permalink: /:year/x/", None, "nothing is known to stand for :year"),
        ("permalink: /:collection/x/", "2009-12-22", ":collection"),
        ("permalink: '/{{ page.date }}/'", "2009-12-22", "no path"),
        ("permalink: /a/../../b", "2009-12-22", "no path"),
    ],
)
def test_what_is_no_path_is_a_problem(text: str, date: str | None, said: str) -> None:
    values = header(text, "jekyll")
    rules = reading(Config(), SourceSettings(path="x", preset="jekyll"))

    assert paths(values, place_of("about.md", "jekyll"), date, (), rules) == ()
    assert [(one.code, one.line, said in one.message) for one in values.problems] == [("bad-field", 2, True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("canonical_url: https://example.org/x", "https://example.org/x"),
        ("canonical_url: /x", None),
        ("link: https://example.org/2009/ceph.html", "https://example.org/2009/ceph.html"),
        ("link: https://example.org/other/", None),
        ("link: https://news.example.org/other/", "https://news.example.org/other/"),
        ("link: 'https://[bad'", None),
        ("title: a", None),
    ],
)
def test_a_link_is_the_articles_own_if_it_plainly_is(text: str, wanted: str | None) -> None:
    rules = reading(Config(), SourceSettings(path="x", preset="jekyll", url="https://news.example.org/"))

    assert original(header(text, "jekyll"), place_of(POST, "jekyll"), rules) == wanted


def test_a_slug_has_small_letters_and_hyphens() -> None:
    assert slugified("C++ & Ärger: 1.0!") == "c-ärger-1-0"


@given(st.text(max_size=30))
def test_any_address_is_a_path_or_none(written: str) -> None:
    assert all(one.startswith("/") for one in found(f"permalink: {written!r}"))
