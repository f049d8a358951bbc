"""Descriptions of topics, written short, and at random as hypothesis draws them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from lwnindex.model import Described, Entry, Mention
from tests.cards import entries
from tests.makers import entry


def described(
    path: str | Entry,
    *aliases: str,
    line: int = 1,
    file: str = "t.toml",
    hidden: Iterable[str] = (),
    see_also: Iterable[str] = (),
    reciprocal: bool = True,
    parents: Iterable[str] = (),
    sort: str = "",
) -> Described:
    """Return what a file of topics says of one from a line on, with a line for each name."""
    named = [*aliases, *see_also, *parents]
    lines = iter(range(line + 1, line + 1 + len(named)))
    found = [
        tuple(Mention(entry=entry(one), line=next(lines)) for one in each)
        for each in (aliases, see_also, parents)
    ]
    return Described(
        entry=entry(path) if isinstance(path, str) else path,
        file=file,
        line=line,
        aliases=found[0],
        hidden=tuple(map(entry, hidden)),
        see_also=found[1],
        reciprocal=reciprocal,
        parents=found[2],
        sort=sort,
    )


@st.composite
def files(draw: st.DrawFn, most: int = 5) -> list[Described]:
    """Draw descriptions in two files, which may name anything, themselves and each other among it."""
    return [_described(draw, number) for number in range(draw(st.integers(0, most)))]


def _described(draw: st.DrawFn, number: int) -> Described:
    def some(most: int = 2) -> tuple[Mention, ...]:
        found = draw(st.lists(entries, max_size=most, unique=True))
        return tuple(Mention(entry=one, line=number * 9 + place) for place, one in enumerate(found, 2))

    aliases = some()
    further = draw(st.sampled_from([(), (("Kernel",),), (("Nowhere",),)]))
    return Described(
        entry=draw(entries),
        file=f"{draw(st.sampled_from('ab'))}.toml",
        line=number * 9 + 1,
        aliases=aliases,
        hidden=tuple(one.entry for one in aliases if draw(st.booleans())),
        see_also=some(),
        reciprocal=draw(st.booleans()),
        parents=(*some(), *(Mention(entry=one, line=number * 9 + 8) for one in further)),
        sort=draw(st.sampled_from(["", "", "aaa", "zzz"])),
    )
