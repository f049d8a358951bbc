"""The further orders of an index in Chromium: a tree that folds, and words that stand in one column."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.theme.pages import write
from tests.theme.samples import BY_YEARS, TREE, WORDS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages on disk."""
    found = tmp_path_factory.mktemp("lookup")
    write(found, TREE, WORDS, BY_YEARS)
    return found


def test_a_branch_of_the_tree_folds_by_the_keyboard(page: Page, folder: Path) -> None:
    page.goto((folder / TREE.path).as_uri())
    inner = page.get_by_role("link", name="Snapshots")
    assert inner.is_visible()
    page.locator("summary[aria-label='Below Ceph']").focus()
    page.keyboard.press("Enter")

    assert not inner.is_visible()
    assert page.get_by_role("link", name="Ceph").count() == 2


def test_the_tree_is_a_list_in_a_list(page: Page, folder: Path) -> None:
    page.goto((folder / TREE.path).as_uri())
    around = "one => { let n = 0, at = one; while ((at = at.parentElement.closest('ul'))) n++; return n; }"
    outlines = page.locator(".branches a").evaluate_all(f"all => all.map({around})")

    assert outlines == [line.depth + 1 for line in TREE.lines]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_words_meet_on_one_line_with_what_is_before_them_at_their_side(
    page: Page, folder: Path, direction: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((folder / WORDS.path).as_uri())
    page.evaluate("way => { document.documentElement.dir = way; }", direction)
    *words, backward = [one.bounding_box() for one in page.locator(".kwic .word").all()]
    before = page.locator(".kwic .before").first.bounding_box()

    assert len({box["x"] for box in words if box}) == 1
    assert before is not None
    assert backward is not None
    assert words[0] is not None
    assert 0 < words[0]["x"] - before["x"] - before["width"] < 10
    assert 0 < words[0]["x"] - backward["x"] - backward["width"] < 10
    assert abs(words[0]["y"] - before["y"]) < 8


def test_a_name_that_runs_against_the_page_begins_where_its_line_does(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto((folder / WORDS.path).as_uri())
    page.evaluate("document.documentElement.dir = 'rtl'")
    aligned = page.locator(".kwic .whole > *").evaluate_all(
        "all => all.map(one => getComputedStyle(one).textAlign)"
    )

    assert set(aligned) == {"right"}


def test_on_a_phone_a_word_stands_above_what_is_before_it(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto((folder / WORDS.path).as_uri())
    word = page.locator(".kwic .word").first.bounding_box()
    before = page.locator(".kwic .before").first.bounding_box()

    assert word is not None
    assert before is not None
    assert word["y"] + word["height"] <= before["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("width", [400, 1280])
def test_a_reader_who_hears_the_page_is_told_the_whole_name(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((folder / WORDS.path).as_uri())

    for name in ("get_user_pages()", "Memory management / Huge pages"):
        assert page.locator(".whole").and_(page.get_by_role("link", name=name, exact=True)).count() == 1


def test_a_year_is_come_to_with_its_heading_in_sight(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 300})
    page.goto(f"{(folder / BY_YEARS.path).as_uri()}#2009-Filesystems-Ceph")
    bar = page.locator(".letters").bounding_box()
    heading = page.locator("[id='2009-Filesystems-Ceph']").bounding_box()

    assert bar is not None
    assert heading is not None
    assert heading["y"] >= bar["height"]
