"""Where plain pages stand."""

from __future__ import annotations

import pytest

from lwnindex.views.plainpages import placed
from tests.makers import card, catalog_of, plain


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        ("about", "about"),
        ("articles/house-style", "Articles/house-style"),
        ("ARTICLES", "Articles"),
        ("KERNEL/help", "Kernel/help"),
        ("kernel/bpf/more", "Kernel/BPF/more"),
        ("FILES/x", "files/x"),
        ("kernels", "kernels"),
    ],
)
def test_a_folder_that_the_site_has_in_another_case_is_that_one(folder: str, wanted: str) -> None:
    catalog = catalog_of(card("1", "Kernel/BPF"))

    assert [one.path for one in placed([plain(f"{folder}/index.html")], catalog)] == [f"{wanted}/index.html"]


def test_folders_of_plain_pages_are_spelled_in_one_way() -> None:
    found = placed([plain("Guide/a/index.html"), plain("guide/b/index.html")], catalog_of())

    assert [one.path for one in found] == ["Guide/a/index.html", "Guide/b/index.html"]


def test_which_of_two_is_found_first_does_not_count() -> None:
    pages = [
        plain("about/team/index.html", source="pages/2.md"),
        plain("About/index.html", source="pages/1.md"),
    ]

    assert set(placed(pages, catalog_of())) == set(placed(pages[::-1], catalog_of()))
    assert placed(pages, catalog_of())[0].path == "About/team/index.html"
