"""The database is sound, the same each time, and answers the questions of the manual."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from lwnindex import config, handover
from lwnindex.export.sqlite import APPLICATION, VERSION, is_ours, write
from lwnindex.formats.tables import NAMES, Contents, Table, tables
from lwnindex.options import Options
from tests.programs import ROOT
from tests.thesauri import library

MANUAL = (ROOT / "docs/exports.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```sql\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of the small library."""
    with closing(made(tmp_path / "a.db")) as found:
        yield found


def made(place: Path, of: Contents | None = None) -> sqlite3.Connection:
    write(place, tables(of or library()))
    return sqlite3.connect(place)


def asked(base: sqlite3.Connection, question: str, *values: Any) -> list[Any]:
    return base.execute(question, values).fetchall()


def of_kind(base: sqlite3.Connection, kind: str) -> set[str]:
    return {name for (name,) in asked(base, "SELECT name FROM sqlite_master WHERE type = ?", kind)}


@cache
def demo() -> Path:
    """Return the database of the demo."""
    work = Path(mkdtemp(prefix="lwnindex-database-"))
    found = config.load(ROOT / "lwnindex.toml", {}, {"store": str(work / "store")})
    assert handover.sqlite_file(found, str(work / "demo.db"), Options(executor="serial")).problems == ()
    return work / "demo.db"


def test_it_holds_every_table_row_for_row(base: sqlite3.Connection) -> None:
    for table in tables(library()):
        columns = ", ".join(table.columns)
        found = sorted(asked(base, f"SELECT {columns} FROM {table.name}"), key=repr)
        assert found == sorted(table.rows(), key=repr), table.name


def test_its_tables_and_columns_need_no_quotes_and_are_all_there(base: sqlite3.Connection) -> None:
    tables_ = of_kind(base, "table")
    assert {one for one in tables_ if not one.startswith("texts_fts")} == set(NAMES)
    assert of_kind(base, "view") == {"articles_with_topics", "broader", "references"}

    for table in tables(library()):
        found = [name for _, name, *_ in asked(base, f"PRAGMA table_info({table.name})")]
        assert found == list(table.columns)


@pytest.mark.parametrize("place", ["library", "demo"])
def test_it_is_sound(tmp_path: Path, place: str) -> None:
    with closing(made(tmp_path / "a.db") if place == "library" else sqlite3.connect(demo())) as base:
        assert asked(base, "PRAGMA integrity_check") == [("ok",)]
        assert asked(base, "PRAGMA foreign_key_check") == []
        base.execute("INSERT INTO texts_fts (texts_fts, rank) VALUES ('integrity-check', 1)")
        assert asked(base, "PRAGMA application_id") == [(APPLICATION,)]
        assert asked(base, "PRAGMA user_version") == [(VERSION,)]
        assert asked(base, "PRAGMA encoding") == [("UTF-8",)]


def test_rows_of_other_kinds_and_rows_that_lead_nowhere_are_refused(base: sqlite3.Connection) -> None:
    base.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        base.execute("UPDATE articles SET words = 'many'")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        base.execute("INSERT INTO entries VALUES ('1', 9, 99)")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.db", "b.db"):
        made(tmp_path / name).close()

    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.db", "b.db"]


@pytest.mark.parametrize(
    ("words", "ids"), [("NAIVE", ["1", "2", "3"]), ('title: "article 3"', ["3"]), ("hyperlink", ["2"])]
)
def test_words_are_found_without_case_and_accents(
    base: sqlite3.Connection, words: str, ids: list[str]
) -> None:
    found = asked(
        base,
        "SELECT article FROM texts WHERE number IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH ?)",
        words,
    )

    assert found == [(one,) for one in ids]


def test_datasette_knows_which_table_can_be_searched(base: sqlite3.Connection) -> None:
    """It looks for these words in the schema."""
    pattern = '%VIRTUAL TABLE%USING FTS%content="texts"%'

    assert asked(base, "SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE ?", pattern) == [
        ("texts_fts",)
    ]


def test_views_put_together_what_belongs_together(base: sqlite3.Connection) -> None:
    assert asked(base, "SELECT id, authors, topics FROM articles_with_topics WHERE id IN ('1', '3')") == [
        (
            *("1", "Kernel desk, Release desk"),
            "Kernel/Filesystems/Ceph; Kernel/Filesystems/Btrfs; Kernel/Clusters",
        ),
        ("3", "Kernel desk", "Kernel/Clusters"),
    ]
    assert asked(base, "SELECT topic, parent FROM broader ORDER BY topic, parent") == [(3, 2), (4, 1), (4, 2)]
    assert asked(base, 'SELECT article, target_title, url FROM "references" ORDER BY article, target') == [
        ("2", "Article 1", "https://example.org/news/Articles/1/"),
        ("3", None, "https://lwn.net/Articles/77/"),
        ("3", "Article 1", "https://example.org/news/Articles/1/"),
    ]


def test_a_topic_has_the_articles_of_what_it_is_a_further_parent_of(base: sqlite3.Connection) -> None:
    question = EXAMPLES[1].replace("Kernel/Filesystems", "Kernel/Clusters")

    assert [title for _, title, _ in asked(base, question)] == ['=HYPERLINK("x")', "Article 1", "Article 3"]


def test_there_are_five_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("question", EXAMPLES)
def test_every_example_of_the_manual_finds_something_in_the_demo(question: str) -> None:
    with closing(sqlite3.connect(demo())) as base:
        found = asked(base, question)

    assert found
    assert all(None not in row for row in found)
    assert len(set(found)) == len(found)


def test_an_example_counts_what_it_says() -> None:
    with closing(sqlite3.connect(demo())) as base:
        most, *_ = asked(base, EXAMPLES[2])
        (told,) = asked(
            base,
            'SELECT count(DISTINCT article) FROM "references" WHERE target_title = ?',
            most[1],
        )

    assert most[0] == told[0] > 1


def test_a_file_is_known_for_ours_by_its_head(tmp_path: Path) -> None:
    made(tmp_path / "ours.db").close()
    with closing(sqlite3.connect(tmp_path / "theirs.db")) as other:
        other.execute("CREATE TABLE articles (id)")
    (tmp_path / "text").write_text("x" * 100)
    (tmp_path / "empty").touch()
    found = {each.name: is_ours(each) for each in tmp_path.iterdir()}

    assert found == {"ours.db": True, "theirs.db": False, "text": False, "empty": False}
    assert not is_ours(tmp_path / "missing.db")
    assert not is_ours(tmp_path)


def test_what_the_library_cannot_do_is_an_error_of_the_disk(tmp_path: Path) -> None:
    faulty = Table("no_such_table", ("a",), lambda: iter([(1,)]))

    with pytest.raises(OSError, match="no such table"):
        write(tmp_path / "a.db", (faulty,))
