"""Links lead to other topics in the way in which they are written."""

from __future__ import annotations

import pytest

from lwnindex.refiling.links import led
from tests.makers import entry

PAGES = {"Kernel": "Kernel/Index", "GuestArticles": "Archives/GuestIndex", "My index": "My index/Index"}


@pytest.mark.parametrize(
    ("raw", "old", "new", "wanted"),
    [
        ("/Kernel/Index#A_b", "Kernel/A b", "Kernel/C d/E", "/Kernel/Index#C_d-E"),
        ("/Kernel/Index/#A_b", "Kernel/A b", "Kernel/C", "/Kernel/Index/#C"),
        (
            "https://lwn.net/Kernel/Index#A%5Fb",
            "Kernel/A_b",
            "Kernel/c_d",
            "https://lwn.net/Kernel/Index#c%5Fd",
        ),
        ("/Kernel/Index#A", "Kernel/A", "GuestArticles/X, Y", "/Archives/GuestIndex#X_Y"),
        ("/Kernel/Index", "Kernel/A", "My index/X", "/My%20index/Index"),
        ("/Archives/ConferenceByYear/#2009", "Conference/X", "Kernel/X", "/Kernel/Index/#2009"),
        ("/Kernel/Index#%C3%9C", "Kernel/Ü", "Kernel/Ö", "/Kernel/Index#%C3%96"),
        ("/Kernel/Index#Ü", "Kernel/Ü", "Kernel/Ö", "/Kernel/Index#Ö"),
        ("", "Kernel/A", "Kernel/B", ""),
    ],
)
def test_a_link_follows_its_topic(raw: str, old: str, new: str, wanted: str) -> None:
    assert led(raw, entry(old), entry(new), PAGES) == wanted


def test_links_near_it_say_how_an_underscore_is_written() -> None:
    assert led("/K/Index#A", entry("K/A"), entry("K/a_b"), PAGES, coded=True) == "/K/Index#a%5Fb"
