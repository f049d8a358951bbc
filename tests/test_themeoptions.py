"""Options are declared by themes and set by sites; what is wrong is told with its file and key."""

from __future__ import annotations

from typing import Any

import pytest

from lwnindex.optionkinds import Colour
from lwnindex.problems import SiteError
from lwnindex.themeoptions import Option, chosen, declared, local_links, shown, stylesheet, within
from lwnindex.viewparts import Link

TABLE: dict[str, Any] = {
    "accent": {"type": "colour", "default": ["#000000", "#ffffff"], "description": "Links."},
    "reading": {"type": "font", "default": "Charter, serif"},
    "measure": {"type": "length", "default": ""},
    "logo": {"type": "path", "default": ""},
    "width": {"type": "choice", "default": "wide", "choices": ["wide", "narrow"]},
    "navigation": {"type": "links", "default": []},
    "footer": {"type": "text", "default": ""},
    "quiet": {"type": "flag", "default": False},
}
OPTIONS = declared([("t/theme.toml", TABLE)])


def faults(run: Any, *arguments: Any) -> list[str]:
    """Return what is said against something."""
    with pytest.raises(SiteError) as caught:
        run(*arguments)
    assert caught.value.exit_code == 2
    return str(caught.value).splitlines()


# What a theme declares ---------------------------------------------------------------------------


def test_an_option_has_a_kind_and_a_default() -> None:
    assert OPTIONS["accent"] == Option("colour", Colour(light="#000000", dark="#ffffff"))
    assert OPTIONS["width"] == Option("choice", "wide", ("wide", "narrow"))


@pytest.mark.parametrize(
    ("child", "name", "option"),
    [
        ({}, "width", OPTIONS["width"]),
        (
            {"width": {"default": "narrow"}},
            "width",
            Option("choice", "narrow", ("wide", "narrow"), moved=True),
        ),
        ({"width": {"choices": ["wide", "full"]}}, "width", Option("choice", "wide", ("wide", "full"))),
        ({"footer": {"type": "flag", "default": True}}, "footer", Option("flag", True, moved=True)),
        ({"more": {"type": "length", "default": "1px"}}, "more", Option("length", "1px")),
    ],
)
def test_a_theme_has_its_parent_s_options_but_for_what_it_says_itself(
    child: dict[str, Any], name: str, option: Option
) -> None:
    found = declared([("p/theme.toml", TABLE), ("c/theme.toml", child)])

    assert found[name] == option
    assert {*found} == {*TABLE, *child}


@pytest.mark.parametrize(
    ("name", "said", "fault"),
    [
        ("Accent", {}, "its name must be small letters"),
        ("class", {}, "no word of Python's"),
        ("a-b", {}, "its name must be"),
        ("x", 3, "it must be a table: [options.x]"),
        ("x", {"typ": "flag"}, 'there is no key "typ". There are: type, default, description, choices.'),
        ("x", {"default": "#000"}, "its type must be one of these: colour, font,"),
        ("x", {"type": "color", "default": "#000"}, "its type must be one of these"),
        ("x", {"type": "flag"}, "it must have a default."),
        ("x", {"type": "colour", "default": "black"}, 'its default: "black" is no colour'),
        ("x", {"type": "choice", "default": "a"}, "a choice must have choices."),
        ("x", {"type": "choice", "default": "a", "choices": "ab"}, "its choices must be a list of texts."),
        ("x", {"type": "choice", "default": "a", "choices": ["b"]}, 'its default: "a" is no choice'),
        ("x", {"type": "text", "default": "a", "choices": ["a"]}, "only a choice has choices."),
    ],
)
def test_what_is_declared_wrongly_is_told(name: str, said: Any, fault: str) -> None:
    (found,) = faults(declared, [("t/theme.toml", {name: said})])

    assert found.startswith(f't/theme.toml: the option "{name}": ')
    assert fault in found


def test_a_child_that_breaks_its_parent_s_option_is_told_with_its_own_file() -> None:
    found = faults(declared, [("p/theme.toml", TABLE), ("c/theme.toml", {"width": {"default": "x"}})])

    assert found == [
        'c/theme.toml: the option "width": its default: "x" is no choice. There are: wide, narrow.'
    ]


# What a site sets --------------------------------------------------------------------------------


