"""The kinds of a theme's options: what may be said for each, what templates see, what stylesheets get.

Whatever is said is taken apart and put together anew, or refused: no value can leave its declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from lwnindex.model import Value
from lwnindex.viewparts import Link


class Colour(Value, frozen=True, kw_only=True):
    """A colour in each scheme, as CSS writes it."""

    light: str
    dark: str


class Named(Value, frozen=True, kw_only=True):
    """A link of a navigation."""

    name: str
    link: Link


class Kind(NamedTuple):
    """A kind of option.

    `read` gives what templates see for a value of TOML and the choices that there are, or raises ValueError
    with a sentence; `css` gives what a stylesheet gets for that, and is missing where it gets nothing.
    """

    read: Callable[[Any, Sequence[str]], Any]
    css: Callable[[Any], str] | None = None


def _colour(value: Any, _: Sequence[str]) -> Colour:
    both = [value, value] if isinstance(value, str) else value
    if isinstance(both, list | tuple) and len(both) == 2 and all(map(_is_colour, both)):
        return Colour(light=both[0].lower(), dark=both[1].lower())
    raise _no(value, 'colour, such as "#8b1a1a", or ["#8b1a1a", "#f0a48f"] for light and dark')


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and bool(_HEX.fullmatch(value) or re.fullmatch(_FUNCTION, value.lower()))


_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_NUMBER = r"-?[0-9]{0,4}(?:\.[0-9]{1,6}|(?<=[0-9]))(?:%|deg)?"
_FUNCTION = (
    rf"(?:(?:rgb|hsl)a?\({_NUMBER}(?:, ?{_NUMBER}){{2,3}}\))"
    rf"|(?:(?:rgb|hsl|hwb|lab|lch|oklab|oklch)\({_NUMBER}(?: {_NUMBER}){{2}}(?: ?/ ?{_NUMBER})?\))"
)


def _both(value: Colour) -> str:
    return value.light if value.light == value.dark else f"light-dark({value.light}, {value.dark})"


def _font(value: Any, _: Sequence[str]) -> str:
    """Return a stack of font families as CSS writes it."""
    families = [each.strip() for each in value.split(",")] if isinstance(value, str) else value
    if value == "":
        return ""
    if isinstance(families, list | tuple) and families and all(map(_is_family, families)):
        return ", ".join(_family(each.strip("\"'")) for each in families)
    raise _no(value, "stack of fonts, such as 'Charter, \"Sitka Text\", serif'")


def _is_family(value: Any) -> bool:
    return isinstance(value, str) and bool(_FAMILY.fullmatch(value))


def _family(name: str) -> str:
    return name.lower() if name.lower() in _GENERIC else f'"{name}"'


_FAMILY = re.compile(r"(?P<quote>[\"']?)-?\w(?:[\w .+-]*[\w+])?(?P=quote)")
_GENERIC = {
    *("serif", "sans-serif", "monospace", "cursive", "fantasy", "math", "emoji", "system-ui"),
    *("ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded", "-apple-system"),
}


def _length(value: Any, _: Sequence[str]) -> str:
    if isinstance(value, str) and (value == "" or _LENGTH.fullmatch(value)):
        return value
    raise _no(value, 'length, such as "66ch", "1.2rem" or "110%"')


_LENGTH = re.compile(
    r"(?:[0-9]{1,5}(?:\.[0-9]{1,5})?|\.[0-9]{1,5})"
    r"(?:px|rem|em|ch|ex|ic|lh|rlh|vw|vh|vi|vb|vmin|vmax|cm|mm|in|pt|pc|%)"
)


def _text(value: Any, _: Sequence[str]) -> str:
    if isinstance(value, str) and not _CONTROLS.search(value):
        return value
    raise _no(value, "line of text")


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _path(value: Any, _: Sequence[str]) -> str:
    if isinstance(value, str) and (value == "" or _is_path(value)):
        return value
    raise _no(value, 'path of a file on the site, such as "logo.svg"')


def _is_path(value: str) -> bool:
    steps = value.split("/")
    return not {"", ".", ".."} & {*steps} and not re.search(r"[\\:?#]", value) and not _CONTROLS.search(value)


def _choice(value: Any, choices: Sequence[str]) -> str:
    if isinstance(value, str) and value in choices:
        return value
    raise _no(value, f"choice. There are: {', '.join(choices)}")


def _flag(value: Any, _: Sequence[str]) -> bool:
    if isinstance(value, bool):
        return value
    raise _no(value, "flag: true or false")


def _links(value: Any, _: Sequence[str]) -> tuple[Named, ...]:
    if isinstance(value, list | tuple) and all(map(_is_link, value)):
        return tuple(Named(name=name, link=_link(address)) for name, address in value)
    raise _no(value, 'list of links, such as [["About", "about/index.html"], ["LWN", "https://lwn.net/"]]')


def _is_link(value: Any) -> bool:
    if (
        not isinstance(value, list | tuple)
        or len(value) != 2
        or not all(isinstance(one, str) for one in value)
    ):
        return False
    name, address = value
    here = _is_path(address.partition("#")[0])
    return bool(name.strip()) and not _CONTROLS.search(name) and (here or bool(_WEB.fullmatch(address)))


def _link(address: str) -> Link:
    return Link(href=address, local=not _WEB.fullmatch(address))


_WEB = re.compile(r"(?:https?://|mailto:)[!#-;=?-~]+")


def _no(value: Any, what: str) -> ValueError:
    return ValueError(f"{_shown(value)} is no {what}.")


def _shown(value: Any) -> str:
    """Return a value as TOML has it, near enough to be found again."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return f'"{_CONTROLS.sub("?", value)}"' if isinstance(value, str) else str(value)


def _itself(value: str) -> str:
    return value


KINDS: dict[str, Kind] = {
    "colour": Kind(_colour, _both),
    "font": Kind(_font, _itself),
    "length": Kind(_length, _itself),
    "text": Kind(_text),
    "path": Kind(_path),
    "choice": Kind(_choice),
    "flag": Kind(_flag),
    "links": Kind(_links),
}
"""The kinds by the names that `theme.toml` knows them by; font, length, text and path may be empty."""
