"""A file of topics says what stands in it, each with its line; what cannot be used is told."""

from __future__ import annotations

import pytest

from lwnindex.model import Described, Mention
from lwnindex.readers.topicsfile import Topics, read_topics
from lwnindex.reading import reading
from lwnindex.settings import Config

FILE = "content/topics.toml"
WHOLE = """# The desk's list.
["Kernel/Memory management"]
note = '''
About *memory*.

And [more](/Articles/5/).
'''
aliases = [
  "Kernel/Memory",  # as it was until 2009
  ["Kernel", "Swap/Paging"],
]
hidden = ["Kernel/Memroy"]
see_also = "Kernel/I/O"
reciprocal = false
parents = ["Security", "Kernel/Scalability"]
sort = " memory  "

["Kernel/Empty"]
"""


def told(text: str | bytes) -> Topics:
    content = text if isinstance(text, bytes) else text.encode()
    return read_topics(content, FILE, reading(Config()))


def problems(text: str | bytes) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in told(text).problems]


def mention(path: str, line: int) -> Mention:
    return Mention(entry=tuple(path.split("|")), line=line)


def test_every_key_is_read() -> None:
    found = told(WHOLE)

    assert found.problems == ()
    assert found.told[0].topic == Described(
        entry=("Kernel", "Memory management"),
        file=FILE,
        line=2,
        aliases=(
            *(mention("Kernel|Memory", 9), mention("Kernel|Swap/Paging", 10)),
            mention("Kernel|Memroy", 12),
        ),
        hidden=(("Kernel", "Memroy"),),
        see_also=(mention("Kernel|I/O", 13),),
        reciprocal=False,
        parents=(mention("Security", 15), mention("Kernel|Scalability", 15)),
        sort="memory",
    )
    assert found.told[0].note == "About *memory*.\n\nAnd [more](/Articles/5/).\n"
    assert found.told[0].lines == (4, 5, 6, 7)


def test_an_empty_table_is_a_topic() -> None:
    assert told(WHOLE).told[1].topic == Described(entry=("Kernel", "Empty"), file=FILE, line=18)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_describes_nothing_and_is_no_problem(text: str) -> None:
    assert told(text) == Topics()


@pytest.mark.parametrize(("said", "hidden"), [("true", 2), ("false", 0), ("[]", 0), ('["Kernel/B"]', 1)])
def test_aliases_are_hidden_all_or_some(said: str, hidden: int) -> None:
    (found,) = told(f'["Kernel/A"]\naliases = ["Kernel/B", "Kernel/C"]\nhidden = {said}\n').told

    assert {one.entry for one in found.topic.aliases} == {("Kernel", "B"), ("Kernel", "C")}
    assert len(found.topic.hidden) == hidden


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('["Kernel/A"]\nnote = "', "bad-topics", 2),
        ("[Kernel/A]\n", "bad-topics", 1),
        ('["Kernel/A"]\n["Kernel/B"]\n["Kernel/A"]\n', "bad-topics", 3),
        ('["Kernel/A"]\nalias = []\n', "unknown-field", 2),
        ('["Kernel/A"]\nsort = 5\n', "bad-field", 2),
        *(
            (f'["Kernel/A"]\nfolder = {one}\n', "bad-field", 2)
            for one in ('"a/b"', '"Index"', '"page"', '"con"', '"a b"', '".."', '"x~3f2a1"', "5")
        ),
        ('["Kernel/A"]\nnote = ["a"]\n', "bad-field", 2),
        ('["Kernel/A"]\nreciprocal = "no"\n', "bad-field", 2),
        ('["Kernel/A"]\nhidden = 1\n', "bad-field", 2),
        ('["Kernel/A"]\naliases = { a = 1 }\n', "bad-field", 2),
        ('["Kernel/A"]\nsee_also = [\n"Kernel/B",\n3,\n]\n', "bad-field", 4),
        ('["Kernel/A"]\nsee_also = [\n"Kernel/B",\n[],\n]\n', "bad-field", 4),
        ('["Kernel/A"]\naliases = [\n"Kernel/B",\n"Kernel",\n]\n', "bad-entry", 4),
        ('["Kernel/A"]\naliases = ["Kernel//B"]\n', "bad-entry", 2),
        ('["Kernel/A"]\naliases = [\n"Kernel/B",\n"Kernel/B",\n]\n', "bad-entry", 4),
        ('["Kernel/A"]\nparents = ["Security",\n""]\n', "bad-entry", 3),
        ("\n[Kernel]\n", "bad-entry", 2),
        ('\n["Kernel/ "]\n', "bad-entry", 2),
        ('top = "x"\n', "bad-field", 1),
        ('[["Kernel/A"]]\n', "bad-field", 1),
        (b'["Kernel/A"]\nsort = "\xff"\n', "not-utf8", 2),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(text: str | bytes, code: str, line: int) -> None:
    assert problems(text) == [(code, line)]


