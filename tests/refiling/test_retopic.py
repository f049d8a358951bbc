"""Files of topics after a renaming: nothing that they said is lost, and comments stay."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.tomlscan import quoted
from lwnindex.refiling import retopic
from lwnindex.refiling.exact import Inexact, applied
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.verify import verify
from tests.makers import entry

TEXT = """# Topics
["Kernel/Memory"] # head
note = "About memory."
aliases = ["Kernel/Mem"] # c
see_also = ['Kernel/Swap', "Kernel/Block/I/O"]
# inner comment

["Kernel/Memory/Swap"]
sort = "swap"

["Kernel/Swap"]
note = \"\"\"
Swap.
\"\"\"
see_also = [
  "Kernel/Memory/Swap", # x
  ["Kernel", "Memory"],
]
parents = ['Kernel/Memory']
aliases = [
  "Kernel/Paging",
]
"""


def after(*pairs: tuple[str, str], text: str = TEXT, more: str | None = None) -> dict[str, str]:
    """Return the files after a renaming."""
    texts = {"topics.toml": text} if text else {}
    texts |= {"topics/more.toml": more} if more else {}
    files = retopic.read(texts, ("I/O",))
    renaming = Renaming(tuple((entry(old), entry(new)) for old, new in pairs), tuple(retopic.aliases(files)))
    edits = retopic.edits(files, renaming, "topics.toml")
    found = {file: applied(texts.get(file, ""), edits.get(file, ())) for file in {*texts, *edits}}
    verify(found, files, renaming)
    return found


def test_a_table_gets_the_new_name_and_what_mentions_it_follows() -> None:
    (text,) = after(("Kernel/Memory", "Kernel/MM")).values()
    assert text == (
        TEXT.replace('["Kernel/Memory"]', '["Kernel/MM"]')
        .replace('["Kernel/Mem"]', '["Kernel/Mem", "Kernel/Memory"]')
        .replace('"Kernel/Memory/Swap"', '"Kernel/MM/Swap"')
        .replace('["Kernel", "Memory"]', '"Kernel/MM"')
        .replace("'Kernel/Memory'", "'Kernel/MM'")
    )


def test_tables_become_one_with_all_that_they_say() -> None:
    (text,) = after(("Kernel/Memory", "Kernel/Swap")).values()
    found = tomllib.loads(text)
    assert list(found) == ["Kernel/Swap/Swap", "Kernel/Swap"]
    assert found["Kernel/Swap"] == {
        "note": "Swap.\n\nAbout memory.\n",
        "see_also": ["Kernel/Swap/Swap", "Kernel/Block/I/O"],
        "parents": [],
        "aliases": ["Kernel/Paging", "Kernel/Memory", "Kernel/Mem"],
    }
    assert "# Topics\n# inner comment\n" in text


def test_the_table_of_a_merged_topic_may_become_that_of_the_other() -> None:
    found = tomllib.loads(after(("Kernel/Swap", "Kernel/Q"), ("Kernel/Memory", "Kernel/Q"))["topics.toml"])
    assert found["Kernel/Q"]["note"] == "About memory.\n\nSwap.\n"
    assert set(found["Kernel/Q"]["aliases"]) == {
        "Kernel/Mem",
        "Kernel/Memory",
        "Kernel/Swap",
        "Kernel/Paging",
    }
    assert set(found["Kernel/Q"]["see_also"]) == {"Kernel/Q/Swap", "Kernel/Block/I/O"}


def test_a_topic_that_no_table_describes_gets_one() -> None:
    assert after(("Kernel/X", "Kernel/Y"), text="") == {
        "topics.toml": '["Kernel/Y"]\naliases = ["Kernel/X"]\n'
    }
    assert after(("Kernel/X", "Kernel/Y"))["topics.toml"] == f'{TEXT}\n["Kernel/Y"]\naliases = ["Kernel/X"]\n'


def test_the_way_back_leads_over_an_alias() -> None:
    (there,) = after(("Kernel/Swap", "Kernel/Paging")).values()
    assert '["Kernel/Paging"]' in there
    assert '  "Kernel/Swap",\n]' in there
    assert after(("Kernel/Paging", "Kernel/Swap"), text=there)["topics.toml"] == TEXT


def test_tables_of_several_files_become_one() -> None:
    more = '["Kernel/Z"]\nnote = "Z."\nparents = ["Kernel/Swap"]\n'
    found = after(("Kernel/Z", "Kernel/Memory/Swap"), more=more)
    assert found["topics/more.toml"] == ""
    table = tomllib.loads(found["topics.toml"])["Kernel/Memory/Swap"]
    assert table == {"sort": "swap", "note": "Z.", "parents": ["Kernel/Swap"], "aliases": ["Kernel/Z"]}


def test_a_table_in_one_line_gets_an_alias() -> None:
    assert after(("Kernel/A", "Kernel/B"), text='"Kernel/A" = { note = "x" }\n') == {
        "topics.toml": '"Kernel/B" = { aliases = ["Kernel/A"], note = "x" }\n'
    }


ADDRESSES = """["Kernel/A"]
addresses = ["/a/", "/b/"] # both

