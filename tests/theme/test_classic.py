"""The classic theme: little over the default one, as readable as that, and declared as it looks."""

from __future__ import annotations

import re

import pytest

from lwnindex.formats.html import environment, page
from lwnindex.optionkinds import KINDS
from lwnindex.settings import Config, ThemeSettings
from lwnindex.themefiles import theme_files
from lwnindex.viewparts import View
from tests.programs import ROOT
from tests.theme.pages import BODY, Document
from tests.theme.samples import EMPTY, SITE, TOPIC, VIEWS
from tests.theme.test_colours import COLOURS, CSS, SCHEMES, contrast

CLASSIC = theme_files(Config(theme=ThemeSettings(name="classic")), ROOT)
DEFAULT = theme_files(Config(), ROOT)
OWN = CLASSIC.parts.assets["assets/classic.css"].decode()
PAINTED = COLOURS | {
    name: (light, dark)
    for name, light, dark in re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", OWN)
}


def test_it_has_all_that_the_default_theme_has() -> None:
    assert CLASSIC.parts.templates.keys() >= DEFAULT.parts.templates.keys()
    assert CLASSIC.parts.assets.items() > DEFAULT.parts.assets.items()
    assert CLASSIC.options.keys() == DEFAULT.options.keys()


def test_little_of_it_is_its_own() -> None:
    replaced = [name for name in CLASSIC.parts.templates if name.endswith("!default")]

    assert sorted(replaced) == [
        "base.html!default",
        "parts/activity.html!default",
        "parts/bars.html!default",
    ]
    assert len(OWN.splitlines()) < 150


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
@pytest.mark.parametrize("text", ["ink", "quiet", "accent", "visited"])
def test_its_text_can_be_read(text: str, ground: str, scheme: str) -> None:
    place = SCHEMES[scheme]

    assert contrast(PAINTED[text][place], PAINTED[ground][place]) >= 4.5


@pytest.mark.parametrize(
    "name", [name for name, one in CLASSIC.options.items() if one != DEFAULT.options[name]]
)
def test_its_stylesheet_has_each_option_as_it_is_declared(name: str) -> None:
    option = CLASSIC.options[name]
    kind = KINDS[option.kind]
    (said,) = re.findall(rf"^    --{name}: (.*);$", OWN, re.MULTILINE)

    assert kind.css is not None
    assert (said if option.kind == "colour" else kind.read(said, ())) == kind.css(option.default)


def test_its_layer_stands_above_all_of_the_default_theme_but_print() -> None:
    inherited, own = (re.findall(r"^@layer ([\w, ]+);$", css, re.MULTILINE)[0] for css in (CSS, OWN))
    *layers, last = inherited.split(", ")

    assert own.split(", ") == [*layers, "classic", last]
    assert re.findall(r"^@layer .* \{$", OWN, re.MULTILINE) == ["@layer classic {"]


def test_it_asks_nobody_for_anything() -> None:
    assert not re.search(r"url\(|@import|@font-face|https?://", OWN)


def rendered(view: View) -> Document:
    tools = environment(CLASSIC.parts.templates, below=CLASSIC.parts.below)
    return Document(page(tools, view, SITE, BODY).decode())


@pytest.mark.parametrize("view", [*VIEWS, *EMPTY], ids=lambda view: f"{type(view).__name__} {view.path}")
def test_its_foot_leads_to_the_publication_on_every_page(view: View) -> None:
    found = rendered(view)

    assert found.named("a")[-1 - len(SITE.feeds)]["href"] == SITE.source
    assert found.unclosed == []


def test_it_counts_years_in_words() -> None:
    assert {"class": "counts", "aria-label": "Articles by year, with sub-topics"} in rendered(TOPIC).named(
        "ol"
    )
    assert not [given for given in rendered(TOPIC).named("ol") if given.get("class") == "bars"]
    assert not [given for given in rendered(TOPIC).named("svg") if given.get("role") == "img"]