def test_what_can_be_used_is() -> None:
    (found,) = told('["Kernel/A"]\nsort = 5\naliases = ["Kernel", "Kernel/B"]\n').told

    assert found.topic.aliases == (mention("Kernel|B", 3),)


@pytest.mark.parametrize(
    ("key", "fix"), [("see-also", 'Did you mean "see_also"?'), ("colour", "Remove it; there are note, ")]
)
def test_an_unknown_key_is_told_what_may_be_meant(key: str, fix: str) -> None:
    (found,) = told(f'["Kernel/A"]\n{key} = "x"\n').problems

    assert key in found.message
    assert found.fix.startswith(fix)


def test_a_second_table_is_told_with_both_places() -> None:
    (found,) = told('["Kernel/A"]\n["Kernel/B"]\n["Kernel/A"]\n').problems

    assert '"Kernel/A" a second time, after that in line 1' in found.message


def test_each_address_that_cannot_be_is_told_by_what_it_says() -> None:
    found = told('["Kernel/A"]\naddresses = ["old/", "/a/", "https://example.com/b\\u0000", 3]\n').problems
    assert [(one.code, one.line) for one in found] == [("bad-field", 2)] * 3
    assert ['("old/")' in one.message for one in found] == [True, False, False]
    assert "https://example.com/b" in found[1].message
    assert "\0" not in found[1].message


@pytest.mark.parametrize("folder", ["KProbes~3f2a1c", "Linux_Lab", "lONG~e08695~abcdef"])
def test_a_folder_is_read_as_addresses_have_it(folder: str) -> None:
    found = told(f'["Kernel/A"]\nfolder = "{folder}"\n')
    assert (found.told[0].topic.folder, found.problems) == (folder, ())


def test_addresses_are_those_of_pages_each_once() -> None:
    text = 'addresses = ["/Kernel/Old_name/", "/2009/a.html", "/Kernel/Old_name/index.html", "/a%25/"]'
    found = told(f'["Kernel/A"]\n{text}\n["Kernel/B"]\naddresses = "/b/"\n')
    pages = [[(one.path, one.line) for one in each.topic.addresses] for each in found.told]

    assert pages == [
        [("Kernel/Old_name/index.html", 2), ("2009/a.html", 2), ("a%/index.html", 2)],
        [("b/index.html", 4)],
    ]
    assert found.problems == ()


@pytest.mark.parametrize("address", ['"Kernel/A/"', '"/../A/"', '"/a/./b/"', '"/con/"', '"/a\\u0000/"', "5"])
def test_what_is_no_address_of_this_site_is_told(address: str) -> None:
    found = told(f'["Kernel/A"]\naddresses = ["/fine/",\n{address}]\n')

    assert [one.path for one in found.told[0].topic.addresses] == ["fine/index.html"]
    assert [(one.code, one.line) for one in found.problems] == [("bad-field", 3)]


def test_addresses_that_are_no_list_are_told() -> None:
    (found,) = told('["Kernel/A"]\naddresses = 5\n').problems

    assert (found.code, found.line) == ("bad-field", 2)
    assert "a list of addresses" in found.fix


def test_a_name_that_is_told_holds_nothing_that_steers_a_terminal() -> None:
    (found,) = told('["\\u001b[31m"]\n["\\u001b[31m"]\n').problems
    assert "\x1b" not in found.message