def test_what_is_not_set_has_its_default() -> None:
    values = chosen(OPTIONS, {"measure": "60ch", "quiet": True}, "lwnindex.toml")

    assert (values["measure"], values["quiet"], values["width"]) == ("60ch", True, "wide")
    assert list(values) == list(OPTIONS)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"acent": "#000"}, 'there is no key "theme.options.acent". Did you mean "theme.options.accent"?'),
        ({"zzz": 1}, 'there is no key "theme.options.zzz". There are: accent, reading, measure, logo, width'),
        ({"accent": "#12"}, 'the key "theme.options.accent": "#12" is no colour'),
        ({"measure": 66}, 'the key "theme.options.measure": 66 is no length'),
        ({"width": "full"}, 'the key "theme.options.width": "full" is no choice. There are: wide, narrow.'),
        ({"logo": "none.svg"}, 'the key "theme.options.logo": there is no file "none.svg" on the site'),
    ],
)
def test_what_is_set_wrongly_is_told_with_its_key(said: dict[str, Any], fault: str) -> None:
    (found,) = faults(chosen, OPTIONS, said, "s/lwnindex.toml", {"logo.svg"}.__contains__)

    assert found.startswith(f"s/lwnindex.toml: {fault}")


def test_all_mistakes_are_told() -> None:
    assert len(faults(chosen, OPTIONS, {"a": 1, "accent": 1, "quiet": 1}, "f")) == 3


def test_a_theme_without_options_says_so() -> None:
    assert faults(chosen, {}, {"a": 1}, "f") == [
        'f: there is no key "theme.options.a". This theme has no options.'
    ]


# What comes of it --------------------------------------------------------------------------------


def test_templates_see_each_option_by_its_name() -> None:
    values = chosen(OPTIONS, {"accent": "#123456"}, "f")

    assert shown(values).accent.dark == "#123456"  # type: ignore[attr-defined]
    assert shown(values) == shown(dict(values))
    assert not hasattr(shown(values), "other")


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ({}, []),
        ({"accent": ["#000000", "#FFFFFF"]}, []),
        ({"footer": "x", "quiet": True, "width": "narrow"}, []),
        ({"accent": "#00f"}, ["--accent: #00f;"]),
        (
            {"measure": "60ch", "accent": ["#00f", "#aaf"], "reading": "Georgia"},
            ["--accent: light-dark(#00f, #aaf);", '--reading: "Georgia";', "--measure: 60ch;"],
        ),
    ],
)
def test_a_stylesheet_holds_what_is_not_as_the_theme_has_it(said: dict[str, Any], lines: list[str]) -> None:
    text = stylesheet(OPTIONS, chosen(OPTIONS, said, "f"))

    assert [line.strip() for line in text.splitlines() if line.startswith("  ")] == lines
    assert not text or text.splitlines()[1] == ":root {"


@pytest.mark.parametrize(
    ("said", "colour"),
    [
        ({}, "#00f"),
        ({"accent": "#0f0"}, "#0f0"),
        ({"accent": ["#000000", "#FFFFFF"]}, "light-dark(#000000, #ffffff)"),
    ],
)
def test_a_stylesheet_holds_the_default_that_a_theme_has_instead_of_its_parent_s(
    said: dict[str, Any], colour: str
) -> None:
    options = declared([("p/theme.toml", TABLE), ("c/theme.toml", {"accent": {"default": "#00f"}})])

    assert f"  --accent: {colour};\n" in stylesheet(options, chosen(options, said, "f"))


def test_only_links_that_stay_on_the_site_are_its_own() -> None:
    said = {"navigation": [["A", "a/index.html#x"], ["B", "https://example.org/"]], "footer": "x"}

    assert list(local_links([*chosen(OPTIONS, said, "f").values()])) == [("A", "a/index.html")]


def test_links_lead_where_they_are_seen_to_and_those_that_lead_nowhere_are_dropped() -> None:
    seen = {"a.html": Link(href="https://example.org/a.html"), "b.html": Link(href="")}
    said = {"navigation": [["A", "a.html"], ["B", "b.html"], ["C", "c.html"]]}
    values = within(shown(chosen(OPTIONS, said, "site.toml")), lambda link: seen.get(link.href, link))

    assert [(each.name, each.link.href, each.link.local) for each in values.navigation] == [  # type: ignore[attr-defined]
        ("A", "https://example.org/a.html", False),
        ("C", "c.html", True),
    ]
    assert values.accent == shown(chosen(OPTIONS, {}, "site.toml")).accent  # type: ignore[attr-defined]
