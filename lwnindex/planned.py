"""A plan of a build for people, pages alike on one line, and for programs, a page a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from lwnindex.causes import SENTENCES, Cause, Kind
from lwnindex.planning import Plan
from lwnindex.report import figures

_EXAMPLES = 3


class _Group(NamedTuple):
    """Pages that have the same to be said of them."""

    change: str
    kinds: tuple[Kind, ...]
    paths: list[str]


def lines(plan: Plan, *, whole: bool = False) -> Iterator[str]:
    """Yield what would change, the most common first; all paths with `whole`, else some examples."""
    for group in sorted(_groups(plan), key=lambda one: (-len(one.paths), one.change, one.kinds)):
        yield _headline(group, plan.causes)
        shown = group.paths if whole else group.paths[:_EXAMPLES]
        yield from (f"    {path}" for path in shown)
        if len(shown) < len(group.paths):
            yield f"    and {len(group.paths) - len(shown):,} more"


def _groups(plan: Plan) -> list[_Group]:
    found: dict[tuple[str, tuple[Kind, ...]], list[str]] = {}
    for path, change in changes(plan):
        kinds = tuple(one.kind for one in plan.causes.get(path, ()))
        found.setdefault((change, kinds), []).append(path)
    return [_Group(*key, paths) for key, paths in found.items()]


def changes(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield each path with what would become of it: new, changed or removed."""
    for path in sorted(plan.report.written):
        yield path, "new" if path in plan.new else "changed"
    for path in plan.report.removed:
        yield path, "removed"


def _headline(group: _Group, causes: Mapping[str, Sequence[Cause]]) -> str:
    many = len(group.paths)
    why = "; ".join(_because(kind, many, _names(kind, group.paths, causes)) for kind in group.kinds)
    return f"{group.change}: {_pages(many)}: {why}" if why else f"{group.change}: {_pages(many)}"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"


def _names(kind: Kind, paths: Iterable[str], causes: Mapping[str, Sequence[Cause]]) -> list[str]:
    """Return the names that a kind of cause has for any of these paths, in order."""
    named = (name for path in paths for one in causes[path] if one.kind == kind for name in one.names)
    return list(dict.fromkeys(named))


def _because(kind: Kind, many: int, names: Sequence[str]) -> str:
    sentence = SENTENCES[kind][many != 1]
    if not names:
        return sentence
    rest = f" and {len(names) - _EXAMPLES:,} more" if len(names) > _EXAMPLES else ""
    return f"{sentence} ({', '.join(names[:_EXAMPLES])}{rest})"


def summary(plan: Plan) -> str:
    """Return the line that a plan ends with."""
    report, new = plan.report, len(plan.new)
    return (
        f"a build would write {_pages(len(report.written))} ({new:,} new, {len(report.written) - new:,} "
        f"changed), remove {len(report.removed):,} and keep {report.kept:,}; nothing is written yet"
    )


def as_json(plan: Plan) -> Iterator[bytes]:
    """Yield an object for each page that would change, and at last the figures."""
    for path, change in changes(plan):
        causes = [
            {"cause": one.kind, "says": SENTENCES[one.kind][0], "names": one.names}
            for one in plan.causes.get(path, ())
        ]
        yield msgspec.json.encode({"path": path, "change": change, "causes": causes})
    more = {"new": len(plan.new), "changed": len(plan.report.written) - len(plan.new)}
    yield msgspec.json.encode({**figures(plan.report), **more, "plan": True})
