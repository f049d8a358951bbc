"""The rules that feeds of all formats share: absolute addresses, times, distinct ids, harmless bodies.

Each function yields a sentence for each fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from lxml import etree

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ABSOLUTE = re.compile(
    r"""https?://[^\s<>"/?#][^\s<>"]*|(?!https?:|javascript:)[a-z][a-z0-9+.-]*:[^\s<>"]+"""
)
_SCHEME = re.compile(r"(?!javascript:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ADDRESSES = ("href", "src", "cite", "poster", "action", "background", "longdesc", "data")
_ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"})


def address(name: str, value: str) -> Iterator[str]:
    """Yield a fault if the address in a field of that name is not absolute."""
    if not _ABSOLUTE.fullmatch(value):
        yield f"{name} is no absolute address: {value!r}"


def moment(name: str, text: object) -> Iterator[str]:
    """Yield a fault if a time that is given is not one of RFC 3339."""
    if text is None:
        return
    try:
        good = isinstance(text, str) and _RFC3339.fullmatch(text) and datetime.fromisoformat(text)
    except ValueError:
        good = None
    if not good:
        yield f"{name} is no time of RFC 3339: {text!r}"


def repeated(name: str, values: Iterable[str]) -> Iterator[str]:
    """Yield a fault for each value that stands in more than one entry."""
    yield from (
        f"{count} entries have the {name} {one!r}" for one, count in Counter(values).items() if count > 1
    )


def html(body: str) -> Iterator[str]:
    """Yield what a body may not hold outside of its site: relative addresses, and what could run."""
    for element in etree.HTML(f"<div>{body}</div>").iter(etree.Element):
        name = str(element.tag)
        if name in _ACTIVE:
            yield f"the body holds <{name}>"
        yield from (f"<{name}> has {key}" for key in map(str, element.keys()) if key.startswith("on"))
        for key in _ADDRESSES:
            target = element.get(key)
            if target is not None and not _SCHEME.match(target):
                yield f"<{name} {key}> leads to {target!r}"
