"""The archive's tables as a database of SQLite, with a full-text index, for plain SQL and for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from lwnindex.formats.tables import Table

APPLICATION = 0x6C776E69
"""`application_id` of our files: "lwni"."""

VERSION = 1
"""`user_version`: it is raised when a table or a column changes its name or its meaning."""

_MAGIC = b"SQLite format 3\0"
_APPLICATION_AT = 68
_STRICT = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""

_SCHEMA = """
CREATE TABLE site (
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE TABLE indexes (
    name TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    path TEXT NOT NULL,
    url TEXT NOT NULL,
    all_articles INTEGER NOT NULL
);
CREATE TABLE topics (
    id INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    index_name TEXT NOT NULL REFERENCES indexes (name),
    name TEXT NOT NULL,
    levels TEXT NOT NULL,
    parent INTEGER REFERENCES topics (id),
    sort TEXT,
    note TEXT NOT NULL,
    own_articles INTEGER NOT NULL,
    all_articles INTEGER NOT NULL,
    path TEXT NOT NULL UNIQUE,
    anchor TEXT NOT NULL,
    url TEXT NOT NULL
);
CREATE TABLE aliases (
    entry TEXT NOT NULL,
    index_name TEXT NOT NULL,
    levels TEXT NOT NULL,
    topic INTEGER NOT NULL REFERENCES topics (id),
    printed INTEGER NOT NULL CHECK (printed IN (0, 1)),
    path TEXT NOT NULL,
    url TEXT NOT NULL
);
CREATE TABLE relations (
    topic INTEGER NOT NULL REFERENCES topics (id),
    relation TEXT NOT NULL CHECK (relation IN ('parent', 'see also')),
    position INTEGER NOT NULL,
    other INTEGER REFERENCES topics (id),
    other_entry TEXT NOT NULL,
    PRIMARY KEY (topic, relation, position)
);
CREATE TABLE articles (
    id TEXT NOT NULL PRIMARY KEY,
    translation_of TEXT REFERENCES articles (id),
    title TEXT NOT NULL,
    date TEXT,
    updated TEXT,
    expires TEXT,
    language TEXT NOT NULL,
    teaser TEXT NOT NULL,
    words INTEGER NOT NULL,
    slug TEXT,
    path TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    original TEXT,
    file TEXT NOT NULL
);
CREATE TABLE texts (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL UNIQUE REFERENCES articles (id),
    title TEXT NOT NULL,
    teaser TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE authors (
    name TEXT NOT NULL PRIMARY KEY,
    path TEXT,
    url TEXT,
    articles INTEGER NOT NULL
);
CREATE TABLE bylines (
    article TEXT NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    author TEXT NOT NULL REFERENCES authors (name),
    PRIMARY KEY (article, position)
);
CREATE TABLE entries (
    article TEXT NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    topic INTEGER NOT NULL REFERENCES topics (id),
    PRIMARY KEY (article, position)
);
CREATE TABLE citations (
    article TEXT NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    target TEXT REFERENCES articles (id),
    url TEXT,
    fragment TEXT NOT NULL,
    PRIMARY KEY (article, position)
);
CREATE TABLE old_addresses (
    path TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    article TEXT NOT NULL REFERENCES articles (id)
);
"""

# Datasette takes a table for searchable by content="..." in double quotes.
_SEARCH = """
CREATE VIRTUAL TABLE texts_fts USING fts5(
    title, teaser, text,
    content="texts", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');
INSERT INTO texts_fts (texts_fts) VALUES ('optimize');
"""

_LOOKUPS = """
CREATE INDEX topics_by_entry ON topics (entry);
CREATE INDEX topics_by_parent ON topics (parent);
CREATE INDEX topics_by_index ON topics (index_name);
CREATE INDEX aliases_by_topic ON aliases (topic);
CREATE INDEX relations_by_other ON relations (other);
CREATE INDEX articles_by_date ON articles (date);
CREATE INDEX articles_by_original ON articles (translation_of);
CREATE INDEX bylines_by_author ON bylines (author);
CREATE INDEX entries_by_topic ON entries (topic, article);
CREATE INDEX citations_by_target ON citations (target);
CREATE INDEX old_addresses_by_article ON old_addresses (article);
"""

_VIEWS = """
CREATE VIEW broader AS
    SELECT id AS topic, parent FROM topics WHERE parent IS NOT NULL
    UNION
    SELECT topic, other FROM relations WHERE relation = 'parent' AND other IS NOT NULL;
CREATE VIEW articles_with_topics AS
    SELECT
        articles.id,
        articles.title,
        articles.date,
        articles.language,
        (
            SELECT group_concat(author, ', ')
            FROM (SELECT author FROM bylines WHERE article = articles.id ORDER BY position)
        ) AS authors,
        (
            SELECT group_concat(entry, '; ')
            FROM (
                SELECT topics.entry FROM entries JOIN topics ON topics.id = entries.topic
                WHERE entries.article = articles.id ORDER BY entries.position
            )
        ) AS topics,
        articles.url
    FROM articles;
CREATE VIEW "references" AS
    SELECT
        citations.article,
        citing.title,
        citations.target,
        cited.title AS target_title,
        coalesce(cited.url, citations.url) AS url,
        citations.fragment
    FROM citations
    JOIN articles AS citing ON citing.id = citations.article
    LEFT JOIN articles AS cited ON cited.id = citations.target;
"""


def write(place: Path, tables: Iterable[Table]) -> None:
    """Write a new file; the same tables give the same bytes with the same SQLite. OSError if it cannot be.

    It has neither journal nor syncs of its own: whoever calls gives it its name when it is complete.
    """
    try:
        with closing(sqlite3.connect(place, isolation_level=None)) as base:
            for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"):
                base.execute(statement)
            _fill(base, tables)
            base.execute("COMMIT")
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _fill(base: sqlite3.Connection, tables: Iterable[Table]) -> None:
    base.execute(f"PRAGMA application_id = {APPLICATION}")
    base.execute(f"PRAGMA user_version = {VERSION}")
    _run(base, _SCHEMA.replace("\n);", f"\n){_STRICT};"))
    for table in tables:
        marks = ", ".join("?" * len(table.columns))
        columns = ", ".join(table.columns)
        base.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", table.rows())  # noqa: S608
    for statements in (_SEARCH, _LOOKUPS, _VIEWS):
        _run(base, statements)


def _run(base: sqlite3.Connection, statements: str) -> None:
    """Run statements within the transaction: `executescript` would end it first."""
    for each in statements.split(";\n"):
        if each.strip():
            base.execute(each)


def is_ours(place: Path) -> bool:
    """Tell whether a file is a database that this program has made."""
    try:
        with place.open("rb") as file:
            head = file.read(_APPLICATION_AT + 4)
    except OSError:
        return False
    return head.startswith(_MAGIC) and head[_APPLICATION_AT:] == APPLICATION.to_bytes(4, "big")
