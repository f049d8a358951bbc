"""A small archive with a thesaurus, as values: what every kind of export is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.msgpack import encode
from msgspec.structs import replace

from lwnindex import names
from lwnindex.formats.tables import Contents, contents
from lwnindex.model import Article, Body, Catalog, Described, Entry, Parsed, See, Topic
from lwnindex.settings import Config
from tests.makers import article, card, catalog_of, cited, config, entry, parsed

CEPH, BTRFS = entry("Kernel/Filesystems/Ceph"), entry("Kernel/Filesystems/Btrfs")
CLUSTERS = entry("Kernel/Clusters")
NOTE = Body(digest="note")
BLOBS = {"note": encode(["<p>A <em>distributed</em> filesystem.</p>\n<p>See <a", ">there</a>.</p>\n"])}


def see(name: str, topic: Entry, *, printed: bool = True) -> See:
    """Return another name of a topic, written with slashes."""
    levels = entry(name)
    path = names.page_of("/".join(map(names.segment, levels)))
    return See(entry=levels, topic=topic, path=path, anchor=names.anchor(levels[1:]), printed=printed)


def told(
    catalog: Catalog,
    sees: Iterable[See] = (),
    also: Mapping[Entry, tuple[Entry, ...]] | None = None,
    parents: Mapping[Entry, tuple[Entry, ...]] | None = None,
    noted: Iterable[Entry] = (),
) -> Catalog:
    """Return a catalog with what files of topics say: other names, related topics, parents and notes."""

    def topic(one: Topic) -> Topic:
        related, above = (also or {}).get(one.entry, ()), (parents or {}).get(one.entry, ())
        return replace(one, see_also=related, parents=above)

    return replace(
        catalog,
        topics={key: topic(one) for key, one in catalog.topics.items()},
        sees=tuple(sees),
        described={one: Described(entry=one, file="content/topics.toml", note=NOTE) for one in noted},
    )


def blob(digest: str) -> bytes:
    """Return a body's pieces: those of the note, or of an article a sentence that names its body."""
    return BLOBS.get(digest) or encode([f"<p>Body {digest}, naïve.</p>\n"])


def held(*articles: Article, of: Config = config(), catalog: Catalog | None = None) -> Contents:  # noqa: B008
    """Return what tables are made of: these articles, in the catalog that they make or in another."""
    sources: list[Parsed] = [parsed(one) for one in articles]
    cards = [one.card for one in articles]
    return contents(catalog or catalog_of(*cards, config=of), sources, of, blob)


ARTICLES = (
    article(card("2", CEPH, title='=HYPERLINK("x")', date="2010-02-03", cites=("1",))),
    article(card("1", CEPH, BTRFS, CLUSTERS, authors=("Kernel desk", "Release desk"))),
    article(card("3", CLUSTERS, date=None, references=(cited("1", fragment="f"), cited("77")))),
)


def library() -> Contents:
    """Return three articles under four topics, of which Ceph has a note, two other names, and relations."""
    found = held(*ARTICLES)
    catalog = told(
        found.catalog,
        sees=(see("Kernel/Ceph FS", CEPH), see("Kernel/Filesystems/RADOS", CEPH, printed=False)),
        also={CEPH: (BTRFS,), BTRFS: (CEPH,)},
        parents={CEPH: (CLUSTERS,), BTRFS: (("Kernel",),)},
        noted=(CEPH,),
    )
    return found._replace(catalog=catalog)
