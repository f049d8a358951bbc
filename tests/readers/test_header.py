"""A header's values are the texts that stand there; what is wrong has a line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Problem
from lwnindex.presets import PresetName
from lwnindex.readers.dialects import Kind
from lwnindex.readers.header import FIELDS, Values, is_switch, known_name, read_header
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings


def faults(text: str) -> list[Problem]:
    values = read_header(text, "a.md", 2)
    for name in FIELDS:
        values.word(name) if name not in ("authors", "entries", "date", "updated", "nav", "draft") else None
    values.words("authors")
    values.date("date")
    values.date("updated")
    values.number("nav")
    values.switch("draft")
    return values.problems


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("4.10", "4.10"),
        ("2009", "2009"),
        ("2009-12-22", "2009-12-22"),
        ("yes", "yes"),
        ("'a: b'", "a: b"),
        ('"two\\u00a0words"', "two words"),
        (">\n  folded\n  text", "folded text"),
        ("", ""),
        ("~", ""),
        ("null", ""),
        ('"null"', "null"),
        ("!!python/object/apply:os.getcwd x", "x"),
        ("!!int 7", "7"),
    ],
)
def test_a_value_is_the_text_that_stands_there(written: str, text: str) -> None:
    values = read_header(f"title: {written}", "a.md", 2)

    assert (values.word("title"), values.problems) == (text, [])


def test_a_list_of_texts_is_read_once_each() -> None:
    values = read_header("authors: [A, B,  A , ~]\nid: x", "a.md", 2)

    assert values.words("authors") == ("A", "B")
    assert read_header("author: A", "a.md", 2).words("authors") == ("A",)
    assert read_header("authors:\nid: x", "a.md", 2).words("authors") == ()
    assert ("id" in values, "title" in values) == (True, False)


@pytest.mark.parametrize(
    ("written", "wanted"), [("nav: 10", 10), ("nav: -1", -1), ("nav: '3'", 3), ("nav:", None), ("", None)]
)
def test_a_number_is_read(written: str, wanted: int | None) -> None:
    assert read_header(written, "a.md", 2).number("nav") == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("true", True), ("Yes", True), ("on", True), ("false", False), ("no", False), ("", False)],
)
def test_a_switch_is_read(written: str, wanted: bool) -> None:
    assert read_header(f"draft: {written}", "a.md", 2).switch("draft") is wanted


WRONG = {
    "a list for a text": ("id: x\ntitle: [a, b]", "bad-field", 3, "Write a text."),
    "a list for a date": ("date: [a]", "bad-field", 2, "Write a text."),
    "fields for a list": ("id: x\nauthors:\n  - A\n  - b: c", "bad-field", 5, "a list of texts"),
    "no number": ("nav: ten", "bad-field", 2, "a whole number"),
    "a fraction": ("nav: 1.5", "bad-field", 2, "a whole number"),
    "no switch": ("draft: maybe", "bad-field", 2, "true or false"),
    "twice": ("title: a\ntitle: b", "bad-field", 3, "Remove one"),
    "twice by its other name": ("author: a\nid: x\nauthors: b", "bad-field", 4, "Remove one"),
    "a slip": ("titel: a", "unknown-field", 2, 'Did you mean "title"?'),
    "a capital": ("Title: a", "unknown-field", 2, 'Did you mean "title"?'),
    "unknown": ("colour: red", "unknown-field", 2, "Remove it"),
    "a list as a name": ("? [a]\n: b", "unknown-field", 2, "Remove it"),
    "an impossible date": ("id: x\ndate: 2009-02-30", "bad-date", 3, "2009-12-22"),
    "no date": ("updated: soon", "bad-date", 2, "2009-12-22"),
    "a colon in a value": ("id: x\ntitle: a: b", "bad-header", 3, "quotes"),
    "a bracket left open": ("title: [a", "bad-header", 2, "quotes"),
    "a tab": ("id: x\n\ttitle: a", "bad-header", 3, "quotes"),
    "text": ("just text", "bad-header", 2, "quotes"),
    "a list": ("- a\n- b", "bad-header", 2, "quotes"),
    "an unknown alias": ("title: *a", "bad-header", 2, "quotes"),
    "a character YAML forbids": ("title: a\ufffe", "bad-header", 2, "quotes"),
    "too long": ("title: " + "x" * 70_000, "bad-header", 2, "quotes"),
    "too deep": ("id: x\ntitle: " + "[" * 50 + "]" * 50, "bad-header", 3, "quotes"),
    "too many aliases": ("id: &a x\nauthors: [" + "*a," * 101 + "]", "bad-header", 3, "quotes"),
    "a bomb": (
        "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 12}]\n" for n in range(1, 12)),
        "bad-header",
        11,
        "quotes",
    ),
}


@pytest.mark.parametrize(("text", "code", "line", "fix"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_used_is_a_problem_with_its_line(text: str, code: str, line: int, fix: str) -> None:
    (fault, *more) = faults(text)

    assert not more
    assert (fault.code, fault.file, fault.line) == (code, "a.md", line)
    assert fault.severity == ("warning" if code == "unknown-field" else "error")
    assert fix in fault.fix


def test_an_alias_that_holds_itself_does_no_harm() -> None:
    assert [fault.code for fault in faults("authors: &a [*a]")] == ["bad-field"]


@pytest.mark.parametrize("text", ["", "# a comment", "~", "{}"])
def test_a_header_may_be_empty(text: str) -> None:
    assert faults(text) == []


@given(
    st.text(max_size=60) | st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=9)).map(yaml.safe_dump)
)
def test_any_header_is_read_or_refused(text: str) -> None:
    assert {fault.code for fault in faults(text)} <= {"bad-header", "bad-field", "bad-date", "unknown-field"}


@given(
    st.dictionaries(
        st.sampled_from(("title", "id", "slug", "summary", "lang")),
        st.from_regex(r"[a-z\d.:\-]+", fullmatch=True),
    )
)
def test_what_yaml_writes_is_read_back(fields: dict[str, str]) -> None:
    quoted = "\n".join(f'{name}: "{value}"' for name, value in fields.items())
    values = read_header(quoted, "a.md", 2)

    assert {name: values.word(name) for name in fields} == fields


def foreign(text: str, preset: PresetName = "hugo", kind: Kind = "yaml") -> Values:
    return read_header(text, "a.md", 2, kind, reading(Config(), SourceSettings(path="x", preset=preset)))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Title: a", "a"),
        ("linkTitle: b\ntitle: a", "a"),
        ("title:\nLINKTITLE: b", "b"),
        ("headline: c\nlinktitle: b", "b"),
        ("extra: {title: a}", ""),
    ],
)
def test_the_first_name_that_is_there_counts_in_any_case(text: str, title: str) -> None:
    values = foreign(text)

    assert (values.word("title"), values.problems) == (title, [])


def test_a_dot_leads_into_a_table() -> None:
    values = foreign("Extra:\n  Author: {name: A}\n  authors: [B]\nparams: x", "zola")

    assert (values.words("authors"), values.problems) == (("A",), [])
    assert values.field("authors") is not None


def test_a_name_that_stands_twice_is_told_in_every_archive() -> None:
    values = foreign("title: a\nTITLE: b")

    assert values.word("title") == "a"
    assert [(one.code, one.line) for one in values.problems] == [("bad-field", 3)]


def test_one_text_may_name_several_people_and_a_list_does_not() -> None:
    assert foreign("author: A B and C D").people("authors") == ("A B", "C D")
    assert foreign("author: [A B and C D]").people("authors") == ("A B and C D",)
    assert foreign("title: a").people("authors") == ()


def test_lines_of_our_own_are_read_in_any_case() -> None:
    values = read_header("Title: a\nAuthor: A\n    B\nX: y", "a.md", 1, "lines")

    assert (values.word("title"), values.words("authors")) == ("a", ("A", "B"))
    assert [(one.code, one.line) for one in values.problems] == [("unknown-field", 4)]


@pytest.mark.parametrize(
    ("word", "wanted"), [("True", True), ("no", False), ("2009-12-22", None), ("", None)]
)
def test_a_text_may_be_a_switch(word: str, wanted: bool | None) -> None:
    assert is_switch(word) is wanted


def test_the_names_of_fields_are_known() -> None:
    rules = reading(Config(), SourceSettings(path="x", preset="pelican"))

    assert known_name("Save_as", rules)
    assert not known_name("note", rules)


def test_tags_of_our_own_are_read_where_they_have_an_index() -> None:
    indexed = reading(Config(), SourceSettings(path="x", index="News"))

    assert read_header("tags: a", "a.md", 2, "yaml", indexed).words("tags") == ("a",)
    assert [one.code for one in read_header("tags: a", "a.md", 2).problems] == ["unknown-field"]
