"""A language goes by the name that its speakers have for it."""

from __future__ import annotations

import pytest
from babel import Locale

from lwnindex.tongues import OWN_NAMES, own_name


@pytest.mark.parametrize("tag", OWN_NAMES)
def test_the_names_are_those_of_unicode(tag: str) -> None:
    language, _, rest = tag.partition("-")
    script = rest.title() if len(rest) == 4 else rest.upper()

    assert (
        own_name(tag) == Locale.parse("-".join(filter(None, (language, script))), sep="-").get_display_name()
    )


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("de", "Deutsch"),
        ("DE", "Deutsch"),
        ("pt-BR", "português (Brasil)"),
        ("pt_BR", "português (Brasil)"),
        ("zh-TW", "中文 (繁體)"),
        ("zh-cn", "中文 (简体)"),
        ("de-LI", "Deutsch (LI)"),
        ("tlh", "tlh"),
        ("x-Own", "x-Own"),
    ],
)
def test_what_a_language_is_called(tag: str, name: str) -> None:
    assert own_name(tag) == name
