"""What a command prints steers no terminal, and programs read from it what was there."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.printing import printable, printable_json


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain é 漢 \u00a0", "plain é 漢 \u00a0"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\x9b31mb\r\n", "a\ufffd31mb\ufffd\ufffd"),
        ("a\u202eb\u2028c", "a\ufffdb\ufffdc"),
        (
            "\u0645\u06cc\u200c\u062e \U0001f468\u200d\U0001f469",
            "\u0645\u06cc\u200c\u062e \U0001f468\u200d\U0001f469",
        ),
    ],
)
def test_a_line_loses_what_steers_a_terminal(text: str, said: str) -> None:
    assert printable(text) == said


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_means_the_same_and_steers_no_terminal(text: str) -> None:
    written = printable_json(msgspec.json.encode({"a": text}))

    assert json.loads(written) == {"a": text}
    assert printable(written.decode()) == written.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\x7f\x9b\u202e", r"\u007f\u009b\u202e"),
        ("\u0645\u06cc\u200b\u062e", "\u0645\u06cc\\u200b\u062e"),
        ("\U000e0001", r"\udb40\udc01"),
    ],
)
def test_json_has_escapes_for_what_nobody_sees(text: str, said: str) -> None:
    assert printable_json(msgspec.json.encode(text)).decode() == f'"{said}"'


def test_the_layout_of_json_stays() -> None:
    laid_out = b'{\n "a": [\n  1\n ]\n}\n'

    assert printable_json(laid_out) == laid_out
