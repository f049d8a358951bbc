"""Which attribute values of an author are valid HTML; cleaning knows only which attributes are safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm "
    "rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts "
    "tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
"""Languages that are valid BCP 47 tags by themselves."""

_LANGUAGES = frozenset(_ISO_639_1.split())
_REGIONAL = frozenset({"en-us", "en-gb", "pt-br", "pt-pt", "zh-cn", "zh-tw", "zh-hk", "zh-hans", "zh-hant"})
_ADDRESS = re.compile(r"https?://[\w.\-]+(?:/[\w.\-~/]*)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,9}", re.ASCII)

_QUOTING = frozenset({"blockquote", "q", "ins", "del"})
_CELLS = frozenset({"td", "th"})


def valid(name: str, given: dict[str, str]) -> dict[str, str]:
    """Return the attributes of an element of this name, as written, that the HTML standard lets it have."""
    kept = {each: value for each, value in given.items() if _is_valid(name, each, value)}
    if "lang" in kept:
        kept["lang"] = _language(kept["lang"])
    return kept


def span(written: str) -> int:
    """Return how many columns or rows a cell's attribute means; 1 where it is missing or not valid."""
    return int(written) if _is_span(written) else 1


def _is_valid(name: str, attribute: str, value: str) -> bool:
    rule = _RULES.get(attribute)
    return rule is None or rule(name, value)


def _language(value: str) -> str:
    """Return a language tag, or its first part where the rest might not be registered."""
    return value if value.lower() in _REGIONAL else value.partition("-")[0]


def _is_span(value: str) -> bool:
    return _INTEGER.fullmatch(value) is not None and 1 <= int(value) <= 1000


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


_RULES: dict[str, Callable[[str, str], bool]] = {
    "lang": lambda _, value: _language(value).lower() in _LANGUAGES | _REGIONAL,
    "dir": lambda name, value: value in ("ltr", "rtl") or (value == "auto" and name != "bdo"),
    "colspan": lambda name, value: name in _CELLS and _is_span(value),
    "rowspan": lambda name, value: name in _CELLS and _is_span(value),
    "scope": lambda name, value: name == "th" and value in ("row", "col", "rowgroup", "colgroup"),
    "start": lambda name, value: name == "ol" and _INTEGER.fullmatch(value) is not None,
    "value": lambda name, value: name == "li" and _INTEGER.fullmatch(value) is not None,
    "reversed": lambda name, _: name == "ol",
    "cite": lambda name, value: name in _QUOTING and _ADDRESS.fullmatch(value) is not None,
    "datetime": lambda name, value: name in ("time", "ins", "del") and _is_day(value),
}
"""By attribute: may an element of this name have it with this value? Any other attribute may stay."""
