"""The theme's colours can be read, in both schemes, and its stylesheet asks nobody for anything."""

from __future__ import annotations

import re

import pytest

from tests.theme.pages import THEME

CSS = (THEME / "assets" / "site.css").read_text("utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS)
}
SCHEMES = {"light": 0, "dark": 1}


def channels(colour: str) -> list[float]:
    """Return red, green and blue as WCAG 2.2 takes them: linear, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
@pytest.mark.parametrize("text", ["ink", "quiet", "accent", "visited"])
def test_text_can_be_read(text: str, ground: str, scheme: str) -> None:
    place = SCHEMES[scheme]

    assert contrast(COLOURS[text][place], COLOURS[ground][place]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("mark", ["data", "accent"])
def test_marks_can_be_seen(mark: str, scheme: str) -> None:
    place = SCHEMES[scheme]

    assert contrast(COLOURS[mark][place], COLOURS["paper"][place]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_visited_link_differs_from_one_that_is_not(scheme: str) -> None:
    place = SCHEMES[scheme]

    assert COLOURS["visited"][place] not in (COLOURS["ink"][place], COLOURS["accent"][place])


def test_colours_stand_in_one_place() -> None:
    first_layer = CSS[: CSS.index("@layer ground {")]

    assert len(COLOURS) == first_layer.count("light-dark(") == CSS.count("light-dark(")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])", CSS.removeprefix(first_layer)) == []


def test_the_stylesheet_asks_nobody_for_anything() -> None:
    assert not re.search(r"url\(|@import|@font-face|https?://(?!:)", CSS.replace('[href^="http', ""))


def test_every_rule_stands_in_a_layer() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    heads = re.findall(r"^(\S.*) \{$", rules, re.MULTILINE)
    order = re.findall(r"^@layer ([\w, ]+);$", rules, re.MULTILINE)

    assert [f"@layer {one}" for one in order[0].split(", ")] == heads
    assert re.findall(r"^\S.*$", rules, re.MULTILINE) == [
        f"@layer {order[0]};",
        *(line for head in heads for line in (f"{head} {{", "}")),
    ]
