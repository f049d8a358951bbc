"""A page as it is served: with the script that hears of changes, which its policy then admits, alone.

Pure: bytes in, bytes and what a header says of them out. The file that a build wrote stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import NamedTuple

ANCESTORS = "frame-ancestors 'self'"
"""What only a header can say: no page of another origin has this one in a frame."""

PLAIN = f"default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; {ANCESTORS}"
"""The policy of what is no page, when it is opened as one: an image, a feed."""

_META = re.compile(
    rb"<!--.*?-->|(?P<meta><meta\s(?=[^>]*http-equiv\s*=\s*[\"']?content-security-policy[\"'\s>])[^>]*>)",
    re.IGNORECASE | re.DOTALL,
)
_CONTENT = re.compile(rb"(?<=\s)content\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_PLACES = (
    re.compile(rb"<!--.*?-->|(?P<place><head(?:\s[^>]*)?>)", re.IGNORECASE | re.DOTALL),
    re.compile(rb"<!--.*?-->|(?P<place><html(?:\s[^>]*)?>)", re.IGNORECASE | re.DOTALL),
    re.compile(rb"<!--.*?-->|(?P<place><!doctype[^>]*>)", re.IGNORECASE | re.DOTALL),
)
_FALLBACKS = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
}


class Dressed(NamedTuple):
    """A page as it is served, and its policy as a header says it."""

    content: bytes
    policy: str


def dressed(page: bytes, script: str, admit: Mapping[str, str]) -> Dressed:
    """Return a page with a script, an address; `admit` are what it needs, by directives of policies."""
    policies: list[str] = []
    end = 0

    def admitting(found: re.Match[bytes]) -> bytes:
        nonlocal end
        meta = found["meta"]
        content = _CONTENT.search(meta or b"")
        if not meta or not content:
            return found[0]
        policy = admitted(unescape(content[1][1:-1].decode("utf-8", "replace")), admit)
        policies.append(policy)
        start, stop = content.span(1)
        new = meta[:start] + f'"{escape(policy)}"'.encode() + meta[stop:]
        # What comes before is as long as it was, but for the policies before.
        end = found.end() + sum(grown) + len(new) - len(meta)
        grown.append(len(new) - len(meta))
        return new

    grown: list[int] = []
    content = _META.sub(admitting, page)
    place = end or _place(content)
    tag = f'<script src="{escape(script)}" defer></script>'.encode()
    said = [*map(_in_a_header, policies), ANCESTORS]
    return Dressed(content[:place] + tag + content[place:], ", ".join(filter(None, said)))


def _place(page: bytes) -> int:
    """Return where in a page that says no policy a script can stand."""
    for each in _PLACES:
        found = next((one for one in each.finditer(page) if one["place"]), None)
        if found:
            return found.end()
    return 0


def _in_a_header(policy: str) -> str:
    # A comma would begin another policy.
    return " ".join(policy.split()) if policy.isascii() and policy.isprintable() and "," not in policy else ""


def admitted(policy: str, admit: Mapping[str, str]) -> str:
    """Return a policy that admits these sources, by directives; one that does already stays as it is."""
    parts = [each.split() for each in policy.split(";")]
    said = {name.lower(): sources for name, *sources in filter(None, reversed(parts))}
    more: dict[str, list[str]] = {}
    for directive, source in admit.items():
        name = next((each for each in _FALLBACKS[directive] if each in said), None)
        if name is None or {"'self'", "*", source} & set(said[name]):
            continue
        own = directive if name == "default-src" else name
        more[own] = [*(each for each in said[name] if each.lower() != "'none'"), source]
    kept = [" ".join(each) for each in parts if each and each[0].lower() not in more]
    return "; ".join([*kept, *(f"{name} {' '.join(sources)}" for name, sources in more.items())])
