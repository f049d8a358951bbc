"""What a dump holds after an article: rules, "to post comments", login links, comments, the site's footer.

Which lines these are is configuration (`[strip] lines` and `rest`). The same goes for a line that only
gives the article's own address, from which its id is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from lwnindex import names
from lwnindex.lines import Line, is_rule
from lwnindex.readers.text import link, squeezed
from lwnindex.reading import Reading

_LONGEST = 1_000
_LONGEST_KNOWN = 200
_POSTED = re.compile(r"Posted \w{3,9} \d{1,2}, \d{4} \d{1,2}:\d{2} UTC\b")
_HEADING = re.compile(r"#{1,6} ")
_LOGIN = re.compile(r"/Login/?\?target=([^)\s\"'<>]+)")
_EDGE_TAG = r"</?(?:br|div|p|hr|center|span|section|article)\b[^<>]*>"
_TAGS = re.compile(rf"(?:\s*{_EDGE_TAG})+\s*", re.IGNORECASE)
_EDGES = re.compile(rf"(?:\s*{_EDGE_TAG})*+\s*+(.*?)(?:\s*{_EDGE_TAG})*\s*", re.IGNORECASE)
_CANONICAL = re.compile(r"<link\b[^<>]*\bcanonical\b[^<>]*\bhref=[\"']?([^\"'\s<>]+)[^<>]*>", re.IGNORECASE)
_LABEL = re.compile(r"\**(?:URL|Source|Link|Permalink|Canonical|Original)(?: URL)?:?\**:? +", re.IGNORECASE)
_LONGEST_START = 12
# The first letters that count: what is searched for a label may be a long paragraph.
_ADDRESSED = re.compile(r"[*\[<h]|URL|Source|Link|Permalink|Canonical|Original", re.IGNORECASE)


class Trail(NamedTuple):
    """What stands after an article: how often which kind, and the article's id if a link names it."""

    counts: Mapping[str, int]
    id: str = ""


def trail(lines: Sequence[Line], reading: Reading) -> Trail | None:
    """Return what these lines hold, or None if one of them is a part of the article."""
    counts: dict[str, int] = {}
    found = ""
    for at, (_, text, _) in enumerate(lines):
        if not text.strip():
            continue
        kind = _kind(lines, at, reading)
        if kind is None:
            return None
        found = found or id_of(text, reading)
        if kind not in ("rule", "tag"):
            counts[kind] = counts.get(kind, 0) + 1
        if kind in ("comments", "footer"):
            break
    return Trail(counts, found)


def cut_below(lines: Sequence[Line], reading: Reading) -> tuple[Sequence[Line], Trail]:
    """Return the text below an index block without the trailers around it, and what those were."""
    start = 0
    for at in range(len(lines)):
        kind = _kind(lines, at, reading)
        if kind in ("trailer", "login", "comment-count"):
            start = at + 1
        elif kind not in ("", "rule"):
            break
    first = trail(lines[:start], reading) or Trail({})
    kept, last = cut(lines[start:], reading)
    return kept, Trail(Counter(first.counts) + Counter(last.counts), first.id or last.id)


def cut(lines: Sequence[Line], reading: Reading) -> tuple[Sequence[Line], Trail]:
    """Return an article that has no index block without what stands after it, and what that was.

    A rule at the end of an article goes only with a trailer below it.
    """
    end = _rest_of(lines, reading)
    start = end
    while start and _is_below(lines, start - 1, reading):
        start -= 1
    found = trail(lines[start:], reading)
    if found is None or not found.counts:
        return lines, Trail({})
    return lines[:start], found


def is_trailer(line: Line, reading: Reading) -> bool:
    """Return whether a line is one that stands below articles, such as a rule or "to post comments"."""
    return bool(_kind((line,), 0, reading))


def _is_below(lines: Sequence[Line], at: int, reading: Reading) -> bool:
    """Return whether a line is none of the article's own even where no index block stands above it."""
    kind = _kind(lines, at, reading)
    if kind in (None, "tag"):
        return False
    return kind != "address" or _LABEL.match(lines[at].text.strip()) is not None


