"""Every plain value of a header is found where it stands, in all forms of headers."""

from __future__ import annotations

import pytest

from lwnindex.readers import dialects
from lwnindex.readers.dialects import Kind
from lwnindex.readers.nodes import Node, Refused
from lwnindex.refiling.written import Header, Written, table

HEADERS: list[tuple[Kind, str]] = [
    ("yaml", "a: é b\nc: ['x', \"y\", z]\nd:\n- k: v # c\n- - p\n  - 'it''s'\n"),
    ("yaml", '{"a": ["x", "\\u00e9"], "b": {"c": "d"}}'),
    ("toml", "a = 'x'\n[t]\nb = ['''y''', \"z\\n\"]\nc.d = { e = 'f', g = [1, 'h'] }\n[[u]]\ni = 'j'\n"),
    ("lines", "A: x, y\nB:   z  \n    more\n"),
    ("dotted", ".. a: x\n.. b: y z\n"),
]  # fmt: skip


def said(node: Node) -> object:
    items, pairs = node.items(), node.pairs()
    if items is not None:
        return [said(one) for one in items]
    if pairs is not None:
        return {name: said(one) for name, one, _ in pairs}
    return node.text()


def scalars(node: Written) -> list[Written]:
    inner = [*(node.items() or ()), *(value for _, value, _ in node.pairs() or ())]
    return [each for one in inner for each in scalars(one)] if inner else [node]  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "header"), HEADERS)
def test_it_says_what_the_reader_reads_but_tables_of_which_there_are_several(kind: Kind, header: str) -> None:
    found, root = table(kind, Header(header, 7, 2)), dialects.table(kind, header, 2)
    assert found is not None
    assert root is not None
    wanted = said(root)
    assert isinstance(wanted, dict)
    wanted.pop("u", None)
    told = said(found)
    assert isinstance(told, dict)
    told.pop("u", None)
    assert told == wanted


@pytest.mark.parametrize(("kind", "header"), HEADERS)
def test_each_value_stands_between_its_ends(kind: Kind, header: str) -> None:
    found = table(kind, Header(header, 7, 2))
    assert found is not None
    seen = 0
    for node in scalars(found):
        scalar = node.scalar()
        if scalar is not None:
            assert header[scalar.start - 7 :].startswith(scalar.raw)
            assert " ".join(scalar.value.split()) == node.text()
            assert node.line == 2 + header.count("\n", 0, scalar.start - 7)
            seen += 1
    assert seen > 1


def test_a_header_that_the_reader_refuses_is_refused() -> None:
    with pytest.raises(Refused):
        table("yaml", Header("a: [", 0, 1))
    assert table("yaml", Header("# nothing", 0, 1)) is None