["Kernel/B"]
addresses = "/b/"

["Kernel/C"]
"""


@pytest.mark.parametrize(
    ("new", "more", "wanted"),
    [
        ("Kernel/D", (), 'addresses = ["/a/", "/b/"] # both'),
        ("Kernel/B", (), 'addresses = ["/b/", "/a/"]'),
        ("Kernel/B", ("/c/", "/a/"), 'addresses = ["/b/", "/a/", "/c/"]'),
        ("Kernel/C", (), 'addresses = ["/a/", "/b/"]'),
        ("Security/New", ("/c/",), 'addresses = ["/a/", "/b/", "/c/"] # both'),
    ],
)
def test_addresses_stay_with_the_topic_and_more_come_behind_them(
    new: str, more: tuple[str, ...], wanted: str
) -> None:
    files = retopic.read({"topics.toml": ADDRESSES}, ())
    renaming = Renaming(((entry("Kernel/A"), entry(new)),))
    needs = retopic.Needs(addresses={entry(new): more})
    edits = retopic.edits(files, renaming, "topics.toml", needs)
    text = applied(ADDRESSES, edits["topics.toml"])
    found = verify({"topics.toml": text}, files, renaming, needs)
    assert wanted in text
    assert {*more, "/a/", "/b/"} == {*retopic.addresses_of(found)[entry(new)]}


def test_a_topic_that_needs_an_address_gets_a_table() -> None:
    files = retopic.read({}, ())
    needs = retopic.Needs(addresses={entry("Kernel/A"): ("/a/",)})
    found = retopic.edits(files, Renaming(()), "topics.toml", needs)
    assert applied("", found["topics.toml"]) == '["Kernel/A"]\naddresses = ["/a/"]\n'


def test_what_would_be_lost_stands_in_the_way() -> None:
    with pytest.raises(Inexact, match="table of its own"):
        after(
            ("Kernel/A", "Kernel/Swap"),
            text=TEXT + '\n["Kernel/Memory".x]\n',
            more='"Kernel/A" = { note = "x" }\n',
        )
    with pytest.raises(Inexact, match="cannot be read"):
        retopic.read({"topics.toml": "["}, ())


NAMES = st.sampled_from(["Kernel/A", "Kernel/A/B", "Kernel/A/B/C", "Kernel/D", "Kernel/E", "Security/A"])


@given(
    tables=st.dictionaries(
        NAMES,
        st.fixed_dictionaries(
            {
                "see_also": st.lists(NAMES, max_size=3, unique=True),
                "parents": st.lists(NAMES, max_size=2, unique=True),
            },
            optional={"note": st.text("ab\n\"\\'é", max_size=6), "sort": st.just("s")},
        ),
        max_size=5,
    ),
    old=NAMES,
    new=st.sampled_from(["Kernel/New", "Kernel/D", "Security/A/Deep", "Kernel/E"]),
)
def test_every_renaming_leaves_a_file_that_says_the_same(
    tables: dict[str, dict[str, object]], old: str, new: str
) -> None:
    def shown(value: object) -> str:
        if isinstance(value, list):
            return "[" + ", ".join(map(shown, value)) + "]"
        return quoted(str(value))

    text = "\n".join(
        f'["{name}"]\n' + "".join(f"{key} = {shown(value)}\n" for key, value in said.items())
        for name, said in tables.items()
    )
    if entry(new)[: len(entry(old))] == entry(old):
        return
    # `verify` holds what must be so.
    found = tomllib.loads(after((old, new), text=text)["topics.toml"])
    notes = "".join(str(table.get("note", "")) for table in found.values())
    for said in tables.values():
        for line in str(said.get("note", "")).split("\n"):
            assert line in notes