def _rest_of(lines: Sequence[Line], reading: Reading) -> int:
    """Return where the first line stands that starts comments or a footer."""
    return next((at for at in range(len(lines)) if _rest(lines, at, reading)), len(lines))


def _kind(lines: Sequence[Line], at: int, reading: Reading) -> str | None:
    """Return what a line below an article is: empty for blank ones, None for a line of the article itself."""
    line = lines[at]
    text = line.text.strip()
    if not text:
        return ""
    if line.code or text[0] == ">":
        return None
    # A heading's kind hangs on the lines below it; all others are told again and again.
    if text[0] == "#" or len(line.text) > _LONGEST_KNOWN:
        return _kind_among(lines, at, reading)
    return _kind_alone(line.text, reading)


@lru_cache(maxsize=1024)
def _kind_alone(row: str, reading: Reading) -> str | None:
    return _kind_among((Line(1, row),), 0, reading)


def _kind_among(lines: Sequence[Line], at: int, reading: Reading) -> str | None:
    """Return the kind of a line with text that is neither code nor a quote."""
    text = lines[at].text.strip()
    if is_rule(lines[at].text):
        return "rule"
    if _TAGS.fullmatch(text):
        return "tag"
    kind = _strip(text, reading) or _rest(lines, at, reading)
    return kind or ("address" if own_address(text, reading) else None)


def _strip(text: str, reading: Reading) -> str | None:
    """Return the kind of a line that `[strip] lines` names, be it with tags such as `<p>` around it."""
    if len(text) > _LONGEST:
        return None
    within = _EDGES.fullmatch(text) if text.startswith("<") or text.endswith(">") else None
    forms = (text, within[1]) if within else (text,)
    if not any(one.fullmatch(form) for one in _patterns(reading.strip_lines) for form in forms):
        return None
    if "log in" in text.casefold():
        return "login"
    return "comment-count" if text.startswith("Comments") else "trailer"


def _rest(lines: Sequence[Line], at: int, reading: Reading) -> str | None:
    """Return the kind of what starts at a line that `[strip] rest` names, or at the heading of a comment."""
    line = lines[at]
    text = line.text.strip()
    if line.code or not text:
        return None
    if any(one.match(text) for one in _patterns(reading.strip_rest)):
        return "comments" if _POSTED.search(text) else "footer"
    return "comments" if _HEADING.match(text) and _is_comment(lines, at + 1) else None


def _is_comment(lines: Sequence[Line], at: int) -> bool:
    """Return whether a comment's own line `Posted Jun 5, 2026 14:29 UTC (Fri) by ...` follows its heading."""
    following = next((line.text.strip() for line in lines[at : at + 3] if line.text.strip()), "")
    return _POSTED.match(following) is not None


@lru_cache(maxsize=8)
def _patterns(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


def id_of(text: str, reading: Reading) -> str:
    """Return the article's id if a line has a login link that leads back to it, or is its own address."""
    if len(text) > _LONGEST or "/" not in text:
        return ""
    login = _LOGIN.search(text)
    if login:
        return _reference(unquote(login[1]), reading)
    return own_address(text, reading)


def own_address(text: str, reading: Reading) -> str:
    """Return the article's id if a line says no more than its public address."""
    if len(text) > _LONGEST or not names.may_refer(text):
        return ""
    if not _ADDRESSED.match(text.lstrip()[:_LONGEST_START]):
        return ""
    bare = squeezed(text)
    canonical = _CANONICAL.fullmatch(bare)
    if canonical:
        return _reference(canonical[1], reading)
    unlabelled = _LABEL.sub("", bare, count=1)
    linked = link(unlabelled) if unlabelled != bare else None
    address = linked[1] if linked else unlabelled.removeprefix("<").removesuffix(">")
    return _reference(address, reading) if address.startswith(("http://", "https://")) else ""


def _reference(address: str, reading: Reading) -> str:
    found = names.article_reference(address, names.hosts_of(reading.source))
    return found[0] if found else ""
