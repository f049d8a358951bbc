"""Characters that nobody sees go from fields and running text, and are shown in code."""

from __future__ import annotations

import pytest

from lwnindex import unseen

STEERING = [chr(each) for each in (*range(0x202A, 0x202F), *range(0x2066, 0x2070))]
MARKS = ["\u200e", "\u200f", "\u061c"]
JOINERS = ["\u200c", "\u200d"]


@pytest.mark.parametrize("letter", [*STEERING, "\u200b", "\u2060", "\ufeff", "\U000e0061"])
def test_a_field_holds_nothing_that_nobody_sees(letter: str) -> None:
    assert unseen.of_field(f"a{letter}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "a\u200fb\u061cc\u200e",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f468\u200d\U0001f469",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "s\u0323\u0307 Ti\u1ebfng Vi\u1ec7t",
    ],
)
def test_a_field_keeps_what_languages_and_pictures_need(text: str) -> None:
    assert unseen.of_field(text) == text


def test_four_marks_stay_of_a_flood() -> None:
    assert unseen.of_field("Z" + "\u0301\u0334" * 200 + "a") == "Z\u0301\u0334\u0301\u0334a"


@pytest.mark.parametrize("letter", [*STEERING, *MARKS, "\u200b", "\u3164", "\ufeff", "\U000e0061"])
def test_code_shows_what_nobody_sees(letter: str) -> None:
    shown = f"a[U+{ord(letter):04X}]b"

    assert unseen.of_code(f"a{letter}b") == shown
    for name in ("pre", "code", "samp", "kbd"):
        assert unseen.of_html(f"<{name}>a{letter}<b>b</b></{name}>") == (
            f"<{name}>a[U+{ord(letter):04X}]<b>b</b></{name}>"
        )


@pytest.mark.parametrize("letter", STEERING)
def test_running_text_and_attributes_steer_nothing(letter: str) -> None:
    found = unseen.of_html(f'<p title="a{letter}b"><code>c</code>d{letter}e</p>')

    assert found == '<p title="ab"><code>c</code>de</p>'


@pytest.mark.parametrize("letter", [*MARKS, *JOINERS])
def test_running_text_keeps_what_languages_need(letter: str) -> None:
    assert unseen.of_html(f"<p>a{letter}b</p>") == f"<p>a{letter}b</p>"


def test_an_address_stays_the_address_that_it_was() -> None:
    assert unseen.of_html('<a href="http://e.org/\u202ecod">\u202ea</a>') == (
        '<a href="http://e.org/%E2%80%AEcod">a</a>'
    )


def test_doing_it_again_changes_nothing() -> None:
    every = "".join((*STEERING, *MARKS, *JOINERS, "\u200b\U000e0061\u3164"))
    html = f"<p>{every}<code>{every}</code></p>"

    assert unseen.of_html(unseen.of_html(html)) == unseen.of_html(html)
    assert unseen.of_field(unseen.of_field(every)) == unseen.of_field(every)
    assert unseen.of_code(unseen.of_code(every)) == unseen.of_code(every)


def test_every_character_that_code_shows_is_found() -> None:
    """That is asked of bytes, and shown by letters."""
    every = [chr(each) for each in range(0x110000)]

    assert [one for one in every if unseen.has_any(one) != (unseen.of_code(one) != one)] == []
    assert [one for one in every if unseen.of_html(one) != one and not unseen.has_any(one)] == []
